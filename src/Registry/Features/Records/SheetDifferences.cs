using System.Collections;
using System.Reflection;
using Registry.History;

namespace Registry.Features.Records;

/// <summary>
/// One thing that differs, in words. <see cref="Path"/> is that of the newer sheet (of the older for what was removed), <see cref="Row"/> names
/// the row it stands in, null for a field of the section. Old or New is null when the thing was added or removed.
/// </summary>
public sealed record SheetDifference(string SectionKey, string Path, string LabelKey, string? Row, string? Old, string? New)
{
    /// <summary>Names it among the differences of one comparison: a row added and another removed may stand at the same place.</summary>
    public string Key => Old is null ? "+" + Path : New is null ? "-" + Path : Path;

    /// <summary>The same as the history keeps it.</summary>
    public Change Change => new(Row is null ? LabelKey : $"{LabelKey} ({Row})", Old, New);
}

/// <summary>
/// What differs between two sheets, field by field. Rows are matched by what they name, so that a row put first does not make all others differ.
/// There is no difference exactly when both sheets have the same canonical text.
/// </summary>
public static class SheetDifferences
{
    public static IReadOnlyList<SheetDifference> Compare(Sheet older, Sheet newer, Func<string, string>? translate = null) =>
        [.. SheetSections.All.SelectMany(section => Compare(section, section.Get(older), section.Get(newer), older, newer, translate))];

    /// <summary>Two states of one section; the sheets, when given, supply the names of retention rules.</summary>
    public static IReadOnlyList<SheetDifference> Compare(
        SheetSection section, object older, object newer, Sheet? oldSheet = null, Sheet? newSheet = null, Func<string, string>? translate = null)
    {
        var walk = new Walk(section.Key, oldSheet, newSheet, translate);
        walk.Parts(older, newer, "", null);
        return walk.Found;
    }

    /// <summary>Two states of a thing that is one part by itself.</summary>
    public static IReadOnlyList<SheetDifference> Compare(object older, object newer, Func<string, string>? translate = null)
    {
        var walk = new Walk("", null, null, translate);
        walk.Parts(older, newer, "", null);
        return walk.Found;
    }

    /// <summary>The same, with the keys of the sections that differ, for "modifié depuis la version 2".</summary>
    public static IReadOnlySet<string> ChangedSections(Sheet older, Sheet newer) =>
        Compare(older, newer).Select(difference => difference.SectionKey).ToHashSet();

    private sealed class Walk(string section, Sheet? oldSheet, Sheet? newSheet, Func<string, string>? translate)
    {
        public List<SheetDifference> Found { get; } = [];

        public void Parts(object older, object newer, string prefix, string? row)
        {
            foreach (var field in SheetText.Fields(newer.GetType()).Where(field => !field.IsDefined(typeof(RowKeyAttribute))))
            {
                var path = prefix + field.Name;
                var (before, after) = (field.GetValue(older), field.GetValue(newer));
                if (SheetLabels.RowType(field.PropertyType) is not null) Rows(field, (IList)before!, (IList)after!, path);
                else if (before is List<string> oldLines && after is List<string> newLines) Lines(field, oldLines, newLines, path, row);
                else if (!Equals(Value(before), Value(after))) Add(path, field, row, OldText(field, before), NewText(field, after));
            }
        }

        private void Lines(PropertyInfo field, List<string> older, List<string> newer, string path, string? row)
        {
            if (older.SequenceEqual(newer)) return;
            var removed = Without(older, newer);
            var added = Without(newer, older);
            // Only the order changed, and the order is that of the printed sheet.
            if (removed.Count == 0 && added.Count == 0) (removed, added) = (older, newer);
            Add(path, field, row, OldText(field, removed), NewText(field, added));
        }

