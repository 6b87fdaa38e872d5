using System.Text.Json;
using System.Text.Json.Serialization;

namespace Registry.History;

/// <summary>One thing that happened, as the feature that did it tells it. Time, actor and request are added when it is written.</summary>
/// <param name="Organisation">Whose chain it joins; null for the platform's.</param>
public sealed record Event(Guid? Organisation, string Action, string ObjectType, Guid? ObjectId, EventDetails Details)
{
    public string Outcome { get; init; } = "OK";
}

/// <summary>The erasable part: words and values. Kept as the text that was committed to, never re-serialised.</summary>
public sealed record EventDetails
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Who acted, as named on that day.</summary>
    public string? Actor { get; init; }

    /// <summary>What is shown in the history when the action's own sentence does not say enough: reference, title, version.</summary>
    public string? Subject { get; init; }

    // Methods and not properties: a property would be written into the text that is committed to.
    private const string Fingerprint = " sha256:";

    /// <summary>A subject that carries the SHA-256 of a text, so that a text altered later no longer matches its line.</summary>
    public static string WithFingerprint(string subject, string sha256) => subject + Fingerprint + sha256;

    /// <summary>The words of the subject and the fingerprint apart: people read the one and may look at the other.</summary>
    public (string? Words, string? Sha256) ReadSubject() =>
        Subject?.LastIndexOf(Fingerprint, StringComparison.Ordinal) is { } at and >= 0 && Subject.Length == at + Fingerprint.Length + 64
            ? (Subject[..at], Subject[(at + Fingerprint.Length)..])
            : (Subject, null);

    public string? Reason { get; init; }

    public IReadOnlyList<Change>? Changes { get; init; }

    public string ToText() => JsonSerializer.Serialize(this, Json);

    public static EventDetails FromText(string text) => JsonSerializer.Deserialize<EventDetails>(text, Json) ?? new EventDetails();
}

/// <summary>One field, before and after, in the words people read.</summary>
public sealed record Change(string Field, string? Old, string? New);
