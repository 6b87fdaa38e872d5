using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Registry.Access;

namespace Registry.Features.Engagements;

/// <summary>Processors without a check of article 28, or with too little of it, over everything the person reaches.</summary>
[Requires(Function.ResponsibilityMatrix)]
public sealed class AreaModel(EngagementStore store, Visitor visitor) : PageModel
{
    private const int PageSize = 50;

    public int PageNumber { get; private set; }
    public int Total => Lines.Count > 0 ? Lines[0].Total : 0;
    public bool HasNext => PageNumber * PageSize < Total;
    public bool MayAdd => visitor.Can(Function.DraftRecord, Right.Write);
    public IReadOnlyList<WeakLine> Lines { get; private set; } = [];

    public async Task OnGetAsync([FromQuery(Name = "page")] string? page)
    {
        PageNumber = Math.Clamp(int.TryParse(page, out var number) ? number : 1, 1, 1000);
        Lines = await store.WeakAsync(null, PageSize, (PageNumber - 1) * PageSize);
    }
}
