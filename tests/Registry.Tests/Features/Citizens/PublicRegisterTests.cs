using System.Net;
using System.Text.Json.Nodes;
using Dapper;
using Registry.Documents;
using Registry.Tests.Documents;
using Registry.Tests.Features.Records;
using Registry.Tests.Support;

namespace Registry.Tests.Features.Citizens;

/// <summary>The pages of the public register: what is there, what is not, and what browsers keep of them.</summary>
[Trait("Kind", "pages")]
public sealed class PublicRegisterTests(RegistryFixture registry)
{
    [Fact]
    public async Task A_register_that_is_closed_says_so_and_none_of_its_sheets_is_there()
    {
        var town = await Town.FoundAsync(registry);
        var reference = await town.AddPublishedRecordAsync(registry);
        using var citizen = registry.Browse();
        foreach (var closed in new[] { false, true })
        {
            if (closed) await TownPublicRegister.SetAsync(registry, town, enabled: false);
            var page = await citizen.GetAsync($"/c/{town.Slug}/registre");
            Assert.Equal(HttpStatusCode.NotFound, page.Status);
            Assert.Contains("Pas encore publié", page.Text);
            foreach (var path in new[] { $"registre/{reference}", "registre.json", "registre.csv" }) Assert.Equal(HttpStatusCode.NotFound, (await citizen.GetAsync($"/c/{town.Slug}/{path}")).Status);
            if (closed) break;
            // Opened, it shows what was published before; closed again, nothing is left in the public table.
            await TownPublicRegister.SetAsync(registry, town);
            Assert.Equal(HttpStatusCode.OK, (await citizen.GetAsync($"/c/{town.Slug}/registre/{reference}")).Status);
        }
        await using var super = await registry.SuperuserAsync();
        Assert.Equal(0, await super.ExecuteScalarAsync<int>("select count(*) from app.public_sheet where organisation_id = @Id and (document is not null or title is not null)", new { town.Id }));
        Assert.Equal(HttpStatusCode.NotFound, (await citizen.GetAsync("/c/nulle-part/registre")).Status);
    }

