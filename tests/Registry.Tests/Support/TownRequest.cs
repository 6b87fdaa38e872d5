using Registry.Data;
using Registry.Features.Requests;
using Registry.History;
using Registry.Tests.Features.Records;

namespace Registry.Tests.Support;

/// <summary>A request of a town, as the correspondent wrote it down.</summary>
public static class TownRequest
{
    public static Task<string> AddAsync(RegistryFixture registry, Town town, string text = "Je veux une copie de mon dossier.", DateOnly? receivedOn = null, RequestStatus status = RequestStatus.Received, Person? requester = null) =>
        registry.WorkAsync(Scope.ForOrganisation(town.Id), async (db, journal) =>
        {
            var visitor = PublishedRecords.Visitor(town);
            var on = receivedOn ?? town.Organisation.Today(TimeProvider.System);
            var (request, _) = (await new RequestStore(db, visitor, registry.Keys, TimeProvider.System).AddAsync(new RightsRequest
            {
                Id = Guid.CreateVersion7(), Year = on.Year, Channel = "POST", Rights = ["ACCESS"], Status = status, ReceivedOn = on, Course = new(), RegisteredAt = DateTimeOffset.UtcNow, RegisteredBy = "Test",
                Content = new() { Requester = requester ?? new("Une", "Personne", "personne@exemple.example", null, null), Capacity = "SELF", Text = text },
            }))!.Value;
            journal.Record(new Event(town.Id, Actions.RequestReceived.Code, RightsRequest.ObjectType, request.Id, new EventDetails { Subject = request.Reference }));
            return request.Reference;
        });

    /// <summary>A request in handling, and a line of its search sheet that a service of the town is asked to answer.</summary>
    public static async Task<(string Reference, Guid Search)> SearchedAsync(RegistryFixture registry, Town town, string instruction = "Le dossier de la cantine.", int lines = 1)
    {
        var reference = await AddAsync(registry, town, status: RequestStatus.InProgress);
        var id = Guid.Empty;
        for (var i = 0; i < lines; i++) id = await SearchAsync(registry, town, reference, instruction);
        return (reference, id);
    }

    /// <summary>A request in handling, and the part of it that the town's provider is asked to search.</summary>
    public static async Task<(string Reference, Guid Search)> AskedOfProviderAsync(RegistryFixture registry, Town town, Town provider, string instruction = "Les sauvegardes de la cantine.", RequestStatus status = RequestStatus.InProgress)
    {
        var reference = await AddAsync(registry, town, status: status);
        var convention = await TownProviderRequest.ConventionAsync(registry, town, provider);
        var name = $"Hébergement {Guid.NewGuid():n}";
        var (system, _) = await town.AddSystemAsync(name);
        return (reference, await registry.WorkAsync(Scope.ForOrganisation(town.Id), async (db, journal) =>
        {
            var visitor = PublishedRecords.Visitor(town);
            var request = (await new RequestStore(db, visitor, registry.Keys, TimeProvider.System).FindAsync(reference, toChange: true))!;
            var task = new SearchTask
            {
                Id = Guid.CreateVersion7(), RequestId = request.Id, SystemId = system, SystemName = name, DueOn = town.Organisation.Today(TimeProvider.System).AddDays(5), Content = new(instruction),
                Asked = new("Syndicat de test", null, town.Id, convention, ProviderId: provider.Id),
            };
            Assert.True(await new SearchSheetStore(db, visitor, registry.Keys, TimeProvider.System).AddAsync(task, reference));
            journal.Record(new Event(town.Id, Actions.RequestSearchAsked.Code, RightsRequest.ObjectType, request.Id, new EventDetails { Subject = request.Reference }));
            return task.Id;
        }));
    }

    public static Task<Guid> SearchAsync(RegistryFixture registry, Town town, string reference, string instruction) =>
        registry.WorkAsync(Scope.ForOrganisation(town.Id), async (db, journal) =>
        {
            var visitor = PublishedRecords.Visitor(town);
            var request = (await new RequestStore(db, visitor, registry.Keys, TimeProvider.System).FindAsync(reference, toChange: true))!;
            var unit = await Dapper.SqlMapper.ExecuteScalarAsync<Guid>(await db.OpenAsync(),
                "insert into org_unit (organisation_id, id, name) values (@Id, gen_random_uuid(), 'Service ' || gen_random_uuid()) returning id", new { town.Id });
            var task = new SearchTask { Id = Guid.CreateVersion7(), RequestId = request.Id, Asked = new("Cantine", unit, null, null), DueOn = town.Organisation.Today(TimeProvider.System).AddDays(5), Content = new(instruction) };
            Assert.True(await new SearchSheetStore(db, visitor, registry.Keys, TimeProvider.System).AddAsync(task, reference));
            journal.Record(new Event(town.Id, Actions.RequestSearchAsked.Code, RightsRequest.ObjectType, request.Id, new EventDetails { Subject = request.Reference }));
            return task.Id;
        });
}
