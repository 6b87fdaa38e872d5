namespace Registry.Features.Areas;

/// <summary>An area in the list.</summary>
public sealed record AreaLine
{
    public required Guid Id { get; init; }
    public required string Name { get; init; }
    public required string Lead { get; init; }
    public required string LeadSlug { get; init; }
    public required int Members { get; init; }
    public string? Officer { get; init; }
}

/// <summary>An area, as its officer and the operator see it.</summary>
public sealed record AreaView
{
    public required Guid Id { get; init; }
    public required string Name { get; init; }
    public required Guid LeadId { get; init; }
    public required string Lead { get; init; }
    public required string LeadSlug { get; init; }
    public required string TimeZone { get; init; }
    public string? PublicMail { get; init; }
    public required int Version { get; init; }

    public TimeZoneInfo Zone => TimeZoneInfo.FindSystemTimeZoneById(TimeZone);

    /// <summary>The day it is where the area is led: her officer's first and last days are counted there.</summary>
    public DateOnly Today(TimeProvider clock) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(clock.GetUtcNow(), Zone).DateTime);
}

/// <summary>Somebody appointed for the whole area, now, before or later.</summary>
public sealed record AreaOffice
{
    public required Guid Id { get; init; }
    public required Guid PersonId { get; init; }
    public required string Name { get; init; }
    public string? Email { get; init; }
    public required string Kind { get; init; }
    public required DateOnly StartOn { get; init; }
    public DateOnly? EndOn { get; init; }
    public required string ActType { get; init; }
    public string? ActReference { get; init; }
    public required DateOnly ActDate { get; init; }
    public string? EndReason { get; init; }
    public required int Version { get; init; }

    public bool IsOfficer => Kind == "DPO";
    public DateOnly Last => EndOn ?? DateOnly.MaxValue;
    public bool Covers(DateOnly day) => StartOn <= day && day <= Last;
}

/// <summary>A body that the area serves, or is about to.</summary>
public sealed record AreaMember
{
    public required string Slug { get; init; }
    public required string Name { get; init; }
    public required string Type { get; init; }
    public required DateOnly FromOn { get; init; }
    public DateOnly? ToOn { get; init; }
}

/// <summary>Where a body stands with an area: the time it is, was or will be served.</summary>
public sealed record Membership
{
    public required Guid AreaId { get; init; }
    public required string AreaName { get; init; }
    public required Guid LeadId { get; init; }
    public required DateOnly FromOn { get; init; }
    public DateOnly? ToOn { get; init; }
    public string? EndReason { get; init; }

    public bool Covers(DateOnly day) => FromOn <= day && day <= (ToOn ?? DateOnly.MaxValue);
}

/// <summary>An area that a body may join.</summary>
public sealed record OpenArea(Guid Id, string Name, string Lead);
