using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Extensions.Localization;
using Registry.Features.Shared;

namespace Registry.Features.Records;

/// <summary>What a person writes when she moves a record on; which fields count depends on the act.</summary>
public sealed class ActForm
{
    private const int Longest = 500;

    /// <summary>The version of the record on which the page was opened.</summary>
    public int Seen { get; set; }
    public string? Reason { get; set; }
    public DateOnly? EndedOn { get; set; }
    public string? DataFate { get; set; }

    public static readonly IReadOnlyList<Option> Fates =
    [
        new("RETURNED", Languages.Key("Restituées")), new("PURGED", Languages.Key("Éliminées avec le visa des archives")),
        new("ARCHIVED", Languages.Key("Versées aux archives")),
    ];

    public void Check(ActNeeds needs, ModelStateDictionary errors)
    {
        Reason = Reason?.Trim();
        if (needs == ActNeeds.Nothing) return;
        if (string.IsNullOrEmpty(Reason))
        {
            errors.AddModelError("Form.Reason", needs switch
            {
                ActNeeds.Comment => Languages.Key("Écrivez ce qui est à corriger."),
                ActNeeds.ChangeSummary => Languages.Key("Dites en une phrase ce qui change."),
                _ => Languages.Key("Écrivez pourquoi."),
            });
        }
        else if (Reason.Length > Longest) errors.AddModelError("Form.Reason", "Écrivez 500 caractères au plus.");
        else if (TypedText.HasHidden(Reason, lines: true)) errors.AddModelError("Form.Reason", TypedText.HiddenCharacter);
        if (needs != ActNeeds.EndOfProcessing) return;
        if (EndedOn is null && errors["Form.EndedOn"]?.Errors is not { Count: > 0 }) errors.AddModelError("Form.EndedOn", "Indiquez le jour où le traitement a pris fin.");
        if (Fates.All(fate => fate.Value != DataFate)) errors.AddModelError("Form.DataFate", "Dites ce que sont devenues les données.");
    }

    /// <summary>What the history keeps of it, in words.</summary>
    public string? Told(ActNeeds needs, IStringLocalizer t) => needs switch
    {
        ActNeeds.Nothing => null,
        ActNeeds.EndOfProcessing => $"{Reason} ({t.Get("fin le {0}", Dates.Full(EndedOn!.Value))} ; {t.Get(Fates.First(fate => fate.Value == DataFate).Label)})",
        _ => Reason,
    };
}
