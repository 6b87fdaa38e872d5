using Microsoft.AspNetCore.Identity;
using Registry.Features.Shared;

namespace Registry.Identity;

/// <summary>What became of a new password: <see cref="Refusal"/> is what the reader is told, in French; busy means come back soon.</summary>
public sealed record PasswordOutcome(bool Done, bool Busy = false, string? Refusal = null, bool WrongCurrent = false);

/// <summary>Every way to choose a password (S-30, S-36, S-38).</summary>
public sealed class Passwords(AccountManager manager, PasswordGate gate, Throttle throttle, AccountMails mails)
{
    private static readonly PasswordOutcome Busy = new(false, Busy: true);

    /// <summary>The first one, by invitation: the account is not active yet, nobody needs to be told.</summary>
    public Task<PasswordOutcome> ChooseFirstAsync(Account account, string password) => SetAsync(account, password);

    /// <summary>By a link and the second factor: every session ends and none begins.</summary>
    public Task<PasswordOutcome> ResetAsync(Account account, string password)
    {
        Tell(account, keepSession: null);
        return SetAsync(account, password);
    }

    /// <summary>By its owner, who shows the old one: every other session ends.</summary>
    public async Task<PasswordOutcome> ChangeAsync(Account account, string current, string password, Guid session)
    {
        var tries = throttle.Of(ThrottleRule.Password, "change", account.Id.ToString());
        if (!await throttle.TryAsync(tries)) return new(false, WrongCurrent: true);
        using (var turn = await gate.EnterAsync())
        {
            if (turn is null) return Busy;
            if (!await manager.CheckPasswordAsync(account, current)) return new(false, WrongCurrent: true);
        }
        await throttle.ForgetAsync(tries);
        Tell(account, session);
        return await SetAsync(account, password);
    }

    private void Tell(Account account, Guid? keepSession)
    {
        account.Changes.EndSessions = true;
        account.Changes.KeepSession = keepSession;
        account.Changes.Acts.Add((SecurityAct.PasswordChanged, null));
        account.Changes.Mails.Add(mails.PasswordChanged(account));
    }

    private async Task<PasswordOutcome> SetAsync(Account account, string password)
    {
        using var turn = await gate.EnterAsync();
        if (turn is null) return Busy;
        var result = await manager.SetPasswordAsync(account, password);
        if (result.Succeeded) return new(true);
        account.Changes.Clear();
        var refused = result.Errors.FirstOrDefault(e => e.Code == "password");
        return new(false, Refusal: refused?.Description ?? Languages.Key("Votre accès a changé entre-temps. Recommencez."));
    }
}
