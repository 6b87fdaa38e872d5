using Microsoft.AspNetCore.Mvc.RazorPages;
using Registry.Access;
using Registry.Features.Breaches;
using Registry.Features.Charters;
using Registry.Features.Records;
using Registry.Features.Reminders;
using Registry.Features.Requests;
using Registry.Features.Reviews;
using Registry.Features.Shared;
using Registry.History;

namespace Registry.Features.Organisations;

/// <summary>What is asked of the visitor in this organisation, who holds which office, what happened last.</summary>
[Requires(Function.Profile, Right.ReadOwn)]
public sealed class HomeModel(OrganisationStore store, RecordsWaiting waiting, RecordFigures figures, ReviewsDue reviews, BreachesRunning breaches, RequestsRunning requests, Notices notices, CharterDue charters, Trail trail, Visitor visitor, TimeProvider clock) : PageModel
{
    public CurrentOrganisation Organisation => visitor.Organisation;
    public IReadOnlyList<WaitingRecord> Waiting { get; private set; } = [];
    /// <summary>The charter that she has still to sign here.</summary>
    public string? CharterToSign { get; private set; }
    public IReadOnlyList<Notice> Notices { get; private set; } = [];
    public RegisterHealth? Health { get; private set; }
    public IReadOnlyList<Officer> Officers { get; private set; } = [];
    public IReadOnlyList<TrailLine> History { get; private set; } = [];
    public bool MayReview => visitor.Can(Function.DraftRecord, Right.Write);
    public DueReview? DueReview { get; private set; }
    public bool MayAdd => visitor.Can(Function.DraftRecord, Right.WriteOwn);
    public bool MayRead => visitor.Can(Function.ReadRecords, Right.Read);
    public bool MayReadConventions => visitor.Can(Function.Conventions, Right.ReadOwn);

    public bool MayAskProvider => visitor.Can(Function.AccessRequests, Right.Write);
    public bool WorksForProvider => visitor.Grants.Any(grant => grant.Role == Role.ProcessorHelpdesk);

    public bool MayReport => visitor.Can(Function.ReportIncident, Right.Write);
    public bool MayAlert => visitor.SpeaksForProvider;

    /// <summary>Files whose 72 hours run here.</summary>
    public IReadOnlyList<BreachLine> Running { get; private set; } = [];

    /// <summary>Requests of persons that wait for their answer.</summary>
    public IReadOnlyList<RequestLine> Requests { get; private set; } = [];
    public DateTimeOffset Now => clock.GetUtcNow();

    public Opening? Opening => Opening.Of(visitor);

    public async Task OnGetAsync()
    {
        Officers = await store.OfficersAsync();
        CharterToSign = await charters.FindAsync();
        Notices = await notices.ListAsync(Organisation.Id);
        if (MayRead && Opening is null) Waiting = [.. (await waiting.ListAsync(Organisation.Id)).Where(one => one.WaitsForMe)];
        if (MayRead && Opening is null) Health = await figures.FindAsync(Organisation.Id);
        if (MayReview && Opening is null) DueReview = await reviews.FindAsync(Organisation.Id);
        if (visitor.Can(Function.Breaches, Right.Read)) Running = await breaches.ListAsync(Organisation.Id);
        if (Opening is null && visitor.Can(Function.Requests, Right.Read)) Requests = await requests.ListAsync(Organisation.Id);
        if (visitor.Can(Function.History, Right.Read)) History = await trail.ListAsync(Organisation.Id, null, 6);
    }
}
