using System.Text;
using System.Text.RegularExpressions;

namespace Registry.Documents;

/// <summary>Reads a table of text: UTF-8 with or without its mark, else the code page of the country; semicolon, comma or tab; quoted cells may hold line ends (RFC 4180).</summary>
public static partial class CsvSource
{
    private static readonly Encoding Windows = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    public static SourceTable Read(byte[] content, SourceLimits limits, string name)
    {
        var text = Decode(content);
        Spoilt(text);
        var at = 0;
        var separator = Separator(text, ref at);
        var table = new SourceTable(name, [], [], []);
        for (var number = 1; at < text.Length; number++)
        {
            var cells = Record(text, separator, ref at, number);
            while (cells.Count > 0 && string.IsNullOrWhiteSpace(cells[^1])) cells.RemoveAt(cells.Count - 1);
            if (cells.Count == 0) continue;
            limits.Row(name);
            for (var column = 0; column < cells.Count; column++) limits.Cell(name, number, column, cells[column] ?? "");
            table.Rows.Add(new(number, cells));
        }
        return table;
    }

    private static string Decode(byte[] content)
    {
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(content).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            return Windows.GetString(content);
        }
    }

    /// <summary>Letters that were read once with the wrong code page: nobody could tell later which words were meant.</summary>
    private static void Spoilt(string text)
    {
        if (Twice().Match(text) is not { Success: true } found) return;
        throw new UnreadableTableException(SourceLimits.SpoiltAccents, text.AsSpan(0, found.Index).Count('\n') + 1, found.Value);
    }

    private static char Separator(string text, ref int at)
    {
        // What some programs write first, for Excel.
        if (Hint().Match(text) is { Success: true } hint)
        {
            at = hint.Length;
            return hint.Groups[1].Value[0];
        }
        var (quoted, counts) = (false, new Dictionary<char, int> { [';'] = 0, [','] = 0, ['\t'] = 0 });
        foreach (var letter in text)
        {
            if (letter == '"') quoted = !quoted;
            else if (!quoted && letter == '\n') break;
            else if (!quoted && counts.TryGetValue(letter, out var count)) counts[letter] = count + 1;
        }
        return counts.MaxBy(one => one.Value) is { Value: > 0 } most ? most.Key : ';';
    }

    private static List<string?> Record(string text, char separator, ref int at, int number)
    {
        var cells = new List<string?>();
        while (true)
        {
            cells.Add(Cell(text, separator, ref at, number));
            if (at >= text.Length) return cells;
            var end = text[at++];
            if (end == separator) continue;
            if (end == '\r' && at < text.Length && text[at] == '\n') at++;
            return cells;
        }
    }

    private static string? Cell(string text, char separator, ref int at, int number)
    {
        var cell = new StringBuilder();
        if (at < text.Length && text[at] == '"')
        {
            at++;
            while (true)
            {
                if (at >= text.Length) throw new UnreadableTableException(SourceLimits.OpenQuote, number);
                if (text[at] != '"') cell.Append(text[at++]);
                else if (at + 1 < text.Length && text[at + 1] == '"') (_, at) = (cell.Append('"'), at + 2);
                else break;
            }
            at++;
        }
        while (at < text.Length && text[at] != separator && text[at] is not ('\r' or '\n')) cell.Append(text[at++]);
        var read = cell.ToString();
        if (read.StartsWith('\'') && CellText.IsHostile(read)) read = read[1..];  // the mark of whoever wrote it (S-14)
        return read.Length == 0 ? null : read;
    }

    [GeneratedRegex("\uFFFD|Ã[©¨ªà´®§¢»]|â€™|Â°", RegexOptions.CultureInvariant, 2000)]
    private static partial Regex Twice();

    [GeneratedRegex("\\A\"?sep=([;,\t])\"?\r?\n", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, 2000)]
    private static partial Regex Hint();
}
