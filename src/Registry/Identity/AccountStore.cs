using Dapper;
using Microsoft.AspNetCore.Identity;
using Npgsql;
using Registry.Data;

namespace Registry.Identity;

/// <summary>
/// Where the framework's user manager keeps accounts: this file is the SQL, the other the properties. Each method is a short transaction of its
/// own; a save goes through only if nobody saved meanwhile.
/// </summary>
public sealed partial class AccountStore(SignInDb db, SecurityJournal journal, Vault vault, TimeProvider clock)
{
    public async Task<IdentityResult> CreateAsync(Account user, CancellationToken cancellationToken)
    {
        await journal.WriteAsync(user.PersonId, async (connection, acts) =>
        {
            await connection.ExecuteAsync(
                """
                insert into identity.account (id, person_id, name, email, email_key, organisation, locale, administrator, status, password_hash, created_at)
                values (@Id, @PersonId, @Name, @Email, @EmailKey, @Organisation, @Locale, @Administrator, @Status, @PasswordHash, @CreatedAt)
                """,
                user);
            await WriteChangesAsync(connection, acts, user);
        });
        user.Changes.Clear();
        return IdentityResult.Success;
    }

    public async Task<IdentityResult> UpdateAsync(Account user, CancellationToken cancellationToken)
    {
        var saved = await journal.WriteAsync(user.PersonId, async (connection, acts) =>
        {
            var rows = await connection.ExecuteAsync(
                """
                update identity.account
                   set email = @Email, email_key = @EmailKey, status = @Status, password_hash = @PasswordHash, totp_secret = @TotpSecret,
                       totp_last_step = @TotpLastStep, version = version + 1
                 where id = @Id and version = @Version
                """,
                user);
            if (rows == 0) return false;
            await WriteChangesAsync(connection, acts, user);
            return true;
        });
        if (!saved) return IdentityResult.Failed(new IdentityErrorDescriber().ConcurrencyFailure());
        user.Version++;
        user.Changes.Clear();
        return IdentityResult.Success;
    }

    /// <summary>An account is disabled, never removed: the chain names it.</summary>
    public Task<IdentityResult> DeleteAsync(Account user, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<Account?> FindByIdAsync(string userId, CancellationToken cancellationToken) =>
        Guid.TryParse(userId, out var id) ? FindAsync(id) : Task.FromResult<Account?>(null);

    public Task<Account?> FindAsync(Guid id) => db.RunAsync(connection => connection.QuerySingleOrDefaultAsync<Account>(
        """
        select id, person_id, name, email, email_key, organisation, locale, administrator, status, password_hash, totp_secret, totp_last_step,
               demo_code, demo_label, created_at, version
          from identity.account
         where id = @id
        """,
        new { id }));

    public Task<Account?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) =>
        db.RunAsync(connection => connection.QuerySingleOrDefaultAsync<Account>(
            """
            select id, person_id, name, email, email_key, organisation, locale, administrator, status, password_hash, totp_secret, totp_last_step,
                   demo_code, demo_label, created_at, version
              from identity.account
             where email_key = @normalizedUserName
            """,
            new { normalizedUserName }));

    /// <summary>Single use even when pressed twice at once: the row is there for one of the two.</summary>
    public async Task<bool> RedeemCodeAsync(Account user, string code, CancellationToken cancellationToken) =>
        await db.RunAsync(connection => connection.ExecuteAsync(
            "delete from identity.recovery_code where account_id = @Id and code_hash = @hash",
            new { user.Id, hash = RecoveryCode.Hash(user.Id, code) })) == 1;

    public Task<int> CountCodesAsync(Account user, CancellationToken cancellationToken) =>
        db.RunAsync(connection => connection.ExecuteScalarAsync<int>("select count(*)::int from identity.recovery_code where account_id = @Id", new { user.Id }));

    /// <summary>Each step serves once, also when two requests bring the same code at once (S-34).</summary>
    public async Task<bool> UseTotpStepAsync(Account user, long step)
    {
        var used = await db.RunAsync(connection => connection.ExecuteAsync(
            "update identity.account set totp_last_step = @step, version = version + 1 where id = @Id and totp_last_step < @step",
            new { user.Id, step }));
        if (used == 0) return false;
        user.TotpLastStep = step;
        user.Version++;
        return true;
    }

