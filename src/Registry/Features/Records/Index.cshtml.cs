using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Registry.Access;
using Registry.Features.Shared;

namespace Registry.Features.Records;

[Requires(Function.ReadRecords)]
public sealed class IndexModel(RecordStore store, Visitor visitor, TimeProvider clock) : PageModel
{
    private const int PageSize = 25;

    public static readonly IReadOnlyList<(string? Key, string Label, string[] Statuses)> Groups =
    [
        (null, Languages.Key("Toutes"), ["DRAFT", "SUBMITTED", "IN_REVIEW", "CHANGES_REQUESTED", "VALIDATED", "PUBLISHED", "IN_REVISION"]),
        ("publiees", Languages.Key("Publiées"), ["PUBLISHED"]),
        ("a-relire", Languages.Key("À relire"), ["SUBMITTED", "IN_REVIEW"]),
        ("a-publier", Languages.Key("À publier"), ["VALIDATED"]),
        ("au-service", Languages.Key("Au service"), ["DRAFT", "CHANGES_REQUESTED", "IN_REVISION"]),
        ("archivees", Languages.Key("Archivées"), ["ARCHIVED", "ABANDONED"]),
    ];

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
    public DateOnly Today => Organisation.Today(clock);

    public int CountOf(string[] statuses) => statuses.Sum(status => Counts.GetValueOrDefault(status));
    public bool WaitsForMe(RecordLine line) => RecordStates.WaitsFor(line.State, visitor.RoleCodes, visitor.Delegations);

    public string Link(string? group, int page = 1) => QueryString.Create(
        new Dictionary<string, string?> { ["q"] = Search.Length > 0 ? Search : null, ["etat"] = group, ["page"] = page > 1 ? $"{page}" : null }
            .Where(pair => pair.Value is not null)).ToString() is { Length: > 0 } query ? query : "?";

    public async Task OnGetAsync([FromQuery(Name = "q")] string? search, [FromQuery(Name = "etat")] string? group, [FromQuery(Name = "page")] string? page)
    {
        Search = search?.Trim() ?? "";
        Group = Groups.Any(known => known.Key == group) ? group : null;  // an unknown filter is no filter
        Counts = await store.CountAsync(Search);
        Total = CountOf(Groups.First(known => known.Key == Group).Statuses);
        PageNumber = Math.Clamp(int.TryParse(page, out var number) ? number : 1, 1, Pages);
        Lines = await store.ListAsync(Search, Group, PageSize, First - 1);
    }
}
