using Dapper;
using Registry.Data;

namespace Registry.Features.Reviews;

/// <summary>An organisation whose register wants to be looked at again.</summary>
public sealed record DueReview
{
    public required string Slug { get; init; }
    public required string Organisation { get; init; }

    /// <summary>How many sheets reach the day of their review within thirty days, or have passed it.</summary>
    public required int Expiring { get; init; }
    public DateTimeOffset? LastAt { get; init; }
}

/// <summary>Where a review is due: asked by the pages on which somebody's day begins.</summary>
public sealed class ReviewsDue(Db db, TimeProvider clock)
{
    private const int Most = 500;

    /// <summary>Null when the register of that organisation wants nothing yet.</summary>
    public async Task<DueReview?> FindAsync(Guid organisation) => await ListAsync(organisation) is [var due, ..] ? due : null;

    /// <summary>In one organisation, or in all that the person keeps registers of; the most expiring sheets first.</summary>
    public async Task<IReadOnlyList<DueReview>> ListAsync(Guid? organisation = null)
    {
        var connection = await db.OpenAsync();
        return (await connection.QueryAsync<DueReview>(
            """
            with kept as materialized (
              select distinct organisation_id from app.current_roles() where kind in ('DPO', 'DPO_ASSISTANT', 'CORRESPONDENT'))
            select o.slug, o.name as organisation, e.expiring, s.last_at
              from organisation o
              join kept k on k.organisation_id = o.id
              left join lateral (select max(made_at) as last_at from review_statement where organisation_id = o.id) s on true
              join lateral (select count(*)::int as expiring from processing_record
                             where organisation_id = o.id and status in ('PUBLISHED', 'IN_REVISION')
                               and next_review_on <= (@now at time zone o.time_zone)::date + @DaysAhead) e on true
             where (@organisation is null or o.id = @organisation)
               and (e.expiring > 0 or s.last_at < @now - interval '1 year')
             order by e.expiring desc, o.name
             limit @Most
            """,
            new { organisation, now = clock.GetUtcNow(), ReviewLine.DaysAhead, Most })).AsList();
    }
}
