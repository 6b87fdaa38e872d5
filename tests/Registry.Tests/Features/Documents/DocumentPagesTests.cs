using System.Net;
using System.Text;
using Dapper;
using DocumentFormat.OpenXml.Packaging;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Registry.Documents;
using Registry.Features.Ageing;
using Registry.Tests.Features.Records;
using Registry.Tests.Support;

namespace Registry.Tests.Features.Documents;

/// <summary>A document is looked at, downloaded, issued once, and stays what it was.</summary>
[Trait("Kind", "pages")]
public sealed class DocumentPagesTests(RegistryFixture registry)
{
    private static readonly DateTimeOffset March = new(2026, 3, 10, 9, 0, 0, TimeSpan.Zero), June = new(2026, 6, 10, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    [Trait("S", "92")]
    public async Task An_issued_document_has_one_number_and_stays_what_it_was_when_the_record_moves_on()
    {
        var town = await Town.FoundAsync(registry);
        var reference = await town.AddPublishedRecordAsync(registry, March, sheet => sheet.Identification.Title = "Titre de mars");
        using var officer = await town.EnterAsync("DPO");
        var at = $"{town.Home}/documents/DOC_REGISTER_SHEET?objet={reference}";
        var seen = await officer.GetAsync(at);
        Assert.Contains("Titre de mars", seen.Html.QuerySelector("article.document h1")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Aperçu, non émis", seen.Text, StringComparison.Ordinal);
        var form = Forms.Of(seen).Single(one => one.Action.Contains("Issue", StringComparison.Ordinal));
        var issued = await officer.PostAsync(Absolute(at, form.Action), form.With(("Form.Recipient", "Préfecture de l’Aveyron")));
        Assert.Equal(HttpStatusCode.Redirect, issued.Status);
        Assert.Equal(issued.Location, (await officer.PostAsync(Absolute(at, form.Action), form.With())).Location);

        await town.PublishAsync(registry, reference, June, sheet => sheet.Identification.Title = "Titre de juin");
        var kept = await officer.GetAsync(issued.Location!);
        Assert.Contains("Titre de mars", kept.Html.QuerySelector("article.document h1")!.TextContent, StringComparison.Ordinal);
        Assert.Contains($"FT-{town.Organisation.Today(TimeProvider.System).Year}-0001", kept.Text, StringComparison.Ordinal);
        Assert.Contains("Préfecture de l’Aveyron", kept.Text, StringComparison.Ordinal);
        Assert.Contains("Titre de juin", (await officer.GetAsync(at)).Html.QuerySelector("article.document h1")!.TextContent, StringComparison.Ordinal);

        await using var connection = await registry.SuperuserAsync();
        var (count, sha256) = await connection.QuerySingleAsync<(int, string)>("select count(*)::int, max(sha256) from app.issued_document where organisation_id = @Id", new { town.Id });
        Assert.Equal(1, count);
        var told = await connection.QueryAsync<string>("select d.details::jsonb ->> 'subject' from history.event e join history.detail d on d.organisation_id = e.organisation_id and d.sequence = e.sequence where e.organisation_id = @Id and e.action = 'DOCUMENT_ISSUED'", new { town.Id });
        Assert.EndsWith("sha256:" + sha256, Assert.Single(told), StringComparison.Ordinal);
        var list = await officer.GetAsync($"{town.Home}/documents?sur=traitement&objet={reference}");
        Assert.Contains("Titre de mars", list.Html.QuerySelector("main table")!.TextContent, StringComparison.Ordinal);
        Assert.NotNull((await officer.GetAsync($"{town.Home}/traitements/{reference}")).Html.QuerySelector("main .head a[href*='/documents?sur=traitement']"));
    }

    [Fact]
    [Trait("S", "65")]
    public async Task A_document_is_downloaded_as_DOCX_with_its_line_in_the_history()
    {
        var town = await Town.FoundAsync(registry);
        await town.AddPublishedRecordAsync(registry, March);
        using var officer = await town.EnterAsync("DPO");
        var at = $"{town.Home}/documents/DOC_REGISTER_FULL";
        var form = Forms.Of(await officer.GetAsync(at)).Single(one => one.Action.Contains("Docx", StringComparison.Ordinal));
        var file = await officer.PostAsync(Absolute(at, form.Action), form.With());
        Assert.Equal("application/vnd.openxmlformats-officedocument.wordprocessingml.document", file.Raw.Content.Headers.ContentType!.MediaType);
        using var package = WordprocessingDocument.Open(new MemoryStream(await file.Raw.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)), false);
        Assert.Contains("Registre des activités de traitement", package.MainDocumentPart!.Document.Body!.InnerText, StringComparison.Ordinal);
        await using var connection = await registry.SuperuserAsync();
        Assert.Equal(1, await connection.ExecuteScalarAsync<int>("select count(*)::int from history.event where organisation_id = @Id and action = 'DOCUMENT_TAKEN'", new { town.Id }));
    }

    [Fact]
    [Trait("S", "46")]
    [Trait("S", "103")]
    public async Task A_letter_to_a_requester_is_sealed_hidden_from_auditors_and_goes_with_its_file()
    {
        var town = await Town.FoundAsync(registry);
        var reference = await TownRequest.AddAsync(registry, town, requester: new("Ondine", "Quintessence", null, "1 rue Haute\n12000 Rodez", null));
        using var correspondent = await town.EnterAsync("CORRESPONDENT");
        using var auditor = await town.EnterAsync("AUDITOR");
        var at = $"{town.Home}/documents/DOC_ACK?objet={reference}";
        var seen = await correspondent.GetAsync(at);
        Assert.Contains("Ondine Quintessence", seen.Html.QuerySelector(".addressee")!.TextContent, StringComparison.Ordinal);
        var form = Forms.Of(seen).Single(one => one.Action.Contains("Issue", StringComparison.Ordinal));
        var issued = await correspondent.PostAsync(Absolute(at, form.Action), form.With());
        Assert.Contains("Ondine Quintessence", (await correspondent.GetAsync(issued.Location!)).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await auditor.GetAsync(at)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await auditor.GetAsync(issued.Location!)).Status);

        await using var connection = await registry.SuperuserAsync();
        var content = await connection.ExecuteScalarAsync<byte[]>("select content from app.issued_document where organisation_id = @Id", new { town.Id });
        Assert.DoesNotContain("Quintessence", Encoding.UTF8.GetString(content!), StringComparison.Ordinal);
        Assert.True(await connection.ExecuteScalarAsync<int>("select count(*)::int from history.event where organisation_id = @Id and action in ('REQUEST_READ', 'DOCUMENT_READ')", new { town.Id }) >= 2);
        await connection.ExecuteAsync(
            """
            set session_replication_role = replica;
            update app.rights_request set status = 'CLOSED', outcome = 'FULL', ended_on = current_date - 1, closed_on = current_date - 1, purge_on = current_date - 1 where organisation_id = @Id;
            set session_replication_role = origin
            """, new { town.Id });
        Assert.True(await registry.Services.GetRequiredService<AgeingRunner>().AgeAsync(town.Id));
        Assert.Equal(0, await connection.ExecuteScalarAsync<int>("select count(*)::int from app.issued_document where organisation_id = @Id", new { town.Id }));
    }

