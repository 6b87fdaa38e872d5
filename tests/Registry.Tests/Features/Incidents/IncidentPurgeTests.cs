using System.Net;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Registry.Data;
using Registry.Features.Ageing;
using Registry.Tests.Support;

namespace Registry.Tests.Features.Incidents;

/// <summary>What a provider told stays as long as one of the bodies it told keeps its file, and goes after the last of them.</summary>
[Trait("Kind", "pages")]
public sealed class IncidentPurgeTests(RegistryFixture registry)
{
    private const string Word = "Portulan";

    [Fact]
    [Trait("S", "61")]
    [Trait("S", "103")]
    public async Task An_incident_goes_from_its_provider_after_the_last_file_that_it_opened()
    {
        var (provider, first, second) = (await Town.FoundAsync(registry), await Town.FoundAsync(registry), await Town.FoundAsync(registry));
        await TownIncident.ServesAsync(registry, provider, first, second);
        var reference = await TownIncident.AddAsync(registry, provider, Word + " ouvert à tous");
        using var desk = await provider.EnterAsync("HELPDESK_AGENT");
        await using var connection = await registry.SuperuserAsync();
        await ClosedAsync(connection, first, "5 years 1 day");
        await ClosedAsync(connection, second, "4 years 364 days");

        await AgeAsync(connection, first);
        await AgeAsync(connection, second);
        await AgeAsync(connection, provider);
        Assert.Equal((0, 1), (await FilesAsync(connection, first), await FilesAsync(connection, second)));
        Assert.Equal(HttpStatusCode.OK, (await desk.GetAsync($"{provider.Home}/incidents/{reference}")).Status);

        await ClosedAsync(connection, second, "5 years 1 day");
        await AgeAsync(connection, second);
        await AgeAsync(connection, provider);
        Assert.Equal(HttpStatusCode.NotFound, (await desk.GetAsync($"{provider.Home}/incidents/{reference}")).Status);
        var kept = await Planted.DumpAsync(connection, provider.Id);
        foreach (var form in Planted.FormsOf(Word)) Assert.DoesNotContain(form, kept);
        Assert.Equal(1, await connection.ExecuteScalarAsync<int>("select count(*)::int from history.event where organisation_id = @Id and object_type = 'PROVIDER_INCIDENT' and action = 'CONTENT_ERASED'", new { provider.Id }));
    }

    private static Task<int> FilesAsync(NpgsqlConnection connection, Town town) => connection.ExecuteScalarAsync<int>("select count(*)::int from app.breach where organisation_id = @Id", new { town.Id });

    /// <summary>As years would have left it.</summary>
    private static Task<int> ClosedAsync(NpgsqlConnection connection, Town town, string age) => connection.ExecuteAsync(
        """
        set session_replication_role = replica;
        update app.breach set status = 'CLOSED', closed_at = now() - @age::interval where organisation_id = @Id;
        update app.provider_incident i set reported_at = now() - interval '5 years 2 days' from app.provider_incident_file f where f.reached_id = @Id and i.id = f.incident_id;
        set session_replication_role = origin
        """,
        new { age, town.Id });

    /// <summary>The day's round, on a new day.</summary>
    private async Task AgeAsync(NpgsqlConnection connection, Town town)
    {
        await connection.ExecuteAsync("set session_replication_role = replica; delete from app.job_run where organisation_id = @Id; set session_replication_role = origin", new { town.Id });
        Assert.True(await registry.Services.GetRequiredService<AgeingRunner>().AgeAsync(town.Id));
    }
}
