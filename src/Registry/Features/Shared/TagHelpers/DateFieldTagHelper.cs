using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Microsoft.Extensions.Localization;

namespace Registry.Features.Shared.TagHelpers;

/// <summary>Day, month, year and, where it counts, the hour (S-116), bound to <see cref="DateParts"/>.</summary>
[HtmlTargetElement("date-field", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class DateFieldTagHelper(IStringLocalizer language) : FieldTagHelper(language)
{
    public bool Time { get; set; }
    /// <summary>"bday" on a date of birth gives bday-day, bday-month, bday-year.</summary>
    public string? Autocomplete { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var parts = For.Model as DateParts ?? (For.Model is DateOnly day ? DateParts.From(day) : null);
        Hint ??= Time ? Languages.Key("Format attendu : JJ MM AAAA et HH:MM, par exemple 9 6 2026 et 14:20")
            : Languages.Key("Format attendu : JJ MM AAAA, par exemple 9 6 2026");
        var invalid = Error(withParts: true) is not null;
        var boxes = new HtmlContentBuilder()
            .AppendHtml(Box("Day", parts?.Day, Languages.Key("Jour"), "numeric", invalid))
            .AppendHtml(Box("Month", parts?.Month, Languages.Key("Mois"), "numeric", invalid))
            .AppendHtml(Box("Year", parts?.Year, Languages.Key("Année"), "numeric", invalid));
        if (Time)
            boxes.AppendHtml(Box("Time", parts?.Time, Languages.Key("Heure"), null, invalid));
        WriteGroup(output, Html($"<div class=\"date\">{boxes}</div>"), focus: IdOf(Name + ".Day"), withParts: true);
    }

    private IHtmlContent Box(string part, string? model, string label, string? inputmode, bool invalid)
    {
        var name = $"{Name}.{part}";
        var id = IdOf(name);
        var value = Values(name, model) is [var typed, ..] ? typed : null;
        var autocomplete = Autocomplete is null || part == "Time" ? "off" : $"{Autocomplete}-{part.ToLowerInvariant()}";
        return Html($"<div class=\"date-{part.ToLowerInvariant()}\"><label for=\"{id}\">{Say(label)}</label><input type=\"text\" id=\"{id}\" name=\"{name}\"{Attribute("value", value)}{Attribute("inputmode", inputmode)} autocomplete=\"{autocomplete}\"{Attribute("aria-invalid", invalid ? "true" : null)}></div>");
    }
}
