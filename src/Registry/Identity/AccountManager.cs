using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Registry.Identity;

/// <summary>The framework's user manager, with recovery codes of 80 bits instead of its 50 (S-34).</summary>
public sealed class AccountManager(
    IUserStore<Account> store, IOptions<IdentityOptions> options, IPasswordHasher<Account> hasher, IEnumerable<IUserValidator<Account>> users,
    IEnumerable<IPasswordValidator<Account>> passwords, ILookupNormalizer normalizer, IdentityErrorDescriber errors, IServiceProvider services,
    ILogger<AccountManager> logger)
    : UserManager<Account>(store, options, hasher, users, passwords, normalizer, errors, services, logger)
{
    protected override string CreateTwoFactorRecoveryCode() => RecoveryCode.New();

    /// <summary>Checks the rules, hashes and saves, with whatever else the account has to change at once.</summary>
    public async Task<IdentityResult> SetPasswordAsync(Account account, string password)
    {
        var result = await UpdatePasswordHash(account, password, validatePassword: true);
        return result.Succeeded ? await UpdateAsync(account) : result;
    }

    public override IQueryable<Account> Users => throw new NotSupportedException();
}

/// <summary>Addresses are compared as <see cref="Account.KeyOf"/> says.</summary>
public sealed class EmailNormalizer : ILookupNormalizer
{
    public string? NormalizeName(string? name) => name is null ? null : Account.KeyOf(name);

    public string? NormalizeEmail(string? email) => NormalizeName(email);
}
