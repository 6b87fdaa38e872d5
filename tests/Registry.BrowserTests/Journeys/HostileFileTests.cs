using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Microsoft.Extensions.Logging.Abstractions;
using Registry.Documents;
using Registry.Features.Shared;
using Registry.Tests.Documents;

namespace Registry.BrowserTests.Journeys;

/// <summary>Each template filled with three hundred values that mean harm, as PDF and DOCX, read back by two programs that are not ours: all words are there, and nothing that acts.</summary>
[Trait("S", "12")]
[Trait("S", "13")]
public sealed partial class HostileFileTests
{
    private static readonly DocumentTemplates Templates = new(Typography.French);

    [Fact]
    public async Task Neither_the_PDF_nor_the_DOCX_of_a_template_takes_a_value_for_anything_but_words()
    {
        await using var printer = new PdfPrinter(Environment.GetEnvironmentVariable("REGISTRY_CHROMIUM"), NullLogger<PdfPrinter>.Instance);
        var (faults, linked) = (new List<string>(), 0);
        foreach (var template in Templates.All.Concat(Templates.In("en")))
        {
            var document = Filled(template);
            var article = Read(HtmlDocument.Article(document));
            var links = article.QuerySelectorAll("a[href^=http], a[href^=mailto], a[href^=tel]").Select(link => link.GetAttribute("href")!).ToHashSet();
            var words = Words(article.Body!.TextContent);
            if (words.Count < 15) faults.Add($"{template.Code}: only {words.Count} words");

            var pdf = await printer.PrintAsync(document, TestContext.Current.CancellationToken);
            var raw = Encoding.Latin1.GetString(pdf);
            faults.AddRange(new[] { "/JavaScript", "/JS", "/Launch", "/EmbeddedFile", "/SubmitForm" }.Where(act => raw.Contains(act, StringComparison.Ordinal)).Select(act => $"{template.Code}: the PDF has {act}"));
            var followed = Uris().Matches(raw).Select(match => match.Groups[1].Value).ToHashSet();
            linked += followed.Count;
            if (!followed.SetEquals(links)) faults.Add($"{template.Code}: the PDF leads to {string.Join(' ', followed)}, the template to {string.Join(' ', links)}");
            // Long words break where the paper ends: letters are compared without their blanks.
            var text = Letters(await RunAsync(pdf, "pdftotext", "-", "-"));
            faults.AddRange(words.Keys.Where(word => word.Length < 15 && !text.Contains(word, StringComparison.Ordinal)).Take(3).Select(word => $"{template.Code}: the PDF lacks {word}"));

            // The title is among what stands above the text: only a whole page shows it.
            var read = Read(await RunAsync(DocxDocument.Write(document), "pandoc", "--quiet", "--sandbox", "-s", "-f", "docx", "-t", "html"));
            faults.AddRange(read.QuerySelectorAll("script, iframe, object, embed, [onerror], [onclick], img").Take(3).Select(one => $"{template.Code}: in the DOCX a {one.LocalName}"));
            var led = read.QuerySelectorAll("a[href]").Select(link => link.GetAttribute("href")!).Where(href => !href.StartsWith('#')).ToHashSet();
            if (!led.SetEquals(links)) faults.Add($"{template.Code}: the DOCX leads to {string.Join(' ', led)}");
            var there = Words(read.Body!.TextContent);
            faults.AddRange(words.Where(word => there.GetValueOrDefault(word.Key) < word.Value).Take(3).Select(word => $"{template.Code}: the DOCX says {word.Key} {there.GetValueOrDefault(word.Key)} times, not {word.Value}"));
        }
        Assert.True(faults.Count == 0, string.Join('\n', faults));
        Assert.True(linked > 0, "No template has a link: nothing was judged.");
    }

    /// <summary>All values together, shared out among the blanks.</summary>
    private static DocumentText Filled(DocumentTemplate template)
    {
        var blanks = 0;
        FilledSample.Of(template, () => $"{blanks++}");
        var each = HostileValues.All.Length / Math.Max(1, blanks) + 1;
        var at = 0;
        var values = FilledSample.Of(template, () => string.Join(" ; ", HostileValues.All.Skip(at++ * each % HostileValues.All.Length).Take(each)));
        return new DocumentText
        {
            Code = template.Code, Title = template.Title, Language = "fr", Markdown = template.Fill(values).Markdown, TemplateVersion = template.Version, Legal = template.Legal, Contents = template.Contents, Stamp = "Essai",
        };
    }

    /// <summary>What stands in two cells or on two lines is not one word.</summary>
    private static IDocument Read(string html) => new HtmlParser().ParseDocument(html.Replace("<br", " <br", StringComparison.Ordinal).Replace("</", " </", StringComparison.Ordinal));

    private static Dictionary<string, int> Words(string text) => Word().Matches(text).Select(match => match.Value).Where(word => word.Length > 3).GroupBy(word => word).ToDictionary(group => group.Key, group => group.Count());

    private static string Letters(string text) => new([.. text.Where(char.IsLetterOrDigit)]);

    private static async Task<string> RunAsync(byte[] input, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        await process.StandardInput.BaseStream.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
        return await output;
    }

    [GeneratedRegex(@"[\p{L}\p{N}]+")]
    private static partial Regex Word();

    [GeneratedRegex(@"/URI \(([^)]*)\)")]
    private static partial Regex Uris();
}
