using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Registry.Access;
using Registry.Identity;

namespace Registry.Features.Accounts;

/// <summary>
/// Ten codes to keep on paper. They are in the answer to the button and nowhere else: this page alone does not redirect after its
/// form, since what it shows cannot be shown twice.
/// </summary>
[SignedIn, RecentSecondFactor]
public sealed class RecoveryCodesModel(AccountManager manager, Enrolments enrolments) : PageModel
{
    [FromQuery(Name = "premiers")]
    public bool First { get; set; }

    public int Left { get; private set; }
    public IReadOnlyList<string> Codes { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync()
    {
        if (User.IsDemo()) return NotFound();
        Left = await manager.CountRecoveryCodesAsync((await manager.FindByIdAsync(User.AccountId().ToString()))!);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (User.IsDemo()) return NotFound();
        Codes = await enrolments.MakeRecoveryCodesAsync((await manager.FindByIdAsync(User.AccountId().ToString()))!);
        return Page();
    }
}
