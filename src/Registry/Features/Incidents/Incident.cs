using System.Globalization;
using Registry.Features.Breaches;
using Registry.Features.Records;

namespace Registry.Features.Incidents;

/// <summary>An incident at the provider, as the provider keeps it.</summary>
public sealed record Incident
{
    public required Guid Id { get; init; }
    public required int Year { get; init; }
    public required int Number { get; init; }
    public required string Title { get; init; }
    public required string SheetJson { get; init; }
    public required int Version { get; init; }
    public required DateTimeOffset ReportedAt { get; init; }
    public required string ReportedBy { get; init; }

    public string Reference => ProviderIncident.ReferenceOf(Year, Number);

    public SharedFacts Read() => Records.SheetJson.ReadPart<SharedFacts>(SheetJson);

    /// <summary>“IP-2026-003”, or null for what is no reference.</summary>
    public static (int Year, int Number)? Parse(string reference) =>
        reference.Split('-') is ["IP", { Length: 4 } year, { Length: >= 3 and <= 6 } number]
        && int.TryParse(year, NumberStyles.None, CultureInfo.InvariantCulture, out var y) && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? (y, n) : null;
}

public sealed record IncidentLine
{
    public required int Year { get; init; }
    public required int Number { get; init; }
    public required string Title { get; init; }
    public required DateTimeOffset NoticedAt { get; init; }
    public DateTimeOffset? EndedAt { get; init; }
    public required DateTimeOffset ReportedAt { get; init; }
    public required int Bodies { get; init; }

    /// <summary>How many of them have said that they know.</summary>
    public required int Known { get; init; }
    public required int Total { get; init; }

    public string Reference => ProviderIncident.ReferenceOf(Year, Number);
}

/// <summary>A body that the provider serves under a convention that runs.</summary>
public sealed record Client(Guid Id, string Name, string TimeZone);

/// <summary>The file that an incident opened in a body: what names it there, nothing of it.</summary>
public sealed record OpenedFile(Guid Organisation, Guid Breach, int Year, int Number)
{
    public string Reference => Breaches.Breach.ReferenceOf(Breaches.Breach.BreachKind, Year, Number, null);
}

/// <summary>That a body was told, and who there said so.</summary>
public sealed record Receipt
{
    public required string Name { get; init; }
    public required DateTimeOffset ToldAt { get; init; }
    public DateTimeOffset? AcknowledgedAt { get; init; }
    public string? AcknowledgedBy { get; init; }
    public required bool TakenUp { get; init; }

    public bool Known => AcknowledgedAt is not null || TakenUp;
}
