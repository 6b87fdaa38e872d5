using System.Text;

namespace Registry.Facts;

/// <summary>What a person typed to search for, as words of letters and digits: the database builds its question from them (app.search_query).</summary>
public static class SearchWords
{
    private const int LongestText = 200;
    private const int LongestWord = 40;
    private const int MostWords = 10;

    /// <summary>Null when nothing that was typed could be found anywhere: no search, or quotes and commas only.</summary>
    public static string[]? Of(string? typed)
    {
        // A lone half of a letter would make normalising throw.
        var text = string.Concat((typed ?? "").Where(letter => !char.IsSurrogate(letter)).Take(LongestText)).Normalize(NormalizationForm.FormC);
        // A SIREN or SIRET is written in groups of digits, and kept without.
        var digits = string.Concat(text.Where(char.IsAsciiDigit));
        if (digits.Length is 9 or 14 && !text.Any(letter => char.IsLetterOrDigit(letter) && !char.IsAsciiDigit(letter))) return [digits];
        var words = new string([.. text.Select(letter => char.IsLetterOrDigit(letter) ? letter : ' ')])
            .Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(word => Folding.Fold(word).Length > 0)
            .Select(word => word[..Math.Min(word.Length, LongestWord)]).Distinct().Take(MostWords).ToArray();
        return words.Length == 0 ? null : words;
    }

    /// <summary>"T-0014", "t14" or "14" name a record.</summary>
    public static int? Number(string? typed)
    {
        var text = (typed ?? "").Trim();
        if (text.StartsWith('t') || text.StartsWith('T')) text = text[1..].TrimStart('-', ' ');
        return text.Length is > 0 and <= 9 && int.TryParse(text, System.Globalization.NumberStyles.None, null, out var number) ? number : null;
    }
}
