using Microsoft.Playwright;
using Registry.BrowserTests.Support;

namespace Registry.BrowserTests.Accessibility;

/// <summary>Pages that stand above the communes, and those that need nobody.</summary>
[Trait("S", "110")]
[Trait("S", "112")]
[Trait("S", "115")]
public sealed class AreaPagesTests(Chromium chromium, DemoHouse house, SignedInWindows signedIn) : BrowserTest(chromium, signedIn), IClassFixture<SignedInWindows>
{
    [Theory]
    [InlineData("/connexion", 200)]
    [InlineData("/mot-de-passe-oublie", 200)]
    [InlineData("/demo/courrier", 200)]
    [InlineData("/aide", 200)]
    [InlineData("/plan-du-site", 200)]
    [InlineData("/accessibilite", 200)]
    [InlineData("/mentions-legales", 200)]
    [InlineData("/donnees-personnelles", 200)]
    public async Task A_page_open_to_everybody_is_accessible(string path, int status)
    {
        var window = await OpenWindowAsync(house);
        Assert.Equal(status, await window.OpenAsync(path));
        await window.InspectAsync(path);
    }

    [Theory]
    [InlineData("/", 200)]
    [InlineData("/?voir=moi", 200)]
    [InlineData("/organismes", 200)]
    [InlineData("/organismes?q=zzzz", 200)]
    [InlineData("/organismes/nouveau", 200)]
    [InlineData("/organismes/nouveau?q=druelle", 200)]
    [InlineData("/organismes/nouveau?q=zzzzzz", 200)]
    [InlineData("/organismes/nouveau?code=12090", 200)]
    [InlineData("/modeles", 200)]
    [InlineData("/modeles?q=zzzzzz", 200)]
    [InlineData("/modeles/ETAT_CIVIL", 200)]
    [InlineData("/bilans", 200)]
    [InlineData("/violations", 200)]
    [InlineData("/violations?etat=delai", 200)]
    [InlineData("/recherche?q=zzzzzz", 200)]
    [InlineData("/mon-compte", 200)]
    [InlineData("/aide", 200)]
    [InlineData("/nulle-part", 404)]
    [InlineData("/o/nulle-part", 404)]
    public async Task A_page_of_the_officer_is_accessible(string path, int status)
    {
        var window = await WindowOfAsync("dpo");
        Assert.Equal(status, await window.OpenAsync(path));
        await window.InspectAsync(path);
    }

    [Fact]
    public async Task The_annual_reports_of_an_area_are_accessible_while_they_are_made()
    {
        var window = await WindowOfAsync("dpo");
        var page = window.Page;
        await window.OpenAsync("/espaces");
        await page.Locator("main th a").First.ClickAsync();
        await window.InspectAsync("an area");
        await page.GetByRole(AriaRole.Link, new() { Name = "Bilans annuels" }).ClickAsync();
        await window.InspectAsync("annual reports");
        await page.GetByRole(AriaRole.Button, new() { Name = "Faire les bilans" }).ClickAsync();
        await Expect(page.Locator("main table tbody tr").First).ToBeVisibleAsync();
        await window.InspectAsync("an order of annual reports");
        await window.OpenAsync("/espaces");
        await page.Locator("main th a").First.ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Bilans annuels" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Voir le bilan consolidé" }).ClickAsync();
        await Expect(page.Locator("article.document h1")).ToContainTextAsync("consolidé");
        await window.InspectAsync("the consolidated report");
    }

    [Fact]
    public async Task A_refused_sign_in_is_accessible()
    {
        var window = await OpenWindowAsync(house);
        await window.OpenAsync("/connexion");
        await window.Page.Locator("form:has([name='Form.Password']) button").ClickAsync();
        await Expect(window.Page.Locator(".error-summary")).ToBeFocusedAsync();
        await window.InspectAsync("sign-in with errors");
    }

    [Fact]
    public async Task An_expired_form_is_accessible()
    {
        var window = await OpenWindowAsync(house);
        await window.OpenAsync("/connexion");
        await window.Page.EvaluateAsync("() => document.querySelectorAll('[name=__RequestVerificationToken]').forEach(one => one.remove())");
        await window.Page.Locator("[name='Form.Email']").FillAsync("quelqu.un@exemple.example");
        await window.Page.Locator("form:has([name='Form.Password']) button").ClickAsync();
        await Expect(window.Page.Locator("h1")).Not.ToHaveTextAsync("Se connecter");
        await window.InspectAsync("400");
    }
}
