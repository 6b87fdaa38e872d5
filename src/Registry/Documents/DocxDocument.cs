using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using Markdig.Extensions.Tables;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using Md = Markdig.Extensions.Tables;
using Ox = DocumentFormat.OpenXml.Wordprocessing;

namespace Registry.Documents;

/// <summary>
/// The syntax tree as a document that a town hall edits: real styles, real lists, tables whose heads repeat, a table of contents, the language and the title said. Values are texts of
/// runs, so none becomes a field or a formula.
/// </summary>
public sealed class DocxDocument
{
    private readonly MainDocumentPart _main;
    private readonly Body _body = new();
    private readonly List<int> _numberings = [];
    private int _headings;
    private readonly DocumentWords _words;
    private string _above;

    private DocxDocument(MainDocumentPart main, DocumentText document) => (_main, _above, _words) = (main, document.Title, DocumentWords.Of(document.Language));

    public static byte[] Write(DocumentText document)
    {
        using var stream = new MemoryStream();
        using (var package = WordprocessingDocument.Create(stream, WordprocessingDocumentType.Document))
        {
            package.PackageProperties.Title = document.Title;
            package.PackageProperties.Language = document.Language;
            package.PackageProperties.Subject = document.Legal ?? "";
            package.PackageProperties.Identifier = document.Reference ?? "";
            var main = package.AddMainDocumentPart();
            main.AddNewPart<StyleDefinitionsPart>().Styles = DocxStyles.Styles(document.Language);
            main.AddNewPart<DocumentSettingsPart>().Settings = new DocumentFormat.OpenXml.Wordprocessing.Settings(new Compatibility(new CompatibilitySetting { Name = CompatSettingNameValues.CompatibilityMode, Val = "15", Uri = "http://schemas.microsoft.com/office/word" }));
            var writer = new DocxDocument(main, document);
            writer.Head(document);
            var tree = Markup.Parse(document.Markdown);
            if (document.Contents) writer.Contents(Markup.Headings(tree));
            for (var i = 0; i < tree.Count; i++)
            {
                if (i + 1 < tree.Count && BarChart.TitleOf(tree[i], tree[i + 1]) is { } chart) writer.Styled("BodyText", Run(chart, bold: true));
                else writer.Block(tree[i], 0);
                if (tree[i] is ParagraphBlock && i + 1 < tree.Count && tree[i + 1] is Md.Table or ListBlock && writer._body.LastChild is Paragraph leading) leading.ParagraphProperties!.InsertAfter(new KeepNext(), leading.ParagraphProperties.ParagraphStyleId);
            }
            main.AddNewPart<NumberingDefinitionsPart>().Numbering = DocxStyles.Numbering(writer._numberings);
            writer._body.Append(DocxStyles.Section(main, document.Stamp));
            main.Document = new Document(writer._body);
            main.Document.Save();
        }
        return stream.ToArray();
    }

    private void Head(DocumentText document)
    {
        if (document.Letterhead is { } head)
        {
            Styled("Letterhead", Run(head.Body, bold: true));
            foreach (var line in new[] { head.Address, head.Siren is null ? null : "SIREN " + head.Siren, head.Contact }) if (!string.IsNullOrEmpty(line)) Styled("Letterhead", Run(line));
            Styled("Date", Run(head.Place is null ? head.Date : head.Place + _words.On + head.Date));
            if (document.Reference is { } reference) Styled("Date", Run(_words.Reference + reference));
        }
        foreach (var line in document.Addressee?.Split('\n') ?? []) Styled("Addressee", Run(line));
        if (document.Confidentiality is { } word) Styled("Legal", Run(word, bold: true));
        Styled("Title", Run(document.Title));
        if (document.Legal is { } legal) Styled("Legal", Run(legal));
    }

