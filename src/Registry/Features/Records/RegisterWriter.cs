using Registry.Documents;

namespace Registry.Features.Records;

public enum RegisterFormat { Xlsx, Ods, Csv, Json }

/// <summary>Writes registers to a file, body after body and entry after entry, so that none is ever held whole.</summary>
public abstract class RegisterWriter : IDisposable
{
    public static RegisterWriter Open(RegisterFormat format, Stream stream, RegisterColumns columns, RegisterAbout about, bool notes) => format switch
    {
        RegisterFormat.Json => new RegisterJson(stream, about, notes),
        RegisterFormat.Xlsx => new RegisterTable(TableFormat.Xlsx, stream, columns, about),
        RegisterFormat.Ods => new RegisterTable(TableFormat.Ods, stream, columns, about),
        _ => new RegisterTable(TableFormat.Csv, stream, columns, about),
    };

    public static string Extension(RegisterFormat format) => format switch
    {
        RegisterFormat.Xlsx => "xlsx",
        RegisterFormat.Ods => "ods",
        RegisterFormat.Csv => "csv",
        _ => "json",
    };

    public static string MediaType(RegisterFormat format) => format switch
    {
        RegisterFormat.Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        RegisterFormat.Ods => OdsTable.Kind,
        RegisterFormat.Csv => "text/csv; charset=utf-8",
        _ => "application/json",
    };

    public int Entries { get; private set; }

    public abstract void Begin(RegisterBody body);

    public void Add(RegisterBody body, RegisterEntry entry)
    {
        Write(body, entry);
        Entries++;
    }

    public abstract void Finish();

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected abstract void Write(RegisterBody body, RegisterEntry entry);

    protected abstract void Dispose(bool disposing);
}

/// <summary>What the file says of itself. The lines are for people, the rest for programs.</summary>
/// <param name="Text">VERSIONS_IN_FORCE, WORKING_SHEETS or ON_DAY.</param>
public sealed record RegisterAbout(
    string Title, string Text, DateTimeOffset At, string By, string? Search, string? Group, DateOnly? Day, IReadOnlyList<(string Label, object? Value)> Lines, string CountLabel, string Footer);

/// <summary>The registers as one table.</summary>
public sealed class RegisterTable(TableFormat format, Stream stream, RegisterColumns columns, RegisterAbout about) : RegisterWriter
{
    private readonly TableWriter _table = TableWriter.Open(format, stream, "Registre", columns.Heads);

    public override void Begin(RegisterBody body)
    {
    }

    public override void Finish() => _table.Finish(new TableAbout(about.Title, [.. about.Lines, (about.CountLabel, Entries)], about.Footer));

    protected override void Write(RegisterBody body, RegisterEntry entry) => _table.Row(columns.Row(body, entry));

    protected override void Dispose(bool disposing)
    {
        if (disposing) _table.Dispose();
    }
}
