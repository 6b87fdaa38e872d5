using System.IO.Compression;
using System.Text;

namespace Registry.Tests.Features.Imports;

/// <summary>Workbooks as other programs write them, part by part, so that a test can say exactly what is in a cell.</summary>
internal static class MadeFiles
{
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    /// <param name="sheets">Name, state and what stands between the tags of the sheet.</param>
    public static byte[] Xlsx(bool from1904 = false, string strings = "", (string Name, byte[] Content)[]? more = null, params (string Name, string State, string Inside)[] sheets)
    {
        var parts = new List<(string, byte[])>
        {
            ("[Content_Types].xml", Bytes("""<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>""")),
            ("xl/_rels/workbook.xml.rels", Bytes($"""<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{string.Concat(sheets.Index().Select(sheet => $"<Relationship Id=\"r{sheet.Index}\" Type=\"{Relations}/worksheet\" Target=\"worksheets/sheet{sheet.Index}.xml\"/>"))}</Relationships>""")),
            ("xl/workbook.xml", Bytes($"""<workbook xmlns="{Main}" xmlns:r="{Relations}"><workbookPr date1904="{(from1904 ? 1 : 0)}"/><sheets>{string.Concat(sheets.Index().Select(sheet => $"<sheet name=\"{sheet.Item.Name}\" sheetId=\"{sheet.Index + 1}\" state=\"{sheet.Item.State}\" r:id=\"r{sheet.Index}\"/>"))}</sheets></workbook>""")),
            ("xl/styles.xml", Bytes($"""<styleSheet xmlns="{Main}"><numFmts count="1"><numFmt numFmtId="170" formatCode="[$-40C]d\ mmmm\ yyyy;@"/></numFmts><cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="170"/></cellXfs></styleSheet>""")),
            ("xl/sharedStrings.xml", Bytes($"""<sst xmlns="{Main}">{strings}</sst>""")),
        };
        parts.AddRange(sheets.Index().Select(sheet => ($"xl/worksheets/sheet{sheet.Index}.xml", Bytes($"""<worksheet xmlns="{Main}">{sheet.Item.Inside}</worksheet>"""))));
        return Zip([.. parts, .. more ?? []]);
    }

    public static string Row(int number, params string[] cells) => $"<row r=\"{number}\">{string.Concat(cells)}</row>";

    public static string Cell(string place, string text) => $"<c r=\"{place}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{System.Security.SecurityElement.Escape(text)}</t></is></c>";

    public static byte[] Ods(string content)
    {
        const string kind = "application/vnd.oasis.opendocument.spreadsheet";
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(zip, "mimetype", Bytes(kind), CompressionLevel.NoCompression);
            Add(zip, "META-INF/manifest.xml", Bytes("""<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>"""));
            Add(zip, "content.xml", Bytes($"""<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"><office:automatic-styles><style:style style:name="hid" style:family="table"><style:table-properties table:display="false"/></style:style></office:automatic-styles><office:body><office:spreadsheet>{content}</office:spreadsheet></office:body></office:document-content>"""));
        }
        return stream.ToArray();
    }

    public static byte[] Zip(params (string Name, byte[] Content)[] parts)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var (name, content) in parts) Add(zip, name, content);
        return stream.ToArray();
    }

    private static void Add(ZipArchive zip, string name, byte[] content, CompressionLevel level = CompressionLevel.Optimal)
    {
        using var part = zip.CreateEntry(name, level).Open();
        part.Write(content);
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
