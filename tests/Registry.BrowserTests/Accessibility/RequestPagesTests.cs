using Microsoft.Playwright;
using Registry.BrowserTests.Support;

namespace Registry.BrowserTests.Accessibility;

/// <summary>The requests of persons, as those who handle them and those who make them see them.</summary>
[Trait("S", "110")]
[Trait("S", "112")]
[Trait("S", "113")]
public sealed class RequestPagesTests(Chromium chromium, DemoHouse house, SignedInWindows signedIn) : BrowserTest(chromium, signedIn), IClassFixture<SignedInWindows>
{
    private const string Requests = "/o/druelle-balsac-12090/demandes", Portal = "/c/plouzane-29212";

    [Theory]
    [InlineData("dpo", "/demandes")]
    [InlineData("dpo", "/demandes?etat=retard&droit=PORTABILITY")]
    [InlineData("correspondante", Requests)]
    [InlineData("correspondante", Requests + "/nouvelle")]
    [InlineData("correspondante", Requests + "/D-{0}-002")]
    [InlineData("correspondante", Requests + "/D-{0}-005")]
    [InlineData("correspondante", Requests + "/D-{0}-005/recherches/nouvelle")]
    [InlineData("correspondante", Requests + "/D-{0}-003/actes/reprendre")]
    [InlineData("correspondante", "/o/druelle-balsac-12090/documents")]
    [InlineData("correspondante", "/o/druelle-balsac-12090/documents/DOC_ACK?objet=D-{0}-004")]
    [InlineData("dpo", "/o/druelle-balsac-12090/documents/modeles")]
    [InlineData("dpo", "/o/druelle-balsac-12090/documents/DOC_ANNUAL_REPORT")]
    [InlineData("dpo", "/o/druelle-balsac-12090/documents/modeles/DOC_ANNUAL_REPORT")]
    [InlineData("dpo", "/o/druelle-balsac-12090/documents/modeles/DOC_ANNUAL_REPORT/versions")]
    [InlineData("correspondante", Requests + "/D-{0}-002/pieces")]
    [InlineData("correspondante", Requests + "/D-{0}-003/messages/nouveau")]
    [InlineData("elu", Requests + "/D-{0}-002/actes/repondre")]
    [InlineData("elu", Requests + "/D-{0}-002/actes/refuser")]
    public async Task A_page_of_requests_is_accessible(string person, string path)
    {
        var window = await WindowOfAsync(person);
        // The demonstration counts its days back from today: the year of its references moves with it.
        var here = string.Format(null, path, await YearAsync(window));
        Assert.Equal(200, await window.OpenAsync(here));
        await window.InspectAsync($"{person} {path}");
    }

    [Fact]
    [Trait("S", "80")]
    [Trait("S", "116")]
    public async Task A_citizen_asks_and_follows_without_script_on_a_telephone_and_each_page_stands_the_inspection()
    {
        var window = await OpenWindowAsync(house, script: false, width: 320);
        var seen = await OpenWindowAsync(house);
        var page = window.Page;
        await window.OpenAsync(Portal);
        await page.Locator("main a[href$='/demande']").ClickAsync();
        await page.Locator("button[value=next]").ClickAsync();
        await Expect(page.Locator(".error-summary")).ToContainTextAsync("Cochez ce que vous souhaitez");
        await page.Locator("input[value=ACCESS]").CheckAsync();
        await page.Locator("button[value=next]").ClickAsync();
        await page.Locator("textarea").FillAsync("Je voudrais savoir ce que la médiathèque garde de mes emprunts.");
        await page.Locator("button[value=next]").ClickAsync();
        await page.Locator("input[value=SELF]").CheckAsync();
        await page.Locator("button[value=next]").ClickAsync();
        await page.Locator("[name='Form.LastName']").FillAsync("Personne");
        await page.Locator("[name='Form.Post']").FillAsync("1 rue Haute");
        await page.Locator("button[value=next]").ClickAsync();
        await Expect(page.Locator("main dl")).ToContainTextAsync("emprunts");
        await page.Locator("button[value=send]").ClickAsync();
        var kept = await page.Locator("main .box strong").AllTextContentsAsync();
        await page.Locator("main a[href$='/suivi']").ClickAsync();
        await page.Locator("[name=Number]").FillAsync(kept[0]);
        await page.Locator("[name=Code]").FillAsync(kept[1]);
        await page.Locator("main form button").ClickAsync();
        await Expect(page.Locator("main")).ToContainTextAsync("Elle est arrivée");
        await page.Locator("textarea").FillAsync("J’habite au 1 rue Haute depuis mai.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Envoyer mon message" }).ClickAsync();
        await Expect(page.Locator(".dialogue")).ToContainTextAsync("depuis mai");

