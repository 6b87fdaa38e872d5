using System.Globalization;
using System.Text;
using Registry.Documents;
using Registry.Features.Imports;
using Registry.Features.Records;
using Registry.Features.Shared;

namespace Registry.Tests.Features.Imports;

/// <summary>Files as people have them: other headings, other encodings, cells made one, days as numbers, and what somebody might send on purpose.</summary>
public sealed class ForeignFileTests
{
    private static readonly Languages Words = new();
    private static readonly ImportTargets Targets = new(Words);

    [Fact]
    [Trait("S", "15")]
    public void Formulas_are_not_computed_and_one_without_its_result_is_a_fault_at_its_place()
    {
        var book = Read("a.xlsx", MadeFiles.Xlsx(sheets: ("Feuille", "visible",
            "<sheetData>" + MadeFiles.Row(1, MadeFiles.Cell("A1", "Nom du traitement"), MadeFiles.Cell("B1", "Finalité"))
            + MadeFiles.Row(2, """<c r="A2" t="str"><f>CONCATENATE("Can","tine")</f><v>Cantine</v></c>""", """<c r="B2"><f>1+1</f></c>""")
            + MadeFiles.Row(3, MadeFiles.Cell("A3", "Crèche"), """<c r="B3" t="e"><f>1/0</f><v>#DIV/0!</v></c>""") + "</sheetData>")));
        var rows = Rows(book);
        Assert.Equal(["Cantine", "Crèche"], rows.Select(row => row.Title));
        Assert.Equal([(2, "B", SourceLimits.NoFormulaValue), (3, "B", SourceLimits.ErrorValue)], rows.SelectMany(row => row.Faults).Select(fault => (fault.Row, fault.Place!, fault.Message)));
        var ods = Rows(Read("a.ods", MadeFiles.Ods("""<table:table table:name="F"><table:table-row><table:table-cell office:value-type="string"><text:p>Nom du traitement</text:p></table:table-cell><table:table-cell office:value-type="string"><text:p>Finalité</text:p></table:table-cell></table:table-row><table:table-row><table:table-cell table:formula="of:=A1" office:value-type="string" office:string-value="Cantine"><text:p>Cantine</text:p></table:table-cell><table:table-cell table:formula="of:=A9"/></table:table-row></table:table>""")));
        Assert.Equal("Cantine", Assert.Single(ods).Title);
        Assert.Equal((2, "B"), (ods[0].Faults[0].Row, ods[0].Faults[0].Place));
    }

    [Theory]
    [InlineData(false, 45536)]
    [InlineData(true, 44074)]
    public void Days_that_a_workbook_counts_are_days_in_both_of_its_calendars(bool from1904, int serial)
    {
        var inside = "<sheetData>" + MadeFiles.Row(1, MadeFiles.Cell("A1", "Nom du traitement"), MadeFiles.Cell("B1", "Mise en œuvre le"));
        for (var (row, style) = (2, 0); style < 3; row++, style++) inside += MadeFiles.Row(row, MadeFiles.Cell($"A{row}", $"Fiche {row}"), $"<c r=\"B{row}\" s=\"{style}\"><v>{serial}</v></c>");
        Assert.All(Rows(Read("a.xlsx", MadeFiles.Xlsx(from1904, sheets: ("F", "visible", inside + "</sheetData>")))), row => Assert.Equal(new DateOnly(2024, 9, 1), row.Sheet.Identification.ImplementedOn));
    }

    [Fact]
    public void Two_rows_of_headings_are_read_together_and_rows_made_one_are_a_fault_with_their_place()
    {
        var inside = "<sheetData>" + MadeFiles.Row(1, MadeFiles.Cell("A1", "Registre des traitements 2024"))
            + MadeFiles.Row(2, MadeFiles.Cell("A2", "Intitulé du traitement"), MadeFiles.Cell("B2", "Destinataires"), MadeFiles.Cell("D2", "Finalité"))
            + MadeFiles.Row(3, MadeFiles.Cell("B3", "Destinataires internes"), MadeFiles.Cell("C3", "Destinataires externes"))
            + MadeFiles.Row(4, MadeFiles.Cell("A4", "Cantine"), MadeFiles.Cell("B4", "Régie"), MadeFiles.Cell("C4", "Préfecture"), MadeFiles.Cell("D4", "Nourrir"))
            + MadeFiles.Row(5, MadeFiles.Cell("A5", "Crèche"), MadeFiles.Cell("B5", "Accueil"), MadeFiles.Cell("D5", "Garder"))
            + MadeFiles.Row(6, MadeFiles.Cell("B6", "Direction"))
            + """</sheetData><mergeCells><mergeCell ref="A1:D1"/><mergeCell ref="A2:A3"/><mergeCell ref="B2:C2"/><mergeCell ref="D2:D3"/><mergeCell ref="A5:A6"/></mergeCells>""";
        var book = Read("a.xlsx", MadeFiles.Xlsx(sheets: ("F", "visible", inside)));
        var headings = ImportHeadings.Find(book.Tables[0], Targets);
        Assert.Equal((2, 3), (headings.Row, headings.End));
        Assert.Equal(["Intitulé du traitement", "Destinataires internes", "Destinataires externes", "Finalité"], headings.Texts);
        var rows = Rows(book);
        Assert.Equal(["Régie", "Préfecture"], rows[0].Sheet.Recipients.Recipients.Select(row => row.Label));
        Assert.Empty(rows[0].Faults);
        Assert.All(rows.Skip(1), row => Assert.Contains(row.Faults, fault => fault.Message == ImportReading.Merged && fault.Arguments[0].Equals("A5:A6")));
    }

