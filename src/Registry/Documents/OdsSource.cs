using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml;

namespace Registry.Documents;

/// <summary>Reads the visible sheets of an OpenDocument spreadsheet. What a formula gave when it was saved is taken as a text, nothing is computed.</summary>
public sealed class OdsSource
{
    private readonly SourceLimits _limits;
    private readonly HashSet<string> _hidden = [];
    private readonly List<SourceTable> _tables = [];

    private OdsSource(SourceLimits limits) => _limits = limits;

    public static IReadOnlyList<SourceTable> Read(byte[] content, SourceLimits limits)
    {
        using var zip = new ZipArchive(new MemoryStream(content), ZipArchiveMode.Read);
        using var xml = XlsxSource.Open(zip.GetEntry("content.xml") ?? throw new UnreadableTableException(SourceLimits.Broken));
        return new OdsSource(limits).Tables(xml);
    }

    private List<SourceTable> Tables(XmlReader xml)
    {
        string? style = null;
        while (xml.Read())
        {
            if (xml.NodeType != XmlNodeType.Element) continue;
            if (xml is { LocalName: "style", Prefix: "style" }) style = Attribute(xml, "name");
            else if (xml.LocalName == "table-properties" && style is not null && Attribute(xml, "display") == "false") _hidden.Add(style);
            else if (xml is { LocalName: "table", Prefix: "table" })
            {
                var table = new SourceTable(Attribute(xml, "name") ?? "", [], [], []);
                var seen = !_hidden.Contains(Attribute(xml, "style-name") ?? "");
                if (seen && _tables.Count >= SourceLimits.MostTables) throw new UnreadableTableException(SourceLimits.TooManyTables, SourceLimits.MostTables);
                if (!xml.IsEmptyElement) Rows(xml, seen ? table : null);
                if (seen) _tables.Add(table);
            }
        }
        return _tables;
    }

    private void Rows(XmlReader xml, SourceTable? table)
    {
        var (depth, number) = (xml.Depth, 1);
        while (xml.Read() && !(xml.NodeType == XmlNodeType.EndElement && xml.Depth == depth))
        {
            if (xml is not { NodeType: XmlNodeType.Element, LocalName: "table-row" }) continue;
            var times = Count(xml, "number-rows-repeated");
            var faults = table?.Faults.Count;
            var cells = xml.IsEmptyElement ? [] : Cells(xml, table, number);
            if (table is not null && (cells.Exists(cell => !string.IsNullOrWhiteSpace(cell)) || table.Faults.Count > faults))
                for (var again = 0; again < times; again++)
                {
                    _limits.Row(table.Name);
                    for (var column = 0; again > 0 && column < cells.Count; column++) _limits.Cell(table.Name, number + again, column, cells[column] ?? "");
                    table.Rows.Add(new(number + again, [.. cells]));
                }
            number = (int)Math.Min(int.MaxValue / 2, (long)number + times);
        }
    }

    private List<string?> Cells(XmlReader xml, SourceTable? table, int number)
    {
        var (depth, cells, column) = (xml.Depth, new List<string?>(), 0);
        while (xml.Read() && !(xml.NodeType == XmlNodeType.EndElement && xml.Depth == depth))
        {
            if (xml is not { NodeType: XmlNodeType.Element, LocalName: "table-cell" or "covered-table-cell" }) continue;
            var (times, across, down) = (Count(xml, "number-columns-repeated"), Count(xml, "number-columns-spanned"), Count(xml, "number-rows-spanned"));
            if (table is not null && (across > 1 || down > 1)) _limits.Merge(table, number, column, (long)number + down - 1, (long)column + across - 1);
            var text = Cell(xml, table, number, column);
            if (table is null) _limits.Text(text?.Length ?? 0);
            for (var again = 0; table is not null && text is { Length: > 0 } && again < times; again++)
            {
                _limits.Cell(table.Name, number, column + again, text);
                while (cells.Count <= column + again) cells.Add(null);
                cells[column + again] = text;
            }
            column = (int)Math.Min(int.MaxValue / 2, (long)column + times);
        }
        return cells;
    }

    private string? Cell(XmlReader xml, SourceTable? table, int number, int column)
    {
        var (type, formula) = (Attribute(xml, "value-type"), Attribute(xml, "formula"));
        var value = type switch
        {
            "date" => Attribute(xml, "date-value") is { } day && DateTime.TryParse(day, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var moment) ? SourceTable.Text(moment) : null,
            "float" or "currency" or "percentage" => Attribute(xml, "value"),
            "boolean" => Attribute(xml, "boolean-value") == "true" ? "Oui" : "Non",
            "string" => Attribute(xml, "string-value"),
            _ => null,
        };
        var text = xml.IsEmptyElement ? null : Paragraphs(xml);
        if (table is not null && formula is not null && type is null && string.IsNullOrEmpty(text)) _limits.Fault(table, number, Math.Min(column, SourceLimits.MostColumns), SourceLimits.NoFormulaValue);
        if (table is not null && formula is not null && text is "#REF!" or "#VALUE!" or "#NAME?" or "#DIV/0!" or "#N/A" or "Err:502" or "Err:508" or "Err:522")
        {
            _limits.Fault(table!, number, Math.Min(column, SourceLimits.MostColumns), SourceLimits.ErrorValue);
            return null;
        }
        return value ?? text;
    }

    /// <summary>A paragraph a line; spaces and tabs that the format writes as elements; what somebody noted in the margin of a cell is left out.</summary>
    private string Paragraphs(XmlReader xml)
    {
        var (depth, text, lines) = (xml.Depth, new StringBuilder(), 0);
        while (xml.Read() && !(xml.NodeType == XmlNodeType.EndElement && xml.Depth == depth))
        {
            if (xml is { NodeType: XmlNodeType.Element, LocalName: "annotation" }) Pass(xml);
            else if (xml is { NodeType: XmlNodeType.Element, LocalName: "p" or "h" })
            {
                if (lines++ > 0) text.Append('\n');
            }
            else if (xml is { NodeType: XmlNodeType.Element, LocalName: "s" }) text.Append(' ', Math.Min(Count(xml, "c"), 1000));
            else if (xml is { NodeType: XmlNodeType.Element, LocalName: "tab" }) text.Append('\t');
            else if (xml is { NodeType: XmlNodeType.Element, LocalName: "line-break" }) text.Append('\n');
            else if (lines > 0 && xml.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace && xml.Depth > depth + 1) _limits.Append(text, xml);
            _limits.Growing(text.Length);
        }
        return text.ToString();
    }

    private static void Pass(XmlReader xml)
    {
        if (xml.IsEmptyElement) return;
        var depth = xml.Depth;
        while (xml.Read() && !(xml.NodeType == XmlNodeType.EndElement && xml.Depth == depth))
        {
        }
    }

    private static int Count(XmlReader xml, string name) =>
        int.TryParse(Attribute(xml, name), NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0 ? count : 1;

    // The same names stand in one namespace each; their prefix is what the writer chose.
    private static string? Attribute(XmlReader xml, string name)
    {
        if (!xml.HasAttributes) return null;
        string? found = null;
        while (xml.MoveToNextAttribute())
            if (xml.LocalName == name && xml.Prefix != "calcext") found = xml.Value;
        xml.MoveToElement();
        return found;
    }
}
