using Dapper;
using Registry.Data;
using Registry.Features.ProviderRequests;
using Registry.Features.Records;
using Registry.History;
using Registry.Tests.Features.Records;

namespace Registry.Tests.Support;

/// <summary>A convention under which one town is the provider of another, and what is asked under it.</summary>
public static class TownProviderRequest
{
    /// <summary>The running convention between the two, made when there is none.</summary>
    public static async Task<Guid> ConventionAsync(RegistryFixture registry, Town town, Town provider)
    {
        await using var connection = await registry.SuperuserAsync();
        return await connection.ExecuteScalarAsync<Guid?>("select convention_id from app.convention_party where organisation_id = @Town and party_organisation_id = @Provider and role = 'PROVIDER'", new { Town = town.Id, Provider = provider.Id })
            ?? (await TownConvention.AddAsync(registry, town, "Hébergement chez le voisin", provider.Id)).Id;
    }

    public static async Task<(string Reference, Guid Id)> AddAsync(RegistryFixture registry, Town town, Town provider, string system, string status = "SUBMITTED", string nature = ProviderRequest.AccessNature)
    {
        var convention = await ConventionAsync(registry, town, provider);
        return await registry.WorkAsync(Scope.ForOrganisation(town.Id), async (db, journal) =>
        {
            var (store, now) = (new ProviderRequestStore(db, PublishedRecords.Visitor(town), TimeProvider.System), DateTimeOffset.UtcNow);
            var (request, _) = (await store.AddAsync(new ProviderRequest
            {
                OrganisationId = town.Id, Id = Guid.CreateVersion7(), Nature = nature, Year = now.Year, Origin = ProviderRequest.ByBeneficiary, ConventionId = convention, ProviderId = provider.Id, ProviderName = provider.Name,
                OrganisationName = town.Name, Kind = nature == ProviderRequest.AccessNature ? "GRANT_ACCESS" : null, System = system, Status = status, RequestedBy = "Test", CreatedAt = now,
                SubmittedAt = status == "DRAFT" ? null : now, Version = 1, ContentJson = SheetJson.WritePart(new Asked { PersonName = "Camille Exemple", PersonFunction = "Agente", Reason = "Arrivée" }),
            }))!.Value;
            journal.Record(new Event(town.Id, Actions.ProviderRequestSubmitted.Code, ProviderRequest.ObjectType, request.Id, new EventDetails { Subject = system }));
            return (request.Reference, request.Id);
        });
    }
}