    [Fact]
    public void Hidden_sheets_are_not_read_and_of_several_the_one_that_is_understood_is_chosen()
    {
        var list = "<sheetData>" + MadeFiles.Row(1, MadeFiles.Cell("A1", "Nom du traitement")) + MadeFiles.Row(2, "<c r=\"A2\" t=\"s\"><v>1</v></c>") + "</sheetData>";
        var book = Read("a.xlsx", MadeFiles.Xlsx(strings: "<si><t>x</t></si><si><r><t>Can</t></r><r><t>tine_x000A_</t></r><rPh><t>lu</t></rPh></si>", sheets:
            [("Caché", "hidden", list), ("Notes", "visible", "<sheetData>" + MadeFiles.Row(1, MadeFiles.Cell("A1", "À faire")) + "</sheetData>"), ("Liste", "visible", list)]));
        Assert.Equal(["Notes", "Liste"], book.Tables.Select(table => table.Name));
        Assert.Equal("Cantine", Assert.Single(new ImportReading(Targets, Words).Read(book, ImportHeadings.Find(book.Tables[1], Targets).Propose(1, Targets))).Title);
        Assert.Equal("Ici", Assert.Single(Read("a.ods", MadeFiles.Ods("""<table:table table:name="Caché" table:style-name="hid"><table:table-row><table:table-cell><text:p>x</text:p></table:table-cell></table:table-row></table:table><table:table table:name="Ici"><table:table-row><table:table-cell><text:p>Nom</text:p></table:table-cell></table:table-row><table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="1024"/></table:table-row></table:table>""")).Tables).Name);
    }

    [Theory]
    [InlineData("utf-8", true, ";")]
    [InlineData("utf-8", false, ",")]
    [InlineData("utf-8", false, "\t")]
    [InlineData("windows-1252", false, ";")]
    public void A_table_of_text_is_read_in_its_encoding_with_its_separator_and_lines_inside_quotes(string encoding, bool mark, string separator)
    {
        var text = $"Nom du traitement{separator}Finalité\r\n\"Crèche « l’œuf »\"{separator}\"Garder\nles \"\"petits\"\"\"\r\n\r\nÉcole{separator}Enseigner";
        var coding = encoding == "utf-8" ? new UTF8Encoding(mark) : CodePagesEncodingProvider.Instance.GetEncoding(1252)!;
        var rows = Rows(Read("a.csv", [.. coding.GetPreamble(), .. coding.GetBytes(text)]));
        Assert.Equal([("Crèche « l’œuf »", "Garder\nles \"petits\""), ("École", "Enseigner")], rows.Select(row => (row.Title, row.Sheet.Purposes.Purpose!)));
        Assert.Equal([2, 4], rows.Select(row => row.Number));
    }

