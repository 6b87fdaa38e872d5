using Registry.Access;
using Registry.Data;
using Registry.Features.Models;
using Registry.Features.Records;
using Registry.History;

namespace Registry.Demo;

/// <summary>The officer's own library: she has made one model hers and issued a revision, so the registers that took it have something to compare.</summary>
internal static class DemoLibrary
{
    private const string Revised = "RH_RECRUTEMENT";

    public static async Task AddAsync(Database database, Chain chain)
    {
        var library = await LibraryAsync(database);
        var shipped = RecordModels.Find(Revised)!;
        var (id, sheet) = (Guid.CreateVersion7(), ModelSheet.Of(shipped.ToSheet()));
        await ActAsync(40, async (store, journal) =>
        {
            await store.AddAsync(library, id, Revised, [.. shipped.OrganisationTypes], sheet, revision: 1);
            Tell(journal, Actions.ModelAdded, shipped.TitleFr);
        });
        sheet.Purposes.Purpose = "Recruter les agents : recueillir et examiner les candidatures, mener les entretiens, garder un vivier avec l’accord des candidats";
        sheet.Retention.Rules.Add(new RetentionRule
        {
            Id = "vivier", Scope = "Vivier de candidatures, avec l’accord du candidat", ActiveDuration = "P2Y", ActiveTrigger = "LAST_CONTACT", Final = "E", Source = "CNIL, guide du recrutement", Confidence = "HIGH",
        });
        await ActAsync(6, async (store, journal) =>
        {
            await store.SaveAsync((await store.FindAsync(library, Revised))!, sheet);
            await store.IssueAsync((await store.FindAsync(library, Revised))!, sheet, "Le vivier demande l’accord des candidats et a sa durée : deux ans après le dernier contact.");
            Tell(journal, Actions.ModelIssued, $"{shipped.TitleFr}, révision 2");
        });

        void Tell(Journal journal, Happening happening, string subject) =>
            journal.Record(new Event(library, happening.Code, Features.Models.DetailsModel.ObjectType, id, new EventDetails { Subject = subject }));

        async Task ActAsync(int daysAgo, Func<ModelStore, Journal, Task> act)
        {
            var clock = new DemoClock(TimeSpan.FromDays(daysAgo));
            await using var db = new Db(database, TimeProvider.System);
            db.ActFor(Scope.ForOrganisation(library));
            var visitor = new Visitor();
            visitor.Is(Guid.Empty, DemoPeople.Officer.Name);
            var journal = new Journal(db, chain, clock) { Actor = visitor.Name, Role = "DPO", RequestId = "demo" };
            await act(new ModelStore(db, visitor, clock), journal);
            await db.CommitAsync();
        }
    }

    private static async Task<Guid> LibraryAsync(Database database)
    {
        await using var db = new Db(database, TimeProvider.System);
        db.ActFor(Scope.Platform, readOnly: true);
        var visitor = new Visitor();
        visitor.Is(DemoPeople.Officer.Id, DemoPeople.Officer.Name);
        return (await new ModelStore(db, visitor, TimeProvider.System).LibraryAsync())!.Value;
    }
}
