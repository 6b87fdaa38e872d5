using System.Text.RegularExpressions;

namespace Registry.Features.Records;

public enum Segment { Same, Removed, Added }

/// <summary>A run of words that both texts share, or only the older or only the newer has: for <c>del</c> and <c>ins</c>.</summary>
public sealed record TextSegment(Segment Kind, string Text);

/// <summary>The difference of two texts word by word. The same and removed runs together are the old text, the same and added runs the new one.</summary>
public static partial class WordDifference
{
    // The table of common runs has a cell for each pair of words; beyond this a whole text replaced says as much and costs nothing.
    private const int MostCells = 4_000_000;

    /// <summary>Letters that a stretch common to both texts has to exceed, between two changes, to be shown as common.</summary>
    private const int ShortestRun = 8;

    public static IReadOnlyList<TextSegment> Compare(string? older, string? newer)
    {
        var before = Split(older);
        var after = Split(newer);
        var head = 0;
        while (head < before.Length && head < after.Length && before[head] == after[head]) head++;
        var tail = 0;
        while (tail < before.Length - head && tail < after.Length - head && before[^(tail + 1)] == after[^(tail + 1)]) tail++;

        var segments = new List<TextSegment>();
        Add(segments, Segment.Same, before[..head]);
        Middle(before[head..^tail], after[head..^tail], segments);
        Add(segments, Segment.Same, before[^tail..]);
        return Readable(segments);
    }

    /// <summary>
    /// A word or two that happen to be in both texts between two changes help nobody to read: they belong to the change. All removed words of
    /// such a stretch stand before all added ones.
    /// </summary>
    private static List<TextSegment> Readable(List<TextSegment> segments)
    {
        var result = new List<TextSegment>();
        var (removed, added) = ("", "");
        foreach (var (segment, place) in segments.Select((segment, place) => (segment, place)))
        {
            var between = removed.Length + added.Length > 0 && place + 1 < segments.Count;
            if (segment.Kind == Segment.Removed) removed += segment.Text;
            else if (segment.Kind == Segment.Added) added += segment.Text;
            else if (between && segment.Text.Count(char.IsLetterOrDigit) <= ShortestRun)
            {
                removed += segment.Text;
                added += segment.Text;
            }
            else
            {
                Flush();
                result.Add(segment);
            }
        }
        Flush();
        return result;

        void Flush()
        {
            if (removed.Length > 0) result.Add(new(Segment.Removed, removed));
            if (added.Length > 0) result.Add(new(Segment.Added, added));
            (removed, added) = ("", "");
        }
    }

    private static void Middle(string[] before, string[] after, List<TextSegment> segments)
    {
        if ((long)before.Length * after.Length > MostCells || before.Length == 0 || after.Length == 0)
        {
            Add(segments, Segment.Removed, before);
            Add(segments, Segment.Added, after);
            return;
        }
        var common = CommonLengths(before, after);
        int old = 0, now = 0;
        while (old < before.Length || now < after.Length)
        {
            if (old < before.Length && now < after.Length && before[old] == after[now])
            {
                Add(segments, Segment.Same, [before[old++]]);
                now++;
            }
            // Removed before added: a reader meets the old words first.
            else if (now == after.Length || (old < before.Length && common[old + 1, now] >= common[old, now + 1]))
                Add(segments, Segment.Removed, [before[old++]]);
            else
                Add(segments, Segment.Added, [after[now++]]);
        }
    }

    private static int[,] CommonLengths(string[] before, string[] after)
    {
        var common = new int[before.Length + 1, after.Length + 1];
        for (var old = before.Length - 1; old >= 0; old--)
            for (var now = after.Length - 1; now >= 0; now--)
                common[old, now] = before[old] == after[now] ? common[old + 1, now + 1] + 1 : Math.Max(common[old + 1, now], common[old, now + 1]);
        return common;
    }

    private static void Add(List<TextSegment> segments, Segment kind, string[] words)
    {
        if (words.Length == 0) return;
        var text = string.Concat(words);
        if (segments.Count > 0 && segments[^1].Kind == kind) segments[^1] = new TextSegment(kind, segments[^1].Text + text);
        else segments.Add(new TextSegment(kind, text));
    }

    private static string[] Split(string? text) => [.. Pieces().Matches(text ?? "").Select(match => match.Value)];

    // Words, spaces and signs apart: a comma added after a word does not strike the word.
    [GeneratedRegex(@"[\p{L}\p{N}’'\-]+|\s+|.", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Pieces();
}