    [Fact]
    [Trait("S", "15")]
    public void What_is_over_a_limit_is_refused_with_the_limit_in_its_words()
    {
        var many = new StringBuilder("Nom du traitement;Finalité\r\n");
        for (var i = 0; i < 20_001; i++) many.Append(CultureInfo.InvariantCulture, $"Fiche {i};{Guid.NewGuid()}\r\n");
        Refused("20000 lignes", "a.csv", Encoding.UTF8.GetBytes(many.ToString()));
        Refused("200 colonnes (ligne 1)", "a.csv", Encoding.UTF8.GetBytes(string.Join(';', Enumerable.Range(0, 201).Select(i => $"t{i}")) + "\r\n"));
        Refused("200 colonnes (ligne 1)", "a.xlsx", MadeFiles.Xlsx(sheets: ("F", "visible", "<sheetData>" + MadeFiles.Row(1, MadeFiles.Cell("XFD1", "loin")) + "</sheetData>")));
        var rows = new StringBuilder("<sheetData>");
        for (var i = 1; i <= 20_001; i++) rows.Append(MadeFiles.Row(i, MadeFiles.Cell($"A{i}", Guid.NewGuid().ToString())));
        Refused("20000 lignes", "a.xlsx", MadeFiles.Xlsx(sheets: ("F", "visible", rows + "</sheetData>")));
        Refused("20000 lignes", "a.ods", MadeFiles.Ods("""<table:table table:name="F"><table:table-row table:number-rows-repeated="1000000"><table:table-cell><text:p>x</text:p></table:table-cell></table:table-row></table:table>"""));
        Refused("200 colonnes", "a.ods", MadeFiles.Ods("""<table:table table:name="F"><table:table-row><table:table-cell table:number-columns-repeated="1000000"><text:p>x</text:p></table:table-cell></table:table-row></table:table>"""));
        Refused("100 fois", "a.xlsx", MadeFiles.Xlsx(more: [("xl/media/image1.png", new byte[50_000_000])], sheets: ("F", "visible", "<sheetData/>")));
        Refused("2000 éléments", "a.xlsx", MadeFiles.Zip([.. Enumerable.Range(0, 2001).Select(i => ($"xl/p{i}.xml", "<a/>"u8.ToArray()))]));
        Refused("JSON lisible", "a.json", Encoding.UTF8.GetBytes(new string('[', 5000)));
    }

    [Fact]
    [Trait("S", "15")]
    public void What_is_no_table_or_hides_something_is_refused_in_plain_words()
    {
        var good = "<sheetData>" + MadeFiles.Row(1, MadeFiles.Cell("A1", "Nom")) + "</sheetData>";
        foreach (var (name, file) in new (string, byte[])[]
        {
            ("a.xlsx", "PK\x03\x04 n'importe quoi"u8.ToArray()), ("a.xlsx", "MZ"u8.ToArray()), ("a.exe", "x"u8.ToArray()), ("a.csv", "<html>"u8.ToArray()), ("a.pdf", "%PDF-1.4"u8.ToArray()), ("a.csv", [0, 1, 2]),
            ("a.xlsx", MadeFiles.Xlsx(more: [("../../evil.xml", "<a/>"u8.ToArray())], sheets: ("F", "visible", good))),
            ("a.xlsx", MadeFiles.Xlsx(more: [("xl/vbaProject.bin", [1])], sheets: ("F", "visible", good))),
            ("a.xlsx", MadeFiles.Xlsx(sheets: ("F", "visible", "<sheetData><row><c></row>"))),
            ("a.ods", MadeFiles.Ods("<!DOCTYPE x>")), ("a.json", "{"u8.ToArray()), ("a.json", """{"schema":"autre/1"}"""u8.ToArray()),
            ("a.json", """{"schema":"registre-traitements/1","organisations":[{"name":"A","records":[{"sheet":{}}]}],"recordCount":2}"""u8.ToArray()), ("a.json", """{"schema":"registre-traitements/1","organisations":[{"name":"A","records":[7]}],"recordCount":1}"""u8.ToArray()),
        })
        {
            var (book, refusal) = ImportFile.Read(name, file);
            Assert.True(book is null && refusal is not null, name);
            Assert.Contains(refusal!.Message, ImportFile.AllMessageKeys);
        }
        // A part with entities of its own is never read, whichever it is.
        var entities = MadeFiles.Zip([.. Parts(MadeFiles.Xlsx(sheets: ("F", "visible", good))).Select(part => part.Name == "xl/worksheets/sheet0.xml" ? (part.Name, Encoding.UTF8.GetBytes("<!DOCTYPE w [<!ENTITY a \"aaaaaaaa\"><!ENTITY b \"&a;&a;&a;\">]>" + Encoding.UTF8.GetString(part.Content))) : part)]);
        Assert.Equal(SourceLimits.Broken, ImportFile.Read("a.xlsx", entities).Refusal?.Message);
        Assert.Equal((SourceLimits.SpoiltAccents, 2), Where(ImportFile.Read("a.csv", "Nom\r\nCrÃ¨che\r\n"u8.ToArray()).Refusal!));

        static (string, object) Where(ImportRefusal refusal) => (refusal.Message, refusal.Arguments[0]);
    }

    [Fact]
    public void A_broken_sheet_of_the_JSON_is_a_fault_of_its_record_alone()
    {
        var book = Read("export", [.. Encoding.UTF8.Preamble, .. """{"schema":"registre-traitements/1","organisations":[{"name":"A","records":[{"reference":"T-0001","sheet":{"identification":{"title":"Cantine"}}},{"reference":"T-0002","sheet":{"identification":{"title":7}}},{"reference":"T-0003","sheet":{"identification":{"title":"x","gdprRole":"CHEF"}}}]}],"recordCount":3}"""u8]);
        var rows = new ImportReading(Targets, Words).Read(book, new ImportChoice { Own = true });
        Assert.Equal([0, 1, 1], rows.Select(row => row.Faults.Count));
        Assert.Equal("$.identification.title", rows[1].Faults[0].Arguments[0]);
        Assert.Equal("Identification.GdprRole", rows[2].Faults[0].Place);
    }

