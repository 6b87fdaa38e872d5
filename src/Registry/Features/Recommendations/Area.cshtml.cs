using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Registry.Access;
using Registry.Features.Shared;

namespace Registry.Features.Recommendations;

/// <summary>The recommendations that are open over everything the person reaches.</summary>
[Requires(Function.Recommendations)]
public sealed class AreaModel(RecommendationStore store, TimeProvider clock) : PageModel
{
    private const int PageSize = 50;

    public int PageNumber { get; private set; }
    public RecommendationsView View { get; private set; } = null!;
    public int Total => View.Lines is [var first, ..] ? first.Total : 0;
    public bool HasNext => PageNumber * PageSize < Total;

    public async Task OnGetAsync([FromQuery(Name = "page")] string? page)
    {
        PageNumber = Math.Clamp(int.TryParse(page, out var number) ? number : 1, 1, 1000);
        View = new(await store.ListAsync(null, open: true, PageSize, (PageNumber - 1) * PageSize), DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(clock.GetUtcNow(), Dates.Paris).DateTime), Everywhere: true);
    }
}
