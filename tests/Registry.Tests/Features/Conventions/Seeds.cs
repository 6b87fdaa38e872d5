using System.Text.Json;
using System.Text.Json.Nodes;
using Registry.Features.Conventions;

namespace Registry.Tests.Features.Conventions;

/// <summary>The data file of the four conventions, as it is shipped.</summary>
internal static class Seeds
{
    private static readonly string Text = Read();

    public static IReadOnlyList<JsonElement> All { get; } = [.. JsonDocument.Parse(Text).RootElement.GetProperty("conventions").EnumerateArray()];

    public static JsonElement Plouzane => All[0];
    public static JsonElement Druelle => All[1];
    public static JsonElement Cacl => All[2];
    public static JsonElement Pau => All[3];

    /// <summary>A copy that a test may change.</summary>
    public static JsonObject Copy(int index) => JsonNode.Parse(Text)!["conventions"]![index]!.AsObject();

    private static string Read()
    {
        using var stream = typeof(ConventionSheet).Assembly.GetManifestResourceStream("facts/conventions.json")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
