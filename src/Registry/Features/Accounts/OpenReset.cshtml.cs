using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Registry.Identity;

namespace Registry.Features.Accounts;

/// <summary>The link of the mail. Mail scanners open links, so opening shows a button and only the button uses the link up (S-19).</summary>
[AllowAnonymous]
public sealed class OpenResetModel(Links links, Passages passages) : PageModel
{
    public bool Good { get; private set; }

    public async Task OnGetAsync(string token) => Good = await links.FindAsync(token, Link.Reset) is not null;

    public async Task<IActionResult> OnPostAsync(string token)
    {
        if (await links.TakeAsync(token, Link.Reset) is not { } link) return Page();
        await passages.OpenAsync(Response, link.AccountId, Passage.Reset);
        return RedirectToPage("SecondFactor");
    }
}
