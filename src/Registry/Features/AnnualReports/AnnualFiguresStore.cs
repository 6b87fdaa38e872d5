using Dapper;
using Registry.Access;
using Registry.Data;

namespace Registry.Features.AnnualReports;

/// <summary>Counts the year of the current organisation. Days are those of its clock.</summary>
public sealed class AnnualFiguresStore(Db db, Visitor visitor)
{
    /// <summary>Four questions in one round trip.</summary>
    public async Task<AnnualFigures> ReadAsync(DateOnly from, DateOnly to, DateOnly today)
    {
        var connection = await db.OpenAsync();
        await using var answers = await connection.QueryMultipleAsync(
            """
            with records as (
              select status, published_version, next_review_on, sensitive, dpia_due from processing_record where organisation_id = @Organisation and status not in ('ARCHIVED', 'ABANDONED')
            ), breaches as (
              select authority_status, notified_at, notified_late, people_status from breach
               where organisation_id = @Organisation and kind = 'BREACH' and status <> 'DISMISSED' and (coalesce(aware_at, reported_at) at time zone @TimeZone)::date between @from and @to
            ), requests as (
              select ended_on, due_on from rights_request where organisation_id = @Organisation and received_on between @from and @to
            )
            select (select count(*)::int from records where published_version is not null) as in_force,
                   (select count(*)::int from records where published_version is null) as drafts,
                   (select count(*)::int from record_version where organisation_id = @Organisation and (published_at at time zone @TimeZone)::date between @from and @to) as published,
                   (select count(*)::int from records where published_version is not null and next_review_on < @today) as overdue,
                   (select count(*)::int from records where sensitive) as sensitive,
                   (select count(*)::int from records where sensitive and dpia_due) as assessments,
                   (select count(*)::int from breaches) as breaches,
                   (select count(*)::int from breaches where notified_at is not null) as notified,
                   (select count(*)::int from breaches where notified_late) as notified_late,
                   (select count(*)::int from breaches where people_status = 'INFORMED') as informed,
                   (select count(*)::int from requests) as requests,
                   (select count(*)::int from requests where ended_on is not null) as requests_answered,
                   (select count(*)::int from requests where ended_on > due_on) as requests_late,
                   (select count(*)::int from requests where ended_on is null) as requests_open,
                   (select count(*)::int from training where organisation_id = @Organisation and held_on between @from and @to) as trainings,
                   (select coalesce(sum(headcount), 0)::int from training where organisation_id = @Organisation and held_on between @from and @to) as trained,
                   (select count(*)::int from convention where organisation_id = @Organisation and status in ('IN_FORCE', 'NOTICE_GIVEN')) as conventions;
            select coalesce(domain, '') as name, count(*)::int as number from processing_record
             where organisation_id = @Organisation and published_version is not null and status not in ('ARCHIVED', 'ABANDONED') group by 1 order by 2 desc, 1;
            select one.code as name, count(*)::int as number from rights_request, unnest(rights) as one (code)
             where organisation_id = @Organisation and received_on between @from and @to group by 1 order by 2 desc, 1;
            select coalesce(decision, '') as name, count(*)::int as number from record_opinion
             where organisation_id = @Organisation and given_on between @from and @to group by 1 order by 2 desc, 1
            """,
            new { Organisation = visitor.Organisation.Id, visitor.Organisation.TimeZone, from, to, today });
        return await answers.ReadSingleAsync<AnnualFigures>() with { Domains = [.. await answers.ReadAsync<CountedName>()], Rights = [.. await answers.ReadAsync<CountedName>()], Opinions = [.. await answers.ReadAsync<CountedName>()] };
    }

    /// <summary>The same of a whole area that the current organisation leads, in totals that name nobody; null where there is none or not for this visitor.</summary>
    public async Task<AreaFigures?> ReadAreaAsync(Guid area, DateOnly from, DateOnly to, DateOnly today)
    {
        var connection = await db.OpenAsync();
        await using var answers = await connection.QueryMultipleAsync(
            """
            select name from mutualisation_area where organisation_id = @Organisation and id = @area;
            select part, name, number from app.area_year(@Organisation, @area, @from, @to, @today) order by number desc, name
            """,
            new { Organisation = visitor.Organisation.Id, area, from, to, today });
        var name = await answers.ReadSingleOrDefaultAsync<string>();
        var counts = (await answers.ReadAsync<(string Part, string Name, long Number)>()).ToLookup(one => one.Part, one => new CountedName(one.Name, (int)one.Number));
        return name is null || counts.Count == 0 ? null : new(name, counts);
    }
}
