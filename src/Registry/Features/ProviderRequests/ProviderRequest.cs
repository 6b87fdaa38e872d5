using System.Globalization;
using Registry.Features.Records;

namespace Registry.Features.ProviderRequests;

/// <summary>What is asked, in words: as its author wrote it, and never changed once it was handed over.</summary>
public sealed record Asked
{
    public string? PersonName { get; init; }
    public string? PersonFunction { get; init; }
    public string? PersonUnit { get; init; }
    public string? AccessLevel { get; init; }
    public DateOnly? ValidFrom { get; init; }
    public DateOnly? ValidTo { get; init; }
    public DateOnly? LogsFrom { get; init; }
    public DateOnly? LogsTo { get; init; }
    public string? Scope { get; init; }
    public DateTimeOffset? PointInTime { get; init; }
    public string? Impact { get; init; }
    public string? ExpectedDelay { get; init; }
    public bool Emergency { get; init; }
    public DateTimeOffset? BegunAt { get; init; }
    public required string Reason { get; init; }

    /// <summary>The reference of the breach that the provider helps with; it reads nothing else of the file.</summary>
    public string? Breach { get; init; }
}

/// <summary>A request to a provider as the table has it: an access request or a restoration.</summary>
public sealed record ProviderRequest
{
    public const string ObjectType = "PROVIDER_REQUEST";
    public const string AccessNature = "ACCESS", RestorationNature = "RESTORATION", TicketNature = "TICKET", ByProvider = "PROVIDER", ByBeneficiary = "BENEFICIARY";
    public const string Incident = "INCIDENT", Demand = "DEMAND", Assistance = "ASSISTANCE";

    public required Guid OrganisationId { get; init; }
    public required Guid Id { get; init; }
    public required string Nature { get; init; }
    public required int Year { get; init; }
    public int Number { get; init; }
    public required string Origin { get; init; }
    public required Guid ConventionId { get; init; }
    public required Guid ProviderId { get; init; }
    public required string ProviderName { get; init; }
    public required string OrganisationName { get; init; }
    public string? Kind { get; init; }
    public string? Priority { get; init; }
    public Guid? BreachId { get; init; }
    public required string System { get; init; }
    public required string ContentJson { get; init; }
    public required string Status { get; init; }
    public Guid? RequestedById { get; init; }
    public required string RequestedBy { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public Guid? AuthorityId { get; init; }
    public string? Authority { get; init; }
    public DateTimeOffset? SubmittedAt { get; init; }
    public DateTimeOffset? ToldAt { get; init; }
    public DateTimeOffset? TakenAt { get; init; }
    public Guid? TakenById { get; init; }
    public string? TakenBy { get; init; }
    public DateTimeOffset? EndedAt { get; init; }
    public string? EndedBy { get; init; }
    public string? Note { get; init; }
    public DateTimeOffset? NotifiedAt { get; init; }
    public DateTimeOffset? ArchivedAt { get; init; }
    public required int Version { get; init; }
    public int Total { get; init; }

    public bool IsAccess => Nature == AccessNature;
    public bool IsRestoration => Nature == RestorationNature;
    public bool IsTicket => Nature == TicketNature;
    public bool FromProvider => Origin == ByProvider;
    public ProviderRequestStatus State => ProviderRequestStates.Parse(Status);
    public string Reference => ReferenceOf(Nature, Year, Number);
    public string What => IsAccess ? Facts.Vocabulary.Current.Label("AccessRequestKind", Kind!) : Facts.Vocabulary.Current.Label("TicketKind", Kind ?? "RESTORATION");

    public Asked Read() => SheetJson.ReadPart<Asked>(ContentJson);

    public static string SeriesOf(string nature) => nature switch { AccessNature => "HAB", TicketNature => "AST", _ => "RES" };

    public static string ReferenceOf(string nature, int year, int number) => $"{SeriesOf(nature)}-{year}-{number:000}";

    /// <summary>“HAB-2026-003”, or null for what is no reference.</summary>
    public static (string Nature, int Year, int Number)? Parse(string reference) =>
        reference.Split('-') is [("HAB" or "RES" or "AST") and var series, { Length: 4 } year, { Length: >= 3 and <= 6 } number]
            && int.TryParse(year, NumberStyles.None, CultureInfo.InvariantCulture, out var y)
            && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? (series switch { "HAB" => AccessNature, "AST" => TicketNature, _ => RestorationNature }, y, n) : null;
}

/// <summary>Something done on a day, as the provider wrote it.</summary>
public sealed record ProviderRequestEntry
{
    public required Guid Id { get; init; }
    public required DateTimeOffset HappenedAt { get; init; }
    public required string Text { get; init; }
    public required string MadeBy { get; init; }
}

/// <summary>A provider that the organisation may ask, under a convention that runs.</summary>
/// <param name="Ending">The convention has come to its end: only restitution is left (T-CV-08).</param>
public sealed record AskedProvider(Guid ConventionId, string Title, Guid ProviderId, string ProviderName, bool Ending);

/// <summary>An organisation that a provider serves, as its people know it.</summary>
public sealed record Client(Guid ConventionId, string Title, Guid OrganisationId, string Name, string Slug, string TimeZone, string Territory, bool GoodFridayObserved);

/// <summary>The appointment that lets somebody ask.</summary>
public sealed record AskingAuthority(Guid Id, string Kind, DateOnly StartOn, string ActType, string? ActReference);
