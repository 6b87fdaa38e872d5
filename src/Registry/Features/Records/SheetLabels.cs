using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.RegularExpressions;

namespace Registry.Features.Records;

/// <summary>
/// One table of what each field is called, for differences, the read view and forms alike. The words stand once, as the display name on the
/// field; they are message keys. Paths are those of forms without row numbers: <c>LegalBases.Reference</c>.
/// </summary>
public static partial class SheetLabels
{
    private static readonly Dictionary<(string Section, string Path), PropertyInfo> Fields =
        SheetSections.All.SelectMany(section => Walk(section.Type, "").Select(field => (section.Key, field.Path, field.Field)))
            .ToDictionary(field => (field.Key, field.Path), field => field.Field);

    public static IReadOnlyDictionary<(string Section, string Path), string> All { get; } =
        Fields.ToDictionary(field => field.Key, field => Name(field.Value));

    public static IReadOnlyList<string> AllMessageKeys { get; } =
        [.. All.Values.Concat(SheetSections.All.Select(section => section.Title)).Distinct()];

    /// <summary>The name of a field; row numbers in the path are read over.</summary>
    public static string Label(string sectionKey, string path) => All.GetValueOrDefault((sectionKey, WithoutRows(path)), path);

    public static PropertyInfo? Field(string sectionKey, string path) => Fields.GetValueOrDefault((sectionKey, WithoutRows(path)));

    internal static string Name(PropertyInfo field) => field.GetCustomAttribute<DisplayAttribute>()?.Name ?? field.Name;

    internal static Type? RowType(Type type) =>
        typeof(IList).IsAssignableFrom(type) && type.IsGenericType && SheetText.IsPart(type.GenericTypeArguments[0]) ? type.GenericTypeArguments[0] : null;

    private static string WithoutRows(string path) => RowNumber().Replace(path, "");

    private static IEnumerable<(string Path, PropertyInfo Field)> Walk(Type type, string prefix)
    {
        foreach (var field in SheetText.Fields(type).Where(field => !field.IsDefined(typeof(RowKeyAttribute))))
        {
            yield return (prefix + field.Name, field);
            if (RowType(field.PropertyType) is not { } row) continue;
            foreach (var inner in Walk(row, prefix + field.Name + ".")) yield return inner;
        }
    }

    [GeneratedRegex(@"\[[0-9]+\]", RegexOptions.CultureInvariant)]
    private static partial Regex RowNumber();
}
