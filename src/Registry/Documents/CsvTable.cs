using System.Globalization;
using System.Text;

namespace Registry.Documents;

/// <summary>RFC 4180 with the semicolon that French spreadsheets expect, every cell quoted, UTF-8 with its mark (S-14). Days as 2026-11-22.</summary>
public sealed class CsvTable : TableWriter
{
    private readonly StreamWriter _writer;

    public CsvTable(Stream stream, IReadOnlyList<TableColumn> columns)
    {
        _writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true);
        Row([.. columns.Select(column => column.Title)]);
    }

    public override void Row(IReadOnlyList<object?> cells)
    {
        for (var i = 0; i < cells.Count; i++)
        {
            if (i > 0) _writer.Write(';');
            _writer.Write('"');
            _writer.Write(Text(cells[i]).Replace("\"", "\"\"", StringComparison.Ordinal));
            _writer.Write('"');
        }
        _writer.Write("\r\n");
    }

    public override void Finish(TableAbout about) => _writer.Flush();

    protected override void Dispose(bool disposing)
    {
        if (disposing) _writer.Dispose();
    }

    private static string Text(object? cell) => cell switch
    {
        null => "",
        string text => CellText.Quoted(text),
        int number => number.ToString(CultureInfo.InvariantCulture),
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTime moment => moment.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
        _ => throw new ArgumentException($"A cell does not hold {cell.GetType()}.", nameof(cell)),
    };
}
