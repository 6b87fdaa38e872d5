using Dapper;
using Registry.Data;

namespace Registry.Mail;

/// <summary>A mail that a worker holds until its lease ends.</summary>
public sealed record TakenMail
{
    public required Guid Id { get; init; }
    public required Guid Lease { get; init; }
    public required string MessageId { get; init; }
    public required string Recipient { get; init; }
    public required string Subject { get; init; }
    public required string Body { get; init; }
    public required int Attempts { get; init; }
    public required DateTimeOffset FirstTryAt { get; init; }
}

/// <summary>How the outbox stands, for whoever supervises.</summary>
public sealed record OutboxState
{
    public required int Waiting { get; init; }
    public required int GivenUp { get; init; }

    /// <summary>When the oldest of those that wait was written.</summary>
    public DateTimeOffset? OldestAt { get; init; }

    public bool IsLate(DateTimeOffset now) => GivenUp > 0 || OldestAt < now - TimeSpan.FromMinutes(15);
}

/// <summary>The queue of mail as workers see it (S-93): each row is taken by one, for a time, and marked by nobody else.</summary>
public sealed class Outbox(WorkerDb queue, TimeProvider clock)
{
    /// <summary>Longer than sending one mail may take (<see cref="MailSender.Limit"/>), so that nobody else takes it meanwhile.</summary>
    public static readonly TimeSpan LeaseTime = TimeSpan.FromMinutes(5);

    public static readonly TimeSpan GiveUpAfter = TimeSpan.FromHours(72);

    /// <summary>One minute, then twice as long each time, four hours at most.</summary>
    public static TimeSpan PauseAfter(int attempts) => TimeSpan.FromMinutes(Math.Min(240, Math.Pow(2, Math.Clamp(attempts - 1, 0, 10))));

    public Task<TakenMail?> TakeAsync(string domain, CancellationToken stop = default) => queue.RunAsync(connection => connection.QuerySingleOrDefaultAsync<TakenMail>(
        """
        update outbox_mail m
           set lease = @lease, leased_until = @until, attempts = attempts + 1, first_try_at = coalesce(first_try_at, @now),
               message_id = coalesce(message_id, replace(id::text, '-', '') || '@' || @domain)
         where m.id = (select id from outbox_mail
                        where sent_at is null and given_up_at is null and due_at <= @now and (leased_until is null or leased_until <= @now)
                        order by due_at, id limit 1 for update skip locked)
        returning id, lease, message_id, recipient, subject, body, attempts, first_try_at
        """,
        new { lease = Guid.NewGuid(), now = clock.GetUtcNow(), until = clock.GetUtcNow() + LeaseTime, domain }), stop);

    /// <summary>What it said is not kept: whoever wants to know reads it in the register or in her mailbox.</summary>
    public Task SentAsync(TakenMail mail) => queue.RunAsync(connection => connection.ExecuteAsync(
        "update outbox_mail set sent_at = @now, body = '', lease = null, leased_until = null, last_error = null where id = @Id and lease = @Lease",
        new { mail.Id, mail.Lease, now = clock.GetUtcNow() }));

    /// <param name="mail">What could not be sent.</param>
    /// <param name="reason">What the server said.</param>
    /// <param name="forGood">It said that it never will: no further try.</param>
    public Task FailedAsync(TakenMail mail, string reason, bool forGood)
    {
        var now = clock.GetUtcNow();
        var due = now + PauseAfter(mail.Attempts);
        var over = forGood || due > mail.FirstTryAt + GiveUpAfter;
        return queue.RunAsync(connection => connection.ExecuteAsync(
            """
            update outbox_mail set due_at = @due, given_up_at = @givenUp, last_error = @reason, lease = null, leased_until = null
             where id = @Id and lease = @Lease
            """,
            new { mail.Id, mail.Lease, due, givenUp = over ? now : (DateTimeOffset?)null, reason }));
    }

    public Task<OutboxState> StateAsync(CancellationToken stop = default) => queue.RunAsync(connection => connection.QuerySingleAsync<OutboxState>(
        """
        select count(*) filter (where given_up_at is null)::int as waiting, count(given_up_at)::int as given_up, min(created_at) filter (where given_up_at is null) as oldest_at
          from outbox_mail
         where sent_at is null
        """), stop);
}
