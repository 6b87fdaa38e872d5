using Dapper;
using Registry.Access;
using Registry.Data;

namespace Registry.Features.Records;

/// <summary>What an export reads: bodies within reach, their registers page by page, and how much was exported lately.</summary>
public sealed class RegisterStore(Db db, Visitor visitor, TimeProvider clock)
{
    private const int PageSize = 200;

    /// <summary>The bodies that the person reaches, with the kinds of her appointments there: what she may do differs from one to the next.</summary>
    public async Task<IReadOnlyList<(RegisterBody Body, string[] Kinds)>> BodiesAsync(Guid? organisation)
    {
        var connection = await db.OpenAsync();
        var kinds = (await connection.QueryAsync<(Guid Organisation, string[] Kinds)>(
            """
            select organisation_id, array_agg(distinct kind)
              from app.current_roles()
             where @organisation is null or organisation_id = @organisation
             group by organisation_id
            """,
            new { organisation })).ToDictionary(row => row.Organisation, row => row.Kinds);
        var bodies = await connection.QueryAsync<RegisterBody>(
            "select id, slug, name, siren, insee_code, time_zone from organisation where id = any(@ids) order by slug", new { ids = kinds.Keys.ToArray() });
        return [.. bodies.Select(body => (body, kinds[body.Id]))];
    }

    /// <summary>The next entries after this number, in the order of numbers; an empty list ends it. Filters are those of the list, asked of the text that is exported.</summary>
    public async Task<IReadOnlyList<RegisterEntry>> NextAsync(Guid organisation, RegisterFilter filter, bool working, int after)
    {
        var connection = await db.OpenAsync();
        return (await connection.QueryAsync<RegisterEntry>(
            """
            select r.id as record_id, r.number, r.status, r.published_version, r.next_review_on, r.ended_on, r.data_fate, r.created_at, r.updated_at,
                   case when @working then r.sheet::text else v.content end as content, case when not @working then v.number end as version_number,
                   case when not @working then v.sha256 end as sha256, v.published_at, v.published_by, v.validated_by, v.change_summary
              from processing_record r
              left join record_version v on v.organisation_id = r.organisation_id and v.record_id = r.id and v.number = r.published_version
             where r.organisation_id = @organisation and r.number > @after
               and (@working or v.number is not null)
               and (@Number::int is null or r.number = @Number)
               and (@Statuses::text[] is null or r.status = any(@Statuses))
               and (@Numbers::int[] is null or r.number = any(@Numbers))
               and (@text is null
                 or case when @working then r.title else v.content::jsonb #>> '{identification,title}' end ilike @text
                 or case when @working then r.unit else v.content::jsonb #>> '{identification,unit}' end ilike @text
                 or case when @working then r.sheet else v.content::jsonb end #>> '{purposes,purpose}' ilike @text)
             order by r.number
             limit @PageSize
            """,
            new { organisation, after, working, filter.Number, filter.Statuses, filter.Numbers, text = Pattern.Containing(filter.Search), PageSize })).AsList();
    }

    /// <summary>How many files this person has taken out within the last hour (S-84), counted where they are proved.</summary>
    public async Task<int> TakenLatelyAsync()
    {
        var connection = await db.OpenAsync();
        return await connection.ExecuteScalarAsync<int>(
            """
            select count(distinct request_id)::int
              from history.event
             where person_id = @PersonId and recorded_at > @since and action in ('RECORD_EXPORTED', 'REGISTER_EXPORTED', 'REGISTER_HANDED_OVER', 'HAND_OVER_DOWNLOADED')
            """,
            new { visitor.PersonId, since = clock.GetUtcNow().AddHours(-1) });
    }
}

/// <param name="Number">One record, whatever its state.</param>
/// <param name="Group">A key of <see cref="RecordGroups"/>.</param>
/// <param name="Numbers">Those that the other filters of the list leave; null when there is none.</param>
public sealed record RegisterFilter(int? Number = null, string? Search = null, string? Group = null, int[]? Numbers = null)
{
    public string[]? Statuses => Number is null ? RecordGroups.Find(Group).Statuses : null;
}
