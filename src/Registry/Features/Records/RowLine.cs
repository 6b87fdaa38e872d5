using System.Collections.Concurrent;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Localization;
using Registry.Facts;
using Registry.Features.Shared;

namespace Registry.Features.Records;

/// <summary>
/// One row of a list as one line of a cell: "Agents ; Précision : titulaires ; Mineurs". What comes first may stand without its name when it reads back as
/// the same field; a semicolon inside a value is doubled, so that a line tells its values apart whatever they say.
/// </summary>
public sealed partial class RowLine(IStringLocalizer t)
{
    public const string Between = " ; ";

    private readonly ConcurrentDictionary<Type, IReadOnlyList<(string Name, PropertyInfo Field)>> _names = new();

    public string Write(object row, Sheet sheet)
    {
        var parts = new List<string>();
        foreach (var field in Fields(row.GetType()))
        {
            var value = field.GetValue(row);
            if (value is false && field.PropertyType == typeof(bool)) continue;
            var text = Spoken(field, value, sheet).Replace('\n', ' ');
            if (text.Length == 0) continue;
            var name = t.Get(SheetLabels.Name(field));
            var written = Run().Replace(text, run => run.Value + ";");
            if (value is true && field.PropertyType == typeof(bool) && parts.Count > 0) parts.Add(name);
            else parts.Add(parts.Count == 0 && StandsAlone(row.GetType(), text) == field ? written : t.Get("{0} : {1}", name, written));
        }
        return string.Join(Between, parts);
    }

    /// <summary>The row that the line tells, or what in it cannot be read, as a message key with its argument.</summary>
    public (object? Row, string? Fault, string? Text) Read(Type type, string line, Sheet sheet, bool from1904 = false)
    {
        var row = Activator.CreateInstance(type)!;
        var values = new List<(PropertyInfo Field, StringBuilder Text)>();
        foreach (var part in line.Split(Between))
        {
            if (Named(type, part) is { } named) values.Add((named.Field, new(named.Text)));
            else if (values.Count > 0) values[^1].Text.Append(Between).Append(part);  // written by hand, with a semicolon of its own
            else if (StandsAlone(type, part.Trim()) is { } alone) values.Add((alone, new(part)));
            else return (null, SheetTyping.NotInList, part.Trim());
        }
        foreach (var (field, text) in values)
        {
            var said = Run().Replace(text.ToString(), run => run.Length > 1 ? run.Value[..^1] : run.Value);
            if (field.PropertyType == typeof(List<string>))
            {
                var lines = (List<string>)field.GetValue(row)!;
                foreach (var one in said.Split(Between))
                {
                    var (code, fault) = SheetTyping.Read(field, one);
                    if (fault is not null) return (null, fault, one.Trim());
                    if (code is string { Length: > 0 } known) lines.Add(known);
                }
                continue;
            }
            var (value, wrong) = field.Name == nameof(DataCategoryRow.RetentionRule) ? Rule(said.Trim(), sheet) : SheetTyping.Read(field, said, from1904);
            if (wrong is not null) return (null, wrong, said.Trim());
            if (value is not null) field.SetValue(row, value);
        }
        return (row, null, null);
    }

    /// <summary>Whether a line is written in this way, by the names of its values.</summary>
    public bool Tells(Type type, string line) => line.Contains(Between, StringComparison.Ordinal) && line.Split(Between).Skip(1).Any(part => Named(type, part) is not null);

    /// <summary>Which field a text without a name is meant for: the first whose list knows it, or that takes any text.</summary>
    public PropertyInfo? StandsAlone(Type type, string text)
    {
        var folded = Folding.Fold(text);
        if (_names.GetOrAdd(type, Both).Any(one => (folded == one.Name && one.Field.PropertyType == typeof(bool)) || (text.Contains(':') && folded.StartsWith(one.Name + " ", StringComparison.Ordinal)))) return null;
        return Fields(type).FirstOrDefault(field => field.PropertyType == typeof(string) && field.Name != nameof(DataCategoryRow.RetentionRule)
            && (SheetTyping.IsFree(field) || SheetTyping.Read(field, text).Fault is null));
    }

    public const string NoSuchRule = "« {0} » n’est pas une durée de conservation de cette ligne.";

    /// <summary>A rule is named by what it is for; where that does not tell it apart, by its place.</summary>
    private static (string? Id, string? Fault) Rule(string text, Sheet sheet)
    {
        if (Place().Match(text) is { Success: true } place && int.TryParse(place.Groups[1].Value, out var number) && number >= 1 && number <= sheet.Retention.Rules.Count)
            return (sheet.Retention.Rules[number - 1].Id, null);
        var found = sheet.Retention.Rules.FindAll(rule => string.Equals(rule.Scope?.Trim(), text, StringComparison.Ordinal));
        if (found.Count == 0) found = sheet.Retention.Rules.FindAll(rule => Folding.Fold(rule.Scope ?? "") == Folding.Fold(text));
        return found.Count > 0 ? (found[0].Id, null) : (null, NoSuchRule);
    }

    private string Spoken(PropertyInfo field, object? value, Sheet sheet)
    {
        if (field.Name != nameof(DataCategoryRow.RetentionRule) || value is not string { Length: > 0 } id) return SheetValues.Text(field, value, sheet, key => t.Get(key));
        var place = sheet.Retention.Rules.FindIndex(rule => rule.Id == id);
        if (place < 0) return "";  // a rule that is gone
        var scope = sheet.Retention.Rules[place].Scope?.Replace('\n', ' ').Trim() ?? "";
        return scope.Length > 0 && Rule(scope, sheet).Id == id && !Place().IsMatch(scope) ? scope : $"n° {place + 1}";
    }

    private (PropertyInfo Field, string Text)? Named(Type type, string part)
    {
        var names = _names.GetOrAdd(type, Both);
        part = part.TrimStart();
        // Folding shortens a name by its accents and signs, never by half.
        var farthest = 2 * names.Max(one => one.Name.Length);
        for (var colon = part.IndexOf(':'); colon >= 0 && colon <= farthest; colon = part.IndexOf(':', colon + 1))
        {
            var head = Folding.Fold(part.AsSpan(0, colon));
            if (names.FirstOrDefault(one => one.Name == head) is { Field: { } field }) return (field, part[(colon + 1)..].Trim());
        }
        var whole = Folding.Fold(part);
        return names.FirstOrDefault(one => one.Name == whole && one.Field.PropertyType == typeof(bool)) is { Field: { } tick } ? (tick, "oui") : null;
    }

    private IReadOnlyList<(string, PropertyInfo)> Both(Type type) =>
        [.. Fields(type).SelectMany(field => new[] { (Folding.Fold(SheetLabels.Name(field)), field), (Folding.Fold(Languages.In("en", () => t.Get(SheetLabels.Name(field)))), field) })];

    private static IEnumerable<PropertyInfo> Fields(Type type) => SheetText.Fields(type).Where(field => !field.IsDefined(typeof(RowKeyAttribute)));

    [GeneratedRegex("(?<=^| );+(?= |$)", RegexOptions.CultureInvariant, 2000)]
    private static partial Regex Run();

    [GeneratedRegex(@"\An°[\s\u00A0\u202F]*([0-9]{1,3})\z", RegexOptions.CultureInvariant, 2000)]
    private static partial Regex Place();
}
