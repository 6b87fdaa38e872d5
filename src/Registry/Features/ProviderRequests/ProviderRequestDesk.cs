using Registry.Access;
using Registry.Deadlines;
using Registry.Features.Records;
using Registry.Features.Shared;
using Registry.Facts;
using Registry.History;

namespace Registry.Features.ProviderRequests;

/// <summary>What the visitor may do with requests, the steps she takes and the lines they leave in the chain of the organisation that asks.</summary>
public sealed class ProviderRequestDesk(ProviderRequestStore store, Visitor visitor, Journal journal, TimeProvider clock)
{
    public DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>Null when there is none, or none for her: who has only a small letter in the matrix reads what she prepared herself.</summary>
    public async Task<ProviderRequest?> ReadAsync(string reference, bool toChange = false)
    {
        if (await store.FindAsync(reference, toChange) is not { } request) return null;
        return visitor.Can(FunctionOf(request.Nature), Right.Read) || request.RequestedById == visitor.PersonId ? request : null;
    }

    public static Function FunctionOf(string nature) => nature == ProviderRequest.RestorationNature ? Function.Restorations : Function.AccessRequests;

    /// <summary>Whether she belongs to the organisation that asks, and writes there at all; whether she may hand over is another question, judged when she does.</summary>
    public bool MayPrepare => visitor.Grants.Any(grant => grant.Role is not (Role.Auditor or Role.ProcessorHelpdesk or Role.ProcessorManager or Role.AreaExecutive or Role.PlatformAdmin));

    public bool MayAsk(string nature) => Asking(nature) is not null;

    private Grant? Asking(string nature) => visitor.Grants.FirstOrDefault(grant =>
        grant.Role == Role.Correspondent || grant.Role == Role.CorrespondentDelegate && grant.Delegations.Intersect(ProviderRequestStore.ScopesOf(nature)).Any());

    public bool IsHelpdesk => visitor.Grants.Any(grant => grant.Role == Role.ProcessorHelpdesk);

    /// <summary>Reads the queue: the help desk, and who answers for conventions there.</summary>
    public bool WorksForProvider => visitor.Grants.Any(grant => grant.Role is Role.ProcessorHelpdesk or Role.ProcessorManager);

    /// <summary>The moves she may make now, from the side on which she stands.</summary>
    public IReadOnlyList<ProviderRequestMove> MovesFor(ProviderRequest request) =>
        [.. ProviderRequestStates.All.Where(move => move.From == request.State && move.Natures.Contains(request.Nature) && MayMake(move, request))];

    private bool MayMake(ProviderRequestMove move, ProviderRequest request) =>
        move.Who.Contains(Role.ProcessorHelpdesk.Code()) ? IsHelpdesk && visitor.Organisation.Id == request.ProviderId : move.Who.Contains(Role.Correspondent.Code()) && visitor.Organisation.Id == request.OrganisationId && (MayAsk(request.Nature) || request.IsTicket && request.RequestedById == visitor.PersonId);

    /// <summary>Before it starts, what its provider wants to do by itself has been told to the organisation, unless it presses (§3.5).</summary>
    public static bool WaitsForTelling(ProviderRequest request) => request is { FromProvider: true, ToldAt: null } && !request.Read().Emergency;

