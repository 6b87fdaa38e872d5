using System.Globalization;
using System.Text.Json;

namespace Registry.Deadlines.Vectors;

/// <summary>What came of one vector; it passed when nothing is amiss.</summary>
public sealed record VectorResult(string Id, IReadOnlyList<string> Faults)
{
    public bool Passed => Faults.Count == 0;
}

/// <summary>
/// A file of vectors: events, and the deadlines that somebody computed from them apart from this code. Every vector is computed here and compared, field by
/// field, with what its author expects. Holidays are those of the registry, never those that the file may list.
/// </summary>
public static class VectorFile
{
    /// <summary>Computes each vector of the file. Text that is no such file throws a <see cref="FormatException"/> that says why.</summary>
    public static IReadOnlyList<VectorResult> Check(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var vectors = Field(document.RootElement, "vectors");
            if (vectors.ValueKind != JsonValueKind.Array) throw new FormatException("It has no list of vectors.");
            if (vectors.GetArrayLength() == 0) throw new FormatException("Its list of vectors is empty.");
            return [.. vectors.EnumerateArray().Select((vector, index) => new VectorResult(Id(vector, index), [.. Faults(vector)]))];
        }
        catch (JsonException broken)
        {
            throw new FormatException($"It is no JSON: {broken.Message}", broken);
        }
    }

    private static string Id(JsonElement vector, int index) =>
        Field(vector, "id") is { ValueKind: JsonValueKind.String } id ? id.GetString()! : $"vector {index + 1}";

    private static IEnumerable<string> Faults(JsonElement vector)
    {
        Dictionary<string, object?> found;
        try
        {
            var family = Field(vector, "family");
            found = VectorRules.Compute(family.ValueKind == JsonValueKind.String ? family.GetString() : null, new VectorInput(Field(vector, "input")));
        }
        catch (Exception refused) when (refused is FormatException or ArgumentException or TimeZoneNotFoundException or InvalidTimeZoneException)
        {
            return [$"cannot be computed: {refused.Message}"];
        }
        var expected = Field(vector, "expected");
        return expected.ValueKind == JsonValueKind.Object && expected.EnumerateObject().Any()
            ? expected.EnumerateObject().Where(field => !Agrees(field, found)).Select(field => Mismatch(field, found))
            : ["expects nothing"];
    }

    private static bool Agrees(JsonProperty expected, Dictionary<string, object?> found) =>
        found.TryGetValue(expected.Name, out var value) && value switch
        {
            null => expected.Value.ValueKind == JsonValueKind.Null,
            bool flag => expected.Value.ValueKind == (flag ? JsonValueKind.True : JsonValueKind.False),
            int or long => expected.Value.ValueKind == JsonValueKind.Number && expected.Value.TryGetDecimal(out var number) && number == Convert.ToDecimal(value, CultureInfo.InvariantCulture),
            // The offset is part of the answer: an instant is shown in the time zone of the controller.
            DateTimeOffset instant => expected.Value.ValueKind == JsonValueKind.String && VectorInput.InstantOf(expected.Value.GetString()!) is { } wanted && wanted.EqualsExact(instant),
            _ => expected.Value.ValueKind == JsonValueKind.String && expected.Value.GetString() == Written(value),
        };

    private static string Mismatch(JsonProperty expected, Dictionary<string, object?> found)
    {
        var wanted = expected.Value.ValueKind == JsonValueKind.String ? expected.Value.GetString() : expected.Value.GetRawText();
        return found.TryGetValue(expected.Name, out var value)
            ? $"{expected.Name}: expected {wanted}, found {Written(value)}"
            : $"{expected.Name}: expected {wanted}, found nothing: the rule answers {string.Join(", ", found.Keys)}";
    }

    private static string Written(object? value) => value switch
    {
        null => "null",
        bool flag => flag ? "true" : "false",
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTimeOffset instant => instant.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static JsonElement Field(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var field) ? field : default;
}
