using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Microsoft.Extensions.Localization;

namespace Registry.Features.Shared.TagHelpers;

/// <summary>A message with a side line, an icon, one sentence and one link. "done" after a redirect is read as a status.</summary>
[HtmlTargetElement("flash")]
public sealed class FlashTagHelper(IFileVersionProvider versions) : TagHelper
{
    [ViewContext, HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    /// <summary>done, soon, late or offer.</summary>
    public string Kind { get; set; } = "done";

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var content = await output.GetChildContentAsync();
        var icon = Kind switch { "done" => "check", "offer" => "info", _ => "warning" };
        output.TagName = "div";
        output.Attributes.SetAttribute("class", $"flash flash-{Kind}");
        if (Kind == "done")
            output.Attributes.SetAttribute("role", "status");
        var pathBase = ViewContext.HttpContext.Request.PathBase;
        output.Content
            .SetHtmlContent($"<svg class=\"icon\" aria-hidden=\"true\"><use href=\"{versions.AddFileVersionToPath(pathBase, pathBase + "/icons.svg")}#{icon}\"/></svg><div>")
            .AppendHtml(content)
            .AppendHtml("</div>");
    }
}

/// <summary>Nothing here yet: one sentence of meaning and the act that fills it.</summary>
[HtmlTargetElement("empty-state")]
public sealed class EmptyStateTagHelper(IStringLocalizer language) : TagHelper
{
    public string Title { get; set; } = "";

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var content = await output.GetChildContentAsync();
        output.TagName = "div";
        output.Attributes.SetAttribute("class", "empty");
        var title = new TagBuilder("p");
        title.AddCssClass("empty-title");
        title.InnerHtml.Append(language.Get(Title));
        output.Content.SetHtmlContent(title).AppendHtml(content);
    }
}
