using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Registry.Identity;

namespace Registry.Features.Accounts;

[AllowAnonymous]
public sealed class InvitationPasswordModel(Passages passages, AccountManager manager, Passwords passwords) : PageModel
{
    [BindProperty]
    public ChosenPassword Form { get; set; } = new();

    public string Email { get; private set; } = "";

    public async Task<IActionResult> OnGetAsync() => await FindAsync() is null ? Redirect("/connexion") : Page();

    public async Task<IActionResult> OnPostAsync()
    {
        if (await FindAsync() is not { } account) return Redirect("/connexion");
        if (!ModelState.IsValid) return Page();
        var outcome = await passwords.ChooseFirstAsync(account, Form.Password!);
        if (outcome.Busy) return this.Busy();
        if (outcome.Done) return RedirectToPage("EnrolFactor");
        ModelState.AddModelError("Form.Password", outcome.Refusal!);
        return Page();
    }

    private async Task<Account?> FindAsync()
    {
        if (await passages.FindAsync(Request, Passage.Invitation) is not { } passage) return null;
        if (await manager.FindByIdAsync(passage.AccountId.ToString()) is not { Status: Account.Invited } account) return null;
        Email = account.Email;
        return account;
    }
}
