using Registry.Data;
using Registry.Features.Opinions;
using Registry.History;
using Registry.Tests.Features.Records;

namespace Registry.Tests.Support;

/// <summary>A question to the officer about a convention, not answered yet.</summary>
public static class TownOpinion
{
    public static Task<string> AddAsync(RegistryFixture registry, Town town, string title = "Clauses de la convention") => registry.WorkAsync(Scope.ForOrganisation(town.Id), async (db, journal) =>
    {
        var id = Guid.CreateVersion7();
        var (number, _) = (await new OpinionStore(db, PublishedRecords.Visitor(town), TimeProvider.System).AddAsync(id, new() { Subject = "CONVENTION", Title = title, About = "C-001", Question = "Manque-t-il une clause ? " + title }))!.Value;
        journal.Record(new Event(town.Id, Actions.OfficerAsked.Code, OfficerOpinion.ObjectType, id, new EventDetails { Subject = title }));
        return OfficerOpinion.ReferenceOf(number);
    });
}
