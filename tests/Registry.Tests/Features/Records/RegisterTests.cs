using System.Net;
using AngleSharp.Dom;
using Dapper;
using Registry.Features.Records;
using Registry.Tests.Support;

namespace Registry.Tests.Features.Records;

/// <summary>Lists of records: filters, order, columns, pages, kept views, labels; in one organisation and over all.</summary>
[Trait("Kind", "pages")]
public sealed class RegisterTests(RegistryFixture registry)
{
    [Fact]
    public async Task Filters_sort_and_columns_stand_in_the_address_and_leave_out_what_they_say()
    {
        var (town, officer) = await TownWithThreeAsync();
        using var _ = officer;
        Assert.Equal(["T-0001", "T-0002", "T-0003"], await ReferencesAsync(officer, town, "?tout"));
        Assert.Equal(["T-0002"], await ReferencesAsync(officer, town, "?attention=sensibles"));
        Assert.Equal(["T-0003"], await ReferencesAsync(officer, town, "?service=Cantine"));
        Assert.Equal(["T-0003", "T-0002", "T-0001"], await ReferencesAsync(officer, town, "?tri=-reference"));
        Assert.Equal(["T-0002", "T-0001", "T-0003"], await ReferencesAsync(officer, town, "?tri=completude,-titre"));
        Assert.Equal(["T-0001", "T-0003"], await ReferencesAsync(officer, town, "?q=affaire"));
        Assert.Equal(["T-0003"], await ReferencesAsync(officer, town, "?q=t3"));
        Assert.Empty(await ReferencesAsync(officer, town, "?etat=publiees"));
        Assert.Equal(["T-0001", "T-0002", "T-0003"], await ReferencesAsync(officer, town, "?etat=brouillon&page=1000000000"));

        var chosen = await officer.GetAsync($"{town.Home}/traitements?colonne=domaine&tri=-titre");
        var heads = chosen.Html.QuerySelectorAll("thead th").ToList();
        Assert.Equal(3, heads.Count);
        Assert.Equal("descending", heads[1].GetAttribute("aria-sort"));
        Assert.EndsWith("tri=titre", heads[1].QuerySelector("a")!.GetAttribute("href"));
    }

    [Theory]
    [Trait("S", "11")]
    [InlineData("?etat=inconnu&service=&tri=drop,--titre,titre;&attention=x&colonne=y&modele=z&taille=7&page=-3&organisme=x'")]
    [InlineData("?q=''''&tri=,,,")]
    [InlineData("?attention=sensibles&attention=sensibles&taille=1000000&page=99999999999999999999")]
    public async Task Unknown_values_are_no_filter(string query)
    {
        var (town, officer) = await TownWithThreeAsync();
        using var _ = officer;
        Assert.Equal(HttpStatusCode.OK, (await officer.GetAsync($"{town.Home}/traitements{query}")).Status);
        Assert.Equal(HttpStatusCode.OK, (await officer.GetAsync($"/registre{query}")).Status);
    }

    [Fact]
    public async Task The_list_over_all_organisations_shows_those_within_reach_and_no_other()
    {
        var (town, officer) = await TownWithThreeAsync();
        using var _ = officer;
        var (elsewhere, stranger) = await TownWithThreeAsync();
        using var __ = stranger;
        var list = await officer.GetAsync("/registre");
        Assert.Equal(3, list.Html.QuerySelectorAll("tbody tr").Length);
        Assert.DoesNotContain(elsewhere.Name, list.Text);
        Assert.All(list.Html.QuerySelectorAll("tbody th a"), link => Assert.StartsWith(town.Home + "/traitements/", link.GetAttribute("href")));
        Assert.Equal(0, (await officer.GetAsync($"/registre?organisme={elsewhere.Slug}")).Html.QuerySelectorAll("tbody tr").Length);
    }

    [Fact]
    public async Task Who_reads_published_sheets_only_finds_no_draft_in_any_list()
    {
        var (town, officer) = await TownWithThreeAsync();
        officer.Dispose();
        using var auditor = await town.EnterAsync("AUDITOR");
        foreach (var path in new[] { town.Home + "/traitements?tout", "/registre", "/registre?q=affaire" })
            Assert.Equal(0, (await auditor.GetAsync(path)).Html.QuerySelectorAll("tbody tr").Length);
    }

