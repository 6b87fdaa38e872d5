using System.Globalization;
using Dapper;
using Registry.Data;
using Registry.Features.Shared;
using Registry.Facts;
using Registry.Identity;
using Registry.Mail;

namespace Registry.Features.Reminders;

/// <summary>
/// Mails one person what she was told of and may now be mailed: what presses in one message, the rest in another. In her own name: what she no longer reaches
/// is not mailed. The mails and the marks are one transaction, so each notice is mailed once whatever restarts.
/// </summary>
public sealed class NoticeMails(Db db, Recipients recipients, MessageTemplates templates, PublicAddress address, TimeProvider clock)
{
    private sealed record Line
    {
        public required Guid OrganisationId { get; init; }
        public required Guid AlertId { get; init; }
        public required string Organisation { get; init; }
        public required string Code { get; init; }
        public required string Level { get; init; }
        public required string Subject { get; init; }
        public required string Path { get; init; }
        public DateOnly? DueOn { get; init; }
        public required bool Open { get; init; }

        public bool Presses => Level is "URGENT" or "OVERDUE";
    }

    /// <summary>How many notices were marked for that person: none when she reaches none of them any more, null while another instance is at it.</summary>
    public async Task<int?> SendAsync(Guid person)
    {
        var connection = await db.OpenAsync();
        if (!await connection.ExecuteScalarAsync<bool>("select pg_try_advisory_xact_lock(hashtextextended(@key, 0))", new { key = $"NOTICES/{person}" })) return null;
        var lines = (await connection.QueryAsync<Line>(
            """
            select n.organisation_id, n.alert_id, o.name as organisation, a.code, a.level, a.subject, a.path, a.due_on, a.acknowledged_at is null and a.settled_at is null as open
              from notice n
              join alert a on a.organisation_id = n.organisation_id and a.id = n.alert_id
              join organisation o on o.id = n.organisation_id
             where n.person_id = @person and n.mailed_at is null and n.mail_due_at <= @now
             order by array_position(array['OVERDUE', 'URGENT', 'WARNING', 'INFO'], a.level), a.due_on nulls last, o.name, a.subject
               for update of n
            """,
            new { person, now = clock.GetUtcNow() })).AsList();
        if (lines.Count == 0) return 0;
        var to = await recipients.FindAsync(person);
        var email = to is null ? await connection.ExecuteScalarAsync<string?>("select email from person where id = @person", new { person }) : to.MayBeWrittenTo ? to.Email : null;
        if (email is not null)
        {
            var open = lines.Where(line => line.Open).ToList();
            foreach (var (template, some) in new[] { (MessageTemplates.Urgent, open.Where(line => line.Presses).ToList()), (MessageTemplates.Digest, open.Where(line => !line.Presses).ToList()) })
            {
                if (some.Count == 0) continue;
                var message = Write(template, to?.Locale ?? "fr", some);
                await new OutgoingMail(some[0].OrganisationId, email, message.Subject, message.Body).PostAsync(connection, clock.GetUtcNow());
            }
        }
        return await connection.ExecuteAsync(
            """
            update notice n set mailed_at = @now
              from unnest(@organisations, @alerts) as s (organisation, alert)
             where n.organisation_id = s.organisation and n.alert_id = s.alert and n.person_id = @person
            """,
            new { person, now = clock.GetUtcNow(), organisations = lines.Select(line => line.OrganisationId).ToArray(), alerts = lines.Select(line => line.AlertId).ToArray() });
    }

    private const int MostLines = 50;

    private Message Write(string template, string locale, IReadOnlyList<Line> lines)
    {
        var before = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(locale == "en" ? "en-GB" : "fr-FR");
        try
        {
            var told = lines.Take(MostLines).Select(line =>
                $"- {Vocabulary.Current.Label("AlertCode", line.Code)}{(Languages.IsEnglish ? ": " : " : ")}{line.Subject}{(line.Subject == line.Organisation ? "" : $" ({line.Organisation})")}{(line.DueOn is { } due ? ", " + Dates.Full(due) : "")}\n  {address.Of(line.Path.TrimStart('/'))}");
            return templates.Write(template, locale, new Dictionary<string, string>
            {
                ["count"] = lines.Count.ToString(CultureInfo.InvariantCulture), ["lines"] = string.Join("\n\n", told), ["more"] = lines.Count > MostLines ? "…\n\n" : "", ["address"] = address.Of("rappels"),
            });
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }
}
