using Registry.Data;
using Registry.Features.Requests;
using Registry.Files;
using Registry.History;
using Registry.Tests.Features.Records;

namespace Registry.Tests.Support;

/// <summary>A file of a request, as a page would have kept it; and a message.</summary>
public static class TownFile
{
    public static Task<Guid> AddAsync(RegistryFixture registry, Town town, string reference, RequestFileKind kind = RequestFileKind.Answer, string name = "Copie des données.csv", byte[]? content = null) =>
        registry.WorkAsync(Scope.ForOrganisation(town.Id), async (db, journal) =>
        {
            var visitor = PublishedRecords.Visitor(town);
            var request = (await new RequestStore(db, visitor, registry.Keys, TimeProvider.System).FindAsync(reference))!;
            var files = new RequestFileStore(db, visitor, registry.Keys, TimeProvider.System);
            Assert.True(await files.AddAsync(request.Id, kind, [new InspectedFile(name, FileMedia.Csv, content ?? "nom;rue\n"u8.ToArray())], kind == RequestFileKind.Identity ? town.Organisation.Today(TimeProvider.System).AddDays(RequestFile.ProofDays) : null));
            journal.Record(new Event(town.Id, Actions.RequestFileReceived.Code, RightsRequest.ObjectType, request.Id, new EventDetails { Subject = reference }));
            return (await files.ListAsync(request.Id))[^1].Id;
        });

    public static Task<bool> SayAsync(RegistryFixture registry, Town town, string reference, string text = "Avez-vous une précision ?", bool fromPerson = false) =>
        registry.WorkAsync(Scope.ForOrganisation(town.Id), async (db, journal) =>
        {
            var visitor = PublishedRecords.Visitor(town);
            var request = (await new RequestStore(db, visitor, registry.Keys, TimeProvider.System).FindAsync(reference))!;
            journal.Record(new Event(town.Id, Actions.RequestMessageSent.Code, RightsRequest.ObjectType, request.Id, new EventDetails { Subject = reference }));
            return await new RequestDialogueStore(db, visitor, registry.Keys, TimeProvider.System).AddAsync(Guid.CreateVersion7(), request.Id, text, fromPerson);
        });

    public static Task<bool> JudgeAsync(RegistryFixture registry, Town town, Guid file, RequestFileState verdict) => registry.WorkAsync(Scope.ForOrganisation(town.Id), async (db, journal) =>
    {
        journal.Record(new Event(town.Id, Actions.RequestFileJudged.Code, RightsRequest.ObjectType, file, new EventDetails()));
        return await new RequestFileStore(db, PublishedRecords.Visitor(town), registry.Keys, TimeProvider.System).JudgeAsync(file, verdict, null);
    });
}
