using Dapper;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Registry.Data;
using Registry.Identity;

namespace Registry.Tests.Identity;

[Trait("Kind", "pages")]
public sealed class AccountStoreTests(SignInFixture fixture)
{
    private static readonly CancellationToken None = CancellationToken.None;

    private static Account New() => new()
    {
        Id = Guid.CreateVersion7(), PersonId = Guid.NewGuid(), Name = "Personne Essai", Email = $"S{Guid.NewGuid():N}@Exemple.fr", EmailKey = "",
        Status = Account.Active, CreatedAt = DateTimeOffset.UnixEpoch,
    };

    private static async Task<(AccountStore Store, Account Account)> CreatedAsync(IServiceProvider services)
    {
        var store = services.GetRequiredService<AccountStore>();
        var account = New();
        account.EmailKey = Account.KeyOf(account.Email);
        Assert.True((await store.CreateAsync(account, None)).Succeeded);
        return (store, account);
    }

    [Fact]
    public async Task What_is_saved_is_read_back()
    {
        await using var host = await SignInHost.StartAsync(fixture);
        using var scope = host.Services.CreateScope();
        var (store, account) = await CreatedAsync(scope.ServiceProvider);
        (account.PasswordHash, account.TotpSecret, account.TotpLastStep, account.Status) = ("hash", [1, 2, 3], 7, Account.Disabled);
        Assert.True((await store.UpdateAsync(account, None)).Succeeded);

        foreach (var read in new[]
        {
            await store.FindByIdAsync(account.Id.ToString(), None), await store.FindByNameAsync(Account.KeyOf(account.Email), None),
            await store.FindByEmailAsync(Account.KeyOf(account.Email), None),
        })
        {
            Assert.NotNull(read);
            Assert.Equal(
                (account.Id, account.PersonId, account.Name, account.Email, "hash", 7L, Account.Disabled, 2),
                (read.Id, read.PersonId, read.Name, read.Email, read.PasswordHash, read.TotpLastStep, read.Status, read.Version));
            Assert.Equal(new byte[] { 1, 2, 3 }, read.TotpSecret);
            Assert.Equal(DateTimeOffset.UnixEpoch, read.CreatedAt);
        }
        Assert.Null(await store.FindByIdAsync("no id", None));
        Assert.Null(await store.FindByIdAsync(Guid.NewGuid().ToString(), None));
    }

    [Fact]
    public async Task A_save_over_somebody_elses_save_is_refused()
    {
        await using var host = await SignInHost.StartAsync(fixture);
        using var scope = host.Services.CreateScope();
        var (store, mine) = await CreatedAsync(scope.ServiceProvider);
        var hers = (await store.FindAsync(mine.Id))!;
        hers.PasswordHash = "hers";
        Assert.True((await store.UpdateAsync(hers, None)).Succeeded);
        mine.PasswordHash = "mine";
        Assert.Contains((await store.UpdateAsync(mine, None)).Errors, e => e.Code == "ConcurrencyFailure");
        Assert.Equal("hers", (await store.FindAsync(mine.Id))!.PasswordHash);
    }

