using Microsoft.AspNetCore.Identity;

namespace Registry.Identity;

/// <summary>The second thing shown: a code of the application, a passkey, or a recovery code (S-34, S-35).</summary>
public sealed class SecondFactors(
    AccountManager manager, AccountStore store, IPasskeyHandler<Account> passkeys, Passages passages, Throttle throttle, Vault vault,
    AccountMails mails, SecurityJournal journal, TimeProvider clock)
{
    public async Task<bool> ShowCodeAsync(Account account, string code)
    {
        // An administrator of the platform has passkeys only.
        if (account.Administrator || account.TotpSecret is not { } box) return false;
        return await TryAsync(account, async () =>
            Totp.Accept(vault.OpenTotp(account.Id, box), code, clock.GetUtcNow(), account.TotpLastStep) is { } step
            && await store.UseTotpStepAsync(account, step));
    }

    public Task<bool> ShowRecoveryCodeAsync(Account account, string code) => TryAsync(account, async () =>
    {
        account.Changes.Acts.Add((SecurityAct.RecoveryCodeUsed, null));
        account.Changes.Mails.Add(mails.RecoveryCodeUsed(account));
        var redeemed = (await manager.RedeemTwoFactorRecoveryCodeAsync(account, code)).Succeeded;
        account.Changes.Clear();
        return redeemed;
    });

    /// <summary>The challenge for the browser; what is needed to check its answer stays with the passage.</summary>
    public async Task<string> ChallengeAsync(Passage passage, Account account, HttpContext http)
    {
        var options = await passkeys.MakeRequestOptionsAsync(account, http);
        await passages.KeepPasskeyStateAsync(passage, options.AssertionState!);
        return options.RequestOptionsJson;
    }

    public Task<bool> ShowPasskeyAsync(Passage passage, Account account, HttpContext http, string credential) => TryAsync(account, async () =>
    {
        if (await passages.TakePasskeyStateAsync(passage) is not { } state) return false;
        var result = await passkeys.PerformAssertionAsync(
            new PasskeyAssertionContext { HttpContext = http, CredentialJson = credential, AssertionState = state });
        if (!result.Succeeded || result.User.Id != account.Id) return false;
        return (await manager.AddOrUpdatePasskeyAsync(account, result.Passkey)).Succeeded;
    });

    private async Task<bool> TryAsync(Account account, Func<Task<bool>> check)
    {
        var tries = throttle.Of(ThrottleRule.SecondFactor, "factor", account.Id.ToString());
        if (await throttle.TryAsync(tries) && await check())
        {
            await throttle.ForgetAsync(tries);
            return true;
        }
        await journal.WriteAsync(null, (_, acts) =>
        {
            acts.Add(SecurityAct.SecondFactorRefused, account.Id, outcome: "REFUSED");
            return Task.CompletedTask;
        });
        return false;
    }
}