    /// <summary>A field that the word processor brings up to date with page numbers, filled with what it will find.</summary>
    private void Contents(IReadOnlyList<(int Number, int Level, string Text)> headings)
    {
        Styled("TOCHeading", Run(_words.Contents));
        var entries = headings.Where(heading => heading.Level == 2).ToList();
        foreach (var (number, _, text) in entries)
        {
            var paragraph = Styled("TOC1");
            if (number == entries[0].Number)
                paragraph.Append(new Run(new FieldChar { FieldCharType = FieldCharValues.Begin }), new Run(new FieldCode(" TOC \\o \"1-1\" \\h \\z \\u ") { Space = SpaceProcessingModeValues.Preserve }), new Run(new FieldChar { FieldCharType = FieldCharValues.Separate }));
            paragraph.Append(new Hyperlink(Run(text)) { Anchor = $"d{number}", History = true });
            if (number == entries[^1].Number) paragraph.Append(new Run(new FieldChar { FieldCharType = FieldCharValues.End }));
        }
    }

    private void Block(Block block, int depth, int? numbering = null)
    {
        switch (block)
        {
            case HeadingBlock heading:
                _above = Markup.PlainText(heading.Inline);
                var paragraph = Styled("Heading" + Math.Clamp(heading.Level - 1, 1, 3));
                if (heading.Level <= 2)
                {
                    var id = $"{++_headings}";
                    paragraph.Append(new BookmarkStart { Id = id, Name = "d" + id });
                    Inlines(paragraph, heading.Inline, new Look());
                    paragraph.Append(new BookmarkEnd { Id = id });
                }
                else Inlines(paragraph, heading.Inline, new Look());
                break;
            case ParagraphBlock text: Inlines(Styled(numbering is null ? "BodyText" : "ListParagraph", numbering: numbering, level: depth - 1), text.Inline, new Look()); break;
            case ListBlock list:
                _numberings.Add(list.IsOrdered ? 2 : 1);
                var number = _numberings.Count;
                foreach (var item in list.OfType<ListItemBlock>())
                    foreach (var (inner, first) in item.Select((inner, index) => (inner, index == 0))) Block(inner, Math.Min(depth + 1, 3), first ? number : null);
                break;
            case QuoteBlock quote: foreach (var inner in quote.OfType<ParagraphBlock>()) Inlines(Styled("Quote"), inner.Inline, new Look()); break;
            case Md.Table table: _body.Append(Table(table), new Paragraph(new ParagraphProperties(new ParagraphStyleId { Val = "AfterTable" }))); break;
            case ThematicBreakBlock: _body.Append(new Paragraph(new Run(new Break { Type = BreakValues.Page }))); break;
            case LeafBlock leaf: Styled("BodyText", Run(leaf.Lines.ToString())); break;
            case ContainerBlock container: foreach (var inner in container) Block(inner, depth); break;
        }
    }

    private Ox.Table Table(Md.Table source)
    {
        var rows = source.OfType<Md.TableRow>().ToList();
        var columns = rows.Max(row => row.Count);
        var table = new Ox.Table(
            new TableProperties(new TableStyle { Val = "TableGrid" }, new TableWidth { Width = "5000", Type = TableWidthUnitValues.Pct }, new TableLayout { Type = TableLayoutValues.Autofit }, new TableLook { Val = "0620", FirstRow = true }, new TableCaption { Val = CellText.Xml(_above) }),
            new TableGrid(Enumerable.Range(0, columns).Select(_ => new GridColumn { Width = $"{9600 / columns}" })));
        foreach (var row in rows)
        {
            var line = new Ox.TableRow(new TableRowProperties(new CantSplit()));
            // The head of a table stands again on each page.
            if (row.IsHeader) line.TableRowProperties!.Append(new TableHeader());
            foreach (var (cell, column) in row.OfType<Md.TableCell>().Select((cell, column) => (cell, column)))
            {
                var paragraph = new Paragraph(new ParagraphProperties(new ParagraphStyleId { Val = row.IsHeader ? "TableHead" : "TableText" }));
                if (source.ColumnDefinitions.ElementAtOrDefault(column)?.Alignment == TableColumnAlign.Right) paragraph.ParagraphProperties!.Append(new Justification { Val = JustificationValues.Right });
                foreach (var text in cell.OfType<ParagraphBlock>()) Inlines(paragraph, text.Inline, new Look(Bold: row.IsHeader));
                var properties = new TableCellProperties(new TableCellWidth { Width = $"{5000 / columns}", Type = TableWidthUnitValues.Pct });
                if (row.IsHeader) properties.Append(new Shading { Val = ShadingPatternValues.Clear, Color = "auto", Fill = "EEEEEE" });
                line.Append(new Ox.TableCell(properties, paragraph));
            }
            table.Append(line);
        }
        return table;
    }

