using Microsoft.AspNetCore.Mvc.ModelBinding;
using Registry.Facts;
using Registry.Features.Shared;

namespace Registry.Features.Records;

/// <summary>What the officer writes when she gives an opinion.</summary>
public sealed class OpinionForm
{
    private const int Longest = 5000;

    /// <summary>How many opinions there were when the page was opened: the same form sent twice gives one (S-92).</summary>
    public int Seen { get; set; }
    public string? Subject { get; set; }
    public string? Conclusion { get; set; }
    public string? Opinion { get; set; }
    public DateOnly? GivenOn { get; set; }

    public static IReadOnlyList<Option> Subjects { get; } =
    [
        new(RecordOpinion.OnProcessing, Languages.Key("Le traitement")), new(RecordOpinion.OnAssessment, Languages.Key("L’analyse d’impact")),
    ];

    public static IReadOnlyList<Option> Conclusions =>
        [.. new[] { "FAVOURABLE", "FAVOURABLE_WITH_RESERVES", "UNFAVOURABLE" }.Select(code => new Option(code, Vocabulary.Current.Label("OpinionConclusion", code)))];

    public void Check(ModelStateDictionary errors, DateOnly today)
    {
        Opinion = TypedText.Clean(Opinion);
        if (Subjects.All(known => known.Value != Subject)) errors.AddModelError("Form.Subject", "Dites sur quoi porte l’avis.");
        if (Conclusions.All(known => known.Value != Conclusion)) errors.AddModelError("Form.Conclusion", "Choisissez la conclusion de l’avis.");
        if (Opinion is null) errors.AddModelError("Form.Opinion", "Écrivez votre avis.");
        else if (Opinion.Length > Longest) errors.AddModelError("Form.Opinion", "Écrivez 5 000 caractères au plus.");
        else if (TypedText.HasHidden(Opinion, lines: true)) errors.AddModelError("Form.Opinion", TypedText.HiddenCharacter);
        if (GivenOn is null && errors["Form.GivenOn"]?.Errors is not { Count: > 0 }) errors.AddModelError("Form.GivenOn", "Indiquez le jour de l’avis.");
        else if (GivenOn > today) errors.AddModelError("Form.GivenOn", "L’avis ne peut pas être daté de demain.");
    }
}

/// <summary>What the controller writes when she decides what follows from an opinion.</summary>
public sealed class DecisionForm
{
    private const int Longest = 500;
    private const int Shortest = 20;

    public int Number { get; set; }
    public string? Decision { get; set; }
    public string? Reason { get; set; }

    public static IReadOnlyList<Option> Decisions => [.. Vocabulary.Current.Terms("OpinionDecision").Select(term => new Option(term.Code, term.Label))];

    public void Check(ModelStateDictionary errors)
    {
        Reason = TypedText.Clean(Reason);
        if (Decisions.All(known => known.Value != Decision)) errors.AddModelError("Answer.Decision", "Dites si l’avis est suivi.");
        if (Reason?.Length > Longest) errors.AddModelError("Answer.Reason", "Écrivez 500 caractères au plus.");
        else if (Reason is not null && TypedText.HasHidden(Reason, lines: true)) errors.AddModelError("Answer.Reason", TypedText.HiddenCharacter);
        else if (Decision is "PARTLY_FOLLOWED" or "NOT_FOLLOWED" && (Reason?.Length ?? 0) < Shortest)
            errors.AddModelError("Answer.Reason", "Expliquez en vingt caractères au moins pourquoi l’avis n’est pas suivi en entier.");
    }
}

/// <summary>What the controller writes when she goes on without the assessment.</summary>
public sealed class WaiverForm
{
    private const int Longest = 500;
    private const int Shortest = 20;

    public int Seen { get; set; }
    public string? Reason { get; set; }

    public void Check(ModelStateDictionary errors)
    {
        Reason = TypedText.Clean(Reason);
        if ((Reason?.Length ?? 0) < Shortest) errors.AddModelError("Form.Reason", "Expliquez en vingt caractères au moins pourquoi la fiche est publiée sans cette analyse.");
        else if (Reason!.Length > Longest) errors.AddModelError("Form.Reason", "Écrivez 500 caractères au plus.");
        else if (TypedText.HasHidden(Reason, lines: true)) errors.AddModelError("Form.Reason", TypedText.HiddenCharacter);
    }
}
