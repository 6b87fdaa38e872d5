using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Registry.Access;

namespace Registry.Features.Organisations;

/// <summary>All organisations within reach; also the switcher, which keeps the section one comes from.</summary>
[SignedIn]
public sealed class IndexModel(OrganisationStore store, Visitor visitor) : PageModel
{
    private const int PageSize = 50;

    public string Search { get; private set; } = "";
    public string? Section { get; private set; }
    public int Total { get; private set; }
    public int PageNumber { get; private set; }
    public int Pages => Math.Max(1, (Total + PageSize - 1) / PageSize);
    public IReadOnlyList<OrganisationLine> Lines { get; private set; } = [];
    public bool MayAdd => visitor.Grants.Any(grant => grant.Role == Role.PlatformAdmin || grant is { Role: Role.Dpo, AreaWide: true });

    public bool MayExport => Total > 1 && visitor.Can(Function.ReadRecords, Right.Export);

    /// <summary>Whoever may not see records would be told that there are none.</summary>
    public bool MayRead => visitor.Can(Function.ReadRecords, Right.Read);

    public string Link(OrganisationLine line) => $"/o/{line.Slug}" + (Section is null ? "" : "/" + Section);

    public string Page(int number) => QueryString.Create(
        new Dictionary<string, string?> { ["q"] = Search.Length > 0 ? Search : null, ["rubrique"] = Section, ["page"] = $"{number}" }
            .Where(pair => pair.Value is not null)).ToString();

    public async Task OnGetAsync([FromQuery(Name = "q")] string? search, [FromQuery(Name = "rubrique")] string? section, [FromQuery(Name = "page")] string? page)
    {
        Search = search?.Trim() ?? "";
        Section = section is "traitements" or "applications" or "prestataires" or "journal" or "designations" or "profil" or "services" ? section : null;
        Total = await store.CountAsync(Search);
        PageNumber = Math.Clamp(int.TryParse(page, out var number) ? number : 1, 1, Pages);
        Lines = await store.ListAsync(Search, PageSize, (PageNumber - 1) * PageSize);
    }
}
