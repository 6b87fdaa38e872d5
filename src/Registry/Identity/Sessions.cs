using Dapper;
using Registry.Data;

namespace Registry.Identity;

/// <summary>A session as its owner sees it.</summary>
public sealed record Session
{
    public required Guid Id { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset LastSeenAt { get; init; }
    public required string Agent { get; init; }
}

/// <summary>Who stands behind a living session, as its cookie was presented.</summary>
public sealed record SessionHolder
{
    public required Guid SessionId { get; init; }
    public required Guid AccountId { get; init; }
    public required Guid PersonId { get; init; }
    public required string Name { get; init; }
    public required string Locale { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset SecondFactorAt { get; init; }
    public required DateTimeOffset LastSeenAt { get; init; }
    public required bool Administrator { get; init; }
    public required bool Demo { get; init; }

    public SessionEnd End
    {
        get
        {
            var idle = LastSeenAt + (Administrator ? Sessions.IdleOfAdministrators : Sessions.Idle);
            var last = CreatedAt + Sessions.Absolute;
            return last <= idle ? new(last, Final: true) : new(idle, Final: false);
        }
    }
}

/// <param name="At">When the session ends if nothing is opened or saved before.</param>
/// <param name="Final">Nothing puts it off: the ten hours are over first.</param>
public sealed record SessionEnd(DateTimeOffset At, bool Final);

/// <summary>S-37: 30 minutes idle (15 for an administrator), ten hours in all, a new id at each sign-in and step-up.</summary>
public sealed class Sessions(SignInDb db, SecurityJournal journal, TimeProvider clock)
{
    public static readonly TimeSpan Idle = TimeSpan.FromMinutes(30);
    public static readonly TimeSpan IdleOfAdministrators = TimeSpan.FromMinutes(15);
    public static readonly TimeSpan Absolute = TimeSpan.FromHours(10);

    /// <summary>The one query of a signed-in request. It notes that the session is alive once a minute, not at each request.</summary>
    public Task<SessionHolder?> FindAsync(string token)
    {
        var now = clock.GetUtcNow();
        return db.RunAsync(connection => connection.QuerySingleOrDefaultAsync<SessionHolder>(
            """
            with living as (
              select s.id as session_id, s.account_id, a.person_id, a.name, a.locale, s.created_at, s.second_factor_at, s.last_seen_at,
                     a.administrator, a.demo_code is not null as demo
                from identity.session s
                join identity.account a on a.id = s.account_id
               where s.token_hash = @hash and a.status = 'ACTIVE' and s.created_at > @oldest
                 and s.last_seen_at > case when a.administrator then @idleAdministrator else @idle end
            ), seen as (
              update identity.session s set last_seen_at = @now
                from living l
               where s.id = l.session_id and l.last_seen_at < @minuteAgo
            )
            select session_id, account_id, person_id, name, locale, created_at, second_factor_at, administrator, demo,
                   case when last_seen_at < @minuteAgo then @now else last_seen_at end as last_seen_at
              from living
            """,
            new
            {
                hash = Token.Hash(token), now, minuteAgo = now.AddMinutes(-1), oldest = now - Absolute, idle = now - Idle,
                idleAdministrator = now - IdleOfAdministrators,
            }));
    }

    /// <summary>Begins a session and ends the one it replaces. Returns the text for the cookie.</summary>
    public async Task<string> BeginAsync(Guid account, Guid person, string agent, Guid? replaces = null)
    {
        var (text, hash) = Token.New();
        var now = clock.GetUtcNow();
        await journal.WriteAsync(person, async (connection, acts) =>
        {
            await connection.ExecuteAsync(
                "delete from identity.session where (account_id = @account and id = @replaces) or created_at <= @oldest",
                new { account, replaces, oldest = now - Absolute });
            await connection.ExecuteAsync(
                """
                insert into identity.session (id, token_hash, account_id, created_at, last_seen_at, second_factor_at, agent)
                values (@id, @hash, @account, @now, @now, @now, @agent)
                """,
                new { id = Guid.CreateVersion7(), hash, account, now, agent });
            acts.Add(replaces is null ? SecurityAct.SignedIn : SecurityAct.SteppedUp, account);
        });
        return text;
    }

    public Task EndAsync(Guid account, Guid person, Guid session, bool signOut) =>
        journal.WriteAsync(person, async (connection, acts) =>
        {
            var ended = await connection.ExecuteAsync(
                "delete from identity.session where account_id = @account and id = @session", new { account, session });
            if (ended > 0) acts.Add(signOut ? SecurityAct.SignedOut : SecurityAct.SessionEnded, account);
        });

    public Task EndOthersAsync(Guid account, Guid person, Guid keep) =>
        journal.WriteAsync(person, async (connection, acts) =>
        {
            var ended = await connection.ExecuteAsync(
                "delete from identity.session where account_id = @account and id <> @keep", new { account, keep });
            if (ended > 0) acts.Add(SecurityAct.SessionEnded, account);
        });

    public async Task<IReadOnlyList<Session>> ListAsync(Guid account)
    {
        var now = clock.GetUtcNow();
        return [.. await db.RunAsync(connection => connection.QueryAsync<Session>(
            """
            select id, created_at, last_seen_at, agent
              from identity.session
             where account_id = @account and last_seen_at > @idle and created_at > @oldest
             order by last_seen_at desc
            """,
            new { account, idle = now - Idle, oldest = now - Absolute }))];
    }
}
