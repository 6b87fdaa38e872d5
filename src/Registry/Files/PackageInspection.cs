using System.IO.Compression;
using System.Text;
using System.Xml;

namespace Registry.Files;

/// <summary>A document of an office suite: a zip whose parts are texts and pictures. Macros, controls, objects and templates fetched from elsewhere are refused.</summary>
internal static class PackageInspection
{
    private const int MostEntries = 2000, MostRatio = 100;
    private const long MostUnpacked = 200L * 1024 * 1024;

    private static readonly HashSet<string> Parts = new(StringComparer.OrdinalIgnoreCase)
    {
        ".xml", ".rels", ".vml", ".rdf", ".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".emf", ".wmf", ".ttf", ".odttf", "",
    };

    private static readonly string[] Acting = ["vbaproject", "vbadata", "macrosheets/", "dialogsheets/", "activex/", "basic/", "scripts/", "ctrlprops/"];
    private static readonly string[] ActingRelations = ["attachedTemplate", "oleObject", "vbaProject", "frame", "externalLink", "ddeLink"];

    public static FileRefusal? Judge(byte[] content, FileMedia media)
    {
        if (!content.AsSpan().StartsWith("PK\x03\x04"u8)) return FileRefusal.NotWhatItSays;
        try
        {
            using var zip = new ZipArchive(new MemoryStream(content), ZipArchiveMode.Read);
            if (zip.Entries.Count > MostEntries) return FileRefusal.TooBigUnpacked;
            // What the directory promises is checked before anything is unpacked, and what is unpacked is counted all the same.
            if (zip.Entries.Sum(entry => entry.Length) > MostUnpacked || zip.Entries.Any(entry => entry.Length > 64 * 1024 && entry.Length / Math.Max(1, entry.CompressedLength) > MostRatio)) return FileRefusal.TooBigUnpacked;
            if (zip.Entries.Any(entry => entry.IsEncrypted)) return FileRefusal.Encrypted;
            long unpacked = 0;
            var texts = new Dictionary<string, string>();
            foreach (var entry in zip.Entries)
            {
                if (Forbids(entry.FullName) is { } forbidden) return forbidden;
                var text = Keeps(entry.FullName) ? new MemoryStream() : null;
                unpacked += Read(entry, text, MostUnpacked - unpacked);
                if (unpacked > MostUnpacked) return FileRefusal.TooBigUnpacked;
                if (text is not null) texts[entry.FullName] = Encoding.UTF8.GetString(text.ToArray());
            }
            return media is FileMedia.Docx or FileMedia.Xlsx ? JudgeOffice(texts, media) : JudgeOpen(zip, texts, media);
        }
        catch (Exception broken) when (broken is InvalidDataException or XmlException or ArgumentException or NotSupportedException or EndOfStreamException)
        {
            return FileRefusal.NotWhatItSays;
        }
    }

    private static FileRefusal? JudgeOffice(Dictionary<string, string> texts, FileMedia media)
    {
        if (!texts.TryGetValue("[Content_Types].xml", out var types)) return FileRefusal.NotWhatItSays;
        if (types.Contains("macroEnabled", StringComparison.OrdinalIgnoreCase) || types.Contains("vbaProject", StringComparison.OrdinalIgnoreCase)) return FileRefusal.Scripted;
        var (part, type) = media == FileMedia.Docx ? ("word/document.xml", "wordprocessingml.document.main+xml") : ("xl/workbook.xml", "spreadsheetml.sheet.main+xml");
        if (!types.Contains(type, StringComparison.Ordinal) || !texts.TryGetValue(part, out var main)) return FileRefusal.NotWhatItSays;
        foreach (var (name, text) in texts)
        {
            WellFormed(text);
            if (name.EndsWith(".rels", StringComparison.OrdinalIgnoreCase) && ActingRelations.Any(one => text.Contains("/" + one, StringComparison.OrdinalIgnoreCase))) return FileRefusal.Carrying;
        }
        return main.Contains("DDEAUTO", StringComparison.OrdinalIgnoreCase) || main.Contains(" DDE ", StringComparison.Ordinal) ? FileRefusal.Scripted : null;
    }

    private static FileRefusal? JudgeOpen(ZipArchive zip, Dictionary<string, string> texts, FileMedia media)
    {
        if (zip.Entries is not [{ FullName: "mimetype" }, ..] || texts["mimetype"].Trim() != FileInspection.MediaType(media)) return FileRefusal.NotWhatItSays;
        if (!texts.TryGetValue("content.xml", out var main) || !texts.TryGetValue("META-INF/manifest.xml", out var manifest)) return FileRefusal.NotWhatItSays;
        foreach (var (name, text) in texts)
            if (name != "mimetype") WellFormed(text);
        if (manifest.Contains("encryption-data", StringComparison.Ordinal)) return FileRefusal.Encrypted;
        return main.Contains("<script:", StringComparison.Ordinal) || main.Contains("<office:event-listeners", StringComparison.Ordinal) ? FileRefusal.Scripted
            : main.Contains("<draw:object-ole", StringComparison.Ordinal) || main.Contains("<draw:plugin", StringComparison.Ordinal) || main.Contains("<office:dde-source", StringComparison.Ordinal) ? FileRefusal.Carrying : null;
    }

    private static FileRefusal? Forbids(string name)
    {
        if (name.Contains("..", StringComparison.Ordinal) || name.StartsWith('/') || name.Contains('\\') || name.Contains(':')) return FileRefusal.NotWhatItSays;
        if (Acting.Any(one => name.Contains(one, StringComparison.OrdinalIgnoreCase) && !name.StartsWith("customXml/", StringComparison.Ordinal))) return FileRefusal.Scripted;
        if (name.Contains("embeddings/", StringComparison.OrdinalIgnoreCase)) return FileRefusal.Carrying;
        // How a printer was set is a few bytes of the system's own; a text editor keeps its layout.
        var known = Parts.Contains(Path.GetExtension(name)) || name.Contains("printerSettings", StringComparison.Ordinal);
        return known ? null : FileRefusal.Carrying;
    }

    private static bool Keeps(string name) => name is "mimetype" or "[Content_Types].xml" or "word/document.xml" or "xl/workbook.xml" or "content.xml" or "META-INF/manifest.xml" || name.EndsWith(".rels", StringComparison.OrdinalIgnoreCase);

    private static long Read(ZipArchiveEntry entry, Stream? keep, long most)
    {
        using var stream = entry.Open();
        var buffer = new byte[64 * 1024];
        long total = 0;
        while (total <= most && stream.Read(buffer) is var read and > 0)
        {
            total += read;
            keep?.Write(buffer, 0, read);
        }
        return total;
    }

    private static void WellFormed(string text)
    {
        using var reader = XmlReader.Create(new StringReader(text.TrimStart('\uFEFF')), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
        while (reader.Read())
        {
        }
    }
}
