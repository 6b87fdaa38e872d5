using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Registry.Archives;

/// <summary>
/// An archive as it is read, by somebody who believes nothing of it (S-15): its entries are those that its manifest announces, under names that lead nowhere, none unpacks to more than
/// announced, and each row is an object of exactly the columns of its table. Nothing is ever unpacked to a disk.
/// </summary>
public sealed partial class ArchiveReader : IDisposable
{
    public const int MostEntries = 200_000, MostRatio = 200, LongestRow = 400 * 1024 * 1024;
    private const long LargestTable = 4L << 30, LargestFile = 10L << 20, LargestManifest = 64L << 20;

    private readonly Stream _box;
    private readonly ZipArchive _zip;
    private readonly Dictionary<string, ArchiveEntry> _announced;

    public ArchiveReader(Stream file, string passphrase)
    {
        _box = SealedStream.Read(file, passphrase);
        (_zip, Manifest) = Trusting(() =>
        {
            var zip = new ZipArchive(_box, ZipArchiveMode.Read);
            if (zip.Entries.Count > MostEntries) throw new ArchiveException($"The archive has more than {MostEntries} entries.");
            var first = zip.GetEntry(ArchiveManifest.Path) ?? throw new ArchiveException("The archive has no manifest.");
            if (first.Length > LargestManifest) throw new ArchiveException("The manifest is larger than any that this program writes.");
            using var stream = new CountedStream(first.Open(), LargestManifest);
            // The format first: another one may have other fields.
            var text = JsonNode.Parse(stream)!;
            if ((string?)text["format"] is var format && format != ArchiveManifest.CurrentFormat)
                throw new ArchiveException($"The archive has the format {format}, this version of the program reads {ArchiveManifest.CurrentFormat}: use the version that wrote it, or a newer one.");
            return (zip, text.Deserialize<ArchiveManifest>(ArchiveManifest.Json)!);
        });
        _announced = Trusting(() => Manifest.Entries.ToDictionary(entry => entry.Path, StringComparer.Ordinal));
        var found = new HashSet<string>(StringComparer.Ordinal) { ArchiveManifest.Path };
        foreach (var entry in _zip.Entries.Where(entry => entry.FullName != ArchiveManifest.Path))
        {
            if (!Names().IsMatch(entry.FullName)) throw new ArchiveException("The archive has an entry whose name is none of this format: nothing is taken from it.");
            if (!found.Add(entry.FullName)) throw new ArchiveException($"The archive has {entry.FullName} twice.");
            if (!_announced.TryGetValue(entry.FullName, out var announced)) throw new ArchiveException($"The archive has {entry.FullName}, which its manifest does not announce.");
            var most = entry.FullName.StartsWith("files/", StringComparison.Ordinal) ? LargestFile : LargestTable;
            if (entry.Length != announced.Bytes || entry.Length > most || entry.Length > 1 << 20 && entry.Length / Math.Max(1, entry.CompressedLength) > MostRatio)
                throw new ArchiveException($"{entry.FullName} unpacks to more than this program ever packs.");
        }
        if (_announced.Keys.FirstOrDefault(path => !found.Contains(path)) is { } missing) throw new ArchiveException($"{missing} is missing from the archive.");
        if (_zip.Entries.Count != _announced.Count + 1) throw new ArchiveException("The archive has its manifest twice.");
    }

    public ArchiveManifest Manifest { get; }

    public bool Has(string path) => _announced.ContainsKey(path);

    public IEnumerable<string> Paths => _announced.Keys;

    /// <summary>The rows of a table, one after the other; each has these columns and no others.</summary>
    public IEnumerable<JsonObject> Rows(string path, IReadOnlyCollection<string> columns, string? optional = null)
    {
        var announced = Announced(path);
        using var stream = new CountedStream(Trusting(() => _zip.GetEntry(path)!.Open()), announced.Bytes);
        var names = columns.ToHashSet(StringComparer.Ordinal);
        long rows = 0;
        foreach (var line in Lines(stream, path))
        {
            rows++;
            var row = Trusting(() => ArchiveSeals.Parse(line));
            if (row.Count(column => column.Key != optional) != names.Count || row.Any(column => column.Key != optional && !names.Contains(column.Key)))
                throw new ArchiveException($"Row {rows} of {path} has other columns than its table.");
            yield return row;
        }
        if (rows != announced.Rows || stream.Count != announced.Bytes || stream.Sha256() != announced.Sha256) throw new ArchiveException($"{path} is not what the manifest says it is.");
    }

    public byte[] File(string path)
    {
        var announced = Announced(path);
        return Trusting(() =>
        {
            using var stream = new CountedStream(_zip.GetEntry(path)!.Open(), announced.Bytes);
            var content = new MemoryStream();
            stream.CopyTo(content);
            return stream.Sha256() == announced.Sha256 ? content.ToArray() : throw new ArchiveException($"{path} is not what the manifest says it is.");
        });
    }

    private ArchiveEntry Announced(string path) => _announced.GetValueOrDefault(path) ?? throw new ArchiveException($"{path} is missing from the archive.");

    private static IEnumerable<string> Lines(Stream stream, string path)
    {
        var (line, buffer) = (new MemoryStream(), new byte[64 * 1024]);
        for (int read; (read = Trusting(() => stream.Read(buffer))) > 0;)
        {
            var rest = buffer.AsMemory(0, read);
            for (int end; (end = rest.Span.IndexOf((byte)'\n')) >= 0; rest = rest[(end + 1)..])
            {
                line.Write(rest.Span[..end]);
                yield return Trusting(() => Strict.GetString(line.GetBuffer(), 0, (int)line.Length));
                line.SetLength(0);
            }
            line.Write(rest.Span);
            if (line.Length > LongestRow) throw new ArchiveException($"{path} has a row that is longer than any that this program writes.");
        }
        if (line.Length > 0) throw new ArchiveException($"{path} ends in the middle of a row.");
    }

    /// <summary>Whatever a reader of zip or JSON says of a malformed archive, the operator reads one sentence.</summary>
    private static T Trusting<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception broken) when (broken is InvalidDataException or JsonException or ArgumentException or InvalidOperationException or IOException or NotSupportedException or FormatException or OverflowException)
        {
            throw new ArchiveException($"The archive is not well formed: {broken.Message.Split('\n')[0]}", broken);
        }
    }

    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    [GeneratedRegex(@"\A(?:(?:tables|others|history)/[a-z][a-z0-9_]*\.jsonl|files/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\z")]
    private static partial Regex Names();

    public void Dispose()
    {
        _zip.Dispose();
        _box.Dispose();
    }
}
