using Registry.Access;
using Registry.Data;
using Registry.Features.Models;
using Registry.Features.Records;
using Registry.History;

namespace Registry.Tests.Support;

/// <summary>Something in the library of a town's area: the officer's edition of a model, with work that no revision holds, and a prepared rollout of it.</summary>
public static class TownLibrary
{
    public const string Code = "ETAT_CIVIL";

    /// <param name="registry">Where.</param>
    /// <param name="town">Whose area.</param>
    /// <param name="others">Bodies that the rollout names besides the town.</param>
    public static Task<Guid> StockAsync(RegistryFixture registry, Town town, params Guid[] others) => registry.WorkAsync(Scope.ForOrganisation(town.LeadId), async (db, journal) =>
    {
        var visitor = new Visitor();
        visitor.Is(Guid.Empty, "Test");
        var (models, rollouts) = (new ModelStore(db, visitor, TimeProvider.System), new RolloutStore(db, visitor, TimeProvider.System));
        var sheet = ModelSheet.Of(RecordModels.Find(Code)!.ToSheet());
        await models.AddAsync(town.LeadId, Guid.CreateVersion7(), Code, ["CCAS"], sheet, revision: 1);
        sheet.Purposes.Purpose = "Une autre finalité";
        await models.SaveAsync((await models.FindAsync(town.LeadId, Code))!, sheet);
        var rollout = Guid.CreateVersion7();
        await rollouts.PrepareAsync(town.LeadId, rollout, RolloutKind.Adopt, [(Code, 1)], [town.Id, .. others]);
        journal.Record(new Event(town.LeadId, "TEST", "RECORD_MODEL", null, new EventDetails()));
        return rollout;
    });
}
