using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using Microsoft.Extensions.Localization;
using Registry.Documents;
using Registry.Features.Shared;

namespace Registry.Features.Records;

/// <summary>
/// A register as a table: what the record is and where it stands, then every field of the sheet, drawn from the sheet's own description so that
/// a new field is exported without anyone remembering. A list stands in one cell, one line for each row.
/// </summary>
public sealed class RegisterColumns(IStringLocalizer t, bool notes, string? copyOf = null)
{
    private sealed record Column(string Title, int Width, Func<RegisterBody, RegisterEntry, Sheet, object?> Cell)
    {
        public (SheetSection Section, PropertyInfo Field)? Of { get; init; }
    }

    private const int Short = 12, Usual = 24, Wide = 48;

    private readonly IReadOnlyList<Column> _columns = Distinct([.. Standing(t), .. Fields(t, notes), .. Stamp(t), .. Copy(t, copyOf)]);

    public IReadOnlyList<TableColumn> Heads => [.. _columns.Select(column => new TableColumn(column.Title, column.Width))];

    /// <summary>The field that each column holds, in the order of the heads; null for what the file says of the record itself.</summary>
    public IReadOnlyList<(SheetSection Section, PropertyInfo Field)?> FieldsOf => [.. _columns.Select(column => column.Of)];

    public IReadOnlyList<object?> Row(RegisterBody body, RegisterEntry entry)
    {
        var sheet = entry.ReadSheet(notes);
        return [.. _columns.Select(column => column.Cell(body, entry, sheet))];
    }

    private static IEnumerable<Column> Standing(IStringLocalizer t)
    {
        yield return new(t.Get("Organisme"), Usual, (body, _, _) => body.Name);
        yield return new(t.Get("SIREN"), Short, (body, _, _) => body.Siren);
        yield return new(t.Get("Code INSEE"), Short, (body, _, _) => body.InseeCode);
        yield return new(t.Get("Référence"), Short, (_, entry, _) => entry.Reference);
        yield return new(t.Get("État"), Short, (_, entry, _) => entry.Status is { } code && RecordStates.Parse(code) is { } state ? t.Get(RecordStates.Face(state).WordKey) : null);
        yield return new(t.Get("Texte"), Short, (_, entry, _) => entry.VersionNumber is { } number ? t.Get("version {0}", number) : t.Get("fiche de travail"));
        yield return new(t.Get("Version publiée"), Short, (_, entry, _) => entry.PublishedVersion);
        yield return new(t.Get("Publiée le"), Short, (body, entry, _) => Local(body, entry.PublishedAt));
        yield return new(t.Get("Publiée par"), Usual, (_, entry, _) => entry.PublishedBy);
        yield return new(t.Get("Validée par"), Usual, (_, entry, _) => entry.ValidatedBy);
        yield return new(t.Get("Ce qui change dans cette version"), Usual, (_, entry, _) => entry.ChangeSummary);
        yield return new(t.Get("Prochaine révision"), Short, (_, entry, _) => entry.NextReviewOn);
        yield return new(t.Get("Fin du traitement"), Short, (_, entry, _) => entry.EndedOn);
        yield return new(t.Get("Devenir des données"), Usual, (_, entry, _) => ActForm.Fates.FirstOrDefault(fate => fate.Value == entry.DataFate) is { } fate ? t.Get(fate.Label) : null);
        yield return new(t.Get("Ajoutée le"), Short, (body, entry, _) => Local(body, entry.CreatedAt));
        yield return new(t.Get("Modifiée le"), Short, (body, entry, _) => Local(body, entry.UpdatedAt));
        yield return new(t.Get("Empreinte SHA-256"), Usual, (_, entry, _) => entry.Sha256);
        yield return new(t.Get("Modèle de la bibliothèque"), Usual, (_, _, sheet) => sheet.ModelCode);
    }

    private static IEnumerable<Column> Fields(IStringLocalizer t, bool notes)
    {
        var lines = new RowLine(t);
        return from section in SheetSections.All
            from field in SheetText.Fields(section.Type)
            where !field.IsDefined(typeof(RowKeyAttribute)) && (notes || field.Name != nameof(PublicationSection.InternalNotes))
            select new Column(t.Get(SheetLabels.Name(field)), WidthOf(field), (_, _, sheet) => Value(t, lines, field, field.GetValue(section.Get(sheet)), sheet)) { Of = (section, field) };
    }

    // The approvals of the stamp repeat the columns of the version.
    private static IEnumerable<Column> Stamp(IStringLocalizer t) =>
        from field in typeof(VersionStamp).GetProperties()
        where field.Name is not (nameof(VersionStamp.ValidatedBy) or nameof(VersionStamp.PublishedBy))
        select new Column(t.Get(SheetLabels.Name(field)), Usual, (_, _, sheet) => sheet.Stamp is { } stamp ? field.GetValue(stamp) : null);

    // An auditor's copy says on every line whose it is.
    private static IEnumerable<Column> Copy(IStringLocalizer t, string? copyOf)
    {
        if (copyOf is not null) yield return new(t.Get("Copie remise à"), Usual, (_, _, _) => copyOf);
    }

    private static int WidthOf(PropertyInfo field) => field.PropertyType switch
    {
        var type when type == typeof(bool) || type == typeof(bool?) || type == typeof(int?) || type == typeof(DateOnly?) => Short,
        var type when typeof(IList).IsAssignableFrom(type) || field.GetCustomAttribute<DataTypeAttribute>()?.DataType == DataType.MultilineText => Wide,
        _ => Usual,
    };

    private static object? Value(IStringLocalizer t, RowLine line, PropertyInfo field, object? value, Sheet sheet)
    {
        switch (value)
        {
            case null or "" or IList { Count: 0 }:
                return null;
            case DateOnly or int:
                return value;
            case false when field.PropertyType == typeof(bool):
                return null;  // a box left empty is no answer
            case IList rows when SheetLabels.RowType(field.PropertyType) is not null:
                return string.Join('\n', rows.Cast<object>().Select(row => line.Write(row, sheet)));
            case List<string> lines:
                return string.Join('\n', lines.Select(one => SheetValues.Text(field, one, sheet, key => t.Get(key))));
            default:
                return SheetValues.Text(field, value, sheet, key => t.Get(key));
        }
    }

    private static DateTime? Local(RegisterBody body, DateTimeOffset? moment) => moment is { } at ? TimeZoneInfo.ConvertTime(at, body.Zone).DateTime : null;

    // A spreadsheet that filters by head needs each head once.
    private static IReadOnlyList<Column> Distinct(IReadOnlyList<Column> columns)
    {
        var seen = new Dictionary<string, int>();
        return [.. columns.Select(column =>
        {
            var times = seen[column.Title] = seen.GetValueOrDefault(column.Title) + 1;
            return times == 1 ? column : column with { Title = $"{column.Title} ({times})" };
        })];
    }
}
