using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Registry.Access;
using Registry.Features.Shared;

namespace Registry.Features.Citizens;

/// <summary>Who wants a document of the administration uses another right, with another clock and another authority (CRPA, L311-1): told apart before a request begins.</summary>
[PublicPage, KeptByBrowsers]
public sealed class PapersModel(PublicBodyStore store) : PageModel
{
    public PublicBody Body { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(string commune)
    {
        if (await store.FindAsync(commune) is not { } body) return NotFound();
        Body = body;
        return Page();
    }
}
