using System.Globalization;
using System.Text;

namespace Registry.Facts;

/// <summary>Text as a hurried person types it: lower case, no accents, one space for every hyphen, apostrophe or other sign.</summary>
public static class Folding
{
    public static string Fold(ReadOnlySpan<char> text)
    {
        var folded = new StringBuilder(text.Length + 2);
        foreach (var character in text)
        {
            if (char.IsAsciiLetterOrDigit(character))
                folded.Append(char.ToLowerInvariant(character));
            else if (character is 'œ' or 'Œ')
                folded.Append("oe");
            else if (character is 'æ' or 'Æ')
                folded.Append("ae");
            else if (char.IsLetterOrDigit(character))
                AppendBase(folded, character);
            else if (!IsMark(character) && folded.Length > 0 && folded[^1] != ' ')
                folded.Append(' ');
        }
        return folded.ToString().TrimEnd();
    }

    // One letter at a time: normalising a whole string throws on a lone surrogate, which a stranger may well send.
    private static void AppendBase(StringBuilder folded, char letter)
    {
        foreach (var part in letter.ToString().Normalize(NormalizationForm.FormKD))
            if (!IsMark(part))
                folded.Append(char.ToLowerInvariant(part));
    }

    private static bool IsMark(char character) => char.GetUnicodeCategory(character) == UnicodeCategory.NonSpacingMark;
}
