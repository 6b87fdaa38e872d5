using Dapper;
using Registry.Data;

namespace Registry.Identity;

/// <summary>A lost second factor (S-35): opened by an administrator who has checked the identity by another channel, announced by mail,
/// usable a day later and for a week, cancelled from the mail. The administrator sees no password and sets none.</summary>
public sealed class Reenrolments(SignInDb db, SecurityJournal journal, Links links, AccountMails mails, TimeProvider clock)
{
    public static readonly TimeSpan Delay = TimeSpan.FromHours(24);
    private static readonly TimeSpan Life = TimeSpan.FromDays(7);

    /// <summary>False when the person has no active account.</summary>
    public Task<bool> OpenAsync(Guid person, Guid openedBy, string reason) => journal.WriteAsync(openedBy, async (connection, acts) =>
    {
        var account = await connection.QuerySingleOrDefaultAsync<Account>(
            """
            select id, person_id, name, email, email_key, locale, status, created_at
              from identity.account
             where person_id = @person and status = 'ACTIVE' and demo_code is null
            """,
            new { person });
        if (account is null) return false;
        var now = clock.GetUtcNow();
        await connection.ExecuteAsync(
            """
            update identity.reenrolment set cancelled_at = @now where account_id = @Id and cancelled_at is null and used_at is null;
            insert into identity.reenrolment (id, account_id, opened_by, reason, opened_at, ready_at, expires_at)
            values (@reenrolment, @Id, @openedBy, @reason, @now, @readyAt, @expiresAt)
            """,
            new { account.Id, reenrolment = Guid.CreateVersion7(), openedBy, reason, now, readyAt = now + Delay, expiresAt = now + Life });
        var token = await links.IssueAsync(connection, account.Id, Link.CancelReenrolment);
        await mails.ReenrolmentOpened(account, token, now + Delay).PostAsync(connection, now);
        acts.Add(SecurityAct.ReenrolmentOpened, account.Id, reason);
        return true;
    });

    public Task<Guid?> FindReadyAsync(Guid account) => db.RunAsync(connection => connection.ExecuteScalarAsync<Guid?>(
        """
        select id
          from identity.reenrolment
         where account_id = @account and cancelled_at is null and used_at is null and ready_at <= @now and expires_at > @now
        """,
        new { account, now = clock.GetUtcNow() }));

    public Task<bool> UseAsync(Account account) => journal.WriteAsync(account.PersonId, async (connection, acts) =>
    {
        var used = await connection.ExecuteAsync(
            """
            update identity.reenrolment set used_at = @now
             where account_id = @Id and cancelled_at is null and used_at is null and ready_at <= @now and expires_at > @now
            """,
            new { account.Id, now = clock.GetUtcNow() });
        if (used > 0) acts.Add(SecurityAct.Reenrolled, account.Id);
        return used > 0;
    });

    public Task<bool> CancelAsync(Link link) => journal.WriteAsync(null, async (connection, acts) =>
    {
        if (!await links.UseAsync(connection, link.TokenHash)) return false;
        await connection.ExecuteAsync(
            "update identity.reenrolment set cancelled_at = @now where account_id = @AccountId and cancelled_at is null and used_at is null",
            new { link.AccountId, now = clock.GetUtcNow() });
        await connection.ExecuteAsync(
            "delete from identity.passage where account_id = @AccountId and purpose = 'REENROLMENT'", new { link.AccountId });
        acts.Add(SecurityAct.ReenrolmentCancelled, link.AccountId);
        return true;
    });
}
