using Registry.BrowserTests.Support;

namespace Registry.BrowserTests.Accessibility;

/// <summary>Incidents and breaches of a commune, in the states that the demonstration tells.</summary>
[Trait("S", "110")]
[Trait("S", "112")]
[Trait("S", "115")]
public sealed class BreachPagesTests(Chromium chromium, SignedInWindows signedIn) : BrowserTest(chromium, signedIn), IClassFixture<SignedInWindows>
{
    [Theory]
    [InlineData("dpo", "")]
    [InlineData("dpo", "?q=zzzzzz")]
    [InlineData("correspondante", "/signaler")]
    [InlineData("dpo", "/exporter")]
    [InlineData("dpo", "/imprimer")]
    [InlineData("dpo", "/V-2026-001")]
    [InlineData("lecture", "/V-2026-002")]
    [InlineData("correspondante", "/V-2026-003")]
    [InlineData("elu", "/V-2026-004")]
    [InlineData("dpo", "/I-2026-001")]
    [InlineData("correspondante", "/V-2026-003/moments")]
    [InlineData("correspondante", "/V-2026-003/modifier/faits")]
    [InlineData("correspondante", "/V-2026-003/modifier/personnes")]
    [InlineData("correspondante", "/V-2026-003/modifier/mesures")]
    [InlineData("correspondante", "/V-2026-003/risque")]
    [InlineData("elu", "/V-2026-003/actes/exception")]
    [InlineData("elu", "/V-2026-003/actes/informer")]
    [InlineData("correspondante", "/V-2026-004/actes/evaluer")]
    [InlineData("dpo", "/V-2026-003/notification")]
    [InlineData("dpo", "/V-2026-003/communication")]
    [InlineData("dpo", "/V-2026-003/suivi?type=echange")]
    [InlineData("dpo", "/V-2026-003/dossier")]
    [InlineData("dpo", "/V-2026-001/dossier/imprimer")]
    public async Task A_page_of_breaches_is_accessible(string person, string path)
    {
        var window = await WindowOfAsync(person);
        // The demonstration counts its days back from today: the year of its references moves with it.
        var here = path.Replace("2026", DemoYear(), StringComparison.Ordinal);
        Assert.Equal(200, await window.OpenAsync("/o/druelle-balsac-12090/violations" + here));
        await window.InspectAsync(path);
    }

    /// <summary>The side of the provider; what the help desk writes stands in the journey of Friday.</summary>
    [Theory]
    [InlineData("assistance", "/o/smica")]
    [InlineData("assistance", "/o/smica/incidents")]
    [InlineData("assistance", "/o/smica/incidents?q=zzzzzz")]
    [InlineData("assistance", "/o/smica/incidents/nouveau")]
    [InlineData("dpo", "/o/communaute-d-agglomeration-du-centre-littoral-249730045/incidents")]
    [InlineData("dpo", "/o/communaute-d-agglomeration-du-centre-littoral-249730045/incidents/IP-2026-001")]
    public async Task A_page_of_incidents_is_accessible(string person, string path)
    {
        var window = await WindowOfAsync(person);
        Assert.Equal(200, await window.OpenAsync(path.Replace("2026", DemoYear(), StringComparison.Ordinal)));
        await window.InspectAsync(path);
    }

    private static string DemoYear() => $"{DateTime.UtcNow.Year}";
}
