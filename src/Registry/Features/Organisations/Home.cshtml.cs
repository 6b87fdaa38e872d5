using Microsoft.AspNetCore.Mvc.RazorPages;
using Registry.Access;
using Registry.Features.Charters;
using Registry.Features.Recommendations;
using Registry.Features.Records;
using Registry.Features.Reviews;
using Registry.Features.Shared;
using Registry.Features.Today;
using Registry.History;

namespace Registry.Features.Organisations;

/// <summary>What is asked of the visitor in this organisation, who holds which office, what happened last.</summary>
[Requires(Function.Profile, Right.ReadOwn)]
public sealed class HomeModel(OrganisationStore store, WorkList work, RecordFigures figures, ReviewsDue reviews, CharterDue charters, RecommendationsDue recommendations, Trail trail, Visitor visitor, TimeProvider clock) : PageModel
{
    private const int FirstLines = 25;

    public CurrentOrganisation Organisation => visitor.Organisation;

    /// <summary>The charter that she has still to sign here.</summary>
    public string? CharterToSign { get; private set; }

    /// <summary>Recommendations that wait for a decision, and those that are late.</summary>
    public (int Waiting, int Late) Recommended { get; private set; }
    public WorkView Work { get; private set; } = null!;
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

    public bool MayRegister => visitor.Can(Function.Requests, Right.Write);

    public Opening? Opening => Opening.Of(visitor);

    public async Task OnGetAsync()
    {
        Officers = await store.OfficersAsync();
        CharterToSign = await charters.FindAsync();
        if (RecommendationDesk.AreReadBy(visitor)) Recommended = await recommendations.CountAsync();
        Work = WorkView.Read(Request.Query, await work.ListAsync(Organisation.Id), visitor.PersonId, Organisation.Today(clock), clock.GetUtcNow(), $"/o/{Organisation.Slug}", FirstLines) with { Covered = work.Covered, MayMark = MayReview };
        if (MayRead && Opening is null) Health = await figures.FindAsync(Organisation.Id);
        if (MayReview && Opening is null) DueReview = await reviews.FindAsync(Organisation.Id);
        if (visitor.Can(Function.History, Right.Read)) History = await trail.ListAsync(Organisation.Id, null, 6);
    }
}