    [Fact]
    public async Task A_kept_view_opens_by_itself_until_it_is_taken_away()
    {
        var (town, officer) = await TownWithThreeAsync();
        using var _ = officer;
        var page = await officer.GetAsync($"/registre/vues?attention=sensibles&pour={town.Slug}");
        var kept = await officer.PressAsync(page, "Garder cette vue", ("Form.Name", "À surveiller"), ("Form.Opens", "true"));
        Assert.Equal($"{town.Home}/traitements?attention=sensibles", kept.Location);
        Assert.Equal(kept.Location, (await officer.GetAsync($"{town.Home}/traitements")).Location);
        Assert.Contains("Filtre gardé : À surveiller", (await officer.GetAsync(kept.Location!)).Text.Replace('\u00a0', ' '));
        Assert.Equal(["T-0001", "T-0002", "T-0003"], await ReferencesAsync(officer, town, "?tout"));
        using var colleague = await town.EnterAsync("CORRESPONDENT");
        Assert.DoesNotContain("À surveiller", (await colleague.GetAsync($"{town.Home}/traitements")).Text);

        var form = Forms.Of(await officer.GetAsync($"/registre/vues?tout&pour={town.Slug}")).Single(form => form.Fields.Any(field => field.Name == "nom"));
        await officer.PostAsync(form.Action, form.With());
        Assert.Equal(HttpStatusCode.OK, (await officer.GetAsync($"{town.Home}/traitements")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await colleague.GetAsync("/registre/vues?pour=ailleurs")).Status);
    }

    [Fact]
    public async Task Labels_find_a_record_again_and_leave_its_text_alone()
    {
        var (town, officer) = await TownWithThreeAsync();
        using var _ = officer;
        var form = Forms.Of(await officer.GetAsync($"{town.Home}/traitements/T-0002/etiquettes")).Single();
        await officer.PostAsync(form.Action, form.With(("Form.Tags", "à revoir, Berger,  berger ")));
        Assert.Equal(["T-0002"], await ReferencesAsync(officer, town, "?etiquette=Berger&etiquette=" + Uri.EscapeDataString("à revoir")));
        Assert.Equal(["T-0002"], await ReferencesAsync(officer, town, "?q=berger"));
        Assert.Contains("Berger", (await officer.GetAsync($"{town.Home}/traitements/T-0002")).Text);
        Assert.Contains("Étiquettes modifiées", (await officer.GetAsync($"{town.Home}/traitements/T-0002/historique")).Text);
        var many = await officer.PostAsync(form.Action, form.With(("Form.Tags", string.Join(',', Enumerable.Range(0, 13)))));
        Assert.Contains("douze étiquettes au plus", many.Text);
    }

    [Fact]
    public async Task A_file_leaves_under_every_filter_of_the_list_that_led_to_it()
    {
        var (town, officer) = await TownWithThreeAsync();
        using var _ = officer;
        var list = await officer.GetAsync($"{town.Home}/traitements?attention=sensibles&tri=titre");
        var page = await officer.GetAsync(list.Html.QuerySelectorAll(".head a").Select(link => link.GetAttribute("href")!).Single(href => href.Contains("exporter", StringComparison.Ordinal)));
        Assert.Contains("Données sensibles", page.Text);
        var form = Forms.Of(page).Single();
        var file = await officer.SendAsync(new HttpRequestMessage(HttpMethod.Post, form.Action)
        {
            Content = new FormUrlEncodedContent(form.With(("Form.Format", "json"), ("Form.Text", ExportForm.Working)).Select(field => KeyValuePair.Create(field.Name, field.Value))),
        });
        var text = await file.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("Zones de police", text);
        Assert.DoesNotContain("Affaires scolaires", text);
    }

    [Fact]
    public async Task Long_lists_come_in_pages_and_a_page_too_far_is_the_last()
    {
        var town = await Town.FoundAsync(registry);
        using var officer = await town.EnterAsync("DPO");
        for (var i = 0; i < 27; i++) await town.AddRecordAsync();
        Assert.Equal(25, (await ReferencesAsync(officer, town, "?tout")).Count);
        Assert.Equal(["T-0026", "T-0027"], await ReferencesAsync(officer, town, "?page=1000000000"));
        Assert.Equal(27, (await ReferencesAsync(officer, town, "?taille=100")).Count);
    }

    private static async Task<List<string>> ReferencesAsync(Visit visit, Town town, string query) =>
        [.. (await visit.GetAsync($"{town.Home}/traitements{query}")).Html.QuerySelectorAll("tbody td.ref").Select(cell => cell.TextContent)];

    private async Task<(Town Town, Visit Officer)> TownWithThreeAsync()
    {
        var town = await Town.FoundAsync(registry);
        await town.AddRecordAsync(change: sheet => { sheet.Identification.Title = "Affaires scolaires"; sheet.Identification.Unit = "École"; });
        await town.AddRecordAsync(change: sheet => { sheet.Identification.Title = "Zones de police"; sheet.Identification.Unit = "Police"; sheet.Sensitive.OffencesPresent = true; });
        await town.AddRecordAsync(change: sheet => { sheet.Identification.Title = "Accueil des affaires"; sheet.Identification.Unit = "Cantine"; });
        return (town, await town.EnterAsync("DPO"));
    }
}
