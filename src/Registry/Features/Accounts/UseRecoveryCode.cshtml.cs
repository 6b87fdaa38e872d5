using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Registry.Features.Shared;
using Registry.Identity;

namespace Registry.Features.Accounts;

[AllowAnonymous]
public sealed class UseRecoveryCodeModel(Passages passages, AccountManager manager, SecondFactors factors, Entrance entrance) : PageModel
{
    [BindProperty]
    public Fields Form { get; set; } = new();

    public async Task<IActionResult> OnGetAsync() => await FindAsync() is null ? Redirect("/connexion") : Page();

    public async Task<IActionResult> OnPostAsync()
    {
        if (await FindAsync() is not { } found) return Redirect("/connexion");
        if (!ModelState.IsValid) return Page();
        if (await factors.ShowRecoveryCodeAsync(found.Account, Form.Code!))
            return LocalRedirect(await entrance.AfterSecondFactorAsync(HttpContext, found.Passage, found.Account));
        ModelState.AddModelError("Form.Code", Languages.Key(
            "Ce code ne convient pas, ou il a déjà servi. Essayez-en un autre ; après cinq essais, patientez un quart d’heure."));
        return Page();
    }

    private async Task<(Passage Passage, Account Account)?> FindAsync()
    {
        if (await passages.FindAsync(Request, Passage.SignIn, Passage.StepUp, Passage.Reset) is not { } passage) return null;
        if (passage.Purpose == Passage.StepUp && !(User.IsSignedIn() && User.SessionId() == passage.SessionId)) return null;
        return await manager.FindByIdAsync(passage.AccountId.ToString()) is { Status: Account.Active } account ? (passage, account) : null;
    }

    public sealed class Fields
    {
        [Required(ErrorMessage = "Écrivez un de vos codes de secours"), StringLength(60)]
        public string? Code { get; set; }
    }
}
