using Registry.Data;
using Registry.Features.AuthorityRequests;
using Registry.History;
using Registry.Tests.Features.Records;

namespace Registry.Tests.Support;

/// <summary>What an authority asked of a town that is the provider of another.</summary>
public static class TownInquiry
{
    public static async Task<string> AddAsync(RegistryFixture registry, Town processor, Town controller, string authority = "Tribunal judiciaire", DateOnly? receivedOn = null)
    {
        var convention = await TownProviderRequest.ConventionAsync(registry, controller, processor);
        return await registry.WorkAsync(Scope.ForOrganisation(processor.Id), async (db, journal) =>
        {
            var (store, now) = (new AuthorityRequestStore(db, PublishedRecords.Visitor(processor), TimeProvider.System), DateTimeOffset.UtcNow);
            var received = receivedOn ?? DateOnly.FromDateTime(now.UtcDateTime);
            var (request, _) = (await store.AddAsync(new AuthorityRequest
            {
                OrganisationId = processor.Id, Id = Guid.CreateVersion7(), Side = AuthorityRequest.Processor, Year = received.Year, ConventionId = convention, ProcessorId = processor.Id, ProcessorName = processor.Name,
                ControllerId = controller.Id, ControllerName = controller.Name, ReceivedOn = received, Authority = authority, Kind = "JUDICIAL", DataConcerned = "Traces de connexion", Status = "RECEIVED",
                RedirectBy = AuthorityRequest.Due(received, processor.Organisation).DueOn, CreatedAt = now, CreatedBy = "Test", Version = 1,
            }))!.Value;
            journal.Record(new Event(processor.Id, Actions.AuthorityRequestReceived.Code, AuthorityRequest.ObjectType, request.Id, new EventDetails { Subject = request.Reference }));
            return request.Reference;
        });
    }
}
