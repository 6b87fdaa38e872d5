using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Registry.Data;
using Registry.Documents;
using Registry.Features.Imports;
using Registry.History;
using Registry.Tests.Features.Records;

namespace Registry.Tests.Support;

/// <summary>A file that a town has read and not imported yet: one new processing of that name.</summary>
public static class TownImport
{
    public static Task<Guid> AddAsync(RegistryFixture registry, Town town, string title, int rows = 1) => registry.WorkAsync(Scope.ForOrganisation(town.Id), async (db, journal) =>
    {
        var id = Guid.CreateVersion7();
        var table = new SourceTable("Registre", [new(1, ["Nom du traitement"]), .. Enumerable.Range(0, rows).Select(row => new SourceRow(row + 2, [row == 0 ? title : $"{title} {row}"]))], [], []);
        await new ImportStore(db, PublishedRecords.Visitor(town), registry.Services.GetRequiredService<Keys>(), TimeProvider.System)
            .AddAsync(id, new string('a', 64), json: false, new ImportBook(false, [table]).Pack(), new ImportChoice { Header = 1, HeaderEnd = 1, Own = true, Map = new() { [0] = ImportTargets.Title } });
        await (await db.OpenAsync()).ExecuteAsync(
            """
            insert into import_mapping (organisation_id, signature, columns, updated_at, updated_by) values (@Id, repeat('b', 64), '{}', now(), @title) on conflict do nothing;
            insert into record_assessment (organisation_id, record_id, document, sha256, version, attached_at, attached_by)
            select organisation_id, id, '{"pia":{},"answers":[],"measures":[],"evaluations":[],"comments":[]}', repeat('c', 64), 1, now(), @title
              from processing_record where organisation_id = @Id order by number limit 1
            on conflict do nothing
            """,
            new { town.Id, title });
        journal.Record(new Event(town.Id, "TEST", ImportDesk.ObjectType, id, new EventDetails()));
        return id;
    });
}
