namespace Registry.Documents;

/// <summary>Short words for the plain dictionaries that fill a template.</summary>
public static class Filling
{
    public static Dictionary<string, object?> Of(params (string Name, object? Value)[] values) => values.ToDictionary(value => value.Name, value => value.Value);

    public static List<object?> Each<T>(IEnumerable<T> items, Func<T, object?> fill) => [.. items.Select(fill)];

    /// <summary>A cell that says nothing says so, and is no gap to complete.</summary>
    public static string Cell(string? text) => string.IsNullOrWhiteSpace(text) ? "–" : text;
}
