using System.Text.Encodings.Web;
using System.Text.Json;

namespace Registry.Features.Reviews;

/// <summary>What a review found, as it was stated and sealed that day.</summary>
public sealed record ReviewContent(DateTimeOffset? Since, int InForce, IReadOnlyList<ConfirmedLine> Confirmed, IReadOnlyList<OpenLine> Open)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public string Write() => JsonSerializer.Serialize(this, Options);

    public static ReviewContent Read(string content) => JsonSerializer.Deserialize<ReviewContent>(content, Options) ?? throw new JsonException("A statement is an object, not null.");

    /// <summary>What the records say at the end of a review that began after the last one.</summary>
    public static ReviewContent Of(IReadOnlyList<ReviewLine> lines, DateOnly today, DateTimeOffset? since) => new(
        since, lines.Count(line => line.InForce),
        [.. lines.Where(line => line.InForce && line.ConfirmedIn(since)).Select(line => new ConfirmedLine(line.Reference, line.Title, line.PublishedVersion ?? 0, line.ConfirmedBy ?? "", line.ConfirmedAt!.Value))],
        [.. lines.Where(line => !line.InForce || line.Lacks || line.ToLookAt(today, since)).Select(line =>
            new OpenLine(line.Reference, line.Title, line.Status, line.InForce, line.Expires(today), line.Lacks ? line.Completeness : null))]);
}

public sealed record ConfirmedLine(string Reference, string Title, int Version, string By, DateTimeOffset At);

/// <param name="InForce">False for a sheet that has no version yet: only who reads drafts reads its name.</param>
/// <param name="Expired">Its review is due and was not made.</param>
/// <param name="Percent">How complete it is, when something is missing.</param>
public sealed record OpenLine(string Reference, string Title, string Status, bool InForce, bool Expired, int? Percent);

public sealed record ReviewStatement
{
    public required int Number { get; init; }
    public required string Content { get; init; }
    public required string Sha256 { get; init; }
    public required DateTimeOffset MadeAt { get; init; }
    public required string MadeBy { get; init; }

    public ReviewContent Read() => ReviewContent.Read(Content);
}

/// <summary>A statement as a list names it.</summary>
public sealed record StatementLine
{
    public required int Number { get; init; }
    public required DateTimeOffset MadeAt { get; init; }
    public required string MadeBy { get; init; }
}
