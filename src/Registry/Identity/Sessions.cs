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

    /// <summary>See <see cref="AskedPage"/>.</summary>
    public string? PageTag { get; init; }

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

/// <summary>A page that may be given again, asked for in an organisation: where its content stands is told with the session, in one question.</summary>
public sealed class AskedPage(string slug)
{
    public string Slug => slug;

    /// <summary>A digest of all that the page is drawn from (app.page_tag). Null for whoever reaches nothing there.</summary>
    public string? Tag { get; set; }
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
    /// <param name="page">What is asked for in the same breath: where the content of an organisation stands for her.</param>
    public async Task<SessionHolder?> FindAsync(string token, AskedPage? page = null)
    {
        var (now, hash) = (clock.GetUtcNow(), Token.Hash(token));
        if (await db.RunAsync(connection => connection.QuerySingleOrDefaultAsync<SessionHolder>(
            """
            select s.id as session_id, s.account_id, a.person_id, a.name, a.locale, s.created_at, s.second_factor_at, s.last_seen_at,
                   a.administrator, a.demo_code is not null as demo, case when @slug <> '' then app.page_tag(a.person_id, @slug) end as page_tag
              from identity.session s
              join identity.account a on a.id = s.account_id
             where s.token_hash = @hash and a.status = 'ACTIVE' and s.created_at > @oldest
               and s.last_seen_at > case when a.administrator then @idleAdministrator else @idle end
            """,
            new { hash, slug = page?.Slug ?? "", oldest = now - Absolute, idle = now - Idle, idleAdministrator = now - IdleOfAdministrators })) is not { } holder) return null;
        if (page is not null) page.Tag = holder.PageTag;
        if (holder.LastSeenAt >= now.AddMinutes(-1)) return holder;
        await db.RunAsync(connection => connection.ExecuteAsync(
            "update identity.session set last_seen_at = @now where id = @id and last_seen_at < @now", new { id = holder.SessionId, now }));
        return holder with { LastSeenAt = now };
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
