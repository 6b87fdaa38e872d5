using System.Globalization;
using System.Xml;

namespace Registry.Documents;

/// <summary>
/// A workbook of Excel (ECMA-376) written by hand: the package library keeps a whole sheet in memory. Texts are inline strings, so that nothing is ever a
/// formula; those that look like one also carry the quote mark of Excel, which survives an edit of the cell.
/// </summary>
public sealed class XlsxTable : TableWriter
{
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const int LongestCell = 32_767;
    internal const string Cut = "… [texte coupé : une cellule ne peut pas en contenir plus ; il est entier dans les autres formats]";

    // The order of cellXfs in the styles below.
    private const int Head = 1, Words = 2, LikeFormula = 3, Day = 4, Moment = 5, Number = 6, Title = 7;

    /// <summary>Excel takes 1900 for a leap year: its days agree with ours from March on.</summary>
    private static readonly DateTime FirstDay = new(1900, 3, 1);

    private readonly ZippedXml _zip;
    private readonly IReadOnlyList<TableColumn> _columns;
    private readonly string _name;
    private readonly XmlWriter _sheet;
    private int _row;

    public XlsxTable(Stream stream, string name, IReadOnlyList<TableColumn> columns)
    {
        (_zip, _name, _columns) = (new ZippedXml(stream), SheetName(name), columns);
        _sheet = Sheet("xl/worksheets/sheet1.xml", columns.Select(column => column.Width), frozen: true);
        Write(columns.Select(column => (object?)column.Title), Head);
    }

    public override void Row(IReadOnlyList<object?> cells) => Write(cells, null);

    public override void Finish(TableAbout about)
    {
        _sheet.WriteEndElement();  // sheetData
        _sheet.WriteStartElement("autoFilter", Main);
        _sheet.WriteAttributeString("ref", $"A1:{Column(_columns.Count - 1)}{_row}");
        _sheet.WriteEndElement();
        End(_sheet, about.Footer);

        using (var page = Sheet("xl/worksheets/sheet2.xml", [28, 90], frozen: false))
        {
            var row = 0;
            Write(page, ref row, [about.Title], Title, height: null);
            foreach (var (label, value) in about.Lines) Write(page, ref row, [label, value], null, height: null);
            page.WriteEndElement();
            End(page, about.Footer);
        }
        foreach (var (path, content) in Frame()) _zip.Add(path, content);
    }

    protected override void Dispose(bool disposing)
    {
        if (!disposing) return;
        _sheet.Dispose();
        _zip.Dispose();
    }

    private void Write(IEnumerable<object?> cells, int? style) => Write(_sheet, ref _row, cells, style, height: style is null ? 75 : null);

    private XmlWriter Sheet(string path, IEnumerable<int> widths, bool frozen)
    {
        var xml = ZippedXml.Writer(_zip.Begin(path));
        xml.WriteStartDocument(standalone: true);
        xml.WriteStartElement("worksheet", Main);
        xml.WriteStartElement("sheetViews", Main);
        xml.WriteStartElement("sheetView", Main);
        xml.WriteAttributeString("workbookViewId", "0");
        if (frozen)
        {
            xml.WriteStartElement("pane", Main);
            foreach (var (name, value) in new[] { ("ySplit", "1"), ("topLeftCell", "A2"), ("activePane", "bottomLeft"), ("state", "frozen") }) xml.WriteAttributeString(name, value);
            xml.WriteEndElement();
        }
        xml.WriteEndElement();
        xml.WriteEndElement();
        xml.WriteStartElement("cols", Main);
        foreach (var (index, width) in widths.Index())
        {
            xml.WriteStartElement("col", Main);
            foreach (var (name, value) in new[] { ("min", index + 1), ("max", index + 1), ("width", width), ("customWidth", 1) }) xml.WriteAttributeString(name, Text(value));
            xml.WriteEndElement();
        }
        xml.WriteEndElement();
        xml.WriteStartElement("sheetData", Main);
        return xml;
    }

    private static void End(XmlWriter xml, string printed)
    {
        xml.WriteStartElement("pageSetup", Main);
        xml.WriteAttributeString("paperSize", "9");
        xml.WriteAttributeString("orientation", "landscape");
        xml.WriteEndElement();
        xml.WriteStartElement("headerFooter", Main);
        // 255 characters is all that Excel takes.
        var footer = CellText.Xml(printed).Replace("&", "&&", StringComparison.Ordinal);
        xml.WriteElementString("oddFooter", Main, $"&L{footer[..Math.Min(footer.Length, 230)]}&R&P/&N");
        xml.WriteEndElement();
        xml.WriteEndElement();
        xml.Flush();
        xml.Dispose();
    }

    private static void Write(XmlWriter xml, ref int row, IEnumerable<object?> cells, int? style, int? height)
    {
        row++;
        xml.WriteStartElement("row", Main);
        xml.WriteAttributeString("r", Text(row));
        if (height is { } points)
        {
            xml.WriteAttributeString("ht", Text(points));
            xml.WriteAttributeString("customHeight", "1");
        }
        foreach (var (index, cell) in cells.Index())
        {
            if (cell is null or "") continue;
            xml.WriteStartElement("c", Main);
            xml.WriteAttributeString("r", Column(index) + Text(row));
            switch (cell)
            {
                case int number:
                    Value(xml, style ?? Number, Text(number));
                    break;
                case DateOnly day when day.ToDateTime(default) >= FirstDay:
                    Value(xml, style ?? Day, Text(day.ToDateTime(default).ToOADate()));
                    break;
                case DateTime moment when moment >= FirstDay:
                    Value(xml, style ?? Moment, Text(moment.ToOADate()));
                    break;
                default:
                    Say(xml, style, cell as string ?? Convert.ToString(cell, CultureInfo.InvariantCulture)!);
                    break;
            }
            xml.WriteEndElement();
        }
        xml.WriteEndElement();
    }