    private sealed record Look(bool Bold = false, bool Italic = false);

    private void Inlines(OpenXmlElement target, ContainerInline? inlines, Look look)
    {
        foreach (var inline in inlines ?? [])
        {
            switch (inline)
            {
                case LiteralInline literal: Text(target, literal.Content.ToString(), look); break;
                case CodeInline code: Text(target, code.Content, look); break;
                case HtmlEntityInline entity: Text(target, entity.Transcoded.ToString(), look); break;
                case HtmlInline raw: Text(target, raw.Tag, look); break;
                case LineBreakInline line: target.Append(line.IsHard ? new Run(new Break()) : Run(" ")); break;
                case EmphasisInline emphasis: Inlines(target, emphasis, emphasis.DelimiterCount > 1 ? look with { Bold = true } : look with { Italic = true }); break;
                case AutolinkInline link: Link(target, Markup.Safe(link.IsEmail ? "mailto:" + link.Url : link.Url), holder => Text(holder, link.Url, look)); break;
                case LinkInline { IsImage: false } link: Link(target, Markup.Safe(link.Url), holder => Inlines(holder, link, look)); break;
                case ContainerInline container: Inlines(target, container, look); break;
            }
        }
    }

    private void Link(OpenXmlElement target, string? address, Action<OpenXmlElement> inside)
    {
        if (address is null || target is Hyperlink)
        {
            inside(target);
            return;
        }
        var link = new Hyperlink { Id = _main.AddHyperlinkRelationship(new Uri(address), isExternal: true).Id, History = true };
        inside(link);
        target.Append(link);
    }

    private void Text(OpenXmlElement target, string text, Look look)
    {
        var start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is not (MarkdownText.LineMark or MarkdownText.MissingMark)) continue;
            if (i > start) target.Append(Run(text[start..i], look.Bold, look.Italic));
            target.Append(text[i] == MarkdownText.LineMark ? new Run(new Break()) : Run(_words.Missing, look.Bold, look.Italic, marked: true));
            start = i + 1;
        }
        if (start < text.Length) target.Append(Run(text[start..], look.Bold, look.Italic));
    }

    private Paragraph Styled(string style, Run? run = null, int? numbering = null, int level = 0)
    {
        var properties = new ParagraphProperties(new ParagraphStyleId { Val = style });
        if (numbering is { } number) properties.Append(new NumberingProperties(new NumberingLevelReference { Val = level }, new NumberingId { Val = number }));
        var paragraph = new Paragraph(properties);
        if (run is not null) paragraph.Append(run);
        _body.Append(paragraph);
        return paragraph;
    }

    private static Run Run(string text, bool bold = false, bool italic = false, bool marked = false)
    {
        var run = new Run();
        if (bold || italic || marked)
        {
            var properties = new RunProperties();
            if (bold) properties.Append(new Bold());
            if (italic) properties.Append(new Italic());
            if (marked) properties.Append(new Highlight { Val = HighlightColorValues.Yellow });
            run.Append(properties);
        }
        run.Append(new Text(text) { Space = SpaceProcessingModeValues.Preserve });
        return run;
    }
}
