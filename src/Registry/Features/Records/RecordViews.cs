namespace Registry.Features.Records;

/// <summary>What the small views of a record are given.</summary>
public sealed record StateView(RecordStatus State, bool ForMe, int? PublishedVersion, DateTimeOffset? SubmittedAt = null, TimeZoneInfo? Zone = null);

/// <param name="EditHref">Null when the visitor may not change it.</param>
/// <param name="ChangedSince">The version from which this part differs.</param>
public sealed record PartView(PartHead Section, IReadOnlyList<ReadField> Fields, string? EditHref = null, int? ChangedSince = null);
