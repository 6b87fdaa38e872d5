using System.Globalization;
using Registry.Features.Records;
using Registry.Tests.Support;

namespace Registry.Tests.Features.Records;

[Trait("Kind", "pages")]
public sealed class RecordFiguresTests(RegistryFixture registry)
{
    [Fact]
    public async Task Each_number_is_that_of_the_list_it_opens()
    {
        var town = await Town.FoundAsync(registry);
        for (var i = 0; i < 3; i++) await town.AddRecordAsync();
        await town.AddRecordAsync(change: sheet =>
        {
            sheet.Sensitive.OffencesPresent = true;
            (sheet.Dpia.Conclusion, sheet.Dpia.Reason) = ("REQUIRED_CRITERIA", "deux critères");
        });
        await using (var connection = await registry.SuperuserAsync())
            await Dapper.SqlMapper.ExecuteAsync(connection,
                """
                set session_replication_role = replica;
                update app.processing_record set status = 'PUBLISHED', published_version = 1, next_review_on = '2020-01-01' where organisation_id = @Id and number = 1;
                update app.processing_record set status = 'SUBMITTED', published_version = 1, next_review_on = '2090-01-01' where organisation_id = @Id and number = 2;
                reset session_replication_role
                """, new { town.Id });
        using var officer = await town.EnterAsync("DPO");
        using var correspondent = await town.EnterAsync("CORRESPONDENT");
        foreach (var (visit, path) in new[] { (officer, "/bilans"), (officer, "/"), (correspondent, town.Home) })
        {
            var page = await visit.GetAsync(path);
            var links = page.Html.QuerySelectorAll("main .figures a[href*='attention='], main .states-key a, main td.number a").ToList();
            Assert.True(links.Count > 6, page.Text);
            foreach (var link in links)
            {
                var said = int.Parse((link.QuerySelector(".count") ?? link).TextContent, CultureInfo.InvariantCulture);
                Assert.Equal(said, (await visit.GetAsync(link.GetAttribute("href")!)).Html.QuerySelectorAll("tbody tr").Length);
            }
        }
        var bar = (await correspondent.GetAsync(town.Home)).Html.QuerySelector("svg.states")!;
        Assert.Equal("4 fiches : brouillon 2, soumise 1, publiée 1.", bar.QuerySelector("desc")!.TextContent.Replace('\u00a0', ' '));
    }

    [Fact]
    public void The_parts_of_the_bar_fill_it_and_a_share_is_whole_only_when_it_is()
    {
        var view = HealthView.Of(new RegisterHealth { Total = 3, Draft = 1, Published = 2, CompletenessSum = 299, InForce = 2, UpToDate = 2 });
        Assert.Equal([("draft", 0.0), ("published", 33.3)], view.Parts().Select(part => (part.Group.Key!, Math.Round(part.X, 1))));
        Assert.Equal(100, view.Parts().Sum(part => part.Width), 6);
        Assert.Equal((99, 66, 100), (view.Health.Completeness, view.Health.PublishedShare, view.Health.Freshness));
        Assert.Null(new RegisterHealth().Completeness);
    }
}
