using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Registry.Access;
using Registry.Data;
using Registry.Features.Records;
using Registry.History;

namespace Registry.Features.HandOvers;

/// <summary>A version that went into the file: what is left of it once its text is written.</summary>
/// <param name="Hash">Of the text as read.</param>
/// <param name="Sha256">As it was kept when it was published.</param>
public sealed record ReadVersion(Guid RecordId, string Name, string Hash, string? Sha256)
{
    public static ReadVersion Of(RegisterEntry version) => new(version.RecordId, $"{version.Reference} v{version.VersionNumber}",
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(version.Content))), version.Sha256);
}

/// <summary>What our own check found while the extract was written.</summary>
public sealed record ProofOutcome(int Versions, long First, long Last, int Lines, int WithWords, IReadOnlyList<string> VersionFaults, IReadOnlyList<string> LineFaults)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public bool Intact => VersionFaults.Count == 0 && LineFaults.Count == 0;

    public byte[] ToJson(DateTimeOffset now) => JsonSerializer.SerializeToUtf8Bytes(new
    {
        checkedAt = now.UtcDateTime,
        result = Intact ? "INTACT" : "FAULTS",
        versions = new { count = Versions, faults = VersionFaults },
        history = new { firstLine = First, lastLine = Last, lines = Lines, linesWithWords = WithWords, faults = LineFaults },
    }, Json);
}

/// <summary>
/// The extract of the chain from the first to the last line about these records, as JSON lines, checked while it is written. Every line is there with the text that
/// was hashed, so that none can be missing unseen; its words only where a record came into the register or left it: drafts, remarks and internal notes stay here.
/// </summary>
public sealed class HandOverProof(Trail trail, Chain chain, Db db, Visitor visitor)
{
    private const int PageSize = 500;

    private static readonly HashSet<string> WordsGiven = [Actions.RecordPublished.Code, Actions.RecordArchived.Code, Actions.RecordReopened.Code];

    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public async Task<ProofOutcome> WriteAsync(Stream stream, Guid[] records, IReadOnlyList<ReadVersion> versions)
    {
        var (published, faults) = (new HashSet<(Guid, string)>(), new List<string>());
        var (lines, withWords) = (0, 0);
        var span = await trail.SpanAsync(visitor.Organisation.Id, records);
        if (span is var (first, last))
        {
            await using var text = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
            var asked = records.ToHashSet();
            // What stands before the first line is taken from its own text: the extract proves what follows it.
            var (sequence, previous) = (first - 1, (byte[]?)null);
            for (var from = first; from <= last; from += PageSize)
            {
                await db.RenewAsync();
                foreach (var line in await trail.LinesAsync(visitor.Organisation.Id, from, Math.Min(last, from + PageSize - 1)))
                {
                    previous ??= PreviousOf(line.Body);
                    if (chain.FaultOf(line, sequence, previous) is { } fault) faults.Add($"ligne {line.Sequence} : ne correspond plus à ce qui a été scellé ({fault})");
                    (sequence, previous) = (line.Sequence, line.Hash);
                    var words = WordsGiven.Contains(line.Action) && line.ObjectId is { } about && asked.Contains(about) && line is { Salt: not null, Details: not null };
                    await text.WriteLineAsync(Write(line, words));
                    lines++;
                    if (!words) continue;
                    withWords++;
                    if (line.Action == Actions.RecordPublished.Code) published.Add((line.ObjectId!.Value, SubjectOf(line.Details!)));
                }
            }
            if (sequence != last) faults.Add($"ligne {last} : manque");
        }
        return new ProofOutcome(versions.Count, span?.First ?? 0, span?.Last ?? 0, lines, withWords, [.. versions.Select(version => FaultOf(version, published)).OfType<string>()], faults);
    }

    private static string? FaultOf(ReadVersion version, HashSet<(Guid, string)> published)
    {
        if (version.Hash != version.Sha256) return $"{version.Name} : le texte n’est pas celui de son empreinte";
        return published.Contains((version.RecordId, $"{version.Name} sha256:{version.Hash}")) ? null : $"{version.Name} : aucune ligne de l’historique n’a publié ce texte";
    }

    private static string Write(ChainLine line, bool words) => words
        ? JsonSerializer.Serialize(new { sequence = line.Sequence, body = line.Body, hash = Hex(line.Hash), seal = Hex(line.Seal), salt = Hex(line.Salt!), details = line.Details }, Json)
        : JsonSerializer.Serialize(new { sequence = line.Sequence, body = line.Body, hash = Hex(line.Hash), seal = Hex(line.Seal) }, Json);

    private static byte[] PreviousOf(string body)
    {
        var parts = body.Split('|', 3);
        try
        {
            return parts.Length == 3 ? Convert.FromHexString(parts[1]) : [];
        }
        catch (FormatException)
        {
            return [];  // a text that was never ours: the check of the line says so
        }
    }

    private static string SubjectOf(string details)
    {
        try
        {
            return EventDetails.FromText(details).Subject ?? "";
        }
        catch (JsonException)
        {
            return "";
        }
    }

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}
