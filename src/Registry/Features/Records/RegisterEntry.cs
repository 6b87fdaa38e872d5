namespace Registry.Features.Records;

/// <summary>Whose register it is, as an export names it.</summary>
public sealed record RegisterBody
{
    public required Guid Id { get; init; }
    public required string Slug { get; init; }
    public required string Name { get; init; }
    public string? Siren { get; init; }
    public string? InseeCode { get; init; }
    public required string TimeZone { get; init; }

    public TimeZoneInfo Zone => TimeZoneInfo.FindSystemTimeZoneById(TimeZone);
}

/// <summary>One record as it leaves the registry: a version's exact text, or the working sheet.</summary>
public sealed record RegisterEntry
{
    public required Guid RecordId { get; init; }
    public required int Number { get; init; }

    /// <summary>Where the record stands now; null when the entry tells of another day.</summary>
    public string? Status { get; init; }

    /// <summary>The version whose text this is; null for the working sheet.</summary>
    public int? VersionNumber { get; init; }
    public required string Content { get; init; }
    public string? Sha256 { get; init; }
    public int? PublishedVersion { get; init; }
    public DateTimeOffset? PublishedAt { get; init; }
    public string? PublishedBy { get; init; }
    public string? ValidatedBy { get; init; }
    public string? ChangeSummary { get; init; }
    public DateOnly? NextReviewOn { get; init; }
    public DateOnly? EndedOn { get; init; }
    public string? DataFate { get; init; }
    public DateTimeOffset? CreatedAt { get; init; }
    public DateTimeOffset? UpdatedAt { get; init; }

    public string Reference => $"T-{Number:0000}";

    /// <summary>The text as it may leave: internal notes only for those who asked for them and may read them.</summary>
    public Sheet ReadSheet(bool notes = false)
    {
        var sheet = SheetJson.Read(Content);
        if (!notes) sheet.Publication.InternalNotes = null;
        return sheet;
    }
}
