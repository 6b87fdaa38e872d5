using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Documents;
using Registry.Features.Records;
using Registry.Features.Shared;

namespace Registry.Features.Citizens;

/// <summary>The public register as a table: a line for each sheet, a column for each part that its page shows.</summary>
[PublicPage, KeptByBrowsers]
public sealed class OpenTableModel(PublicBodyStore bodies, PublicSheetStore store, IStringLocalizer t) : PageModel
{
    private const int Width = 30;  // of columns, in formats that have widths

    public async Task<IActionResult> OnGetAsync(string commune)
    {
        if (await bodies.FindAsync(commune) is not { } body || !(await store.StandingAsync(commune)).Open) return NotFound();
        var sheets = await store.AllAsync(commune);
        return File(Languages.InFrench(() => Write(sheets)), RegisterWriter.MediaType(RegisterFormat.Csv), $"registre-public-{body.Slug}.csv");
    }

    private byte[] Write(IReadOnlyList<PublicSheetText> sheets)
    {
        using var stream = new MemoryStream();
        string[] heads = [t.Get("Référence"), t.Get("Nom du traitement"), t.Get("Domaine"), t.Get("Publié le"), .. PublicSheet.PartTitles.Select(title => t.Get(title))];
        using (var table = TableWriter.Open(TableFormat.Csv, stream, "Registre", [.. heads.Select(head => new TableColumn(head, Width))]))
        {
            foreach (var text in sheets)
            {
                var sheet = PublicSheet.Read(text);
                table.Row([text.Reference, sheet.Title, SheetValues.Domain(sheet.Domain), text.PublishedOn, .. sheet.Parts(t).Select(Cell)]);
            }
            table.Finish(new TableAbout("", [], ""));
        }
        return stream.ToArray();
    }

    private string Cell(PublicPart part) => string.Join(" · ", part.Fields.Select(field => field.Label == part.Title ? PublicSheet.OnOneLine(field) : field.Label + t.Get(" : ") + PublicSheet.OnOneLine(field)));
}
