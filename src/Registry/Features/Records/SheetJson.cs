using System.Collections;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Registry.Features.Records;

/// <summary>How a sheet is written: what is empty is left out, so that a field added to the product later changes no hash of a frozen version.</summary>
public static class SheetJson
{
    public static JsonSerializerOptions Options { get; } = CreateOptions();

    public static string Write(Sheet sheet) => JsonSerializer.Serialize(sheet, Options);

    public static Sheet Read(string json) =>
        JsonSerializer.Deserialize<Sheet>(json, Options) ?? throw new JsonException("A sheet is an object, not null.");

    /// <summary>A thing that is one part by itself, written by the same rules.</summary>
    public static T ReadPart<T>(string json) => JsonSerializer.Deserialize<T>(json, Options) ?? throw new JsonException("A document is an object, not null.");

    /// <summary>The one text of this content: properties in alphabetical order, nothing empty, no space. Two equal sheets give equal texts.</summary>
    public static string Canonical(Sheet sheet) =>
        (Sorted(JsonSerializer.SerializeToNode(sheet, Options), keepEmpty: true) ?? new JsonObject()).ToJsonString(Options);

    /// <summary>Tells two states of one part apart.</summary>
    public static string HashOf(object part) => Sha256(WritePart(part));

    public static string WritePart(object part) => JsonSerializer.Serialize(part, part.GetType(), Options);

    public static object ReadPart(string json, Type type) =>
        JsonSerializer.Deserialize(json, type, Options) ?? throw new JsonException("A part is an object, not null.");

    public static string Sha256(string canonical) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)));

    private static JsonNode? Sorted(JsonNode? node, bool keepEmpty)
    {
        switch (node)
        {
            case JsonObject content:
                var sorted = new JsonObject();
                foreach (var (name, value) in content.OrderBy(property => property.Key, StringComparer.Ordinal))
                    if (Sorted(value, keepEmpty: false) is { } kept && !IsEmptyText(kept)) sorted[name] = kept;
                return keepEmpty || sorted.Count > 0 ? sorted : null;
            case JsonArray rows:
                // A row keeps its place even when it says nothing: the numbers of the rows after it are part of the content.
                return new JsonArray([.. rows.Select(row => Sorted(row, keepEmpty: true))]);
            default:
                return node?.DeepClone();
        }
    }

    private static bool IsEmptyText(JsonNode node) => node is JsonValue value && value.TryGetValue<string>(out var text) && text.Length == 0;

    private static JsonSerializerOptions CreateOptions()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.General)
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            // Accents stay readable in the database. The text is never written into a page as it is.
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { LeaveOutEmpty, KeepListsWhole } },
        };
        options.MakeReadOnly();
        return options;
    }

    private static void LeaveOutEmpty(JsonTypeInfo type)
    {
        foreach (var property in type.Properties)
        {
            if (property.PropertyType == typeof(bool))
                property.ShouldSerialize = static (_, value) => value is true;
            else if (typeof(IList).IsAssignableFrom(property.PropertyType))
                property.ShouldSerialize = static (_, value) => value is IList { Count: > 0 };
        }
    }

    // A hand-made or older document may say null where the program relies on a list or a section.
    private static void KeepListsWhole(JsonTypeInfo type)
    {
        foreach (var property in type.Properties)
        {
            if (property.Set is not { } set || property.PropertyType == typeof(string) || !property.PropertyType.IsClass) continue;
            property.Set = (target, value) => { if (value is not null) set(target, value); };
        }
    }
}
