using System.Collections;

namespace Registry.Features.Records;

/// <summary>
/// One text out of two, difference by difference. It walks as <see cref="SheetDifferences"/> does, and a choice is named by the key of the
/// difference; where nothing is chosen the newer text, the one its author has before her, stays.
/// </summary>
public static class SheetMerge
{
    /// <summary>Changes <paramref name="mine"/>; <paramref name="theirs"/> stays as it is and must not be used for anything else after.</summary>
    public static void Take(object theirs, object mine, IReadOnlySet<string> chosen) => Parts(theirs, mine, "", chosen);

    private static void Parts(object theirs, object mine, string prefix, IReadOnlySet<string> chosen)
    {
        foreach (var field in SheetText.Fields(mine.GetType()).Where(field => !Attribute.IsDefined(field, typeof(RowKeyAttribute))))
        {
            var path = prefix + field.Name;
            if (SheetLabels.RowType(field.PropertyType) is not null)
                Rows((IList)field.GetValue(theirs)!, (IList)field.GetValue(mine)!, path, chosen);
            // A field that only one of the two has bears that in its key.
            else if (chosen.Contains(path) || chosen.Contains("+" + path) || chosen.Contains("-" + path))
                field.SetValue(mine, field.GetValue(theirs));
        }
    }

    private static void Rows(IList theirs, IList mine, string path, IReadOnlySet<string> chosen)
    {
        var pairs = SheetDifferences.Match(theirs, mine);
        var kept = new List<(object Row, int? Theirs)>();
        for (var index = 0; index < mine.Count; index++)
        {
            if (pairs[index] is { } pair) Parts(theirs[pair]!, mine[index]!, $"{path}[{index}].", chosen);
            else if (chosen.Contains($"+{path}[{index}]")) continue;
            kept.Add((mine[index]!, pairs[index]));
        }
        for (var index = 0; index < theirs.Count; index++)
            if (!pairs.Contains(index) && chosen.Contains($"-{path}[{index}]")) kept.Add((theirs[index]!, index));
        if (chosen.Contains(path)) kept = [.. kept.OrderBy(row => row.Theirs ?? int.MaxValue)];
        mine.Clear();
        foreach (var (row, _) in kept) mine.Add(row);
    }
}
