using System.IO.Compression;
using System.Text;

namespace Registry.Files;

/// <summary>
/// A PDF that only shows pages. Names that make it act, hide or carry something are looked for in every byte and in every object stream, unpacked, rather than
/// by following its objects: readers follow broken files in ways of their own, and whatever one of them could find has to stand somewhere.
/// </summary>
internal static class PdfInspection
{
    private const int LargestStream = 32 * 1024 * 1024, LargestTogether = 100 * 1024 * 1024, MostStreams = 20_000, Tail = 1024;

    private static readonly (string Name, FileRefusal Refusal)[] Forbidden =
    [
        ("/Encrypt", FileRefusal.Encrypted), ("/JavaScript", FileRefusal.Scripted), ("/Launch", FileRefusal.Scripted), ("/SubmitForm", FileRefusal.Scripted), ("/ImportData", FileRefusal.Scripted),
        ("/XFA", FileRefusal.Scripted), ("/RichMedia", FileRefusal.Scripted), ("/Movie", FileRefusal.Scripted), ("/GoToE", FileRefusal.Carrying), ("/EmbeddedFile", FileRefusal.Carrying),
        ("/EmbeddedFiles", FileRefusal.Carrying), ("/FileAttachment", FileRefusal.Carrying), ("/Collection", FileRefusal.Carrying), ("/AFRelationship", FileRefusal.Carrying),
    ];

    public static FileRefusal? Judge(ReadOnlySpan<byte> content)
    {
        if (!IsStructured(content)) return FileRefusal.NotWhatItSays;
        if (Acts(content) is { } refusal) return refusal;
        var (from, together, streams) = (0, 0, 0);
        while (NextName(content, "/ObjStm", from) is var at and >= 0)
        {
            from = at + 1;
            if (++streams > MostStreams) return FileRefusal.TooBigUnpacked;
            var open = content[at..].IndexOf("stream"u8);
            if (open < 0) return FileRefusal.NotWhatItSays;
            open += at;
            // Of the object that holds it: what its filter is stands before the stream, on either side of the name.
            var begin = content[..at].LastIndexOf("obj"u8);
            var dictionary = content[Math.Max(0, begin)..open];
            var filter = Filter(dictionary);
            if (filter == "") continue;
            if (filter != "/FlateDecode" || Unpack(content[(open + 6)..]) is not { } inner) return FileRefusal.NotWhatItSays;
            together += inner.Length;
            if (inner.Length >= LargestStream || together > LargestTogether) return FileRefusal.TooBigUnpacked;
            if (Acts(inner) is { } hidden) return hidden;
        }
        return null;
    }

    /// <summary>Begins as a PDF with its first byte, ends as one, and its table of objects is where it says: no other format before it, beside it or behind it.</summary>
    private static bool IsStructured(ReadOnlySpan<byte> content)
    {
        if (content.Length < 64 || !(content.StartsWith("%PDF-1."u8) || content.StartsWith("%PDF-2."u8))) return false;
        var end = content.LastIndexOf("%%EOF"u8);
        if (end < 0 || content[(end + 5)..].ContainsAnyExcept(" \t\r\n\0"u8)) return false;
        var start = content[..end].LastIndexOf("startxref"u8);
        if (start < 0 || end - start > Tail || !int.TryParse(Encoding.Latin1.GetString(content[(start + 9)..end]).Trim(), out var table) || table <= 0 || table >= start) return false;
        var there = content[table..start];
        var first = there[..Math.Min(32, there.Length)];
        var isTable = first.TrimStart(" \r\n"u8).StartsWith("xref"u8) && there.IndexOf("trailer"u8) > 0;
        var isStream = first.IndexOf(" obj"u8) > 0 && there.IndexOf("/XRef"u8) > 0;
        if (!isTable && !isStream) return false;
        // A page that a browser would take for HTML does not stand in the head of an honest PDF.
        var head = Encoding.Latin1.GetString(content[..Math.Min(Tail, content.Length)]);
        return !new[] { "<html", "<script", "<!doctype", "<svg", "<body", "<iframe" }.Any(tag => head.Contains(tag, StringComparison.OrdinalIgnoreCase))
            && there.IndexOf("/Root"u8) >= 0 && content.IndexOf(" obj"u8) > 0;
    }

    private static FileRefusal? Acts(ReadOnlySpan<byte> content)
    {
        foreach (var (name, refusal) in Forbidden)
            if (NextName(content, name, 0) >= 0) return refusal;
        return null;
    }

    /// <summary>Where the name stands next, each sign of it as itself or as #xx; it ends where a name ends.</summary>
    private static int NextName(ReadOnlySpan<byte> content, string name, int from)
    {
        for (var at = from; at < content.Length; at++)
        {
            var slash = content[at..].IndexOf((byte)'/');
            if (slash < 0) return -1;
            at += slash;
            var (place, sign) = (at + 1, 1);
            for (; sign < name.Length && place < content.Length; sign++)
            {
                if (content[place] == name[sign]) place++;
                else if (content[place] == '#' && place + 2 < content.Length && Digit(content[place + 1]) * 16 + Digit(content[place + 2]) == name[sign]) place += 3;
                else break;
            }
            if (sign == name.Length && (place == content.Length || !char.IsAsciiLetterOrDigit((char)content[place]))) return at;
        }
        return -1;
    }

    private static int Digit(byte sign) => char.IsAsciiHexDigit((char)sign) ? Convert.ToInt32(((char)sign).ToString(), 16) : -1000;

    /// <summary>Empty without a filter; what is none of ours to unpack comes back as it stands and is refused.</summary>
    private static string Filter(ReadOnlySpan<byte> dictionary)
    {
        var at = NextName(dictionary, "/Filter", 0);
        if (at < 0) return NextName(dictionary, "/F", 0) >= 0 ? "/F" : "";
        // A predictor would leave the names unreadable to this look.
        if (NextName(dictionary, "/DecodeParms", 0) >= 0 || NextName(dictionary, "/DP", 0) >= 0) return "/DecodeParms";
        var text = Encoding.Latin1.GetString(dictionary[at..]);
        text = text[(text.IndexOf("Filter", StringComparison.Ordinal) is var named and >= 0 ? named + 6 : 7)..].TrimStart();
        var name = text.StartsWith('[') ? text[1..Math.Max(1, text.IndexOf(']'))].Trim() : new string([.. text.TakeWhile((c, i) => i == 0 || char.IsAsciiLetterOrDigit(c) || c == '#')]);
        return name == "/Fl" ? "/FlateDecode" : name;
    }

    private static byte[]? Unpack(ReadOnlySpan<byte> packed)
    {
        var skip = packed.StartsWith("\r\n"u8) ? 2 : packed.StartsWith("\n"u8) || packed.StartsWith("\r"u8) ? 1 : 0;
        try
        {
            using var zlib = new ZLibStream(new MemoryStream(packed[skip..].ToArray()), CompressionMode.Decompress);
            var unpacked = new MemoryStream();
            var buffer = new byte[64 * 1024];
            while (unpacked.Length < LargestStream && zlib.Read(buffer) is var read and > 0) unpacked.Write(buffer, 0, read);
            return unpacked.ToArray();
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }
}
