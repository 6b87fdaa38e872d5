using System.Text.RegularExpressions;

namespace Registry.Features.Shared;

/// <summary>
/// The spaces and apostrophes of printed French, put in one place so that authors type plain text. Only spaces that are already there
/// change kind (but for guillemets): nothing is inserted before a colon, so times, addresses and codes stay as they are.
/// </summary>
public static partial class Typography
{
    public const char NoBreak = '\u00A0';
    public const char Narrow = '\u202F';

    public static string French(string text)
    {
        if (string.IsNullOrEmpty(text))
            return text;
        var start = 0;
        var result = new System.Text.StringBuilder(text.Length + 8);
        foreach (Match untouched in Addresses().Matches(text))
        {
            result.Append(Dress(text[start..untouched.Index])).Append(untouched.ValueSpan);
            start = untouched.Index + untouched.Length;
        }
        return result.Append(Dress(text[start..])).ToString();
    }

    private static string Dress(string text)
    {
        text = Apostrophe().Replace(text, "’");
        text = Opening().Replace(text, "«\u00A0");
        text = Closing().Replace(text, "\u00A0»");
        text = BeforeColon().Replace(text, "\u00A0");
        text = BeforeHighMark().Replace(text, "\u202F");
        text = Thousands().Replace(text, match => match.Value.Replace(' ', Narrow).Replace(NoBreak, Narrow));
        text = BeforeSign().Replace(text, "\u202F");
        text = AfterNumero().Replace(text, "\u202F");
        text = BeforeMonth().Replace(text, "\u00A0");
        return BeforeUnit().Replace(text, "\u00A0");
    }

    // Web and mail addresses, and placeholders with their format, pass through as written.
    [GeneratedRegex(@"(?:https?://|www\.|mailto:)\S+|[^\s@<>«»]+@[^\s@<>«»]+\.[^\s@<>«»]+|\{\d+(?:[,:][^}]*)\}", RegexOptions.CultureInvariant, 2000)]
    private static partial Regex Addresses();

    [GeneratedRegex(@"(?<=\p{L})'(?=[\p{L}\d«{])", RegexOptions.CultureInvariant, 2000)]
    private static partial Regex Apostrophe();

    [GeneratedRegex(@"«[ \u00A0\u202F]*", RegexOptions.CultureInvariant, 2000)]
    private static partial Regex Opening();

    [GeneratedRegex(@"[ \u00A0\u202F]*»", RegexOptions.CultureInvariant, 2000)]
    private static partial Regex Closing();

    [GeneratedRegex(@"(?<![ \u00A0\u202F])[ \u00A0\u202F]+(?=:)", RegexOptions.CultureInvariant, 2000)]
    private static partial Regex BeforeColon();

    [GeneratedRegex(@"(?<![ \u00A0\u202F])[ \u00A0\u202F]+(?=[;!?])", RegexOptions.CultureInvariant, 2000)]
    private static partial Regex BeforeHighMark();

    [GeneratedRegex(@"(?<![\d.,:/-])\d{1,3}(?:[ \u00A0\u202F]\d{3})+(?!\d)", RegexOptions.CultureInvariant, 2000)]
    private static partial Regex Thousands();

    [GeneratedRegex(@"(?<=[\d}])[ \u00A0\u202F](?=[%€])", RegexOptions.CultureInvariant, 2000)]
    private static partial Regex BeforeSign();

    [GeneratedRegex(@"(?<=\b[nN]°)[ \u00A0\u202F](?=[\w{])", RegexOptions.CultureInvariant, 2000)]
    private static partial Regex AfterNumero();

    [GeneratedRegex(@"(?<=\b(?:\d{1,2}|1er))[ \u00A0\u202F](?=(?:janv|févr|mars|avr|mai|juin|juil|août|sept|oct|nov|déc)(?:\.|\b|ier\b|embre\b|obre\b|il\b|let\b))", RegexOptions.CultureInvariant, 2000)]
    private static partial Regex BeforeMonth();

    [GeneratedRegex(@"(?<=[\d}])[ \u00A0\u202F](?=(?:h|j|min|Ko|Mo|Go|jours?|heures?|minutes?|mois|ans?)\b)|(?<=\d[ \u00A0\u202F]h)[ \u00A0\u202F](?=\d{2}\b)", RegexOptions.CultureInvariant, 2000)]
    private static partial Regex BeforeUnit();
}
