using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Registry.Access;

namespace Registry.Features.Systems;

/// <summary>The applications and media of the organisation, and what has to be watched about them.</summary>
[Requires(Function.ReadRecords)]
public sealed class IndexModel(SystemStore store, Visitor visitor, TimeProvider clock) : PageModel
{
    private const int PageSize = 50;

    public CurrentOrganisation Organisation => visitor.Organisation;
    public string Search { get; private set; } = "";
    public int PageNumber { get; private set; }
    public bool HasNext => PageNumber * PageSize < Total;
    public int Total { get; private set; }
    public IReadOnlyList<SystemLine> Lines { get; private set; } = [];
    public bool MayAdd => visitor.Can(Function.DraftRecord, Right.WriteOwn);
    public DateOnly Today => Organisation.Today(clock);

    /// <summary>Accounts that nobody has gone through for half a year are too many.</summary>
    public bool ReviewIsDue(SystemLine line) => line.AccessReviewedOn is { } last && last.AddMonths(SystemForm.ReviewMonths) < Today;

    public async Task OnGetAsync([FromQuery(Name = "q")] string? search, [FromQuery(Name = "page")] string? page)
    {
        Search = search?.Trim() ?? "";
        PageNumber = Math.Clamp(int.TryParse(page, out var number) ? number : 1, 1, 1000);
        Lines = await store.ListAsync(Search, PageSize, (PageNumber - 1) * PageSize);
        Total = Lines.Count > 0 ? Lines[0].Total : 0;
    }
}
