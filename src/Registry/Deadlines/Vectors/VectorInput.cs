using System.Globalization;
using System.Text.Json;

namespace Registry.Deadlines.Vectors;

/// <summary>What a vector gives to a rule. A field that is absent and one that is null mean the same; one that cannot be read throws a <see cref="FormatException"/>.</summary>
internal sealed class VectorInput
{
    private readonly JsonElement _fields;

    public VectorInput(JsonElement fields) =>
        _fields = fields.ValueKind == JsonValueKind.Object ? fields : throw new FormatException("it has no input.");

    public bool Has(string name) => Find(name) is not null;

    public DateOnly? Day(string name) => Text(name) is not { } text ? null
        : DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day
        : throw new FormatException($"{name} “{text}” is no day (2026-06-09).");

    /// <summary>The first field whose name says that it is a day: conventions start their delays from many events.</summary>
    public DateOnly StartDay()
    {
        foreach (var field in _fields.EnumerateObject())
            if ((field.Name.EndsWith("On", StringComparison.Ordinal) || field.Name.EndsWith("Date", StringComparison.Ordinal)) && Has(field.Name))
                return Day(field.Name)!.Value;
        throw new FormatException("no day is given from which to count.");
    }

    public DateTimeOffset? Instant(string name) => Text(name) is not { } text ? null
        : InstantOf(text) ?? throw new FormatException($"{name} “{text}” is no instant with its offset (2026-06-09T14:20:00+02:00).");

    public int? Number(string name) => Find(name) is not { } field ? null
        : field.ValueKind == JsonValueKind.Number && field.TryGetInt32(out var number) ? number
        : throw new FormatException($"{name} {field.GetRawText()} is no whole number.");

    public bool? Flag(string name) => Find(name) is not { } field ? null
        : field.ValueKind is JsonValueKind.True or JsonValueKind.False ? field.GetBoolean()
        : throw new FormatException($"{name} {field.GetRawText()} is neither true nor false.");

    public string? Text(string name) => Find(name) is not { } field ? null
        : field.ValueKind == JsonValueKind.String ? field.GetString()
        : throw new FormatException($"{name} {field.GetRawText()} is no text.");

    /// <summary>A code of the vocabulary: NEXT_WORKING_DAY for NextWorkingDay.</summary>
    public T? Code<T>(string name) where T : struct, Enum
    {
        if (Text(name) is not { } text) return null;
        foreach (var value in Enum.GetValues<T>())
            if (CodeOf(value) == text)
                return value;
        throw new FormatException($"{name} “{text}” is none of {string.Join(", ", Enum.GetValues<T>().Select(CodeOf))}.");
    }

    public IEnumerable<VectorInput> List(string name) => Find(name) is not { } field ? []
        : field.ValueKind == JsonValueKind.Array ? field.EnumerateArray().Select(item => new VectorInput(item))
        : throw new FormatException($"{name} is no list.");

    public T Need<T>(Func<string, T?> read, string name) where T : struct => read(name) ?? throw new FormatException($"{name} is missing.");

    public static string CodeOf<T>(T value) where T : struct, Enum => JsonNamingPolicy.SnakeCaseUpper.ConvertName(value.ToString());

    /// <summary>An instant, or null when the text is none or leaves its offset to the reader.</summary>
    public static DateTimeOffset? InstantOf(string text)
    {
        var time = text.IndexOf('T', StringComparison.Ordinal);
        return time > 0 && text.AsSpan(time).IndexOfAny("Z+-") > 0 && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var instant) ? instant : null;
    }

    private JsonElement? Find(string name) => _fields.TryGetProperty(name, out var field) && field.ValueKind != JsonValueKind.Null ? field : null;
}
