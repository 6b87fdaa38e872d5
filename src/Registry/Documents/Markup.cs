using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Registry.Documents;

/// <summary>How the Markdown of documents is read: CommonMark and tables, no HTML, no attributes, no images (S-12).</summary>
public static class Markup
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().DisableHtml().UsePipeTables().Build();

    public static MarkdownDocument Parse(string markdown) => Markdown.Parse(markdown, Pipeline);

    /// <summary>The address of a link that may be followed; null for one that stays text.</summary>
    public static string? Safe(string? address)
    {
        if (string.IsNullOrEmpty(address) || !Uri.TryCreate(address, UriKind.Absolute, out var uri)) return null;
        return uri.Scheme is "http" or "https" or "mailto" or "tel" ? uri.AbsoluteUri : null;
    }

    /// <summary>What is written there, without its form.</summary>
    public static string PlainText(ContainerInline? inlines) => inlines is null ? "" : string.Concat(inlines.Select(PlainText)).Replace(MarkdownText.LineMark, ' ').Replace($"{MarkdownText.MissingMark}", MarkdownText.Missing, StringComparison.Ordinal);

    private static string PlainText(Inline inline) => inline switch
    {
        LiteralInline literal => literal.Content.ToString(),
        CodeInline code => code.Content,
        HtmlEntityInline entity => entity.Transcoded.ToString(),
        LineBreakInline => " ",
        AutolinkInline link => link.Url,
        HtmlInline raw => raw.Tag,
        ContainerInline container => string.Concat(container.Select(PlainText)),
        _ => "",
    };

    /// <summary>The headings that a table of contents names.</summary>
    public static IReadOnlyList<(int Number, int Level, string Text)> Headings(MarkdownDocument document) =>
        [.. document.Descendants<HeadingBlock>().Where(heading => heading.Level <= 2).Select((heading, index) => (index + 1, heading.Level, PlainText(heading.Inline)))];
}
