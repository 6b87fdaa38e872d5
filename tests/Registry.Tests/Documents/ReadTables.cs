using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml.Linq;
using ExcelDataReader;
using Registry.Documents;

namespace Registry.Tests.Documents;

/// <summary>Reads a table back as another program would: XLSX by a library that is not ours, ODS by its XML, CSV by RFC 4180.</summary>
internal static class ReadTables
{
    private static readonly XNamespace Table = "urn:oasis:names:tc:opendocument:xmlns:table:1.0";
    private static readonly XNamespace Office = "urn:oasis:names:tc:opendocument:xmlns:office:1.0";
    private static readonly XNamespace Words = "urn:oasis:names:tc:opendocument:xmlns:text:1.0";

    /// <summary>The pages of the file, each with its rows; what a person wrote comes back without the mark that says "text".</summary>
    public static IReadOnlyList<(string Name, List<object?[]> Rows)> Read(TableFormat format, byte[] file) => format switch
    {
        TableFormat.Csv => [("", Csv(file))],
        TableFormat.Xlsx => Xlsx(file),
        _ => Ods(file),
    };

    public static List<object?[]> Csv(byte[] file, bool keepMarks = false)
    {
        Assert.Equal([0xEF, 0xBB, 0xBF], file[..3]);
        var (text, rows, row, cell) = (Encoding.UTF8.GetString(file, 3, file.Length - 3), new List<object?[]>(), new List<object?>(), new StringBuilder());
        var quoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            if (quoted && text[i] == '"' && i + 1 < text.Length && text[i + 1] == '"') cell.Append(text[++i]);
            else if (text[i] == '"') quoted = !quoted;
            else if (quoted) cell.Append(text[i]);
            else if (text[i] == ';') End();
            else if (text[i] == '\r' && text[i + 1] == '\n')
            {
                i++;
                End();
                rows.Add([.. row]);
                row.Clear();
            }
            else throw new InvalidDataException($"{text[i]} stands outside of quotes at {i}.");
        }
        return rows;

        void End()
        {
            var read = cell.ToString();
            row.Add(read.Length == 0 ? null : !keepMarks && read[0] == '\'' && CellText.IsHostile(read) ? read[1..] : read);
            cell.Clear();
        }
    }

    public static IReadOnlyList<(string Name, List<object?[]> Rows)> Xlsx(byte[] file)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        using var reader = ExcelReaderFactory.CreateOpenXmlReader(new MemoryStream(file));
        var pages = new List<(string, List<object?[]>)>();
        do
        {
            var rows = new List<object?[]>();
            while (reader.Read()) rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetValue)]);
            pages.Add((reader.Name, rows));
        }
        while (reader.NextResult());
        return pages;
    }

    public static IReadOnlyList<(string Name, List<object?[]> Rows)> Ods(byte[] file)
    {
        using var zip = new ZipArchive(new MemoryStream(file));
        using var stream = zip.GetEntry("content.xml")!.Open();
        return [.. XDocument.Load(stream, LoadOptions.PreserveWhitespace).Descendants(Table + "table").Select(page => ((string)page.Attribute(Table + "name")!,
            page.Descendants(Table + "table-row").Select(row => row.Elements(Table + "table-cell").Select(Cell).ToArray()).ToList()))];
    }

    private static object? Cell(XElement cell) => (string?)cell.Attribute(Office + "value-type") switch
    {
        null => null,
        "float" => double.Parse((string)cell.Attribute(Office + "value")!, CultureInfo.InvariantCulture),
        "date" => DateTime.Parse((string)cell.Attribute(Office + "date-value")!, CultureInfo.InvariantCulture),
        "string" => string.Join('\n', cell.Elements(Words + "p").Select(line => string.Concat(line.Nodes().Select(node => node switch
        {
            XText text => text.Value,
            XElement element when element.Name == Words + "s" => " ",
            XElement element when element.Name == Words + "tab" => "\t",
            _ => throw new InvalidDataException(node.ToString()),
        })))),
        var other => throw new InvalidDataException($"A cell of the kind {other}."),
    };
}