    /// <summary>The model of the CNIL: a sheet for each processing, its fields one below the other.</summary>
    [Fact]
    public void The_model_of_the_CNIL_becomes_a_line_for_each_of_its_sheets()
    {
        static string Form(string name, string reference) => "<sheetData>" + string.Concat(new (string, string, string)[]
        {
            ("Fiche de registre", "", ""), ("Description du traitement", "", ""), ("Nom / sigle", name, ""), ("N° / REF", reference, ""), ("Date de création", "01/09/2024", ""),
            ("Finalité(s) du traitement effectué", "", ""), ("Finalité principale", name.Length == 0 ? "" : "Gérer la paie", ""), ("Sous-finalité 1", name.Length == 0 ? "" : "Établir les bulletins", ""), ("Sous-finalité 2", name.Length == 0 ? "" : "Déclarer", ""),
            ("Catégories de données personnelles concernées", "Description", "Délai d’effacement"), ("État civil, identité, données d’identification, images…", name.Length == 0 ? "" : "nom ; prénom", name.Length == 0 ? "" : "5 ans"), ("Vie personnelle (habitudes de vie, situation familiale, etc.)", "Non", ""),
            ("Catégorie de personnes 1", name.Length == 0 ? "" : "Agents", ""), ("Destinataire 1", name.Length == 0 ? "" : "Trésor public", ""), ("Mesures de sécurité techniques", name.Length == 0 ? "" : "Antivirus", ""),
        }.Select((row, index) => MadeFiles.Row(index + 1, [.. new[] { row.Item1, row.Item2, row.Item3 }.Select((text, column) => text.Length == 0 ? "" : MadeFiles.Cell($"{(char)('A' + column)}{index + 1}", text))]))) + "</sheetData>";

        var book = CnilForm.Unfold(Read("a.xlsx", MadeFiles.Xlsx(sheets: [("Fiche 1", "visible", Form("Paie", "ref-001")), ("Modèle", "visible", Form("", "")), ("Fiche 2", "visible", Form("Recrutement", "ref-002"))])), Targets);
        var rows = Rows(book);
        Assert.Equal([("Paie", "ref-001"), ("Recrutement", "ref-002")], rows.Select(row => (row.Title, row.Reference!)));
        var sheet = rows[0].Sheet;
        Assert.Empty(rows[0].Faults);
        Assert.Equal(("Gérer la paie", new DateOnly(2024, 9, 1)), (sheet.Purposes.Purpose, sheet.Identification.ImplementedOn));
        Assert.Equal(["Établir les bulletins", "Déclarer"], sheet.Purposes.SubPurposes);
        Assert.Equal(("IDENTITY", "nom , prénom"), (Assert.Single(sheet.People.DataCategories).Category, sheet.People.DataCategories[0].Detail));
        Assert.Equal("P5Y", Assert.Single(sheet.Retention.Rules).ActiveDuration);
        Assert.Equal("STAFF", Assert.Single(sheet.People.DataSubjects).Category);
        Assert.Equal("TEC_ANTIVIRUS", Assert.Single(sheet.Security.Measures).Measure);
    }

    private static ImportBook Read(string name, byte[] file)
    {
        var (book, refusal) = ImportFile.Read(name, file);
        Assert.True(book is not null, refusal?.Message);
        // What is kept between two steps is the same.
        return ImportBook.Unpack(book.Pack());
    }

    private static IReadOnlyList<ImportedRow> Rows(ImportBook book) => new ImportReading(Targets, Words).Read(book, ImportHeadings.Find(book.Tables[0], Targets).Propose(0, Targets));

    private static void Refused(string words, string name, byte[] file)
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var (book, refusal) = ImportFile.Read(name, file);
        TestContext.Current.TestOutputHelper?.WriteLine($"{words}: {watch.ElapsedMilliseconds} ms");
        Assert.Null(book);
        Assert.Contains(words, string.Format(CultureInfo.InvariantCulture, refusal!.Message, refusal.Arguments));
    }

    private static IEnumerable<(string Name, byte[] Content)> Parts(byte[] zip)
    {
        using var archive = new System.IO.Compression.ZipArchive(new MemoryStream(zip));
        foreach (var entry in archive.Entries)
        {
            using var part = entry.Open();
            using var content = new MemoryStream();
            part.CopyTo(content);
            yield return (entry.FullName, content.ToArray());
        }
    }
}
