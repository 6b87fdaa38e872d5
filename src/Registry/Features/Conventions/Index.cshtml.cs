using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Registry.Access;

namespace Registry.Features.Conventions;

/// <summary>What the organisation keeps, and what others keep that binds it.</summary>
[Requires(Function.Conventions, Right.ReadOwn)]
public sealed class IndexModel(ConventionStore store, Visitor visitor, TimeProvider clock) : PageModel
{
    private const int PageSize = 50;

    public CurrentOrganisation Organisation => visitor.Organisation;
    public string Search { get; private set; } = "";
    public int PageNumber { get; private set; }
    public bool HasNext => PageNumber * PageSize < (Lines.Count > 0 ? Lines[0].Total : 0);
    public IReadOnlyList<ConventionLine> Lines { get; private set; } = [];
    public bool MayAdd => visitor.Can(Function.Conventions, Right.WriteOwn);
    public DateOnly Today => Organisation.Today(clock);
    public string At(ConventionLine line) => $"/o/{Organisation.Slug}/conventions/{(line.OrganisationId == Organisation.Id ? line.Reference : line.Id.ToString())}";

    public async Task OnGetAsync([FromQuery(Name = "q")] string? search, [FromQuery(Name = "page")] string? page)
    {
        Search = search?.Trim() ?? "";
        PageNumber = Math.Clamp(int.TryParse(page, out var number) ? number : 1, 1, 1000);
        Lines = await store.ListAsync(Search, PageSize, (PageNumber - 1) * PageSize);
    }
}
