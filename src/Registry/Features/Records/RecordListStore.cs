using System.Text.Json;
using Dapper;
using Registry.Access;
using Registry.Data;
using Registry.Facts;
using Registry.Features.Shared;

namespace Registry.Features.Records;

/// <summary>A page of a list of records, with what its filters may be set to.</summary>
public sealed record Register
{
    public required IReadOnlyList<RecordLine> Lines { get; init; }
    public required IReadOnlyDictionary<string, int> Counts { get; init; }
    public required RegisterChoices Choices { get; init; }
    public required IReadOnlyList<SavedView> Views { get; init; }

    public int CountOf(IEnumerable<string> statuses) => statuses.Sum(status => Counts.GetValueOrDefault(status));
}

public sealed record RegisterChoices
{
    public string[] Units { get; init; } = [];
    public string[] Tags { get; init; } = [];
    public string[] Slugs { get; init; } = [];
    public string[] Names { get; init; } = [];
}

public sealed record SavedView
{
    public required string Name { get; init; }
    public required string Query { get; init; }
    public required bool Opens { get; init; }
}

/// <summary>The list of records: of the organisation of the address, or over all within reach.</summary>
public sealed class RecordListStore(Db db, Visitor visitor, TimeProvider clock)
{
    public DateOnly Today => visitor.OrganisationOrNull?.Today(clock) ?? DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(clock.GetUtcNow(), Dates.Paris).DateTime);

    /// <summary>In one round trip. The tenants come first: words and labels may use no index of theirs under the policies (S-56).</summary>
    public async Task<Register> ListAsync(RecordFilter filter)
    {
        var connection = await db.OpenAsync();
        var organisation = visitor.OrganisationOrNull?.Id;
        using var answers = await connection.QueryMultipleAsync(
            """
            with reach as materialized (
              select organisation_id, array_agg(distinct kind) as kinds, bool_or(kind = any(@Drafters)) as drafts,
                     coalesce(array_agg(distinct scope) filter (where scope is not null), '{}') as delegations
                from app.current_roles() left join lateral unnest(delegation_scope) as scope on true
               where kind = any(@Readers) and (@organisation::uuid is null or organisation_id = @organisation)
               group by organisation_id
            ), found as materialized (
              select o.slug, o.name as organisation, o.type, reach.kinds, reach.delegations, r.organisation_id, r.id, r.number, r.title, r.unit, r.domain, r.status, r.completeness, r.sensitive,
                     r.minors, r.dpia_due, r.dpia_waived, r.published_version, r.next_review_on, r.tags, r.model_code, r.updated_at
                from reach
                join organisation o on o.id = reach.organisation_id
                join processing_record r on r.organisation_id = reach.organisation_id
               where (reach.drafts or r.author_id = @person or r.status in ('PUBLISHED', 'IN_REVISION'))
                 and (not @bySlug or o.slug = any(@organisations))
                 and (not @byUnit or r.unit = any(@units))
                 and (not @byDomain or r.domain = any(@domains))
                 and (not @byModel or r.model_code = any(@models))
                 and r.tags @> @tags
                 and (not 'sensibles' = any(@attention) or r.sensitive)
                 and (not 'mineurs' = any(@attention) or r.minors)
                 and (not 'aipd-absente' = any(@attention) or r.dpia_due)
                 and (not 'incomplete' = any(@attention) or r.completeness < 100)
                 and (not 'en-vigueur' = any(@attention) or (r.published_version is not null and r.status <> 'ARCHIVED'))
                 and (not 'mes-fiches' = any(@attention) or r.author_id = @person)
                 and (not 'revision-depassee' = any(@attention) or (r.status = 'PUBLISHED' and r.next_review_on < @today))
                 and (not 'revision-a-jour' = any(@attention) or (r.published_version is not null and r.status <> 'ARCHIVED' and r.next_review_on >= @today))
                 and (not 'non-revue' = any(@attention) or (r.status in ('PUBLISHED', 'IN_REVISION') and exists (select from record_version v
                        where v.organisation_id = r.organisation_id and v.record_id = r.id and v.number = r.published_version and v.validated_by is null)))
                 and (@words::text[] is null or r.number = @number or exists (select from search_entry e
                        where e.organisation_id = r.organisation_id and e.kind = 'RECORD' and e.id = r.id and e.words @@ app.search_query(@words)))
            ), counts as (
              select coalesce(jsonb_object_agg(status, n), '{}') as by_status, coalesce(sum(n) filter (where status = any(@statuses)), 0)::int as total
                from (select status, count(*) as n from found group by status) c
            ), page as (
              select row_number() over () as place, slug, organisation, type, kinds, delegations, organisation_id, id, number, title, unit, domain, status, completeness,
                     sensitive, minors, dpia_due, dpia_waived, published_version, next_review_on, tags, model_code, updated_at
                from (select f.slug, f.organisation, f.type, f.kinds, f.delegations, f.organisation_id, f.id, f.number, f.title, f.unit, f.domain, f.status, f.completeness,
                             f.sensitive, f.minors, f.dpia_due, f.dpia_waived, f.published_version, f.next_review_on, f.tags, f.model_code, f.updated_at
                        from found f
                        cross join lateral (
                          select array_agg(x.word order by x.place) as words, array_agg(x.weight order by x.place) as weights
                            from (select s.place,
                                         case s.key when 'titre' then f.title when 'service' then f.unit when 'domaine' then f.domain when 'organisme' then f.organisation end as word,
                                         case s.key when 'reference' then f.number when 'completude' then f.completeness when 'revision' then f.next_review_on - date '2000-01-01'
                                                    when 'modifiee' then extract(epoch from f.updated_at)::bigint
                                                    when 'etat' then array_position(@order, f.status) end * case when s.down then -1 else 1 end as weight
                                    from unnest(@keys, @downs) with ordinality as s (key, down, place)) x) k
                       where f.status = any(@statuses)
                       order by case when not @downs[1] then k.words[1] end collate "fr-x-icu", case when @downs[1] then k.words[1] end collate "fr-x-icu" desc nulls last, k.weights[1],
                                case when not @downs[2] then k.words[2] end collate "fr-x-icu", case when @downs[2] then k.words[2] end collate "fr-x-icu" desc nulls last, k.weights[2],
                                case when not @downs[3] then k.words[3] end collate "fr-x-icu", case when @downs[3] then k.words[3] end collate "fr-x-icu" desc nulls last, k.weights[3],
                                f.organisation collate "fr-x-icu", f.slug, f.number
                       limit @Size offset (select least((@Page::bigint - 1) * @Size, greatest(total - 1, 0) / @Size * @Size) from counts)) sorted
            )
            select counts.by_status::text, page.slug, page.organisation, page.type, page.kinds, page.delegations, page.number, page.title, page.unit, page.domain, page.status, page.completeness,
                   page.sensitive, page.minors, page.dpia_due, page.dpia_waived, page.published_version, page.next_review_on, page.tags, page.model_code, page.updated_at,
                   (page.status in ('PUBLISHED', 'IN_REVISION') and exists (select from record_version v where v.organisation_id = page.organisation_id and v.record_id = page.id
                       and v.number = page.published_version and v.validated_by is null)) as unreviewed
              from counts left join page on true
             order by page.place;
            select coalesce(array_agg(distinct r.unit) filter (where r.unit is not null and @organisation is not null), '{}') as units,
                   coalesce((select array_agg(distinct t.tag) from processing_record l, unnest(l.tags) as t (tag) where l.tags <> '{}' and (@organisation is null or l.organisation_id = @organisation)), '{}') as tags,
                   coalesce((select array_agg(o.slug order by o.name collate "fr-x-icu") from organisation o where @organisation is null), '{}') as slugs,
                   coalesce((select array_agg(o.name order by o.name collate "fr-x-icu") from organisation o where @organisation is null), '{}') as names
              from processing_record r
             where r.organisation_id = @organisation;
            select name, query, opens from saved_view where person_id = @person and organisation_id is not distinct from @organisation and query is not null order by name
            """,
            new
            {
                organisation, person = visitor.PersonId, RecordReaders.Drafters, RecordReaders.Readers, today = Today, filter.Page, filter.Size, statuses = filter.Statuses, order = Order,
                bySlug = filter.Organisations.Count > 0, organisations = filter.Organisations.ToArray(), byUnit = filter.Units.Count > 0, units = filter.Units.ToArray(),
                byDomain = filter.Domains.Count > 0, domains = filter.Domains.ToArray(), byModel = filter.Models.Count > 0, models = filter.Models.ToArray(),
                tags = filter.Tags.ToArray(), attention = filter.Attention.ToArray(), words = SearchWords.Of(filter.Text), number = SearchWords.Number(filter.Text),
                keys = filter.Sort.Select(key => key.Key).ToArray(), downs = filter.Sort.Select(key => key.Down).Concat([false, false, false]).Take(3).ToArray(),
            });
        var counts = "{}";
        var lines = answers.Read<string, RecordLine?, RecordLine?>((byStatus, line) => { counts = byStatus; return line; }, splitOn: "slug").OfType<RecordLine>().ToList();
        return new Register
        {
            Lines = lines,
            Counts = JsonSerializer.Deserialize<Dictionary<string, int>>(counts)!,
            Choices = await answers.ReadSingleAsync<RegisterChoices>(),
            Views = (await answers.ReadAsync<SavedView>()).AsList(),
        };
    }

    /// <summary>From the first state of a record's life to the last.</summary>
    private static readonly string[] Order = [.. RecordStates.Faces.Select(face => face.Code)];
}
