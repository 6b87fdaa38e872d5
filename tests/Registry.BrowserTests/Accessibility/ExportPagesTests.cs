using Registry.BrowserTests.Support;

namespace Registry.BrowserTests.Accessibility;

/// <summary>How a register leaves: the forms of an export. The hand-over to an authority has a journey of its own.</summary>
[Trait("S", "110")]
[Trait("S", "112")]
[Trait("S", "115")]
public sealed class ExportPagesTests(Chromium chromium, SignedInWindows signedIn) : BrowserTest(chromium, signedIn), IClassFixture<SignedInWindows>
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
        var window = await WindowOfAsync(person);
        Assert.Equal(200, await window.OpenAsync(path));
        await window.InspectAsync(path);
    }
}
