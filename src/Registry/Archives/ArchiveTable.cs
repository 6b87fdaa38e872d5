using Dapper;
using Npgsql;

namespace Registry.Archives;

/// <summary>A table that travels, as the catalogue of the database describes it; the server itself writes its statements, names quoted.</summary>
public sealed record ArchiveTable
{
    public required string Name { get; init; }

    /// <summary>The column that says whose row it is.</summary>
    public required string Owner { get; init; }
    public required string[] Columns { get; init; }
    public required string[] Uuids { get; init; }

    /// <summary>Columns that name another organisation.</summary>
    public required string[] Outward { get; init; }
    public required string[] Needs { get; init; }
    public required string ReadSql { get; init; }
    public required string OrderSql { get; init; }
    public required string WriteSql { get; init; }

    /// <summary>As long as it is not there; what lives here is never overwritten by what another body brings of it.</summary>
    public required string AddSql { get; init; }

    public string Path => $"tables/{Name}.jsonl";
    public string OthersPath => $"others/{Name}.jsonl";

    /// <summary>What does not travel, and why. Everything else does, without anybody naming it.</summary>
    public static readonly IReadOnlyDictionary<string, string> Staying = new Dictionary<string, string>
    {
        ["outbox_mail"] = "mail on its way: the instance that wrote it sends it, and nobody gets it twice",
        ["request_link"] = "links that were mailed: they open the old address and end within days; a new one is asked for as \"code perdu\"",
        ["lost_code"] = "who asked for a link this minute: she asks again",
        ["job_run"] = "what the jobs of an instance have done; those of the new one begin anew",
        ["saved_view"] = "a person's own bookmarks, nothing of the register; she may be of another body",
        ["search_entry"] = "made by triggers from the rows that travel",
        ["public_sheet"] = "made by triggers from the published versions, so that nobody smuggles in what is not to be read in public",
        ["request_file_part"] = "the bytes travel as files, opened here and sealed anew there",
        ["request_file_scan"] = "the queue of the scanner: a file without a verdict is queued anew",
        ["register_import"] = "a file between its choice and its import: kept a day, then chosen again",
        ["rollout"] = "the queue of a distribution of models: what it brought are records of each body; one under way would write into bodies that live on the other side",
        ["rollout_target"] = "goes with its distribution",
        ["report_order"] = "the queue of an area's reports: what it made are documents of each body, which travel with it",
        ["report_target"] = "goes with its order",
        ["holiday_correction"] = "the platform's own: each instance corrects its calendar",
    };

    /// <summary>Columns that are made anew under the key of the new instance.</summary>
    public static readonly IReadOnlyDictionary<string, string> MadeAnew = new Dictionary<string, string>
    {
        ["rights_request.requester_marks"] = "keyed hashes, made from the content", ["rights_request.address_mark"] = "a keyed hash, made from the content",
        ["request_file.key"] = "the key of the file, wrapped by the program's",
    };

    /// <summary>In the order in which rows can be added: what a row points to comes before it.</summary>
    public static async Task<IReadOnlyList<ArchiveTable>> ListAsync(NpgsqlConnection connection)
    {
        var tables = (await connection.QueryAsync<ArchiveTable>(Catalogue, new { staying = Staying.Keys.ToArray(), anew = MadeAnew.Keys.ToArray() })).ToList();
        var ordered = new List<ArchiveTable>();
        while (tables.Count > 0)
        {
            var ready = tables.Where(table => !table.Needs.Any(need => tables.Exists(other => other.Name == need))).ToList();
            if (ready.Count == 0) throw new InvalidOperationException($"These tables point at each other in a circle: {string.Join(", ", tables.Select(table => table.Name))}.");
            ordered.AddRange(ready);
            tables.RemoveAll(ready.Contains);
        }
        return ordered;
    }

