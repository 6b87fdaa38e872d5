using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using DocumentFormat.OpenXml.Wordprocessing;
using Registry.Documents;
using Registry.Tests.Support;

namespace Registry.Tests.Documents;

/// <summary>Three hundred values that mean harm, in every blank of every template: each document keeps the very structure that it has with a harmless word (S-12, S-13).</summary>
[Trait("S", "12")]
[Trait("S", "13")]
public sealed class HostileValueTests
{
    private static readonly string[] Values = HostileValues.All;

    public static TheoryData<string, string> Codes => [.. TownDocument.Templates.All.Select(template => (template.Code, "fr")), .. TownDocument.Templates.In("en").Select(template => (template.Code, "en"))];

    [Fact]
    public void There_are_three_hundred_of_them() => Assert.True(Values.Length >= 300, $"{Values.Length}");

    [Theory, MemberData(nameof(Codes))]
    public void No_value_becomes_markup_in_a_document(string code, string language)
    {
        var template = TownDocument.Templates.Find(code, language)!;
        var harmless = TemplateTests.Text(template.Fill(FilledSample.Of(template, () => "mot")).Markdown) with { Title = "mot", Contents = template.Contents };
        var (page, paper) = (Tags(harmless), Parts(harmless, validate: true));
        Assert.NotEmpty(page);
        for (var used = 0; used < Values.Length;)
        {
            var hostile = TemplateTests.Text(template.Fill(FilledSample.Of(template, () => Values[used++ % Values.Length])).Markdown) with { Title = "mot", Contents = template.Contents };
            Assert.Equal(page, Tags(hostile));
            Assert.Equal(paper, Parts(hostile, validate: used < 400));
        }
    }

    /// <summary>A value as long as S-12 lets one be, in one blank after the other: it keeps its place in both forms, and nothing of it is lost.</summary>
    [Theory, MemberData(nameof(Codes))]
    public void Fifty_kilobytes_of_Markdown_in_one_value_stay_one_value(string code, string language)
    {
        var template = TownDocument.Templates.Find(code, language)!;
        var count = 0;
        var harmless = TemplateTests.Text(template.Fill(FilledSample.Of(template, () => $"mot{count++}")).Markdown) with { Title = "mot" };
        // The first whose words are seen: some are only asked about, or stand where the other case is written.
        var shown = HtmlDocument.Article(harmless);
        var place = Enumerable.Range(0, count).First(one => System.Text.RegularExpressions.Regex.IsMatch(shown, $@"\bmot{one}\b"));
        var at = 0;
        var hostile = TemplateTests.Text(template.Fill(FilledSample.Of(template, () => at++ == place ? HostileValues.Long : $"mot{at - 1}")).Markdown) with { Title = "mot" };
        Assert.Equal(Tags(harmless), Tags(hostile));
        Assert.Equal(Parts(harmless, validate: false), Parts(hostile, validate: true));
        var said = HostileValues.Said(HostileValues.Long);
        Assert.Contains(said, HostileValues.Bare(new HtmlParser().ParseDocument(HtmlDocument.Article(hostile)).Body!.TextContent), StringComparison.Ordinal);
        using var package = WordprocessingDocument.Open(new MemoryStream(DocxDocument.Write(hostile)), false);
        Assert.Contains(said, HostileValues.Bare(package.MainDocumentPart!.Document.Body!.InnerText), StringComparison.Ordinal);
    }

