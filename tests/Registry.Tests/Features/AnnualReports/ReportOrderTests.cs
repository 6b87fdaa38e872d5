using System.Net;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Registry.Data;
using Registry.Features.AnnualReports;
using Registry.History;
using Registry.Tests.Features.Records;
using Registry.Tests.Support;

namespace Registry.Tests.Features.AnnualReports;

/// <summary>The report of the whole territory names nobody; those of all bodies are one order that goes on where it stopped and makes each once.</summary>
[Trait("Kind", "pages")]
public sealed class ReportOrderTests(RegistryFixture registry)
{
    private static readonly DateTimeOffset March = new(2026, 3, 10, 9, 0, 0, TimeSpan.Zero);
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("S", "60")]
    public async Task The_consolidated_report_counts_the_bodies_of_the_area_and_names_none()
    {
        var (town, others) = await AreaAsync(2);
        for (var i = 0; i < 3; i++) await town.AddPublishedRecordAsync(registry, March);
        await TownBreach.AddAsync(registry, town);
        await TownRequest.AddAsync(registry, town);
        var stranger = await Town.FoundAsync(registry);
        await stranger.AddPublishedRecordAsync(registry, March);
        var at = $"/o/communaute-{town.LeadId:n}/documents/DOC_ANNUAL_REPORT_CONSOLIDATED?objet={town.AreaId}";
        using var officer = await town.EnterAsync("DPO");
        using var executive = await town.EnterAsync("AREA_EXECUTIVE");
        foreach (var visit in new[] { officer, executive })
        {
            var article = (await visit.GetAsync(at)).Html.QuerySelector("article.document")!;
            Assert.True(Plain(article.TextContent).Contains("de l’espace « Espace de test », du", StringComparison.Ordinal), article.TextContent);
            Assert.Contains("Organismes servis : 3.", Plain(article.TextContent), StringComparison.Ordinal);
            Assert.Contains("tous registres ensemble : 3.", Plain(article.TextContent), StringComparison.Ordinal);
            Assert.Contains("Demandes reçues dans l’année : 1. Organismes qui en ont reçu : 1.", Plain(article.TextContent), StringComparison.Ordinal);
            // By right they would be said of the one body that had any.
            Assert.DoesNotContain("les demandes reçues, par droit", Plain(article.TextContent), StringComparison.Ordinal);
            Assert.DoesNotContain(town.Name, Plain(article.TextContent), StringComparison.Ordinal);
            Assert.True(article.QuerySelectorAll("figure.chart svg[role=img]").Length >= 3);
        }
        Assert.Equal(2, others.Count);
        // A second body that had one: now they are told of the area.
        var neighbour = await Town.FoundAsync(registry);
        await TownRequest.AddAsync(registry, neighbour);
        await using var connection = await registry.SuperuserAsync();
        await connection.ExecuteAsync("set session_replication_role = replica; update app.mutualisation set area_id = @AreaId where organisation_id = @Id; set session_replication_role = origin", new { town.AreaId, neighbour.Id });
        Assert.Contains("les demandes reçues, par droit", Plain((await officer.GetAsync(at)).Html.QuerySelector("article.document")!.TextContent), StringComparison.Ordinal);
        // With one body, what is said of the area by type would be said of that body.
        await TownRequest.AddAsync(registry, stranger);
        using var alone = await stranger.EnterAsync("AREA_EXECUTIVE");
        var only = (await alone.GetAsync($"/o/communaute-{stranger.LeadId:n}/documents/DOC_ANNUAL_REPORT_CONSOLIDATED?objet={stranger.AreaId}")).Html.QuerySelector("article.document")!;
        Assert.Contains("Demandes reçues dans l’année : 1.", Plain(only.TextContent), StringComparison.Ordinal);
        Assert.DoesNotContain("les demandes reçues, par droit", Plain(only.TextContent), StringComparison.Ordinal);
        using var correspondent = await town.EnterAsync("CORRESPONDENT");
        using var foreigner = await stranger.EnterAsync("DPO");
        Assert.Equal(HttpStatusCode.NotFound, (await correspondent.GetAsync(at)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await foreigner.GetAsync(at)).Status);
        // Her own body, somebody else's area: nothing either.
        Assert.Equal(HttpStatusCode.NotFound, (await foreigner.GetAsync($"/o/communaute-{stranger.LeadId:n}/documents/DOC_ANNUAL_REPORT_CONSOLIDATED?objet={town.AreaId}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await officer.GetAsync($"{town.Home}/documents/DOC_ANNUAL_REPORT_CONSOLIDATED?objet={town.AreaId}")).Status);
    }

    [Fact]
    [Trait("S", "2")]
    public async Task The_officer_of_another_area_learns_nothing_of_the_area_that_one_of_her_bodies_leads()
    {
        var (town, led) = (await Town.FoundAsync(registry), Guid.CreateVersion7());
        await registry.WorkAsync(Scope.Platform, async (db, journal) =>
        {
            var (connection, member) = (await db.OpenAsync(), Guid.CreateVersion7());
            await connection.ExecuteAsync(
                """
                insert into mutualisation_area (organisation_id, id, name) values (@Id, @led, 'Autre espace');
                insert into organisation (id, slug, name, type, territory, time_zone) values (@member, @slug, 'Membre', 'CCAS', 'METRO', 'Europe/Paris')
                """, new { town.Id, led, member, slug = $"membre-{member:n}" });
            await connection.ExecuteAsync("select app.join_area(@member, @led, '2024-01-01')", new { member, led });
            journal.Record(new Event(member, "TEST", "ORGANISATION", member, new EventDetails()));
            journal.Record(new Event(town.Id, "TEST", "ORGANISATION", town.Id, new EventDetails()));
            return 0;
        });
        foreach (var kind in new[] { "DPO", "AREA_EXECUTIVE" })
        {
            using var visit = await town.EnterAsync(kind);
            Assert.Equal(HttpStatusCode.OK, (await visit.GetAsync($"/o/communaute-{town.LeadId:n}/documents/DOC_ANNUAL_REPORT_CONSOLIDATED?objet={town.AreaId}")).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await visit.GetAsync($"{town.Home}/documents/DOC_ANNUAL_REPORT_CONSOLIDATED?objet={led}")).Status);
        }
    }

    [Fact]
    [Trait("S", "92")]
    public async Task An_order_issues_one_report_in_each_body_and_a_stop_makes_none_twice()
    {
        var (town, others) = await AreaAsync(3);
        using var officer = await town.EnterAsync("DPO");
        var at = $"/espaces/{town.AreaId}/bilans";
        var form = Forms.Of(await officer.GetAsync(at)).Single();
        var ordered = await officer.PostAsync(at, form.With());
        Assert.Equal(HttpStatusCode.Redirect, ordered.Status);
        Assert.Equal(ordered.Location, (await officer.PostAsync(at, form.With())).Location);
        var runner = registry.Services.GetRequiredService<ReportOrderRunner>();
        // Stopped before the first body: what was ordered waits in the database.
        using (var stopped = new CancellationTokenSource())
        {
            await stopped.CancelAsync();
            try
            {
                await runner.LookAsync(stopped.Token);
            }
            catch (OperationCanceledException)
            {
                // As when the program ends.
            }
        }
        await Task.WhenAll(runner.LookAsync(Stop), runner.LookAsync(Stop));
        await WaitAsync(town);
        await using var connection = await registry.SuperuserAsync();
        Guid[] all = [town.Id, .. others];
        var issued = (await connection.QueryAsync<(Guid Organisation, string By)>("select organisation_id, issued_by from app.issued_document where organisation_id = any(@all) and code = 'DOC_ANNUAL_REPORT'", new { all })).AsList();
        Assert.Equal(all.Order(), issued.Select(one => one.Organisation).Order());
        Assert.All(issued, one => Assert.Equal("Personne DPO", one.By));
        Assert.Equal(4, await connection.ExecuteScalarAsync<int>("select count(*)::int from history.event where organisation_id = any(@all) and action = 'DOCUMENT_ISSUED'", new { all }));
        Assert.Equal(4, await connection.ExecuteScalarAsync<int>("select count(*)::int from history.event where organisation_id = @LeadId and action = 'REPORT_MADE'", new { town.LeadId }));
        Assert.Equal(1, await connection.ExecuteScalarAsync<int>("select count(*)::int from history.event where organisation_id = @LeadId and action = 'REPORTS_ENDED'", new { town.LeadId }));
        var page = await officer.GetAsync(ordered.Location!);
        Assert.Contains("Bilans faits : 4.", Plain(page.Text), StringComparison.Ordinal);
        var link = page.Html.QuerySelectorAll("td a[href*='/documents/emis/']").First(a => a.GetAttribute("href")!.StartsWith(town.Home, StringComparison.Ordinal));
        Assert.Equal($"BILAN-{town.Organisation.Today(TimeProvider.System).Year}-0001", link.TextContent);
        Assert.Equal(HttpStatusCode.OK, (await officer.GetAsync(link.GetAttribute("href")!)).Status);
    }

    [Fact]
    public async Task A_body_that_fails_is_told_with_its_reason_and_tried_again_when_it_can()
    {
        var (town, others) = await AreaAsync(1);
        using var officer = await town.EnterAsync("DPO");
        await using var connection = await registry.SuperuserAsync();
        var at = $"/espaces/{town.AreaId}/bilans";
        var ordered = await officer.PostAsync(at, Forms.Of(await officer.GetAsync(at)).Single().With());
        // A number that is taken already: the report cannot be issued there.
        await connection.ExecuteAsync(
            """
            set session_replication_role = replica;
            insert into app.issued_document (organisation_id, id, year, number, prefix, code, title, about, object_reference, language, template_version, sealed, content, sha256, issued_at, issued_by)
            values (@other, gen_random_uuid(), @year, 1, 'XX', 'DOC_X', 'X', 'ORGANISATION', '', 'fr', 'x', false, '', repeat('0', 64), now(), 'Test');
            set session_replication_role = origin
            """, new { other = others[0], year = town.Organisation.Today(TimeProvider.System).Year });
        var runner = registry.Services.GetRequiredService<ReportOrderRunner>();
        await runner.LookAsync(Stop);
        await WaitAsync(town);
        var page = await officer.GetAsync(ordered.Location!);
        Assert.Contains("Bilans faits : 1.", Plain(page.Text), StringComparison.Ordinal);
        Assert.Contains("n’a pas pu être fait", page.Html.QuerySelector("main table .late")!.TextContent, StringComparison.Ordinal);
        await connection.ExecuteAsync("set session_replication_role = replica; delete from app.issued_document where organisation_id = @other; set session_replication_role = origin", new { other = others[0] });
        await officer.PostAsync(ordered.Location!, Forms.Of(page).Single().With());
        await runner.LookAsync(Stop);
        await WaitAsync(town);
        page = await officer.GetAsync(ordered.Location!);
        Assert.Contains("Bilans faits : 2.", Plain(page.Text), StringComparison.Ordinal);
        Assert.Null(page.Html.QuerySelector("main table .late"));
    }

    [Fact]
    [Trait("S", "2")]
    public async Task Only_the_officer_of_the_area_orders_and_reads_orders()
    {
        var (town, stranger) = (await Town.FoundAsync(registry), await Town.FoundAsync(registry));
        var order = await TownReports.AddAsync(registry, town);
        var at = $"/espaces/{town.AreaId}/bilans";
        using var officer = await town.EnterAsync("DPO");
        Assert.Equal(HttpStatusCode.OK, (await officer.GetAsync($"{at}/{order}")).Status);
        using var assistant = await town.EnterAsync("DPO_ASSISTANT");
        using var foreigner = await stranger.EnterAsync("DPO");
        using var correspondent = await town.EnterAsync("CORRESPONDENT");
        foreach (var path in new[] { at, $"{at}/{order}" })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await foreigner.GetAsync(path)).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await assistant.GetAsync(path)).Status);
            Assert.Equal(HttpStatusCode.Forbidden, (await correspondent.GetAsync(path)).Status);
        }
        Assert.Equal(HttpStatusCode.NotFound, (await foreigner.GetAsync($"/espaces/{stranger.AreaId}/bilans/{order}")).Status);
    }

    /// <summary>A town and others of its area.</summary>
    private async Task<(Town Town, IReadOnlyList<Guid> Others)> AreaAsync(int count)
    {
        var (town, others) = (await Town.FoundAsync(registry), new List<Guid>());
        await registry.WorkAsync(Scope.Platform, async (db, journal) =>
        {
            var connection = await db.OpenAsync();
            for (var i = 0; i < count; i++)
            {
                var id = Guid.CreateVersion7();
                await connection.ExecuteAsync("insert into organisation (id, slug, name, type, territory, time_zone) values (@id, @slug, @name, 'CCAS', 'METRO', 'Europe/Paris')", new { id, slug = $"voisine-{id:n}", name = $"Voisine {i}" });
                await connection.ExecuteAsync("select app.join_area(@id, @AreaId, '2024-01-01')", new { id, town.AreaId });
                journal.Record(new Event(id, "TEST", "ORGANISATION", id, new EventDetails()));
                others.Add(id);
            }
            journal.Record(new Event(town.LeadId, "TEST", "ORGANISATION", town.LeadId, new EventDetails()));
            return 0;
        });
        return (town, others);
    }

    private static string Plain(string text) => text.Replace('\u00A0', ' ').Replace('\u202F', ' ');

    /// <summary>Another look may be at the order: the server that the tests share has its own.</summary>
    private async Task WaitAsync(Town town)
    {
        await using var connection = await registry.SuperuserAsync();
        for (var i = 0; i < 200 && await connection.ExecuteScalarAsync<bool>("select exists (select from app.report_order where organisation_id = @LeadId and status = 'RUNNING')", new { town.LeadId }); i++) await Task.Delay(50, Stop);
    }
}
