using Registry.Features.Records;

namespace Registry.Features.Reviews;

/// <summary>A record as the yearly review looks at it.</summary>
public sealed record ReviewLine
{
    /// <summary>A review that is this near is part of the one that is being made.</summary>
    public const int DaysAhead = 30;

    public required Guid Id { get; init; }
    public required int Number { get; init; }
    public required string Title { get; init; }
    public required string Status { get; init; }
    public required int Completeness { get; init; }
    public int? PublishedVersion { get; init; }
    public DateTimeOffset? PublishedAt { get; init; }
    public DateOnly? NextReviewOn { get; init; }
    public DateTimeOffset? ConfirmedAt { get; init; }
    public string? ConfirmedBy { get; init; }

    public string Reference => ProcessingRecord.ReferenceOf(Number);
    public RecordStatus State => RecordStates.Parse(Status) ?? throw new InvalidOperationException($"Unknown state {Status}.");

    /// <summary>What the register says today stands in a version; the rest is still on its way there.</summary>
    public bool InForce => State is RecordStatus.Published or RecordStatus.InRevision;
    public bool Expires(DateOnly today) => InForce && (NextReviewOn is not { } on || on <= today.AddDays(DaysAhead));
    public bool Lacks => InForce && Completeness < 100;
    public bool Underway => State == RecordStatus.InRevision;

    /// <summary>Published after the last review, and not looked at since. Before the first one nothing is newer than anything.</summary>
    public bool ChangedSince(DateTimeOffset? review) => InForce && review is { } last && PublishedAt > last && !(ConfirmedAt > PublishedAt);

    public bool ConfirmedIn(DateTimeOffset? review) => ConfirmedAt is { } at && (review is not { } last || at > last);

    /// <summary>Nothing else is asked of the person who reviews.</summary>
    public bool ToLookAt(DateOnly today, DateTimeOffset? review) => Expires(today) || Underway || ChangedSince(review) || (Lacks && !ConfirmedIn(review));
    public bool MayBeConfirmed => State == RecordStatus.Published && PublishedVersion is not null;
    public string Seen => $"{Number}:{PublishedVersion}";
}
