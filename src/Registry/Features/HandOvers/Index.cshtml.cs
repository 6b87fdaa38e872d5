using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Registry.Access;

namespace Registry.Features.HandOvers;

/// <summary>What was handed out to authorities, the last first.</summary>
[Requires(Function.ReadRecords, Right.Export)]
public sealed class IndexModel(HandOverStore store, Visitor visitor) : PageModel
{
    private const int PageSize = 50;

    public CurrentOrganisation Organisation => visitor.Organisation;
    public IReadOnlyList<HandOver> Lines { get; private set; } = [];
    public int PageNumber { get; private set; }
    public bool HasNext { get; private set; }
    public bool MayHandOver => HandOver.MayBeMadeBy(visitor.Grants);

    public async Task OnGetAsync([FromQuery(Name = "page")] string? page)
    {
        PageNumber = int.TryParse(page, out var number) ? Math.Clamp(number, 1, 10_000) : 1;
        var lines = await store.ListAsync(PageSize + 1, (PageNumber - 1) * PageSize);
        (Lines, HasNext) = ([.. lines.Take(PageSize)], lines.Count > PageSize);
    }
}
