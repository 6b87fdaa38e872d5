using System.Collections;
using System.Globalization;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Microsoft.Extensions.Localization;

namespace Registry.Features.Shared.TagHelpers;

/// <summary>
/// What every field has: label, hint, error above the control and tied to it, and what was typed rather than what is stored.
/// A framework base class, so each kind of field only writes its own control.
/// </summary>
public abstract class FieldTagHelper(IStringLocalizer language) : TagHelper
{
    [ViewContext, HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    public ModelExpression For { get; set; } = null!;

    /// <summary>The full name of the field when a form is drawn from a description rather than from an expression.</summary>
    public string? Path { get; set; }
    public string? Label { get; set; }
    public string? Legend { get; set; }
    public string? Hint { get; set; }
    public bool Optional { get; set; }
    /// <summary>On a page that asks one question, the legend is the page's heading.</summary>
    public bool PageTitle { get; set; }

    protected string Name => Path ?? ViewContext.ViewData.TemplateInfo.GetFullHtmlFieldName(For.Name);
    protected string Id => IdOf(Name);

    internal static string IdOf(string name) => TagBuilder.CreateSanitizedId(name, "_");

    /// <summary>Html with every hole encoded, except holes that are html themselves.</summary>
    protected static IHtmlContent Html(FormattableString html) => new HtmlFormattableString(html.Format, html.GetArguments()!);

    protected static IHtmlContent Attribute(string name, object? value) =>
        value is null ? HtmlString.Empty : Html($" {new HtmlString(name)}=\"{value}\"");

    protected static IHtmlContent Flag(string name, bool present) => present ? new HtmlString(" " + name) : HtmlString.Empty;

    protected string Say(string? french) => french is null ? "" : language.Get(french);

    protected string Say(string french, params object[] arguments) => language.Get(french, arguments);

    /// <summary>Typed values first, then the model's.</summary>
    protected IReadOnlyList<string> Values(string? name = null, object? model = null)
    {
        if (ViewContext.ViewData.ModelState.TryGetValue(name ?? Name, out var entry) && entry.RawValue is not null)
            return entry.RawValue is string[] several ? several : [Convert.ToString(entry.RawValue, CultureInfo.InvariantCulture) ?? ""];
        return (name is null ? For.Model : model) switch
        {
            null => [],
            string one => [one],
            IEnumerable many => [.. many.Cast<object>().Select(Text)],
            var one => [Text(one)],
        };

        static string Text(object value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
    }

    protected string Value => Values() is [var first, ..] ? first : "";

    /// <summary>First error of the field; a fieldset also answers for its parts.</summary>
    protected string? Error(bool withParts = false)
    {
        var state = ViewContext.ViewData.ModelState;
        if (FirstOf(state.GetValueOrDefault(Name)) is { } own)
            return own;
        if (!withParts)
            return null;
        return state.FindKeysWithPrefix(Name).Select(pair => FirstOf(pair.Value)).FirstOrDefault(message => message is not null);

        string? FirstOf(ModelStateEntry? entry) => entry?.Errors is [var error, ..] ? Say(error.ErrorMessage) : null;
    }

    protected string? DescribedBy(string? error)
    {
        var ids = string.Join(' ', new[] { Hint is null ? null : Id + "-hint", error is null ? null : Id + "-error" }.Where(id => id is not null));
        return ids.Length == 0 ? null : ids;
    }

    protected IHtmlContent Facultative => Optional ? Html($" <span class=\"optional\">{Say(Languages.Key("(facultatif)"))}</span>") : HtmlString.Empty;

    protected IHtmlContent HintAndError(string? error)
    {
        var both = new HtmlContentBuilder();
        if (Hint is not null)
            both.AppendHtml(Html($"<p class=\"hint\" id=\"{Id}-hint\">{Say(Hint)}</p>"));
        if (error is not null)
            both.AppendHtml(Html($"<p class=\"error\" id=\"{Id}-error\">{error}</p>"));
        return both;
    }

    /// <summary>The frame of a single control: label above, hint, error, control.</summary>
    protected void WriteField(TagHelperOutput output, IHtmlContent control, IHtmlContent? after = null)
    {
        var error = Error();
        Open(output, "div", error);
        output.Content
            .AppendHtml(Html($"<label for=\"{Id}\">{Say(Label)}{Facultative}</label>"))
            .AppendHtml(HintAndError(error))
            .AppendHtml(control)
            .AppendHtml(after ?? HtmlString.Empty);
    }

    /// <summary>The frame of a group: a fieldset with its legend.</summary>
    protected void WriteGroup(TagHelperOutput output, IHtmlContent controls, string? focus = null, bool withParts = false)
    {
        var error = Error(withParts);
        Open(output, "fieldset", error, focus);
        if (DescribedBy(error) is { } described)
            output.Attributes.SetAttribute("aria-describedby", described);
        var legend = Html($"{Say(Legend ?? Label)}{Facultative}");
        output.Content
            .AppendHtml(PageTitle ? Html($"<legend><h1>{legend}</h1></legend>") : Html($"<legend>{legend}</legend>"))
            .AppendHtml(HintAndError(error))
            .AppendHtml(controls);
    }

    private void Open(TagHelperOutput output, string tag, string? error, string? focus = null)
    {
        FieldTrail.Of(ViewContext.HttpContext).Add(Name, focus ?? Id);
        output.TagName = tag;
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", error is null ? "field" : "field field-error");
    }
}

/// <summary>The fields of a page in the order they stand, so that the error summary follows it and links to the first control of each.</summary>
public sealed class FieldTrail
{
    private readonly List<(string Key, string Id)> _fields = [];

    public void Add(string key, string id) => _fields.Add((key, id));

    public int PositionOf(string key)
    {
        var exact = _fields.FindIndex(field => field.Key.Equals(key, StringComparison.OrdinalIgnoreCase));
        return exact >= 0 ? exact : _fields.FindIndex(field => key.StartsWith(field.Key + ".", StringComparison.OrdinalIgnoreCase)
            || key.StartsWith(field.Key + "[", StringComparison.OrdinalIgnoreCase));
    }

    public string IdAt(int position) => _fields[position].Id;

    public static FieldTrail Of(HttpContext context)
    {
        if (context.Items[typeof(FieldTrail)] is FieldTrail trail)
            return trail;
        trail = new FieldTrail();
        context.Items[typeof(FieldTrail)] = trail;
        return trail;
    }
}
