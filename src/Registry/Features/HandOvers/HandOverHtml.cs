using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.Extensions.Localization;
using Registry.Features.Records;
using Registry.Features.Shared;

namespace Registry.Features.HandOvers;

/// <summary>The register to read and to print, in one file: no script, nothing fetched from anywhere, every text through the encoder.</summary>
public sealed class HandOverHtml(Stream stream, IStringLocalizer t) : IAsyncDisposable
{
    private const string Look =
        """
        body { font: 11pt/1.5 system-ui, sans-serif; color: #1b1b1b; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
        h1 { font-size: 1.6rem; line-height: 1.2; } h2 { font-size: 1.3rem; margin-top: 3rem; } h3 { font-size: 1.05rem; border-bottom: 1px solid #bbb; }
        dl { display: grid; grid-template-columns: minmax(9rem, 15rem) 1fr; gap: .25rem 1rem; } dt { color: #555; } dd { margin: 0; white-space: pre-line; }
        table { border-collapse: collapse; width: 100%; font-size: .95em; } caption { text-align: left; font-weight: 600; padding: .5rem 0; }
        th, td { border: 1px solid #ccc; padding: .3rem .5rem; text-align: left; vertical-align: top; } th { font-weight: 600; }
        .hash { font-family: monospace; font-size: .8em; color: #555; overflow-wrap: anywhere; } ul { margin: 0; padding-left: 1.2rem; }
        @media (max-width: 40rem) { dl { display: block; } dt { margin-top: .5rem; } .wide { overflow-x: auto; } }
        @media print { body { max-width: none; margin: 0; font-size: 9.5pt; } article { break-before: page; } tr, dl div { break-inside: avoid; } thead { display: table-header-group; } }
        """;

    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);
    private readonly StreamWriter _html = new(stream, new UTF8Encoding(false), leaveOpen: true);
    private bool _any;

    public void Begin(RegisterAbout about, RegisterBody body)
    {
        _html.Write("<!doctype html>\n<html lang=\"fr\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>");
        Text($"{about.Title} – {body.Name}");
        _html.Write($"</title><style>\n{Look}\n</style></head><body><main>\n");
        Element("h1", about.Title);
        _html.Write("<dl>");
        foreach (var (label, value) in about.Lines) Pair(label, value is DateOnly day ? Dates.Full(day) : value is DateTime moment ? $"{Dates.Full(DateOnly.FromDateTime(moment))}, {moment:HH:mm}" : value as string);
        _html.Write("</dl>\n");
    }

    public void Add(RegisterEntry entry, RegisterBody body)
    {
        _any = true;
        var sheet = entry.ReadSheet();
        var reader = new SheetReader(t, sheet);
        _html.Write("<article>");
        Element("h2", $"{entry.Reference} · {sheet.Identification.Title}");
        _html.Write("<dl>");
        Pair(t.Get("Texte"), t.Get("version {0}, publiée le {1} par {2}", entry.VersionNumber ?? 0, Dates.Instant(entry.PublishedAt ?? default, body.Zone), entry.PublishedBy ?? ""));
        Pair(t.Get("Validée par"), entry.ValidatedBy ?? t.Get("Non revue par le délégué."));
        if (sheet.Stamp is { } stamp)
            foreach (var field in typeof(VersionStamp).GetProperties().Where(field => field.Name is not (nameof(VersionStamp.ValidatedBy) or nameof(VersionStamp.PublishedBy))))
                Pair(t.Get(SheetLabels.Name(field)), field.GetValue(stamp) as string);
        _html.Write("</dl>\n");
        foreach (var section in SheetSections.All)
            if (reader.Read(section) is { Count: > 0 } fields) Part(t.Get(section.Title), fields);
        _html.Write("<p class=\"hash\">SHA-256 ");
        Text(entry.Sha256);
        _html.Write("</p></article>\n");
    }

    public void End(string footer)
    {
        if (!_any) Element("p", t.Get("Aucune fiche n’était en vigueur ce jour-là."));
        _html.Write("</main><footer>");
        Element("p", footer);
        _html.Write("</footer></body></html>\n");
    }

    public ValueTask DisposeAsync() => _html.DisposeAsync();

    private void Part(string title, IReadOnlyList<ReadField> fields)
    {
        Element("h3", title);
        if (fields.Any(field => field.Table is null))
        {
            _html.Write("<dl>");
            foreach (var field in fields.Where(field => field.Table is null)) Pair(field.Label, field.Lines is { } lines ? string.Join('\n', lines) : field.Text);
            _html.Write("</dl>\n");
        }
        foreach (var field in fields.Where(field => field.Table is not null)) Table(field.Label, field.Table!);
    }

    private void Table(string caption, ReadTable table)
    {
        _html.Write("<div class=\"wide\"><table>");
        Element("caption", caption);
        _html.Write("<thead><tr>");
        foreach (var head in table.Heads) Element("th scope=\"col\"", head);
        _html.Write("</tr></thead><tbody>");
        foreach (var row in table.Rows)
        {
            _html.Write("<tr>");
            for (var i = 0; i < row.Count; i++) Element(i == 0 ? "th scope=\"row\"" : "td", row[i]);
            _html.Write("</tr>");
        }
        _html.Write("</tbody></table></div>\n");
    }

    private void Pair(string label, string? value)
    {
        if (string.IsNullOrEmpty(value)) return;
        Element("dt", label);
        Element("dd", value);
    }

    private void Element(string tag, string? text)
    {
        _html.Write($"<{tag}>");
        Text(text);
        _html.Write($"</{tag.Split(' ')[0]}>");
    }

    private void Text(string? text) => Encoder.Encode(_html, text ?? "");
}
