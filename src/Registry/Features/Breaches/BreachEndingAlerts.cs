using Dapper;
using Registry.Data;
using Registry.Jobs;

namespace Registry.Features.Breaches;

/// <summary>Files that are erased within thirty days are announced to those who may hold them back (domain §6).</summary>
public sealed class BreachEndingAlerts(Db db) : IAlertSource
{
    public const string Ending = "AL_RETENTION_DUE";
    private const int Days = 30;

    public IReadOnlyList<string> Codes { get; } = [Ending];

    public async Task<IReadOnlyList<DueAlert>> ListAsync(AlertDay day)
    {
        var connection = await db.OpenAsync();
        var ending = await connection.QueryAsync<(Guid Id, string Kind, int Year, int? Number, int? Incident, DateOnly EndsOn)>(
            """
            select b.id, b.kind, b.year, b.number, b.incident_number, e.ends_on
              from breach b
             cross join lateral (select app.breach_ends_on(b.kind, b.status, b.closed_at, @Id) as ends_on) e
             where b.organisation_id = @Organisation and b.closed_at is not null and not b.held and e.ends_on between @Today and @Today + @Days
            """,
            new { day.Organisation, day.Zone.Id, day.Today, Days });
        return [.. ending.Select(file =>
        {
            var reference = Breach.ReferenceOf(file.Kind, file.Year, file.Number, file.Incident);
            return new DueAlert
            {
                Code = Ending, ObjectType = Breach.ObjectType, ObjectId = file.Id, Step = AlertSteps.Name(file.EndsOn, -Days), Level = AlertLevel.Info, DueOn = file.EndsOn, Subject = reference,
                Path = $"/o/{day.Slug}/violations/{reference}", Ladder = [Rung.Of("DPO", "CORRESPONDENT"), Rung.Of("LEGAL_REPRESENTATIVE", "DPO_ASSISTANT")],
            };
        })];
    }
}
