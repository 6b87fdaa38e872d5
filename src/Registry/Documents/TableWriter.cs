namespace Registry.Documents;

/// <summary>A column of a table: its head and how wide it opens, in characters.</summary>
public sealed record TableColumn(string Title, int Width);

/// <summary>What the reader of a file must know of it: what, when, by whom, under which filter. <c>Footer</c> goes on each printed page.</summary>
public sealed record TableAbout(string Title, IReadOnlyList<(string Label, object? Value)> Lines, string Footer);

/// <summary>
/// A table that is written row by row and never held: text, int, DateOnly, DateTime (local time of the reader) or null. What begins like a formula
/// stays a text wherever the file is opened (S-14). The writer owns neither the stream nor what the cells mean.
/// </summary>
public abstract class TableWriter : IDisposable
{
    public static TableWriter Open(TableFormat format, Stream stream, string name, IReadOnlyList<TableColumn> columns) => format switch
    {
        TableFormat.Csv => new CsvTable(stream, columns),
        TableFormat.Xlsx => new XlsxTable(stream, name, columns),
        _ => new OdsTable(stream, name, columns),
    };

    public abstract void Row(IReadOnlyList<object?> cells);

    /// <summary>What comes after the last row, and the page "À propos" where the format has pages.</summary>
    public abstract void Finish(TableAbout about);

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected abstract void Dispose(bool disposing);
}

public enum TableFormat { Csv, Xlsx, Ods }
