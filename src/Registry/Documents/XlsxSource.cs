using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;

namespace Registry.Documents;

/// <summary>
/// Reads the visible sheets of a workbook of Excel part by part, never held as a tree. A formula is never computed: what the program that saved it found is taken
/// as a text, and where it kept nothing the cell is a fault.
/// </summary>
public sealed partial class XlsxSource
{
    private const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    private readonly ZipArchive _zip;
    private readonly SourceLimits _limits;
    private readonly List<string> _strings = [];
    private readonly HashSet<int> _dayStyles = [];
    private bool _from1904;

    private XlsxSource(ZipArchive zip, SourceLimits limits) => (_zip, _limits) = (zip, limits);

    public static IReadOnlyList<SourceTable> Read(byte[] content, SourceLimits limits)
    {
        using var zip = new ZipArchive(new MemoryStream(content), ZipArchiveMode.Read);
        return new XlsxSource(zip, limits).Tables();
    }

    private List<SourceTable> Tables()
    {
        var sheets = Sheets();
        if (sheets.Count > SourceLimits.MostTables) throw new UnreadableTableException(SourceLimits.TooManyTables, SourceLimits.MostTables);
        Strings();
        Styles();
        return [.. sheets.Select(sheet => Table(sheet.Name, sheet.Path))];
    }

    private List<(string Name, string Path)> Sheets()
    {
        var targets = new Dictionary<string, string>();
        using (var xml = Part("xl/_rels/workbook.xml.rels"))
            while (xml.Read())
                if (xml is { NodeType: XmlNodeType.Element, LocalName: "Relationship" } && xml.GetAttribute("Id") is { } id && xml.GetAttribute("Target") is { } target)
                    targets[id] = target.StartsWith('/') ? target[1..] : "xl/" + target;
        var sheets = new List<(string, string)>();
        using var book = Part("xl/workbook.xml");
        while (book.Read())
        {
            if (book is { NodeType: XmlNodeType.Element, LocalName: "workbookPr" }) _from1904 = book.GetAttribute("date1904") is "1" or "true";
            if (book is not { NodeType: XmlNodeType.Element, LocalName: "sheet" }) continue;
            // What nobody sees when she opens the file is not what she means to bring.
            if (book.GetAttribute("state") is "hidden" or "veryHidden") continue;
            var id = book.GetAttribute("id", Relations) ?? book.GetAttribute("id", "http://purl.oclc.org/ooxml/officeDocument/relationships");
            if (id is not null && targets.TryGetValue(id, out var path) && _zip.GetEntry(path) is not null) sheets.Add((book.GetAttribute("name") ?? "", path));
        }
        return sheets;
    }

    private void Strings()
    {
        if (_zip.GetEntry("xl/sharedStrings.xml") is null) return;
        using var xml = Part("xl/sharedStrings.xml");
        long length = 0;
        while (xml.Read())
        {
            if (xml is not { NodeType: XmlNodeType.Element, LocalName: "si" }) continue;
            var text = Words(xml);
            // An empty one takes its place in the list too.
            if ((length += text.Length + 1) > SourceLimits.MostText) throw new UnreadableTableException(SourceLimits.TooMuchText, SourceLimits.MostText / 1_000_000);
            _strings.Add(text);
        }
    }

    private void Styles()
    {
        if (_zip.GetEntry("xl/styles.xml") is null) return;
        var (dayFormats, inside, index) = (new HashSet<string>(), false, 0);
        using var xml = Part("xl/styles.xml");
        while (xml.Read())
        {
            if (xml is { LocalName: "cellXfs" }) inside = xml.NodeType == XmlNodeType.Element && !xml.IsEmptyElement;
            if (xml.NodeType != XmlNodeType.Element) continue;
            if (xml.LocalName == "numFmt" && xml.GetAttribute("numFmtId") is { } id && SaysDay(xml.GetAttribute("formatCode") ?? "")) dayFormats.Add(id);
            if (xml.LocalName != "xf" || !inside) continue;
            var format = xml.GetAttribute("numFmtId") ?? "0";
            if (dayFormats.Contains(format) || (int.TryParse(format, CultureInfo.InvariantCulture, out var built) && built is (>= 14 and <= 17) or 22 or (>= 27 and <= 36) or (>= 50 and <= 58))) _dayStyles.Add(index);
            index++;
        }
    }

    private static bool SaysDay(string format) => Day().IsMatch(Quoted().Replace(format, ""));

    private SourceTable Table(string name, string path)
    {
        var table = new SourceTable(name, [], [], [], _from1904);
        using var xml = Part(path);
        var number = 0;
        while (xml.Read())
        {
            if (xml.NodeType != XmlNodeType.Element) continue;
            if (xml.LocalName == "row")
            {
                number = int.TryParse(xml.GetAttribute("r"), CultureInfo.InvariantCulture, out var given) ? given : number + 1;
                if (!xml.IsEmptyElement) Row(xml, table, number);
            }
            else if (xml.LocalName == "mergeCell" && Range().Match(xml.GetAttribute("ref") ?? "") is { Success: true } range)
                _limits.Merge(table, Int(range, 2), Column(range.Groups[1].Value), Int(range, 4), Column(range.Groups[3].Value));
        }
        return table;
    }

