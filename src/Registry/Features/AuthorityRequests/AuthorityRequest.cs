using System.Globalization;
using Registry.Access;
using Registry.Deadlines;
using Registry.Features.Shared;

namespace Registry.Features.AuthorityRequests;

public enum AuthorityRequestStatus { Received, Redirected, SecrecyImposed, Acknowledged, Closed }

/// <summary>One line of the table of domain §3.5, on the side of the processor or of the controller.</summary>
/// <param name="Needs">The name of the field that must be filled, null for none.</param>
public sealed record AuthorityMove(string Slug, string LabelKey, string Side, AuthorityRequestStatus From, AuthorityRequestStatus To, string[] Who, string? Needs);

/// <summary>The life of an authority's request: what is not in this table is refused (S-05).</summary>
public static class AuthorityStates
{
    public const string Redirect = "reorienter", Secrecy = "secret", Lift = "lever-le-secret", Acknowledge = "prendre-en-charge", Close = "clore";
    private static readonly string[] Provider = ["PROCESSOR_HELPDESK", "PROCESSOR_MANAGER"];

    public static IReadOnlyList<AuthorityMove> All { get; } =
    [
        new(Redirect, Languages.Key("Réorienter vers le responsable"), AuthorityRequest.Processor, AuthorityRequestStatus.Received, AuthorityRequestStatus.Redirected, Provider, "Address"),
        new(Secrecy, Languages.Key("Le secret est imposé par la loi"), AuthorityRequest.Processor, AuthorityRequestStatus.Received, AuthorityRequestStatus.SecrecyImposed, Provider, "Secrecy"),
        new(Lift, Languages.Key("Le secret est levé : réorienter"), AuthorityRequest.Processor, AuthorityRequestStatus.SecrecyImposed, AuthorityRequestStatus.Redirected, Provider, "Address"),
        new(Acknowledge, Languages.Key("Prendre en charge"), AuthorityRequest.Controller, AuthorityRequestStatus.Redirected, AuthorityRequestStatus.Acknowledged, ["CONTROLLER_REP"], null),
        new(Close, Languages.Key("Clore"), AuthorityRequest.Controller, AuthorityRequestStatus.Acknowledged, AuthorityRequestStatus.Closed, ["CONTROLLER_REP", "DPO"], "Answer"),
    ];

    public static IReadOnlyList<string> AllMessageKeys { get; } = [.. All.Select(move => move.LabelKey)];

    public static AuthorityMove? Find(string side, AuthorityRequestStatus from, string? slug) => All.FirstOrDefault(move => move.Slug == slug && move.From == from && move.Side == side);

    public static string Code(AuthorityRequestStatus status) => status == AuthorityRequestStatus.SecrecyImposed ? "SECRECY_IMPOSED" : status.ToString().ToUpperInvariant();

    public static AuthorityRequestStatus Parse(string code) => Enum.GetValues<AuthorityRequestStatus>().First(one => Code(one) == code);

    public static int Disc(AuthorityRequestStatus status) => status switch { AuthorityRequestStatus.Received => 1, AuthorityRequestStatus.Redirected => 2, AuthorityRequestStatus.SecrecyImposed => 2, AuthorityRequestStatus.Acknowledged => 3, _ => 4 };

    /// <summary>Who acts next (a message key).</summary>
    public static string? Who(AuthorityRequest request) => (request.State, request.Side, request.ControllerStatus) switch
    {
        (AuthorityRequestStatus.Received, _, _) => Languages.Key("au prestataire de réorienter"),
        (AuthorityRequestStatus.SecrecyImposed, _, _) => Languages.Key("au prestataire d’attendre la levée du secret"),
        (AuthorityRequestStatus.Redirected, AuthorityRequest.Controller, _) or (AuthorityRequestStatus.Redirected, _, "REDIRECTED") => Languages.Key("au responsable de prendre en charge"),
        (AuthorityRequestStatus.Acknowledged, _, _) or (_, _, "ACKNOWLEDGED") => Languages.Key("au responsable de répondre à l’autorité"),
        _ => null,
    };
}

/// <summary>A request of an authority, as one of the two sides keeps it.</summary>
public sealed record AuthorityRequest
{
    public const string ObjectType = "AUTHORITY_REQUEST", Processor = "PROCESSOR", Controller = "CONTROLLER";

    public required Guid OrganisationId { get; init; }
    public required Guid Id { get; init; }
    public required string Side { get; init; }
    public required int Year { get; init; }
    public int Number { get; init; }
    public required Guid ConventionId { get; init; }
    public required Guid ProcessorId { get; init; }
    public required string ProcessorName { get; init; }
    public required Guid ControllerId { get; init; }
    public required string ControllerName { get; init; }
    public required DateOnly ReceivedOn { get; init; }
    public required string Authority { get; init; }
    public required string Kind { get; init; }
    public string? LegalReference { get; init; }
    public required string DataConcerned { get; init; }
    public required string Status { get; init; }
    public required DateOnly RedirectBy { get; init; }
    public DateTimeOffset? RedirectedAt { get; init; }
    public string? RedirectedBy { get; init; }
    public string? Letter { get; init; }
    public string? SecrecyReference { get; init; }
    public DateTimeOffset? AcknowledgedAt { get; init; }
    public string? AcknowledgedBy { get; init; }
    public string? Answer { get; init; }
    public DateTimeOffset? ClosedAt { get; init; }
    public string? ClosedBy { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required string CreatedBy { get; init; }
    public required int Version { get; init; }

    /// <summary>For the processor: how far the controller's own file has come.</summary>
    public string? ControllerStatus { get; init; }
    public DateTimeOffset? ControllerAt { get; init; }

    public bool ByProcessor => Side == Processor;
    public AuthorityRequestStatus State => AuthorityStates.Parse(Status);
    public string Reference => ReferenceOf(Year, Number);

    public static string ReferenceOf(int year, int number) => $"REQ-{year}-{number:000}";

    public static (int Year, int Number)? Parse(string reference) =>
        reference.Split('-') is ["REQ", { Length: 4 } year, { Length: >= 3 and <= 6 } number]
            && int.TryParse(year, NumberStyles.None, CultureInfo.InvariantCulture, out var y) && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? (y, n) : null;

    /// <summary>One working day, by the calendar of the processor who must act.</summary>
    public static Deadline Due(DateOnly receivedOn, CurrentOrganisation processor) =>
        WorkingDays.Add(receivedOn, 1, processor.Calendar, StartEvent.Received);
}