    private static void Value(XmlWriter xml, int style, string value)
    {
        xml.WriteAttributeString("s", Text(style));
        xml.WriteElementString("v", Main, value);
    }

    private static void Say(XmlWriter xml, int? style, string text)
    {
        xml.WriteAttributeString("s", Text(style ?? (CellText.IsHostile(text) ? LikeFormula : Words)));
        xml.WriteAttributeString("t", "inlineStr");
        xml.WriteStartElement("is", Main);
        xml.WriteStartElement("t", Main);
        xml.WriteAttributeString("xml", "space", null, "preserve");
        xml.WriteString(Escaped(Fitting(CellText.Xml(text))));
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static string Fitting(string text)
    {
        if (text.Length <= LongestCell) return text;
        var end = LongestCell - Cut.Length;
        return (char.IsHighSurrogate(text[end - 1]) ? text[..(end - 1)] : text[..end]) + Cut;
    }

    // Excel reads _x0041_ as the letter A: what a person wrote like that is written so that it is read as written.
    private static string Escaped(string text) =>
        text.Contains("_x", StringComparison.Ordinal) ? System.Text.RegularExpressions.Regex.Replace(text, "_(?=x[0-9A-Fa-f]{4}_)", "_x005F_") : text;

    private static string Column(int index) => (index >= 26 ? Column(index / 26 - 1) : "") + (char)('A' + index % 26);

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    // Excel refuses these signs in the name of a sheet, and more than 31 letters.
    private static string SheetName(string name)
    {
        var clean = string.Concat(CellText.Xml(name).Select(letter => letter is ':' or '\\' or '/' or '?' or '*' or '[' or ']' or '\'' ? ' ' : letter)).Trim();
        return clean.Length > 31 ? clean[..31] : clean;
    }

    private IEnumerable<(string Path, string Content)> Frame()
    {
        const string xml = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>""";
        const string packages = "http://schemas.openxmlformats.org/package/2006";
        const string relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        const string kind = "application/vnd.openxmlformats-officedocument.spreadsheetml";
        yield return ("[Content_Types].xml",
            $"""{xml}<Types xmlns="{packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="{kind}.worksheet+xml"/><Override PartName="/xl/worksheets/sheet2.xml" ContentType="{kind}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="{kind}.styles+xml"/></Types>""");
        yield return ("_rels/.rels",
            $"""{xml}<Relationships xmlns="{packages}/relationships"><Relationship Id="rId1" Type="{relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>""");
        yield return ("xl/_rels/workbook.xml.rels",
            $"""{xml}<Relationships xmlns="{packages}/relationships"><Relationship Id="rId1" Type="{relations}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="{relations}/worksheet" Target="worksheets/sheet2.xml"/><Relationship Id="rId3" Type="{relations}/styles" Target="styles.xml"/></Relationships>""");
        var name = System.Security.SecurityElement.Escape(_name);
        yield return ("xl/workbook.xml",
            $"""{xml}<workbook xmlns="{Main}" xmlns:r="{relations}"><sheets><sheet name="{name}" sheetId="1" r:id="rId1"/><sheet name="À propos" sheetId="2" r:id="rId2"/></sheets><definedNames><definedName name="_xlnm._FilterDatabase" localSheetId="0" hidden="1">'{name}'!$A$1:${Column(_columns.Count - 1)}${_row}</definedName><definedName name="_xlnm.Print_Titles" localSheetId="0">'{name}'!$1:$1</definedName></definedNames></workbook>""");
        const string plain = """numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" """;
        const string wrapped = """<alignment vertical="top" wrapText="1"/>""";
        yield return ("xl/styles.xml",
            $"""{xml}<styleSheet xmlns="{Main}"><numFmts count="2"><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/><numFmt numFmtId="165" formatCode="dd/mm/yyyy\ hh:mm"/></numFmts><fonts count="3"><font><sz val="10"/><name val="Calibri"/></font><font><b/><sz val="10"/><name val="Calibri"/></font><font><b/><sz val="14"/><name val="Calibri"/></font></fonts><fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFE6EEF1"/><bgColor indexed="64"/></patternFill></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="8"><xf {plain}/><xf numFmtId="0" fontId="1" fillId="2" borderId="0" xfId="0" applyFont="1" applyFill="1" applyAlignment="1">{wrapped}</xf><xf {plain}applyAlignment="1">{wrapped}</xf><xf {plain}quotePrefix="1" applyAlignment="1">{wrapped}</xf><xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyAlignment="1">{wrapped}</xf><xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyAlignment="1">{wrapped}</xf><xf {plain}applyAlignment="1">{wrapped}</xf><xf numFmtId="0" fontId="2" fillId="0" borderId="0" xfId="0" applyFont="1"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>""");
    }
}
