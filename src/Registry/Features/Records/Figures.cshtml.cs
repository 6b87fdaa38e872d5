using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Registry.Access;

namespace Registry.Features.Records;

/// <summary>How the registers stand, by name: it helps to choose where to go and ranks nobody.</summary>
[Requires(Function.ReadRecords)]
public sealed class FiguresModel(RecordFigures figures) : PageModel
{
    private const int PageSize = 50;

    public RegisterHealth Sum { get; private set; } = new();
    public IReadOnlyList<RegisterHealth> Lines { get; private set; } = [];
    public int Total { get; private set; }
    public int PageNumber { get; private set; }
    public int Pages => Math.Max(1, (Total + PageSize - 1) / PageSize);

    public async Task OnGetAsync([FromQuery(Name = "page")] string? page)
    {
        var all = await figures.ListAsync();
        Sum = RegisterHealth.SumOf([.. all]);
        Total = all.Count;
        PageNumber = Math.Clamp(int.TryParse(page, out var number) ? number : 1, 1, Pages);
        Lines = [.. all.Skip((PageNumber - 1) * PageSize).Take(PageSize)];
    }
}
