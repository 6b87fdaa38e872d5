using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Registry.Identity;

namespace Registry.Features.Accounts;

/// <summary>Ends the session on the server; the browser forgets what it kept of this site (S-22, S-38). GET shows a button.</summary>
[AllowAnonymous]
public sealed class SignOutModel(Sessions sessions) : PageModel
{
    public IActionResult OnGet() => User.IsSignedIn() ? Page() : Redirect("/connexion");

    public async Task<IActionResult> OnPostAsync()
    {
        if (User.IsSignedIn()) await sessions.EndAsync(User.AccountId(), User.PersonId(), User.SessionId(), signOut: true);
        SessionCookie.Remove(Response);
        Response.Headers["Clear-Site-Data"] = "\"cache\", \"cookies\", \"storage\"";
        return Redirect("/connexion");
    }
}
