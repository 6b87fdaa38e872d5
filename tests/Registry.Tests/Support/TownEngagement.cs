using Registry.Data;
using Registry.Features.Engagements;
using Registry.Features.Records;
using Registry.History;
using Registry.Tests.Features.Records;

namespace Registry.Tests.Support;

/// <summary>A contract of a town with a processor, and one further processor that was announced.</summary>
public static class TownEngagement
{
    public static Task<(Guid Engagement, Guid Declaration)> AddAsync(RegistryFixture registry, Town town, string processor, DateOnly? announcedOn = null, string mode = "GENERAL", Action<EngagementSheet>? change = null) =>
        registry.WorkAsync(Scope.ForOrganisation(town.Id), async (db, journal) =>
        {
            var visitor = PublishedRecords.Visitor(town);
            var today = town.Organisation.Today(TimeProvider.System);
            var (store, subProcessors) = (new EngagementStore(db, visitor, TimeProvider.System), new SubProcessorStore(db, visitor, TimeProvider.System));
            var party = (await new KnownThings(db, visitor, journal, TimeProvider.System).ThirdPartyAsync(processor, "PROCESSOR"))!.Value;
            var (id, declaration) = (Guid.CreateVersion7(), Guid.CreateVersion7());
            var sheet = new EngagementSheet { Terms = new() { Processor = processor, Service = "Hébergement", ContractReference = "marché 2025-01", StartOn = new(2025, 1, 1), Authorisation = mode } };
            change?.Invoke(sheet);
            Assert.True(await store.AddAsync(id, sheet, party, null, null));
            Assert.True(await subProcessors.AddAsync(declaration, id, null, new() { Name = "Sous-" + processor, Service = "Sauvegarde", Country = "FR", AnnouncedOn = announcedOn ?? today, Mode = mode }));
            journal.Record(new Event(town.Id, "TEST", Engagement.ObjectType, id, new EventDetails { Subject = processor }));
            return (id, declaration);
        });
}
