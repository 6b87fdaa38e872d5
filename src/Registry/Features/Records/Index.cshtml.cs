using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Registry.Access;
using Registry.Features.Shared;

namespace Registry.Features.Records;

[Requires(Function.ReadRecords)]
public sealed class IndexModel(RecordStore store, RecordDesk desk, Visitor visitor, TimeProvider clock) : PageModel
{
    private const int PageSize = 25;

    public CurrentOrganisation Organisation => visitor.Organisation;
    public string Search { get; private set; } = "";
    public string? Group { get; private set; }
    public int PageNumber { get; private set; }
    public int Total { get; private set; }
    public int First => (PageNumber - 1) * PageSize + 1;
    public int Pages => Math.Max(1, (Total + PageSize - 1) / PageSize);
    public IReadOnlyList<RecordLine> Lines { get; private set; } = [];
    public IReadOnlyDictionary<string, int> Counts { get; private set; } = new Dictionary<string, int>();
    public bool MayAdd => visitor.Can(Function.DraftRecord, Right.WriteOwn);
    public bool MayExport => visitor.Can(Function.ReadRecords, Right.Export);
    public DateOnly Today => Organisation.Today(clock);

    public int CountOf(string[] statuses) => statuses.Sum(status => Counts.GetValueOrDefault(status));
    public bool WaitsForMe(RecordLine line) => RecordStates.WaitsFor(line.State, visitor.RoleCodes, visitor.Delegations);

    public string Link(string? group, int page = 1) => QueryString.Create(
        new Dictionary<string, string?> { ["q"] = Search.Length > 0 ? Search : null, ["etat"] = group, ["page"] = page > 1 ? $"{page}" : null }
            .Where(pair => pair.Value is not null)).ToString() is { Length: > 0 } query ? query : "?";

    public async Task OnGetAsync([FromQuery(Name = "q")] string? search, [FromQuery(Name = "etat")] string? group, [FromQuery(Name = "page")] string? page)
    {
        Guid? own = desk.ReadsDrafts(isAuthor: false) ? null : visitor.PersonId;
        Search = search?.Trim() ?? "";
        Group = RecordGroups.All.Any(known => known.Key == group) ? group : null;  // an unknown filter is no filter
        Counts = await store.CountAsync(Search, own);
        Total = CountOf(RecordGroups.All.First(known => known.Key == Group).Statuses);
        PageNumber = Math.Clamp(int.TryParse(page, out var number) ? number : 1, 1, Pages);
        Lines = await store.ListAsync(Search, Group, own, PageSize, First - 1);
    }
}
