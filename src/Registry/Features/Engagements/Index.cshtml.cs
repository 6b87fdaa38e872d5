using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Registry.Access;

namespace Registry.Features.Engagements;

/// <summary>Who processes data for the organisation under which text, and whose text is to be seen to.</summary>
[Requires(Function.ReadRecords)]
public sealed class IndexModel(EngagementStore store, Visitor visitor, TimeProvider clock) : PageModel
{
    private const int PageSize = 50;
    private const int WarningMonths = 3;

    public CurrentOrganisation Organisation => visitor.Organisation;
    public Guid? Party { get; private set; }
    public int PageNumber { get; private set; }
    public bool HasNext => PageNumber * PageSize < (Lines.Count > 0 ? Lines[0].Total : 0);
    public IReadOnlyList<EngagementLine> Lines { get; private set; } = [];
    public IReadOnlyList<WeakLine> Weak { get; private set; } = [];
    public bool MayAdd => visitor.Can(Function.DraftRecord, Right.Write);
    public bool EndsSoon(EngagementLine line) => line.EndedOn is null && line.ExpiresOn < Organisation.Today(clock).AddMonths(WarningMonths);

    public async Task OnGetAsync([FromQuery(Name = "prestataire")] string? party, [FromQuery(Name = "page")] string? page)
    {
        Party = Guid.TryParse(party, out var one) ? one : null;
        PageNumber = Math.Clamp(int.TryParse(page, out var number) ? number : 1, 1, 1000);
        Lines = await store.ListAsync(Party, PageSize, (PageNumber - 1) * PageSize);
        Weak = await store.WeakAsync(Organisation.Id, PageSize, 0);
    }
}
