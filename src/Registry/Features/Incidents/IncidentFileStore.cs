using Dapper;
using Registry.Access;
using Registry.Data;
using Registry.Deadlines;
using Registry.Features.Breaches;
using Registry.Features.Records;

namespace Registry.Features.Incidents;

/// <summary>The crossing from a provider into the bodies that it serves. The database decides who is served, opens the files and lets nothing else through.</summary>
public sealed class IncidentFileStore(Db db, Visitor visitor, TimeProvider clock)
{
    private Guid Provider => visitor.Organisation.Id;

    /// <summary>Under conventions that run today, by name.</summary>
    public async Task<IReadOnlyList<Client>> ClientsAsync()
    {
        var connection = await db.OpenAsync();
        return (await connection.QueryAsync<Client>("""select organisation_id as id, name, time_zone from app.incident_clients(@Provider) order by name collate "fr-x-icu", organisation_id""", new { Provider })).AsList();
    }

    /// <summary>Whom the incident reached already.</summary>
    public async Task<IReadOnlyList<Guid>> ReachedAsync(Guid incident)
    {
        var connection = await db.OpenAsync();
        return (await connection.QueryAsync<Guid>("select reached_id from provider_incident_file where organisation_id = @Provider and incident_id = @incident", new { Provider, incident })).AsList();
    }

    /// <summary>One file for each body, all in one statement: the alert reaches the body now, and now its 72 hours begin (R-BR-3).</summary>
    public async Task<IReadOnlyList<OpenedFile>> OpenAsync(Incident incident, IReadOnlyCollection<Client> bodies)
    {
        var now = clock.GetUtcNow();
        var clocks = bodies.Select(body => body.TimeZone).Distinct().ToDictionary(name => name, name => TimeZoneInfo.FindSystemTimeZoneById(name) is var zone
            ? (TimeZoneInfo.ConvertTime(now, zone).Year, Clock: BreachClock.Start(now, zone)) : default);
        var sheet = new BreachSheet();
        (sheet.Facts.Title, sheet.Facts.DiscoveryMeans, sheet.Facts.Processors) = (incident.Title, "PROCESSOR", [visitor.Organisation.Name]);
        var connection = await db.OpenAsync();
        return (await connection.QueryAsync<OpenedFile>(
            """
            select organisation_id as organisation, breach_id as breach, year, number
              from app.open_incident_files(@Provider, @Id, @bodies, @years, @limits, @outerLimits, @now, @sheet::jsonb, @reporter)
            """,
            new
            {
                Provider, incident.Id, now, bodies = bodies.Select(body => body.Id).ToArray(), years = bodies.Select(body => clocks[body.TimeZone].Year).ToArray(),
                limits = bodies.Select(body => clocks[body.TimeZone].Clock.Strict.ExpiresAt.ToUniversalTime()).ToArray(),
                outerLimits = bodies.Select(body => clocks[body.TimeZone].Clock.Outer.ExpiresAt.ToUniversalTime()).ToArray(), sheet = SheetJson.WritePart(sheet), reporter = $"{visitor.Name} ({visitor.Organisation.Name})",
            })).AsList();
    }

    /// <summary>The files whose chains may take the line that more was shared.</summary>
    public async Task<IReadOnlyList<OpenedFile>> TellAsync(Guid incident)
    {
        var connection = await db.OpenAsync();
        return (await connection.QueryAsync<OpenedFile>(
            "select organisation_id as organisation, breach_id as breach, year, number from app.tell_incident_files(@Provider, @incident)", new { Provider, incident })).AsList();
    }

    public async Task<IReadOnlyList<Receipt>> ReceiptsAsync(Guid incident)
    {
        var connection = await db.OpenAsync();
        return (await connection.QueryAsync<Receipt>("select name, told_at, acknowledged_at, acknowledged_by, taken_up from app.incident_receipts(@Provider, @incident)", new { Provider, incident })).AsList();
    }
}
