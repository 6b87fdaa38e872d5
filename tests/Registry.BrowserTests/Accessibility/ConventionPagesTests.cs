using Registry.BrowserTests.Support;

namespace Registry.BrowserTests.Accessibility;

/// <summary>The pages of conventions as those who live with them see them: officer, elected member, help desk; empty, filled, refused.</summary>
[Trait("S", "110")]
[Trait("S", "112")]
[Trait("S", "113")]
public sealed class ConventionPagesTests(Chromium chromium, DemoHouse house, SignedInWindows signedIn) : BrowserTest(chromium, signedIn), IClassFixture<SignedInWindows>
{
    private const string Druelle = "/o/druelle-balsac-12090/conventions";
    private const string Pau = "/o/pole-metropolitain-pays-de-bearn/conventions/C-001";

    [Theory]
    [InlineData("dpo", "/conventions")]
    [InlineData("dpo", "/conventions?q=introuvable")]
    [InlineData("dpo", Druelle)]
    [InlineData("dpo", Druelle + "/nouvelle")]
    [InlineData("dpo", Druelle + "/C-001")]
    [InlineData("dpo", Druelle + "/C-001/texte")]
    [InlineData("dpo", Druelle + "/C-001/modifier/parties")]
    [InlineData("dpo", Druelle + "/C-001/obligations")]
    [InlineData("dpo", Druelle + "/C-001/obligations/SMI-03/preuve")]
    [InlineData("dpo", Pau)]
    [InlineData("dpo", Pau + "/imprimer")]
    [InlineData("dpo", Pau + "/prix")]
    [InlineData("dpo", Pau + "/reunions")]
    [InlineData("dpo", Pau + "/reunions/nouvelle")]
    [InlineData("dpo", "/o/plouzane-29212/conventions/C-001")]
    [InlineData("dpo", Pau + "/matrice")]
    [InlineData("dpo", Pau + "/matrice?partie=1")]
    [InlineData("dpo", Pau + "/matrice/lignes/DATA_BREACH")]
    [InlineData("dpo", Pau + "/matrice/versions/1")]
    [InlineData("dpo", Pau + "/matrice/imprimer")]
    [InlineData("dpo", "/o/plouzane-29212/conventions/C-001/matrice")]
    [InlineData("dpo", Druelle + "/C-001/article-28")]
    [InlineData("dpo", Druelle + "/C-001/article-28/controler")]
    [InlineData("dpo", Druelle + "/C-001/controles")]
    [InlineData("dpo", Druelle + "/C-001/controles/BACKUP_TIERS")]
    [InlineData("dpo", Pau + "/indicateurs")]
    [InlineData("dpo", "/o/communaute-d-agglomeration-du-centre-littoral-249730045/conventions/C-001/escalade")]
    [InlineData("dpo", "/o/druelle-balsac-12090/formations")]
    [InlineData("dpo", "/o/druelle-balsac-12090/formations/nouvelle")]
    [InlineData("correspondante", "/o/druelle-balsac-12090/charte")]
    [InlineData("correspondante", "/o/druelle-balsac-12090/charte/version")]
    [InlineData("elu", "/o/druelle-balsac-12090/charte/signer")]
    [InlineData("dpo", "/o/druelle-balsac-12090/missions/nouvelle/proposition")]
    [InlineData("dpo", "/recommandations")]
    [InlineData("dpo", "/o/druelle-balsac-12090/recommandations/REC-004")]
    [InlineData("elu", "/o/druelle-balsac-12090/avis/AV-001")]
    [InlineData("dpo", "/sous-traitants")]
    [InlineData("dpo", "/o/druelle-balsac-12090/sous-traitants")]
    [InlineData("dpo", "/o/druelle-balsac-12090/sous-traitants/nouveau")]
    [InlineData("elu", Druelle + "/C-001/actes/preavis")]
    [InlineData("assistance", "/o/smica/conventions")]
    public async Task A_page_of_conventions_is_accessible(string person, string path)
    {
        var window = await WindowOfAsync(person);
        Assert.Equal(200, await window.OpenAsync(path));
        await window.InspectAsync($"{person} {path}");
    }

    [Theory]
    [InlineData("missions")]
    [InlineData("audits")]
    public async Task What_stands_behind_the_first_line_of_a_list_is_accessible(string list)
    {
        var window = await WindowOfAsync("elu");
        await window.OpenAsync($"/o/druelle-balsac-12090/{list}");
        await window.Page.Locator("tbody th a").First.ClickAsync();
        await Expect(window.Page.Locator("h2").First).ToBeVisibleAsync();
        await window.InspectAsync($"the first of {list}");
    }

    [Fact]
    [Trait("S", "114")]
    public async Task A_revision_with_wrong_numbers_says_so_by_the_fields()
    {
        var window = await (await OpenWindowAsync(house)).EnterAsync("dpo");
        await window.OpenAsync(Pau + "/prix");
        await window.Page.Locator("[name='Form.Syntec0']").FillAsync("abc");
        await window.Page.Locator("button[value=try]").ClickAsync();
        await Expect(window.Page.Locator(".error-summary")).ToContainTextAsync("Écrivez un nombre");
        await window.InspectAsync("a refused price revision");
    }
}
