using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Registry.Identity;

namespace Registry.Features.Accounts;

/// <summary>In demo mode no mail leaves: the messages about accounts are read here. It does not exist anywhere else.</summary>
[AllowAnonymous]
public sealed class DemoMailModel(Identity.Accounts accounts, DemoMode demo) : PageModel
{
    public IReadOnlyList<PostedMail> Mails { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync()
    {
        if (!demo.Serves(HttpContext)) return NotFound();
        Mails = await accounts.ListMailAsync();
        return Page();
    }
}
