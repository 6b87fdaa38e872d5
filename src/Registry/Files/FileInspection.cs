using System.Text;

namespace Registry.Files;

public enum FileMedia { Pdf, Jpeg, Png, Docx, Xlsx, Odt, Ods, Csv }

/// <summary>Why a file is not taken. Which words a person reads is the feature's to say.</summary>
public enum FileRefusal { Empty, TooLarge, NotAccepted, NotWhatItSays, Scripted, Encrypted, Carrying, TooManyPixels, TooBigUnpacked }

/// <summary>A file that is what it says: extension, first bytes and structure agree; pictures without what the camera wrote into them.</summary>
public sealed record InspectedFile(string Name, FileMedia Media, byte[] Content);

/// <summary>
/// What may be kept of what somebody sends (S-70): the type is proved by the content, and whatever could act on its own is refused. This does not look for
/// malware, which is the scanner's part.
/// </summary>
public static class FileInspection
{
    public const int Largest = 10 * 1024 * 1024, LongestName = 150;

    private static readonly Dictionary<string, (FileMedia Media, bool Public)> Extensions = new(StringComparer.OrdinalIgnoreCase)
    {
        [".pdf"] = (FileMedia.Pdf, true), [".jpg"] = (FileMedia.Jpeg, true), [".jpeg"] = (FileMedia.Jpeg, true), [".png"] = (FileMedia.Png, true),
        [".docx"] = (FileMedia.Docx, false), [".xlsx"] = (FileMedia.Xlsx, false), [".odt"] = (FileMedia.Odt, false), [".ods"] = (FileMedia.Ods, false), [".csv"] = (FileMedia.Csv, false),
    };

    /// <param name="sentName">As the browser sent it.</param>
    /// <param name="content">All of it.</param>
    /// <param name="staff">Whether a member of staff sends it: office documents are taken from her.</param>
    public static (InspectedFile? File, FileRefusal? Refusal) Inspect(string? sentName, byte[] content, bool staff)
    {
        var name = NameOf(sentName);
        if (!Extensions.TryGetValue(Path.GetExtension(name), out var expected) || (!expected.Public && !staff)) return (null, FileRefusal.NotAccepted);
        if (content.Length == 0) return (null, FileRefusal.Empty);
        if (content.Length > Largest) return (null, FileRefusal.TooLarge);
        var kept = content;
        var refusal = expected.Media switch
        {
            FileMedia.Pdf => PdfInspection.Judge(content),
            FileMedia.Jpeg => JpegInspection.Judge(content, out kept),
            FileMedia.Png => PngInspection.Judge(content, out kept),
            FileMedia.Csv => CsvInspection.Judge(content),
            _ => PackageInspection.Judge(content, expected.Media),
        };
        return refusal is null ? (new(name, expected.Media, kept), null) : (null, refusal);
    }

    public static string MediaType(FileMedia media) => media switch
    {
        FileMedia.Pdf => "application/pdf",
        FileMedia.Jpeg => "image/jpeg",
        FileMedia.Png => "image/png",
        FileMedia.Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        FileMedia.Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        FileMedia.Odt => "application/vnd.oasis.opendocument.text",
        FileMedia.Ods => "application/vnd.oasis.opendocument.spreadsheet",
        _ => "text/csv; charset=utf-8",
    };

    /// <summary>The name is data (S-71): normal form, no folder, no sign that a file system or a header would obey, 150 characters with the extension kept.</summary>
    public static string NameOf(string? sent)
    {
        var name = new string([.. (sent ?? "").Where((c, i) => !char.IsSurrogate(c) || (char.IsHighSurrogate(c) ? i + 1 < sent!.Length && char.IsLowSurrogate(sent[i + 1]) : i > 0 && char.IsHighSurrogate(sent![i - 1])))]).Normalize(NormalizationForm.FormC);
        name = name[(name.LastIndexOfAny(['/', '\\']) + 1)..];
        // Signs of direction and other unseen ones turn “cod.exe” into something that looks harmless.
        name = string.Concat(name.EnumerateRunes().Where(rune => Rune.GetUnicodeCategory(rune) is not (System.Globalization.UnicodeCategory.Control or System.Globalization.UnicodeCategory.Format
            or System.Globalization.UnicodeCategory.LineSeparator or System.Globalization.UnicodeCategory.ParagraphSeparator)).Select(rune => ":*?\"<>|".Contains(rune.ToString(), StringComparison.Ordinal) ? "_" : rune.ToString())).Trim().Trim('.');
        if (name.Length <= LongestName) return name;
        var extension = Path.GetExtension(name);
        if (extension.Length > 10) extension = "";
        var stem = name[..(LongestName - extension.Length)];
        return (char.IsHighSurrogate(stem[^1]) ? stem[..^1] : stem) + extension;
    }
}
