using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Registry.Access;

namespace Registry.Features.ThirdParties;

/// <summary>Who works for the organisation, and what has to be watched about them.</summary>
[Requires(Function.ReadRecords)]
public sealed class IndexModel(ThirdPartyStore store, Visitor visitor, TimeProvider clock) : PageModel
{
    private const int PageSize = 50;
    private const int WarningMonths = 3;

    public CurrentOrganisation Organisation => visitor.Organisation;
    public string Search { get; private set; } = "";
    public int PageNumber { get; private set; }
    public bool HasNext => PageNumber * PageSize < Total;
    public int Total { get; private set; }
    public IReadOnlyList<ThirdPartyLine> Lines { get; private set; } = [];
    public bool MayAdd => visitor.Can(Function.DraftRecord, Right.WriteOwn);
    public DateOnly Today => Organisation.Today(clock);

    /// <summary>A certificate that ends within three months is asked for again.</summary>
    public bool EndsSoon(ThirdPartyLine line) => line.CertificationEndsOn is { } end && end < Today.AddMonths(WarningMonths);

    public bool MayReadProcessing => visitor.Can(Function.ProcessorRecord, Right.ReadOwn);

    public async Task OnGetAsync([FromQuery(Name = "q")] string? search, [FromQuery(Name = "page")] string? page)
    {
        Search = search?.Trim() ?? "";
        PageNumber = Math.Clamp(int.TryParse(page, out var number) ? number : 1, 1, 1000);
        Lines = await store.ListAsync(Search, PageSize, (PageNumber - 1) * PageSize);
        Total = Lines.Count > 0 ? Lines[0].Total : 0;
    }
}
