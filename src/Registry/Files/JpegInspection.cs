using System.Buffers.Binary;

namespace Registry.Files;

/// <summary>A JPEG, segment by segment: kept are those that the picture needs. What the camera knew, where it stood and what follows the end are left out (S-71).</summary>
internal static class JpegInspection
{
    public const long MostPixels = 50_000_000;

    public static FileRefusal? Judge(byte[] content, out byte[] kept)
    {
        kept = content;
        if (!content.AsSpan().StartsWith(new byte[] { 0xFF, 0xD8, 0xFF })) return FileRefusal.NotWhatItSays;
        var output = new MemoryStream(content.Length);
        output.Write([0xFF, 0xD8]);
        var (at, framed, scanned, oriented) = (2, false, false, false);
        while (at + 4 <= content.Length)
        {
            if (content[at] != 0xFF) return FileRefusal.NotWhatItSays;
            var marker = content[at + 1];
            if (marker == 0xFF)
            {
                at++;
                continue;
            }
            if (marker is < 0xC0 or 0xD8 or (>= 0xD0 and <= 0xD7)) return FileRefusal.NotWhatItSays;
            if (marker == 0xD9) break;
            var length = BinaryPrimitives.ReadUInt16BigEndian(content.AsSpan(at + 2));
            if (length < 2 || at + 2 + length > content.Length) return FileRefusal.NotWhatItSays;
            var segment = content.AsSpan(at, 2 + length);
            if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
            {
                if (length < 8 || framed) return FileRefusal.NotWhatItSays;
                var (height, width) = (BinaryPrimitives.ReadUInt16BigEndian(segment[5..]), BinaryPrimitives.ReadUInt16BigEndian(segment[7..]));
                if (height == 0 || width == 0) return FileRefusal.NotWhatItSays;
                if ((long)height * width > MostPixels) return FileRefusal.TooManyPixels;
                framed = true;
            }
            // The picture was taken on its side: this alone is written anew, so that a card is not shown lying down.
            if (marker == 0xE1 && !oriented && Orientation(segment[4..]) is { } orientation)
            {
                output.Write(Oriented(orientation));
                oriented = true;
            }
            // JFIF says the density, Adobe how colours are coded; every other APPn and each comment is somebody's remark.
            var needed = marker is < 0xE0 or > 0xEF and not 0xFE || (marker == 0xE0 && segment[4..].StartsWith("JFIF\0"u8)) || (marker == 0xEE && segment[4..].StartsWith("Adobe"u8));
            if (needed) output.Write(marker == 0xE0 ? Bare(segment) : segment);
            at += 2 + length;
            if (marker != 0xDA) continue;
            if (!framed) return FileRefusal.NotWhatItSays;
            var end = EndOfScan(content, at);
            if (end < 0) return FileRefusal.NotWhatItSays;
            output.Write(content, at, end - at);
            (at, scanned) = (end, true);
        }
        if (!scanned || at + 2 > content.Length || content[at] != 0xFF || content[at + 1] != 0xD9) return FileRefusal.NotWhatItSays;
        output.Write([0xFF, 0xD9]);
        kept = output.ToArray();
        return null;
    }

    /// <summary>The next marker that is neither an escaped FF nor a restart; -1 when the file breaks off before.</summary>
    private static int EndOfScan(byte[] content, int from)
    {
        for (var at = from; at + 1 < content.Length; at++)
            if (content[at] == 0xFF && content[at + 1] is not (0x00 or 0xFF or (>= 0xD0 and <= 0xD7))) return at;
        return -1;
    }

    /// <summary>JFIF without its thumbnail.</summary>
    private static byte[] Bare(ReadOnlySpan<byte> segment)
    {
        if (segment.Length < 18) return segment.ToArray();
        var bare = segment[..18].ToArray();
        (bare[2], bare[3], bare[16], bare[17]) = (0, 16, 0, 0);
        return bare;
    }

    private static ushort? Orientation(ReadOnlySpan<byte> exif)
    {
        if (!exif.StartsWith("Exif\0\0"u8) || exif.Length < 20) return null;
        var tiff = exif[6..];
        var little = tiff[0] == 'I';
        var directory = little ? BinaryPrimitives.ReadUInt32LittleEndian(tiff[4..]) : BinaryPrimitives.ReadUInt32BigEndian(tiff[4..]);
        if (directory + 2 > tiff.Length) return null;
        var at = (int)directory;
        var count = Short(tiff[at..]);
        for (var i = 0; i < count; i++)
        {
            var entry = at + 2 + (i * 12);
            if (entry + 12 > tiff.Length) return null;
            if (Short(tiff[entry..]) == 0x0112) return Short(tiff[(entry + 8)..]) is var turn and >= 2 and <= 8 ? turn : null;
        }
        return null;

        ushort Short(ReadOnlySpan<byte> bytes) => little ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes);
    }

    private static byte[] Oriented(ushort orientation) =>
    [
        0xFF, 0xE1, 0, 34, .. "Exif\0\0MM"u8, 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, (byte)orientation, 0, 0, 0, 0, 0, 0,
    ];
}
