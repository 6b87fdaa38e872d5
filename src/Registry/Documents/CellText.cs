using System.Globalization;
using System.Text;

namespace Registry.Documents;

/// <summary>What a text needs before it goes into a cell (S-14).</summary>
public static class CellText
{
    /// <summary>
    /// Whether a spreadsheet might take the text for a formula: = + - @ in any width, tab, CR or LF first, blanks and invisible marks read over.
    /// Quote marks are read over too, so that what a writer puts in front can be taken away again and nothing else is.
    /// </summary>
    public static bool IsHostile(string text)
    {
        foreach (var letter in text)
        {
            if (letter is '=' or '+' or '-' or '@' or '＝' or '＋' or '－' or '＠' or '\t' or '\r' or '\n') return true;
            if (letter != '\'' && !char.IsWhiteSpace(letter) && char.GetUnicodeCategory(letter) is not (UnicodeCategory.Format or UnicodeCategory.Control)) return false;
        }
        return false;
    }

    /// <summary>The quote mark that says "text" to whoever opens a CSV file.</summary>
    public static string Quoted(string text) => IsHostile(text) ? "'" + text : text;

    /// <summary>What XML cannot say at all (halves of pairs, control characters) becomes the sign for an unreadable letter.</summary>
    public static string Xml(string text)
    {
        var at = Unwritable(text, 0);
        if (at < 0) return text;
        var clean = new StringBuilder(text);
        for (; at >= 0; at = Unwritable(text, at + 1)) clean[at] = '\uFFFD';
        return clean.ToString();
    }

    private static int Unwritable(string text, int from)
    {
        for (var at = from; at < text.Length; at++)
        {
            if (char.IsHighSurrogate(text[at]) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1])) at++;
            else if (!System.Xml.XmlConvert.IsXmlChar(text[at])) return at;
        }
        return -1;
    }
}
