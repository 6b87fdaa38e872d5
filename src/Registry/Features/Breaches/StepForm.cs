using Microsoft.AspNetCore.Mvc.ModelBinding;
using Registry.Facts;
using Registry.Features.Shared;

namespace Registry.Features.Breaches;

/// <summary>What is written when a step is taken; which fields count depends on the step.</summary>
public sealed class StepForm
{
    public int Seen { get; set; }
    public string? Reason { get; set; }

    [Vocabulary("Article34Exemption")]
    public string? Exemption { get; set; }

    public string? Lessons { get; set; }
    public string? Actions { get; set; }

    public static IReadOnlyList<Option> Exemptions => [.. Vocabulary.Current.Terms("Article34Exemption").Select(term => new Option(term.Code, term.Label))];

    public void Check(BreachNeeds needs, BreachFacts facts, ModelStateDictionary errors)
    {
        (Reason, Lessons, Actions) = (TypedText.Clean(Reason), TypedText.Clean(Lessons), TypedText.Clean(Actions));
        foreach (var (key, text) in new[] { ("Form.Reason", Reason), ("Form.Lessons", Lessons), ("Form.Actions", Actions) })
        {
            if (text is null) continue;
            if (text.Length > BreachStates.LongestReason) errors.AddModelError(key, "Écrivez 2 000 caractères au plus.");
            else if (TypedText.HasHidden(text, lines: true)) errors.AddModelError(key, TypedText.HiddenCharacter);
        }
        switch (needs)
        {
            case BreachNeeds.LongReason when (Reason?.Length ?? 0) < BreachStates.ShortestLongReason:
                errors.AddModelError("Form.Reason", "Écrivez pourquoi, en 50 caractères au moins : une autorité pourra lire cette raison.");
                break;
            case BreachNeeds.Reason or BreachNeeds.Exemption when Reason is null:
                errors.AddModelError("Form.Reason", "Écrivez pourquoi.");
                break;
            case BreachNeeds.Lessons:
                if (Lessons is null) errors.AddModelError("Form.Lessons", "Écrivez ce que l’organisme en retient.");
                if (Actions is null) errors.AddModelError("Form.Actions", "Écrivez les actions décidées, ou « aucune » et pourquoi.");
                break;
        }
        if (needs != BreachNeeds.Exemption) return;
        if (string.IsNullOrEmpty(Exemption)) errors.AddModelError("Form.Exemption", "Choisissez l’exception qui s’applique.");
        else if (Exemption == "C_DISPROPORTIONATE" && !facts.PublicCommunication)
            errors.AddModelError("Form.Exemption", "Cette exception suppose une communication publique : enregistrez-la d’abord.");
    }
}