    [Fact]
    [Trait("S", "2")]
    public async Task Who_only_reads_issues_nothing_and_what_is_not_there_is_not_found()
    {
        var town = await Town.FoundAsync(registry);
        var reference = await town.AddPublishedRecordAsync(registry, March);
        using var auditor = await town.EnterAsync("AUDITOR");
        var at = $"{town.Home}/documents/DOC_REGISTER_SHEET?objet={reference}";
        var seen = await auditor.GetAsync(at);
        Assert.DoesNotContain(Forms.Of(seen), form => form.Action.Contains("Issue", StringComparison.Ordinal));
        var download = Forms.Of(seen).Single(one => one.Action.Contains("Docx", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.Forbidden, (await auditor.PostAsync(at + "&handler=Issue", download.With(("Form.Id", Guid.NewGuid().ToString())))).Status);
        foreach (var path in new[] { "documents/DOC_NOTHING", "documents/DOC_REGISTER_SHEET", "documents/DOC_REGISTER_SHEET?objet=T-9999", "documents/DOC_REGISTER_FULL?objet=T-0001", "documents/DOC_CNIL_NOTIFICATION?objet=" + reference, $"documents/emis/{Guid.NewGuid()}", "documents?sur=rien", "documents?page=0" })
            Assert.Equal(HttpStatusCode.NotFound, (await auditor.GetAsync($"{town.Home}/{path}")).Status);
    }

    [Fact]
    public async Task What_was_issued_is_searched_by_word_number_and_kind()
    {
        var town = await Town.FoundAsync(registry);
        await TownDocument.IssueAsync(registry, town, "Registre de mars");
        await TownDocument.IssueAsync(registry, town, "Registre de juin, à 100 %");
        using var officer = await town.EnterAsync("DPO");
        string[] All(Answer page) => [.. page.Html.QuerySelectorAll("main table tbody th a").Select(link => link.TextContent)];
        var at = $"{town.Home}/documents";
        Assert.Equal(2, All(await officer.GetAsync(at)).Length);
        Assert.Equal(["Registre de mars"], All(await officer.GetAsync($"{at}?q=MARS")));
        Assert.Equal(["Registre de juin, à 100 %"], All(await officer.GetAsync($"{at}?q={Uri.EscapeDataString("100 %")}")));
        Assert.Equal(["Registre de mars"], All(await officer.GetAsync($"{at}?q=2026-0001")));
        Assert.Equal(2, All(await officer.GetAsync($"{at}?genre=DOC_REGISTER_FULL")).Length);
        Assert.Empty(All(await officer.GetAsync($"{at}?genre=DOC_ANNUAL_REPORT")));
        Assert.Contains("Rien ne correspond", (await officer.GetAsync($"{at}?q=zzzz")).Text, StringComparison.Ordinal);
        // What is no kind that she may read is no filter.
        Assert.Equal(2, All(await officer.GetAsync($"{at}?genre=DOC_NOTHING")).Length);
    }

    [Fact]
    public async Task A_notice_is_issued_in_English_where_it_is_shipped_in_it()
    {
        var town = await Town.FoundAsync(registry);
        var reference = await town.AddPublishedRecordAsync(registry, March);
        using var officer = await town.EnterAsync("DPO");
        var at = $"{town.Home}/documents/DOC_INFORMATION_NOTICE?objet={reference}";
        Assert.NotNull((await officer.GetAsync(at)).Html.QuerySelector(".head a[href*='langue=en']"));
        var seen = await officer.GetAsync(at + "&langue=en");
        var article = seen.Html.QuerySelector("article.document[lang=en]")!;
        Assert.Contains("How long we keep them", article.TextContent, StringComparison.Ordinal);
        var form = Forms.Of(seen).Single(one => one.Action.Contains("Issue", StringComparison.Ordinal));
        var issued = await officer.PostAsync(Absolute(at, form.Action), form.With());
        Assert.Equal(HttpStatusCode.Redirect, issued.Status);
        var kept = await officer.GetAsync(issued.Location!);
        Assert.Contains("Your rights", kept.Html.QuerySelector("article.document[lang=en]")!.TextContent, StringComparison.Ordinal);
        // The data are the same: an English copy is not told to have moved.
        Assert.DoesNotContain("Les données ont changé", kept.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await officer.GetAsync($"{town.Home}/documents/DOC_REGISTER_SHEET?objet={reference}&langue=en")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await officer.GetAsync(at + "&langue=xx")).Status);
    }

    [Fact]
    public async Task Without_a_browser_the_reason_is_said_in_plain_French()
    {
        await using var printer = new PdfPrinter("/nulle/part/chromium", NullLogger<PdfPrinter>.Instance);
        Assert.False(printer.IsThere);
        var refused = await Assert.ThrowsAsync<PdfUnavailableException>(() => printer.PrintAsync(new DocumentText { Code = "DOC_TEST", Title = "Essai", Language = "fr", Markdown = "Texte", TemplateVersion = "0", Stamp = "Essai" }, TestContext.Current.CancellationToken));
        Assert.Equal(PdfPrinter.NoBrowser, refused.Message);
    }

    private static string Absolute(string page, string action) => action.StartsWith('?') ? page.Split('?')[0] + action : action;
}
