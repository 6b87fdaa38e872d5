namespace Registry.Features.Records;

/// <summary>What the small views of a record are given.</summary>
public sealed record StateView(RecordStatus State, bool ForMe, int? PublishedVersion, DateTimeOffset? SubmittedAt = null, TimeZoneInfo? Zone = null, string? BodyType = null);

/// <param name="EditHref">Null when the visitor may not change it.</param>
/// <param name="ChangedSince">The version from which this part differs.</param>
/// <param name="Comments">What is said about this part; null where comments are not shown.</param>
public sealed record PartView(PartHead Section, IReadOnlyList<ReadField> Fields, string? EditHref = null, int? ChangedSince = null, CommentsView? Comments = null);

/// <summary>Two people saved the same part: her text against the one that is kept.</summary>
/// <param name="By">Who saved meanwhile.</param>
/// <param name="Here">The page again, with the kept text.</param>
public sealed record BothTexts(string By, IReadOnlyList<SheetDifference> Differences, string Here);
