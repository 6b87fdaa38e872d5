using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Markdig.Extensions.Tables;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Registry.Documents;

/// <summary>
/// The syntax tree as HTML. Only the kinds of nodes that are named here are written, and every letter goes through the encoder: there is no way for raw HTML to pass, whatever the parser does.
/// </summary>
public sealed class HtmlDocument
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);
    private static readonly string Style = ReadStyle();

    private readonly StringBuilder _html = new();
    private int _headings;

    /// <summary>What a table is called for whoever does not see where it stands: the heading above it.</summary>
    private string _above = "";
    private DocumentWords _words = DocumentWords.Of("fr");

    /// <summary>Letterhead, title and text: what stands in a page of the program, and in the whole page below.</summary>
    /// <param name="document">The text.</param>
    /// <param name="leads">Its title is that of the page; else the page has one of its own.</param>
    public static string Article(DocumentText document, bool leads = true)
    {
        var writer = new HtmlDocument { _above = document.Title, _words = DocumentWords.Of(document.Language) };
        writer.Head(document, leads);
        var tree = Markup.Parse(document.Markdown);
        if (document.Contents) writer.Contents(Markup.Headings(tree));
        for (var i = 0; i < tree.Count; i++)
        {
            if (i + 1 < tree.Count && BarChart.TitleOf(tree[i], tree[i + 1]) is { } title) writer._html.Append("<figure class=\"chart\">").Append(BarChart.Svg(title, (Table)tree[i + 1], Text)).Append("<figcaption>").Append(Text(title)).Append("</figcaption></figure>");
            else writer.Block(tree[i], leads: i + 1 < tree.Count && tree[i + 1] is Markdig.Extensions.Tables.Table or ListBlock);
        }
        return writer._html.ToString();
    }

    /// <summary>A page by itself, for paper: no script, no address to load anything from.</summary>
    public static string Page(DocumentText document) =>
        $"""
        <!DOCTYPE html>
        <html lang="{document.Language}"><head><meta charset="utf-8"><title>{Text(document.Title)}</title><style>{Style}</style></head>
        <body class="paper">{Article(document)}</body></html>
        """;

    /// <summary>The foot of each page of the PDF; the browser fills the numbers.</summary>
    public static string Footer(DocumentText document) =>
        $"""
        <div style="width:100%;font:7.5pt 'Liberation Sans',Arial,sans-serif;color:#444;padding:0 18mm;display:flex;justify-content:space-between;gap:8mm"><span>{Text(document.Stamp)}</span><span style="white-space:nowrap">page <span class="pageNumber"></span> / <span class="totalPages"></span></span></div>
        """;

    public static string Text(string text) => Encoder.Encode(text);

    private void Head(DocumentText document, bool leads)
    {
        if (document.Letterhead is { } head)
        {
            _html.Append("<div class=\"letterhead\"><div class=\"from\"><p class=\"body\">").Append(Text(head.Body)).Append("</p>");
            foreach (var line in new[] { head.Address, head.Siren is null ? null : "SIREN " + head.Siren, head.Contact }) if (!string.IsNullOrEmpty(line)) _html.Append("<p>").Append(Text(line)).Append("</p>");
            _html.Append("</div><div class=\"when\"><p>").Append(Text(head.Place is null ? head.Date : head.Place + _words.On + head.Date)).Append("</p>");
            if (document.Reference is { } reference) _html.Append("<p>").Append(Text(_words.Reference + reference)).Append("</p>");
            _html.Append("</div></div>");
        }
        if (document.Addressee is { } addressee) _html.Append("<p class=\"addressee\">").AppendJoin("<br>", addressee.Split('\n').Select(Text)).Append("</p>");
        if (document.Confidentiality is { } word) _html.Append("<p class=\"confidential\">").Append(Text(word)).Append("</p>");
        _html.Append(leads ? "<h1>" : "<p class=\"doc-title\">").Append(Text(document.Title)).Append(leads ? "</h1>" : "</p>");
        if (document.Legal is { } legal) _html.Append("<p class=\"legal\">").Append(Text(legal)).Append("</p>");
    }

    private void Contents(IReadOnlyList<(int Number, int Level, string Text)> headings)
    {
        _html.Append("<nav class=\"doc-contents\" aria-label=\"").Append(_words.Contents).Append("\"><p class=\"contents-title\">").Append(_words.Contents).Append("</p><ol>");
        foreach (var (number, _, text) in headings.Where(heading => heading.Level == 2)) _html.Append("<li><a href=\"#d").Append(number).Append("\">").Append(Text(text)).Append("</a></li>");
        _html.Append("</ol></nav>");
    }

    /// <param name="leads">What comes next belongs to it, and stays on its page.</param>
    private void Block(Block block, bool leads = false)
    {
        switch (block)
        {
            case HeadingBlock heading:
                var level = Math.Clamp(heading.Level, 2, 4);
                _html.Append("<h").Append(level);
                if (heading.Level <= 2) _html.Append(" id=\"d").Append(++_headings).Append('"');
                _html.Append('>');
                Inlines(heading.Inline);
                _above = Markup.PlainText(heading.Inline);
                _html.Append("</h").Append(level).Append('>');
                break;
            case ParagraphBlock paragraph: Around(leads ? "p class=\"leads\"" : "p", () => Inlines(paragraph.Inline)); break;
            case ListBlock list: Around(list.IsOrdered ? "ol" : "ul", () => { foreach (var item in list) Block(item); }); break;
            case ListItemBlock item: Around("li", () => Item(item)); break;
            case QuoteBlock quote: Around("blockquote", () => { foreach (var inner in quote) Block(inner); }); break;
            case Table table: Table(table); break;
            case ThematicBreakBlock: _html.Append("<hr class=\"leaf\">"); break;
            case LeafBlock leaf: Around("p", () => _html.Append(Text(leaf.Lines.ToString()))); break;
            case ContainerBlock container: foreach (var inner in container) Block(inner); break;
        }
    }

    /// <summary>A line of a list is not a paragraph, unless it has several.</summary>
    private void Item(ListItemBlock item)
    {
        foreach (var block in item)
        {
            if (block is ParagraphBlock paragraph && item.Count(one => one is ParagraphBlock) == 1) Inlines(paragraph.Inline);
            else Block(block);
        }
    }

    private void Table(Table table)
    {
        var rows = table.OfType<TableRow>().ToList();
        // Two columns are names and what is said of them.
        // On a narrow screen a table is moved sideways, with the keyboard too.
        _html.Append("<div class=\"doc-table\" role=\"group\" tabindex=\"0\" aria-label=\"Tableau\"><table").Append(rows[0].Count == 2 ? " class=\"facts-table\">" : ">").Append("<caption class=\"hidden\">").Append(Text(_above)).Append("</caption>");
        foreach (var (head, group) in new[] { (true, rows.Where(row => row.IsHeader)), (false, rows.Where(row => !row.IsHeader)) })
        {
            _html.Append(head ? "<thead>" : "<tbody>");
            foreach (var row in group)
            {
                _html.Append("<tr>");
                foreach (var (cell, column) in row.OfType<TableCell>().Select((cell, column) => (cell, column)))
                {
                    // The first cell names its row.
                    var tag = head ? "th scope=\"col\"" : column == 0 ? "th scope=\"row\"" : "td";
                    var kind = table.ColumnDefinitions.ElementAtOrDefault(column)?.Alignment == TableColumnAlign.Right ? "number" : !head && IsShort(cell) ? "unbroken" : null;
                    _html.Append('<').Append(tag).Append(kind is null ? ">" : $" class=\"{kind}\">");
                    foreach (var block in cell) { if (block is ParagraphBlock paragraph) Inlines(paragraph.Inline); else Block(block); }
                    _html.Append(head || column == 0 ? "</th>" : "</td>");
                }
                _html.Append("</tr>");
            }
            _html.Append(head ? "</thead>" : "</tbody>");
        }
        _html.Append("</table></div>");
    }

    /// <summary>A reference is not broken at its hyphens.</summary>
    private static bool IsShort(TableCell cell) => cell is [ParagraphBlock only] && Markup.PlainText(only.Inline) is { Length: <= 14 } text && !text.Contains(' ', StringComparison.Ordinal);

    private void Inlines(ContainerInline? inlines)
    {
        foreach (var inline in inlines ?? []) Inline(inline);
    }

    private void Inline(Inline inline)
    {
        switch (inline)
        {
            case LiteralInline literal: Write(literal.Content.ToString()); break;
            case CodeInline code: Write(code.Content); break;
            case HtmlEntityInline entity: Write(entity.Transcoded.ToString()); break;
            case HtmlInline raw: Write(raw.Tag); break;
            case LineBreakInline line: _html.Append(line.IsHard ? "<br>" : "\n"); break;
            case EmphasisInline emphasis: Around(emphasis.DelimiterCount > 1 ? "strong" : "em", () => Inlines(emphasis)); break;
            case AutolinkInline link: Link(Markup.Safe(link.IsEmail ? "mailto:" + link.Url : link.Url), () => Write(link.Url)); break;
            case LinkInline { IsImage: false } link: Link(Markup.Safe(link.Url), () => Inlines(link)); break;
            case ContainerInline container: Inlines(container); break;
        }
    }

    private void Link(string? address, Action inside)
    {
        if (address is null)
        {
            inside();
            return;
        }
        _html.Append("<a href=\"").Append(Text(address)).Append("\" rel=\"noreferrer\">");
        inside();
        _html.Append("</a>");
    }

    private void Write(string text)
    {
        var start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is not (MarkdownText.LineMark or MarkdownText.MissingMark)) continue;
            _html.Append(Text(text[start..i])).Append(text[i] == MarkdownText.LineMark ? "<br>" : $"<mark>{_words.Missing}</mark>");
            start = i + 1;
        }
        _html.Append(Text(text[start..]));
    }

    private void Around(string tag, Action inside)
    {
        _html.Append('<').Append(tag).Append('>');
        inside();
        _html.Append("</").Append(tag.AsSpan(0, tag.IndexOf(' ', StringComparison.Ordinal) is > 0 and var end ? end : tag.Length)).Append('>');
    }

    private static string ReadStyle()
    {
        using var reader = new StreamReader(typeof(HtmlDocument).Assembly.GetManifestResourceStream("documents/print.css")!);
        return reader.ReadToEnd();
    }
}
