using Registry.BrowserTests.Support;

namespace Registry.BrowserTests.Accessibility;

/// <summary>Requests to the provider and those of authorities, from both sides, in the states that the demonstration tells.</summary>
[Trait("S", "110")]
[Trait("S", "112")]
[Trait("S", "115")]
public sealed class ProviderRequestPagesTests(Chromium chromium, SignedInWindows signedIn) : BrowserTest(chromium, signedIn), IClassFixture<SignedInWindows>
{
    private const string Town = "/o/druelle-balsac-12090", Provider = "/o/smica";

    [Theory]
    [InlineData("correspondante", Town + "/demandes-au-prestataire")]
    [InlineData("dpo", Town + "/demandes-au-prestataire?etat=rejetees")]
    [InlineData("correspondante", Town + "/demandes-au-prestataire/habilitation")]
    [InlineData("elu", Town + "/demandes-au-prestataire/habilitation")]
    [InlineData("correspondante", Town + "/demandes-au-prestataire/restauration")]
    [InlineData("elu", Town + "/demandes-au-prestataire/incident")]
    [InlineData("dpo", Town + "/demandes-au-prestataire/exporter")]
    [InlineData("assistance", Provider + "/assistance")]
    [InlineData("assistance", Provider + "/assistance/restauration")]
    [InlineData("assistance", Provider + "/requetes-d-autorites")]
    [InlineData("assistance", Provider + "/requetes-d-autorites/nouvelle")]
    public async Task A_page_of_requests_is_accessible(string person, string path)
    {
        var window = await WindowOfAsync(person);
        Assert.Equal(200, await window.OpenAsync(path));
        await window.InspectAsync(path);
    }

    /// <summary>Their references carry the year of a story that is counted back from today: the lists lead there.</summary>
    [Theory]
    [InlineData("correspondante", Town + "/demandes-au-prestataire", Town + "/demandes-au-prestataire/")]
    [InlineData("assistance", Provider + "/assistance", Provider + "/assistance/")]
    [InlineData("elu", Town + "/requetes-d-autorites", Town + "/requetes-d-autorites/")]
    [InlineData("assistance", Provider + "/requetes-d-autorites", Provider + "/requetes-d-autorites/")]
    public async Task What_a_list_leads_to_is_accessible(string person, string list, string below)
    {
        var window = await WindowOfAsync(person);
        await window.OpenAsync(list);
        var first = await window.Page.Locator($"tbody th a[href^='{below}']").First.GetAttributeAsync("href");
        Assert.Equal(200, await window.OpenAsync(first!));
        await window.InspectAsync(list);
    }
}
