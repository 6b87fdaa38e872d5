using Registry.Data;
using Registry.Features.Requests;
using Registry.History;
using Registry.Tests.Features.Records;

namespace Registry.Tests.Support;

/// <summary>A request of a town, as the correspondent wrote it down.</summary>
public static class TownRequest
{
    public static Task<string> AddAsync(RegistryFixture registry, Town town, string text = "Je veux une copie de mon dossier.", DateOnly? receivedOn = null, RequestStatus status = RequestStatus.Received) =>
        registry.WorkAsync(Scope.ForOrganisation(town.Id), async (db, journal) =>
        {
            var visitor = PublishedRecords.Visitor(town);
            var on = receivedOn ?? town.Organisation.Today(TimeProvider.System);
            var (request, _) = (await new RequestStore(db, visitor, registry.Keys, TimeProvider.System).AddAsync(new RightsRequest
            {
                Id = Guid.CreateVersion7(), Year = on.Year, Channel = "POST", Rights = ["ACCESS"], Status = status, ReceivedOn = on, Course = new(), RegisteredAt = DateTimeOffset.UtcNow, RegisteredBy = "Test",
                Content = new() { Requester = new("Une", "Personne", "personne@exemple.example", null, null), Capacity = "SELF", Text = text },
            }))!.Value;
            journal.Record(new Event(town.Id, Actions.RequestReceived.Code, RightsRequest.ObjectType, request.Id, new EventDetails { Subject = request.Reference }));
            return request.Reference;
        });
}
