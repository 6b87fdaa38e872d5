using Dapper;
using Registry.Data;
using Registry.Jobs;

namespace Registry.Features.Reminders;

/// <summary>An alert that nobody has acknowledged and whose next rung is to be told.</summary>
public sealed record WaitingAlert
{
    public required Guid Id { get; init; }
    public required string Code { get; init; }
    public required string Level { get; init; }
    public required bool Weekends { get; init; }
    public required string Ladder { get; init; }
    public required int Rung { get; init; }
    public required TimeSpan Waited { get; init; }
}

/// <summary>Somebody to be told of an alert, and when she may be mailed.</summary>
public sealed record NewNotice(Guid Alert, Guid Person, int Place, DateTimeOffset MailDueAt);

/// <summary>The alerts of one organisation, as the job that raises them and the features that raise one themselves write them.</summary>
public sealed class ReminderStore(Db db)
{
    /// <summary>Marks the period as done by this transaction; false when it is done, or being done elsewhere (S-94).</summary>
    public async Task<bool> BeginAsync(Guid organisation, string job, string? period, DateTimeOffset now)
    {
        var connection = await db.OpenAsync();
        if (!await connection.ExecuteScalarAsync<bool>("select pg_try_advisory_xact_lock(hashtextextended(@key, 0))", new { key = $"{job}/{organisation}" })) return false;
        return period is null || await connection.ExecuteAsync(
            "insert into job_run (organisation_id, job, period, ended_at) values (@organisation, @job, @period, @now) on conflict do nothing",
            new { organisation, job, period, now }) == 1;
    }

    /// <summary>Who holds which office there on that day, the officer of its area included, and who reads for somebody of them that is away.</summary>
    public async Task<IReadOnlyList<(string Kind, Guid Person)>> InOfficeAsync(AlertDay day)
    {
        var connection = await db.OpenAsync();
        return (await connection.QueryAsync<(string, Guid)>(
            """
            with held as materialized (
              select a.kind, a.person_id, a.start_on, a.id
                from appointment a
                left join mutualisation m on m.area_id = a.area_id and m.organisation_id = @Organisation
                                         and @Today between m.from_on and coalesce(m.to_on, 'infinity')
               where (a.organisation_id = @Organisation or m.organisation_id is not null) and @Today between a.start_on and coalesce(a.end_on, 'infinity'))
            select kind, person
              from (select kind, person_id as person, start_on, id, 1 as place from held
                     union all
                    select held.kind, away.cover_id, held.start_on, held.id, 2
                      from held
                      join absence away on away.person_id = held.person_id and not away.ended and @Today between away.from_on and away.to_on
                     where away.cover_id in (select person_id from held)) each
             order by place, start_on, id
            """,
            new { day.Organisation, day.Today })).AsList();
    }

    /// <summary>Adds those that were never raised; one that had settled and is listed again is open again, told to nobody a second time. The ids of the new ones.</summary>
    public async Task<IReadOnlyDictionary<(string Code, Guid Object, string Step), Guid>> AddAsync(AlertDay day, IReadOnlyList<DueAlert> alerts)
    {
        var connection = await db.OpenAsync();
        return (await connection.QueryAsync<(Guid Id, string Code, Guid Object, string Step, bool Added)>(
            """
            insert into alert (organisation_id, id, code, object_type, object_id, step, level, subject, path, due_on, weekends, ladder, next_rung_at, raised_at)
            select @Organisation, n.id, n.code, n.type, n.object, n.step, n.level, n.subject, n.path, n.due, n.weekends, n.ladder, n.next, @Now
              from unnest(@ids, @codes, @types, @objects, @steps, @levels, @subjects, @paths, @dues, @weekends, @ladders, @nexts)
                   as n (id, code, type, object, step, level, subject, path, due, weekends, ladder, next)
            on conflict (organisation_id, code, object_id, step) do update set settled_at = null where alert.settled_at is not null
            returning id, code, object_id, step, xmax = 0
            """,
            new
            {
                day.Organisation, day.Now, ids = alerts.Select(_ => Guid.CreateVersion7()).ToArray(), codes = alerts.Select(one => one.Code).ToArray(),
                types = alerts.Select(one => one.ObjectType).ToArray(), objects = alerts.Select(one => one.ObjectId).ToArray(), steps = alerts.Select(one => one.Step).ToArray(),
                levels = alerts.Select(one => one.Level.ToString().ToUpperInvariant()).ToArray(), subjects = alerts.Select(one => one.Subject).ToArray(),
                paths = alerts.Select(one => one.Path).ToArray(), dues = alerts.Select(one => one.DueOn).ToArray(), weekends = alerts.Select(one => one.Weekends).ToArray(),
                ladders = alerts.Select(one => Rung.Write(one.Ladder)).ToArray(),
                nexts = alerts.Select(one => one.Ladder.Count > 1 && one.WaitsFor is { } wait ? day.Now + wait : (DateTimeOffset?)null).ToArray(),
            })).Where(row => row.Added).ToDictionary(row => (row.Code, row.Object, row.Step), row => row.Id);
    }

