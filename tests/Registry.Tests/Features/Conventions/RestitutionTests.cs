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
        Assert.Equal(1, await connection.ExecuteScalarAsync<int>("select count(*)::int from history.event where organisation_id = @Id and object_id = @convention and action = 'CONVENTION_DESTRUCTION_PROVIDED'", new { keeper.Id, convention = id }));
        var accept = Forms.Of(await mayor.GetAsync(home + "/actes/accepter-la-preuve")).Single();
        Assert.Equal(HttpStatusCode.Redirect, (await mayor.PostAsync(accept.Action, accept.With())).Status);
        Assert.Equal("DESTRUCTION_PROVED", await connection.ExecuteScalarAsync<string>("select status from app.convention where id = @id", new { id }));
    }

    [Fact]
    public async Task What_takes_months_to_come_is_asked_for_in_time_and_a_fee_says_how_many_days_it_stands_for()
    {
        var town = await Town.FoundAsync(registry);
        var (reference, _, _) = await TownConvention.AddAsync(registry, town, "Informatique", change: sheet =>
        {
            sheet.Obligations.Obligations = [new() { Code = "OBL-9", Debtor = "BENEFICIARY", Text = "Demander le matériel supplémentaire", Category = "PURCHASE", DeadlineRule = "WISHED_DATE-P6M", ExpectedEvidence = "PUBLISHED_RECORD_SHEET" }];
            sheet.Prices.Tariffs = [new() { Code = "STUDY_FLAT", Label = "Études", Amount = "2300.00" }, new() { Code = "STUDY_DAY", Label = "Au jour", Amount = "230.00" }, new() { Code = "CARE_FLAT", Label = "Suivi", Amount = "1000" }, new() { Code = "CARE_DAY", Label = "Suivi, au jour", Amount = "230" }];
        });
        using var officer = await town.EnterAsync("DPO");
        var at = $"{town.Home}/conventions/{reference}";
        var asked = await officer.GetAsync(at + "/obligations?Wished.Day=31&Wished.Month=8&Wished.Year=2027");
        Assert.Contains("28 février 2027", asked.Html.QuerySelector("#souhait")!.ParentElement!.ParentElement!.TextContent.Replace('\u00A0', ' '));
        Assert.NotNull((await officer.GetAsync(at + "/obligations?Wished.Day=31&Wished.Month=2&Wished.Year=2027")).Html.QuerySelector(".error-summary li"));
        Assert.Equal($"{town.Home}/traitements", asked.Html.QuerySelector("#OBL-9 a[href$='/traitements']")!.GetAttribute("href"));
        var prices = (await officer.GetAsync(at + "/prix")).Text.Replace('\u00A0', ' ').Replace('\u202F', ' ');
        Assert.Contains("10 jours", prices);
        Assert.Contains("aucun nombre de demi-journées", prices);
    }

    private static async Task ProveAsync(Visit visit, string at, string document, DateOnly on)
    {
        var proof = Forms.Of(await visit.GetAsync(at + "/obligations/OBL-3/preuve")).Single();
        var done = await visit.PostAsync(proof.Action, proof.With(("Form.Document", document), ("Form.DoneOn.Day", $"{on.Day}"), ("Form.DoneOn.Month", $"{on.Month}"), ("Form.DoneOn.Year", $"{on.Year}")));
        Assert.True(done.Status == HttpStatusCode.Redirect, done.ToString());
    }
}
