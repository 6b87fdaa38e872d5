using System.Text;
using Dapper;
using Npgsql;

namespace Registry.Tests.Support;

/// <summary>Everything that the database holds of an organisation, as text: what was planted is looked for in it, also where it would stand in bytes.</summary>
public static class Planted
{
    public static async Task<string> DumpAsync(NpgsqlConnection connection, Guid organisation)
    {
        var all = new StringBuilder();
        foreach (var (table, tenant) in await connection.QueryAsync<(string, bool)>(
            """
            select quote_ident(n.nspname) || '.' || quote_ident(c.relname), exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'organisation_id' and not a.attisdropped)
              from pg_class c join pg_namespace n on n.oid = c.relnamespace
             where n.nspname in ('app', 'history', 'identity', 'public') and c.relkind in ('r', 'p') order by 1
            """))
            foreach (var row in await connection.QueryAsync<string>(tenant ? $"select to_jsonb(t)::text from {table} t where organisation_id = @organisation" : $"select to_jsonb(t)::text from {table} t", new { organisation })) all.AppendLine(row);
        return all.ToString();
    }

    /// <summary>The word as it would stand in a text, in bytes written as hexadecimal, and in escapes.</summary>
    public static IEnumerable<string> FormsOf(string word) => [word, Convert.ToHexStringLower(Encoding.UTF8.GetBytes(word)), Convert.ToBase64String(Encoding.UTF8.GetBytes(word)).TrimEnd('=')[..^1]];
}
