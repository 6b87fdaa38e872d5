using System.Buffers.Binary;
using System.IO.Compression;

namespace Registry.Files;

/// <summary>A PNG, chunk by chunk: kept are those that draw it. Texts, dates, EXIF and what follows the end are left out (S-71).</summary>
internal static class PngInspection
{
    private static readonly HashSet<string> Drawing = ["IHDR", "PLTE", "IDAT", "IEND", "tRNS", "gAMA", "cHRM", "sRGB", "sBIT", "bKGD", "pHYs"];

    public static FileRefusal? Judge(byte[] content, out byte[] kept)
    {
        kept = content;
        ReadOnlySpan<byte> signature = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];
        if (!content.AsSpan().StartsWith(signature)) return FileRefusal.NotWhatItSays;
        var (output, data) = (new MemoryStream(content.Length), new MemoryStream());
        output.Write(signature);
        var (at, ended, expected) = (8, false, -1L);
        while (!ended)
        {
            if (at + 12 > content.Length) return FileRefusal.NotWhatItSays;
            var length = BinaryPrimitives.ReadUInt32BigEndian(content.AsSpan(at));
            if (length > content.Length || at + 12 + (int)length > content.Length) return FileRefusal.NotWhatItSays;
            var chunk = content.AsSpan(at, 12 + (int)length);
            var kind = System.Text.Encoding.ASCII.GetString(chunk.Slice(4, 4));
            if (Crc(chunk[4..^4]) != BinaryPrimitives.ReadUInt32BigEndian(chunk[^4..])) return FileRefusal.NotWhatItSays;
            if (at == 8)
            {
                if (kind != "IHDR" || length != 13) return FileRefusal.NotWhatItSays;
                var (width, height) = (BinaryPrimitives.ReadUInt32BigEndian(chunk[8..]), BinaryPrimitives.ReadUInt32BigEndian(chunk[12..]));
                if ((long)width * height > JpegInspection.MostPixels) return FileRefusal.TooManyPixels;
                expected = Unpacked(width, height, chunk[16], chunk[17], chunk[20]);
                if (expected < 0) return FileRefusal.NotWhatItSays;
            }
            else if (kind == "IHDR") return FileRefusal.NotWhatItSays;
            if (kind == "IDAT") data.Write(chunk[8..^4]);
            else if (!Drawing.Contains(kind) && char.IsAsciiLetterUpper(kind[0])) return FileRefusal.NotWhatItSays;
            if (Drawing.Contains(kind)) output.Write(chunk);
            ended = kind == "IEND";
            at += chunk.Length;
        }
        data.Position = 0;
        if (!Fills(data, expected)) return FileRefusal.NotWhatItSays;
        kept = output.ToArray();
        return null;
    }

    /// <summary>How many bytes the picture has once unpacked, a filter byte before each line; negative for what is no PNG.</summary>
    private static long Unpacked(long width, long height, byte depth, byte colour, byte interlace)
    {
        var channels = colour switch { 0 or 3 => 1, 2 => 3, 4 => 2, 6 => 4, _ => 0 };
        if (width is 0 or > int.MaxValue || height is 0 or > int.MaxValue || channels == 0 || depth is not (1 or 2 or 4 or 8 or 16) || interlace > 1) return -1;
        if (interlace == 0) return Lines(width, height);
        (int X, int Y, int Dx, int Dy)[] passes = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];
        return passes.Sum(pass => Lines((width - pass.X + pass.Dx - 1) / pass.Dx, (height - pass.Y + pass.Dy - 1) / pass.Dy));

        long Lines(long across, long down) => across <= 0 || down <= 0 ? 0 : down * (1 + (((across * channels * depth) + 7) / 8));
    }

    private static bool Fills(Stream packed, long expected)
    {
        try
        {
            using var zlib = new ZLibStream(packed, CompressionMode.Decompress);
            var buffer = new byte[64 * 1024];
            long total = 0;
            // One byte more than the picture has is too much already: nothing is unpacked that could not be shown.
            while (total <= expected && zlib.Read(buffer) is var read and > 0) total += read;
            return total == expected;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var one in bytes) crc = Remainders[(byte)(crc ^ one)] ^ (crc >> 8);
        return ~crc;
    }

    private static readonly uint[] Remainders = [.. Enumerable.Range(0, 256).Select(one =>
    {
        var rest = (uint)one;
        for (var bit = 0; bit < 8; bit++) rest = (rest & 1) == 1 ? 0xEDB88320 ^ (rest >> 1) : rest >> 1;
        return rest;
    })];
}
