using Dapper;
using Registry.Data;
using Registry.Features.Responsibilities;

namespace Registry.Features.Breaches;

/// <summary>What a file shows of the incident that opened it: who said it, what was shared when (the last first), and who must do what under the convention.</summary>
public sealed record IncidentOfFile(ProviderIncident Incident, IReadOnlyList<SharedState> States, Duties Duties);

/// <summary>The incidents of providers, from the side of the bodies that they reached.</summary>
public sealed class ProviderIncidents(Db db, Responsibilities.Responsibilities responsibilities)
{
    private const int MostStates = 50;

    public async Task<IncidentOfFile?> OfAsync(Guid organisation, Guid incident)
    {
        var connection = await db.OpenAsync();
        await using var answers = await connection.QueryMultipleAsync(
            """
            select i.id, i.year, i.number, i.provider_name, f.convention_id, f.target_hours, f.told_at
              from provider_incident_file f
              join provider_incident i on i.organisation_id = f.organisation_id and i.id = f.incident_id
             where f.reached_id = @organisation and f.incident_id = @incident;
            select s.number, s.content::text as content_json, s.made_at, s.made_by
              from provider_incident_file f
              join provider_incident_state s on s.organisation_id = f.organisation_id and s.incident_id = f.incident_id
             where f.reached_id = @organisation and f.incident_id = @incident
             order by s.number desc limit @MostStates
            """,
            new { organisation, incident, MostStates });
        if (await answers.ReadSingleOrDefaultAsync<ProviderIncident>() is not { } found) return null;
        var states = (await answers.ReadAsync<SharedState>()).AsList();
        return new(found, states, await responsibilities.OfAsync(found.ConventionId, Duties.Breach));
    }
}
