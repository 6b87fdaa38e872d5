using System.Globalization;
using System.Text;
using System.Xml;

namespace Registry.Documents;

/// <summary>A row that says something, under the number it has in its file.</summary>
public sealed record SourceRow(int Number, List<string?> Cells)
{
    public string? At(int column) => column < Cells.Count ? Cells[column] : null;
}

/// <summary>A cell that cannot be taken as it stands; the message is a key.</summary>
public sealed record SourceFault(int Row, int Column, string Message);

/// <summary>Cells that were made one: from the first to the last row and column, all counted from the top left.</summary>
public sealed record SourceMerge(int FirstRow, int FirstColumn, int LastRow, int LastColumn)
{
    public string Place => $"{SourceTable.Letters(FirstColumn)}{FirstRow}:{SourceTable.Letters(LastColumn)}{LastRow}";

    public bool Overlaps(SourceMerge other) => FirstRow <= other.LastRow && other.FirstRow <= LastRow && FirstColumn <= other.LastColumn && other.FirstColumn <= LastColumn;
}

/// <summary>A sheet that somebody brought: texts as they are read, days as 2026-11-22, numbers with a point. Columns are counted from 0, rows from 1.</summary>
public sealed record SourceTable(string Name, List<SourceRow> Rows, List<SourceFault> Faults, List<SourceMerge> Merges, bool From1904 = false)
{
    public int Columns => Rows.Count == 0 ? 0 : Rows.Max(row => row.Cells.Count);

    /// <summary>"A", "B"… "AA": what people call a column.</summary>
    public static string Letters(int index) => (index >= 26 ? Letters(index / 26 - 1) : "") + (char)('A' + index % 26);

    /// <summary>A day that a spreadsheet counts; null when no calendar has it.</summary>
    public static DateTime? Day(double serial, bool from1904)
    {
        if (serial is < 0 or > 2_958_465) return null;
        // Excel takes 1900 for a leap year: before March of that year its days are one behind.
        return from1904 ? new DateTime(1904, 1, 1).AddDays(serial) : new DateTime(1899, 12, 30).AddDays(serial < 60 ? serial + 1 : serial);
    }

    public static string Text(DateTime moment) =>
        moment.ToString(moment.TimeOfDay < TimeSpan.FromSeconds(1) ? "yyyy-MM-dd" : "yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture);
}

/// <summary>Why a file is not read at all, with its place; the message is a key. Thrown from inside the readers and caught where they are called.</summary>
public sealed class UnreadableTableException(string message, params object[] arguments) : Exception(message)
{
    public object[] Arguments { get; } = arguments;
}

/// <summary>Counts what is read against the limits of S-15, so that reading stops where the limit is met and not at the end of the file.</summary>
public sealed class SourceLimits
{
    public const int MostRows = 20_000, MostColumns = 200, MostTables = 100, MostText = 20_000_000, MostFaults = 2000, MostMerges = 2000;

    private readonly char[] _piece = new char[4096];
    private int _rows, _faults, _merges;
    private long _text;

    public void Row(string table)
    {
        if (++_rows > MostRows) throw new UnreadableTableException(TooManyRows, table, MostRows);
    }

    public void Cell(string table, int row, int column, string text)
    {
        if (column >= MostColumns) throw new UnreadableTableException(TooManyColumns, table, row, MostColumns);
        Text(text.Length);
    }

    /// <summary>What a hidden sheet says takes its room too.</summary>
    public void Text(int length)
    {
        Growing(length);
        _text += length;
    }

    /// <summary>A text that is still being put together: a few signs of a file can stand for millions.</summary>
    public void Growing(long length)
    {
        if (_text + length > MostText) throw new UnreadableTableException(TooMuchText, MostText / 1_000_000);
    }

    /// <summary>A single text may be as long as its file: it is taken piece by piece.</summary>
    public void Append(StringBuilder text, XmlReader xml)
    {
        while (xml.ReadValueChunk(_piece, 0, _piece.Length) is var read and > 0)
        {
            text.Append(_piece, 0, read);
            Growing(text.Length);
        }
    }

    public void Fault(SourceTable table, int row, int column, string message)
    {
        if (++_faults > MostFaults) throw new UnreadableTableException(TooManyFaults, table.Name, MostFaults);
        table.Faults.Add(new(row, column, message));
    }

    /// <summary>A place written backwards is none, and beyond the last column nothing can stand. No program writes places that overlap: a cell is in one of them at most.</summary>
    public void Merge(SourceTable table, int firstRow, int firstColumn, long lastRow, long lastColumn)
    {
        if (lastRow < firstRow || lastColumn < firstColumn || firstColumn >= MostColumns) return;
        if (++_merges > MostMerges) throw new UnreadableTableException(TooManyMerges, table.Name, MostMerges);
        var merge = new SourceMerge(firstRow, firstColumn, (int)Math.Min(int.MaxValue / 2, lastRow), (int)Math.Min(MostColumns - 1, lastColumn));
        if (table.Merges.Exists(merge.Overlaps)) throw new UnreadableTableException(Broken);
        table.Merges.Add(merge);
    }

    public const string TooManyRows = "La feuille « {0} » dépasse {1} lignes. Découpez le fichier et importez-le en plusieurs fois.";
    public const string TooManyColumns = "La feuille « {0} » dépasse {2} colonnes (ligne {1}). Supprimez les colonnes qui ne servent pas.";
    public const string TooMuchText = "Le fichier contient plus de {0} millions de caractères. Découpez-le et importez-le en plusieurs fois.";
    public const string TooManyTables = "Le classeur a plus de {0} feuilles. Gardez celles qui servent.";
    public const string TooManyFaults = "La feuille « {0} » a plus de {1} cellules en erreur. Corrigez-les dans votre tableur avant de l’importer.";
    public const string TooManyMerges = "La feuille « {0} » a plus de {1} groupes de cellules fusionnées. Défusionnez-les avant de l’importer.";
    public const string Broken = "Ce fichier est abîmé ou n’est pas ce que dit son nom. Ouvrez-le dans votre tableur et enregistrez-le de nouveau.";
    public const string NoFormulaValue = "La cellule contient une formule dont le résultat n’est pas enregistré : ouvrez le fichier dans votre tableur et enregistrez-le de nouveau, ou écrivez la valeur.";
    public const string ErrorValue = "La cellule contient une erreur de calcul : écrivez la valeur.";
    public const string SpoiltAccents = "Ligne {0} : les accents sont abîmés (« {1} »). Enregistrez le fichier au format CSV UTF-8, ou en XLSX.";
    public const string OpenQuote = "Ligne {0} : un guillemet ouvert n’est jamais fermé.";

    public static IReadOnlyList<string> AllMessageKeys { get; } =
        [TooManyRows, TooManyColumns, TooMuchText, TooManyTables, TooManyFaults, TooManyMerges, Broken, NoFormulaValue, ErrorValue, SpoiltAccents, OpenQuote];
}
