using System.Net;
using Registry.Access;
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
    [InlineData("progiciel", "applications")]  // the beginning of its name
    [InlineData("EDITIONS DU LIEVRE", "applications")]  // its vendor, no accents
    [InlineData("progicieel", "applications")]  // a slip
    [InlineData("hébergeurs vosgiens", "applications")]  // who holds the machines
    [InlineData("editoins lievre", "prestataires")]  // two forms and a slip, in a name
    [InlineData("542 107 651", "prestataires")]  // as it is written on paper
    [InlineData("54210765100031", "prestataires")]
    public async Task An_application_and_a_third_party_are_found_however_they_are_asked_for(string typed, string kind)
    {
        var (town, officer) = await TownAsync();
        using var _ = officer;
        var (system, party) = await SoftwareAsync(town);
        var page = await officer.GetAsync("/recherche?q=" + Uri.EscapeDataString(typed));
        Assert.Contains($"{town.Home}/{kind}/{(kind == "applications" ? system : party)}", Links(page));
        Assert.NotEmpty(page.Html.QuerySelectorAll("mark"));
        Assert.All(Links(page), link => Assert.StartsWith(town.Home + "/", link));
    }

    [Fact]
    [Trait("S", "2")]
    public async Task Nobody_of_another_commune_finds_them_and_who_reads_records_does()
    {
        var (town, officer) = await TownAsync();
        officer.Dispose();
        await SoftwareAsync(town);
        var stranger = await Town.FoundAsync(registry);
        await stranger.AddSystemAsync("Autre logiciel");
        foreach (var kind in TwoTowns.Kinds)
        {
            using var foreign = await stranger.EnterAsync(kind);
            using var own = await town.EnterAsync(kind);
            var reads = Rights.Allows(Function.ReadRecords, Right.Read, Roles.Of(kind));
            foreach (var typed in new[] { "progiciel", "progicieel", "lievre", "542107651" })
            {
                Assert.Empty(Links(await foreign.GetAsync("/recherche?q=" + typed)));
                Assert.Equal(reads, Links(await own.GetAsync("/recherche?q=" + typed)).Any());
            }
        }
    }

    [Fact]
    public async Task What_is_no_longer_offered_is_found_last_and_said_so_and_a_vendor_answers_to_its_new_name()
    {
        var (town, officer) = await TownAsync();
        using var _ = officer;
        var (system, party) = await SoftwareAsync(town);
        var (other, _) = await town.AddSystemAsync("Progiciel de paie");
        await town.WriteAsync("update information_system set active = false where id = @id", system);
        await town.WriteAsync("update third_party set name = 'Maison Tortue' where id = @id", party);
        var page = await officer.GetAsync("/recherche?q=progiciel");
        var lines = page.Html.QuerySelectorAll("#applications + table tbody tr");
        Assert.Equal([$"{town.Home}/applications/{other}", $"{town.Home}/applications/{system}"], lines.Select(line => line.QuerySelector("a")!.GetAttribute("href")));
        Assert.Equal([false, true], lines.Select(line => line.TextContent.Contains("n’est plus proposée", StringComparison.Ordinal)));
        Assert.Equal([$"{town.Home}/applications/{system}", $"{town.Home}/prestataires/{party}"], Links(await officer.GetAsync("/recherche?q=tortue")));
        Assert.DoesNotContain(Links(await officer.GetAsync("/recherche?q=lievre")), link => !link!.Contains("/traitements/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task More_than_ten_of_a_kind_are_seen_page_by_page()
    {
        var (town, officer) = await TownAsync();
        using var _ = officer;
        for (var number = 0; number < 23; number++) await town.AddSystemAsync($"Caméra {number}");
        var page = await officer.GetAsync("/recherche?q=camera");
        Assert.Equal(10, page.Html.QuerySelectorAll("#applications + table tbody tr").Length);
        var all = page.Html.QuerySelector("#applications + table + p a")!;
        Assert.Contains("23", all.TextContent);
        page = await officer.GetAsync("/recherche" + all.GetAttribute("href"));
        Assert.Equal(20, Links(page).Count());
        foreach (var last in new[] { "2", "1000000000" })
            Assert.Equal(3, Links(await officer.GetAsync($"/recherche{all.GetAttribute("href")}&page={last}")).Count());
    }

    [Theory]
    [Trait("S", "11")]
    [InlineData("")]
    [InlineData("%22%22%27%27%27%25%5C")]
    [InlineData("%ED%A0%80%00")]
    [InlineData("le+la+les")]
    [InlineData("a&page=1000000000")]
    [InlineData("a&dans=prestataires&page=1000000000")]
    [InlineData("a&dans=%27&page=-1")]
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

    private static IEnumerable<string?> Links(Answer page) => page.Html.QuerySelectorAll("main tbody th a").Select(link => link.GetAttribute("href"));

    /// <summary>An application and its vendor, as their own pages write them.</summary>
    private static async Task<(Guid System, Guid Party)> SoftwareAsync(Town town)
    {
        var (system, party) = await town.AddSystemAsync("Progiciel des marchés");
        await town.WriteAsync("update third_party set name = 'Éditions du Lièvre', siren = '542107651', siret = '54210765100031' where id = @id", party);
        await town.WriteAsync("""update information_system set sheet = sheet || '{"hostedBy": "Hébergeurs Vosgiens"}' where id = @id""", system);
        return (system, party);
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
