using System.Collections;
using System.Text.Json;
using Microsoft.Extensions.Localization;
using Registry.Documents;
using Registry.Features.Records;
using Registry.Features.Shared;

namespace Registry.Features.Imports;

/// <summary>What is wrong with a row, where, as a message key with its arguments.</summary>
public sealed record ImportFault(int Row, string? Place, string Message, params object[] Arguments);

/// <summary>A row of the file as the sheet that it would become.</summary>
public sealed record ImportedRow(int Number, string? Reference, string? Siren, Sheet Sheet, List<ImportFault> Faults)
{
    public string Title => Sheet.Identification.Title ?? "";
}

/// <summary>Makes sheets of the rows of a file, by the same rules as the forms: each fault is said with its row and its column, nothing is guessed away.</summary>
public sealed class ImportReading(ImportTargets targets, IStringLocalizer t)
{
    public const string NoTitle = "Donnez un nom au traitement.";
    public const string CutText = "Le texte a été coupé quand le classeur Excel a été écrit : reprenez ce registre depuis le CSV, l’ODS ou le JSON.";
    public const string Merged = "Les cellules {0} sont fusionnées sur plusieurs lignes : défusionnez-les et répétez la valeur.";
    public const string NotASheet = "La fiche n’a pas la forme attendue ({0}).";
    public const string LongCell = "La cellule dépasse {0} caractères : raccourcissez-la.";
    private const int LargestSheet = 600_000, LongestCell = 32_767, MostFaults = 20;
    public const string TooLong = "La fiche est trop longue.";

    private readonly RowLine _line = new(t);

    public static IReadOnlyList<string> AllMessageKeys { get; } = [NoTitle, CutText, Merged, NotASheet, TooLong, LongCell, RowLine.NoSuchRule, .. SheetTyping.AllMessageKeys];

    public IReadOnlyList<ImportedRow> Read(ImportBook book, ImportChoice choice)
    {
        if (choice.Table < 0 || choice.Table >= book.Tables.Count) return [];
        var table = book.Tables[choice.Table];
        if (book.IsJson) return [.. table.Rows.Select(Json)];
        var headings = ImportHeadings.Find(table, targets, choice.Header).Texts;
        var merges = table.Merges.Where(merge => merge.LastRow > merge.FirstRow && merge.LastRow > choice.HeaderEnd).ToList();
        var columns = choice.Map.Where(one => targets.Find(one.Value) is not null).OrderBy(one => Order(one.Value)).ThenBy(one => one.Key)
            .Select(one => (Column: one.Key, Target: targets.Find(one.Value)!, Own: choice.Own && one.Key < headings.Count && targets.Own(headings[one.Key]) == one.Value)).ToList();
        var read = columns.Select(one => one.Column).ToHashSet();
        var faults = table.Faults.Where(fault => read.Contains(fault.Column)).ToLookup(fault => fault.Row);
        return [.. table.Rows.Where(row => row.Number > choice.HeaderEnd && (columns.Exists(one => !string.IsNullOrWhiteSpace(row.At(one.Column))) || faults.Contains(row.Number)))
            .Select(row => Row(table, row, columns, faults[row.Number], merges.FindAll(merge => merge.FirstRow <= row.Number && merge.LastRow >= row.Number)))];
    }

    // Data names the rules that say how long it is kept: those are read first.
    private static int Order(string key) => key == "conservation.Rules" ? 0 : 1;

