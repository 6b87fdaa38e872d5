using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Registry.Access;

namespace Registry.Features.Incidents;

/// <summary>The incidents that this body told those it serves. Its own people read them; those who speak for it raise them.</summary>
[Requires(Function.ReportIncident, Right.WriteOwn)]
public sealed class IndexModel(IncidentStore store, Visitor visitor) : PageModel
{
    private const int LongestSearch = 100;

    public CurrentOrganisation Organisation => visitor.Organisation;
    public IReadOnlyList<IncidentLine> Lines { get; private set; } = [];
    public string Search { get; private set; } = "";
    public int PageNumber { get; private set; } = 1;
    public bool HasNext => Lines.Count > 0 && PageNumber * IncidentStore.PageSize < Lines[0].Total;
    public bool MayReport => visitor.SpeaksForProvider;

    public async Task OnGetAsync([FromQuery(Name = "q")] string? search, [FromQuery(Name = "page")] string? page)
    {
        Search = (search ?? "").Trim() is { Length: > LongestSearch } longer ? longer[..LongestSearch] : (search ?? "").Trim();
        PageNumber = int.TryParse(page, out var number) ? Math.Clamp(number, 1, 1000) : 1;
        Lines = await store.ListAsync(Search, PageNumber);
    }
}
