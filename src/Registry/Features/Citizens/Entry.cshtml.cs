using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Features.Records;
using Registry.Features.Shared;

namespace Registry.Features.Citizens;

/// <summary>One sheet of the public register. Hidden, archived, of another body or never there: all the same 404.</summary>
[PublicPage, KeptByBrowsers]
public sealed class EntryModel(PublicBodyStore bodies, PublicSheetStore store, IStringLocalizer t) : PageModel
{
    public PublicBody Body { get; private set; } = null!;
    public PublicSheetText Text { get; private set; } = null!;
    public PublicSheet Sheet { get; private set; } = null!;
    public IReadOnlyList<PublicPart> Parts { get; private set; } = [];
    public string? Officer { get; private set; }

    public async Task<IActionResult> OnGetAsync(string commune, string sheet)
    {
        if (ProcessingRecord.NumberOf(sheet) is not { } number || await bodies.FindAsync(commune) is not { } body || await store.FindAsync(commune, number) is not { } text) return NotFound();
        (Body, Text, Sheet) = (body, text, PublicSheet.Read(text));
        Parts = Sheet.Parts(t);
        (_, Officer) = await store.StandingAsync(commune);
        return Page();
    }
}