    [Fact, Trait("S", "34")]
    public async Task A_recovery_code_and_a_step_serve_once_even_when_used_at_the_same_moment()
    {
        await using var host = await SignInHost.StartAsync(fixture);
        using var scope = host.Services.CreateScope();
        var (store, account) = await CreatedAsync(scope.ServiceProvider);
        var codes = Enumerable.Range(0, 10).Select(_ => RecoveryCode.New()).ToList();
        await store.ReplaceCodesAsync(account, codes, None);
        await store.UpdateAsync(account, None);
        Assert.Equal(10, await store.CountCodesAsync(account, None));

        var redeemed = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => store.RedeemCodeAsync(account, codes[3], None)));
        Assert.Single(redeemed, r => r);
        Assert.Equal(9, await store.CountCodesAsync(account, None));
        Assert.False(await store.RedeemCodeAsync(account, RecoveryCode.New(), None));

        var copies = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => store.FindAsync(account.Id)));
        var used = await Task.WhenAll(copies.Select(copy => store.UseTotpStepAsync(copy!, 42)));
        Assert.Single(used, u => u);
    }

    [Fact]
    public async Task Passkeys_are_kept_found_changed_and_removed()
    {
        await using var host = await SignInHost.StartAsync(fixture);
        using var scope = host.Services.CreateScope();
        var (store, account) = await CreatedAsync(scope.ServiceProvider);
        var (_, other) = await CreatedAsync(scope.ServiceProvider);
        byte[] id = Guid.NewGuid().ToByteArray();
        Assert.Empty(await store.GetPasskeysAsync(account, None));
        await store.AddOrUpdatePasskeyAsync(account, Passkey(5, "Firefox"), None);
        await store.AddOrUpdatePasskeyAsync(account, Passkey(6, "Clé bleue"), None);
        await store.AddOrUpdatePasskeyAsync(other, Passkey(9, "volée"), None);  // hers by id, but not her account: nothing changes

        var kept = (await store.FindPasskeyAsync(account, id, None))!;
        Assert.Equal((6u, "Clé bleue", true, false, true), (kept.SignCount, kept.Name, kept.IsUserVerified, kept.IsBackupEligible, kept.IsBackedUp));
        Assert.Equal(["internal", "hybrid"], kept.Transports!);
        Assert.Equal([7], kept.PublicKey);
        Assert.Equal([8], kept.AttestationObject);
        Assert.Equal([9], kept.ClientDataJson);
        Assert.Single(await store.GetPasskeysAsync(account, None));
        Assert.Empty(await store.GetPasskeysAsync(other, None));
        Assert.Null(await store.FindPasskeyAsync(other, id, None));
        Assert.Equal(account.Id, (await store.FindByPasskeyIdAsync(id, None))!.Id);
        await store.RemovePasskeyAsync(other, id, None);
        Assert.Single(await store.GetPasskeysAsync(account, None));
        await store.RemovePasskeyAsync(account, id, None);
        Assert.Null(await store.FindByPasskeyIdAsync(id, None));

        UserPasskeyInfo Passkey(uint count, string name) =>
            new(id, [7], DateTimeOffset.UnixEpoch, count, ["internal", "hybrid"], true, false, true, [8], [9]) { Name = name };
    }

    [Fact, Trait("S", "46")]
    public async Task The_key_ring_lies_sealed_in_the_database()
    {
        await using var host = await SignInHost.StartAsync(fixture);
        var box = host.Services.GetRequiredService<IDataProtectionProvider>().CreateProtector("test").Protect("text");
        await using var connection = new NpgsqlConnection(host.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        var xml = await connection.QuerySingleAsync<string>("select xml from identity.data_protection_key");
        Assert.DoesNotContain("masterKey", xml, StringComparison.Ordinal);
        Assert.Contains("<sealed", xml, StringComparison.Ordinal);

        var key = fixture.Keys.Derive("data-protection");
        var sealedText = Convert.FromBase64String(System.Text.RegularExpressions.Regex.Match(xml, "<sealed[^>]*>(.+?)</sealed>").Groups[1].Value);
        Assert.Contains("masterKey", Sealing.Open(key, sealedText, "data-protection"), StringComparison.Ordinal);
        var another = new Keys(new byte[32]).Derive("data-protection");
        Assert.ThrowsAny<System.Security.Cryptography.CryptographicException>(() => Sealing.Open(another, sealedText, "data-protection"));
        Assert.Equal("text", host.Services.GetRequiredService<IDataProtectionProvider>().CreateProtector("test").Unprotect(box));
    }

    [Fact, Trait("S", "50")]
    public async Task The_web_role_cannot_read_sign_in_data_nor_the_sign_in_role_the_registers()
    {
        await using var web = await fixture.Database.OpenWebAsync(TestContext.Current.CancellationToken);
        await using var signIn = await fixture.Database.OpenSignInAsync(TestContext.Current.CancellationToken);
        foreach (var table in new[] { "account", "session", "passkey", "recovery_code", "link", "passage", "throttle", "reenrolment", "data_protection_key" })
        {
            var refused = await Assert.ThrowsAsync<PostgresException>(() => web.ExecuteScalarAsync($"select count(*) from identity.{table}"));
            Assert.Equal("42501", refused.SqlState);
        }
        foreach (var table in new[] { "organisation", "person", "appointment" })
        {
            var refused = await Assert.ThrowsAsync<PostgresException>(() => signIn.ExecuteScalarAsync($"select count(*) from app.{table}"));
            Assert.Equal("42501", refused.SqlState);
        }
    }
}
