using Registry.Facts;

namespace Registry.Features.Search;

/// <summary>A text cut where the words that were looked for stand, to be shown marked.</summary>
public static class Marks
{
    private const int SnippetLength = 180;

    public static IEnumerable<(string Text, bool Found)> Of(string? text, IReadOnlyList<string> words)
    {
        if (string.IsNullOrEmpty(text)) yield break;
        var folded = words.Select(word => Folding.Fold(word)).ToList();
        var start = 0;
        for (var at = 0; at < text.Length;)
        {
            if (!char.IsLetterOrDigit(text[at])) { at++; continue; }
            var end = at;
            while (end < text.Length && char.IsLetterOrDigit(text[end])) end++;
            if (IsOne(Folding.Fold(text.AsSpan(at, end - at)), folded))
            {
                if (at > start) yield return (text[start..at], false);
                yield return (text[at..end], true);
                start = end;
            }
            at = end;
        }
        if (start < text.Length) yield return (text[start..], false);
    }

    /// <summary>The part of a long text around the first word found, cut between words.</summary>
    public static string Around(string? text, IReadOnlyList<string> words)
    {
        if (text is null || text.Length <= SnippetLength) return text ?? "";
        var before = 0;
        foreach (var (part, found) in Of(text, words))
        {
            if (found) break;
            before += part.Length;
        }
        if (before >= text.Length || before < SnippetLength / 2) before = 0;
        var from = before == 0 ? 0 : text.IndexOf(' ', Math.Max(0, before - SnippetLength / 2)) + 1;
        var to = Math.Min(text.Length, from + SnippetLength);
        if (to < text.Length && text.LastIndexOf(' ', to) is var space && space > from) to = space;
        return (from > 0 ? "… " : "") + text[from..to] + (to < text.Length ? " …" : "");
    }

    /// <summary>The beginning typed, or the same word with another ending, as the search itself takes them.</summary>
    private static bool IsOne(string word, List<string> looked) =>
        looked.Exists(one => word.StartsWith(one, StringComparison.Ordinal)
            || (one.Length > 4 && word.Length > 4 && word.AsSpan().CommonPrefixLength(one) >= Math.Max(4, one.Length - 2)));
}
