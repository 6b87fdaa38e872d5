using Registry.Tests.Support;

namespace Registry.Tests.Features.Trails;

[Trait("Kind", "pages")]
public sealed class TrailPagesTests(RegistryFixture registry)
{
    [Fact]
    public async Task The_fingerprint_of_a_published_text_is_short_in_the_line_and_whole_behind_it()
    {
        var towns = await TwoTowns.FoundAsync(registry, "DPO");
        var page = await towns.OfA["DPO"].GetAsync(towns.A.Home + "/journal");
        var fingerprint = page.Html.QuerySelector("main details.fingerprint")!;
        var whole = fingerprint.QuerySelector("code")!.TextContent;
        Assert.Matches("^SHA-256 [0-9a-f]{64}$", whole);
        Assert.Equal($"empreinte {whole[8..16]}…", fingerprint.QuerySelector("summary")!.TextContent);
        Assert.DoesNotContain("sha256:", page.Text, StringComparison.Ordinal);
    }
}
