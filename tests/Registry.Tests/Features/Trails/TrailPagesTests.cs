using Registry.Data;
using Registry.History;
using Registry.Tests.Support;

namespace Registry.Tests.Features.Trails;

[Trait("Kind", "pages")]
public sealed class TrailPagesTests(RegistryFixture registry)
{
    [Fact]
    public async Task The_fingerprint_of_a_published_text_is_short_in_the_line_and_whole_behind_it()
    {
        var town = await Town.FoundAsync(registry);
        var sha256 = string.Concat(Enumerable.Repeat("0123456789abcdef", 4));
        await registry.WorkAsync(Scope.ForOrganisation(town.Id), async (db, journal) =>
        {
            await db.OpenAsync();
            journal.Record(new Event(town.Id, Actions.RecordPublished.Code, "RECORD", Guid.CreateVersion7(), new EventDetails { Subject = EventDetails.WithFingerprint("T-0001 v1", sha256) }));
            return 0;
        });
        using var officer = await town.EnterAsync("DPO");
        var page = await officer.GetAsync(town.Home + "/journal");
        var fingerprint = page.Html.QuerySelector("main details.fingerprint")!;
        Assert.Equal("empreinte 01234567…", fingerprint.QuerySelector("summary")!.TextContent);
        Assert.Equal("SHA-256 " + sha256, fingerprint.QuerySelector("code")!.TextContent);
        Assert.StartsWith("T-0001 v1", fingerprint.ParentElement!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("sha256:", page.Text, StringComparison.Ordinal);
    }
}
