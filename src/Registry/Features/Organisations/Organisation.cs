namespace Registry.Features.Organisations;

/// <summary>The profile of an organisation.</summary>
public sealed record Organisation
{
    public required Guid Id { get; init; }
    public required string Slug { get; init; }
    public required string Name { get; init; }
    public string? ShortName { get; init; }
    public required string Type { get; init; }
    public string? Siren { get; init; }
    public string? Siret { get; init; }
    public string? InseeCode { get; init; }
    public string? Address { get; init; }
    public string? PostalCode { get; init; }
    public string? City { get; init; }
    public string? Phone { get; init; }
    public string? Email { get; init; }
    public string? Website { get; init; }
    public int? Population { get; init; }
    public int? StaffCount { get; init; }
    public string? DepartmentCode { get; init; }
    public string? DepartmentName { get; init; }
    public required string Territory { get; init; }
    public required string TimeZone { get; init; }
    public bool GoodFridayObserved { get; init; }
    public string Accent { get; init; } = "petrole";
    public string? RightsContactEmail { get; init; }
    public string? RightsContactPost { get; init; }
    public int Version { get; init; } = 1;
}

/// <summary>A line of the list of organisations, with what its register holds.</summary>
public sealed record OrganisationLine
{
    public required string Slug { get; init; }
    public required string Name { get; init; }
    public required string Type { get; init; }
    public string? DepartmentName { get; init; }
    public string? Area { get; init; }
    public int Records { get; init; }
    public int Published { get; init; }
    public int ToReview { get; init; }
    public int ToPublish { get; init; }
}

/// <summary>Who holds an office for the organisation now.</summary>
public sealed record Officer
{
    public required string Kind { get; init; }
    public required string Name { get; init; }

    /// <summary>Her first day for this organisation: its own first day in the area, when that came later.</summary>
    public required DateOnly Since { get; init; }
    public string? Job { get; init; }
    public string? Email { get; init; }
}

/// <summary>An area whose officer may bring new organisations in.</summary>
public sealed record Area(Guid Id, string Name);
