using Dapper;
using Npgsql;
using Registry.Data;

namespace Registry.Identity;

/// <summary>A demonstration person, as the sign-in page offers her.</summary>
public sealed record DemoPerson
{
    public required string Code { get; init; }
    public required string Name { get; init; }
    public required string Label { get; init; }
}

/// <summary>A message about an account, as demo mode shows it.</summary>
public sealed record PostedMail
{
    public required string Recipient { get; init; }
    public required string Subject { get; init; }
    public required string Body { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>What the rest of the program asks of accounts.</summary>
public sealed class Accounts(SignInDb db, SecurityJournal journal, Links links, AccountMails mails, Throttle throttle, TimeProvider clock)
{
    /// <summary>
    /// Opens an account to a person and mails her the invitation; the address in it is returned, for the command line that prints it.
    /// An invitation not yet taken up is replaced. Null when the person, or the e-mail address, already has an account.
    /// </summary>
    public Task<string?> InviteAsync(Guid personId, string name, string email, string? organisation, Guid? invitedBy = null, string locale = "fr") =>
        InviteAsync(new Account
        {
            Id = Guid.CreateVersion7(), PersonId = personId, Name = name, Email = email.Trim(), EmailKey = Account.KeyOf(email), Organisation = organisation,
            Locale = locale, Status = Account.Invited, CreatedAt = clock.GetUtcNow(),
        }, invitedBy);

    /// <summary>The same for a platform administrator: a longer password, passkeys only, a shorter idle time (S-30, S-34, S-37).</summary>
    public Task<string?> InviteAdministratorAsync(Guid personId, string name, string email) =>
        InviteAsync(new Account
        {
            Id = Guid.CreateVersion7(), PersonId = personId, Name = name, Email = email.Trim(), EmailKey = Account.KeyOf(email), Administrator = true,
            Status = Account.Invited, CreatedAt = clock.GetUtcNow(),
        }, null);

    /// <summary>The person of an administrator who was invited and never came, so that inviting her again makes no second one.</summary>
    public Task<Guid?> FindInvitedAdministratorAsync(string email) => db.RunAsync(connection => connection.ExecuteScalarAsync<Guid?>(
        "select person_id from identity.account where email_key = @key and status = 'INVITED' and administrator", new { key = Account.KeyOf(email) }));

    private Task<string?> InviteAsync(Account account, Guid? invitedBy) => journal.WriteAsync(invitedBy, async (connection, acts) =>
    {
        await connection.ExecuteAsync(
            """
            insert into identity.account (id, person_id, name, email, email_key, organisation, locale, administrator, status, created_at)
            values (@Id, @PersonId, @Name, @Email, @EmailKey, @Organisation, @Locale, @Administrator, @Status, @CreatedAt)
            on conflict do nothing
            """,
            account);
        var id = await connection.ExecuteScalarAsync<Guid?>(
            """
            select id from identity.account
             where person_id = @PersonId and email_key = @EmailKey and status = 'INVITED' and administrator = @Administrator
            """,
            account);
        if (id is null) return null;
        var token = await links.IssueAsync(connection, id.Value, Link.Invitation);
        await mails.Invitation(account, token).PostAsync(connection, clock.GetUtcNow());
        acts.Add(SecurityAct.Invited, id);
        return mails.InvitationAddress(token);
    });

    /// <summary>Sends a link to choose a new password, if such an account exists; the caller cannot tell (S-33).</summary>
    public async Task AskResetAsync(HttpContext http, string email)
    {
        var key = Account.KeyOf(email);
        if (!await throttle.TryAsync(
            throttle.Of(ThrottleRule.Mail, "reset", key), throttle.Network(http, "reset-network", ThrottleRule.Network))) return;
        await journal.WriteAsync(null, async (connection, acts) =>
        {
            var account = await connection.QuerySingleOrDefaultAsync<Account>(
                """
                select id, person_id, name, email, email_key, locale, status, created_at
                  from identity.account
                 where email_key = @key and status = 'ACTIVE' and password_hash is not null
                """,
                new { key });
            acts.Add(SecurityAct.ResetAsked, account?.Id, outcome: account is null ? "REFUSED" : "OK");
            if (account is null) return;
            var token = await links.IssueAsync(connection, account.Id, Link.Reset);
            await mails.Reset(account, token).PostAsync(connection, clock.GetUtcNow());
        });
    }

    public Task<bool> HasAccountAsync(string email) => db.RunAsync(connection =>
        connection.ExecuteScalarAsync<bool>("select exists (select from identity.account where email_key = @key)", new { key = Account.KeyOf(email) }));

    /// <summary>Whose account this address is. For finding one's way to a person within reach, never to be shown as it is.</summary>
    public Task<Guid?> PersonOfAsync(string email) => db.RunAsync(connection =>
        connection.ExecuteScalarAsync<Guid?>("select person_id from identity.account where email_key = @key", new { key = Account.KeyOf(email) }));

    /// <summary>INVITED, ACTIVE or DISABLED; null when the person has no account.</summary>
    public Task<string?> StatusOfAsync(Guid personId) => db.RunAsync(connection =>
        connection.ExecuteScalarAsync<string?>("select status from identity.account where person_id = @personId", new { personId }));

    /// <summary>Shuts the account of a person and ends its sessions at once (S-38).</summary>
    public Task DisableAsync(Guid personId, Guid by) => journal.WriteAsync(by, async (connection, acts) =>
    {
        var id = await connection.ExecuteScalarAsync<Guid?>(
            """
            update identity.account set status = 'DISABLED', version = version + 1
             where person_id = @personId and status <> 'DISABLED'
            returning id
            """,
            new { personId });
        if (id is null) return;
        await EndEverythingAsync(connection, id.Value);
        acts.Add(SecurityAct.Disabled, id);
    });

    /// <summary>Opens it again: as it was if it had been active, else a new invitation is needed.</summary>
    public Task EnableAsync(Guid personId, Guid by) => journal.WriteAsync(by, async (connection, acts) =>
    {
        var id = await connection.ExecuteScalarAsync<Guid?>(
            """
            update identity.account set status = case when password_hash is null and demo_code is null then 'INVITED' else 'ACTIVE' end, version = version + 1
             where person_id = @personId and status = 'DISABLED'
            returning id
            """,
            new { personId });
        if (id is not null) acts.Add(SecurityAct.Enabled, id);
    });

    private static Task<int> EndEverythingAsync(NpgsqlConnection connection, Guid id) => connection.ExecuteAsync(
        """
        delete from identity.session where account_id = @id;
        delete from identity.passage where account_id = @id;
        delete from identity.link where account_id = @id
        """,
        new { id });

    /// <summary>
    /// An account without password or factor, entered by a button in demo mode. Called again with the same code it changes nothing.
    /// </summary>
    public Task CreateDemoAsync(Guid personId, string name, string email, string code, string label) =>
        journal.WriteAsync(null, async (connection, acts) =>
        {
            var id = Guid.CreateVersion7();
            var made = await connection.ExecuteAsync(
                """
                insert into identity.account (id, person_id, name, email, email_key, status, demo_code, demo_label, created_at)
                values (@id, @personId, @name, @email, @key, 'ACTIVE', @code, @label, @now)
                on conflict (demo_code) do nothing
                """,
                new { id, personId, name, email, key = Account.KeyOf(email), code, label, now = clock.GetUtcNow() });
            if (made > 0) acts.Add(SecurityAct.Activated, id);
        });

    public async Task<IReadOnlyList<DemoPerson>> ListDemoAsync() =>
        [.. await db.RunAsync(connection => connection.QueryAsync<DemoPerson>(
            """
            select demo_code as code, name, demo_label as label
              from identity.account
             where demo_code is not null and status = 'ACTIVE'
             order by created_at, id
            """))];

    /// <summary>The last messages about accounts: demo mode shows them instead of sending them.</summary>
    public async Task<IReadOnlyList<PostedMail>> ListMailAsync() =>
        [.. await db.RunAsync(connection => connection.QueryAsync<PostedMail>(
            "select recipient, subject, body, created_at from app.outbox_mail where organisation_id is null order by created_at desc, id desc limit 50"))];

    public async Task<(Guid Id, Guid PersonId)?> FindDemoAsync(string code) =>
        code.Any(char.IsControl) ? null : await db.RunAsync(connection => connection.QuerySingleOrDefaultAsync<(Guid, Guid)?>(
            "select id, person_id from identity.account where demo_code = @code and status = 'ACTIVE'", new { code }));
}
