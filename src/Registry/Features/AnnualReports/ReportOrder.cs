using Registry.Features.Documents;

namespace Registry.Features.AnnualReports;

/// <summary>An area that the visitor serves as its officer.</summary>
public sealed record ReportArea
{
    public required Guid Id { get; init; }
    public required string Name { get; init; }
    public required Guid LeadId { get; init; }
    public required string LeadSlug { get; init; }
    public required int Bodies { get; init; }
}

/// <summary>The accounts of a year of all bodies of an area, made by the program in the name of whoever ordered them.</summary>
public sealed record ReportOrder
{
    public const string ObjectType = "REPORT_ORDER";

    public required Guid OrganisationId { get; init; }
    public required Guid Id { get; init; }
    public required Guid AreaId { get; init; }
    public required int Year { get; init; }
    public required string Status { get; init; }
    public required Guid PersonId { get; init; }
    public required string PersonName { get; init; }
    public required DateTimeOffset OrderedAt { get; init; }
    public DateTimeOffset? FinishedAt { get; init; }
    public required int Bodies { get; init; }
    public required int Made { get; init; }
    public required int Refused { get; init; }

    public bool IsRunning => Status == "RUNNING";
    public int Settled => Made + Refused;

    /// <summary>Never 100 while one is missing.</summary>
    public int Percent => Bodies == 0 ? 100 : 100 * Settled / Bodies;
}

/// <summary>One body of an order: its document, or why there is none.</summary>
public sealed record ReportTarget
{
    public required Guid TargetId { get; init; }
    public required string Name { get; init; }
    public string? Slug { get; init; }
    public required Guid DocumentId { get; init; }
    public required string Status { get; init; }
    public string? Reason { get; init; }
    public string? Prefix { get; init; }
    public int? Year { get; init; }
    public int? Number { get; init; }

    /// <summary>The number it bears, for whoever may still read it.</summary>
    public string? Reference => Prefix is not null && Year is { } year && Number is { } number ? IssuedDocument.ReferenceOf(Prefix, year, number) : null;
}
