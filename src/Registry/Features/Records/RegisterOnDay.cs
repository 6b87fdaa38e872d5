using Dapper;
using Registry.Access;
using Registry.Data;

namespace Registry.Features.Records;

/// <summary>
/// The register as it stood: for each record the version in force at that moment, if it had one and was not archived then. A day means its end, on the
/// organisation's clock; today means now.
/// </summary>
public sealed class RegisterOnDay(Db db, Visitor visitor, TimeProvider clock)
{
    private Guid Organisation => visitor.Organisation.Id;

    /// <summary>The instant before which things count on that day.</summary>
    public DateTimeOffset EndOf(DateOnly day)
    {
        var next = day.AddDays(1).ToDateTime(TimeOnly.MinValue);
        // Where the clocks jump at midnight the day ends at the first moment that exists.
        while (visitor.Organisation.Zone.IsInvalidTime(next)) next = next.AddMinutes(15);
        var end = new DateTimeOffset(next, visitor.Organisation.Zone.GetUtcOffset(next)).ToUniversalTime();
        var now = clock.GetUtcNow();
        return end < now ? end : now;
    }

    /// <summary>Whose register it is.</summary>
    public async Task<RegisterBody> BodyAsync()
    {
        var connection = await db.OpenAsync();
        return await connection.QuerySingleAsync<RegisterBody>("select id, slug, name, siren, insee_code, time_zone from organisation where id = @Organisation", new { Organisation });
    }

    /// <summary>One page of the versions in force before that instant, in the order of numbers; an empty list ends it.</summary>
    public async Task<IReadOnlyList<RegisterEntry>> NextAsync(DateTimeOffset before, int after = 0, int limit = 200)
    {
        var connection = await db.OpenAsync();
        // An archived record keeps its last version: that it had left the register is told by its history.
        return (await connection.QueryAsync<RegisterEntry>(
            """
            select r.id as record_id, r.number, v.number as version_number, v.number as published_version, v.content, v.sha256, v.published_at, v.published_by,
                   v.validated_by, v.change_summary, r.created_at
              from processing_record r
              join record_version v on v.organisation_id = r.organisation_id and v.record_id = r.id
             where r.organisation_id = @Organisation and r.number > @after
               and v.published_at <= @before and (v.superseded_at is null or v.superseded_at > @before)
               and 'RECORD_ARCHIVED' is distinct from (
                     select e.action from history.event e
                      where e.organisation_id = r.organisation_id and e.object_id = r.id and e.action in ('RECORD_ARCHIVED', 'RECORD_REOPENED')
                        and e.recorded_at <= @before
                      order by e.sequence desc limit 1)
             order by r.number
             limit @limit
            """,
            new { Organisation, before, after, limit })).AsList();
    }

    /// <summary>Every version that these records had had by then, oldest first.</summary>
    public async Task<IReadOnlyList<RegisterEntry>> VersionsAsync(DateTimeOffset before, Guid[] records)
    {
        var connection = await db.OpenAsync();
        return (await connection.QueryAsync<RegisterEntry>(
            """
            select r.id as record_id, r.number, v.number as version_number, v.content, v.sha256, v.published_at, v.published_by, v.validated_by, v.change_summary
              from processing_record r
              join record_version v on v.organisation_id = r.organisation_id and v.record_id = r.id
             where r.organisation_id = @Organisation and r.id = any(@records) and v.published_at <= @before
             order by r.number, v.number
            """,
            new { Organisation, before, records })).AsList();
    }
}
