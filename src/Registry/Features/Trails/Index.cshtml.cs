using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Registry.Access;
using Registry.History;

namespace Registry.Features.Trails;

/// <summary>Everything that happened in the organisation, newest first.</summary>
[Requires(Function.History)]
public sealed class IndexModel(Trail trail, Visitor visitor) : PageModel
{
    private const int PageSize = 50;

    public IReadOnlyList<TrailLine> Lines { get; private set; } = [];
    public int Total { get; private set; }
    public int PageNumber { get; private set; }
    public CurrentOrganisation Organisation => visitor.Organisation;
    public bool HasNext => PageNumber * PageSize < Total;

    public async Task OnGetAsync([FromQuery(Name = "page")] string? page)
    {
        Total = await trail.CountAsync(Organisation.Id, null);
        PageNumber = Math.Clamp(int.TryParse(page, out var number) ? number : 1, 1, Math.Max(1, (Total + PageSize - 1) / PageSize));
        Lines = await trail.ListAsync(Organisation.Id, null, PageSize, (PageNumber - 1) * PageSize);
    }
}
