using Dapper;
using Registry.Access;
using Registry.Data;

namespace Registry.Features.HandOvers;

/// <summary>What the current organisation has handed out to authorities. Nothing here is ever changed.</summary>
public sealed class HandOverStore(Db db, Visitor visitor)
{
    private Guid Organisation => visitor.Organisation.Id;

    public async Task<IReadOnlyList<HandOver>> ListAsync(int limit, int skip)
    {
        var connection = await db.OpenAsync();
        return (await connection.QueryAsync<HandOver>(
            """
            select id, as_of, authority, request_reference, reason, records, versions, intact, file_name, sha256, made_at, made_by
              from hand_over
             where organisation_id = @Organisation
             order by made_at desc, id
             limit @limit offset @skip
            """,
            new { Organisation, limit, skip })).AsList();
    }

    public async Task<HandOver?> FindAsync(Guid id)
    {
        var connection = await db.OpenAsync();
        return await connection.QuerySingleOrDefaultAsync<HandOver>(
            """
            select id, as_of, authority, request_reference, reason, records, versions, intact, file_name, sha256, made_at, made_by
              from hand_over
             where organisation_id = @Organisation and id = @id
            """,
            new { Organisation, id });
    }

    public async Task<bool> ExistsAsync(Guid id)
    {
        var connection = await db.OpenAsync();
        return await connection.ExecuteScalarAsync<bool>("select exists (select from hand_over where organisation_id = @Organisation and id = @id)", new { Organisation, id });
    }

    /// <summary>False when the same form was sent twice and the first one is there (S-92).</summary>
    public async Task<bool> AddAsync(HandOver made, byte[] archive)
    {
        var connection = await db.OpenAsync();
        return await connection.ExecuteAsync(
            """
            insert into hand_over (organisation_id, id, as_of, authority, request_reference, reason, records, versions, intact, file_name, archive, sha256, made_at, made_by)
            values (@Organisation, @Id, @AsOf, @Authority, @RequestReference, @Reason, @Records, @Versions, @Intact, @FileName, @archive, @Sha256, @MadeAt, @MadeBy)
            on conflict (organisation_id, id) do nothing
            """,
            new
            {
                Organisation, made.Id, made.AsOf, made.Authority, made.RequestReference, made.Reason, made.Records, made.Versions, made.Intact, made.FileName, archive,
                made.Sha256, made.MadeAt, made.MadeBy,
            }) == 1;
    }

    public async Task<byte[]> ReadArchiveAsync(Guid id)
    {
        var connection = await db.OpenAsync();
        return await connection.QuerySingleAsync<byte[]>("select archive from hand_over where organisation_id = @Organisation and id = @id", new { Organisation, id });
    }
}
