using Dapper;
using Registry.Data;
using Registry.History;

namespace Registry.Tests.Support;

/// <summary>A reminder about a town, told to everybody who holds an office in it.</summary>
public static class TownAlerts
{
    public static Task<Guid> AddAsync(RegistryFixture registry, Town town, string subject) => AddAsync(registry, town, subject, town.Id, Guid.CreateVersion7());

    /// <param name="registry">Where.</param>
    /// <param name="town">Whose area.</param>
    /// <param name="subject">What it says.</param>
    /// <param name="organisation">In which body of the area it waits.</param>
    /// <param name="about">The object, which several bodies may share.</param>
    public static Task<Guid> AddAsync(RegistryFixture registry, Town town, string subject, Guid organisation, Guid about) => registry.WorkAsync(Scope.ForOrganisation(organisation), async (db, journal) =>
    {
        var alert = Guid.CreateVersion7();
        await (await db.OpenAsync()).ExecuteAsync(
            """
            insert into alert (organisation_id, id, code, object_type, object_id, step, level, subject, path, due_on, weekends, ladder, raised_at)
            values (@organisation, @alert, 'AL_RECORD_REVIEW', 'RECORD', @about, '2030-01-01 D', 'WARNING', @subject, @path, '2030-01-01', false, 'DPO', now());
            insert into notice (organisation_id, alert_id, person_id, place, told_at)
            select distinct @organisation::uuid, @alert::uuid, person_id, 0, now() from appointment where organisation_id = @organisation or kind = 'DPO'
            """,
            new { organisation, about, alert, subject, path = $"{town.Home}/traitements" });
        journal.Record(new Event(organisation, "TEST", "ALERT", alert, new EventDetails()));
        return alert;
    });
}
