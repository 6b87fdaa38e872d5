using Registry.Documents;

namespace Registry.Features.Records;

/// <summary>Fields as they are read, for a document: a text, a list, or a table with its heads.</summary>
public static class ReadFields
{
    public static List<object?> Fill(IEnumerable<ReadField> fields) => Filling.Each(fields, field => (object?)Filling.Of(
        ("label", field.Label.TrimEnd(' ', ':', '\u00A0', '\u202F')),
        ("text", field.Lines is null && field.Table is null ? field.Text : null),
        ("lines", field.Lines?.Cast<object?>().ToList()),
        ("table", field.Table is { } table ? Filling.Of(("heads", table.Heads.Cast<object?>().ToList()),
            ("rows", Filling.Each(table.Rows, row => (object?)Filling.Of(("cells", row.Select(cell => (object?)Filling.Cell(cell)).ToList()))))) : null)));
}
