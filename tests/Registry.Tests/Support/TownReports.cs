using Dapper;
using Registry.Data;
using Registry.Features.AnnualReports;
using Registry.History;

namespace Registry.Tests.Support;

/// <summary>An order of annual reports of a town's area that is over.</summary>
public static class TownReports
{
    public static Task<Guid> AddAsync(RegistryFixture registry, Town town, string name = "Commune") => registry.WorkAsync(Scope.ForOrganisation(town.LeadId), async (db, journal) =>
    {
        var order = Guid.CreateVersion7();
        await (await db.OpenAsync()).ExecuteAsync(
            """
            insert into report_order (organisation_id, id, area_id, year, status, person_id, person_name, ordered_at, finished_at) values (@LeadId, @order, @AreaId, 2025, 'DONE', @order, 'Test', now(), now());
            insert into report_target (organisation_id, order_id, target_id, name, document_id, status, reason) values (@LeadId, @order, @Id, @name, @order, 'REFUSED', 'Essai')
            """, new { town.LeadId, order, town.AreaId, town.Id, name });
        journal.Record(new Event(town.LeadId, "TEST", ReportOrder.ObjectType, order, new EventDetails()));
        return order;
    });
}
