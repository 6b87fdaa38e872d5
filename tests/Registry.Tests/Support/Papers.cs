using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Registry.Tests.Support;

/// <summary>Files as programs write them, and as no honest program does: made here byte by byte.</summary>
public static class Papers
{
    public static readonly byte[] Eicar = Encoding.ASCII.GetBytes("X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR" + "-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*");

    /// <summary>One page, with whatever else is put into its catalogue and among its objects.</summary>
    public static byte[] Pdf(string catalogue = "", params byte[][] more)
    {
        var (file, offsets) = (new MemoryStream(), new List<long>());
        Write("%PDF-1.7\n");
        Object($"<< /Type /Catalog /Pages 2 0 R {catalogue} >>");
        Object("<< /Type /Pages /Kids [3 0 R] /Count 1 >>");
        Object("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>");
        foreach (var body in more) Raw(body);
        var table = file.Length;
        Write($"xref\n0 {offsets.Count + 1}\n0000000000 65535 f \n");
        foreach (var offset in offsets) Write($"{offset:0000000000} 00000 n \n");
        Write($"trailer\n<< /Size {offsets.Count + 1} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n");
        return file.ToArray();

        void Object(string body) => Raw(Encoding.Latin1.GetBytes(body));

        void Raw(byte[] body)
        {
            offsets.Add(file.Length);
            Write($"{offsets.Count} 0 obj\n");
            file.Write(body);
            Write("\nendobj\n");
        }

        void Write(string text) => file.Write(Encoding.Latin1.GetBytes(text));
    }

    /// <summary>Objects packed into a stream, where a look at the bytes alone sees nothing.</summary>
    public static byte[] ObjectStream(string inner)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true)) zlib.Write(Encoding.Latin1.GetBytes(inner));
        return [.. Encoding.Latin1.GetBytes($"<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length {packed.Length} >>\nstream\n"), .. packed.ToArray(), .. "\nendstream"u8];
    }

    public static byte[] Jpeg(int width = 4, int height = 3, string? exif = null, ushort orientation = 0, string? comment = null, bool whole = true)
    {
        var file = new MemoryStream();
        file.Write([0xFF, 0xD8]);
        Segment(0xE0, [.. "JFIF\0"u8, 1, 1, 0, 0, 1, 0, 1, 0, 0]);
        if (exif is not null)
        {
            byte[] tag = orientation == 0 ? [] : [0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, (byte)orientation, 0, 0];
            Segment(0xE1, [.. "Exif\0\0MM"u8, 0, 42, 0, 0, 0, 8, 0, (byte)(tag.Length / 12), .. tag, 0, 0, 0, 0, .. Encoding.UTF8.GetBytes(exif)]);
        }
        if (comment is not null) Segment(0xFE, Encoding.UTF8.GetBytes(comment));
        Segment(0xDB, [0, .. new byte[64]]);
        Segment(0xC0, [8, (byte)(height >> 8), (byte)height, (byte)(width >> 8), (byte)width, 1, 1, 0x11, 0]);
        Segment(0xDA, [1, 1, 0, 0, 63, 0]);
        file.Write([0x12, 0x34, 0xFF, 0x00, 0x56, 0xFF, 0xD0, 0x78]);
        if (whole) file.Write([0xFF, 0xD9]);
        return file.ToArray();

        void Segment(byte marker, byte[] content)
        {
            file.Write([0xFF, marker, (byte)((content.Length + 2) >> 8), (byte)(content.Length + 2)]);
            file.Write(content);
        }
    }

    /// <param name="width">What the head claims.</param>
    /// <param name="height">What the head claims.</param>
    /// <param name="text">A text chunk.</param>
    /// <param name="drawn">How many lines there really are; all of them when nothing is said.</param>
    public static byte[] Png(int width = 3, int height = 2, string? text = null, int? drawn = null)
    {
        var file = new MemoryStream();
        file.Write([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]);
        var head = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(head, width);
        BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(4), height);
        (head[8], head[9]) = (8, 2);
        Chunk("IHDR", head);
        if (text is not null) Chunk("tEXt", [.. "Comment\0"u8, .. Encoding.UTF8.GetBytes(text)]);
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            for (var line = 0; line < (drawn ?? height); line++) zlib.Write(new byte[1 + (width * 3)]);
        Chunk("IDAT", packed.ToArray());
        Chunk("IEND", []);
        return file.ToArray();

        void Chunk(string kind, byte[] content)
        {
            var chunk = new byte[12 + content.Length];
            BinaryPrimitives.WriteInt32BigEndian(chunk, content.Length);
            Encoding.ASCII.GetBytes(kind).CopyTo(chunk, 4);
            content.CopyTo(chunk, 8);
            BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(8 + content.Length), Crc(chunk.AsSpan(4, 4 + content.Length)));
            file.Write(chunk);
        }

        static uint Crc(ReadOnlySpan<byte> bytes)
        {
            var crc = uint.MaxValue;
            foreach (var one in bytes)
            {
                crc ^= one;
                for (var bit = 0; bit < 8; bit++) crc = (crc & 1) == 1 ? 0xEDB88320 ^ (crc >> 1) : crc >> 1;
            }
            return ~crc;
        }
    }

    public static byte[] Docx(params (string Name, string Text)[] more) => Zip(
    [
        ("[Content_Types].xml", """<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"""),
        ("word/document.xml", "<w:document xmlns:w=\"w\"><w:body><w:p>Bonjour</w:p></w:body></w:document>"), .. more,
    ]);

    public static byte[] Ods(params (string Name, string Text)[] more) => Zip(
    [
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", "<office:document-content xmlns:office=\"o\"/>"), ("META-INF/manifest.xml", "<manifest:manifest xmlns:manifest=\"m\"/>"), .. more,
    ]);

    public static byte[] Zip(params (string Name, string Text)[] entries)
    {
        var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var (name, text) in entries.DistinctBy(entry => entry.Name))
            {
                using var stream = zip.CreateEntry(name, name == "mimetype" ? CompressionLevel.NoCompression : CompressionLevel.Optimal).Open();
                stream.Write(Encoding.UTF8.GetBytes(entries.Last(entry => entry.Name == name).Text));
            }
        return file.ToArray();
    }
}
