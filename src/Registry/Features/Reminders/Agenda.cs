using Dapper;
using Registry.Data;
using Registry.Facts;
using Registry.Features.Shared;
using Registry.Identity;

namespace Registry.Features.Reminders;

/// <summary>The dates of one person over all organisations she works in: her open reminders, the sheets she has to review and those to revise soon.</summary>
public sealed class Agenda(Db db, PublicAddress address, TimeProvider clock)
{
    public const int Most = 500;
    private const int DaysBack = 60;
    private const int DaysAhead = 120;

    private sealed record Line(string Key, string Code, DateOnly DueOn, string Subject, string Organisation, string Path);

    public async Task<IReadOnlyList<AgendaDay>> ListAsync(Guid person)
    {
        var connection = await db.OpenAsync();
        var lines = await connection.QueryAsync<Line>(
            """
            with granted as materialized (
              select organisation_id, bool_or(kind = 'DPO') as officer from app.current_roles() where kind in ('DPO', 'DPO_ASSISTANT', 'CORRESPONDENT') group by organisation_id)
            select d.key, d.code, d.due_on, d.subject, o.name as organisation, d.path
              from (select a.id::text as key, a.organisation_id, a.code, a.due_on, a.subject, a.path
                      from notice n
                      join alert a on a.organisation_id = n.organisation_id and a.id = n.alert_id
                     where n.person_id = @person and a.due_on is not null and a.acknowledged_at is null and a.settled_at is null and a.code <> @Review
                     union all
                    select r.id::text || '-revue', r.organisation_id, @Review, r.next_review_on, 'T-' || lpad(r.number::text, greatest(4, length(r.number::text)), '0') || ' · ' || r.title,
                           '/o/' || b.slug || '/traitements/T-' || lpad(r.number::text, greatest(4, length(r.number::text)), '0')
                      from processing_record r
                      join granted g on g.organisation_id = r.organisation_id
                      join organisation b on b.id = r.organisation_id
                     where r.status in ('PUBLISHED', 'IN_REVISION') and r.next_review_on between @today - @DaysBack and @today + @DaysAhead
                     union all
                    select r.id::text || '-relecture', r.organisation_id, 'REVIEW', r.review_due_on, 'T-' || lpad(r.number::text, greatest(4, length(r.number::text)), '0') || ' · ' || r.title,
                           '/o/' || b.slug || '/traitements/T-' || lpad(r.number::text, greatest(4, length(r.number::text)), '0')
                      from processing_record r
                      join granted g on g.organisation_id = r.organisation_id and g.officer
                      join organisation b on b.id = r.organisation_id
                     where r.status in ('SUBMITTED', 'IN_REVIEW') and r.review_due_on is not null) d
              join organisation o on o.id = d.organisation_id
             order by d.due_on, d.key
             limit @Most
            """,
            new { person, today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime), Review = "AL_RECORD_REVIEW", DaysBack, DaysAhead, Most });
        return [.. lines.Select(line => new AgendaDay(line.Key, line.DueOn, $"{Label(line.Code)} : {line.Subject} ({line.Organisation})", address.Of(line.Path.TrimStart('/'))))];
    }

    private static string Label(string code) => code == "REVIEW"
        ? Languages.IsEnglish ? "Record to be checked" : "Fiche à relire"
        : Vocabulary.Current.Label("AlertCode", code);
}

public static class AgendaFeed
{
    /// <summary>For calendar programs, which cannot sign in. Unknown and revoked addresses look the same.</summary>
    public static void MapAgenda(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/agenda/{token}", async (string token, Calendars calendars, Db db, Agenda agenda, PublicAddress address, TimeProvider clock) =>
        {
            if (await calendars.FindAsync(token) is not { } owner) return Results.NotFound();
            db.ActFor(Scope.ForPerson(owner.Person), readOnly: true);
            System.Globalization.CultureInfo.CurrentUICulture = System.Globalization.CultureInfo.GetCultureInfo(owner.Locale == "en" ? "en-GB" : "fr-FR");
            var text = IcsCalendar.Write(Languages.IsEnglish ? "Registry: deadlines" : "Registre : échéances", address.Base.Host, clock.GetUtcNow(), await agenda.ListAsync(owner.Person));
            return Results.Text(text, "text/calendar", System.Text.Encoding.UTF8);
        }).AllowAnonymous();
}