    /// <summary>Open alerts of these codes that are no longer so.</summary>
    public async Task<int> SettleAsync(AlertDay day, IReadOnlyCollection<string> codes, IReadOnlyList<DueAlert> still)
    {
        var connection = await db.OpenAsync();
        return await connection.ExecuteAsync(
            """
            update alert a set settled_at = @Now, next_rung_at = null
             where a.organisation_id = @Organisation and a.acknowledged_at is null and a.settled_at is null and a.code = any(@codes)
               and not exists (select from unnest(@stillCodes, @objects, @steps) as s (code, object, step) where s.code = a.code and s.object = a.object_id and s.step = a.step)
            """,
            new
            {
                day.Organisation, day.Now, codes = codes.ToArray(), stillCodes = still.Select(one => one.Code).ToArray(),
                objects = still.Select(one => one.ObjectId).ToArray(), steps = still.Select(one => one.Step).ToArray(),
            });
    }

    public async Task<IReadOnlyList<WaitingAlert>> WaitingAsync(AlertDay day)
    {
        var connection = await db.OpenAsync();
        return (await connection.QueryAsync<WaitingAlert>(
            """
            select id, code, level, weekends, ladder, rung, next_rung_at - coalesce((select max(told_at) from notice n where n.organisation_id = a.organisation_id and n.alert_id = a.id), raised_at) as waited
              from alert a
             where organisation_id = @Organisation and acknowledged_at is null and settled_at is null and next_rung_at <= @Now
             order by raised_at, id
            """,
            new { day.Organisation, day.Now })).AsList();
    }

    public async Task ClimbAsync(AlertDay day, Guid alert, int rung, DateTimeOffset? next)
    {
        var connection = await db.OpenAsync();
        await connection.ExecuteAsync("update alert set rung = @rung, next_rung_at = @next where organisation_id = @Organisation and id = @alert", new { day.Organisation, alert, rung, next });
    }

    /// <summary>Somebody told already is not told twice.</summary>
    public async Task TellAsync(AlertDay day, IReadOnlyList<NewNotice> notices)
    {
        if (notices.Count == 0) return;
        var connection = await db.OpenAsync();
        await connection.ExecuteAsync(
            """
            insert into notice (organisation_id, alert_id, person_id, place, told_at, mail_due_at)
            select @Organisation, n.alert, n.person, n.place, @Now, n.due from unnest(@alerts, @people, @places, @dues) as n (alert, person, place, due)
            on conflict do nothing
            """,
            new
            {
                day.Organisation, day.Now, alerts = notices.Select(one => one.Alert).ToArray(), people = notices.Select(one => one.Person).ToArray(),
                places = notices.Select(one => one.Place).ToArray(), dues = notices.Select(one => one.MailDueAt).ToArray(),
            });
    }
}
