using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Registry.Access;
using Registry.Identity;

namespace Registry.Features.Accounts;

/// <summary>
/// Until when I am signed in. Being asked at all is what keeps a session alive: the page serves those without script and those who
/// signed in again beside a form, the POST serves the script of a page that must not be left (S-37).
/// </summary>
[SignedIn]
public sealed class SessionModel(TimeProvider clock) : PageModel
{
    public SessionEnd End => User.SessionEnd();

    public void OnGet()
    {
    }

    /// <summary>A length and not an hour: the clock of the device may be wrong.</summary>
    public IActionResult OnPost() => new JsonResult(new { left = (int)(End.At - clock.GetUtcNow()).TotalSeconds, final = End.Final });
}
