using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Xml;
using Registry.Documents;
using Registry.Features.Records;
using Registry.Features.Shared;
using Registry.Files;

namespace Registry.Features.Imports;

/// <summary>Why a file is not taken, as a message key with its arguments.</summary>
public sealed record ImportRefusal(string Message, params object[] Arguments);

/// <summary>Reads a file that somebody brings, within the limits of S-15. Its name only says what kind it claims to be, and is kept nowhere.</summary>
public static class ImportFile
{
    public const string Accept = ".xlsx,.ods,.csv,.json";
    private const int MostEntries = 2000, MostRatio = 100, MostUnpackedMib = 200, MostDepth = 64;

    public const string TooLarge = "Le fichier dépasse 10 Mo. Découpez-le et importez-le en plusieurs fois.";
    public const string NotAccepted = "Ce type de fichier n’est pas accepté. Types acceptés : XLSX, ODS, CSV, et le JSON du registre.";
    public const string Empty = "Ce fichier est vide : choisissez-en un autre.";
    public const string Scripted = "Le classeur contient un programme (macro ou script) : enregistrez-le sans, au format XLSX ou ODS.";
    public const string Encrypted = "Le classeur est protégé par un mot de passe : enregistrez-le sans mot de passe.";
    public const string Carrying = "Le classeur contient d’autres fichiers ou des liens vers d’autres classeurs : enregistrez une copie avec les seules valeurs.";
    public const string TooManyEntries = "Le classeur contient plus de {0} éléments internes : enregistrez une copie avec les seules valeurs.";
    public const string TooBigUnpacked = "Le classeur dépasse {0} Mo une fois décompressé. Découpez-le et importez-le en plusieurs fois.";
    public const string TooCompressed = "Un élément du classeur grandit de plus de {0} fois à la décompression : enregistrez une copie avec les seules valeurs.";
    public const string NoTable = "Ce fichier n’a aucune ligne à lire.";
    public const string NotJson = "Ligne {0} : ce n’est pas du JSON lisible.";
    public const string NotOurs = "Ce JSON n’est pas un registre de ce logiciel (schéma attendu : {0}).";
    public const string CutJson = "Ce JSON est incomplet : il annonce {0} fiches et en contient {1}.";

    public static IReadOnlyList<string> AllMessageKeys { get; } =
        [TooLarge, NotAccepted, Empty, Scripted, Encrypted, Carrying, TooManyEntries, TooBigUnpacked, TooCompressed, NoTable, NotJson, NotOurs, CutJson, .. SourceLimits.AllMessageKeys];

    public static async Task<(byte[]? Content, ImportRefusal? Refusal)> TakeAsync(IFormFile? sent)
    {
        if (sent is null) return (null, new("Choisissez un fichier sur votre appareil."));
        if (sent.Length > FileInspection.Largest) return (null, new(TooLarge));
        if (sent.Length == 0) return (null, new(Empty));
        using var content = new MemoryStream((int)sent.Length);
        await sent.CopyToAsync(content);
        return (content.ToArray(), null);
    }

    public static (ImportBook? Book, ImportRefusal? Refusal) Read(string? name, byte[] content)
    {
        try
        {
            if (LooksLikeJson(name, content)) return Json(content);
            if (Packed(content) is { } refusal) return (null, refusal);
            var (file, reason) = FileInspection.Inspect(name, content, staff: true);
            if (reason is { } why) return (null, new(Word(why)));
            var limits = new SourceLimits();
            IReadOnlyList<SourceTable> tables = file!.Media switch
            {
                FileMedia.Xlsx => XlsxSource.Read(content, limits),
                FileMedia.Ods => OdsSource.Read(content, limits),
                FileMedia.Csv => [CsvSource.Read(content, limits, "CSV")],
                _ => [],
            };
            if (tables.Count == 0 && file.Media is not (FileMedia.Xlsx or FileMedia.Ods)) return (null, new(NotAccepted));
            tables = [.. tables.Where(table => table.Rows.Count > 0)];
            return tables.Count == 0 ? (null, new(NoTable)) : (new(false, tables), null);
        }
        catch (UnreadableTableException unreadable)
        {
            return (null, new(unreadable.Message, unreadable.Arguments));
        }
        catch (Exception broken) when (broken is InvalidDataException or XmlException or FormatException or OverflowException or EndOfStreamException or NotSupportedException or ArgumentException)
        {
            return (null, new(SourceLimits.Broken));
        }
    }

