using System.Diagnostics;
using System.Globalization;
using System.Text;
using Registry.Documents;
using Registry.Features.Imports;
using Registry.Features.Records;
using Registry.Features.Shared;

namespace Registry.Tests.Features.Imports;

/// <summary>Small files made to cost much: memory that their few signs stand for, time that grows with their square, places that are none.</summary>
[Trait("S", "15")]
public sealed class HostileFileTests
{
    private static readonly Languages Words = new();
    private static readonly ImportTargets Targets = new(Words);

    [Theory]
    [InlineData("")]
    [InlineData(" table:style-name=\"hid\"")]
    public void Blanks_that_stand_for_millions_are_refused_before_they_are_all_there(string style)
    {
        // Fifty million blanks in one cell; and as many over cells that each stay small.
        var blanks = string.Concat(Enumerable.Repeat("<text:s text:c=\"1000\"/>", 50_000)) + Guid.NewGuid();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Refused(SourceLimits.TooMuchText, "a.ods", MadeFiles.Ods($"<table:table table:name=\"F\"{style}><table:table-row><table:table-cell><text:p>{blanks}</text:p></table:table-cell></table:table-row></table:table>"));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 90_000_000);
        var cell = $"<table:table-cell><text:p>{string.Concat(Enumerable.Repeat("<text:s text:c=\"1000\"/>", 500))}</text:p></table:table-cell>";
        Refused(SourceLimits.TooMuchText, "a.ods", MadeFiles.Ods($"<table:table table:name=\"F\"{style}>{string.Concat(Noise(50).Select(noise => $"<table:table-row>{cell}{noise}</table:table-row>"))}</table:table>"));
    }

    [Fact]
    public void A_text_of_a_workbook_is_refused_while_it_grows()
    {
        var text = string.Concat(Enumerable.Range(0, 3_200_000).Select(i => i.ToString("x7", CultureInfo.InvariantCulture)));
        var file = MadeFiles.Xlsx(strings: $"<si><t>{text}</t></si>", sheets: ("F", "visible", "<sheetData/>"));
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(SourceLimits.TooMuchText, Assert.Throws<UnreadableTableException>(() => XlsxSource.Read(file, new())).Message);
        // Twice the limit and a little more; not the whole text, its copy and the copy of that.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 60_000_000);
    }

    [Fact]
    public void Rows_of_faults_alone_are_counted_and_faults_and_merged_cells_have_an_end()
    {
        var limits = new SourceLimits();
        for (var row = 0; row < SourceLimits.MostRows; row++) limits.Row("F");
        var one = MadeFiles.Xlsx(sheets: ("F", "visible", "<sheetData><row r=\"1\"><c r=\"A1\" t=\"e\"><v>#N/A</v></c></row></sheetData>"));
        Assert.Equal(SourceLimits.TooManyRows, Assert.Throws<UnreadableTableException>(() => XlsxSource.Read(one, limits)).Message);
        Refused(SourceLimits.TooManyFaults, "a.xlsx", MadeFiles.Xlsx(sheets: ("F", "visible", "<sheetData>" + string.Concat(Enumerable.Range(1, 2001).Select(row => $"<row r=\"{row}\"><c r=\"A{row}\" t=\"e\"><v>{Noise()}</v></c></row>")) + "</sheetData>")));
        Refused(SourceLimits.TooManyMerges, "a.xlsx", MadeFiles.Xlsx(sheets: ("F", "visible", "<sheetData>" + MadeFiles.Row(1, MadeFiles.Cell("A1", "Nom")) + "</sheetData><mergeCells>" + string.Concat(Enumerable.Range(1, 2001).Select(row => $"<mergeCell ref=\"A{row}:B{row}\"/>")) + "</mergeCells>")));
        Refused(SourceLimits.TooManyFaults, "a.ods", MadeFiles.Ods("<table:table table:name=\"F\">" + string.Concat(Noise(2001).Select(noise => $"<table:table-row><table:table-cell table:formula=\"of:=A9\"/>{noise}</table:table-row>")) + "</table:table>"));
        Refused(SourceLimits.TooManyMerges, "a.ods", MadeFiles.Ods("<table:table table:name=\"F\">" + string.Concat(Noise(2001).Select(noise => $"<table:table-row><table:table-cell table:number-columns-spanned=\"2\"><text:p>x</text:p></table:table-cell>{noise}</table:table-row>")) + "</table:table>"));
        Refused(SourceLimits.Broken, "a.xlsx", MadeFiles.Xlsx(sheets: ("F", "visible", "<sheetData>" + MadeFiles.Row(1, MadeFiles.Cell("A1", "Nom")) + "</sheetData><mergeCells><mergeCell ref=\"A1:C3\"/><mergeCell ref=\"B2:D4\"/></mergeCells>")));
    }

    [Fact]
    public void Faults_under_one_number_of_a_row_are_not_said_again_for_each_row_that_bears_it()
    {
        var rows = Enumerable.Range(0, 300).Select(_ => new SourceRow(5, ["Cantine"])).ToList();
        var table = new SourceTable("F", [new(1, ["Nom du traitement"]), .. rows], [.. Enumerable.Repeat(new SourceFault(5, 0, SourceLimits.ErrorValue), 2000)], []);
        Assert.All(Rows(new(false, [table])), row => Assert.InRange(row.Faults.Count, 1, 25));
    }

    [Fact]
    public void A_line_of_colons_or_semicolons_is_read_in_a_moment()
    {
        var line = new RowLine(Words);
        foreach (var text in new[] { new string(':', 60_000), string.Concat(Enumerable.Repeat("a:", 30_000)), "Agents" + string.Concat(Enumerable.Repeat(" ; a", 100_000)) })
        {
            var watch = Stopwatch.StartNew();
            line.Tells(typeof(DataSubjectRow), "x ; " + text);
            line.Read(typeof(DataSubjectRow), text, new Sheet());
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(30), $"{watch.Elapsed}");
        }
    }

    [Fact]
    public void A_cell_longer_than_a_workbook_can_hold_is_a_fault_at_its_place_unless_it_is_our_own()
    {
        var text = new string('a', 32_768);
        var table = new SourceTable("F", [new(1, ["Nom", "Finalité"]), new(2, ["Cantine", text])], [], []);
        var choice = new ImportChoice { Header = 1, HeaderEnd = 1, Map = new() { [0] = ImportTargets.Title, [1] = Targets.Propose("Finalité")! } };
        var fault = Assert.Single(new ImportReading(Targets, Words).Read(new(false, [table]), choice)).Faults[0];
        Assert.Equal(("B", ImportReading.LongCell, 32_767), (fault.Place, fault.Message, fault.Arguments[0]));
        // A list of our own register that a workbook of Excel would cut comes back from the CSV.
        var heading = Words.Get(SheetLabels.Name(typeof(RecipientsSection).GetProperty(nameof(RecipientsSection.Recipients))!));
        var lines = string.Join('\n', Enumerable.Range(0, 190).Select(number => $"Service {number} {new string('a', 180)}"));
        var ours = new SourceTable("F", [new(1, ["Nom", heading]), new(2, ["Cantine", lines])], [], []);
        var row = Assert.Single(new ImportReading(Targets, Words).Read(new(false, [ours]), choice with { Own = true, Map = new() { [0] = ImportTargets.Title, [1] = Targets.Own(heading)! } }));
        Assert.DoesNotContain(row.Faults, one => one.Message == ImportReading.LongCell);
        Assert.Equal(190, row.Sheet.Recipients.Recipients.Count);
    }

    [Fact]
    public void Places_written_backwards_or_without_end_are_no_error_of_ours()
    {
        var inside = "<sheetData>" + MadeFiles.Row(1, MadeFiles.Cell("A1", "Registre"), MadeFiles.Cell("B1", "x")) + MadeFiles.Row(2, MadeFiles.Cell("A2", "Nom du traitement"), MadeFiles.Cell("B2", "Finalité")) + MadeFiles.Row(3, MadeFiles.Cell("A3", "Cantine"))
            + "</sheetData><mergeCells><mergeCell ref=\"D2:A2\"/><mergeCell ref=\"B2:XFD2\"/></mergeCells>";
        var (book, refusal) = ImportFile.Read("a.xlsx", MadeFiles.Xlsx(sheets: ("F", "visible", inside)));
        Assert.True(book is not null, refusal?.Message);
        Assert.Equal(new SourceMerge(2, 1, 2, SourceLimits.MostColumns - 1), Assert.Single(book.Tables[0].Merges));
        Assert.NotEmpty(ImportHeadings.Find(book.Tables[0], Targets).Texts);
        var ods = ImportFile.Read("a.ods", MadeFiles.Ods("""<table:table table:name="F"><table:table-row><table:table-cell><text:p>Titre</text:p></table:table-cell><table:table-cell table:number-columns-spanned="2147483647" table:number-rows-spanned="2147483647"><text:p>x</text:p></table:table-cell></table:table-row><table:table-row><table:table-cell><text:p>Nom</text:p></table:table-cell></table:table-row></table:table>""")).Book!;
        Assert.Equal(new SourceMerge(1, 1, int.MaxValue / 2, SourceLimits.MostColumns - 1), Assert.Single(ods.Tables[0].Merges));
        Assert.NotEmpty(ImportHeadings.Find(ods.Tables[0], Targets).Texts);
    }

    [Fact]
    public void A_row_of_the_JSON_that_is_null_is_no_row()
    {
        var (book, _) = ImportFile.Read("a.json", """{"schema":"registre-traitements/1","organisations":[{"name":"A","records":[{"reference":"T-0001","sheet":{"identification":{"title":"Cantine"},"processors":{"processors":[null],"systems":[null]}}}]}],"recordCount":1}"""u8.ToArray());
        Assert.Empty(Assert.Single(new ImportReading(Targets, Words).Read(book!, new ImportChoice { Own = true })).Faults);
    }

    [Fact]
    public void A_name_that_is_made_room_for_is_not_cut_inside_a_character()
    {
        for (var length = 130; length < 150; length++) Assert.False(TypedText.HasHidden(ImportDesk.Variant(new string('a', length) + string.Concat(Enumerable.Repeat("😀", 10)), 1)));
    }

    private static string Noise() => Guid.NewGuid().ToString();

    // What compresses well is refused for that alone.
    private static IEnumerable<string> Noise(int rows) => Enumerable.Range(0, rows).Select(_ => $"<!--{Convert.ToHexString(System.Security.Cryptography.RandomNumberGenerator.GetBytes(200))}-->");

    private static IReadOnlyList<ImportedRow> Rows(ImportBook book) => new ImportReading(Targets, Words).Read(book, new ImportChoice { Header = 1, HeaderEnd = 1, Map = new() { [0] = ImportTargets.Title } });

    private static void Refused(string message, string name, byte[] file)
    {
        UnreadableTableException wrong;
        if (name.EndsWith(".ods", StringComparison.Ordinal)) wrong = Assert.Throws<UnreadableTableException>(() => OdsSource.Read(file, new()));
        else wrong = Assert.Throws<UnreadableTableException>(() => XlsxSource.Read(file, new()));
        Assert.Equal(message, wrong.Message);
        Assert.NotEmpty(string.Format(CultureInfo.InvariantCulture, message, wrong.Arguments));
    }
}
