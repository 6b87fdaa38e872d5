using System.Net;
using Dapper;
using Registry.Tests.Features.Requests;
using Registry.Tests.Support;

namespace Registry.Tests.Features.Citizens;

/// <summary>One counter for an intercommunality, and the other right that is often taken for this one.</summary>
[Trait("Kind", "pages")]
public sealed class TerritoryTests(RegistryFixture registry)
{
    private const string Words = "Copie de la délibération sur le parking.";
    private const int PerMinute = 120;

    [Fact]
    [Trait("S", "80")]
    public async Task The_counter_of_a_territory_leads_to_each_of_its_bodies_and_to_the_one_that_finds_out()
    {
        var (town, other) = (await Town.FoundAsync(registry), await Town.FoundAsync(registry));
        var lead = "communaute-" + town.LeadId.ToString("n");
        using var citizen = registry.Browse();
        var page = await citizen.GetAsync($"/territoire/{lead}");
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.NotNull(page.Raw.Headers.ETag);
        Assert.Empty(page.Html.QuerySelectorAll("main form"));
        Assert.NotNull(page.Html.QuerySelector($"main a[href='/c/{town.Slug}/demande']"));
        Assert.NotNull(page.Html.QuerySelector($"main a.main[href='/c/{lead}/demande']"));
        Assert.NotNull(page.Html.QuerySelector($"main a[href='/c/{town.Slug}/suivi']"));
        Assert.DoesNotContain(other.Slug, page.Html.Source.Text);
        // Whoever does not know is heard by the body that leads: the request is there.
        Assert.Equal(HttpStatusCode.OK, (await citizen.GetAsync($"/c/{lead}/demande")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await citizen.GetAsync($"/territoire/{town.Slug}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await citizen.GetAsync("/territoire/nulle-part")).Status);
    }

    [Fact]
    public async Task Who_wants_a_document_is_told_whom_to_write_to_and_who_wants_both_goes_on_with_her_data()
    {
        var town = await Town.FoundAsync(registry);
        using var citizen = registry.Browse();
        var form = Forms.Of(await citizen.GetAsync($"/c/{town.Slug}/demande")).Single();
        var told = await citizen.PostAsync(form.Action, form.With(("Form.Wishes", "DOCUMENT"), ("go", "next")));
        Assert.Equal($"/c/{town.Slug}/documents-administratifs", told.Location);
        var page = await citizen.GetAsync(told.Location!);
        Assert.Contains("Commission d’accès aux documents administratifs", page.Text);
        Assert.Contains(town.Name, page.Html.QuerySelector("main dl")!.TextContent);
        var both = await citizen.PostAsync(form.Action, [.. form.With(("go", "next")), ("Form.Wishes", "DOCUMENT"), ("Form.Wishes", "ACCESS")]);
        Assert.Equal(HttpStatusCode.OK, both.Status);
        Assert.Contains("écrivez à part", both.Text);
    }

    [Fact]
    [Trait("S", "84")]
    public async Task A_network_that_reads_more_than_a_hundred_and_twenty_public_pages_a_minute_waits_and_no_other_does()
    {
        var town = await Town.FoundAsync(registry);
        using var robot = registry.Browse();
        var statuses = new List<HttpStatusCode>();
        // Twice the minute's worth and one: whichever minute it began in, it is stopped within two.
        for (var i = 0; i < 2 * PerMinute + 1; i++) statuses.Add((await robot.GetAsync($"/c/{town.Slug}/documents-administratifs")).Status);
        Assert.All(statuses.Take(PerMinute), status => Assert.Equal(HttpStatusCode.OK, status));
        Assert.Contains(HttpStatusCode.TooManyRequests, statuses);
        using var citizen = registry.Browse();
        Assert.Equal(HttpStatusCode.OK, (await citizen.GetAsync($"/c/{town.Slug}/demande")).Status);
    }

    [Fact]
    public async Task A_request_for_a_document_that_came_by_letter_is_sent_on_and_leaves_its_trace()
    {
        var town = await Town.FoundAsync(registry);
        var home = $"{town.Home}/demandes/{await TownRequest.AddAsync(registry, town, Words)}";
        using var correspondent = await town.EnterAsync("CORRESPONDENT");
        var form = Forms.Of(await correspondent.GetAsync(home + "/actes/document-administratif")).Single();
        Assert.Contains("Écrivez à qui vous la transmettez", (await correspondent.PostAsync(form.Action, form.With())).Text);
        await Citizen.ActAsync(correspondent, home, "document-administratif", ("Form.Reason", "La personne responsable de l’accès aux documents, au secrétariat général."));
        var file = await correspondent.GetAsync(home);
        Assert.Contains("C’est un document administratif", file.Html.QuerySelector(".timeline")!.TextContent);
        await using var connection = await registry.SuperuserAsync();
        Assert.Equal(("FORWARDED", "FORWARDED"), await connection.QuerySingleAsync<(string, string)>("select status, outcome from app.rights_request where organisation_id = @Id", new { town.Id }));
        Assert.Equal(1, await connection.ExecuteScalarAsync<int>("select count(*)::int from history.event where organisation_id = @Id and action = 'REQUEST_STEPPED'", new { town.Id }));
        Assert.Equal(1, await connection.ExecuteScalarAsync<int>("select count(*)::int from app.outbox_mail where organisation_id = @Id and subject like '%du nouveau%'", new { town.Id }));
    }
}
