using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Microsoft.Extensions.Localization;

namespace Registry.Features.Shared.TagHelpers;

[HtmlTargetElement("text-field", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class TextFieldTagHelper(IStringLocalizer language) : FieldTagHelper(language)
{
    public string Type { get; set; } = "text";
    public string? Autocomplete { get; set; }
    public string? Inputmode { get; set; }
    /// <summary>short (a number, a code), medium (a name), full.</summary>
    public string Width { get; set; } = "full";
    public int? Maxlength { get; set; }
    /// <summary>Words the box offers; another may be typed.</summary>
    public IReadOnlyList<string> Suggestions { get; set; } = [];
    /// <summary>The full name of a field above that offers the same words already.</summary>
    public string? OfferedAt { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var error = Error();
        var value = Type == "password" ? null : Value;
        var list = new HtmlContentBuilder();
        foreach (var word in Suggestions) list.AppendHtml(Html($"<option value=\"{word}\"></option>"));
        IHtmlContent offered = Suggestions.Count == 0 || !string.IsNullOrEmpty(OfferedAt) ? HtmlString.Empty : Html($"<datalist id=\"{Id}-list\">{list}</datalist>");
        WriteField(output, Html($"<input class=\"w-{Width}\" type=\"{Type}\" id=\"{Id}\" name=\"{Name}\"{Attribute("value", value)}{Attribute("autocomplete", Autocomplete)}{Attribute("inputmode", Inputmode)}{Attribute("maxlength", Maxlength)}{Attribute("list", Suggestions.Count == 0 ? null : (string.IsNullOrEmpty(OfferedAt) ? Id : IdOf(OfferedAt)) + "-list")}{Attribute("aria-describedby", DescribedBy(error))}{Attribute("aria-invalid", error is null ? null : "true")}>"), offered);
    }
}

[HtmlTargetElement("text-area", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class TextAreaTagHelper(IStringLocalizer language) : FieldTagHelper(language)
{
    public int Rows { get; set; } = 3;
    /// <summary>Shown, not enforced: a text that is too long comes back whole, with the error.</summary>
    public int? Limit { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var error = Error();
        var described = DescribedBy(error);
        IHtmlContent count = HtmlString.Empty;
        if (Limit is { } limit)
        {
            described = string.Join(' ', new[] { described, Id + "-count" }.Where(id => id is not null));
            count = Html($"<p class=\"count\" id=\"{Id}-count\" data-one=\"{Say(Languages.Key("{0} caractère sur {1}"))}\" data-many=\"{Say(Languages.Key("{0} caractères sur {1}"))}\">{Counted(limit)}</p>");
        }
        // The line break after the tag is dropped by the parser; without it a text that begins with one would lose it.
        WriteField(output, Html($"<textarea id=\"{Id}\" name=\"{Name}\" rows=\"{Rows}\"{Attribute("data-limit", Limit)}{Attribute("aria-describedby", described)}{Attribute("aria-invalid", error is null ? null : "true")}>\n{Value}</textarea>"), count);
    }

    private string Counted(int limit)
    {
        // Forms send line breaks as two characters; a person counts one.
        var length = Value.Replace("\r\n", "\n", StringComparison.Ordinal).Length;
        return length < 2 ? Say(Languages.Key("{0} caractère sur {1}"), length, limit) : Say(Languages.Key("{0} caractères sur {1}"), length, limit);
    }
}
