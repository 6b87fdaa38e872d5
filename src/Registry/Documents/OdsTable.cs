using System.Globalization;
using System.IO.Compression;
using System.Xml;

namespace Registry.Documents;

/// <summary>
/// An OpenDocument spreadsheet (ODF 1.3), XML zipped by hand: no library writes it. The kind of file comes first and uncompressed, as the format wants.
/// Every text is declared a text, in a cell whose format is text: editing it makes no formula of it (S-14).
/// </summary>
public sealed class OdsTable : TableWriter
{
    public const string Kind = "application/vnd.oasis.opendocument.spreadsheet";
    private const string Office = "urn:oasis:names:tc:opendocument:xmlns:office:1.0";
    private const string Table = "urn:oasis:names:tc:opendocument:xmlns:table:1.0";
    private const string Words = "urn:oasis:names:tc:opendocument:xmlns:text:1.0";
    private const string Style = "urn:oasis:names:tc:opendocument:xmlns:style:1.0";
    private const string Fo = "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0";
    private const string Numbers = "urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0";

    private readonly ZippedXml _zip;
    private readonly IReadOnlyList<TableColumn> _columns;
    private readonly string _name;
    private readonly XmlWriter _content;

    public OdsTable(Stream stream, string name, IReadOnlyList<TableColumn> columns)
    {
        (_zip, _name, _columns) = (new ZippedXml(stream), CellText.Xml(name), columns);
        _zip.Add("mimetype", Kind, CompressionLevel.NoCompression);
        _content = ZippedXml.Writer(_zip.Begin("content.xml"));
        _content.WriteStartDocument();
        _content.WriteStartElement("office", "document-content", Office);
        foreach (var (prefix, address) in new[] { ("table", Table), ("text", Words), ("style", Style), ("fo", Fo), ("number", Numbers) }) _content.WriteAttributeString("xmlns", prefix, null, address);
        _content.WriteAttributeString("version", Office, "1.3");
        Styles();
        _content.WriteStartElement("body", Office);
        _content.WriteStartElement("spreadsheet", Office);
        Begin(_name, columns.Select(column => column.Width));
        _content.WriteStartElement("table-header-rows", Table);
        Row([.. columns.Select(column => column.Title)], "head");
        _content.WriteEndElement();
    }

    public override void Row(IReadOnlyList<object?> cells) => Row(cells, null);

    public override void Finish(TableAbout about)
    {
        _content.WriteEndElement();  // table
        Begin("À propos", [28, 90]);
        Row([about.Title], "title");
        foreach (var (label, value) in about.Lines) Row([label, value], null);
        Row([about.Footer], null);
        _content.WriteEndDocument();
        _content.Dispose();
        const string xml = """<?xml version="1.0" encoding="UTF-8"?>""";
        const string settings = """<config:config-item config:name="{0}" config:type="{1}">{2}</config:config-item>""";
        string[] frozen =
        [
            Item("HorizontalSplitMode", "short", "0"), Item("VerticalSplitMode", "short", "2"), Item("HorizontalSplitPosition", "int", "0"),
            Item("VerticalSplitPosition", "int", "1"), Item("ActiveSplitRange", "short", "2"), Item("PositionTop", "int", "0"), Item("PositionBottom", "int", "1"),
        ];
        _zip.Add("settings.xml",
            $"""{xml}<office:document-settings xmlns:office="{Office}" xmlns:config="urn:oasis:names:tc:opendocument:xmlns:config:1.0" office:version="1.3"><office:settings><config:config-item-set config:name="ooo:view-settings"><config:config-item-map-indexed config:name="Views"><config:config-item-map-entry>{Item("ViewId", "string", "view1")}<config:config-item-map-named config:name="Tables"><config:config-item-map-entry config:name="{System.Security.SecurityElement.Escape(_name)}">{string.Concat(frozen)}</config:config-item-map-entry></config:config-item-map-named></config:config-item-map-entry></config:config-item-map-indexed></config:config-item-set></office:settings></office:document-settings>""");
        _zip.Add("styles.xml",
            $"""{xml}<office:document-styles xmlns:office="{Office}" xmlns:style="{Style}" xmlns:fo="{Fo}" office:version="1.3"><office:styles><style:default-style style:family="table-cell"><style:text-properties fo:font-size="10pt" fo:language="fr" fo:country="FR"/></style:default-style></office:styles></office:document-styles>""");
        _zip.Add("META-INF/manifest.xml",
            $"""{xml}<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3"><manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="{Kind}"/><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/><manifest:file-entry manifest:full-path="settings.xml" manifest:media-type="text/xml"/><manifest:file-entry manifest:full-path="styles.xml" manifest:media-type="text/xml"/></manifest:manifest>""");

        static string Item(string name, string type, string value) => string.Format(CultureInfo.InvariantCulture, settings, name, type, value);
    }

