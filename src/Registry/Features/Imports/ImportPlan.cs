using Registry.Features.Records;
using Registry.Features.Shared;

namespace Registry.Features.Imports;

public enum ImportFate { New, Identical, Taken, Faulty }

/// <summary>What becomes of a row; where the register has its like already, the reference of that one.</summary>
public sealed record ImportOutcome(ImportedRow Row, ImportFate Fate, string? Like)
{
    public static string Word(ImportFate fate) => fate switch
    {
        ImportFate.New => Languages.Key("Nouvelle fiche"),
        ImportFate.Identical => Languages.Key("Identique : ignorée"),
        ImportFate.Taken => Languages.Key("Nom ou référence déjà là"),
        _ => Languages.Key("À corriger"),
    };
}

/// <summary>What an import would do, before it does anything.</summary>
public sealed record ImportPlan(IReadOnlyList<ImportOutcome> Outcomes)
{
    public IReadOnlyList<ImportFault> Faults => [.. Outcomes.SelectMany(one => one.Row.Faults)];

    /// <summary>Rows that bring what only the controller's representative or the officer may say.</summary>
    public int Reserved { get; init; }

    public int Count(ImportFate fate) => Outcomes.Count(one => one.Fate == fate);

    /// <summary>Compares each row with the register as it stands, and with the rows before it.</summary>
    public static ImportPlan Of(IReadOnlyList<ImportedRow> rows, IReadOnlyList<LivingSheet> living)
    {
        var seen = new Dictionary<string, (string Reference, Sheet Sheet)>();
        var numbers = new Dictionary<int, (string Reference, Sheet Sheet)>();
        foreach (var one in living)
        {
            var known = (ProcessingRecord.ReferenceOf(one.Number), SheetJson.Read(one.Sheet));
            seen.TryAdd(one.Title.ToLowerInvariant(), known);
            numbers.TryAdd(one.Number, known);
        }
        var own = living.Select(one => one.OwnSiren).FirstOrDefault();
        var outcomes = new List<ImportOutcome>();
        foreach (var row in rows)
        {
            if (row.Faults.Count > 0)
            {
                outcomes.Add(new(row, ImportFate.Faulty, null));
                continue;
            }
            var (name, number) = (row.Title.ToLowerInvariant(), NumberOf(row));
            // A reference says which record it is only in the register that gave it.
            var like = seen.TryGetValue(name, out var byName) ? byName
                : number is { } given && own is not null && row.Siren == own && numbers.TryGetValue(given, out var byNumber) ? byNumber : default;
            outcomes.Add(new(row, like.Sheet is null ? ImportFate.New : SameText(like.Sheet, row.Sheet) ? ImportFate.Identical : ImportFate.Taken, like.Reference));
            seen.TryAdd(name, ($"ligne {row.Number}", row.Sheet));
        }
        return new(outcomes);
    }

    public static int? NumberOf(ImportedRow row) => row.Reference is { } reference ? ProcessingRecord.NumberOf(reference) : null;

    /// <summary>Rules bear names that each register draws for itself: they are the same when they stand in the same place.</summary>
    public static bool SameText(Sheet one, Sheet other) => SheetDifferences.Compare(Placed(one), Placed(other)).Count == 0;

    private static Sheet Placed(Sheet sheet)
    {
        var copy = sheet.Copy();
        var places = new Dictionary<string, string>();
        foreach (var (index, rule) in copy.Retention.Rules.Index())
        {
            if (rule.Id is { Length: > 0 } id) places.TryAdd(id, $"r{index + 1}");
            rule.Id = $"r{index + 1}";
        }
        foreach (var data in copy.People.DataCategories) data.RetentionRule = data.RetentionRule is { } rule ? places.GetValueOrDefault(rule) : null;
        return copy;
    }
}
