using System.Globalization;
using System.IO.Compression;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Registry.Features.Shared;

namespace Registry.Features.Assessments;

/// <summary>Why a file is no assessment, as a message key with its arguments: the place in it comes first.</summary>
public sealed record PiaRefusal(string Message, params object[] Arguments);

/// <summary>
/// An impact assessment in the form of the CNIL's PIA tool: one object with five parts. What the form knows is checked, what it does not know is kept as it came,
/// so that the file that goes out says what the file that came in said.
/// </summary>
public sealed partial class PiaDocument
{
    public const int Largest = 5 * 1024 * 1024, MostItems = 2000;
    private const int MostDepth = 32, LongestText = 200_000;

    public const string NotReadable = "Ce fichier n’est pas un export de l’outil PIA de la CNIL : il n’est pas lisible comme du JSON (ligne {0}).";
    public const string NotPia = "Ce fichier n’est pas un export de l’outil PIA de la CNIL : il y manque « {0} ».";
    public const string Wrong = "L’export n’a pas la forme attendue à l’endroit « {0} ».";
    public const string TooMuch = "« {0} » dépasse {1} éléments.";
    public const string TooLarge = "L’analyse dépasse 5 Mo. Les pièces jointes de l’outil PIA ne s’importent pas.";
    public const string NoSingleFile = "L’archive doit contenir un seul fichier JSON.";

    public static IReadOnlyList<string> AllMessageKeys { get; } = [NotReadable, NotPia, Wrong, TooMuch, TooLarge, NoSingleFile];

    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly string[] Parts = ["answers", "measures", "evaluations", "comments"];

    internal PiaDocument(JsonObject root) => Root = root;

    internal JsonObject Root { get; }

    public string Text => Root.ToJsonString(Relaxed);

    public static PiaDocument Parse(string text) => new((JsonObject)JsonNode.Parse(text)!);

    /// <summary>JSON with or without its mark, or an archive of that one file; its name says nothing.</summary>
    public static (PiaDocument? Document, PiaRefusal? Refusal) Read(byte[] content)
    {
        try
        {
            if (content.AsSpan().StartsWith("PK\x03\x04"u8))
            {
                if (Unpack(content) is not { } inside) return (null, new(NoSingleFile));
                content = inside;
            }
            if (content.Length > Largest) return (null, new(TooLarge));
            var text = content.AsSpan(content.AsSpan().StartsWith(System.Text.Encoding.UTF8.Preamble) ? 3 : 0);
            if (JsonNode.Parse(text, null, new JsonDocumentOptions { MaxDepth = MostDepth }) is not JsonObject root) return (null, new(NotPia, "pia"));
            if (Judge(root) is { } refusal) return (null, refusal);
            var document = Renumbered(root);
            // What nothing above looks at must be text that can be written again.
            _ = document.Text;
            return (document, null);
        }
        catch (JsonException wrong)
        {
            return (null, new(NotReadable, (wrong.LineNumber ?? 0) + 1));
        }
        catch (Exception broken) when (broken is InvalidDataException or InvalidOperationException or ArgumentException)
        {
            // An archive that is none, text that is no Unicode, or a name that stands twice.
            return (null, new(NotReadable, 1));
        }
    }

    private static byte[]? Unpack(byte[] content)
    {
        using var zip = new ZipArchive(new MemoryStream(content), ZipArchiveMode.Read);
        if (zip.Entries.Count > 2000 || zip.Entries.Where(entry => Path.GetExtension(entry.Name) is ".json" or "" && entry.Name.Length > 0).ToList() is not [var one]) return null;
        using var stream = one.Open();
        var (inside, buffer) = (new MemoryStream(), new byte[64 * 1024]);
        // What the directory says of its length is not believed.
        while (inside.Length <= Largest && stream.Read(buffer) is var read and > 0) inside.Write(buffer, 0, read);
        return inside.ToArray();
    }