    protected override void Dispose(bool disposing)
    {
        if (!disposing) return;
        _content.Dispose();
        _zip.Dispose();
    }

    private void Styles()
    {
        _content.WriteStartElement("automatic-styles", Office);
        DateStyle("day-format", moment: false);
        DateStyle("moment-format", moment: true);
        Element(Numbers, "text-style", [(Style, "name", "words-format")], () => Element(Numbers, "text-content", []));
        foreach (var width in _columns.Select(column => column.Width).Append(28).Append(90).Distinct())
            Element(Style, "style", [(Style, "name", $"w{width}"), (Style, "family", "table-column")],
                () => Element(Style, "table-column-properties", [(Style, "column-width", string.Create(CultureInfo.InvariantCulture, $"{width * 0.19:0.00}cm"))]));
        CellStyle("words", "words-format");
        CellStyle("day", "day-format");
        CellStyle("moment", "moment-format");
        CellStyle("head", "words-format", size: "10pt", background: "#e6eef1");
        CellStyle("title", "words-format", size: "14pt");
        _content.WriteEndElement();
    }

    private void CellStyle(string name, string format, string? size = null, string? background = null) =>
        Element(Style, "style", [(Style, "name", name), (Style, "family", "table-cell"), (Style, "data-style-name", format)], () =>
        {
            Element(Style, "table-cell-properties", [(Style, "vertical-align", "top"), (Fo, "wrap-option", "wrap"), (Fo, "background-color", background ?? "transparent")]);
            if (size is not null) Element(Style, "text-properties", [(Fo, "font-weight", "bold"), (Fo, "font-size", size)]);
        });

    private void DateStyle(string name, bool moment) => Element(Numbers, "date-style", [(Style, "name", name)], () =>
    {
        string[] parts = moment ? ["day", "/", "month", "/", "year", " ", "hours", ":", "minutes"] : ["day", "/", "month", "/", "year"];
        foreach (var part in parts)
        {
            if (part.Length > 1) Element(Numbers, part, [(Numbers, "style", "long")]);
            else _content.WriteElementString("text", Numbers, part);
        }
    });

    private void Begin(string name, IEnumerable<int> widths)
    {
        _content.WriteStartElement("table", Table);
        _content.WriteAttributeString("name", Table, name);
        foreach (var width in widths) Element(Table, "table-column", [(Table, "style-name", $"w{width}"), (Table, "default-cell-style-name", "words")]);
    }

    private void Row(IReadOnlyList<object?> cells, string? style)
    {
        _content.WriteStartElement("table-row", Table);
        foreach (var cell in cells)
        {
            _content.WriteStartElement("table-cell", Table);
            switch (cell)
            {
                case null or "":
                    break;
                case int number:
                    _content.WriteAttributeString("value-type", Office, "float");
                    _content.WriteAttributeString("value", Office, number.ToString(CultureInfo.InvariantCulture));
                    break;
                case DateOnly day:
                    Date("day", day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
                    break;
                case DateTime moment:
                    Date("moment", moment.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture));
                    break;
                case string text:
                    _content.WriteAttributeString("style-name", Table, style ?? "words");
                    _content.WriteAttributeString("value-type", Office, "string");
                    foreach (var line in CellText.Xml(text).Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').Split('\n')) Paragraph(line);
                    break;
                default:
                    throw new ArgumentException($"A cell does not hold {cell.GetType()}.", nameof(cells));
            }
            _content.WriteEndElement();
        }
        _content.WriteEndElement();
    }

    private void Date(string style, string value)
    {
        _content.WriteAttributeString("style-name", Table, style);
        _content.WriteAttributeString("value-type", Office, "date");
        _content.WriteAttributeString("date-value", Office, value);
    }

    // A second space in a row, or one at an end, is dropped by whoever reads the file: the format has an element that is not.
    private void Paragraph(string line)
    {
        _content.WriteStartElement("p", Words);
        var plain = 0;
        for (var i = 0; i < line.Length; i++)
        {
            var space = line[i] == ' ' && (i == 0 || i == line.Length - 1 || line[i - 1] == ' ');
            if (!space && line[i] != '\t') continue;
            _content.WriteString(line[plain..i]);
            _content.WriteStartElement(space ? "s" : "tab", Words);
            _content.WriteEndElement();
            plain = i + 1;
        }
        _content.WriteString(line[plain..]);
        _content.WriteEndElement();
    }

    private void Element(string space, string name, (string Space, string Name, string Value)[] attributes, Action? inside = null)
    {
        _content.WriteStartElement(name, space);
        foreach (var (of, attribute, value) in attributes) _content.WriteAttributeString(attribute, of, value);
        inside?.Invoke();
        _content.WriteEndElement();
    }
}