        // The same pages with script, so that the inspection can look at them.
        var other = seen.Page;
        await seen.OpenAsync(Portal + "/demande");
        await seen.InspectAsync("what");
        await other.Locator("button[value=next]").ClickAsync();
        await Expect(other.Locator(".error-summary")).ToBeFocusedAsync();
        await seen.InspectAsync("what, with errors");
        await other.Locator("input[value=ACCESS]").CheckAsync();
        await other.Locator("button[value=next]").ClickAsync();
        await seen.InspectAsync("in her words");
        await other.Locator("textarea").FillAsync("Mes emprunts.");
        await other.Locator("button[value=next]").ClickAsync();
        await seen.InspectAsync("for whom");
        await other.Locator("input[value=SELF]").CheckAsync();
        await other.Locator("button[value=next]").ClickAsync();
        await seen.InspectAsync("where to answer");
        await other.Locator("[name='Form.LastName']").FillAsync("Personne");
        await other.Locator("[name='Form.Post']").FillAsync("1 rue Haute");
        await other.Locator("button[value=next]").ClickAsync();
        await seen.InspectAsync("check");
        await other.Locator("button[value=send]").ClickAsync();
        await seen.InspectAsync("receipt");
        kept = await other.Locator("main .box strong").AllTextContentsAsync();
        await seen.OpenAsync(Portal + "/suivi");
        await other.Locator("[name=Number]").FillAsync(kept[0]);
        await other.Locator("[name=Code]").FillAsync("0000 0000 0000 0000");
        await other.Locator("main form button").ClickAsync();
        await seen.InspectAsync("follow, refused");
        await other.Locator("[name=Code]").FillAsync(kept[1]);
        await other.Locator("main form button").ClickAsync();
        await seen.InspectAsync("follow");
        await other.Locator("textarea").FillAsync("Un mot de plus.");
        await other.GetByRole(AriaRole.Button, new() { Name = "Envoyer mon message" }).ClickAsync();
        await Expect(other.Locator(".dialogue")).ToContainTextAsync("Un mot de plus.");
        await seen.InspectAsync("follow, with a message");
        await seen.OpenAsync(Portal + "/suivi/code-perdu");
        await seen.InspectAsync("lost code");
        await other.Locator("[name=Email]").FillAsync("personne@exemple.example");
        await other.Locator("main form button").ClickAsync();
        await seen.InspectAsync("lost code, asked");
        await seen.OpenAsync(Portal + "/suivi/lien/jeton");
        await seen.InspectAsync("a link that is over");
        await seen.OpenAsync(Portal + "/documents-administratifs");
        await seen.InspectAsync("a document of the administration");
        Assert.Equal(200, await seen.OpenAsync("/territoire/smica"));
        await seen.InspectAsync("the counter of a territory");
        await seen.OpenAsync(Portal + "/suivi/justificatif/jeton");
        await seen.InspectAsync("a deposit that is over");
    }

    /// <summary>Of the references of the commune's requests: those of last January may bear last year's.</summary>
    private static async Task<string> YearAsync(Window window)
    {
        await window.OpenAsync(Requests);
        return (await window.Page.Locator("main table tbody tr th a").First.TextContentAsync())!.Split('-')[1];
    }
}
