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
    private const string Lines =
        """
        select e.sequence, e.recorded_at, e.role, e.action, e.object_type, e.object_id, e.outcome, encode(e.hash, 'hex') as hash,
               d.details as details_text
          from history.event e
          join history.detail d on d.organisation_id = e.organisation_id and d.sequence = e.sequence
         where e.organisation_id = @organisation
        """;

    private const string Count = "select count(*) from history.event e where e.organisation_id = @organisation";

    /// <summary>Added to the question only where one thing is meant, so that the database keeps its plan of each.</summary>
    private const string OfOne = "and e.object_id = @objectId";

    private const string Newest = "order by e.sequence desc limit @limit offset @offset";

    public async Task<IReadOnlyList<TrailLine>> ListAsync(Guid organisation, Guid? objectId, int limit, int offset = 0)
    {
        var connection = await db.OpenAsync();
        var text = string.Join('\n', Lines, objectId is null ? "" : OfOne, Newest);
        return (await connection.QueryAsync<TrailLine>(text, new { organisation, objectId, limit, offset })).AsList();
    }

    public async Task<int> CountAsync(Guid organisation, Guid? objectId)
    {
        var connection = await db.OpenAsync();
        var text = string.Join('\n', Count, objectId is null ? "" : OfOne);
        return await connection.ExecuteScalarAsync<int>(text, new { organisation, objectId });
    }

    /// <summary>The first and the last line about these things; null when there is none.</summary>
    public async Task<(long First, long Last)?> SpanAsync(Guid organisation, Guid[] objects)
    {
        var connection = await db.OpenAsync();
        var (first, last) = await connection.QuerySingleAsync<(long?, long?)>(
            "select min(sequence), max(sequence) from history.event where organisation_id = @organisation and object_id = any(@objects)", new { organisation, objects });
        return first is { } from && last is { } to ? (from, to) : null;
    }

    /// <summary>The lines of a chain as they are sealed, oldest first, for whoever computes them again.</summary>
    public async Task<IReadOnlyList<ChainLine>> LinesAsync(Guid organisation, long first, long last)
    {
        var connection = await db.OpenAsync();
        return (await connection.QueryAsync<ChainLine>(
            """
            select e.organisation_id, e.sequence, case when e.recorded_at between '2000-01-01' and '9999-01-01' then e.recorded_at end as recorded_at, e.person_id,
                   e.role, e.action, e.object_type, e.object_id, e.outcome, e.request_id, e.commitment, e.body, e.hash, e.seal, d.salt, d.details,
                   d.salt is null and exists (select from history.event x where x.organisation_id = e.organisation_id and x.object_id = e.object_id and x.action = 'CONTENT_ERASED'
                                                 and x.sequence > e.sequence) as erased
              from history.event e
              left join history.detail d on d.organisation_id = e.organisation_id and d.sequence = e.sequence
             where e.organisation_id = @organisation and e.sequence between @first and @last
             order by e.sequence
            """,
            new { organisation, first, last })).AsList();
    }
}
