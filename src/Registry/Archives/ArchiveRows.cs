using System.Text.Json.Nodes;
using Dapper;
using Npgsql;

namespace Registry.Archives;

/// <summary>Rows of the database as they travel, each as the object that PostgreSQL makes of it, opened. Export writes them; import reads them back and compares.</summary>
public sealed class ArchiveRows(NpgsqlConnection connection, ArchiveSeals seals, Guid organisation)
{
    public const string EventPath = "history/event.jsonl", DetailPath = "history/detail.jsonl";
    public const string EventSql = "select to_jsonb(t)::text from history.event t where t.organisation_id = @organisation order by t.sequence";
    public const string DetailSql = "select to_jsonb(t)::text from history.detail t where t.organisation_id = @organisation order by t.sequence";

    /// <summary>The text of a value must not depend on how a server or a role is set.</summary>
    public const string Settings = "set local timezone = 'UTC'; set local datestyle = 'ISO'; set local intervalstyle = 'iso_8601'; set local extra_float_digits = 1; set local bytea_output = 'hex'; set local statement_timeout = 0";

    public static string FilePath(Guid id) => $"files/{id}";

    public static async Task<string> SchemaAsync(NpgsqlConnection connection) => (await connection.ExecuteScalarAsync<string>("select max(name) from public.migration where name like '0%'"))!;

    public async IAsyncEnumerable<JsonObject> OwnAsync(ArchiveTable table)
    {
        var fileKeys = table.Name == ArchiveSeals.FileTable
            ? (await connection.QueryAsync<(Guid Id, byte[] Key)>("select id, key from app.request_file where organisation_id = @organisation", new { organisation })).ToDictionary(file => file.Id, file => file.Key)
            : null;
        var text = string.Join(' ', table.ReadSql, "where t.", table.Owner, "= @organisation order by", table.OrderSql);
        await foreach (var row in connection.QueryUnbufferedAsync<string>(text, new { organisation }))
            yield return seals.Open(table.Name, row, fileKeys?[ArchiveSeals.IdOf(ArchiveSeals.Parse(row))]);
    }

    public IAsyncEnumerable<JsonObject> OfOthersAsync(ArchiveTable table, string which, DynamicParameters parameters) =>
        // A person of the platform itself belongs to no organisation.
        AsTheyAreAsync(connection, string.Join(' ', table.ReadSql, "where t.organisation_id is distinct from @organisation and", which, "order by", table.OrderSql), parameters);

    public static async IAsyncEnumerable<JsonObject> AsTheyAreAsync(NpgsqlConnection connection, string text, object parameters)
    {
        await foreach (var row in connection.QueryUnbufferedAsync<string>(text, parameters)) yield return ArchiveSeals.Parse(row);
    }
}
