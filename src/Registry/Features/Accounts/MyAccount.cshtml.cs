using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Features.Shared;
using Registry.Identity;

namespace Registry.Features.Accounts;

/// <summary>How I sign in, and where I am signed in now (S-38).</summary>
[SignedIn]
public sealed class MyAccountModel(AccountManager manager, Sessions sessions, Enrolments enrolments, TimeProvider clock, IStringLocalizer t) : PageModel
{
    public Account Account { get; private set; } = null!;
    public IList<UserPasskeyInfo> Passkeys { get; private set; } = [];
    public int RecoveryCodes { get; private set; }
    public IReadOnlyList<Session> Sessions { get; private set; } = [];

    public async Task OnGetAsync() => await LoadAsync();

    public async Task<IActionResult> OnPostEndAsync([FromForm] Guid session)
    {
        await sessions.EndAsync(User.AccountId(), User.PersonId(), session, signOut: false);
        FrameFilter.Leave(TempData, new("done", t.Get("La session est fermée.")));
        return RedirectToPage();
    }

    public async Task<IActionResult> OnPostEndOthersAsync()
    {
        await sessions.EndOthersAsync(User.AccountId(), User.PersonId(), User.SessionId());
        FrameFilter.Leave(TempData, new("done", t.Get("Toutes vos autres sessions sont fermées.")));
        return RedirectToPage();
    }

    public async Task<IActionResult> OnPostRemovePasskeyAsync([FromForm] string? credential)
    {
        if (!User.HasRecentSecondFactor(clock.GetUtcNow())) return Redirect("/connexion/confirmer?retour=%2Fmon-compte");
        await LoadAsync();
        var id = Passkeys.Select(p => p.CredentialId).FirstOrDefault(c => Convert.ToHexString(c) == credential);
        if (id is null) return NotFound();
        FrameFilter.Leave(TempData, await enrolments.RemovePasskeyAsync(Account, id)
            ? new("done", t.Get("La clé d’accès est retirée."))
            : new("late", t.Get("C’est votre seul second facteur : ajoutez-en un autre avant de retirer celui-ci.")));
        return RedirectToPage();
    }

    private async Task LoadAsync()
    {
        Account = (await manager.FindByIdAsync(User.AccountId().ToString()))!;
        Passkeys = await manager.GetPasskeysAsync(Account);
        RecoveryCodes = await manager.CountRecoveryCodesAsync(Account);
        Sessions = await sessions.ListAsync(Account.Id);
    }
}