    /// <summary>Where Markdown has its traps: alone, in a heading, a list, a cell, a quote, bold, beside a word.</summary>
    [Fact]
    public void Each_value_alone_in_each_place_keeps_its_place_and_its_words()
    {
        const string body = "{{v}}\n\n## {{v}}\n\n- {{v}}\n\n1. {{v}}\n\n| a | b |\n| --- | --- |\n| {{v}} | **{{v}}** |\n| fin | fin |\n\n> {{v}}\n\nAvant {{v}} après : ({{v}})\n{{v}}\n\n[lien](https://exemple.fr/{{v}})";
        var template = DocumentTemplate.Read("---\ncode: DOC_TEST\ntitle: T\nlegal: L\nabout: RECORD\nprefix: ES\nreader: ReadRecords.Read\nissuer: DraftRecord.Write\ninputs:\n  v: la valeur\n---\n" + body);
        string[] Of(string value) => [.. Tags(TemplateTests.Text(template.Fill(Filling.Of(("v", value))).Markdown)).Where(tag => tag is not ("A" or "STRONG"))];
        var expected = Of("mot");
        foreach (var value in Values)
        {
            Assert.True(expected.SequenceEqual(Of(value)), $"« {value} » changes the document.");
            var html = new HtmlParser().ParseDocument(HtmlDocument.Article(TemplateTests.Text(template.Fill(Filling.Of(("v", value))).Markdown)));
            Assert.Empty(html.QuerySelectorAll("script, img, iframe, [onerror], [style]"));
            Assert.Contains(HostileValues.Said(value), HostileValues.Bare(html.QuerySelector("blockquote")!.TextContent), StringComparison.Ordinal);
            Assert.All(html.QuerySelectorAll("a"), link => Assert.StartsWith("https://exemple.fr/", link.GetAttribute("href"), StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("javascript:alert(1)", null)]
    [InlineData("JaVaScRiPt:alert(1)", null)]
    [InlineData("data:text/html,x", null)]
    [InlineData("vbscript:x", null)]
    [InlineData("file:///etc/passwd", null)]
    [InlineData("//exemple.fr/a", null)]
    [InlineData("/o/commune", null)]
    [InlineData("https://www.cnil.fr/fr/plaintes", "https://www.cnil.fr/fr/plaintes")]
    [InlineData("mailto:dpd@exemple.fr", "mailto:dpd@exemple.fr")]
    [InlineData("tel:+33102030405", "tel:+33102030405")]
    public void Only_four_kinds_of_links_are_followed(string address, string? kept)
    {
        var text = TemplateTests.Text($"Voir [là]({address}) et ![image]({address}).");
        var page = new HtmlParser().ParseDocument(HtmlDocument.Article(text));
        Assert.Equal(kept, page.QuerySelector("a")?.GetAttribute("href"));
        Assert.Null(page.QuerySelector("img"));
        Assert.Contains("là", page.Body!.TextContent, StringComparison.Ordinal);
        using var package = WordprocessingDocument.Open(new MemoryStream(DocxDocument.Write(text)), false);
        Assert.Equal(kept is null ? 0 : 1, package.MainDocumentPart!.HyperlinkRelationships.Count());
    }

    [Fact]
    public void Raw_HTML_of_a_template_stays_text()
    {
        var page = new HtmlParser().ParseDocument(HtmlDocument.Article(TemplateTests.Text("<b>gras</b>\n\n<div onclick=\"x()\">bloc</div>\n\n<script>alert(1)</script>")));
        Assert.Empty(page.QuerySelectorAll("b, div[onclick], script"));
        Assert.Contains("<script>alert(1)</script>", page.Body!.TextContent, StringComparison.Ordinal);
    }

    private static string[] Tags(DocumentText text)
    {
        var article = new HtmlParser().ParseDocument(HtmlDocument.Article(text));
        Assert.All(article.QuerySelectorAll("*"), element => Assert.All(element.Attributes, attribute => Assert.Contains(attribute.Name, (string[])["class", "id", "href", "rel", "scope", "aria-label", "role", "tabindex"])));
        return [.. article.Body!.QuerySelectorAll("*").Where(element => element is not { LocalName: "br" or "mark" }).Select(element => element.TagName)];
    }

    private static string Parts(DocumentText text, bool validate)
    {
        var bytes = DocxDocument.Write(text);
        using var package = WordprocessingDocument.Open(new MemoryStream(bytes), false);
        var body = package.MainDocumentPart!.Document.Body!;
        if (validate)
        {
            var faults = new OpenXmlValidator(DocumentFormat.OpenXml.FileFormatVersions.Office2019).Validate(package).ToList();
            Assert.True(faults.Count == 0, string.Join('\n', faults.Take(5).Select(fault => $"{fault.Description} {fault.Path?.XPath}")));
        }
        // The one field is the table of contents.
        return string.Join(' ', body.Elements<Paragraph>().Count(), body.Descendants<TableCell>().Count(), body.Descendants<Hyperlink>().Count(), body.Descendants<FieldCode>().Count(), body.Descendants<SimpleField>().Count(),
            string.Join(',', body.Descendants<ParagraphStyleId>().Select(style => style.Val!.Value)));
    }
}
