using Dapper;
using Registry.Access;
using Registry.Data;
using Registry.Features.Records;

namespace Registry.Features.Reviews;

/// <summary>The yearly review of the current organisation's register.</summary>
public sealed class ReviewStore(Db db, Visitor visitor, TimeProvider clock)
{
    private Guid Organisation => visitor.Organisation.Id;

    public async Task<IReadOnlyList<ReviewLine>> ListAsync()
    {
        var connection = await db.OpenAsync();
        return (await connection.QueryAsync<ReviewLine>(
            """
            select r.id, r.number, r.title, r.status, r.completeness, r.published_version, v.published_at, r.next_review_on, r.confirmed_at, r.confirmed_by
              from processing_record r
              left join record_version v on v.organisation_id = r.organisation_id and v.record_id = r.id and v.number = r.published_version
             where r.organisation_id = @Organisation and r.status not in ('ARCHIVED', 'ABANDONED')
             order by r.next_review_on nulls last, r.number
            """,
            new { Organisation })).AsList();
    }

    /// <summary>Those that are in force in the very version that was seen are confirmed; their next review moves by the period of each.</summary>
    public async Task<IReadOnlyList<(Guid Id, int Number, DateOnly NextReviewOn)>> ConfirmAsync(IReadOnlyList<(int Number, int Version)> seen)
    {
        var connection = await db.OpenAsync();
        return (await connection.QueryAsync<(Guid, int, DateOnly)>(
            """
            update processing_record r
               set confirmed_at = @now, confirmed_by = @by,
                   next_review_on = (@today + make_interval(months => coalesce((r.sheet #>> '{publication,reviewEveryMonths}')::int, @UsualReviewMonths)))::date
              from unnest(@numbers, @versions) as s (number, version)
             where r.organisation_id = @Organisation and r.number = s.number and r.published_version = s.version and r.status = 'PUBLISHED'
            returning r.id, r.number, r.next_review_on
            """,
            new
            {
                Organisation, now = clock.GetUtcNow(), by = visitor.Name, today = visitor.Organisation.Today(clock), PublicationSection.UsualReviewMonths,
                numbers = seen.Select(one => one.Number).ToArray(), versions = seen.Select(one => one.Version).ToArray(),
            })).OrderBy(row => row.Item2).ToList();
    }

    public async Task<IReadOnlyList<StatementLine>> StatementsAsync()
    {
        var connection = await db.OpenAsync();
        return (await connection.QueryAsync<StatementLine>(
            "select number, made_at, made_by from review_statement where organisation_id = @Organisation order by number desc limit 50", new { Organisation })).AsList();
    }

    public async Task<ReviewStatement?> FindAsync(int number)
    {
        var connection = await db.OpenAsync();
        return await connection.QuerySingleOrDefaultAsync<ReviewStatement>(
            "select number, content, sha256, made_at, made_by from review_statement where organisation_id = @Organisation and number = @number", new { Organisation, number });
    }

    /// <summary>One review ends at a time; the same form sent twice finds the statement that it made (S-92).</summary>
    public async Task<int?> BeginStatementAsync(Guid form)
    {
        var connection = await db.OpenAsync();
        await connection.ExecuteAsync("select pg_advisory_xact_lock(hashtextextended(@key, 0))", new { key = $"{Organisation}/review" });
        return await connection.ExecuteScalarAsync<int?>(
            "select number from review_statement where organisation_id = @Organisation and form_id = @form", new { Organisation, form });
    }

    public async Task<int> StateAsync(Guid form, string content, string sha256)
    {
        var connection = await db.OpenAsync();
        return await connection.ExecuteScalarAsync<int>(
            """
            insert into review_statement (organisation_id, number, form_id, content, sha256, made_at, made_by)
            select @Organisation, coalesce(max(number), 0) + 1, @form, @content, @sha256, @now, @by
              from review_statement
             where organisation_id = @Organisation
            returning number
            """,
            new { Organisation, form, content, sha256, now = clock.GetUtcNow(), by = visitor.Name });
    }
}
