using System.Globalization;
using Registry.Deadlines;
using Registry.Features.Records;

namespace Registry.Features.Breaches;

/// <summary>The moments from which the law computes: when it happened, and who knew when (domain §3.2, R-BR-3).</summary>
public sealed record BreachMoments
{
    public DateTimeOffset? StartedAt { get; init; }
    public DateTimeOffset? EndedAt { get; init; }
    public DateTimeOffset? ProcessorAwareAt { get; init; }
    public DateTimeOffset? ControllerAlertedAt { get; init; }
    public DateTimeOffset? DpoInformedAt { get; init; }
    public DateTimeOffset? FoundAt { get; init; }

    public BreachAwareness? Awareness => BreachAwareness.From(ControllerAlertedAt, DpoInformedAt, FoundAt);
}

/// <summary>A security incident or a breach as the table has it.</summary>
public sealed record Breach
{
    public const string ObjectType = "BREACH";
    public const string IncidentKind = "INCIDENT", BreachKind = "BREACH";

    public required Guid Id { get; init; }
    public required string Kind { get; init; }
    public required int Year { get; init; }
    public int? Number { get; init; }
    public int? IncidentNumber { get; init; }
    public Guid? ProviderIncidentId { get; init; }
    public required string Title { get; init; }
    public required string Status { get; init; }
    public required string AuthorityStatus { get; init; }
    public required string PeopleStatus { get; init; }
    public DateTimeOffset? StartedAt { get; init; }
    public DateTimeOffset? EndedAt { get; init; }
    public DateTimeOffset? ProcessorAwareAt { get; init; }
    public DateTimeOffset? ControllerAlertedAt { get; init; }
    public DateTimeOffset? DpoInformedAt { get; init; }
    public DateTimeOffset? FoundAt { get; init; }
    public DateTimeOffset? AwareAt { get; init; }
    public DateTimeOffset? NotifyBy { get; init; }
    public string? RiskLevel { get; init; }
    public DateTimeOffset? DecidedAt { get; init; }
    public DateTimeOffset? NotifiedAt { get; init; }
    public bool NotifiedLate { get; init; }
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>Kept beyond its day because a dispute lasts.</summary>
    public bool Held { get; init; }
    public required string SheetJson { get; init; }
    public required int Version { get; init; }
    public required DateTimeOffset ReportedAt { get; init; }
    public Guid? ReportedById { get; init; }
    public required string ReportedBy { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
    public required string UpdatedBy { get; init; }

    public bool IsIncident => Kind == IncidentKind;
    public string Reference => ReferenceOf(Kind, Year, Number, IncidentNumber);
    public BreachState State => new(BreachStates.Parse(Status), BreachStates.ParseAuthority(AuthorityStatus), BreachStates.ParsePeople(PeopleStatus));

    public BreachMoments Moments => new()
    {
        StartedAt = StartedAt, EndedAt = EndedAt, ProcessorAwareAt = ProcessorAwareAt,
        ControllerAlertedAt = ControllerAlertedAt, DpoInformedAt = DpoInformedAt, FoundAt = FoundAt,
    };

    /// <summary>The day on which it is erased; null while it lives. app.breach_ends_on computes the same.</summary>
    public DateOnly? EndsOn(TimeZoneInfo zone) => Status is "CLOSED" or "DISMISSED" && ClosedAt is { } closed
        ? DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(closed, zone).DateTime).AddYears(IsIncident || Status == "DISMISSED" ? 2 : 5) : null;

    public BreachSheet ReadSheet() => Records.SheetJson.ReadPart<BreachSheet>(SheetJson);

    /// <summary>Null while only the processor knows, and for an incident without personal data: no article 33, no clock.</summary>
    public BreachClock? Clock(TimeZoneInfo zone) => IsIncident ? null : BreachClock.Start(Moments.Awareness, zone);

    public Breach With(BreachState state) => this with
    {
        Status = BreachStates.Code(state.Status),
        AuthorityStatus = BreachStates.Code(state.Authority),
        PeopleStatus = BreachStates.Code(state.People),
    };

    public static string ReferenceOf(string kind, int year, int? number, int? incidentNumber) =>
        kind == IncidentKind ? $"I-{year}-{incidentNumber:000}" : $"V-{year}-{number:000}";

    /// <summary>“V-2026-003”, or null for what is no reference.</summary>
    public static (bool Incident, int Year, int Number)? Parse(string reference)
    {
        var parts = reference.Split('-');
        return parts is [("V" or "I") and var kind, { Length: 4 } year, { Length: >= 3 and <= 6 } number]
            && int.TryParse(year, NumberStyles.None, CultureInfo.InvariantCulture, out var y)
            && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? (kind == "I", y, n) : null;
    }
}
