using Dapper;
using Registry.Data;
using Registry.Features.Breaches;
using Registry.Jobs;

namespace Registry.Features.Incidents;

/// <summary>That a body was told later than its convention gives: the provider's manager hears of it too (domain §5).</summary>
public sealed class IncidentAlerts(Db db) : IAlertSource
{
    public IReadOnlyList<string> Codes { get; } = [BreachEntryAlerts.Late];

    public bool ByTheHour => true;

    public async Task<IReadOnlyList<DueAlert>> ListAsync(AlertDay day)
    {
        var connection = await db.OpenAsync();
        var late = await connection.QueryAsync<(Guid Id, int Year, int Number)>(
            """
            select i.id, i.year, i.number from provider_incident i
             where i.organisation_id = @Organisation
               and exists (select from provider_incident_file f where f.organisation_id = i.organisation_id and f.incident_id = i.id and f.told_at - i.noticed_at > make_interval(hours => f.target_hours))
            """,
            new { day.Organisation });
        return [.. late.Select(incident => new DueAlert
        {
            Code = BreachEntryAlerts.Late, ObjectType = ProviderIncident.ObjectType, ObjectId = incident.Id, Step = "once", Level = AlertLevel.Urgent,
            Subject = ProviderIncident.ReferenceOf(incident.Year, incident.Number), Path = $"/o/{day.Slug}/incidents/{ProviderIncident.ReferenceOf(incident.Year, incident.Number)}",
            Ladder = [Rung.Of("CONTRACT_MANAGER")], Weekends = true,
        })];
    }
}
