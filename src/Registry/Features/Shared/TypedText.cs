using System.Text;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Registry.Features.Shared;

/// <summary>What no field takes, whatever it is for: control characters, and halves of a character (S-10).</summary>
public static class TypedText
{
    public const string HiddenCharacter = "Ce texte contient un caractère invisible qui n’est pas accepté : retapez-le.";

    /// <summary>Trimmed, its lines ended by LF; null when nothing was typed.</summary>
    public static string? Clean(string? typed) =>
        typed?.Replace("\r\n", "\n", StringComparison.Ordinal).Trim() is { Length: > 0 } text ? text : null;

    /// <summary>Its beginning, no longer than that, and no half of a character at the end.</summary>
    public static string Beginning(string text, int longest) =>
        text.Length <= longest ? text : text[..(longest > 0 && char.IsHighSurrogate(text[longest - 1]) ? longest - 1 : longest)];

    /// <summary>Whether there is a letter or a digit to read: zero-width signs and fillers alone name nobody.</summary>
    public static bool HasVisible(string text) => text.EnumerateRunes().Any(one => Rune.IsLetterOrDigit(one) && one.Value is not (0x115F or 0x1160 or 0x3164 or 0xFFA0));

    /// <summary>Says by its field what a text of the form may not hold; what must be filled says so itself.</summary>
    public static void Judge(ModelStateDictionary errors, params (string Name, string? Text, bool Lines)[] fields)
    {
        foreach (var (name, text, lines) in fields)
        {
            if (string.IsNullOrWhiteSpace(text)) continue;
            if (HasHidden(text, lines)) errors.AddModelError("Form." + name, HiddenCharacter);
            else if (!HasVisible(text)) errors.AddModelError("Form." + name, "Écrivez au moins une lettre ou un chiffre.");
        }
    }

    /// <param name="text">As it came.</param>
    /// <param name="lines">The field has several lines: breaks and tabs belong to it.</param>
    public static bool HasHidden(string text, bool lines = false)
    {
        for (var index = 0; index < text.Length; index++)
        {
            var character = text[index];
            if (char.IsControl(character) && !(lines && character is ('\n' or '\r' or '\t'))) return true;
            // A half of a surrogate pair is no text at all: it has no normal form and cannot be written as UTF-8.
            if (char.IsHighSurrogate(character) && index + 1 < text.Length && char.IsLowSurrogate(text[index + 1])) index++;
            else if (char.IsSurrogate(character)) return true;
        }
        return false;
    }
}
