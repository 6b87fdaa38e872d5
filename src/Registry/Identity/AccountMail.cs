using Dapper;
using Npgsql;

namespace Registry.Identity;

/// <summary>A message about an account, put into the outbox in the transaction of what it tells (S-93). Subjects name nobody (S-18).</summary>
public sealed record AccountMail(string Recipient, string Subject, string Body)
{
    public Task PostAsync(NpgsqlConnection connection, DateTimeOffset now) => connection.ExecuteAsync(
        """
        insert into app.outbox_mail (id, recipient, subject, body, created_at, due_at)
        values (@id, @Recipient, @Subject, @Body, @now, @now)
        """,
        new { id = Guid.CreateVersion7(), Recipient, Subject, Body, now });
}