    public async Task AddOrUpdatePasskeyAsync(Account user, UserPasskeyInfo passkey, CancellationToken cancellationToken) =>
        await db.RunAsync(connection => connection.ExecuteAsync(
            """
            insert into identity.passkey (credential_id, account_id, name, public_key, created_at, sign_count, transports, user_verified,
                                          backup_eligible, backed_up, attestation, client_data)
            values (@CredentialId, @account, @name, @PublicKey, @CreatedAt, @count, @transports, @IsUserVerified, @IsBackupEligible, @IsBackedUp,
                    @AttestationObject, @ClientDataJson)
            on conflict (credential_id) do update
               set name = excluded.name, sign_count = excluded.sign_count, user_verified = excluded.user_verified, backed_up = excluded.backed_up
             where identity.passkey.account_id = excluded.account_id
            """,
            new
            {
                passkey.CredentialId, account = user.Id, name = passkey.Name ?? "", passkey.PublicKey, passkey.CreatedAt, count = (long)passkey.SignCount,
                transports = passkey.Transports ?? [], passkey.IsUserVerified, passkey.IsBackupEligible, passkey.IsBackedUp,
                passkey.AttestationObject, passkey.ClientDataJson,
            }));

    public async Task<IList<UserPasskeyInfo>> GetPasskeysAsync(Account user, CancellationToken cancellationToken) =>
        [.. (await db.RunAsync(connection => connection.QueryAsync<PasskeyRow>(
            """
            select credential_id, account_id, name, public_key, created_at, sign_count, transports, user_verified, backup_eligible, backed_up,
                   attestation, client_data
              from identity.passkey
             where account_id = @Id
             order by created_at
            """,
            new { user.Id }))).Select(row => row.ToPasskey())];

    public async Task<Account?> FindByPasskeyIdAsync(byte[] credentialId, CancellationToken cancellationToken)
    {
        var account = await db.RunAsync(connection => connection.ExecuteScalarAsync<Guid?>(
            "select account_id from identity.passkey where credential_id = @credentialId", new { credentialId }));
        return account is { } id ? await FindAsync(id) : null;
    }

    public async Task<UserPasskeyInfo?> FindPasskeyAsync(Account user, byte[] credentialId, CancellationToken cancellationToken) =>
        (await db.RunAsync(connection => connection.QuerySingleOrDefaultAsync<PasskeyRow>(
            """
            select credential_id, account_id, name, public_key, created_at, sign_count, transports, user_verified, backup_eligible, backed_up,
                   attestation, client_data
              from identity.passkey
             where account_id = @Id and credential_id = @credentialId
            """,
            new { user.Id, credentialId })))?.ToPasskey();

    public Task RemovePasskeyAsync(Account user, byte[] credentialId, CancellationToken cancellationToken) =>
        db.RunAsync(connection => connection.ExecuteAsync(
            "delete from identity.passkey where account_id = @Id and credential_id = @credentialId", new { user.Id, credentialId }));

    private async Task WriteChangesAsync(NpgsqlConnection connection, SecurityJournal.Acts acts, Account user)
    {
        var changes = user.Changes;
        if (changes.RecoveryCodes is { } hashes)
        {
            await connection.ExecuteAsync("delete from identity.recovery_code where account_id = @Id", new { user.Id });
            await connection.ExecuteAsync(
                "insert into identity.recovery_code (account_id, code_hash) select @Id, unnest(@hashes)", new { user.Id, hashes = hashes.ToArray() });
        }
        if (changes.OnlyPasskey is { } kept)
            await connection.ExecuteAsync("delete from identity.passkey where account_id = @Id and credential_id <> @kept", new { user.Id, kept });
        if (changes.UseLink is { } link)
        {
            var used = await connection.ExecuteAsync(
                "update identity.link set used_at = @now where token_hash = @link and used_at is null", new { link, now = clock.GetUtcNow() });
            if (used == 0) throw new InvalidOperationException("This link has been used meanwhile.");
        }
        if (changes.EndSessions)
        {
            await connection.ExecuteAsync(
                "delete from identity.session where account_id = @Id and id is distinct from @KeepSession", new { user.Id, changes.KeepSession });
            await connection.ExecuteAsync("delete from identity.passage where account_id = @Id", new { user.Id });
            await connection.ExecuteAsync(
                "update identity.link set used_at = @now where account_id = @Id and used_at is null and purpose = 'RESET'",
                new { user.Id, now = clock.GetUtcNow() });
        }
        foreach (var mail in changes.Mails) await mail.PostAsync(connection, clock.GetUtcNow());
        foreach (var (act, reason) in changes.Acts) acts.Add(act, user.Id, reason);
    }
}
