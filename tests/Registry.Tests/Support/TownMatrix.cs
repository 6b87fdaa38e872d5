using Registry.Data;
using Registry.Features.Conventions;
using Registry.Features.Responsibilities;
using Registry.History;
using Registry.Tests.Features.Records;

namespace Registry.Tests.Support;

/// <summary>The responsibility matrix of a town's convention, started from the model, its first version issued.</summary>
public static class TownMatrix
{
    public static Task<int> AddAsync(RegistryFixture registry, Town town, string reference, Action<MatrixSheet>? change = null, bool issue = true) =>
        registry.WorkAsync(Scope.ForOrganisation(town.Id), async (db, journal) =>
        {
            var visitor = PublishedRecords.Visitor(town);
            var convention = (await new ConventionStore(db, visitor, TimeProvider.System).FindAsync(reference))!;
            var parties = MatrixParty.Of(convention.Read().Parties);
            var matrix = MatrixModel.For(parties);
            change?.Invoke(matrix);
            var store = new MatrixStore(db, visitor, TimeProvider.System);
            Assert.True(await store.AddAsync(convention, matrix));
            var number = issue ? await store.IssueAsync(convention, new([.. parties], matrix), "Première version") : 0;
            journal.Record(new Event(town.Id, "TEST", Convention.ObjectType, convention.Id, new EventDetails()));
            return number;
        });
}
