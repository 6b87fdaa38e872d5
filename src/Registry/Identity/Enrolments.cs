using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;

namespace Registry.Identity;

/// <summary>
/// Adding a second factor. Until it is proved, the secret or the challenge travels in the form, sealed to the account for half an hour:
/// nothing is stored for a factor that was never finished.
/// </summary>
public sealed class Enrolments(
    AccountManager manager, IPasskeyHandler<Account> passkeys, Vault vault, AccountMails mails, IDataProtectionProvider protection, TimeProvider clock)
{
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(30);

    public string SealSecret(Account account, byte[] secret) => Convert.ToBase64String(Seal(account, "totp").Protect(secret, Life));

    public byte[]? OpenSecret(Account account, string? ticket) => Open(account, "totp", ticket);

    /// <summary>The code proves that the application has the secret; its step is used by that.</summary>
    public async Task<bool> EnrolAuthenticatorAsync(Account account, byte[] secret, string code, bool tell)
    {
        if (account.Administrator || Totp.Accept(secret, code, clock.GetUtcNow(), 0) is not { } step) return false;
        account.TotpSecret = vault.SealTotp(account.Id, secret);
        account.TotpLastStep = step;
        account.Changes.Acts.Add((SecurityAct.AuthenticatorEnrolled, null));
        if (tell) account.Changes.Mails.Add(mails.FactorChanged(account));
        return (await manager.UpdateAsync(account)).Succeeded;
    }

    public async Task<(string Options, string Ticket)> OfferPasskeyAsync(Account account, HttpContext http)
    {
        var options = await passkeys.MakeCreationOptionsAsync(
            new PasskeyUserEntity { Id = account.Id.ToString(), Name = account.Email, DisplayName = account.Name }, http);
        var state = System.Text.Encoding.UTF8.GetBytes(options.AttestationState!);
        return (options.CreationOptionsJson, Convert.ToBase64String(Seal(account, "passkey").Protect(state, Life)));
    }

    /// <summary>The id of the new passkey; null when it is refused.</summary>
    public async Task<byte[]?> EnrolPasskeyAsync(Account account, HttpContext http, string credential, string? ticket, string name, bool tell)
    {
        if (Open(account, "passkey", ticket) is not { } state) return null;
        var result = await passkeys.PerformAttestationAsync(new PasskeyAttestationContext
        {
            HttpContext = http, CredentialJson = credential, AttestationState = System.Text.Encoding.UTF8.GetString(state),
        });
        if (!result.Succeeded || result.UserEntity.Id != account.Id.ToString() || !result.Passkey.IsUserVerified) return null;
        if (await manager.FindByPasskeyIdAsync(result.Passkey.CredentialId) is not null) return null;
        result.Passkey.Name = name;
        account.Changes.Acts.Add((SecurityAct.PasskeyAdded, null));
        if (tell) account.Changes.Mails.Add(mails.FactorChanged(account));
        return (await manager.AddOrUpdatePasskeyAsync(account, result.Passkey)).Succeeded ? result.Passkey.CredentialId : null;
    }

    /// <summary>Removes a passkey, unless it is the last factor: nobody may be left with a password alone.</summary>
    public async Task<bool> RemovePasskeyAsync(Account account, byte[] credentialId)
    {
        var all = await manager.GetPasskeysAsync(account);
        if (!all.Any(p => p.CredentialId.AsSpan().SequenceEqual(credentialId))) return false;
        if (all.Count == 1 && (account.Administrator || !account.HasAuthenticator)) return false;
        account.Changes.Acts.Add((SecurityAct.PasskeyRemoved, null));
        account.Changes.Mails.Add(mails.FactorChanged(account));
        return (await manager.RemovePasskeyAsync(account, credentialId)).Succeeded;
    }

    /// <summary>Ten new codes, to be shown once; those before them no longer serve.</summary>
    public async Task<IReadOnlyList<string>> MakeRecoveryCodesAsync(Account account)
    {
        account.Changes.Acts.Add((SecurityAct.RecoveryCodesMade, null));
        account.Changes.Mails.Add(mails.RecoveryCodesChanged(account));
        return [.. await manager.GenerateNewTwoFactorRecoveryCodesAsync(account, RecoveryCode.Count) ?? []];
    }

    private ITimeLimitedDataProtector Seal(Account account, string kind) =>
        protection.CreateProtector("enrolment", kind, account.Id.ToString()).ToTimeLimitedDataProtector();

    private byte[]? Open(Account account, string kind, string? ticket)
    {
        try
        {
            return string.IsNullOrEmpty(ticket) ? null : Seal(account, kind).Unprotect(Convert.FromBase64String(ticket));
        }
        catch (Exception refused) when (refused is CryptographicException or FormatException)
        {
            return null;  // too old, or not ours: the page offers a new one
        }
    }
}
