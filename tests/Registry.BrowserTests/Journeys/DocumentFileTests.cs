using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Dapper;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using Microsoft.Extensions.DependencyInjection;
using Registry.BrowserTests.Support;
using Registry.Documents;
using Registry.Identity;
using Registry.Tests.Support;

namespace Registry.BrowserTests.Journeys;

/// <summary>Every document of the program from the data of the demonstration, as page, PDF and DOCX, read back by other programs.</summary>
[Trait("S", "119")]
public sealed partial class DocumentFileTests(DemoHouse house)
{
    [Fact]
    public async Task Each_document_is_made_in_three_forms_that_say_the_same()
    {
        using var officer = await EnterAsync("dpo");
        var faults = new List<string>();
        foreach (var template in house.Services.GetRequiredService<DocumentTemplates>().All)
        {
            var (path, page) = await FindAsync(officer, template);
            if (page is null)
            {
                faults.Add($"{template.Code}: nothing in the demonstration makes it.");
                continue;
            }
            var article = page.Html.QuerySelector("article.document")!;
            var token = page.Html.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
            var join = path.Contains('?', StringComparison.Ordinal) ? "&" : "?";
            var pdf = await officer.PostAsync(path + join + "handler=Pdf", ("__RequestVerificationToken", token));
            var docx = await officer.PostAsync(path + join + "handler=Docx", ("__RequestVerificationToken", token));
            if (pdf.Status != HttpStatusCode.OK || docx.Status != HttpStatusCode.OK) faults.Add($"{template.Code}: {(int)pdf.Status}, {(int)docx.Status}");
            else
            {
                // What the text says but for marks and blanks: lines and columns break where the paper ends.
                var words = article.QuerySelectorAll("p, li, th, td, h1, h2, h3").SelectMany(one => Word().Matches(one.TextContent).Select(word => word.Value)).Where(word => word.Length is > 3 and < 15).Distinct().ToList();
                faults.AddRange((await PdfFaultsAsync(await pdf.Raw.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken), article.QuerySelector("h1")!.TextContent, words)).Select(fault => $"{template.Code}: {fault}"));
                faults.AddRange(DocxFaults(await docx.Raw.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken), article.QuerySelector("h1")!.TextContent, words).Select(fault => $"{template.Code}: {fault}"));
            }
        }
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    [Fact]
    public async Task A_browser_that_died_is_started_again()
    {
        var printer = house.Services.GetRequiredService<PdfPrinter>();
        var text = new DocumentText { Code = "DOC_TEST", Title = "Essai", Language = "fr", Markdown = "## Partie\n\nTexte <script>document.title='non'</script> ![image](https://exemple.fr/x.png)", TemplateVersion = "0", Stamp = "Essai" };
        Assert.StartsWith("%PDF", Encoding.ASCII.GetString((await printer.PrintAsync(text, TestContext.Current.CancellationToken))[..4]), StringComparison.Ordinal);
        using (var browser = Process.GetProcessById(printer.BrowserId!.Value))
        {
            browser.Kill(entireProcessTree: true);
            await browser.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
        Assert.Empty(await PdfFaultsAsync(await printer.PrintAsync(text, TestContext.Current.CancellationToken), "Essai", ["Partie", "Texte"]));
    }

    private async Task<Visit> EnterAsync(string code)
    {
        var account = (await house.Services.GetRequiredService<Accounts>().FindDemoAsync(code))!.Value;
        await using var connection = await house.SuperuserAsync();
        var person = await connection.ExecuteScalarAsync<Guid>("select person_id from identity.account where id = @Id", new { account.Id });
        var token = await house.Services.GetRequiredService<Sessions>().BeginAsync(account.Id, person, "test");
        var visit = new Visit(new ToPort(new Uri(house.Address)));
        visit.Cookies.SetCookies(new Uri("https://localhost/"), $"{SessionCookie.Name}={token}; secure; path=/");
        return visit;
    }

    /// <summary>The object with most to say comes first; the first that makes it is taken.</summary>
    private async Task<(string Path, Answer? Page)> FindAsync(Visit visit, DocumentTemplate template)
    {
        await using var connection = await house.SuperuserAsync();
        var objects = await connection.QueryAsync<(string Slug, string? Reference)>(
            """
            select o.slug, x.reference
              from app.organisation o
              join (select organisation_id, 'RECORD' as about, 'T-' || lpad(number::text, 4, '0') as reference, number as rank from app.processing_record where published_version is not null
                    union all select organisation_id, 'BREACH', 'V-' || year || '-' || lpad(number::text, 3, '0'), case @Code when 'DOC_NO_NOTIFICATION_NOTE' then abs(number - 2) else number end from app.breach where kind = 'BREACH'
                    union all select organisation_id, 'RIGHTS_REQUEST', 'D-' || year || '-' || lpad(number::text, 3, '0'), number from app.rights_request
                    union all select organisation_id, 'AUTHORITY_REQUEST', 'REQ-' || year || '-' || lpad(number::text, 3, '0'), number from app.authority_request
                    union all select organisation_id, 'CONVENTION', 'C-' || lpad(number::text, 3, '0'), number from app.convention
                    union all select organisation_id, 'APPOINTMENT', id::text, 1 from app.appointment where kind in ('DPO', 'CORRESPONDENT')
                    union all select organisation_id, 'MONTHLY_STATEMENT', to_char(month, 'YYYY-MM'), 1 from app.monthly_statement
                    union all select organisation_id, 'AREA', id::text, 1 from app.mutualisation_area
                    union all select id, 'ORGANISATION', null, 1 from app.organisation) x on x.organisation_id = o.id
             where x.about = @About
             order by o.slug <> 'druelle-balsac-12090', o.slug, x.rank
            """,
            new { template.About, template.Code });
        foreach (var (slug, reference) in objects)
        {
            var path = $"/o/{slug}/documents/{template.Code}" + (reference is null ? "" : $"?objet={reference}");
            if (await visit.GetAsync(path) is { Status: HttpStatusCode.OK } page) return (path, page);
        }
        return ("", null);
    }

    private static async Task<List<string>> PdfFaultsAsync(byte[] pdf, string title, IReadOnlyList<string> words)
    {
        var (file, faults) = (Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("n") + ".pdf"), new List<string>());
        try
        {
            await File.WriteAllBytesAsync(file, pdf);
            var about = await RunAsync("pdfinfo", file);
            if (!Regex.IsMatch(about, @"Tagged:\s+yes")) faults.Add("the PDF is not tagged");
            if (!about.Contains(title.Replace('\u00A0', ' '), StringComparison.Ordinal) && !about.Replace('\u00A0', ' ').Contains(title.Replace('\u00A0', ' '), StringComparison.Ordinal)) faults.Add("the PDF has not its title");
            if (about.Contains("JavaScript:      yes", StringComparison.Ordinal)) faults.Add("the PDF has a script");
            var raw = Encoding.Latin1.GetString(pdf);
            if (!raw.Contains("/Lang (fr", StringComparison.Ordinal)) faults.Add("the PDF does not say its language");
            if (!raw.Contains("/Outlines", StringComparison.Ordinal)) faults.Add("the PDF has no outline");
            var text = new string([.. (await RunAsync("pdftotext", file, "-")).Where(char.IsLetterOrDigit)]);
            var lost = words.Where(word => !text.Contains(new string([.. word.Where(char.IsLetterOrDigit)]), StringComparison.Ordinal)).Take(5).ToList();
            if (lost.Count > 0) faults.Add("the PDF lacks " + string.Join(", ", lost));
            if (!text.Contains("page1", StringComparison.Ordinal)) faults.Add("the PDF does not number its pages");
            return faults;
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static List<string> DocxFaults(byte[] docx, string title, IReadOnlyList<string> words)
    {
        using var package = WordprocessingDocument.Open(new MemoryStream(docx), false);
        var faults = new OpenXmlValidator(DocumentFormat.OpenXml.FileFormatVersions.Office2019).Validate(package).Take(3).Select(fault => $"{fault.Description} {fault.Path?.XPath}").ToList();
        if (package.PackageProperties.Title?.Replace('\u00A0', ' ') != title.Replace('\u00A0', ' ')) faults.Add("the DOCX has not its title");
        var text = package.MainDocumentPart!.Document.Body!.InnerText;
        var lost = words.Where(word => !text.Contains(word, StringComparison.Ordinal)).Take(5).ToList();
        if (lost.Count > 0) faults.Add("the DOCX lacks " + string.Join(", ", lost));
        return faults;
    }

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true };
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return output;
    }

    /// <summary>The house listens on a port; visits speak to https://localhost.</summary>
    private sealed class ToPort(Uri address) : DelegatingHandler(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false })
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var asked = request.RequestUri!;
            request.RequestUri = new Uri(address, asked.PathAndQuery);
            try
            {
                return await base.SendAsync(request, cancellationToken);
            }
            finally
            {
                request.RequestUri = asked;
            }
        }
    }

    [GeneratedRegex(@"[\p{L}\p{N}]+")]
    private static partial Regex Word();
}