    private ImportedRow Row(SourceTable table, SourceRow row, List<(int Column, ImportTarget Target, bool Own)> columns, IEnumerable<SourceFault> wrong, List<SourceMerge> merges)
    {
        var (sheet, faults, from) = (new Sheet(), new List<ImportFault>(), new Dictionary<string, int>());
        string? reference = null, siren = null;
        foreach (var fault in wrong.Take(MostFaults)) faults.Add(new(row.Number, SourceTable.Letters(fault.Column), fault.Message));
        foreach (var (column, target, own) in columns)
        {
            // A row that is wrong all over is wrong; twenty thousand of them must still fit into memory.
            if (faults.Count >= MostFaults) break;
            if (merges.Find(merge => merge.FirstColumn <= column && merge.LastColumn >= column) is { } merge) faults.Add(new(row.Number, SourceTable.Letters(column), Merged, merge.Place));
            if (row.At(column) is not { } text || string.IsNullOrWhiteSpace(text)) continue;
            // Our own CSV and ODS say whole what a workbook of Excel would cut.
            if (text.Length > (own ? LargestSheet : LongestCell))
            {
                faults.Add(new(row.Number, SourceTable.Letters(column), LongCell, own ? LargestSheet : LongestCell));
                continue;
            }
            if (text.EndsWith(XlsxTable.Cut, StringComparison.Ordinal)) faults.Add(new(row.Number, SourceTable.Letters(column), CutText));
            if (target.Field is null)
            {
                if (target.Key == ImportTargets.Reference) reference = text.Trim();
                else if (target.Key == ImportTargets.Siren) siren = text.Trim();
                else if (RecordModels.Find(text.Trim()) is { } model) sheet.ModelCode = model.Code;
                continue;
            }
            from.TryAdd(target.Key, column);
            foreach (var (message, said) in new ImportPieces(_line, sheet, own, table.From1904).Fill(target, text)) faults.Add(new(row.Number, SourceTable.Letters(column), message, Shortened(said)));
        }
        return Judged(new ImportedRow(row.Number, reference, siren, sheet, faults), path => Place(path, from));
    }

    private ImportedRow Json(SourceRow row)
    {
        var (sheet, faults) = (new Sheet(), new List<ImportFault>());
        try
        {
            sheet = SheetJson.Read(row.At(ImportBook.SheetAt)!);
        }
        catch (JsonException wrong)
        {
            faults.Add(new(row.Number, row.At(ImportBook.ReferenceAt), NotASheet, Shortened(wrong.Path ?? "$")));
        }
        sheet.Stamp = null;
        if (RecordModels.Find(sheet.ModelCode) is null) sheet.ModelCode = null;
        return Judged(new ImportedRow(row.Number, row.At(ImportBook.ReferenceAt), row.At(ImportBook.SirenAt), sheet, faults), path => path);
    }

    private ImportedRow Judged(ImportedRow row, Func<string, string?> place)
    {
        // The things of another organisation are found again by their names.
        row.Sheet.Processors.Processors.RemoveAll(one => one is null);
        row.Sheet.Processors.Systems.RemoveAll(one => one is null);
        foreach (var one in row.Sheet.Processors.Processors) one.ThirdPartyId = null;
        foreach (var one in row.Sheet.Processors.Systems) one.SystemId = null;
        row.Sheet.Identification.JointAgreementId = null;
        foreach (var error in SheetText.Clean(row.Sheet)) row.Faults.Add(new(row.Number, place(error.Path), error.MessageKey, error.Arguments));
        if (row.Title.Length == 0 && row.Faults.Count == 0) row.Faults.Add(new(row.Number, place("Identification.Title"), NoTitle));
        if (row.Faults.Count == 0 && System.Text.Encoding.UTF8.GetByteCount(SheetJson.Write(row.Sheet)) > LargestSheet) row.Faults.Add(new(row.Number, null, TooLong));
        return row;
    }

    /// <summary>"Purposes.LegalBases[1].Reference" stands in the column of the legal bases.</summary>
    private static string? Place(string path, Dictionary<string, int> from)
    {
        var words = path.Split('.', '[', ']');
        var section = SheetSections.All.FirstOrDefault(one => typeof(Sheet).GetProperty(words[0])?.PropertyType == one.Type);
        return section is not null && words.Length > 1 && from.TryGetValue($"{section.Key}.{words[1]}", out var column) ? SourceTable.Letters(column) : null;
    }

    private static string Shortened(string text) => text.Length > 60 ? TypedText.Beginning(text, 60) + "…" : text;
}
