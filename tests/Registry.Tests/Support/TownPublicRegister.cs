using Registry.Access;
using Registry.Data;
using Registry.Features.PublicRegisters;
using Registry.History;

namespace Registry.Tests.Support;

/// <summary>What a town lets its citizens read.</summary>
public static class TownPublicRegister
{
    public static Task<bool> SetAsync(RegistryFixture registry, Town town, bool enabled = true, bool names = false, bool officer = false) =>
        registry.WorkAsync(Scope.ForOrganisation(town.Id), async (db, journal) =>
        {
            var visitor = new Visitor();
            visitor.Is(Guid.Empty, "Test");
            visitor.StandsIn(town.Organisation);
            var store = new PublicRegisterStore(db, visitor, TimeProvider.System);
            journal.Record(new Event(town.Id, Actions.PublicRegisterChanged.Code, "ORGANISATION", town.Id, new EventDetails()));
            return await store.SaveAsync(new() { Enabled = enabled, ShowProcessorNames = names, ShowOfficerName = officer, Version = (await store.ReadAsync()).Version });
        });
}
