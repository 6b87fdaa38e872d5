using System.Net;
using Registry.Facts;
using Registry.Features.Search;
using Registry.Tests.Support;

namespace Registry.Tests.Features.Search;

[Trait("Kind", "pages")]
public sealed class SearchTests(RegistryFixture registry)
{
    [Theory]
    [InlineData("mediatheque")]  // no accents
    [InlineData("MÉDIATHÈQUES")]  // plural, capitals
    [InlineData("média")]  // the beginning of a word
    [InlineData("inscription des livres")]  // another form of a word, one of the purpose, and a word French leaves out
    [InlineData("T-0001")]
    [InlineData("t1")]
    public async Task A_record_is_found_however_it_is_asked_for(string typed)
    {
        var (town, officer) = await TownAsync();
        using var _ = officer;
        var page = await officer.GetAsync("/recherche?q=" + Uri.EscapeDataString(typed));
        Assert.Contains(page.Html.QuerySelectorAll("tbody th a"), link => link.GetAttribute("href") == $"{town.Home}/traitements/T-0001");
    }

    [Fact]
    public async Task A_slip_of_the_finger_is_forgiven_and_said()
    {
        var (_, officer) = await TownAsync();
        using var _2 = officer;
        var page = await officer.GetAsync("/recherche?q=mediathqeue");
        Assert.Single(page.Html.QuerySelectorAll("tbody th a"));
        Assert.Contains("Voici ce qui répond à « mediatheque »", page.Text.Replace('\u00a0', ' '));
        Assert.NotEmpty(page.Html.QuerySelectorAll("mark"));
    }

    [Fact]
    public async Task Organisations_are_found_and_nothing_of_others_is()
    {
        var (town, officer) = await TownAsync();
        using var _ = officer;
        var (other, stranger) = await TownAsync();
        using var __ = stranger;
        Assert.Contains(town.Home, (await officer.GetAsync("/recherche?q=" + town.Name.Split(' ')[1])).Html.QuerySelectorAll("#organismes + ul a").Select(link => link.GetAttribute("href")));
        Assert.DoesNotContain(other.Slug, (await officer.GetAsync("/recherche?q=" + other.Name.Split(' ')[1])).Html.QuerySelector("main")!.InnerHtml);
        Assert.Single((await officer.GetAsync("/recherche?q=mediatheque")).Html.QuerySelectorAll("tbody tr"));
    }

    [Fact]
    public async Task A_draft_is_not_found_by_who_reads_published_sheets_only()
    {
        var (town, officer) = await TownAsync();
        officer.Dispose();
        using var auditor = await town.EnterAsync("AUDITOR");
        foreach (var typed in new[] { "mediatheque", "mediathqeue", "T-0001" })
            Assert.Empty((await auditor.GetAsync("/recherche?q=" + typed)).Html.QuerySelectorAll("tbody tr"));
    }

    [Theory]
    [Trait("S", "11")]
    [InlineData("")]
    [InlineData("%22%22%27%27%27%25%5C")]
    [InlineData("%ED%A0%80%00")]
    [InlineData("le+la+les")]
    [InlineData("a&page=1000000000")]
    [InlineData(":*+%7C+!+%26+(")]
    public async Task Whatever_is_typed_gets_a_calm_answer(string typed)
    {
        var (_, officer) = await TownAsync();
        using var _2 = officer;
        Assert.Equal(HttpStatusCode.OK, (await officer.GetAsync("/recherche?q=" + typed)).Status);
    }

    [Fact]
    public async Task Four_thousand_characters_are_cut_and_an_empty_result_says_what_was_searched()
    {
        var (_, officer) = await TownAsync();
        using var _2 = officer;
        var page = await officer.GetAsync("/recherche?q=" + new string('z', 3900));
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains("dans les titres, finalités, services, étiquettes", page.Text);
    }

    [Fact]
    public void Words_found_are_marked_and_a_long_text_is_cut_around_them()
    {
        Assert.Equal([("Prêt à la ", false), ("médiathèque", true), (".", false)], Marks.Of("Prêt à la médiathèque.", ["mediath"]));
        var around = Marks.Around(string.Join(' ', Enumerable.Repeat("autre", 100)) + " trouvé " + string.Join(' ', Enumerable.Repeat("encore", 100)), ["trouve"]);
        Assert.StartsWith("… ", around);
        Assert.Contains("trouvé", around);
        Assert.InRange(around.Length, 100, 190);
        Assert.Null(SearchWords.Of("''\"\"—,;"));
        Assert.Equal(10, SearchWords.Of(string.Join(' ', Enumerable.Range(0, 50).Select(number => "mot" + number)))!.Length);
    }

    private async Task<(Town Town, Visit Officer)> TownAsync()
    {
        var town = await Town.FoundAsync(registry);
        await town.AddRecordAsync(change: sheet =>
        {
            sheet.Identification.Title = "Médiathèque : inscriptions";
            sheet.Purposes.Purpose = "Inscrire les lecteurs et gérer le prêt des livres.";
        });
        await town.AddRecordAsync(change: sheet => sheet.Identification.Title = "Cimetière");
        return (town, await town.EnterAsync("DPO"));
    }
}