        private void Rows(PropertyInfo field, IList older, IList newer, string path)
        {
            var pairs = Match(older, newer);
            for (var index = 0; index < newer.Count; index++)
            {
                if (pairs[index] is { } before)
                    Parts(older[before]!, newer[index]!, $"{path}[{index}].", SheetValues.RowName(newer[index]!, newSheet));
                else
                    Add($"{path}[{index}]", field, null, null, SheetValues.Row(newer[index]!, newSheet, translate));
            }
            var matched = pairs.OfType<int>().ToList();
            for (var index = 0; index < older.Count; index++)
                if (!matched.Contains(index)) Add($"{path}[{index}]", field, null, SheetValues.Row(older[index]!, oldSheet, translate), null);
            // Rows that both sheets have, in another order.
            if (!matched.SequenceEqual(matched.Order()))
                Add(path, field, null, Names(matched.Order().Select(index => older[index]!), oldSheet), Names(matched.Select(index => older[index]!), newSheet));
        }

        private void Add(string path, PropertyInfo field, string? row, string? older, string? newer) =>
            Found.Add(new SheetDifference(section, path, SheetLabels.Name(field), row, older, newer));

        private string? OldText(PropertyInfo field, object? value) => Text(field, value, oldSheet);

        private string? NewText(PropertyInfo field, object? value) => Text(field, value, newSheet);

        private string? Text(PropertyInfo field, object? value, Sheet? sheet) =>
            SheetValues.Text(field, value, sheet, translate) is { Length: > 0 } text ? text : null;

        private static string Names(IEnumerable<object> rows, Sheet? sheet) => string.Join(" ; ", rows.Select(row => SheetValues.RowName(row, sheet)));
    }

    // Nothing typed and nothing there are the same answer.
    internal static object? Value(object? value) => value is "" ? null : value;

    private static List<string> Without(List<string> lines, List<string> others)
    {
        var left = new List<string>(others);
        return lines.FindAll(line => !left.Remove(line));
    }

    /// <summary>For each newer row the older row that it was: by its own key where rows have one; else the identical row, then the one that names the same thing.</summary>
    internal static int?[] Match(IList older, IList newer)
    {
        var pairs = new int?[newer.Count];
        var free = Enumerable.Range(0, older.Count).ToList();
        foreach (var same in new Func<object, object, bool>[] { SameKey, SameContent, SameName })
        {
            for (var index = 0; index < newer.Count; index++)
            {
                if (pairs[index] is not null) continue;
                var found = free.FindIndex(candidate => same(older[candidate]!, newer[index]!));
                if (found < 0) continue;
                pairs[index] = free[found];
                free.RemoveAt(found);
            }
        }
        return pairs;
    }

    private static bool SameKey(object older, object newer) => Key(newer) is { } key && key == Key(older);

    internal static bool SameContent(object older, object newer) => MayBeSame(older, newer) && Content(older).SequenceEqual(Content(newer));

    private static bool SameName(object older, object newer) =>
        MayBeSame(older, newer) && (Key(older) is null || Key(newer) is null) && Name(older) is { Length: > 0 } name && name == Name(newer);

    // A link comes and goes with the name beside it; what other rows point to is the row itself.
    private static bool MayBeSame(object older, object newer) =>
        Key(older) == Key(newer) || (KeyField(newer)!.IsDefined(typeof(LinkAttribute)) && (Key(older) is null || Key(newer) is null));

    private static PropertyInfo? KeyField(object row) => SheetText.Fields(row.GetType()).FirstOrDefault(field => field.IsDefined(typeof(RowKeyAttribute)));

    private static string? Key(object row) => KeyField(row)?.GetValue(row) is string { Length: > 0 } key ? key : null;

    private static string? Name(object row) =>
        SheetText.Fields(row.GetType()).First(field => field.PropertyType == typeof(string) && !field.IsDefined(typeof(LinkAttribute))).GetValue(row) as string;

    private static IEnumerable<object?> Content(object row) =>
        SheetText.Fields(row.GetType()).Where(field => !field.IsDefined(typeof(LinkAttribute))).Select(field => field.GetValue(row) switch
        {
            List<string> lines => string.Join('\n', lines),
            var value => Value(value),
        });
}
