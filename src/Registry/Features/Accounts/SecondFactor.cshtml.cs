using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Registry.Features.Shared;
using Registry.Identity;

namespace Registry.Features.Accounts;

/// <summary>The second factor, for signing in, for confirming who one is, and before a new password (S-34, S-36, S-07).</summary>
[AllowAnonymous]
public sealed class SecondFactorModel(Passages passages, AccountManager manager, SecondFactors factors, Entrance entrance) : PageModel
{
    private Passage? _passage;
    private Account? _account;

    [BindProperty]
    public Fields Form { get; set; } = new();

    public bool HasAuthenticator { get; private set; }
    public bool HasPasskey { get; private set; }

    public async Task<IActionResult> OnGetAsync() => await LoadAsync() ? Page() : Redirect("/connexion");

    public async Task<IActionResult> OnPostCodeAsync()
    {
        if (!await LoadAsync()) return Redirect("/connexion");
        if (await factors.ShowCodeAsync(_account!, Form.Code ?? "")) return await GoOnAsync();
        ModelState.AddModelError("Form.Code", Languages.Key(
            "Ce code ne convient pas, ou il a déjà servi. Attendez le suivant ; après cinq essais, patientez un quart d’heure."));
        return Page();
    }

    public async Task<IActionResult> OnPostChallengeAsync() =>
        await LoadAsync() ? Content(await factors.ChallengeAsync(_passage!, _account!, HttpContext), "application/json") : NotFound();

    public async Task<IActionResult> OnPostPasskeyAsync([FromForm] string? credential)
    {
        if (!await LoadAsync()) return Redirect("/connexion");
        if (await factors.ShowPasskeyAsync(_passage!, _account!, HttpContext, credential ?? "")) return await GoOnAsync();
        ModelState.AddModelError("", Languages.Key("Cette clé d’accès n’a pas été reconnue. Recommencez, ou choisissez un autre moyen."));
        return Page();
    }

    private async Task<bool> LoadAsync()
    {
        _passage = await passages.FindAsync(Request, Passage.SignIn, Passage.StepUp, Passage.Reset);
        _account = _passage is null ? null : await manager.FindByIdAsync(_passage.AccountId.ToString());
        if (_account is not { Status: Account.Active }) return false;
        if (_passage!.Purpose == Passage.StepUp && !(User.IsSignedIn() && User.SessionId() == _passage.SessionId)) return false;
        HasAuthenticator = _account is { HasAuthenticator: true, Administrator: false };
        HasPasskey = (await manager.GetPasskeysAsync(_account)).Count > 0;
        return true;
    }

    private async Task<IActionResult> GoOnAsync() => LocalRedirect(await entrance.AfterSecondFactorAsync(HttpContext, _passage!, _account!));

    public sealed class Fields
    {
        public string? Code { get; set; }
    }
}
