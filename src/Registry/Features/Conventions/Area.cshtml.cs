using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Registry.Access;
using Registry.Features.Shared;

namespace Registry.Features.Conventions;

/// <summary>The conventions of every organisation that the person reaches, by the next day on which somebody must act.</summary>
[Requires(Function.Conventions, Right.ReadOwn)]
public sealed class AreaModel(ConventionStore store, Visitor visitor, TimeProvider clock) : PageModel
{
    private const int PageSize = 50;

    public string Search { get; private set; } = "";
    public string? Kind { get; private set; }
    public int PageNumber { get; private set; }
    public int Total => Lines.Count > 0 ? Lines[0].Total : 0;
    public bool HasNext => PageNumber * PageSize < Total;
    public IReadOnlyList<ConventionLine> Lines { get; private set; } = [];
    public DateOnly Today => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(clock.GetUtcNow(), Dates.Paris).DateTime);

    public bool ReadsClauses => visitor.Can(Function.ResponsibilityMatrix, Right.Read);

    public static IReadOnlyList<string> Kinds { get; } = ["NOTICE", "END", "DESTRUCTION", "EVALUATION", "PRICE", "MEETING", "OBLIGATION"];

    public async Task OnGetAsync([FromQuery(Name = "q")] string? search, [FromQuery(Name = "quoi")] string? kind, [FromQuery(Name = "page")] string? page)
    {
        Search = search?.Trim() ?? "";
        Kind = Kinds.FirstOrDefault(known => known == kind);
        PageNumber = Math.Clamp(int.TryParse(page, out var number) ? number : 1, 1, 1000);
        Lines = await store.ListEverywhereAsync(Search, Kind, PageSize, (PageNumber - 1) * PageSize);
    }
}
