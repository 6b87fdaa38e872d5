using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Registry.Identity;

namespace Registry.Features.Accounts;

/// <summary>After the link and the second factor. Ends every session and opens none: she signs in with the new password (S-36).</summary>
[AllowAnonymous]
public sealed class NewPasswordModel(Passages passages, AccountManager manager, Passwords passwords) : PageModel
{
    [BindProperty]
    public ChosenPassword Form { get; set; } = new();

    public string Email { get; private set; } = "";

    public async Task<IActionResult> OnGetAsync() => await FindAsync() is null ? Redirect("/connexion") : Page();

    public async Task<IActionResult> OnPostAsync()
    {
        if (await FindAsync() is not { } found) return Redirect("/connexion");
        if (!ModelState.IsValid) return Page();
        var outcome = await passwords.ResetAsync(found.Account, Form.Password!);
        if (outcome.Busy) return this.Busy();
        if (!outcome.Done)
        {
            ModelState.AddModelError("Form.Password", outcome.Refusal!);
            return Page();
        }
        await passages.CloseAsync(Response, found.Passage);
        return RedirectToPage("SignIn", new { nouveau = true });
    }

    private async Task<(Passage Passage, Account Account)?> FindAsync()
    {
        if (await passages.FindAsync(Request, Passage.Reset) is not { VerifiedAt: not null } passage) return null;
        if (await manager.FindByIdAsync(passage.AccountId.ToString()) is not { Status: Account.Active } account) return null;
        Email = account.Email;
        return (passage, account);
    }
}
