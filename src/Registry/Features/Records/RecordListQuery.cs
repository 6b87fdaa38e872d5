using Registry.Facts;

namespace Registry.Features.Records;

/// <summary>
/// The question that a list of records asks, put together from what its filter holds: each piece is one of the texts below, each value travels as a
/// parameter. Only what is asked for stands in it, so that the database plans it once and keeps the plan.
/// </summary>
public static class RecordListQuery
{
    /// <summary>Who asks, there: known already on the pages of one organisation, looked up for all the others.</summary>
    private const string Here = "select @organisation::uuid as organisation_id, @kinds::text[] as kinds, @drafts::boolean as drafts, @delegations::text[] as delegations";

    private const string Everywhere =
        """
        select organisation_id, array_agg(distinct kind) as kinds, bool_or(kind = any(@Drafters)) as drafts,
               coalesce(array_agg(distinct scope) filter (where scope is not null), '{}') as delegations
          from app.current_roles() left join lateral unnest(delegation_scope) as scope on true
         where kind = any(@Readers)
         group by organisation_id
        """;

    private const string Unreviewed =
        """
        r.status in ('PUBLISHED', 'IN_REVISION') and exists (select from record_version v
           where v.organisation_id = r.organisation_id and v.record_id = r.id and v.number = r.published_version and v.validated_by is null)
        """;

    /// <summary>
    /// Where the words stand, or the number typed. Under the policies words may use no index of theirs (S-56): the organisations within reach come first, by
    /// the policy itself; joined here already, they would be gone through again for each entry, as nobody foresees how many answer to a word.
    /// </summary>
    private const string Hits =
        """
        ), asked as materialized (
          select app.search_query(@words) as query
        ), hits as materialized (
          select e.organisation_id, e.id from asked cross join search_entry e where e.kind = 'RECORD' and e.words @@ asked.query
           union
          select r.organisation_id, r.id from processing_record r where r.number = @number::int
        """;

    private const string OfRecord =
        """
        r.organisation_id, r.id, r.number, r.title, r.unit, r.domain, r.status, r.completeness, r.sensitive, r.minors, r.dpia_due, r.dpia_waived, r.published_version, r.next_review_on,
        r.tags, r.model_code, r.updated_at
        """;

    private const string OfLine = "r.slug, r.organisation, r.type, r.kinds, r.delegations, " + OfRecord;

    private static readonly Dictionary<string, string> Attention = new()
    {
        ["sensibles"] = "r.sensitive",
        ["mineurs"] = "r.minors",
        ["aipd-absente"] = "r.dpia_due",
        ["incomplete"] = "r.completeness < 100",
        ["en-vigueur"] = "r.published_version is not null and r.status <> 'ARCHIVED'",
        ["mes-fiches"] = "r.author_id = @person",
        ["revision-depassee"] = "r.status = 'PUBLISHED' and r.next_review_on < @today",
        ["revision-a-jour"] = "r.published_version is not null and r.status <> 'ARCHIVED' and r.next_review_on >= @today",
        ["non-revue"] = Unreviewed,
    };

    private static readonly Dictionary<string, string> Keys = new()
    {
        ["reference"] = "r.number", ["titre"] = "r.title collate \"fr-x-icu\"", ["organisme"] = "r.organisation collate \"fr-x-icu\"", ["service"] = "r.unit collate \"fr-x-icu\"",
        ["domaine"] = "r.domain collate \"fr-x-icu\"", ["etat"] = "array_position(@order, r.status)", ["completude"] = "r.completeness", ["revision"] = "r.next_review_on",
        ["modifiee"] = "r.updated_at",
    };

    /// <summary>The lines of a page, each with the numbers of each state before the choice of state; one line without a record when there is none.</summary>
    public static string Lines(RecordFilter filter, bool area) =>
        string.Join('\n',
            "with reach as materialized (", area ? Everywhere : Here,
            Searches(filter) ? Hits : "",
            """
            ), found as materialized (
              select o.slug, o.name as organisation, o.type, reach.kinds, reach.delegations,
            """, OfRecord,
            """
                from reach
                join organisation o on o.id = reach.organisation_id
                join processing_record r on r.organisation_id = reach.organisation_id
            """,
            Searches(filter) ? "join hits on hits.organisation_id = r.organisation_id and hits.id = r.id" : "",
            "where " + string.Join("\nand ", Conditions(filter).Select(condition => $"({condition})")),
            """
            ), counts as (
              select coalesce(jsonb_object_agg(status, n), '{}')::text as by_status, coalesce(sum(n) filter (where status = any(@statuses)), 0)::int as total
                from (select status, count(*) as n from found group by status) c
            ), page as (
              select
            """,
            OfLine + ", row_number() over (order by " + string.Join(", ", Order(filter)) + ") as place",
            """
                from found r
               where r.status = any(@statuses)
               order by place
               limit @Size offset (select least((@Page::bigint - 1) * @Size, greatest(total - 1, 0) / @Size * @Size) from counts)
            )
            select counts.by_status,
            """, OfLine + ",",
            $"coalesce({Unreviewed}, false) as unreviewed",
            """
              from counts left join page r on true
             order by r.place
            """);

    /// <summary>What the filters may be set to: of one organisation its services and labels, of all of them their names and labels.</summary>
    public static string Choices(bool area) => area
        ? """
          select (select coalesce(array_agg(distinct t.tag), '{}') from processing_record l, unnest(l.tags) as t (tag) where l.tags <> '{}') as tags,
                 coalesce(array_agg(o.slug order by o.name collate "fr-x-icu"), '{}') as slugs, coalesce(array_agg(o.name order by o.name collate "fr-x-icu"), '{}') as names
            from organisation o
          """
        : """
          select coalesce(array_agg(distinct r.unit) filter (where r.unit is not null), '{}') as units, coalesce(array_agg(distinct t.tag) filter (where t.tag is not null), '{}') as tags
            from processing_record r
            left join lateral unnest(r.tags) as t (tag) on true
           where r.organisation_id = @organisation
          """;

    /// <summary>Quotes and dashes alone are no word.</summary>
    private static bool Searches(RecordFilter filter) => SearchWords.Of(filter.Text) is not null;

    private static IEnumerable<string> Conditions(RecordFilter filter)
    {
        yield return "reach.drafts or r.author_id = @person or r.status in ('PUBLISHED', 'IN_REVISION')";
        if (filter.Organisations.Count > 0) yield return "o.slug = any(@organisations)";
        if (filter.Units.Count > 0) yield return "r.unit = any(@units)";
        if (filter.Domains.Count > 0) yield return "r.domain = any(@domains)";
        if (filter.Models.Count > 0) yield return "r.model_code = any(@models)";
        if (filter.Tags.Count > 0) yield return "r.tags @> @tags";
        foreach (var key in filter.Attention) yield return Attention[key];
    }

    private static IEnumerable<string> Order(RecordFilter filter) =>
        [.. filter.Sort.Select(key => Keys[key.Key] + (key.Down ? " desc nulls last" : "")), "r.organisation collate \"fr-x-icu\"", "r.slug", "r.number"];
}
