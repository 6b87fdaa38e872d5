using Dapper;
using Registry.Data;
using Registry.History;

namespace Registry.Tests.Support;

/// <summary>A file that a town has handed out.</summary>
public static class TownHandOver
{
    public static Task<Guid> AddAsync(RegistryFixture registry, Town town, Guid? under = null) => registry.WorkAsync(Scope.ForOrganisation(town.Id), async (db, journal) =>
    {
        var id = under ?? Guid.CreateVersion7();
        await (await db.OpenAsync()).ExecuteAsync(
            """
            insert into hand_over (organisation_id, id, as_of, authority, reason, records, versions, intact, file_name, archive, sha256, made_at, made_by)
            values (@Id, @hand, '2026-04-15', 'CNIL', 'Contrôle', 1, 1, true, 'dossier.zip', 'x', encode(sha256('x'), 'hex'), now(), 'Test')
            """,
            new { town.Id, hand = id });
        journal.Record(new Event(town.Id, "TEST", "HAND_OVER", id, new EventDetails()));
        return id;
    });
}
