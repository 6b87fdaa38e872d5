using System.Globalization;
using System.Text.RegularExpressions;
using Markdig.Extensions.Tables;
using Markdig.Syntax;

namespace Registry.Documents;

/// <summary>
/// Bars drawn from a table of names and numbers that a line « Graphique : titre » announces. The table stays below, so that nothing is known from the picture alone; in DOCX there is the
/// table only.
/// </summary>
internal static partial class BarChart
{
    private const int Width = 640, Row = 24, Bar = 14, LabelWidth = 230, ValueWidth = 40, LongestLabel = 34, MostRows = 40;

    /// <summary>The title, when that paragraph announces bars and the table can be drawn.</summary>
    public static string? TitleOf(Block block, Block? next) =>
        block is ParagraphBlock paragraph && next is Table table && Read(table) is { Count: > 0 } && Announcement().Match(Markup.PlainText(paragraph.Inline)) is { Success: true } match ? match.Groups[1].Value : null;

    public static string Svg(string title, Table table, Func<string, string> encode)
    {
        var rows = Read(table)!;
        var most = Math.Max(1, rows.Max(row => row.Number));
        var said = $"{title} : {string.Join(", ", rows.Select(row => $"{row.Name} {Written(row.Number)}"))}";
        var height = rows.Count * Row;
        var bars = rows.Select((row, index) =>
        {
            var (top, length) = (index * Row, Math.Round((Width - LabelWidth - ValueWidth) * row.Number / most, 1));
            var label = row.Name.Length > LongestLabel ? row.Name[..(LongestLabel - 1)].TrimEnd() + "…" : row.Name;
            return $"""
                <text x="{LabelWidth - 8}" y="{top + 16}" text-anchor="end">{encode(label)}</text><rect x="{LabelWidth}" y="{top + 5}" width="{length.ToString(CultureInfo.InvariantCulture)}" height="{Bar}"/><text x="{(LabelWidth + length + 6).ToString(CultureInfo.InvariantCulture)}" y="{top + 16}">{Written(row.Number)}</text>
                """;
        });
        return $"""
            <svg class="bars" role="img" aria-label="{encode(said)}" viewBox="0 0 {Width} {height}" width="{Width}" height="{height}">{string.Concat(bars)}</svg>
            """;
    }

    private static string Written(decimal number) => number.ToString("0.##", CultureInfo.GetCultureInfo("fr-FR"));

    /// <summary>Null when it is no table of names and numbers.</summary>
    private static List<(string Name, decimal Number)>? Read(Table table)
    {
        var rows = new List<(string, decimal)>();
        foreach (var row in table.OfType<TableRow>().Where(row => !row.IsHeader))
        {
            if (row is not [TableCell name, TableCell number] || rows.Count == MostRows) return null;
            if (!decimal.TryParse(TextOf(number).Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)) return null;
            rows.Add((TextOf(name), value));
        }
        return rows;
    }

    private static string TextOf(TableCell cell) => string.Concat(cell.OfType<ParagraphBlock>().Select(paragraph => Markup.PlainText(paragraph.Inline))).Trim();

    [GeneratedRegex(@"^Graphique\s?:\s*(.{1,200})$")]
    private static partial Regex Announcement();
}
