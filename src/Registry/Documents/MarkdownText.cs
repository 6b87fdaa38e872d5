using System.Globalization;
using System.Text;

namespace Registry.Documents;

/// <summary>
/// A value as Markdown that says that value and nothing else: every mark of ASCII has its backslash (which CommonMark reads as the mark itself, in every place), a new
/// line is one letter that stands for it, so that no value ends a cell, a heading or a paragraph, and what cannot be seen is left out.
/// </summary>
public static class MarkdownText
{
    /// <summary>Private letters of our own, which no value can bring: they are taken out of it.</summary>
    public const char LineMark = '\uE000', MissingMark = '\uE001';

    public const string Missing = "[à compléter]";

    public static string Of(string value)
    {
        var text = new StringBuilder(value.Length + 16);
        var trimmed = value.ReplaceLineEndings("\n").Trim();
        for (var i = 0; i < trimmed.Length; i++)
        {
            var letter = trimmed[i];
            if (char.IsHighSurrogate(letter) && i + 1 < trimmed.Length && char.IsLowSurrogate(trimmed[i + 1]))
            {
                var rune = char.ConvertToUtf32(letter, trimmed[i + 1]);
                if ((rune & 0xFFFE) != 0xFFFE && CharUnicodeInfo.GetUnicodeCategory(rune) is not (UnicodeCategory.PrivateUse or UnicodeCategory.Format)) text.Append(letter).Append(trimmed[i + 1]);
                i++;
                continue;
            }
            if (letter is '\n' or '\u2028' or '\u2029' or '\u0085') text.Append(LineMark);
            else if (letter == '\t') text.Append(' ');
            else if (char.IsSurrogate(letter) || letter is >= '\uFFFE' || IsHidden(letter)) continue;
            else if (char.IsAscii(letter) && !char.IsAsciiLetterOrDigit(letter) && letter != ' ') text.Append('\\').Append(letter);
            else text.Append(letter);
        }
        // Marks that were taken out may have left blanks at the ends, which would begin a block of code or end a line.
        return text.ToString().Trim(' ', LineMark);
    }

    /// <summary>The same letters left out of what goes into no Markdown: titles, names.</summary>
    public static string Plain(string value) => string.Join(' ', new string([.. value.Select(letter => char.IsWhiteSpace(letter) ? ' ' : letter).Where(letter => !char.IsSurrogate(letter) && letter < '\uFFFE' && !IsHidden(letter))])
        .Split(' ', StringSplitOptions.RemoveEmptyEntries));

    // Letters that turn the direction of what follows, joiners of width zero, controls and private use.
    private static bool IsHidden(char letter) => CharUnicodeInfo.GetUnicodeCategory(letter) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse;
}
