using System.Net;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Registry.Features.Conventions;
using Registry.Tests.Support;

namespace Registry.Tests.Features.Conventions;

/// <summary>The end of a convention from the side that holds the data: what it proves is taken up by who keeps the text.</summary>
[Trait("Kind", "pages")]
public sealed class RestitutionTests(RegistryFixture registry)
{
    private static DateOnly Today => DateOnly.FromDateTime(DateTime.UtcNow);

    [Fact]
    public async Task The_certificate_that_the_provider_gives_waits_for_the_representative_to_accept_it()
    {
        var (keeper, provider) = (await Town.FoundAsync(registry), await Town.FoundAsync(registry));
        var (reference, id, _) = await TownConvention.AddAsync(registry, keeper, "Hébergement", provider: provider.Id,
            change: sheet => sheet.Obligations.Obligations.Add(new() { Code = "OBL-3", Debtor = "PROVIDER", Text = "Détruire les copies", Category = "RETURN", ExpectedEvidence = "DESTRUCTION_CERTIFICATE" }));
        await using var connection = await registry.SuperuserAsync();
        await connection.ExecuteAsync("set session_replication_role = replica; update app.convention set status = 'RESTITUTED', ends_on = @ends, restituted_on = @minutes where id = @id; set session_replication_role = origin", new { id, ends = Today.AddDays(-20), minutes = Today.AddDays(-5) });
        using var mayor = await keeper.EnterAsync("LEGAL_REPRESENTATIVE");
        using var manager = await provider.EnterAsync("CONTRACT_MANAGER");
        var (home, there) = ($"{keeper.Home}/conventions/{reference}", $"{provider.Home}/conventions/{id}");
        Assert.Contains("pas encore fourni la preuve", (await mayor.GetAsync(home + "/actes/accepter-la-preuve")).Text);

        // One of before the minutes is not it.
        await ProveAsync(manager, there, "Certificat d’avant", Today.AddDays(-6));
        await registry.Services.GetRequiredService<ConventionClock>().WorkAsync(TestContext.Current.CancellationToken);
        Assert.Contains("pas encore fourni la preuve", (await mayor.GetAsync(home + "/actes/accepter-la-preuve")).Text);
        await ProveAsync(manager, there, "Certificat n° 7", Today.AddDays(-1));
        await registry.Services.GetRequiredService<ConventionClock>().WorkAsync(TestContext.Current.CancellationToken);

        var page = await mayor.GetAsync(home);
        Assert.Contains("Accepter la preuve de destruction", page.Text);
        Assert.Contains("Certificat n° 7", page.Text);
        Assert.Equal(1, await connection.ExecuteScalarAsync<int>("select count(*)::int from history.event where organisation_id = @Id and object_id = @id and action = 'CONVENTION_DESTRUCTION_PROVIDED'", new { keeper.Id, id }));
        var accept = Forms.Of(await mayor.GetAsync(home + "/actes/accepter-la-preuve")).Single();
        Assert.Equal(HttpStatusCode.Redirect, (await mayor.PostAsync(accept.Action, accept.With())).Status);
        Assert.Equal("DESTRUCTION_PROVED", await connection.ExecuteScalarAsync<string>("select status from app.convention where id = @id", new { id }));
    }

    private static async Task ProveAsync(Visit visit, string at, string document, DateOnly on)
    {
        var proof = Forms.Of(await visit.GetAsync(at + "/obligations/OBL-3/preuve")).Single();
        var done = await visit.PostAsync(proof.Action, proof.With(("Form.Document", document), ("Form.DoneOn.Day", $"{on.Day}"), ("Form.DoneOn.Month", $"{on.Month}"), ("Form.DoneOn.Year", $"{on.Year}")));
        Assert.True(done.Status == HttpStatusCode.Redirect, done.ToString());
    }
}
