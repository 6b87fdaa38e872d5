using Dapper;
using Registry.Access;
using Registry.Data;
using Registry.Features.Records;
using Registry.Identity;

namespace Registry.Features.Imports;

/// <summary>A sheet of the register that an imported row may be again.</summary>
public sealed record LivingSheet(int Number, string Title, string Sheet, string? OwnSiren);

/// <summary>The files that were brought to the current organisation, and the columns they had.</summary>
public sealed class ImportStore(Db db, Visitor visitor, Keys keys, TimeProvider clock)
{
    public const int HoursKept = 24;

    private Guid Organisation => visitor.Organisation.Id;
    private DateTimeOffset Oldest => clock.GetUtcNow().AddHours(-HoursKept);

    /// <summary>Keeps what was read under the id that its form brought; false when the form was sent before (S-92).</summary>
    public async Task<bool> AddAsync(Guid id, string sha256, bool json, byte[] packed, ImportChoice choice)
    {
        var connection = await db.OpenAsync();
        return await connection.ExecuteAsync(
            """
            insert into register_import (organisation_id, id, status, sha256, from_json, content, choice, received_at, received_by)
            values (@Organisation, @id, 'READ', @sha256, @json, @content, @choice::jsonb, @now, @by)
            on conflict do nothing
            """,
            new { Organisation, id, sha256, json, content = Sealing.Seal(Key, packed, Place(id)), choice = choice.Write(), now = clock.GetUtcNow(), by = visitor.Name }) == 1;
    }

    public async Task<RegisterImport?> FindAsync(Guid id, bool toChange = false)
    {
        var connection = await db.OpenAsync();
        if (toChange) await connection.ExecuteAsync("select from register_import where organisation_id = @Organisation and id = @id for update", new { Organisation, id });
        return await connection.QuerySingleOrDefaultAsync<RegisterImport>(
            """
            select id, case when status = 'READ' and received_at < @Oldest then 'EXPIRED' else status end as status, sha256, from_json, choice::text as choice,
                   added, identical, skipped, left_out, received_at, received_by, finished_at, version
              from register_import
             where organisation_id = @Organisation and id = @id
            """,
            new { Organisation, id, Oldest });
    }

    /// <summary>What was read; null once it is done with, or a day old.</summary>
    public async Task<ImportBook?> OpenAsync(Guid id)
    {
        var connection = await db.OpenAsync();
        var content = await connection.ExecuteScalarAsync<byte[]?>(
            "select content from register_import where organisation_id = @Organisation and id = @id and status = 'READ' and received_at >= @Oldest", new { Organisation, id, Oldest });
        return content is null ? null : ImportBook.Unpack(Sealing.OpenBytes(Key, content, Place(id)));
    }

    public async Task<IReadOnlyList<RegisterImport>> LatestAsync()
    {
        var connection = await db.OpenAsync();
        return (await connection.QueryAsync<RegisterImport>(
            """
            select id, case when status = 'READ' and received_at < @Oldest then 'EXPIRED' else status end as status, sha256, from_json, choice::text as choice,
                   added, identical, skipped, left_out, received_at, received_by, finished_at, version
              from register_import
             where organisation_id = @Organisation
             order by received_at desc
             limit 10
            """,
            new { Organisation, Oldest })).AsList();
    }

    public async Task<bool> ChooseAsync(RegisterImport import, ImportChoice choice)
    {
        var connection = await db.OpenAsync();
        return await connection.ExecuteAsync(
            "update register_import set choice = @choice::jsonb, version = version + 1 where organisation_id = @Organisation and id = @Id and version = @Version and status = 'READ'",
            new { Organisation, import.Id, import.Version, choice = choice.Write() }) == 1;
    }

    /// <summary>Ends it in one way; what was read goes with it.</summary>
    public async Task<bool> EndAsync(RegisterImport import, string status, int added = 0, int identical = 0, int skipped = 0, int leftOut = 0)
    {
        var connection = await db.OpenAsync();
        return await connection.ExecuteAsync(
            """
            update register_import
               set status = @status, content = null, added = @added, identical = @identical, skipped = @skipped, left_out = @leftOut, finished_at = @now, version = version + 1
             where organisation_id = @Organisation and id = @Id and version = @Version and status = 'READ'
            """,
            new { Organisation, import.Id, import.Version, status, added, identical, skipped, leftOut, now = clock.GetUtcNow() }) == 1;
    }

    public async Task<bool> UndoAsync(RegisterImport import)
    {
        var connection = await db.OpenAsync();
        return await connection.ExecuteAsync(
            "update register_import set status = 'UNDONE', version = version + 1 where organisation_id = @Organisation and id = @Id and version = @Version and status = 'DONE'",
            new { Organisation, import.Id, import.Version }) == 1;
    }

    public async Task<Dictionary<int, string>?> MappingAsync(string signature)
    {
        var connection = await db.OpenAsync();
        var columns = await connection.ExecuteScalarAsync<string?>("select columns::text from import_mapping where organisation_id = @Organisation and signature = @signature", new { Organisation, signature });
        return columns is null ? null : System.Text.Json.JsonSerializer.Deserialize<Dictionary<int, string>>(columns);
    }

    public async Task KeepMappingAsync(string signature, Dictionary<int, string> columns)
    {
        var connection = await db.OpenAsync();
        await connection.ExecuteAsync(
            """
            insert into import_mapping (organisation_id, signature, columns, updated_at, updated_by) values (@Organisation, @signature, @columns::jsonb, @now, @by)
            on conflict (organisation_id, signature) do update set columns = excluded.columns, updated_at = excluded.updated_at, updated_by = excluded.updated_by
            """,
            new { Organisation, signature, columns = System.Text.Json.JsonSerializer.Serialize(columns), now = clock.GetUtcNow(), by = visitor.Name });
    }

    /// <summary>The sheets in use that bear one of these names or numbers.</summary>
    public async Task<IReadOnlyList<LivingSheet>> LivingAsync(IEnumerable<string> titles, IEnumerable<int> numbers)
    {
        var connection = await db.OpenAsync();
        return (await connection.QueryAsync<LivingSheet>(
            """
            select number, title, sheet::text as sheet, (select o.siren from organisation o where o.id = @Organisation) as own_siren
              from processing_record
             where organisation_id = @Organisation and status not in ('ARCHIVED', 'ABANDONED') and (lower(title) = any(@titles) or number = any(@numbers))
            """,
            new { Organisation, titles = titles.Select(title => title.ToLowerInvariant()).Distinct().ToArray(), numbers = numbers.Distinct().ToArray() })).AsList();
    }

    /// <summary>The records that an import brought, and whether anybody has touched them since.</summary>
    public async Task<IReadOnlyList<(int Number, string Title, bool Untouched)>> BroughtAsync(Guid import)
    {
        var connection = await db.OpenAsync();
        return (await connection.QueryAsync<(int, string, bool)>(
            "select number, title, status = 'DRAFT' and version = 1 from processing_record where organisation_id = @Organisation and rollout_id = @import and status <> 'ABANDONED' order by number",
            new { Organisation, import })).AsList();
    }

    private byte[] Key => keys.Derive("imports");

    private string Place(Guid id) => $"import/{Organisation}/{id}";
}
