using Dapper;
using Registry.Data;
using Registry.History;

namespace Registry.Tests.Support;

/// <summary>A reminder about a town, told to everybody who holds an office in it.</summary>
public static class TownAlerts
{
    public static Task<Guid> AddAsync(RegistryFixture registry, Town town, string subject) => registry.WorkAsync(Scope.ForOrganisation(town.Id), async (db, journal) =>
    {
        var alert = Guid.CreateVersion7();
        await (await db.OpenAsync()).ExecuteAsync(
            """
            insert into alert (organisation_id, id, code, object_type, object_id, step, level, subject, path, due_on, weekends, ladder, raised_at)
            values (@Id, @alert, 'AL_RECORD_REVIEW', 'RECORD', @alert, '2030-01-01 D', 'WARNING', @subject, @path, '2030-01-01', false, 'DPO', now());
            insert into notice (organisation_id, alert_id, person_id, place, told_at)
            select distinct @Id::uuid, @alert::uuid, person_id, 0, now() from appointment where organisation_id = @Id or kind = 'DPO'
            """,
            new { town.Id, alert, subject, path = $"{town.Home}/traitements" });
        journal.Record(new Event(town.Id, "TEST", "ALERT", alert, new EventDetails()));
        return alert;
    });
}
