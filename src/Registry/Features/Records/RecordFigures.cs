using Dapper;
using Registry.Access;
using Registry.Data;

namespace Registry.Features.Records;

/// <summary>How a register stands (domain §5): counts of the records its reader may list, archived ones left out.</summary>
public sealed record RegisterHealth
{
    public string Slug { get; init; } = "";
    public string Name { get; init; } = "";
    public int Total { get; init; }
    public int Draft { get; init; }
    public int Submitted { get; init; }
    public int InReview { get; init; }
    public int ChangesRequested { get; init; }
    public int Validated { get; init; }
    public int Published { get; init; }
    public int InRevision { get; init; }
    public long CompletenessSum { get; init; }
    public int Incomplete { get; init; }

    /// <summary>With a version in force, and of those the ones whose review is not past.</summary>
    public int InForce { get; init; }
    public int UpToDate { get; init; }
    public int Overdue { get; init; }
    public int Sensitive { get; init; }
    public int SensitiveWithoutDpia { get; init; }

    public int? Completeness => Share(CompletenessSum, 100L * Total);
    public int? PublishedShare => Share(InForce, Total);

    /// <summary>Freshness: next review not past, among the published.</summary>
    public int? Freshness => Share(UpToDate, InForce);

    public IReadOnlyList<(RecordGroup Group, int Count)> ByState =>
        [.. RecordGroups.States.Zip([Draft, Submitted, InReview, ChangesRequested, Validated, Published, InRevision])];

    /// <summary>Whole percents, never 100 when something is missing; null when there is nothing to have a share of.</summary>
    private static int? Share(long part, long whole) => whole == 0 ? null : part == whole ? 100 : (int)Math.Min(99, 100 * part / whole);

    public static RegisterHealth SumOf(IReadOnlyCollection<RegisterHealth> all) => new()
    {
        Total = all.Sum(one => one.Total), Draft = all.Sum(one => one.Draft), Submitted = all.Sum(one => one.Submitted), InReview = all.Sum(one => one.InReview),
        ChangesRequested = all.Sum(one => one.ChangesRequested), Validated = all.Sum(one => one.Validated), Published = all.Sum(one => one.Published),
        InRevision = all.Sum(one => one.InRevision), CompletenessSum = all.Sum(one => one.CompletenessSum), Incomplete = all.Sum(one => one.Incomplete),
        InForce = all.Sum(one => one.InForce), UpToDate = all.Sum(one => one.UpToDate), Overdue = all.Sum(one => one.Overdue), Sensitive = all.Sum(one => one.Sensitive),
        SensitiveWithoutDpia = all.Sum(one => one.SensitiveWithoutDpia),
    };
}

/// <summary>What the register offers to the pages that look over everything: its figures, counted as the lists count.</summary>
public sealed class RecordFigures(Db db, Visitor visitor, RecordListStore register)
{
    public async Task<RegisterHealth?> FindAsync(Guid organisation) => await ListAsync(organisation) is [var one, ..] ? one : null;

    /// <summary>One line for each organisation within reach whose records the visitor reads, by name; or that of one organisation.</summary>
    public async Task<IReadOnlyList<RegisterHealth>> ListAsync(Guid? organisation = null)
    {
        var connection = await db.OpenAsync();
        return (await connection.QueryAsync<RegisterHealth>(
            """
            with reach as materialized (
              select organisation_id, bool_or(kind = any(@Drafters)) as drafts
                from app.current_roles()
               where kind = any(@Readers) and (@organisation::uuid is null or organisation_id = @organisation)
               group by organisation_id
            ), figures as materialized (
              select r.organisation_id, count(*)::int as total, sum(r.completeness) as completeness_sum,
                     (count(*) filter (where r.status = 'DRAFT'))::int as draft, (count(*) filter (where r.status = 'SUBMITTED'))::int as submitted,
                     (count(*) filter (where r.status = 'IN_REVIEW'))::int as in_review, (count(*) filter (where r.status = 'CHANGES_REQUESTED'))::int as changes_requested,
                     (count(*) filter (where r.status = 'VALIDATED'))::int as validated, (count(*) filter (where r.status = 'PUBLISHED'))::int as published,
                     (count(*) filter (where r.status = 'IN_REVISION'))::int as in_revision, (count(*) filter (where r.completeness < 100))::int as incomplete,
                     (count(*) filter (where r.published_version is not null))::int as in_force,
                     (count(*) filter (where r.published_version is not null and r.next_review_on >= @today))::int as up_to_date,
                     (count(*) filter (where r.status = 'PUBLISHED' and r.next_review_on < @today))::int as overdue,
                     (count(*) filter (where r.sensitive))::int as sensitive, (count(*) filter (where r.sensitive and r.dpia_due))::int as sensitive_without_dpia
                from reach
                join processing_record r on r.organisation_id = reach.organisation_id
               where r.status not in ('ARCHIVED', 'ABANDONED') and (reach.drafts or r.author_id = @PersonId or r.status in ('PUBLISHED', 'IN_REVISION'))
               group by r.organisation_id
            )
            select o.slug, o.name, coalesce(f.total, 0) as total, coalesce(f.completeness_sum, 0) as completeness_sum, coalesce(f.draft, 0) as draft,
                   coalesce(f.submitted, 0) as submitted, coalesce(f.in_review, 0) as in_review, coalesce(f.changes_requested, 0) as changes_requested,
                   coalesce(f.validated, 0) as validated, coalesce(f.published, 0) as published, coalesce(f.in_revision, 0) as in_revision,
                   coalesce(f.incomplete, 0) as incomplete, coalesce(f.in_force, 0) as in_force, coalesce(f.up_to_date, 0) as up_to_date,
                   coalesce(f.overdue, 0) as overdue, coalesce(f.sensitive, 0) as sensitive, coalesce(f.sensitive_without_dpia, 0) as sensitive_without_dpia
              from reach
              join organisation o on o.id = reach.organisation_id
              left join figures f on f.organisation_id = o.id
             where o.status <> 'CLOSED'
             order by o.name collate "fr-x-icu", o.slug
            """,
            new { organisation, today = register.Today, visitor.PersonId, RecordReaders.Readers, RecordReaders.Drafters })).AsList();
    }
}

/// <summary>The figures with the list that each of them counts.</summary>
/// <param name="List">"/registre" or the list of one organisation.</param>
public sealed record HealthView(RegisterHealth Health, string List)
{
    public static HealthView Of(RegisterHealth health, string? slug = null) => new(health, slug is null ? "/registre" : $"/o/{slug}/traitements");

    /// <summary>Where each state begins and how wide it is, in percent of the bar; what is empty has no part.</summary>
    public IReadOnlyList<(RecordGroup Group, int Count, double X, double Width)> Parts()
    {
        var parts = new List<(RecordGroup, int, double, double)>();
        var x = 0.0;
        foreach (var (group, count) in Health.ByState.Where(one => one.Count > 0))
        {
            var width = 100.0 * count / Health.Total;
            parts.Add((group, count, x, width));
            x += width;
        }
        return parts;
    }
}
