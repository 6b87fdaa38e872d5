using Microsoft.AspNetCore.Razor.TagHelpers;
using Microsoft.Extensions.Localization;

namespace Registry.Features.Shared.TagHelpers;

/// <summary>A field that takes files. What was chosen cannot be kept when the form comes back: browsers do not allow it (S-114).</summary>
[HtmlTargetElement("file-field", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class FileFieldTagHelper(IStringLocalizer language) : FieldTagHelper(language)
{
    public string? Accept { get; set; }
    public bool Multiple { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var error = Error();
        WriteField(output, Html($"<input class=\"w-full\" type=\"file\" id=\"{Id}\" name=\"{Name}\"{Attribute("accept", Accept)}{Flag("multiple", Multiple)}{Attribute("aria-describedby", DescribedBy(error))}{Attribute("aria-invalid", error is null ? null : "true")}>"));
    }
}
