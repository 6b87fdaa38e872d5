using System.Globalization;
using Dapper;
using Npgsql;
using Registry.Data;
using Registry.History;
using Registry.Jobs;

namespace Registry.Features.Reminders;

/// <summary>
/// Reminds (S-94). Each organisation has its round once a day, from half past seven of its own clock on: which one has not had it is read from the
/// database, so a morning that was missed is made up for, and two instances do one round. Then whoever was told of something is mailed.
/// </summary>
public sealed class ReminderRunner(IServiceScopeFactory scopes, WorkerDb queue, TimeProvider clock, ILogger<ReminderRunner> log) : BackgroundService
{
    private const string Daily = "REMINDERS";
    private const string Hourly = "REMINDERS_BY_THE_HOUR";
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Quarter = TimeSpan.FromMinutes(15);
    private DateTimeOffset _nextQuarter;

    private sealed record Body(Guid Id, string Slug, string TimeZone);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => PacedWork.RunAsync("Reminders", TickAsync, Pause, clock, log, stoppingToken);

    /// <summary>Everything that is due now.</summary>
    public async Task TickAsync(CancellationToken stop)
    {
        foreach (var body in await DueAsync(stop)) await TryAsync(() => RoundAsync(body, Daily, inTheMorning: true), body.Id, stop);
        if (clock.GetUtcNow() >= _nextQuarter && await HasHourlySourcesAsync())
        {
            _nextQuarter = clock.GetUtcNow() + Quarter;
            foreach (var body in await WithClocksAsync(stop)) await TryAsync(() => RoundAsync(body, Hourly, inTheMorning: false), body.Id, stop);
        }
        // An alarm does not wait for the quarter.
        foreach (var body in await ToAlertAsync(stop)) await TryAsync(() => RoundAsync(body, Hourly, inTheMorning: false), body.Id, stop);
        foreach (var person in await ToMailAsync(stop)) await TryAsync(() => MailAsync(person), person, stop);
    }

    private async Task TryAsync(Func<Task> work, Guid whose, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        try
        {
            await work();
        }
        catch (Exception failed) when (failed is not NpgsqlException { IsTransient: true })
        {
            // One that fails must not keep the others from being reminded; it is tried again with the next look.
            log.LogError(failed, "Reminders of {Whose} failed", whose);
        }
    }

    private async Task<bool> HasHourlySourcesAsync()
    {
        await using var scope = scopes.CreateAsyncScope();
        return scope.ServiceProvider.GetServices<IAlertSource>().Any(source => source.ByTheHour);
    }

    private async Task RoundAsync(Body body, string job, bool inTheMorning)
    {
        await using var scope = scopes.CreateAsyncScope();
        var services = scope.ServiceProvider;
        var db = services.GetRequiredService<Db>();
        db.ActFor(Scope.ForOrganisation(body.Id));
        var journal = services.GetRequiredService<Journal>();
        (journal.Actor, journal.RequestId) = ("Registre", $"{job.ToLowerInvariant()}-{body.Id:n}");
        var day = AlertDay.At(body.Id, body.Slug, body.TimeZone, clock.GetUtcNow());
        var period = inTheMorning ? day.Today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : null;
        if (!await services.GetRequiredService<ReminderStore>().BeginAsync(body.Id, job, period, day.Now)) return;
        await services.GetRequiredService<AlertBell>().RoundAsync(day, [.. services.GetServices<IAlertSource>().Where(source => source.ByTheHour != inTheMorning)], inTheMorning);
        await db.CommitAsync();
    }

    private async Task MailAsync(Guid person)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<Db>();
        db.ActFor(Scope.ForPerson(person));
        var mailed = await scope.ServiceProvider.GetRequiredService<NoticeMails>().SendAsync(person);
        await db.CommitAsync();
        // She holds no office there any more: it would be looked at for ever.
        if (mailed == 0) await queue.RunAsync(connection => connection.ExecuteAsync(
            "update notice set mail_due_at = null where person_id = @person and mailed_at is null and mail_due_at <= @now", new { person, now = clock.GetUtcNow() }));
    }

    private Task<List<Body>> DueAsync(CancellationToken stop) => queue.RunAsync(async connection => (await connection.QueryAsync<Body>(
        """
        select o.id, o.slug, o.time_zone
          from organisation o
         where o.status = 'ACTIVE' and (@now at time zone o.time_zone)::time >= @Morning
           and not exists (select from job_run r where r.organisation_id = o.id and r.job = @Daily and r.period = to_char(@now at time zone o.time_zone, 'YYYY-MM-DD'))
         order by o.id
        """,
        new { now = clock.GetUtcNow(), MailTimes.Morning, Daily })).AsList(), stop);

    /// <summary>The few bodies where something is counted in hours; the others are not opened.</summary>
    private Task<List<Body>> WithClocksAsync(CancellationToken stop) => queue.RunAsync(async connection => (await connection.QueryAsync<Body>(
        "select id, slug, time_zone from organisation where status = 'ACTIVE' and id in (select app.bodies_with_clocks(@now)) order by id", new { now = clock.GetUtcNow() })).AsList(), stop);

    private Task<List<Body>> ToAlertAsync(CancellationToken stop) => queue.RunAsync(async connection => (await connection.QueryAsync<Body>(
        "select id, slug, time_zone from organisation where status = 'ACTIVE' and id in (select app.bodies_to_alert(@now)) order by id", new { now = clock.GetUtcNow() })).AsList(), stop);

    /// <summary>In the order in which they were told: mail leaves in that order.</summary>
    private Task<List<Guid>> ToMailAsync(CancellationToken stop) => queue.RunAsync(async connection => (await connection.QueryAsync<Guid>(
        "select person_id from notice where mailed_at is null and mail_due_at <= @now group by person_id order by min(told_at), min(place), person_id",
        new { now = clock.GetUtcNow() })).AsList(), stop);
}
