using Dapper;
using Npgsql;
using Registry.Archives;

namespace Registry.Tests.House;

/// <summary>Whatever an organisation has travels in its archive, or the reason stands beside its name (docs/decisions/0012): a question to the catalogue that answers with faults.</summary>
public static class TravellingRules
{
    /// <summary>Columns of bytes that are not sealed: they travel as they are.</summary>
    private static readonly Dictionary<string, string> Plain = new()
    {
        ["hand_over.archive"] = "the very file that was handed to an authority",
        ["request_file.name"] = "sealed under the file's own key: ArchiveSeals opens it with the file",
    };

    public static async Task<IReadOnlyList<string>> FaultsAsync(NpgsqlConnection connection)
    {
        var faults = new List<string>();
        IReadOnlyList<ArchiveTable> tables;
        try
        {
            tables = await ArchiveTable.ListAsync(connection);
        }
        catch (InvalidOperationException circle)
        {
            return [circle.Message];
        }
        var all = (await connection.QueryAsync<string>("select c.relname::text from pg_class c where c.relnamespace = 'app'::regnamespace and c.relkind in ('r', 'p')")).ToHashSet();
        faults.AddRange(all.Where(table => !ArchiveTable.Staying.ContainsKey(table) && tables.All(other => other.Name != table)).Select(table => $"{table}: it has no key by which its rows could be told apart in an archive, and no reason to stay (ArchiveTable.Staying)."));
        faults.AddRange(ArchiveTable.Staying.Keys.Where(table => !all.Contains(table)).Select(table => $"{table}: it stays at home and is not there: take it off the list."));

        var bytes = (await connection.QueryAsync<(string Table, string Column)>(
            """
            select c.relname::text, a.attname::text from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
             where c.relnamespace = 'app'::regnamespace and c.relkind in ('r', 'p') and a.atttypid in ('bytea'::regtype, 'bytea[]'::regtype)
            """)).Where(column => !ArchiveTable.Staying.ContainsKey(column.Table)).ToList();
        foreach (var (table, column) in bytes)
        {
            var name = $"{table}.{column}";
            if (ArchiveSeals.Columns.All(known => known.Table != table || known.Column != column) && !ArchiveTable.MadeAnew.ContainsKey(name) && !Plain.ContainsKey(name))
                faults.Add($"{name}: bytes that nobody opens for an archive: sealed ones have their SealedColumn beside their store, others a line in the rule.");
        }
        faults.AddRange(ArchiveSeals.Columns.Where(known => !bytes.Contains((known.Table, known.Column))).Select(known => $"{known.Table}.{known.Column}: a SealedColumn without its column."));

        var outward = await connection.QueryAsync<(string Table, string Target)>(
            """
            select c.relname::text, r.relname::text
              from pg_constraint f join pg_class c on c.oid = f.conrelid join pg_class r on r.oid = f.confrelid
              join pg_attribute a on a.attrelid = c.oid and a.attnum = f.conkey[1] join pg_attribute b on b.attrelid = r.oid and b.attnum = f.confkey[1]
             where f.contype = 'f' and c.relnamespace = 'app'::regnamespace and r.relname <> 'organisation' and not (a.attname = 'organisation_id' and b.attname = 'organisation_id')
            """);
        faults.AddRange(outward.Where(key => !ArchiveTable.Staying.ContainsKey(key.Table) && !OthersRows.Answered.Contains($"{key.Table} → {key.Target}"))
            .Select(key => $"{key.Table} → {key.Target}: a row of another organisation that must travel along: answer it in OthersRows."));
        faults.AddRange(OthersRows.Which.Keys.Where(table => tables.All(known => known.Name != table)).Select(table => $"{table}: OthersRows asks for a table that does not travel."));
        return faults;
    }
}
