using Dapper;
using Npgsql;

namespace Registry.Mail;

/// <summary>
/// A message put into the outbox in the transaction of what it tells (S-93). The subject names nobody, the body carries no content of a file but
/// a link to it (S-18).
/// </summary>
public sealed record OutgoingMail(Guid Organisation, string Recipient, string Subject, string Body)
{
    public Task PostAsync(NpgsqlConnection connection, DateTimeOffset now) => connection.ExecuteAsync(
        """
        insert into outbox_mail (organisation_id, id, recipient, subject, body, created_at, due_at)
        values (@Organisation, @id, @Recipient, @Subject, @Body, @now, @now)
        """,
        new { id = Guid.CreateVersion7(), Organisation, Recipient, Subject, Body, now });
}
