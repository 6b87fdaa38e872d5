using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Registry.Features.Shared;
using Registry.Identity;

namespace Registry.Features.Accounts;

[AllowAnonymous]
public sealed class SignInModel(Identity.Accounts accounts, DemoMode demo, SignInDoor door) : PageModel
{
    [FromQuery(Name = "retour")]
    public string? Back { get; set; }

    /// <summary>A new password was chosen a moment ago.</summary>
    [FromQuery(Name = "nouveau")]
    public bool Renewed { get; set; }

    [BindProperty]
    public Fields Form { get; set; } = new();

    public IReadOnlyList<DemoPerson> DemoPeople { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync()
    {
        if (User.IsSignedIn()) return LocalRedirect(ReturnPath.Local(Url, Back));
        await LoadAsync();
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (ModelState.IsValid)
        {
            switch (await door.KnockAsync(HttpContext, Form.Email!, Form.Password!, ReturnPath.Local(Url, Back)))
            {
                case Knock.Passed: return RedirectToPage("SecondFactor");
                case Knock.MayReenrol: return RedirectToPage("EnrolFactor");
                case Knock.Busy: return this.Busy();
            }
            // One text for every cause: it must not tell whether the account exists (S-33).
            ModelState.AddModelError("Form.Email", Languages.Key(
                "L’adresse ou le mot de passe ne convient pas, ou il y a eu trop d’essais. Vérifiez-les, ou attendez un quart d’heure."));
        }
        await LoadAsync();
        return Page();
    }

    private async Task LoadAsync()
    {
        if (demo.Serves(HttpContext)) DemoPeople = await accounts.ListDemoAsync();
    }

    public sealed class Fields
    {
        [Required(ErrorMessage = "Écrivez votre adresse électronique"), StringLength(254)]
        public string? Email { get; set; }

        [Required(ErrorMessage = "Écrivez votre mot de passe"), StringLength(PasswordRules.Longest)]
        public string? Password { get; set; }
    }
}
