using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Features.Shared;
using Registry.Identity;

namespace Registry.Features.Accounts;

[SignedIn, RecentSecondFactor]
public sealed class ChangePasswordModel(AccountManager manager, Passwords passwords, IStringLocalizer t) : PageModel
{
    [BindProperty]
    public Fields Form { get; set; } = new();

    public string Email { get; private set; } = "";

    public async Task<IActionResult> OnGetAsync()
    {
        Email = (await manager.FindByIdAsync(User.AccountId().ToString()))!.Email;
        return User.IsDemo() ? NotFound() : Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        var account = (await manager.FindByIdAsync(User.AccountId().ToString()))!;
        Email = account.Email;
        if (User.IsDemo()) return NotFound();
        if (!ModelState.IsValid) return Page();
        var outcome = await passwords.ChangeAsync(account, Form.Current!, Form.Password!, User.SessionId());
        if (outcome.Busy) return this.Busy();
        if (outcome.Done)
        {
            FrameFilter.Leave(TempData, new("done", t.Get("Votre mot de passe est changé. Vos autres sessions sont fermées.")));
            return RedirectToPage("MyAccount");
        }
        if (outcome.WrongCurrent) ModelState.AddModelError("Form.Current", Languages.Key("Ce n’est pas votre mot de passe actuel."));
        else ModelState.AddModelError("Form.Password", outcome.Refusal!);
        return Page();
    }

    public sealed class Fields
    {
        [Required(ErrorMessage = "Écrivez votre mot de passe actuel"), StringLength(PasswordRules.Longest)]
        public string? Current { get; set; }

        [Required(ErrorMessage = "Choisissez un mot de passe")]
        public string? Password { get; set; }
    }
}
