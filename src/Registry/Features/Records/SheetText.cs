using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text;
using Registry.Features.Shared;

namespace Registry.Features.Records;

/// <summary>A field that cannot be accepted, by the path under which a form posts it (<c>LegalBases[1].Reference</c>).</summary>
public sealed record FieldError(string Path, string MessageKey, params object[] Arguments)
{
    public string Message => string.Format(CultureInfo.InvariantCulture, MessageKey, Arguments);
}

/// <summary>
/// Brings a section that came from a form or a file into the one shape that is stored, and says which fields cannot be: text in NFC and
/// trimmed, lines ended by LF, rows that say nothing dropped, control characters refused (S-10), annotations checked to the last row.
/// </summary>
public static class SheetText
{
    public const string TooManyRows = "Cette liste ne peut pas dépasser {1} lignes.";

    /// <summary>More than any honest sheet has; comparing two sheets goes through all pairs of rows.</summary>
    public const int MostRows = 200;

    /// <summary>Every message that a field of a sheet can get, for the test that looks for its English.</summary>
    public static IReadOnlyList<string> AllMessageKeys =>
        [TypedText.HiddenCharacter, TooManyRows, .. SheetSections.All.SelectMany(section => Messages(section.Type)).Distinct()];

    public static IReadOnlyList<FieldError> Clean(object section)
    {
        var errors = new List<FieldError>();
        CleanObject(section, "", errors);
        if (section is RetentionSection retention) retention.NameRules();
        return errors;
    }

    /// <summary>All sections; paths start with the section's property of the sheet (<c>Purposes.LegalBases[1].Reference</c>).</summary>
    public static IReadOnlyList<FieldError> Clean(Sheet sheet)
    {
        var errors = new List<FieldError>();
        CleanObject(sheet, "", errors);
        sheet.Retention.NameRules();
        return errors;
    }

    /// <summary>True when nothing was said: no text, no box ticked, no row with content, no question answered.</summary>
    public static bool IsEmpty(object? value) => value switch
    {
        null => true,
        string text => string.IsNullOrWhiteSpace(text),
        bool ticked => !ticked,
        IEnumerable rows => rows.Cast<object?>().All(IsEmpty),
        _ when IsPart(value.GetType()) => Fields(value.GetType()).All(field =>
            field.IsDefined(typeof(RowKeyAttribute)) || (IsAnswer(field, value) is { } answered ? !answered : IsEmpty(field.GetValue(value)))),
        _ => false,
    };

    internal static IEnumerable<PropertyInfo> Fields(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(field => field.CanRead && field.SetMethod is { IsPublic: true });

    /// <summary>A section or a row of one: what this walk goes into, as opposed to a value that it takes as it is.</summary>
    internal static bool IsPart(Type type) => type.IsClass && type.Assembly == typeof(Sheet).Assembly;

    // "No" to a question is an answer; a box left empty is not.
    private static bool? IsAnswer(PropertyInfo field, object owner) =>
        field.PropertyType == typeof(bool?) ? field.GetValue(owner) is not null : null;

    private static void CleanObject(object part, string prefix, List<FieldError> errors)
    {
        foreach (var field in Fields(part.GetType()))
        {
            var path = prefix + field.Name;
            var before = errors.Count;
            switch (field.GetValue(part))
            {
                case string text:
                    field.SetValue(part, CleanText(text, IsMultiline(field), path, errors));
                    break;
                case List<string> lines:
                    CleanLines(lines, IsMultiline(field), path, errors);
                    break;
                case IList rows:
                    CleanRows(rows, path, errors);
                    break;
                case { } inner when IsPart(inner.GetType()):
                    CleanObject(inner, path + ".", errors);
                    break;
            }
            // One message a field: what cannot be read is not also too long.
            if (errors.Count == before) Annotations(part, field, path, errors);
        }
    }

    private static void CleanRows(IList rows, string path, List<FieldError> errors)
    {
        for (var index = rows.Count - 1; index >= 0; index--)
            if (IsEmpty(rows[index])) rows.RemoveAt(index);
        if (IsTooLong(rows, path, errors)) return;
        for (var index = 0; index < rows.Count; index++)
            CleanObject(rows[index]!, $"{path}[{index}].", errors);
    }

    private static void CleanLines(List<string> lines, bool multiline, string path, List<FieldError> errors)
    {
        lines.RemoveAll(string.IsNullOrWhiteSpace);
        if (IsTooLong(lines, path, errors)) return;
        for (var index = 0; index < lines.Count; index++)
            lines[index] = CleanText(lines[index], multiline, $"{path}[{index}]", errors) ?? "";
    }

    private static bool IsTooLong(IList rows, string path, List<FieldError> errors)
    {
        if (rows.Count <= MostRows) return false;
        errors.Add(new FieldError(path, TooManyRows, path, MostRows));
        return true;
    }

    private static string? CleanText(string text, bool multiline, string path, List<FieldError> errors)
    {
        var lines = text.Replace("\r\n", "\n").Replace('\r', '\n');
        if (!multiline) lines = lines.Replace('\n', ' ').Replace('\t', ' ');
        if (TypedText.HasHidden(lines, lines: true))
        {
            errors.Add(new FieldError(path, TypedText.HiddenCharacter));
            return text;
        }
        var trimmed = lines.Normalize(NormalizationForm.FormC).Trim();
        return trimmed.Length == 0 ? null : trimmed;
    }

    private static bool IsMultiline(PropertyInfo field) =>
        field.GetCustomAttribute<DataTypeAttribute>()?.DataType == DataType.MultilineText;

    private static void Annotations(object part, PropertyInfo field, string path, List<FieldError> errors)
    {
        var value = field.GetValue(part);
        var failed = Checks(field).FirstOrDefault(rule => !rule.IsValid(value));
        if (failed is not null) errors.Add(new FieldError(path, failed.ErrorMessage!, [SheetLabels.Name(field), .. Limits(failed)]));
    }

    // The kind of text says how it is typed and refuses nothing, though the framework counts it among the checks.
    private static IEnumerable<ValidationAttribute> Checks(PropertyInfo field) =>
        field.GetCustomAttributes<ValidationAttribute>().Where(rule => rule is not DataTypeAttribute);

    // The numbers as the framework gives them to a message: {0} is the field.
    private static object[] Limits(ValidationAttribute rule) => rule switch
    {
        StringLengthAttribute length => [length.MaximumLength],
        RangeAttribute range => [range.Minimum, range.Maximum],
        EachAtMostAttribute each => [each.Length],
        _ => [],
    };

    private static IEnumerable<string> Messages(Type type) => Fields(type).SelectMany(field =>
        Checks(field).Select(rule => rule.ErrorMessage!)
            .Concat(SheetLabels.RowType(field.PropertyType) is { } row ? Messages(row) : []));
}
