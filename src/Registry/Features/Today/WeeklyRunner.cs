using System.Globalization;
using Dapper;
using Registry.Access;
using Registry.Data;
using Registry.Features.Reminders;
using Registry.Features.Shared;
using Registry.Identity;
using Registry.Jobs;
using Registry.Mail;

namespace Registry.Features.Today;

/// <summary>
/// The week by mail: from Monday half past seven, Paris time, whoever keeps registers gets what waits for her, as her own list shows it. Which week was told
/// stands in the database with the mail itself, so that it is told once; on a day off work nothing leaves.
/// </summary>
public sealed class WeeklyRunner(IServiceScopeFactory scopes, WorkerDb queue, TimeProvider clock, ILogger<WeeklyRunner> log) : BackgroundService
{
    private const int MostLines = 20;
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(15);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => PacedWork.RunAsync("Weekly summaries", TickAsync, Pause, clock, log, stoppingToken);

    public async Task TickAsync(CancellationToken stop)
    {
        var local = TimeZoneInfo.ConvertTime(clock.GetUtcNow(), Dates.Paris);
        var today = DateOnly.FromDateTime(local.DateTime);
        if (today.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday || TimeOnly.FromDateTime(local.DateTime) < MailTimes.Morning) return;
        var monday = today.AddDays(1 - (int)today.DayOfWeek);
        await PacedWork.EachAsync(await DueAsync(today, monday, stop), person => TellAsync(person, today, monday), log, stop);
    }

    private Task<List<Guid>> DueAsync(DateOnly today, DateOnly monday, CancellationToken stop) => queue.RunAsync(async connection => (await connection.QueryAsync<Guid>(
        """
        select distinct a.person_id
          from appointment a
         where a.kind in ('DPO', 'DPO_ASSISTANT', 'CORRESPONDENT') and @today between a.start_on and coalesce(a.end_on, 'infinity')
           and not exists (select from weekly_summary w where w.person_id = a.person_id and (not w.wanted or w.last_on >= @monday))
         order by a.person_id
        """,
        new { today, monday })).AsList(), stop);

    /// <summary>False when nothing waits for her or nobody can write to her, whose week is then told too, and when it was told.</summary>
    private async Task<bool> TellAsync(Guid person, DateOnly today, DateOnly monday)
    {
        await using var scope = scopes.CreateAsyncScope();
        var services = scope.ServiceProvider;
        var (db, visitor) = (services.GetRequiredService<Db>(), services.GetRequiredService<Visitor>());
        db.ActFor(Scope.ForPerson(person));
        visitor.Is(person, "");
        var standing = await services.GetRequiredService<GrantStore>().FindAsync(null);
        visitor.Holds(standing.Grants, standing.Reach, standing.WorksOverArea);
        var connection = await db.OpenAsync();
        // Another instance may be at it: whoever marks the week writes the mail.
        if (await connection.ExecuteAsync(
            """
            insert into weekly_summary (organisation_id, person_id, last_on) select organisation_id, id, @today from person where id = @person
            on conflict (organisation_id, person_id) do update set last_on = excluded.last_on where coalesce(weekly_summary.last_on, '-infinity') < @monday
            """,
            new { person, today, monday }) == 0) return false;
        var told = await services.GetRequiredService<Recipients>().FindAsync(person) is { MayBeWrittenTo: true } to && await WriteAsync(services, person, to, today);
        await db.CommitAsync();
        return told;
    }

    private async Task<bool> WriteAsync(IServiceProvider services, Guid person, Recipient to, DateOnly today)
    {
        var before = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(to.Locale == "en" ? "en-GB" : "fr-FR");
        try
        {
            var lines = (await services.GetRequiredService<WorkList>().ListAsync()).Where(line => line.IsFor(person) && !line.IsPutOff(person, today)).ToList();
            if (lines.Count == 0) return false;
            var address = services.GetRequiredService<PublicAddress>();
            var message = services.GetRequiredService<MessageTemplates>().Write(MessageTemplates.Weekly, to.Locale, new Dictionary<string, string>
            {
                ["count"] = lines.Count.ToString(CultureInfo.InvariantCulture), ["late"] = lines.Count(line => line.DueOn < today).ToString(CultureInfo.InvariantCulture),
                ["lines"] = string.Join("\n\n", lines.Take(MostLines).Select(line => $"- {Left(line, today)} {Named(line)}\n  {address.Of(line.Path.TrimStart('/'))}")),
                ["more"] = lines.Count > MostLines ? "…\n\n" : "", ["address"] = address.Of("?voir=moi"), ["settings"] = address.Of("mon-compte/agenda"),
            });
            await new OutgoingMail(lines[0].OrganisationId, to.Email, message.Subject, message.Body).PostAsync(await services.GetRequiredService<Db>().OpenAsync(), clock.GetUtcNow());
            return true;
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }

    // A mail goes through other people's hands: of a breach it says the reference, never what happened.
    private static string Named(WorkLine line) => line.Kind == WorkKind.Breach ? $"{line.Reference} ({line.Organisation})" : $"{line.Title} ({line.Organisation}, {line.Reference})";

    private static string Left(WorkLine line, DateOnly today) => line.DueAt is { } at ? Dates.Moment(at, line.Zone) + (Languages.IsEnglish ? ":" : " :")
        : line.DueOn is not { } due ? "" : Dates.Short(due) + (Languages.IsEnglish ? due < today ? " (late):" : ":" : due < today ? " (dépassé) :" : " :");
}
