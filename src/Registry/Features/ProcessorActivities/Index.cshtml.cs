using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Registry.Access;

namespace Registry.Features.ProcessorActivities;

/// <summary>The processor's face of the organisation (article 30(2)), kept apart from its record as a controller .</summary>
[Requires(Function.ProcessorRecord, Right.ReadOwn)]
public sealed class IndexModel(ProcessorActivityStore store, Visitor visitor) : PageModel
{
    private const int PageSize = 50;

    public CurrentOrganisation Organisation => visitor.Organisation;
    public string Search { get; private set; } = "";
    public int PageNumber { get; private set; }
    public bool HasNext => PageNumber * PageSize < (Lines.Count > 0 ? Lines[0].Total : 0);
    public IReadOnlyList<ProcessorActivity> Lines { get; private set; } = [];
    public IReadOnlyList<ProcessorActivity> Concerning { get; private set; } = [];
    public bool MayAdd => visitor.Can(Function.ProcessorRecord, Right.Write);

    public async Task OnGetAsync([FromQuery(Name = "q")] string? search, [FromQuery(Name = "page")] string? page)
    {
        Search = search?.Trim() ?? "";
        PageNumber = Math.Clamp(int.TryParse(page, out var number) ? number : 1, 1, 1000);
        Lines = await store.ListAsync(Search, PageSize, (PageNumber - 1) * PageSize);
        Concerning = await store.ConcerningAsync();
    }
}
