using System.Globalization;
using Registry.Documents;

namespace Registry.Tests.Documents;

/// <summary>Three hundred values that mean harm: markup of every kind, letters that hide or turn others, formulas, links, what XML cannot say.</summary>
internal static class HostileValues
{
    private static readonly string[] Seeds =
    [
        "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<a href=\"javascript:alert(1)\">x</a>", "[x](javascript:alert(1))", "![x](https://exemple.fr/a.png)", "<https://exemple.fr>", "https://exemple.fr/?a=1&b=2",
        "| a | b |", "a | b", "|---|---|", "# titre", "## titre", "- point", "* point", "+ point", "1. un", "2) deux", "> citation", "===", "---", "***", "___", "~~~", "```", "`code`", "    code", "\tcode", "**gras**", "*ital*",
        "_ital_", "__gras__", "~~barré~~", "[ref]: https://exemple.fr", "[^1]: note", ":::alerte", "{.classe}", "{#id}", "&lt;b&gt;", "&#60;script&#62;", "&amp;", "\\", "\\\\", "a\\", "{{name}}", "{{#each x}}", "{{/if}}", "{{{x}}}",
        "=1+1", "=HYPERLINK(\"http://x\")", "+1", "-1", "@SUM(A1)", "\u0000\u0001\u0007", "\uE000\uE001", "\uFFFE\uFFFF", "\uD800", "\uDC00x", "\u202Eedoc", "\u200B\u200D", "\u2028\u2029", "😀 é ß 漢字", "]]>", "<!--", "-->", "<![CDATA[x]]>",
        "<?xml version=\"1.0\"?>", "\"'<>&", "</p></td></table>", "<w:p/>", "$$x$$", "<details open>", "http://", "mailto:x@exemple.fr", "!", "[", "](", ")[", "\r", "\n", "\n\n", "\n\n# titre", "a\n===\nb", "a\n---\nb", "x\n| a |\n|---|\n| b |", "x\n\n    code",
    ];

    public static readonly string[] All = [.. Seeds.SelectMany(seed => new[] { "x" + seed, seed + "x", "x " + seed + "\n" + seed + " y", seed.Length is > 0 and < 40 && seed.Trim().Length > 0 && MarkdownText.Of(seed).Length > 0 ? seed : "x" }).Distinct()];

    /// <summary>Fifty kilobytes of them, line by line.</summary>
    public static readonly string Long = string.Concat(Enumerable.Repeat(string.Join('\n', All) + '\n', 20))[..(50 * 1024)].Trim();

    /// <summary>What is left of a value for whoever reads it, without blanks: hidden letters are taken out, every other stands as it was typed.</summary>
    public static string Said(string value) => Bare(string.Concat(value.EnumerateRunes().Where(rune => rune.Value is < 0xFFFD or > 0xFFFF
        && System.Text.Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse))));

    public static string Bare(string text) => new([.. text.Where(letter => !char.IsWhiteSpace(letter))]);
}
