using System.Net;
using Dapper;
using Registry.Demo;
using Registry.Facts;
using Registry.Features.Conventions;
using Registry.Tests.Support;

namespace Registry.Tests.Features.Conventions;

/// <summary>The thirteen items of article 28 against the four texts of the data file, and as somebody fills them.</summary>
[Trait("Kind", "pages")]
public sealed class Article28Tests(RegistryFixture registry)
{
    private static string Plain(string text) => string.Join(' ', text.Replace('\u00A0', ' ').Replace('\u202F', ' ').Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task The_page_shows_the_file_item_by_item_and_proposes_what_is_missing(int index)
    {
        var town = await Town.FoundAsync(registry);
        var seed = SeedConvention.Read(Seeds.All[index]);
        var (reference, id, _) = await TownConvention.AddAsync(registry, town, "Convention de données", change: sheet => sheet.Article28 = seed.Article28);
        using var officer = await town.EnterAsync("DPO");
        var page = await officer.GetAsync($"{town.Home}/conventions/{reference}/article-28");
        Assert.Equal(HttpStatusCode.OK, page.Status);
        var rows = page.Html.QuerySelectorAll("main table tbody tr");
        var file = Seeds.All[index].GetProperty("art28Assessment").EnumerateArray().ToList();
        Assert.Equal(13, rows.Length);
        Assert.Equal(13, file.Count);
        var (points, counted) = (0m, 0);
        foreach (var item in file)
        {
            var (code, status) = (item.GetProperty("item").GetString()!, item.GetProperty("status").GetString()!);
            var row = rows.Single(one => Plain(one.Children[0].TextContent) == Plain(Vocabulary.Current.Find("Art28Item", code)!.French));
            Assert.Equal(Vocabulary.Current.Find("Art28Status", status)!.French, Plain(row.Children[1].TextContent));
            Assert.Equal(Plain(item.GetProperty("clause").GetString() ?? ""), Plain(row.Children[2].TextContent));
            Assert.Equal(Plain(item.GetProperty("noteFr").GetString() ?? ""), Plain(row.Children[3].TextContent));
            var proposed = Plain(page.Html.QuerySelector("#texte-avenant")!.TextContent).Contains(Plain(Article28.Clause(code)), StringComparison.Ordinal);
            Assert.Equal(status is "MISSING" or "PARTIAL", proposed);
            if (status == "NOT_APPLICABLE") continue;
            counted++;
            points += status switch { "COVERED" => 1m, "PARTIAL" => 0.5m, _ => 0m };
        }
        var percent = $"{Math.Round(points / counted * 100)} %";
        Assert.Contains(percent, Plain(page.Html.QuerySelector(".figures")!.TextContent));
        Assert.Contains(percent, Plain((await officer.GetAsync($"{town.Home}/conventions/{reference}")).Html.QuerySelector("aside")!.TextContent));
        // What lists sort by in the database is the same number.
        await using var connection = await registry.SuperuserAsync();
        Assert.Equal(Math.Round(points / counted, 4), await connection.ExecuteScalarAsync<decimal>("select article28_score from app.convention where id = @id", new { id }));
        Assert.Equal((double)(points / counted), Article28.Score(seed.Article28)!.Value, 6);
    }

    [Fact]
    public void Every_item_has_its_clause_and_what_does_not_apply_counts_for_nothing()
    {
        Assert.All(Vocabulary.Current.Terms("Art28Item"), term => Assert.True(Article28.Clause(term.Code).Length > 100, term.Code));
        Assert.Null(Article28.Score(new()));
        Assert.Null(Article28.Score(new() { Items = [new() { Item = "AUDIT", Status = "NOT_APPLICABLE" }] }));
        Assert.Equal(0.75, Article28.Score(new() { Items = [new() { Item = "AUDIT", Status = "NOT_APPLICABLE" }, new() { Item = "SECURITY", Status = "COVERED" }, new() { Item = "SUBJECT", Status = "PARTIAL" }] }));
    }

    [Fact]
    [Trait("S", "90")]
    public async Task The_officer_checks_the_clauses_and_two_at_once_see_both_texts()
    {
        var town = await Town.FoundAsync(registry);
        var (reference, _, _) = await TownConvention.AddAsync(registry, town, "Hébergement");
        using var officer = await town.EnterAsync("DPO");
        using var correspondent = await town.EnterAsync("CORRESPONDENT");
        var at = $"{town.Home}/conventions/{reference}/article-28";
        Assert.Contains("pas encore examiné", (await correspondent.GetAsync(at)).Text);
        Assert.Equal(HttpStatusCode.Forbidden, (await correspondent.GetAsync(at + "/controler")).Status);
        var (first, second) = (Forms.Of(await officer.GetAsync(at + "/controler")).Single(), Forms.Of(await officer.GetAsync(at + "/controler")).Single());
        var wrong = await officer.PostAsync(first.Action, first.With(("Form.Items[0].Status", "COVERED"), ("Form.Items[1].Note", "oubliée"), ("Form.Items[2].Status", "PEUT-ETRE")));
        Assert.Equal(HttpStatusCode.BadRequest, wrong.Status);
        wrong = await officer.PostAsync(first.Action, first.With(("Form.Items[0].Status", "COVERED"), ("Form.Items[1].Note", "oubliée")));
        Assert.Equal(HttpStatusCode.BadRequest, wrong.Status);
        Assert.Contains("Indiquez l’article qui couvre ce point.", wrong.Text);
        Assert.Contains("Dites si la clause est couverte avant d’en donner l’article ou une note.", wrong.Text);
        Assert.Equal("oubliée", wrong.Html.QuerySelector("[name='Form.Items[1].Note']")!.GetAttribute("value"));
        Assert.Equal(HttpStatusCode.Redirect, (await officer.PostAsync(first.Action, first.With(("Form.Items[0].Status", "COVERED"), ("Form.Items[0].Clause", "art. 1")))).Status);
        var stale = await officer.PostAsync(second.Action, second.With(("Form.Items[0].Status", "MISSING"), ("Form.Items[3].Status", "PARTIAL")));
        Assert.Equal(HttpStatusCode.Conflict, stale.Status);
        Assert.Contains("art. 1", stale.Html.QuerySelector("main table")!.TextContent);
        Assert.Equal(HttpStatusCode.Redirect, (await officer.PostAsync(second.Action, Forms.Of(stale).Single().With())).Status);
        var page = await correspondent.GetAsync(at);
        Assert.Contains("25", page.Html.QuerySelector(".figures")!.TextContent);
        Assert.Contains("Article 1. Objet du traitement.", Plain(page.Html.QuerySelector("#texte-avenant")!.TextContent));
        Assert.Contains("Clauses de l’article 28 contrôlées", (await officer.GetAsync($"{town.Home}/journal")).Text);
    }
}
