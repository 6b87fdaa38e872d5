using Dapper;
using Registry.Data;

namespace Registry.History;

/// <summary>A line of the history as pages show it.</summary>
public sealed record TrailLine
{
    public required long Sequence { get; init; }
    public required DateTimeOffset RecordedAt { get; init; }
    public required string Role { get; init; }
    public required string Action { get; init; }
    public required string ObjectType { get; init; }
    public Guid? ObjectId { get; init; }
    public required string Outcome { get; init; }
    public required string Hash { get; init; }
    public required string DetailsText { get; init; }

    public EventDetails Details => EventDetails.FromText(DetailsText);
}

/// <summary>Reads the chain of one organisation, newest first.</summary>
public sealed class Trail(Db db)
{
    public async Task<IReadOnlyList<TrailLine>> ListAsync(Guid organisation, Guid? objectId, int limit, int offset = 0)
    {
        var connection = await db.OpenAsync();
        return (await connection.QueryAsync<TrailLine>(
            """
            select e.sequence, e.recorded_at, e.role, e.action, e.object_type, e.object_id, e.outcome, encode(e.hash, 'hex') as hash,
                   d.details as details_text
              from history.event e
              join history.detail d on d.organisation_id = e.organisation_id and d.sequence = e.sequence
             where e.organisation_id = @organisation and (@objectId is null or e.object_id = @objectId)
             order by e.sequence desc
             limit @limit offset @offset
            """,
            new { organisation, objectId, limit, offset })).AsList();
    }

    public async Task<int> CountAsync(Guid organisation, Guid? objectId)
    {
        var connection = await db.OpenAsync();
        return await connection.ExecuteScalarAsync<int>(
            "select count(*) from history.event where organisation_id = @organisation and (@objectId is null or object_id = @objectId)",
            new { organisation, objectId });
    }
}
