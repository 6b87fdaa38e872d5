using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Registry.Access;
using Registry.Features.Shared;

namespace Registry.Features.Citizens;

/// <summary>One counter for an intercommunality: the citizen names her commune or says that she does not know who answers; whoever receives it by mistake sends it on (T-RR-09).</summary>
[PublicPage, KeptByBrowsers]
public sealed class TerritoryModel(PublicBodyStore store) : PageModel
{
    public PublicBody Body { get; private set; } = null!;
    public IReadOnlyList<MemberBody> Members { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(string territory)
    {
        // A body without members has a page of its own, and no counter for others.
        if (await store.FindAsync(territory) is not { } body || await store.MembersAsync(territory) is not { Count: > 0 } members) return NotFound();
        (Body, Members) = (body, members);
        return Page();
    }
}
