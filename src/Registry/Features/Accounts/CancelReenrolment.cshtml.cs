using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Registry.Identity;

namespace Registry.Features.Accounts;

/// <summary>From the mail that announces a replacement of the second factor: stops it (S-35). GET shows a button (S-19).</summary>
[AllowAnonymous]
public sealed class CancelReenrolmentModel(Links links, Reenrolments reenrolments) : PageModel
{
    public bool Good { get; private set; }
    public bool Cancelled { get; private set; }

    public async Task OnGetAsync(string token, [FromQuery(Name = "fait")] bool done)
    {
        Cancelled = done;
        Good = await links.FindAsync(token, Link.CancelReenrolment) is not null;
    }

    public async Task<IActionResult> OnPostAsync(string token)
    {
        if (await links.FindAsync(token, Link.CancelReenrolment) is not { } link || !await reenrolments.CancelAsync(link)) return Page();
        return RedirectToPage(new { token, fait = true });
    }
}
