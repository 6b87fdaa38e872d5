using System.Globalization;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Registry.Features.Shared.TagHelpers;

/// <summary>How far a thing has come: an empty ring, quarters, full. Decorative: the word always stands beside it.</summary>
[HtmlTargetElement("state-disc", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class StateDiscTagHelper : TagHelper
{
    /// <summary>0 not begun, 1 to 3 quarters, 4 finished.</summary>
    public int Level { get; set; }
    /// <summary>normal; over (closed for good, grey); late (late or blocked, red square).</summary>
    public string Kind { get; set; } = "normal";

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var shape = Kind switch
        {
            "late" => "square",
            "over" => "full",
            _ => Level switch { <= 0 => "ring", 1 => "quarter", 2 => "half", 3 => "three-quarters", _ => "full" },
        };
        var tone = Kind switch { "late" => "late", "over" => "over", _ => Level >= 4 ? "done" : "going" };
        output.TagName = "svg";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", $"disc disc-{tone}");
        output.Attributes.SetAttribute("viewBox", "0 0 12 12");
        output.Attributes.SetAttribute("width", "12");
        output.Attributes.SetAttribute("height", "12");
        output.Attributes.SetAttribute("aria-hidden", "true");
        output.Content.SetHtmlContent(shape switch
        {
            "square" => "<rect x=\"1\" y=\"1\" width=\"10\" height=\"10\"/>",
            "full" => "<circle cx=\"6\" cy=\"6\" r=\"5.5\"/>",
            "ring" => "<circle class=\"rim\" cx=\"6\" cy=\"6\" r=\"5\"/>",
            "quarter" => "<circle class=\"rim\" cx=\"6\" cy=\"6\" r=\"5\"/><path d=\"M6 6V1a5 5 0 0 1 5 5z\"/>",
            "half" => "<circle class=\"rim\" cx=\"6\" cy=\"6\" r=\"5\"/><path d=\"M6 1a5 5 0 0 1 0 10z\"/>",
            _ => "<circle class=\"rim\" cx=\"6\" cy=\"6\" r=\"5\"/><path d=\"M6 6V1a5 5 0 1 1-5 5z\"/>",
        });
    }
}

/// <summary>A bar of elapsed time or completeness. Decorative: the words say the same.</summary>
[HtmlTargetElement("bar", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class BarTagHelper : TagHelper
{
    public double Percent { get; set; }
    public string Kind { get; set; } = "normal";
    /// <summary>time: thin, grey; filled: completeness, in the accent.</summary>
    public string Of { get; set; } = "time";

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var width = Math.Clamp(Percent, 0, 100).ToString("0.#", CultureInfo.InvariantCulture);
        output.TagName = "svg";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", $"bar bar-{Of} bar-{Kind}");
        output.Attributes.SetAttribute("aria-hidden", "true");
        output.Content.SetHtmlContent($"<rect class=\"bar-all\" width=\"100%\" height=\"100%\"/><rect class=\"bar-part\" width=\"{width}%\" height=\"100%\"/>");
    }
}

/// <summary>A symbol of the sprite, never without words beside it.</summary>
[HtmlTargetElement("icon", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class IconTagHelper(IFileVersionProvider versions) : TagHelper
{
    [ViewContext, HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    public string Name { get; set; } = "";

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var pathBase = ViewContext.HttpContext.Request.PathBase;
        output.TagName = "svg";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "icon");
        output.Attributes.SetAttribute("aria-hidden", "true");
        output.Content.SetHtmlContent($"<use href=\"{versions.AddFileVersionToPath(pathBase, pathBase + "/icons.svg")}#{Name}\"/>");
    }
}
