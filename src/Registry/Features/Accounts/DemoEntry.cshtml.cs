using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Registry.Identity;

namespace Registry.Features.Accounts;

/// <summary>Enters as a demonstration person. Outside demo mode, or from another machine, this page does not exist.</summary>
[AllowAnonymous]
public sealed class DemoEntryModel(Identity.Accounts accounts, Sessions sessions, DemoMode demo) : PageModel
{
    public IActionResult OnGet() => demo.Serves(HttpContext) ? Redirect("/connexion") : NotFound();

    public async Task<IActionResult> OnPostAsync([FromForm(Name = "personne")] string? code, [FromForm(Name = "retour")] string? back)
    {
        if (!demo.Serves(HttpContext) || code is null || await accounts.FindDemoAsync(code) is not { } account) return NotFound();
        SessionCookie.Set(Response, await sessions.BeginAsync(account.Id, account.PersonId, BrowserName.Of(Request)));
        return LocalRedirect(ReturnPath.Local(Url, back));
    }
}
