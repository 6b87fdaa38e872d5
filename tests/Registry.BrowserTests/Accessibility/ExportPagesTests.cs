using Registry.BrowserTests.Support;

namespace Registry.BrowserTests.Accessibility;

/// <summary>How a register leaves: the forms of an export, and the hand-over to an authority with its errors and its list.</summary>
[Trait("S", "110")]
[Trait("S", "112")]
[Trait("S", "115")]
public sealed class ExportPagesTests(Chromium chromium, DemoHouse house) : BrowserTest(chromium)
{
    private const string Commune = "/o/druelle-balsac-12090";

    [Theory]
    [InlineData("dpo", Commune + "/traitements/exporter")]
    [InlineData("dpo", Commune + "/traitements/exporter?fiche=T-0001")]
    [InlineData("lecture", Commune + "/traitements/exporter")]
    [InlineData("dpo", "/organismes/exporter")]
    [InlineData("lecture", Commune + "/mises-a-disposition")]
    public async Task A_page_of_an_export_is_accessible(string person, string path)
    {
        var window = await (await OpenWindowAsync(house)).EnterAsync(person);
        Assert.Equal(200, await window.OpenAsync(path));
        await window.InspectAsync(path);
    }

    [Fact]
    public async Task A_hand_over_says_what_is_missing_then_gives_its_file()
    {
        var window = await (await OpenWindowAsync(house)).EnterAsync("elu");
        await window.OpenAsync(Commune + "/mises-a-disposition/nouvelle");
        await window.InspectAsync("hand-over");
        await window.Page.Locator("main form button.main").ClickAsync();
        await Expect(window.Page.Locator(".error-summary")).ToBeFocusedAsync();
        await window.InspectAsync("hand-over, with errors");
        await window.Page.Locator("[name='Form.Authority']").FillAsync("CNIL");
        await window.Page.Locator("[name='Form.Reason']").FillAsync("Contrôle sur pièces");
        await window.Page.Locator("main form button.main").ClickAsync();
        await window.Page.WaitForURLAsync(url => url.EndsWith("/mises-a-disposition", StringComparison.Ordinal));
        await window.InspectAsync("hand-overs");
        await window.Page.Locator("main table a[href$='/dossier']").First.ClickAsync();
        await window.InspectAsync("hand-over, download");
        var file = await window.Page.RunAndWaitForDownloadAsync(() => window.Page.Locator("main form button.main").ClickAsync());
        Assert.EndsWith(".zip", file.SuggestedFilename);
    }
}
