using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Microsoft.Extensions.Localization;

namespace Registry.Features.Shared.TagHelpers;

/// <summary>A native select: for lists longer than seven or so, radios below that.</summary>
[HtmlTargetElement("choice", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class ChoiceTagHelper(IStringLocalizer language) : FieldTagHelper(language)
{
    public IEnumerable<Option> Options { get; set; } = [];
    /// <summary>Text of a first line that chooses nothing.</summary>
    public string? Empty { get; set; }
    public string Width { get; set; } = "full";

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var error = Error();
        var lines = new HtmlContentBuilder();
        if (Empty is not null)
            lines.AppendHtml(Html($"<option value=\"\">{Say(Empty)}</option>"));
        foreach (var run in Options.Select(option => option.Group).Distinct())
        {
            if (run is not null)
                lines.AppendHtml(Html($"<optgroup label=\"{Say(run)}\">"));
            foreach (var option in Options.Where(option => option.Group == run))
                lines.AppendHtml(Html($"<option value=\"{option.Value}\"{Flag("selected", option.Value == Value)}>{Say(option.Label)}</option>"));
            if (run is not null)
                lines.AppendHtml("</optgroup>");
        }
        WriteField(output, Html($"<select class=\"w-{Width}\" id=\"{Id}\" name=\"{Name}\"{Attribute("aria-describedby", DescribedBy(error))}{Attribute("aria-invalid", error is null ? null : "true")}>{lines}</select>"));
    }
}

/// <summary>Lines of radio buttons or check boxes; the first has the id of the field, where the error summary leads.</summary>
public abstract class LinesTagHelper(IStringLocalizer language) : FieldTagHelper(language)
{
    protected IHtmlContent Lines(string type, IEnumerable<Option> options)
    {
        var chosen = Values();
        var lines = new HtmlContentBuilder();
        var position = 0;
        string? group = null;
        foreach (var option in options)
        {
            if (option.Group != group && (group = option.Group) is not null)
                lines.AppendHtml(Html($"<p class=\"choice-group\">{Say(group)}</p>"));
            var id = position++ == 0 ? Id : $"{Id}-{position}";
            var present = chosen.Contains(option.Value, StringComparer.OrdinalIgnoreCase);
            IHtmlContent hint = option.Hint is null ? HtmlString.Empty : Html($" <span class=\"hint\">{Say(option.Hint)}</span>");
            lines.AppendHtml(Html($"<label class=\"choice\"><input type=\"{type}\" id=\"{id}\" name=\"{Name}\" value=\"{option.Value}\"{Flag("checked", present)}><span>{Say(option.Label)}{hint}</span></label>"));
        }
        return Html($"<div class=\"choices\">{lines}</div>");
    }
}

[HtmlTargetElement("radios", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class RadiosTagHelper(IStringLocalizer language) : LinesTagHelper(language)
{
    public IEnumerable<Option> Options { get; set; } = [];

    public override void Process(TagHelperContext context, TagHelperOutput output) => WriteGroup(output, Lines("radio", Options));
}

[HtmlTargetElement("checks", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class ChecksTagHelper(IStringLocalizer language) : LinesTagHelper(language)
{
    public IEnumerable<Option> Options { get; set; } = [];

    public override void Process(TagHelperContext context, TagHelperOutput output) =>
        WriteGroup(output, Lines("checkbox", Options), withParts: true);
}

/// <summary>A question that has no answer until someone gives one: bool? with nothing chosen beforehand.</summary>
[HtmlTargetElement("yes-no", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class YesNoTagHelper(IStringLocalizer language) : LinesTagHelper(language)
{
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var lines = Lines("radio", [new("true", Languages.Key("Oui")), new("false", Languages.Key("Non"))]);
        WriteGroup(output, Html($"<div class=\"choices-inline\">{lines}</div>"));
    }
}

[HtmlTargetElement("tick", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class TickTagHelper(IStringLocalizer language) : FieldTagHelper(language)
{
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        FieldTrail.Of(ViewContext.HttpContext).Add(Name, Id);
        var error = Error();
        var present = Value.Equals("true", StringComparison.OrdinalIgnoreCase);
        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", error is null ? "field" : "field field-error");
        if (error is not null)
            output.Content.AppendHtml(Html($"<p class=\"error\" id=\"{Id}-error\">{error}</p>"));
        // An empty box sends nothing: the hidden field after it sends "false", and binding takes the first of the two.
        IHtmlContent hint = Hint is null ? HtmlString.Empty : Html($" <span class=\"hint\" id=\"{Id}-hint\">{Say(Hint)}</span>");
        output.Content.AppendHtml(Html($"<label class=\"choice\"><input type=\"checkbox\" id=\"{Id}\" name=\"{Name}\" value=\"true\"{Flag("checked", present)}{Attribute("aria-describedby", error is null ? null : Id + "-error")}{Attribute("aria-invalid", error is null ? null : "true")}><span>{Say(Label)}{hint}</span></label><input type=\"hidden\" name=\"{Name}\" value=\"false\">"));
    }
}
