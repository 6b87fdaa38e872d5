using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Registry.Facts;
using Registry.Features.Shared;

namespace Registry.Features.Breaches;

/// <summary>Two scales, the level that follows, and why a person holds another.</summary>
public sealed class RiskForm
{
    private const int LongestReason = 2000;

    public int Seen { get; set; }

    [Required(ErrorMessage = "Choisissez la gravité pour les personnes.")]
    [Vocabulary("SeverityLevel")]
    public string? Severity { get; set; }

    [Required(ErrorMessage = "Choisissez la vraisemblance.")]
    [Vocabulary("LikelihoodLevel")]
    public string? Likelihood { get; set; }

    [Required(ErrorMessage = "Choisissez le niveau que vous retenez.")]
    [Vocabulary("BreachRiskLevel")]
    public string? Level { get; set; }

    public string? Reason { get; set; }

    public static IReadOnlyList<Option> Options(string list) => [.. Vocabulary.Current.Terms(list).Select(term => new Option(term.Code, term.Label))];

    public RiskAssessment? Check(ModelStateDictionary errors, BreachSheet sheet)
    {
        Reason = TypedText.Clean(Reason);
        if (Reason?.Length > LongestReason) errors.AddModelError("Form.Reason", "Écrivez 2 000 caractères au plus.");
        if (Reason is not null && TypedText.HasHidden(Reason, lines: true)) errors.AddModelError("Form.Reason", TypedText.HiddenCharacter);
        if (!errors.IsValid) return null;
        var suggested = BreachStates.Code(RiskAssessment.Suggest(Rank("SeverityLevel", Severity), Rank("LikelihoodLevel", Likelihood), sheet.Facts.Natures,
            sheet.Measures.DataUnintelligible == true, sheet.Measures.BackupAvailable == true));
        if (suggested == Level || Reason is not null) return new(Severity!, Likelihood!, suggested, Level!, Reason);
        var message = suggested switch
        {
            "UNLIKELY" => Languages.Key("Le calcul propose « risque improbable » : dites pourquoi vous retenez un autre niveau."),
            "RISK" => Languages.Key("Le calcul propose « risque » : dites pourquoi vous retenez un autre niveau."),
            _ => Languages.Key("Le calcul propose « risque élevé » : dites pourquoi vous retenez un autre niveau."),
        };
        errors.AddModelError("Form.Reason", message);
        return null;
    }

    private static int Rank(string list, string? code) => int.Parse(Vocabulary.Current.Find(list, code)!.Property("rank")!, System.Globalization.CultureInfo.InvariantCulture);
}
