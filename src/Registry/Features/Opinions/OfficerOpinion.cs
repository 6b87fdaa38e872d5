using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Registry.Facts;
using Registry.Features.Conventions;
using Registry.Features.Shared;

namespace Registry.Features.Opinions;

/// <summary>An opinion of the officer on something else than a sheet, which has its own (domain §2.6): a convention, a breach, a project.</summary>
public sealed record OfficerOpinion
{
    public const string ObjectType = "OPINION";

    public required Guid Id { get; init; }
    public required int Number { get; init; }
    public required string Subject { get; init; }
    public required string Title { get; init; }
    public string? About { get; init; }
    public string? Question { get; init; }
    public required string AskedBy { get; init; }
    public required DateOnly AskedOn { get; init; }
    public required string Status { get; init; }
    public string? Conclusion { get; init; }
    public string? Body { get; init; }
    public DateOnly? IssuedOn { get; init; }
    public string? IssuedBy { get; init; }
    public DateOnly? AcknowledgedOn { get; init; }
    public string? AcknowledgedBy { get; init; }
    public string? Decision { get; init; }
    public string? DecisionReason { get; init; }
    public DateOnly? DecidedOn { get; init; }
    public string? DecidedBy { get; init; }
    public string? WithdrawnReason { get; init; }
    public required int Version { get; init; }

    public OpinionStatus State => OpinionStates.Parse(Status);
    public string Reference => ReferenceOf(Number);

    /// <summary>Our aim, not a delay of the law.</summary>
    public DateOnly? DecisionDueOn => State is OpinionStatus.Issued or OpinionStatus.Acknowledged ? IssuedOn!.Value.AddDays(OpinionStates.DaysToDecide) : null;

    /// <summary>Where the file stands that it is about, when a reference says so.</summary>
    public string? AboutPath => About switch
    {
        { } text when Convention.NumberOf(text) is not null => "/conventions/" + text.ToUpperInvariant(),
        { } text when text.StartsWith("V-", StringComparison.Ordinal) => "/violations/" + Uri.EscapeDataString(text),
        _ => null,
    };

    public static string ReferenceOf(int number) => $"AV-{number:000}";

    public static int? NumberOf(string reference) =>
        reference.Length is >= 6 and <= 11 && reference.StartsWith("AV-", StringComparison.OrdinalIgnoreCase) && int.TryParse(reference.AsSpan(3), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}

/// <summary>On what the officer is asked; an opinion on a sheet is asked on the sheet.</summary>
public sealed class AskForm
{
    [Display(Name = "Sujet")]
    [Vocabulary("OpinionSubject", "CONVENTION", "BREACH", "RIGHTS", "SECURITY", "PROJECT", "TRANSFER", "PUBLICATION", "OTHER")]
    [Required(ErrorMessage = "Choisissez le sujet de l’avis.")]
    public string? Subject { get; set; }

    [Display(Name = "Intitulé")]
    [Required(ErrorMessage = "Donnez un intitulé à la demande d’avis.")]
    [StringLength(200, ErrorMessage = "Écrivez {1} caractères au plus.")]
    public string? Title { get; set; }

    [Display(Name = "Référence du dossier", Description = "Comme C-001 pour une convention, ou V-2026-001 pour une violation.")]
    [StringLength(100, ErrorMessage = "Écrivez {1} caractères au plus.")]
    public string? About { get; set; }

    [Display(Name = "Question", Description = "Ce qui est demandé au délégué, avec ce qu’il faut savoir.")]
    [DataType(DataType.MultilineText)]
    [Required(ErrorMessage = "Écrivez la question.")]
    [StringLength(4000, ErrorMessage = "Écrivez {1} caractères au plus.")]
    public string? Question { get; set; }
}

/// <summary>What a step asks; which field counts depends on the step.</summary>
public sealed class OpinionStep
{
    private const int Longest = 10_000, LongestReason = 2000;

    public int Seen { get; set; }
    public string? Move { get; set; }
    public string? Conclusion { get; set; }
    public string? Body { get; set; }
    public string? Decision { get; set; }
    public string? Reason { get; set; }

    public static IReadOnlyList<Option> Conclusions => [.. Vocabulary.Current.Terms("OpinionConclusion").Select(term => new Option(term.Code, term.Label))];
    public static IReadOnlyList<Option> Decisions => [.. Vocabulary.Current.Terms("OpinionDecision").Select(term => new Option(term.Code, term.Label))];

    public bool Check(ModelStateDictionary errors, OpinionNeeds needs)
    {
        TypedText.Judge(errors, ("Body", Body, true), ("Reason", Reason, true));
        (Body, Reason) = (TypedText.Clean(Body), TypedText.Clean(Reason));
        if (needs is OpinionNeeds.Text or OpinionNeeds.Draft && !string.IsNullOrEmpty(Conclusion) && Conclusions.All(known => known.Value != Conclusion)
            || needs == OpinionNeeds.Text && string.IsNullOrEmpty(Conclusion)) errors.AddModelError("Form.Conclusion", "Choisissez la conclusion de l’avis.");
        if (needs == OpinionNeeds.Text && Body is null) errors.AddModelError("Form.Body", "Écrivez votre avis.");
        if (Body?.Length > Longest) errors.AddModelError("Form.Body", "Écrivez 10 000 caractères au plus.");
        if (needs == OpinionNeeds.Decision && Decisions.All(known => known.Value != Decision)) errors.AddModelError("Form.Decision", "Dites si l’avis est suivi.");
        if (needs == OpinionNeeds.Decision && Decision is "PARTLY_FOLLOWED" or "NOT_FOLLOWED" && (Reason?.Length ?? 0) < OpinionStates.ShortestReason)
            errors.AddModelError("Form.Reason", "Expliquez en vingt caractères au moins pourquoi l’avis n’est pas suivi en entier.");
        if (needs == OpinionNeeds.Reason && Reason is null) errors.AddModelError("Form.Reason", "Écrivez pourquoi.");
        if (Reason?.Length > LongestReason) errors.AddModelError("Form.Reason", "Écrivez 2 000 caractères au plus.");
        return errors.IsValid;
    }
}
