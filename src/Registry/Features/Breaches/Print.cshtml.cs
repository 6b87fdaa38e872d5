using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Features.Shared;

namespace Registry.Features.Breaches;

/// <summary>The register of article 33(5) on paper: the columns of the export, one breach after the other.</summary>
[Requires(Function.Documents)]
public sealed class PrintModel(BreachExport export, BreachDesk desk, Visitor visitor, IStringLocalizer t) : PageModel
{
    public CurrentOrganisation Organisation => visitor.Organisation;
    public DateTimeOffset Now => desk.Now;
    public IReadOnlyList<(Breach Head, IReadOnlyList<(string Label, string Text)> Cells)> Rows { get; private set; } = [];

    public async Task OnGetAsync()
    {
        var columns = new BreachColumns(t, Organisation, null);
        var heads = columns.Heads;
        Rows = [.. (await export.AllAsync(year: null)).Select(row => (row.Breach, Cells(heads, columns.Row(row))))];
    }

    private static IReadOnlyList<(string, string)> Cells(IReadOnlyList<Registry.Documents.TableColumn> heads, IReadOnlyList<object?> row) =>
        [.. heads.Zip(row).Skip(3).Where(cell => cell.Second is not null).Select(cell => (cell.First.Title, cell.Second is DateTime at ? Dates.Instant(new DateTimeOffset(at, TimeSpan.Zero), TimeZoneInfo.Utc) : $"{cell.Second}"))];
}