    private void Row(XmlReader xml, SourceTable table, int number)
    {
        var (depth, cells, faults) = (xml.Depth, new List<string?>(), table.Faults.Count);
        while (xml.Read() && !(xml.NodeType == XmlNodeType.EndElement && xml.Depth == depth))
        {
            if (xml is not { NodeType: XmlNodeType.Element, LocalName: "c" }) continue;
            var column = Column(new string([.. (xml.GetAttribute("r") ?? "").TakeWhile(char.IsAsciiLetter)]));
            if (column < 0) column = cells.Count;
            if (Cell(xml, table, number, column) is not { Length: > 0 } text) continue;
            _limits.Cell(table.Name, number, column, text);
            while (cells.Count <= column) cells.Add(null);
            cells[column] = text;
        }
        if (!cells.Exists(cell => !string.IsNullOrWhiteSpace(cell)) && table.Faults.Count == faults) return;
        _limits.Row(table.Name);
        table.Rows.Add(new(number, cells));
    }

    private string? Cell(XmlReader xml, SourceTable table, int number, int column)
    {
        var (type, style, depth) = (xml.GetAttribute("t"), xml.GetAttribute("s"), xml.Depth);
        if (xml.IsEmptyElement) return null;
        var (formula, value) = (false, (string?)null);
        while (xml.Read() && !(xml.NodeType == XmlNodeType.EndElement && xml.Depth == depth))
        {
            if (xml.NodeType != XmlNodeType.Element) continue;
            if (xml.LocalName == "f")
            {
                formula = true;
                Inner(xml);
            }
            else if (xml.LocalName == "v") value = Inner(xml);
            else if (xml.LocalName == "is") value = Words(xml);
        }
        if (formula && value is null) Fault(SourceLimits.NoFormulaValue);
        if (type == "e") Fault(SourceLimits.ErrorValue);
        return value is null || type == "e" ? null : type switch
        {
            "s" => int.TryParse(value, CultureInfo.InvariantCulture, out var at) && at >= 0 && at < _strings.Count ? _strings[at] : null,
            "inlineStr" => value,
            "str" => Unescape(value),
            "b" => value == "1" ? "Oui" : "Non",
            "d" => value,
            _ => Number(value, int.TryParse(style, CultureInfo.InvariantCulture, out var known) && _dayStyles.Contains(known)),
        };

        void Fault(string message)
        {
            if (column >= SourceLimits.MostColumns) throw new UnreadableTableException(SourceLimits.TooManyColumns, table.Name, number, SourceLimits.MostColumns);
            _limits.Fault(table, number, column, message);
        }
    }

    private string Number(string value, bool day)
    {
        if (!double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)) return value;
        if (day && SourceTable.Day(number, _from1904) is { } moment) return SourceTable.Text(moment);
        return number == Math.Floor(number) && Math.Abs(number) < 1e15 ? number.ToString("F0", CultureInfo.InvariantCulture) : number.ToString("R", CultureInfo.InvariantCulture);
    }

    /// <summary>The runs of a text, without how it is to be pronounced.</summary>
    private string Words(XmlReader xml)
    {
        if (xml.IsEmptyElement) return "";
        var (depth, text, spoken) = (xml.Depth, new StringBuilder(), -1);
        while (xml.Read() && !(xml.NodeType == XmlNodeType.EndElement && xml.Depth == depth))
        {
            if (xml.LocalName == "rPh") spoken = xml.NodeType == XmlNodeType.Element && !xml.IsEmptyElement ? xml.Depth : -1;
            else if (xml is { NodeType: XmlNodeType.Element, LocalName: "t" } && spoken < 0)
            {
                text.Append(Inner(xml));
                _limits.Growing(text.Length);
            }
        }
        return Unescape(text.ToString());
    }

    private string Inner(XmlReader xml)
    {
        if (xml.IsEmptyElement) return "";
        var (depth, text) = (xml.Depth, new StringBuilder());
        while (xml.Read() && !(xml.NodeType == XmlNodeType.EndElement && xml.Depth == depth))
            if (xml.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace) _limits.Append(text, xml);
        return text.ToString();
    }

    private static string Unescape(string text) => text.Contains("_x", StringComparison.Ordinal)
        ? Escaped().Replace(text, sign => ((char)Convert.ToInt32(sign.Groups[1].Value, 16)).ToString()) : text;

    private static int Int(Match match, int group) => int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    private static int Column(string letters) => letters.Length > 3 ? SourceLimits.MostColumns : letters.Aggregate(0, (sum, letter) => sum * 26 + char.ToUpperInvariant(letter) - 'A' + 1) - 1;

    private XmlReader Part(string path) => Open(_zip.GetEntry(path) ?? throw new UnreadableTableException(SourceLimits.Broken));

    internal static XmlReader Open(ZipArchiveEntry entry) => XmlReader.Create(entry.Open(), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, CloseInput = true });

    [GeneratedRegex("\"[^\"]*\"|\\\\.|\\[[^\\]]*\\]", RegexOptions.CultureInvariant, 2000)]
    private static partial Regex Quoted();

    [GeneratedRegex("[dy]", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, 2000)]
    private static partial Regex Day();

    [GeneratedRegex("\\A([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})\\z", RegexOptions.CultureInvariant, 2000)]
    private static partial Regex Range();

    [GeneratedRegex("_x([0-9A-Fa-f]{4})_", RegexOptions.CultureInvariant, 2000)]
    private static partial Regex Escaped();
}