    [Fact]
    public async Task Only_versions_in_force_that_nothing_hides_are_there_and_each_town_has_its_own()
    {
        var (town, other) = (await Town.FoundAsync(registry), await Town.FoundAsync(registry));
        await TownPublicRegister.SetAsync(registry, town);
        await TownPublicRegister.SetAsync(registry, other);
        var shown = await town.AddPublishedRecordAsync(registry);
        var draft = await town.AddRecordAsync(complete: true);
        var hidden = await town.AddPublishedRecordAsync(registry, change: sheet => (sheet.Publication.PublicVisibility, sheet.Publication.PublicNote) = ("HIDDEN", "enquête en cours"));
        var archived = await town.AddPublishedRecordAsync(registry);
        await town.ArchiveAsync(registry, archived);
        using var citizen = registry.Browse();
        Assert.Equal(HttpStatusCode.OK, (await citizen.GetAsync($"/c/{town.Slug}/registre/{shown}")).Status);
        foreach (var gone in new[] { draft, hidden, archived, "T-9999", "n-importe-quoi", "T-99999999999" }) Assert.Equal(HttpStatusCode.NotFound, (await citizen.GetAsync($"/c/{town.Slug}/registre/{gone}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await citizen.GetAsync($"/c/{other.Slug}/registre/{shown}")).Status);
        Assert.Single((await citizen.GetAsync($"/c/{town.Slug}/registre")).Html.QuerySelectorAll("main .picks a"));
        Assert.Contains("Aucune fiche pour l’instant", (await citizen.GetAsync($"/c/{other.Slug}/registre")).Text);
        // A new version that no longer hides itself is there at once; its number stays the same.
        await town.PublishAsync(registry, hidden, change: sheet => (sheet.Publication.PublicVisibility, sheet.Publication.PublicNote) = ("PUBLISHED", null));
        Assert.Equal(HttpStatusCode.OK, (await citizen.GetAsync($"/c/{town.Slug}/registre/{hidden}")).Status);
    }

    [Fact]
    public async Task A_citizen_searches_without_accents_and_pages_as_far_as_she_likes()
    {
        var town = await Town.FoundAsync(registry);
        await TownPublicRegister.SetAsync(registry, town);
        await town.AddPublishedRecordAsync(registry, change: sheet => sheet.Identification.Title = "Prêts de la médiathèque");
        await town.AddPublishedRecordAsync(registry, change: sheet => sheet.Identification.Title = "Cantine");
        using var citizen = registry.Browse();
        Assert.Equal(["Prêts de la médiathèque"], await FoundAsync("?q=mediatheque"));
        Assert.Equal(["Prêts de la médiathèque"], await FoundAsync("?q=" + Uri.EscapeDataString("MÉDIA prets")));
        Assert.Empty(await FoundAsync("?q=" + Uri.EscapeDataString("\"'\"")));
        Assert.Empty(await FoundAsync("?q=" + Uri.EscapeDataString("& | ! :* \\")));
        Assert.Empty(await FoundAsync("?q=licorne"));
        foreach (var page in new[] { "1000000000", "99999999999999999999", "-3", "deux" }) Assert.Equal(2, (await FoundAsync("?page=" + page)).Count);
        Assert.Contains("« licorne »", (await citizen.GetAsync($"/c/{town.Slug}/registre?q=licorne")).Text.Replace('\u00a0', ' ').Replace('\u202f', ' '));

        async Task<List<string>> FoundAsync(string query)
        {
            var page = await citizen.GetAsync($"/c/{town.Slug}/registre{query}");
            Assert.True(page.Status == HttpStatusCode.OK, page.ToString());
            return [.. page.Html.QuerySelectorAll("main .picks a").Select(link => link.TextContent)];
        }
    }

    [Fact]
    [Trait("S", "14")]
    public async Task JSON_and_CSV_say_what_the_pages_say_and_a_hostile_text_stays_a_text()
    {
        var town = await Town.FoundAsync(registry);
        await TownPublicRegister.SetAsync(registry, town);
        var reference = await town.AddPublishedRecordAsync(registry, change: sheet => (sheet.Identification.Title, sheet.Purposes.Purpose) = ("=HYPERLINK(\"x\")", "<b>Gérer</b> & \"suivre\""));
        using var citizen = registry.Browse();
        var json = JsonNode.Parse(await (await citizen.GetAsync($"/c/{town.Slug}/registre.json")).Raw.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
        Assert.Equal("registre-public/1", (string)json["schema"]!);
        Assert.Equal(1, (int)json["sheetCount"]!);
        var sheet = json["sheets"]![0]!;
        Assert.Equal((reference, "=HYPERLINK(\"x\")", $"/c/{town.Slug}/registre/{reference}"), ((string)sheet["reference"]!, (string)sheet["title"]!, (string)sheet["path"]!));
        var file = await (await citizen.GetAsync($"/c/{town.Slug}/registre.csv")).Raw.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        var rows = ReadTables.Csv(file, keepMarks: true);
        Assert.Equal("'=HYPERLINK(\"x\")", rows[1][1]);
        var page = await citizen.GetAsync((string)sheet["path"]!);
        foreach (var text in sheet["texts"]!.AsArray())
        {
            Assert.Contains(((string)text!["text"]!).Split(" ; ")[0].Split(", ")[0], page.Text);
            Assert.Contains(rows[1], cell => (cell as string)?.Contains((string)text["text"]!, StringComparison.Ordinal) == true);
        }
        Assert.Contains("<b>Gérer</b> & \"suivre\"", page.Text);
    }

    [Fact]
    [Trait("S", "90")]
    public async Task Browsers_keep_a_public_page_until_its_content_changes_and_get_no_cookie()
    {
        var town = await Town.FoundAsync(registry);
        await TownPublicRegister.SetAsync(registry, town);
        var reference = await town.AddPublishedRecordAsync(registry);
        using var citizen = registry.Browse();
        foreach (var path in new[] { "registre", $"registre/{reference}", "registre.json", "registre.csv" })
        {
            var address = $"/c/{town.Slug}/{path}";
            var first = await citizen.GetAsync(address);
            Assert.Equal(HttpStatusCode.OK, first.Status);
            Assert.Equal((true, TimeSpan.FromSeconds(60)), (first.Raw.Headers.CacheControl!.Public, first.Raw.Headers.CacheControl.MaxAge!.Value));
            Assert.False(first.Raw.Headers.Contains("Set-Cookie"));
            Assert.Empty(first.Html.Scripts);
            var tag = first.Raw.Headers.ETag!.ToString();
            Assert.Equal(HttpStatusCode.NotModified, (await AskAsync(address, tag)).StatusCode);
            await town.PublishAsync(registry, reference, change: sheet => sheet.Identification.Title = $"Titre {Guid.NewGuid():n}");
            var changed = await AskAsync(address, tag);
            Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
            Assert.NotEqual(tag, changed.Headers.ETag!.ToString());
        }
        Assert.True((await citizen.GetAsync($"/c/{town.Slug}")).Raw.Headers.CacheControl!.NoStore);
        Assert.True((await citizen.GetAsync($"/c/{town.Slug}/registre/T-9999")).Raw.Headers.CacheControl!.NoStore);

        async Task<HttpResponseMessage> AskAsync(string address, string tag)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            request.Headers.TryAddWithoutValidation("If-None-Match", tag);
            return await citizen.SendAsync(request);
        }
    }
}