    // Generated columns follow by themselves; the number of a transaction of another server means nothing here and becomes that of the import.
    private const string Catalogue =
        """
        with tenant as (
          select c.oid, c.relname::text as name, case when c.relname = 'organisation' then 'id' else 'organisation_id' end as owner
            from pg_class c
           where c.relnamespace = 'app'::regnamespace and c.relkind in ('r', 'p') and not c.relname = any (@staying)
             and (c.relname = 'organisation' or exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'organisation_id' and not a.attisdropped))),
        col as (
          select t.oid, a.attname::text as name, a.atttypid, a.attnum, a.attgenerated = '' and a.atttypid <> 'xid8'::regtype and not (t.name || '.' || a.attname) = any (@anew) as travels
            from tenant t join pg_attribute a on a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped),
        keyed as (
          select t.oid, x.names, t.owner = any (x.names) as owned
            from tenant t
           cross join lateral (select array(select a.attname::text from unnest(i.indkey::int2[]) with ordinality k (num, place) join pg_attribute a on a.attrelid = t.oid and a.attnum = k.num order by place) as names, i.indisprimary
                                 from pg_index i where i.indrelid = t.oid and i.indisunique and i.indpred is null and i.indexprs is null) x
          ),
        one_key as (select distinct on (k.oid) k.oid, k.names, k.owned from keyed k order by k.oid, k.owned desc, cardinality(k.names), k.names::text),
        lists as (
          select t.oid, t.name, t.owner, k.names, k.owned,
                 (select string_agg(format('%I', n.name), ', ' order by n.attnum) from col n where n.oid = t.oid and (n.travels or (t.name || '.' || n.name) = any (@anew))) as into_columns,
                 (select string_agg(format(', %I', n.name), '' order by n.attnum) from col n where n.oid = t.oid and n.atttypid = 'xid8'::regtype) as passages,
                 (select string_agg(', pg_current_xact_id()', '') from col n where n.oid = t.oid and n.atttypid = 'xid8'::regtype) as passing,
                 (select string_agg(format('%I', n), ', ') from unnest(k.names) n) as key_columns,
                 (select string_agg(format('%I = excluded.%1$I', n.name), ', ' order by n.attnum) from col n where n.oid = t.oid and n.travels and not n.name = any (k.names)) as changes
            from tenant t join one_key k on k.oid = t.oid)
        select l.name, l.owner,
               array(select n.name from col n where n.oid = l.oid and n.travels order by n.attnum) as columns,
               array(select n.name from col n where n.oid = l.oid and n.travels and n.atttypid = 'uuid'::regtype) as uuids,
               array(select a.attname::text from pg_constraint f join pg_attribute a on a.attrelid = l.oid and a.attnum = f.conkey[1]
                      where f.conrelid = l.oid and f.contype = 'f' and f.confrelid = 'app.organisation'::regclass and a.attname <> l.owner) as outward,
               array(select distinct r.relname::text from pg_constraint f join pg_class r on r.oid = f.confrelid where f.conrelid = l.oid and f.contype = 'f' and f.confrelid <> l.oid) as needs,
               format('select (to_jsonb(t) - %L::text[])::text from app.%I t', array(select n.name from col n where n.oid = l.oid and not n.travels)::text, l.name) as read_sql,
               (select string_agg(format('t.%I', n), ', ') from unnest(l.names) n) as order_sql,
               format('insert into app.%1$I (%2$s%3$s) select %2$s%4$s from jsonb_populate_recordset(null::app.%1$I, @rows::jsonb) on conflict (%5$s) do %6$s',
                 l.name, l.into_columns, l.passages, l.passing, l.key_columns, case when l.owned and l.changes <> '' then 'update set ' || l.changes else 'nothing' end) as write_sql,
               format('insert into app.%1$I (%2$s%3$s) select %2$s%4$s from jsonb_populate_recordset(null::app.%1$I, @rows::jsonb) on conflict do nothing', l.name, l.into_columns, l.passages, l.passing) as add_sql
          from lists l
         order by l.name
        """;
}
