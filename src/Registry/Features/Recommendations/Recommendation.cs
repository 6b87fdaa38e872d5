using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Registry.Facts;
using Registry.Features.Conventions;
using Registry.Features.Records;
using Registry.Features.Shared;

namespace Registry.Features.Recommendations;

/// <summary>What the officer recommends, or a rule of security that is proposed, and what the controller made of it (domain §2.6).</summary>
public sealed record Recommendation
{
    public const string ObjectType = "RECOMMENDATION", SecurityRule = "SECURITY_RULE";

    public required Guid Id { get; init; }
    public required int Number { get; init; }
    public required string Kind { get; init; }
    public required string Origin { get; init; }
    public Guid? FindingId { get; init; }
    public Guid? AuditId { get; init; }
    public required string Title { get; init; }
    public required string Wording { get; init; }
    public required string Priority { get; init; }
    public DateOnly? DueOn { get; init; }
    public string? Responsible { get; init; }
    public required string Status { get; init; }
    public required DateOnly ProposedOn { get; init; }
    public required string ProposedBy { get; init; }
    public DateOnly? DecidedOn { get; init; }
    public string? DecidedBy { get; init; }
    public string? DeclineReason { get; init; }
    public required int Progress { get; init; }
    public string? Evidence { get; init; }
    public DateOnly? DoneOn { get; init; }
    public DateOnly? VerifiedOn { get; init; }
    public string? VerifiedBy { get; init; }
    public required int Version { get; init; }

    public RecommendationStatus State => RecommendationStates.Parse(Status);
    public bool IsRule => Kind == SecurityRule;
    public string Reference => ReferenceOf(Number);
    public bool IsOverdue(DateOnly today) => State is RecommendationStatus.Accepted or RecommendationStatus.InProgress && DueOn < today;

    public static string ReferenceOf(int number) => $"REC-{number:000}";

    public static int? NumberOf(string reference) =>
        reference.Length is >= 7 and <= 12 && reference.StartsWith("REC-", StringComparison.OrdinalIgnoreCase) && int.TryParse(reference.AsSpan(4), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}

/// <summary>One line of the list over all organisations within reach.</summary>
public sealed record RecommendationLine
{
    public required string Slug { get; init; }
    public required string Organisation { get; init; }
    public required int Number { get; init; }
    public required string Kind { get; init; }
    public required string Title { get; init; }
    public required string Priority { get; init; }
    public DateOnly? DueOn { get; init; }
    public required string Status { get; init; }
    public required int Progress { get; init; }
    public required int Total { get; init; }

    public RecommendationStatus State => RecommendationStates.Parse(Status);
    public string Reference => Recommendation.ReferenceOf(Number);
    public bool IsOverdue(DateOnly today) => State is RecommendationStatus.Accepted or RecommendationStatus.InProgress && DueOn < today;
}

/// <param name="Everywhere">Over the area: the organisation is named.</param>
public sealed record RecommendationsView(IReadOnlyList<RecommendationLine> Lines, DateOnly Today, bool Everywhere);

/// <summary>What is recommended, as the officer writes it while it is proposed.</summary>
public sealed class RecommendationForm
{
    [Display(Name = "Nature")]
    [Vocabulary("RecommendationKind")]
    [Required(ErrorMessage = "Choisissez la nature.")]
    public string? Kind { get; set; }

    [Display(Name = "Intitulé")]
    [Required(ErrorMessage = "Donnez un intitulé à la recommandation.")]
    [StringLength(200, ErrorMessage = "Écrivez {1} caractères au plus.")]
    public string? Title { get; set; }

    [Display(Name = "Ce qui est recommandé")]
    [DataType(DataType.MultilineText)]
    [Required(ErrorMessage = "Dites ce qui est recommandé.")]
    [StringLength(4000, ErrorMessage = "Écrivez {1} caractères au plus.")]
    public string? Wording { get; set; }

    [Display(Name = "Origine")]
    [Vocabulary("RecommendationOrigin")]
    [Required(ErrorMessage = "Choisissez l’origine.")]
    public string? Origin { get; set; }

    [Display(Name = "Priorité")]
    [Vocabulary("Priority")]
    [Required(ErrorMessage = "Choisissez la priorité.")]
    public string? Priority { get; set; }

    [Display(Name = "Échéance")]
    [Day]
    public DateOnly? DueOn { get; set; }

    [Display(Name = "Responsable", Description = "Une fonction suffit.")]
    [ShortText]
    public string? Responsible { get; set; }

    public static RecommendationForm Of(Recommendation one) => new()
    {
        Kind = one.Kind, Title = one.Title, Wording = one.Wording, Origin = one.Origin, Priority = one.Priority, DueOn = one.DueOn, Responsible = one.Responsible,
    };
}

/// <summary>What a step asks; which field counts depends on the step.</summary>
public sealed class DecisionForm
{
    private const int Longest = 2000, LongestProof = 500;

    public int Seen { get; set; }
    public string? Move { get; set; }
    public string? Reason { get; set; }
    public string? Evidence { get; set; }
    public int? Progress { get; set; }

    public bool Check(ModelStateDictionary errors, RecommendationNeeds needs)
    {
        TypedText.Judge(errors, ("Reason", Reason, true), ("Evidence", Evidence, false));
        (Reason, Evidence) = (TypedText.Clean(Reason), TypedText.Clean(Evidence));
        if (needs == RecommendationNeeds.LongReason && (Reason?.Length ?? 0) < RecommendationStates.ShortestReason) errors.AddModelError("Form.Reason", "Dites pourquoi, en vingt caractères au moins.");
        if (needs == RecommendationNeeds.Reason && Reason is null) errors.AddModelError("Form.Reason", "Dites ce qui reste à faire.");
        if (Reason?.Length > Longest) errors.AddModelError("Form.Reason", "Écrivez 2 000 caractères au plus.");
        if (needs == RecommendationNeeds.Evidence && Evidence is null) errors.AddModelError("Form.Evidence", "Dites ce qui le prouve : un document, l’endroit où il est gardé.");
        if (Evidence?.Length > LongestProof) errors.AddModelError("Form.Evidence", "Écrivez 500 caractères au plus.");
        if (needs == RecommendationNeeds.Progress && Progress is not (>= 0 and <= 100)) errors.AddModelError("Form.Progress", "Écrivez un nombre de 0 à 100.");
        return errors.IsValid;
    }
}
