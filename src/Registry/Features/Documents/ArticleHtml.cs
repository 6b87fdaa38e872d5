using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;
using Registry.Documents;

namespace Registry.Features.Documents;

/// <summary>
/// The Markdown component, the one place whose HTML is not Razor's (S-12): what <see cref="HtmlDocument"/> wrote, letter by letter encoded, from a text that was issued or is being looked at.
/// </summary>
public sealed class ArticleHtml(DocumentText document, bool leads = true) : IHtmlContent
{
    public void WriteTo(TextWriter writer, HtmlEncoder encoder) => writer.Write(HtmlDocument.Article(document, leads));
}
