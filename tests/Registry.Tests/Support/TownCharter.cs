using Registry.Data;
using Registry.Features.Charters;
using Registry.Features.Trainings;
using Registry.History;
using Registry.Tests.Features.Records;

namespace Registry.Tests.Support;

/// <summary>The charter of a town in its first version, and a training that was held.</summary>
public static class TownCharter
{
    public static Task<Guid> AddAsync(RegistryFixture registry, Town town, string title = "Charte informatique") => registry.WorkAsync(Scope.ForOrganisation(town.Id), async (db, journal) =>
    {
        var visitor = PublishedRecords.Visitor(town);
        var (version, training) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        Assert.NotNull(await new CharterStore(db, visitor, TimeProvider.System).IssueAsync(version, title, "Chacun garde son mot de passe pour soi.", null));
        Assert.True(await new TrainingStore(db, visitor, TimeProvider.System).AddAsync(training, new() { Kind = "AWARENESS", HeldOn = new(2026, 3, 2), Topic = "Hameçonnage, " + title, Headcount = 12 }));
        journal.Record(new Event(town.Id, Actions.CharterIssued.Code, CharterVersion.ObjectType, version, new EventDetails { Subject = title }));
        return training;
    });
}
