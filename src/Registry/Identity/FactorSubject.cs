using System.Diagnostics.CodeAnalysis;

namespace Registry.Identity;

/// <summary>Whose second factor is being enrolled, by what right, and what follows.</summary>
public sealed class FactorSubject(Passages passages, AccountManager manager, Reenrolments reenrolments, Entrance entrance, TimeProvider clock)
{
    public enum Found { No, AfterStepUp, Yes }

    private Passage? _passage;

    [AllowNull]
    public Account Account { get => field ?? throw new InvalidOperationException("Nobody was found."); private set; }

    /// <summary>She opens her account: one factor more is the last step, and the first to be told is herself.</summary>
    public bool Invited => _passage?.Purpose == Passage.Invitation;

    public async Task<Found> FindAsync(HttpContext http)
    {
        _passage = await passages.FindAsync(http.Request, Passage.Invitation, Passage.Reenrolment);
        if (_passage is not null)
        {
            Account = await manager.FindByIdAsync(_passage.AccountId.ToString());
            return _passage.Purpose == Passage.Invitation
                ? Account is { Status: Account.Invited, PasswordHash: not null } ? Found.Yes : Found.No
                : Account is { Status: Account.Active } && await reenrolments.FindReadyAsync(Account.Id) is not null ? Found.Yes : Found.No;
        }
        if (!http.User.IsSignedIn() || http.User.IsDemo()) return Found.No;
        if (!http.User.HasRecentSecondFactor(clock.GetUtcNow())) return Found.AfterStepUp;
        Account = await manager.FindByIdAsync(http.User.AccountId().ToString());
        return Found.Yes;
    }

    /// <summary>The factor is kept: opens the account and the session if that is what it was for. Returns where to go.</summary>
    /// <param name="passkey">The id of the passkey that was enrolled; null for an application.</param>
    public async Task<string> FinishAsync(HttpContext http, byte[]? passkey = null)
    {
        if (_passage is null) return "/mon-compte";
        if (!await passages.CloseAsync(http.Response, _passage)) return "/connexion";
        if (Invited)
        {
            Account.Status = Account.Active;
            Account.Changes.UseLink = _passage.LinkHash;
            Account.Changes.Acts.Add((SecurityAct.Activated, null));
            if (!(await manager.UpdateAsync(Account)).Succeeded) return "/connexion";
        }
        else
        {
            // What was lost may be in other hands: the new factor is the only one, and nobody stays signed in.
            if (!await reenrolments.UseAsync(Account)) return "/connexion";
            if (passkey is not null) Account.TotpSecret = null;
            Account.Changes.OnlyPasskey = passkey ?? [];
            Account.Changes.RecoveryCodes = [];
            Account.Changes.EndSessions = true;
            if (!(await manager.UpdateAsync(Account)).Succeeded) return "/connexion";
        }
        await entrance.BeginAsync(http, Account);
        return "/mon-compte/codes-de-secours?premiers=true";
    }
}