    private static PiaRefusal? Judge(JsonObject root)
    {
        if (root["pia"] is not JsonObject pia) return new(NotPia, "pia");
        foreach (var name in new[] { "name", "author_name", "evaluator_name", "validator_name", "dpos_names", "dpo_opinion", "concerned_people_opinion", "rejection_reason", "applied_adjustments" })
            if (pia[name] is { } text && !IsText(text)) return new(Wrong, "pia." + name);
        if (pia["status"] is { } status && Whole(status) is not (>= 0 and <= 4)) return new(Wrong, "pia.status");
        foreach (var part in Parts)
        {
            if (root[part] is not JsonArray items) return new(NotPia, part);
            if (items.Count > MostItems) return new(TooMuch, part, MostItems);
            foreach (var (index, item) in items.Index())
                if (item is not JsonObject one) return new(Wrong, $"{part}[{index}]");
                else if (Fault(part, one) is { } fault) return new(Wrong, $"{part}[{index}].{fault}");
        }
        return null;
    }

    private static string? Fault(string part, JsonObject item)
    {
        switch (part)
        {
            case "answers":
                if (Whole(item["reference_to"]) is not { } question || !PiaQuestions.Knows(question)) return "reference_to";
                if (item["data"] is not JsonObject data) return "data";
                if (data["text"] is { } text && !IsText(text)) return "data.text";
                if (data["gauge"] is { } gauge && Whole(gauge) is not (>= 0 and <= 4)) return "data.gauge";
                return data["list"] is { } list && (list is not JsonArray words || words.Any(word => word is not null && !IsText(word))) ? "data.list" : null;
            case "measures":
                if (Whole(item["id"]) is null) return "id";
                return item["title"] is { } title && !IsText(title) ? "title" : item["content"] is { } content && !IsText(content) ? "content" : null;
            case "evaluations":
                if (!Reference().IsMatch(Said(item["reference_to"]))) return "reference_to";
                if (item["status"] is { } status && Whole(status) is not (>= 0 and <= 3)) return "status";
                if (item["action_plan_comment"] is { } plan && !IsText(plan)) return "action_plan_comment";
                return item["gauges"] is { } gauges && (gauges is not JsonObject both || new[] { both["x"], both["y"] }.Any(one => one is not null && Whole(one) is not (>= 0 and <= 4))) ? "gauges" : null;
            default:
                return Said(item["reference_to"]).Length is 0 or > 40 ? "reference_to" : item["description"] is { } description && !IsText(description) ? "description" : null;
        }
    }

    /// <summary>Measures are numbered anew from one, and what speaks of them follows, as the tool itself does.</summary>
    private static PiaDocument Renumbered(JsonObject root)
    {
        var numbers = new Dictionary<string, int>();
        foreach (var (index, measure) in root["measures"]!.AsArray().Index())
        {
            numbers.TryAdd(Said(measure!["id"]), index + 1);
            measure["id"] = index + 1;
        }
        foreach (var part in new[] { "evaluations", "comments" })
            foreach (var item in root[part]!.AsArray())
                if (OfMeasure().Match(Said(item!["reference_to"])) is { Success: true } named && numbers.TryGetValue(named.Groups[1].Value, out var number))
                    item["reference_to"] = $"3.1.{number}";
        return new(root);
    }

    internal static int? Whole(JsonNode? node) => node is JsonValue value
        ? value.TryGetValue<int>(out var number) ? number : value.TryGetValue<string>(out var text) && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) ? number : null
        : null;

    internal static string Said(JsonNode? node) => node is JsonValue value ? value.TryGetValue<string>(out var text) ? text : value.ToJsonString() : "";

    private static bool IsText(JsonNode node) => node is JsonValue value && (!value.TryGetValue<string>(out var text) || text.Length <= LongestText) && value.GetValueKind() is JsonValueKind.String or JsonValueKind.Number;

    [GeneratedRegex(@"\A(1\.[12]|2\.[12]\.[0-9]{3}|3\.1\.[0-9]{1,18}|3\.[2-5])\z", RegexOptions.CultureInvariant, 2000)]
    private static partial Regex Reference();

    [GeneratedRegex(@"\A3\.1\.([0-9]{1,18})\z", RegexOptions.CultureInvariant, 2000)]
    private static partial Regex OfMeasure();
}
