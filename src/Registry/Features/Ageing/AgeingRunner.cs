using System.Globalization;
using Dapper;
using Registry.Data;
using Registry.History;
using Registry.Jobs;

namespace Registry.Features.Ageing;

/// <summary>
/// What ages away (domain §6): once a day each organisation lets go of what is past its bound, and says how much in its chain. The bounds stand in app.age_away, so that no
/// statement of ours takes anything younger; the mails that left long ago are the worker's own. Which day was done is read from the database, as reminders do (S-94).
/// </summary>
public sealed class AgeingRunner(IServiceScopeFactory scopes, WorkerDb queue, TimeProvider clock, ILogger<AgeingRunner> log) : BackgroundService
{
    public const string Job = "AGEING";
    private const int MonthsOfMail = 12;
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(10);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => PacedWork.RunAsync("Things that age away", TickAsync, Pause, clock, log, stoppingToken);

    public async Task TickAsync(CancellationToken stop)
    {
        await PacedWork.EachAsync(await DueAsync(stop), AgeAsync, log, stop);
        await ForgetMailAsync(stop);
    }

    /// <summary>False when another instance has done the day of that organisation, or is doing it.</summary>
    public async Task<bool> AgeAsync(Guid organisation)
    {
        await using var scope = scopes.CreateAsyncScope();
        var (db, journal) = (scope.ServiceProvider.GetRequiredService<Db>(), scope.ServiceProvider.GetRequiredService<Journal>());
        db.ActFor(Scope.ForOrganisation(organisation));
        (journal.Actor, journal.RequestId) = ("Automate", $"ageing-{organisation:n}");
        var connection = await db.OpenAsync();
        if (!await connection.ExecuteScalarAsync<bool>("select pg_try_advisory_xact_lock(hashtextextended(@key, 0))", new { key = $"{Job}/{organisation}" })
            || await connection.ExecuteAsync(
                """
                insert into job_run (organisation_id, job, period, ended_at)
                select o.id, @Job, to_char(@now at time zone o.time_zone, 'YYYY-MM-DD'), @now from organisation o where o.id = @organisation
                on conflict do nothing
                """,
                new { organisation, Job, now = clock.GetUtcNow() }) == 0) return false;
        var taken = (await connection.QueryAsync<(string What, int Taken)>(
            """
            select what, taken from app.age_away()
             union all
            select 'REQUEST_FILES', app.purge_request_files((@now at time zone o.time_zone)::date) from organisation o where o.id = @organisation
             union all
            select 'REQUEST_LINKS', app.forget_request_links()
             union all
            select 'RIGHTS_REQUESTS', app.purge_requests((@now at time zone o.time_zone)::date) from organisation o where o.id = @organisation
            """,
            new { organisation, now = clock.GetUtcNow() })).Where(one => one.Taken > 0).ToList();
        // Each file that went leaves a line without a word: the chain then stands without the words that were kept of it.
        var erased = (await connection.QueryAsync<(string What, string Type, Guid Id)>(
            "select what, object_type, object_id from organisation o cross join lateral app.purge_breaches((@now at time zone o.time_zone)::date) where o.id = @organisation", new { organisation, now = clock.GetUtcNow() })).AsList();
        foreach (var (_, type, id) in erased) journal.Record(new Event(organisation, Actions.ContentErased.Code, type, id, new EventDetails()));
        taken.AddRange(erased.GroupBy(one => one.What).Select(same => (same.Key, same.Count())));
        // What was read of a file and never imported.
        var imports = await connection.ExecuteAsync("update register_import set status = 'EXPIRED', content = null, version = version + 1 where organisation_id = @organisation and status = 'READ' and received_at < @before", new { organisation, before = clock.GetUtcNow().AddDays(-1) });
        if (imports > 0) taken.Add(("IMPORTS", imports));
        // Bytes without a row cannot be, the keys of the tables forbid it; a row that lost some of its bytes is said, and never given to anybody (S-73).
        var broken = await connection.ExecuteScalarAsync<int>(
            "select count(*)::int from request_file f where f.organisation_id = @organisation and f.parts <> (select count(*) from request_file_part p where p.organisation_id = f.organisation_id and p.file_id = f.id)", new { organisation });
        if (broken > 0) log.LogError("{Count} files of {Organisation} have lost parts", broken, organisation);
        // Runs of jobs are nothing of the register; a day that took only them says nothing.
        if (taken.Exists(one => one.What != "JOB_RUNS"))
            journal.Record(new Event(organisation, Actions.AgedAway.Code, "AGEING", null, new EventDetails { Subject = string.Join(" · ", taken.Where(one => one.What != "JOB_RUNS").Select(Words)) }));
        await db.CommitAsync();
        return true;
    }

    /// <summary>How many, of what; nothing of their content.</summary>
    private static string Words((string What, int Taken) one) => string.Create(CultureInfo.InvariantCulture, $"{one.Taken} ") + one.What switch
    {
        "PROVIDER_REQUESTS" => "demande(s) au prestataire",
        "REQUEST_FILES" => "fichier(s) de demandes de droits",
        "IMPORTS" => "fichier(s) d’import non importé(s)",
        "REQUEST_LINKS" => "lien(s) de suivi",
        "BREACHES" => "dossier(s) de violation",
        "INCIDENTS" => "incident(s) sans violation",
        "TICKETS" => "appel(s) à l’assistance",
        "PROVIDER_INCIDENTS" => "incident(s) signalé(s) aux collectivités",
        "RIGHTS_REQUESTS" => "demande(s) de droits",
        "AUTHORITY_REQUESTS" => "requête(s) d’autorité",
        _ => "rappel(s)",
    };

    /// <summary>Mails that left or were given up a year ago; those of accounts too, which belong to no organisation.</summary>
    public Task<int> ForgetMailAsync(CancellationToken stop = default) => queue.RunAsync(connection => connection.ExecuteAsync(
        "delete from outbox_mail where (sent_at is not null or given_up_at is not null) and coalesce(sent_at, given_up_at) < @before",
        new { before = clock.GetUtcNow().AddMonths(-MonthsOfMail) }), stop);

    private Task<List<Guid>> DueAsync(CancellationToken stop) => queue.RunAsync(async connection => (await connection.QueryAsync<Guid>(
        """
        select o.id
          from organisation o
         where not exists (select from job_run r where r.organisation_id = o.id and r.job = @Job and r.period = to_char(@now at time zone o.time_zone, 'YYYY-MM-DD'))
         order by o.id
        """,
        new { now = clock.GetUtcNow(), Job })).AsList(), stop);
}
