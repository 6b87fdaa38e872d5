using Dapper;
using Registry.Access;
using Registry.Data;
using Registry.Features.Breaches;
using Registry.Features.Records;

namespace Registry.Features.Incidents;

/// <summary>The incidents that the current organisation told the bodies it serves.</summary>
public sealed class IncidentStore(Db db, Visitor visitor, TimeProvider clock)
{
    public const int PageSize = 50;
    private const int MostStates = 50;

    private Guid Organisation => visitor.Organisation.Id;

    public async Task<IReadOnlyList<IncidentLine>> ListAsync(string? text, int page)
    {
        var connection = await db.OpenAsync();
        return (await connection.QueryAsync<IncidentLine>(
            """
            select i.year, i.number, i.title, i.noticed_at, i.ended_at, i.reported_at, count(*) over ()::int as total,
                   (select count(*)::int from provider_incident_file f where f.organisation_id = i.organisation_id and f.incident_id = i.id) as bodies,
                   (select count(*) filter (where r.acknowledged_at is not null or r.taken_up)::int from app.incident_receipts(i.organisation_id, i.id) r) as known
              from provider_incident i
             where i.organisation_id = @Organisation and (@text is null or i.title ilike @text)
             order by i.reported_at desc, i.id
             limit @PageSize offset @offset
            """,
            new { Organisation, text = Pattern.Containing(text ?? ""), PageSize, offset = (page - 1) * PageSize })).AsList();
    }

    public async Task<Incident?> FindAsync(string reference, bool toChange = false)
    {
        if (Incident.Parse(reference) is not var (year, number)) return null;
        var connection = await db.OpenAsync();
        // A writer waits for the other one here, then reads what that one left.
        if (toChange) await connection.ExecuteAsync("select from provider_incident where organisation_id = @Organisation and year = @year and number = @number for update", new { Organisation, year, number });
        return await connection.QuerySingleOrDefaultAsync<Incident>(
            """
            select id, year, number, title, sheet::text as sheet_json, version, reported_at, reported_by
              from provider_incident where organisation_id = @Organisation and year = @year and number = @number
            """,
            new { Organisation, year, number });
    }

    /// <summary>Adds it under the id that its form brought; the same form sent twice finds the first one (S-92).</summary>
    public async Task<(Incident Incident, bool Added)> AddAsync(Guid id, SharedFacts facts)
    {
        var connection = await db.OpenAsync();
        await connection.ExecuteAsync("select pg_advisory_xact_lock(hashtextextended(@form, 0))", new { form = $"{Organisation}/{id}" });
        if (await connection.QuerySingleOrDefaultAsync<Incident>(
                "select id, year, number, title, sheet::text as sheet_json, version, reported_at, reported_by from provider_incident where organisation_id = @Organisation and id = @id", new { Organisation, id }) is { } first)
            return (first, false);
        var now = clock.GetUtcNow();
        var year = TimeZoneInfo.ConvertTime(now, visitor.Organisation.Zone).Year;
        var number = await connection.ExecuteScalarAsync<int>(
            """
            insert into reference_counter (organisation_id, kind, last) values (@Organisation, @series, 1)
            on conflict (organisation_id, kind) do update set last = reference_counter.last + 1
            returning last
            """,
            new { Organisation, series = $"IP-{year}" });
        var sheet = SheetJson.WritePart(facts);
        await connection.ExecuteAsync(
            """
            insert into provider_incident (organisation_id, id, year, number, provider_name, title, started_at, noticed_at, ended_at, sheet, reported_at, reported_by, updated_at, updated_by)
            values (@Organisation, @id, @year, @number, @provider, @Title, @StartedAt, @NoticedAt, @EndedAt, @sheet::jsonb, @now, @by, @now, @by);
            insert into provider_incident_state (organisation_id, incident_id, number, content, made_at, made_by) values (@Organisation, @id, 1, @sheet::jsonb, @now, @by)
            """,
            new { Organisation, id, year, number, provider = visitor.Organisation.Name, facts.Title, facts.StartedAt, facts.NoticedAt, facts.EndedAt, sheet, now, by = visitor.Name });
        return (new() { Id = id, Year = year, Number = number, Title = facts.Title, SheetJson = sheet, Version = 1, ReportedAt = now, ReportedBy = visitor.Name }, true);
    }

    /// <summary>Shares the facts anew, what was shared before stays; false when somebody was faster.</summary>
    public async Task<bool> SaveAsync(Incident incident, SharedFacts facts, int seen)
    {
        var connection = await db.OpenAsync();
        return await connection.ExecuteAsync(
            """
            with saved as (update provider_incident
                              set title = @Title, started_at = @StartedAt, noticed_at = @NoticedAt, ended_at = @EndedAt, sheet = @sheet::jsonb, updated_at = @now, updated_by = @by, version = version + 1
                            where organisation_id = @Organisation and id = @Id and version = @seen
                        returning version)
            insert into provider_incident_state (organisation_id, incident_id, number, content, made_at, made_by) select @Organisation, @Id, version, @sheet::jsonb, @now, @by from saved
            """,
            new { Organisation, incident.Id, seen, facts.Title, facts.StartedAt, facts.NoticedAt, facts.EndedAt, sheet = SheetJson.WritePart(facts), now = clock.GetUtcNow(), by = visitor.Name }) == 1;
    }

    /// <summary>What was shared, the last first.</summary>
    public async Task<IReadOnlyList<SharedState>> StatesAsync(Guid incident)
    {
        var connection = await db.OpenAsync();
        return (await connection.QueryAsync<SharedState>(
            """
            select number, content::text as content_json, made_at, made_by from provider_incident_state
             where organisation_id = @Organisation and incident_id = @incident order by number desc limit @MostStates
            """,
            new { Organisation, incident, MostStates })).AsList();
    }
}
