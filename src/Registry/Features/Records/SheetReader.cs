using System.Collections;
using System.Reflection;
using Microsoft.Extensions.Localization;
using Registry.Features.Shared;

namespace Registry.Features.Records;

/// <summary>One field as read: a text, a list of lines, or a small table.</summary>
public sealed record ReadField(string Label, string? Text, IReadOnlyList<string>? Lines = null, ReadTable? Table = null);

public sealed record ReadTable(IReadOnlyList<string> Heads, IReadOnlyList<IReadOnlyList<string>> Rows);

/// <summary>Turns a part of the sheet into what a person reads, empty fields left out. New fields show up by themselves.</summary>
public sealed class SheetReader(IStringLocalizer t, Sheet sheet)
{
    /// <param name="section">A part of this sheet.</param>
    /// <param name="without">Names of fields that are shown elsewhere.</param>
    public IReadOnlyList<ReadField> Read(SheetSection section, IReadOnlySet<string>? without = null) => Read(section.Get(sheet), without);

    /// <summary>The same of a thing that is one part by itself.</summary>
    public IReadOnlyList<ReadField> Read(object part, IReadOnlySet<string>? without = null) =>
        [.. SheetText.Fields(part.GetType()).Where(field => !field.IsDefined(typeof(RowKeyAttribute)) && without?.Contains(field.Name) != true)
            .Select(field => Read(field, field.GetValue(part))).OfType<ReadField>()];

    private ReadField? Read(PropertyInfo field, object? value)
    {
        var label = t.Get(SheetLabels.Name(field));
        // "Non" to a question is an answer; a box left empty is not.
        if (SheetText.IsEmpty(value) && !(field.PropertyType == typeof(bool?) && value is false)) return null;
        if (SheetLabels.RowType(field.PropertyType) is { } row)
        {
            var table = Table(row, (IList)value!);
            // A table of one column is a list.
            return table.Heads.Count == 1 ? new(label, null, [.. table.Rows.Select(cells => cells[0])]) : new(label, null, Table: table);
        }
        if (value is List<string> { Count: > 0 } lines)
            return new(label, null, [.. lines.Select(line => SheetValues.Text(field, line, sheet, Say))]);
        return new(label, SheetValues.Text(field, value, sheet, Say));
    }

    private ReadTable Table(Type rowType, IList rows)
    {
        if (rowType == typeof(RetentionRule)) return Retention(rows.Cast<RetentionRule>());
        var fields = SheetText.Fields(rowType)
            .Where(field => !field.IsDefined(typeof(RowKeyAttribute)) && rows.Cast<object>().Any(row => !SheetText.IsEmpty(field.GetValue(row))))
            .ToList();
        return new([.. fields.Select(field => t.Get(SheetLabels.Name(field)))],
            [.. rows.Cast<object>().Select(row => (IReadOnlyList<string>)[.. fields.Select(field => Cell(field, field.GetValue(row)))])]);
    }

    // How long, from when and what then are one thought: three columns instead of ten.
    private ReadTable Retention(IEnumerable<RetentionRule> rules) => new(
        [t.Get("Pour"), t.Get("Base active"), t.Get("Puis"), t.Get("Source")],
        [.. rules.Select(rule => (IReadOnlyList<string>)
        [
            rule.Scope ?? "", Active(rule), Afterwards(rule),
            Joined(", ", rule.Source, rule.Confidence is null or "HIGH" ? null : SheetValues.Label("Confidence", rule.Confidence)),
        ])]);

    private string Active(RetentionRule rule) => string.IsNullOrEmpty(rule.ActiveDuration)
        ? rule.ActiveCriterion ?? t.Get("à compléter")
        : Joined(" · ", SheetValues.Duration(rule.ActiveDuration, Say), rule.ActiveTrigger is null ? null : t.Get("à partir de : {0}", SheetValues.Label("RetentionTrigger", rule.ActiveTrigger)), rule.ActiveCriterion);

    private string Afterwards(RetentionRule rule) => Joined(" · ",
        string.IsNullOrEmpty(rule.IntermediateDuration) ? null : t.Get("archivage intermédiaire {0}", SheetValues.Duration(rule.IntermediateDuration, Say)),
        rule.IntermediateNote,
        rule.Dua is { } whole ? t.Get("durée d’utilité administrative : {0}", SheetValues.Duration(whole.ToString(), Say)) : null,
        rule.Final is null ? t.Get("à choisir") : SheetValues.Label("FinalDisposition", rule.Final));

    private string Cell(PropertyInfo field, object? value) =>
        value is false && field.PropertyType == typeof(bool) ? "" : SheetValues.Text(field, value, sheet, Say);

    private static string Joined(string between, params string?[] parts) => string.Join(between, parts.Where(part => !string.IsNullOrWhiteSpace(part)));

    private string Say(string key) => t.Get(key);
}
