using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.WebUtilities;
using Registry.Access;
using Registry.Features.Organisations;
using Registry.Features.Records;
using Registry.Features.Reviews;
using Registry.Features.Shared;

namespace Registry.Features.Today;

/// <summary>Where the officer's day begins: the one list of what waits, over all organisations. Whoever works for one organisation is sent there.</summary>
[SignedIn]
public sealed class IndexModel(WorkList work, RecordFigures figures, ReviewsDue reviews, OrganisationStore organisations, Visitor visitor, TimeProvider clock) : PageModel
{
    private const int FirstLines = 25;

    public WorkView Work { get; private set; } = null!;
    public IReadOnlyList<OrganisationLine> Organisations { get; private set; } = [];
    public RegisterHealth? Health { get; private set; }
    public IReadOnlyList<DueReview> Reviews { get; private set; } = [];
    public Opening? Opening => Opening.Of(visitor);
    public int Reach => visitor.Reach;
    public bool Reads => Opening is null;
    public DateOnly Today => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(clock.GetUtcNow(), Dates.Paris).DateTime);

    public async Task<IActionResult> OnGetAsync()
    {
        if (!visitor.WorksOverArea)
        {
            var only = await organisations.ListAsync(null, 2, 0);
            return Redirect(only.Count == 1 ? $"/o/{only[0].Slug}" : "/organismes");
        }
        var all = await work.ListAsync();
        var (asked, kept) = Filter();
        Work = WorkView.Read(asked, all, visitor.PersonId, Today, clock.GetUtcNow(), "", FirstLines) with { Kept = kept, Covered = work.Covered, MayMark = visitor.Can(Function.DraftRecord, Right.Write) };
        if (Opening is null && visitor.Can(Function.ReadRecords, Right.Read)) Health = RegisterHealth.SumOf([.. await figures.ListAsync()]);
        if (Opening is null) Reviews = await reviews.ListAsync();
        Organisations = await organisations.ListAsync(null, 12, 0);
        return Page();
    }

    private const string KeptFilter = "suivi";

    /// <summary>What is asked for, or else what was asked for the last time: the filter is kept in her browser until she asks for everything.</summary>
    private (IQueryCollection Asked, bool Kept) Filter()
    {
        if (Request.Query.Count == 0) return Request.Cookies[KeptFilter] is { Length: > 0 and < 100 } kept ? (new QueryCollection(QueryHelpers.ParseQuery(kept)), true) : (Request.Query, false);
        if (Request.Query["voir"] == WorkView.Everything) Response.Cookies.Delete(KeptFilter);
        else if (Request.QueryString.Value is { Length: < 100 } asked) Response.Cookies.Append(KeptFilter, asked, new CookieOptions { Secure = true, HttpOnly = true, SameSite = SameSiteMode.Lax, IsEssential = true, MaxAge = TimeSpan.FromDays(90) });
        return (Request.Query, false);
    }
}
