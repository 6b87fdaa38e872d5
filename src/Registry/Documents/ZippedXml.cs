using System.IO.Compression;
using System.Text;
using System.Xml;

namespace Registry.Documents;

/// <summary>XML files in a ZIP, one after the other, each written straight through: what both kinds of workbook are.</summary>
public sealed class ZippedXml(Stream stream) : IDisposable
{
    // The day of the archive is not that of what it tells; one fixed day makes equal content equal bytes.
    private static readonly DateTimeOffset Day = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly ZipArchive _zip = new(stream, ZipArchiveMode.Create, leaveOpen: true);

    public Stream Begin(string path, CompressionLevel level = CompressionLevel.Optimal)
    {
        var entry = _zip.CreateEntry(path, level);
        entry.LastWriteTime = Day;
        return entry.Open();
    }

    /// <summary>A part of which nothing depends on the table.</summary>
    public void Add(string path, string content, CompressionLevel level = CompressionLevel.Optimal)
    {
        using var part = Begin(path, level);
        part.Write(Encoding.UTF8.GetBytes(content));
    }

    public static XmlWriter Writer(Stream part) =>
        XmlWriter.Create(part, new XmlWriterSettings { Encoding = new UTF8Encoding(false), NewLineHandling = NewLineHandling.Entitize, CloseOutput = true });

    public void Dispose() => _zip.Dispose();
}
