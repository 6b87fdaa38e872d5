using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Registry.Documents;

namespace Registry.Features.Imports;

/// <summary>What a file held, between its reading and the import: tables, or sheets of the registry's own JSON as texts.</summary>
public sealed record ImportBook(bool IsJson, IReadOnlyList<SourceTable> Tables)
{
    // The columns of a register in JSON, once read.
    public const int ReferenceAt = 0, SirenAt = 1, SheetAt = 2;

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.General);

    public byte[] Pack()
    {
        using var packed = new MemoryStream();
        using (var zip = new GZipStream(packed, CompressionLevel.Fastest)) JsonSerializer.Serialize(zip, this, Options);
        return packed.ToArray();
    }

    public static ImportBook Unpack(byte[] packed)
    {
        using var zip = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress);
        return JsonSerializer.Deserialize<ImportBook>(zip, Options)!;
    }
}

/// <summary>What the person says of the file: which sheet, where its headings stand, what each column is, and what happens to names that are there already.</summary>
public sealed record ImportChoice
{
    public int Table { get; init; }

    /// <summary>The row of the headings; a second one below when the first is made of groups.</summary>
    public int Header { get; init; }
    public int HeaderEnd { get; init; }
    public Dictionary<int, string> Map { get; init; } = [];

    /// <summary>Every heading is the product's own: nothing was to be chosen.</summary>
    public bool Own { get; init; }

    public string Write() => JsonSerializer.Serialize(this);

    public static ImportChoice Read(string json) => JsonSerializer.Deserialize<ImportChoice>(json)!;
}

/// <summary>The headings of a table, as they are found in it.</summary>
public sealed record ImportHeadings(int Row, int End, IReadOnlyList<string> Texts)
{
    private const int LookedAt = 30;

    /// <summary>Tells the same kind of file again: the headings in their order, as a hurried person would type them.</summary>
    public string Signature => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', Texts.Select(text => Facts.Folding.Fold(text))))));

    public static ImportHeadings Find(SourceTable table, ImportTargets targets, int? at = null)
    {
        var rows = table.Rows.Take(LookedAt).ToList();
        if (rows.Count == 0) return new(0, 0, []);
        var best = at is { } said && table.Rows.Find(row => row.Number == said) is { } named ? named
            : rows.MaxBy(row => row.Cells.Count(cell => cell is { Length: > 0 and < 200 } && (targets.Own(cell) ?? targets.Propose(cell)) is not null) * 100 + Math.Min(row.Cells.Count(cell => !string.IsNullOrWhiteSpace(cell)), 20) - rows.IndexOf(row))!;
        var (first, last) = (best, best);
        // Groups of headings over the headings: cells made one across, or a heading that goes down over both rows.
        var index = table.Rows.IndexOf(best);
        if (index + 1 < table.Rows.Count && table.Merges.Exists(merge => merge.FirstRow == best.Number && merge.LastRow == table.Rows[index + 1].Number)
            || (index + 1 < table.Rows.Count && Across(best.Number) && Below(table.Rows[index + 1]))) last = table.Rows[index + 1];
        else if (index > 0 && Across(table.Rows[index - 1].Number) && table.Rows[index - 1].Number == best.Number - 1) first = table.Rows[index - 1];
        return new(first.Number, last.Number, [.. Enumerable.Range(0, Math.Max(first.Cells.Count, last.Cells.Count)).Select(column => Text(column))]);

        bool Across(int row) => table.Merges.Exists(merge => merge.FirstRow == row && merge.LastRow == row && merge.LastColumn > merge.FirstColumn && table.Rows.Find(one => one.Number == row)!.Cells.Count(cell => !string.IsNullOrWhiteSpace(cell)) > 1);
        bool Below(SourceRow row) => table.Merges.Where(merge => merge.FirstRow == best.Number).All(merge => Enumerable.Range(merge.FirstColumn, merge.LastColumn - merge.FirstColumn + 1).All(column => !string.IsNullOrWhiteSpace(row.At(column))));

        string Text(int column)
        {
            var lower = last.At(column)?.Trim() ?? "";
            if (first == last) return lower;
            var group = table.Merges.Find(merge => merge.FirstRow == first.Number && merge.FirstColumn <= column && merge.LastColumn >= column);
            var upper = first.At(group?.FirstColumn ?? column)?.Trim() ?? "";
            return lower.Length == 0 ? upper : upper.Length == 0 || targets.Propose(lower) is not null ? lower : $"{upper} – {lower}";
        }
    }

    /// <summary>What this product would make of the columns.</summary>
    public ImportChoice Propose(int table, ImportTargets targets)
    {
        var map = new Dictionary<int, string>();
        foreach (var (column, text) in Texts.Index())
            if (targets.Propose(text) is { } key && (targets.Find(key)!.Gathers || !map.ContainsValue(key))) map[column] = key;
        var own = Texts.Any(text => targets.Own(text) == ImportTargets.Title) && Texts.All(text => text.Length == 0 || targets.Own(text) is not null);
        return new ImportChoice { Table = table, Header = Row, HeaderEnd = End, Map = map, Own = own };
    }
}