    /// <summary>What pressed and was begun first is told within one working day (§3.5).</summary>
    public static Deadline? TellBy(Asked asked, CurrentOrganisation here) => asked is { Emergency: true, BegunAt: { } begun }
        ? WorkingDays.Add(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(begun, here.Zone).DateTime), 1, here.Calendar, new StartEvent("Restauration commencée", "The restoration began on"))
        : null;

    public static ProviderRequestReading Reading(ProviderRequest request, IReadOnlyList<ProviderRequestEntry> entries, CurrentOrganisation here)
    {
        var asked = request.Read();
        return new(request, asked, entries, TellBy(asked, here), here.Zone);
    }

    public ProviderRequest New(Guid id, string nature, string origin, AskedProvider provider, string organisation, Guid organisationId, string? kind, string system, Asked asked, TimeZoneInfo zone) => new()
    {
        OrganisationId = organisationId, Id = id, Nature = nature, Year = TimeZoneInfo.ConvertTime(Now, zone).Year, Origin = origin, ConventionId = provider.ConventionId, ProviderId = provider.ProviderId,
        ProviderName = provider.ProviderName, OrganisationName = organisation, Kind = kind, System = system, ContentJson = SheetJson.WritePart(asked), Status = "DRAFT",
        RequestedById = visitor.PersonId, RequestedBy = visitor.Name, CreatedAt = Now, Version = 1,
    };

    /// <summary>
    /// Hands over, after the authority of whoever asks was proved in this very transaction; anybody else's attempt is kept, rejected (§3.5). The words of the proof stay beside
    /// the request: an office may end later.
    /// </summary>
    public async Task<ProviderRequest> HandOverAsync(ProviderRequest request)
    {
        var authority = await store.AuthorityAsync(request.Nature);
        if (authority is not null && Asking(request.Nature) is { } grant) journal.Role = grant.Role.Code();
        return request with
        {
            Status = authority is null ? "REJECTED_NOT_AUTHORISED" : "SUBMITTED",
            RequestedById = visitor.PersonId,
            RequestedBy = visitor.Name,
            SubmittedAt = Now,
            AuthorityId = authority?.Id,
            Authority = authority is null ? null : Proof(authority),
        };
    }

    /// <summary>An incident or a call for help needs no letter: it counts from now on.</summary>
    public ProviderRequest Declare(ProviderRequest request) => request with { Status = ProviderRequestStates.Code(ProviderRequestStatus.Submitted), SubmittedAt = Now };

    private static string Proof(AskingAuthority authority) => Languages.InFrench(() =>
        $"{Vocabulary.Current.Label("AppointmentKind", authority.Kind)}, {Vocabulary.Current.Label("ActType", authority.ActType).ToLowerInvariant()}{(authority.ActReference is null ? "" : " " + authority.ActReference)}, depuis le {Dates.Full(authority.StartOn)}");

    /// <summary>The row after a move of the help desk.</summary>
    public ProviderRequest After(ProviderRequestMove move, ProviderRequest request, string? text)
    {
        var moved = request with { Status = ProviderRequestStates.Code(move.To) };
        return move.Slug switch
        {
            ProviderRequestStates.Take => moved with { TakenAt = Now, TakenById = visitor.PersonId, TakenBy = visitor.Name },
            ProviderRequestStates.Execute or ProviderRequestStates.Impossible or ProviderRequestStates.Fail => moved with { EndedAt = Now, EndedBy = visitor.Name, Note = text },
            ProviderRequestStates.Cancel => moved with { EndedAt = Now, EndedBy = visitor.Name, Note = text },
            _ => moved,
        };
    }

    public void Tell(Happening happening, ProviderRequest request, string? reason = null, string outcome = "OK", ProviderRequestMove? move = null) =>
        journal.Record(Line(happening, request, reason, outcome, move));

    /// <summary>Nobody's name: the chain keeps it longer than the request lives.</summary>
    public static Event Line(Happening happening, ProviderRequest request, string? reason = null, string outcome = "OK", ProviderRequestMove? move = null) =>
        new(request.OrganisationId, happening.Code, ProviderRequest.ObjectType, request.Id, new EventDetails
        {
            Subject = $"{request.Reference} · {(move is null ? Languages.InFrench(() => request.What) : move.LabelKey)} · {request.System}", Reason = reason,
        })
        { Outcome = outcome };
}

/// <summary>A request with what it says, for the page of either side.</summary>
public sealed record ProviderRequestReading(ProviderRequest Request, Asked Asked, IReadOnlyList<ProviderRequestEntry> Entries, Deadline? TellBy, TimeZoneInfo Zone)
{
    public bool ToldLate => TellBy is { } due && Request.ToldAt is { } told && due.IsOver(told);
}
