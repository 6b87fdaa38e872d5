using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Registry.Features.Imports;
using Registry.Features.Records;
using Registry.Features.Shared;
using Registry.Tests.Features.Records;

namespace Registry.Tests.Features.Imports;

/// <summary>What the registry writes, it reads: every field of any sheet, in every format and in both languages.</summary>
public sealed class RoundTripTests
{
    private static readonly RegisterBody Body = new() { Id = Guid.Empty, Slug = "druelle-balsac", Name = "Druelle Balsac", Siren = "200054872", InseeCode = "12090", TimeZone = "Europe/Paris" };
    private static readonly RegisterAbout About = new("Registre", "WORKING_SHEETS", new DateTimeOffset(2026, 11, 22, 8, 0, 0, TimeSpan.Zero), "Personne", null, null, null, [("Organisme", "Druelle Balsac")], "Nombre de fiches", "pied");
    private static readonly Languages Words = new();
    private static readonly ImportTargets Targets = new(Words);

    [Theory]
    [InlineData(RegisterFormat.Xlsx, "fr-FR")]
    [InlineData(RegisterFormat.Ods, "fr-FR")]
    [InlineData(RegisterFormat.Csv, "fr-FR")]
    [InlineData(RegisterFormat.Json, "fr-FR")]
    [InlineData(RegisterFormat.Csv, "en-GB")]
    public void Any_sheet_comes_back_equal_field_by_field(RegisterFormat format, string language) =>
        Prop.ForAll<int>(seed =>
        {
            var sheets = Enumerable.Range(0, 3).Select(index => Sample(seed, index)).ToList();
            CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
            var file = Write(format, sheets);
            CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("fr-FR");
            var read = Read(file, format);
            Assert.Equal(sheets.Count, read.Count);
            foreach (var (sheet, row) in sheets.Zip(read))
            {
                Assert.Empty(row.Faults.Select(fault => $"{fault.Place}: {string.Format(CultureInfo.InvariantCulture, fault.Message, fault.Arguments)}"));
                Assert.Equal(Plain(sheet), Plain(row.Sheet));
                Assert.True(ImportPlan.SameText(sheet, row.Sheet));
            }
        }).QuickCheckThrowOnFailure();

    /// <summary>Values that look like the writing of a line itself.</summary>
    [Fact]
    public void A_value_that_looks_like_the_names_and_separators_of_a_line_stays_a_value()
    {
        foreach (var text in new[] { "a ; b", "a ;; b", "; a", "a ;", "; ; ;", "Précision : x", "a ; Précision : x", "Mineurs", "Agents", "Mineurs ; Agents", "n° 2", "Note : a : b", "'=1", "=1+1" })
        {
            var sheet = new Sheet { Identification = { Title = "t" } };
            sheet.People.DataSubjects.Add(new() { Category = "STAFF", Detail = text, Minors = true });
            sheet.People.DataSubjects.Add(new() { Detail = text });
            sheet.Recipients.Recipients.Add(new() { Label = text, Purpose = text });
            sheet.Retention.Rules.Add(new() { Id = "a", Scope = text });
            sheet.Retention.Rules.Add(new() { Id = "b", Scope = text, ActiveDuration = "P1Y" });
            sheet.Retention.Rules.Add(new() { Id = "c", ActiveCriterion = text });
            foreach (var id in new[] { "a", "b", "c" }) sheet.People.DataCategories.Add(new() { Category = "IDENTITY", Detail = text, RetentionRule = id });
            sheet.Processors.Processors.Add(new() { Name = text, Art28Missing = ["INSTRUCTIONS", "CONFIDENTIALITY"], Art28Checked = false });
            sheet.Processors.Processors[0].Art28Missing.RemoveAll(code => !Registry.Facts.Vocabulary.Current.Contains("Art28Item", code));
            foreach (var format in Enum.GetValues<RegisterFormat>())
                Assert.Equal(Plain(sheet), Plain(Assert.Single(Read(Write(format, [sheet]), format)).Sheet));
        }
    }

    private static Sheet Sample(int seed, int index)
    {
        var sheet = SampleSheets.Random(seed * 31 + index);
        sheet.Identification.Title = $"Fiche {index} ; n° : {seed}";
        // What a form would refuse is not in a register.
        sheet.Stamp = null;
        foreach (var error in SheetText.Clean(sheet)) throw new InvalidOperationException($"{error.Path}: {error.Message}");
        // A name that no rule bears is shown as nothing.
        foreach (var (at, data) in sheet.People.DataCategories.Index()) data.RetentionRule = sheet.Retention.Rules.Count == 0 || at % 3 == 0 ? null : sheet.Retention.Rules[at % sheet.Retention.Rules.Count].Id;
        SheetText.Clean(sheet);  // a row that said nothing else
        return sheet;
    }

    /// <summary>The canonical text, with rules named by their place.</summary>
    private static string Plain(Sheet sheet)
    {
        var copy = sheet.Copy();
        var places = copy.Retention.Rules.Index().ToDictionary(rule => rule.Item.Id!, rule => $"r{rule.Index}");
        foreach (var rule in copy.Retention.Rules) rule.Id = places[rule.Id!];
        foreach (var data in copy.People.DataCategories) data.RetentionRule = data.RetentionRule is { } id ? places[id] : null;
        return SheetJson.Canonical(copy);
    }

    private static IReadOnlyList<ImportedRow> Read(byte[] file, RegisterFormat format)
    {
        var (book, refusal) = ImportFile.Read("registre." + RegisterWriter.Extension(format), file);
        Assert.True(book is not null, refusal?.Message);
        var headings = ImportHeadings.Find(book.Tables[0], Targets);
        var choice = book.IsJson ? new ImportChoice { Own = true } : headings.Propose(0, Targets);
        Assert.True(choice.Own);
        return new ImportReading(Targets, Words).Read(book, choice);
    }

    private static byte[] Write(RegisterFormat format, IReadOnlyList<Sheet> sheets)
    {
        using var stream = new MemoryStream();
        using (var writer = RegisterWriter.Open(format, stream, new RegisterColumns(Words, notes: true), About, notes: true))
        {
            writer.Begin(Body);
            foreach (var (index, sheet) in sheets.Index())
                writer.Add(Body, new RegisterEntry { RecordId = Guid.Empty, Number = index + 1, Status = "DRAFT", Content = SheetJson.Write(sheet), CreatedAt = About.At, UpdatedAt = About.At });
            writer.Finish();
        }
        return stream.ToArray();
    }
}
