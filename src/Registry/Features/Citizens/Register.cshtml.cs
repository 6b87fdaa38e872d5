using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Registry.Access;
using Registry.Features.Shared;

namespace Registry.Features.Citizens;

/// <summary>What the organisation does with data, sheet by sheet: the list of its public register.</summary>
[PublicPage, KeptByBrowsers]
public sealed class RegisterModel(PublicBodyStore bodies, PublicSheetStore store) : PageModel
{
    public PublicBody Body { get; private set; } = null!;
    public string? Search { get; private set; }

    /// <summary>Null while the organisation shows no register.</summary>
    public PublicSheetPage? Sheets { get; private set; }
    public string? Officer { get; private set; }

    public async Task<IActionResult> OnGetAsync(string commune, [FromQuery(Name = "q")] string? search, [FromQuery(Name = "page")] string? page)
    {
        if (await bodies.FindAsync(commune) is not { } body) return NotFound();
        Body = body;
        Search = string.IsNullOrWhiteSpace(search) ? null : search.Trim();
        (var open, Officer) = await store.StandingAsync(commune);
        if (!open) return new PageResult { StatusCode = StatusCodes.Status404NotFound };
        Sheets = await store.ListAsync(commune, Search, int.TryParse(page, out var number) ? number : 1);
        return Page();
    }

    public string At(int page) => $"/c/{Body.Slug}/registre?page={page}{(Search is null ? "" : "&q=" + Uri.EscapeDataString(Search))}";
}
