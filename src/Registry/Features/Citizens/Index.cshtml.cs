using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Registry.Access;

namespace Registry.Features.Citizens;

/// <summary>What a citizen finds first: who answers for her data here, and how to reach them.</summary>
[PublicPage]
public sealed class IndexModel(PublicBodyStore store) : PageModel
{
    public PublicBody Body { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(string commune)
    {
        if (await store.FindAsync(commune) is not { } body) return NotFound();
        Body = body;
        return Page();
    }
}
