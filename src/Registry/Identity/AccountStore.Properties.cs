using Microsoft.AspNetCore.Identity;

namespace Registry.Identity;

/// <summary>The framework reads and sets these one by one; nothing here touches the database.</summary>
public sealed partial class AccountStore : IUserPasswordStore<Account>, IUserEmailStore<Account>, IUserAuthenticatorKeyStore<Account>,
    IUserTwoFactorRecoveryCodeStore<Account>, IUserPasskeyStore<Account>
{
    public Task<string> GetUserIdAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(user.Id.ToString());
    public Task<string?> GetUserNameAsync(Account user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Email);
    public Task SetUserNameAsync(Account user, string? userName, CancellationToken cancellationToken) => SetEmailAsync(user, userName, cancellationToken);
    public Task<string?> GetNormalizedUserNameAsync(Account user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.EmailKey);
    public Task SetNormalizedUserNameAsync(Account user, string? normalizedName, CancellationToken cancellationToken) => SetNormalizedEmailAsync(user, normalizedName, cancellationToken);

    public Task<string?> GetEmailAsync(Account user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Email);
    public Task SetEmailAsync(Account user, string? email, CancellationToken cancellationToken) => Done(() => user.Email = email!);
    public Task<string?> GetNormalizedEmailAsync(Account user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.EmailKey);
    public Task SetNormalizedEmailAsync(Account user, string? normalizedEmail, CancellationToken cancellationToken) => Done(() => user.EmailKey = normalizedEmail!);
    public Task<Account?> FindByEmailAsync(string normalizedEmail, CancellationToken cancellationToken) => FindByNameAsync(normalizedEmail, cancellationToken);

    // The invitation that made the account came to this address: nothing is left to confirm once it is active.
    public Task<bool> GetEmailConfirmedAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(user.Status != Account.Invited);
    public Task SetEmailConfirmedAsync(Account user, bool confirmed, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<string?> GetPasswordHashAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(user.PasswordHash);
    public Task SetPasswordHashAsync(Account user, string? passwordHash, CancellationToken cancellationToken) => Done(() => user.PasswordHash = passwordHash);
    public Task<bool> HasPasswordAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(user.PasswordHash is not null);

    public Task<string?> GetAuthenticatorKeyAsync(Account user, CancellationToken cancellationToken) =>
        Task.FromResult(user.TotpSecret is { } box ? Totp.Base32(vault.OpenTotp(user.Id, box)) : null);

    // Secrets are made by us at 160 bits and sealed on the way in; a key in text from elsewhere is not taken.
    public Task SetAuthenticatorKeyAsync(Account user, string key, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task ReplaceCodesAsync(Account user, IEnumerable<string> recoveryCodes, CancellationToken cancellationToken) =>
        Done(() => user.Changes.RecoveryCodes = [.. recoveryCodes.Select(code => RecoveryCode.Hash(user.Id, code))]);

    public void Dispose()
    {
    }

    private static Task Done(Action set)
    {
        set();
        return Task.CompletedTask;
    }

    private sealed record PasskeyRow
    {
        public required byte[] CredentialId { get; init; }
        public required string Name { get; init; }
        public required byte[] PublicKey { get; init; }
        public required DateTimeOffset CreatedAt { get; init; }
        public required long SignCount { get; init; }
        public required string[] Transports { get; init; }
        public required bool UserVerified { get; init; }
        public required bool BackupEligible { get; init; }
        public required bool BackedUp { get; init; }
        public required byte[] Attestation { get; init; }
        public required byte[] ClientData { get; init; }

        public UserPasskeyInfo ToPasskey() => new(
            CredentialId, PublicKey, CreatedAt, (uint)SignCount, Transports, UserVerified, BackupEligible, BackedUp, Attestation, ClientData)
        { Name = Name };
    }
}
