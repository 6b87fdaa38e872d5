using Dapper;
using Registry.Data;

namespace Registry.Features.Mails;

/// <summary>A mail that has not left, as the operator sees it: to which server, what for, what that server said. Not what it says.</summary>
public sealed record UnsentMail
{
    public required Guid Id { get; init; }

    /// <summary>The first letter of the address and its domain.</summary>
    public required string To { get; init; }
    public required string Subject { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset DueAt { get; init; }
    public required int Attempts { get; init; }
    public string? LastError { get; init; }
    public DateTimeOffset? GivenUpAt { get; init; }
}

/// <summary>The outbox as the platform's operator looks at it; sending is the worker's.</summary>
public sealed class MailStore(Db db, TimeProvider clock)
{
    public const int Most = 100;

    /// <summary>Those given up first, then those that wait, the oldest first; and how many there are of each.</summary>
    public async Task<(IReadOnlyList<UnsentMail> Mails, int GivenUp, int Waiting)> ListAsync()
    {
        var connection = await db.OpenAsync();
        var mails = (await connection.QueryAsync<UnsentMail>(
            """
            select id, left(recipient, 1) || '…@' || split_part(recipient, '@', 2) as to, subject, created_at, due_at, attempts, last_error, given_up_at
              from outbox_mail
             where sent_at is null
             order by given_up_at is null, created_at
             limit @Most
            """,
            new { Most })).AsList();
        var (givenUp, waiting) = await connection.QuerySingleAsync<(int, int)>(
            "select count(given_up_at)::int, count(*) filter (where given_up_at is null)::int from outbox_mail where sent_at is null");
        return (mails, givenUp, waiting);
    }

    /// <summary>Due at once, with 72 hours before it; one of those given up, or all of them. The subjects of what goes out again.</summary>
    public async Task<IReadOnlyList<string>> TryAgainAsync(Guid? id)
    {
        var connection = await db.OpenAsync();
        return (await connection.QueryAsync<string>(
            """
            update outbox_mail set given_up_at = null, first_try_at = null, attempts = 0, due_at = @now
             where given_up_at is not null and (@id is null or id = @id)
            returning subject
            """,
            new { id, now = clock.GetUtcNow() })).AsList();
    }
}
