namespace Registry.Features.Controls;

public sealed record Attestation
{
    public required Guid Id { get; init; }
    public required string Code { get; init; }
    public required string Parameters { get; init; }
    public required string Status { get; init; }
    public required string AttestedBy { get; init; }
    public required DateOnly AttestedOn { get; init; }
    public DateOnly? ValidUntil { get; init; }
    public string? Evidence { get; init; }
    public string? Note { get; init; }
    public required Guid ContributorId { get; init; }
    public required string ContributorName { get; init; }

    /// <summary>The newest of each control; what was attested before stays below it.</summary>
    public static IReadOnlyList<Attestation> Newest(IEnumerable<Attestation> all) => [.. all.GroupBy(one => one.Code).Select(one => one.First())];
}

/// <summary>A correction, late from the day after its sixtieth on (domain R-OB-3).</summary>
public sealed record Patch
{
    public required Guid Id { get; init; }
    public required string Label { get; init; }
    public required DateOnly PublishedOn { get; init; }
    public required DateOnly DueOn { get; init; }
    public DateOnly? AppliedOn { get; init; }

    public bool IsLate(DateOnly today) => (AppliedOn ?? today) > DueOn;
}

/// <param name="MayWithdraw">One takes back what one's own organisation gave.</param>
public sealed record AttestationsView(IReadOnlyList<Attestation> Lines, DateOnly Today, Func<Attestation, bool> MayWithdraw);

public sealed record PatchesView(IReadOnlyList<Patch> Lines, DateOnly Today, bool MayApply);