    /// <summary>The directory of a package says how much is in it before anything is unpacked: which limit is met is said by its name.</summary>
    private static ImportRefusal? Packed(byte[] content)
    {
        if (!content.AsSpan().StartsWith("PK\x03\x04"u8)) return null;
        using var zip = new ZipArchive(new MemoryStream(content), ZipArchiveMode.Read);
        if (zip.Entries.Count > MostEntries) return new(TooManyEntries, MostEntries);
        if (zip.Entries.Sum(entry => entry.Length) > MostUnpackedMib * 1024L * 1024) return new(TooBigUnpacked, MostUnpackedMib);
        return zip.Entries.Any(entry => entry.Length > 64 * 1024 && entry.Length / Math.Max(1, entry.CompressedLength) > MostRatio) ? new(TooCompressed, MostRatio) : null;
    }

    private static string Word(FileRefusal refusal) => refusal switch
    {
        FileRefusal.Empty => Empty,
        FileRefusal.TooLarge => TooLarge,
        FileRefusal.Scripted => Scripted,
        FileRefusal.Encrypted => Encrypted,
        FileRefusal.Carrying => Carrying,
        FileRefusal.TooBigUnpacked => SourceLimits.Broken,  // its directory lied about it
        FileRefusal.NotAccepted => NotAccepted,
        _ => SourceLimits.Broken,
    };

    private static bool LooksLikeJson(string? name, byte[] content) =>
        Path.GetExtension(FileInspection.NameOf(name)).Equals(".json", StringComparison.OrdinalIgnoreCase) || Encoding.UTF8.GetString(content.AsSpan(0, Math.Min(content.Length, 200))).TrimStart('\uFEFF', ' ', '\t', '\r', '\n').StartsWith('{');

    private static (ImportBook?, ImportRefusal?) Json(byte[] content)
    {
        try
        {
            var text = content.AsMemory(content.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? 3 : 0);
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = MostDepth });
            return Register(document.RootElement);
        }
        catch (JsonException wrong)
        {
            return (null, new(NotJson, (wrong.LineNumber ?? 0) + 1));
        }
        catch (InvalidOperationException)
        {
            // Text that is no Unicode, or a number where a text should be.
            return (null, new(NotOurs, RegisterJson.Schema));
        }
    }

    private static (ImportBook?, ImportRefusal?) Register(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object || Text(root, "schema") != RegisterJson.Schema || Array(root, "organisations") is not { } bodies) return (null, new(NotOurs, RegisterJson.Schema));
        var (limits, tables, records) = (new SourceLimits(), new List<SourceTable>(), 0);
        foreach (var body in bodies.EnumerateArray())
        {
            if (Array(body, "records") is not { } entries) return (null, new(NotOurs, RegisterJson.Schema));
            var table = new SourceTable(Text(body, "name") ?? "", [], [], []);
            if (tables.Count >= SourceLimits.MostTables) return (null, new(SourceLimits.TooManyTables, SourceLimits.MostTables));
            foreach (var entry in entries.EnumerateArray())
            {
                limits.Row(table.Name);
                if (entry.ValueKind != JsonValueKind.Object || !entry.TryGetProperty("sheet", out var sheet)) return (null, new(NotOurs, RegisterJson.Schema));
                var content = sheet.GetRawText();
                limits.Cell(table.Name, table.Rows.Count + 1, 0, content);
                table.Rows.Add(new(table.Rows.Count + 1, [Text(entry, "reference"), Text(body, "siren"), content]));
                records++;
            }
            if (table.Rows.Count > 0) tables.Add(table);
        }
        if (!root.TryGetProperty("recordCount", out var said) || !said.TryGetInt32(out var count) || count != records)
            return (null, new(CutJson, root.TryGetProperty("recordCount", out said) && said.TryGetInt32(out count) ? count : "?", records));
        return tables.Count == 0 ? (null, new(NoTable)) : (new(true, tables), null);
    }

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static JsonElement? Array(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array ? value : null;
}
