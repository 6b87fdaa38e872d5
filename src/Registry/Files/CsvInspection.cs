using System.Text;

namespace Registry.Files;

/// <summary>A table as text: nothing but text in it, each quote closed, and not the beginning of a page or a program.</summary>
internal static class CsvInspection
{
    private static readonly string[] Others = ["<", "%PDF", "{\\rtf", "#!", "MZ", "PK"];

    public static FileRefusal? Judge(byte[] content)
    {
        string text;
        try
        {
            text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(content);
        }
        catch (DecoderFallbackException)
        {
            // Spreadsheets of some offices still write the code page of the country.
            text = Encoding.Latin1.GetString(content);
        }
        var start = text.TrimStart('\uFEFF', ' ', '\t', '\r', '\n');
        if (start.Length == 0) return FileRefusal.Empty;
        if (Others.Any(one => start.StartsWith(one, StringComparison.OrdinalIgnoreCase)) || text.Any(c => c < ' ' && c is not ('\t' or '\r' or '\n'))) return FileRefusal.NotWhatItSays;
        return text.Count(c => c == '"') % 2 == 0 ? null : FileRefusal.NotWhatItSays;
    }
}
