using Dapper;
using Registry.Access;
using Registry.Data;
using Registry.Facts;
using Registry.Features.Records;

namespace Registry.Features.Search;

public sealed record FoundRecord
{
    public required string Slug { get; init; }
    public required string Organisation { get; init; }
    public required int Number { get; init; }
    public required string Title { get; init; }
    public string? Unit { get; init; }
    public string? Purpose { get; init; }
    public required string Status { get; init; }
    public int? PublishedVersion { get; init; }
    public required int Total { get; init; }

    public string Reference => ProcessingRecord.ReferenceOf(Number);
    public RecordStatus State => RecordStates.Parse(Status) ?? throw new InvalidOperationException($"Unknown state {Status}.");
}

public sealed record FoundOrganisation
{
    public required string Slug { get; init; }
    public required string Name { get; init; }
    public required string Type { get; init; }
    public string? DepartmentName { get; init; }
    public required int Total { get; init; }
}

/// <summary>An application or a third party.</summary>
public sealed record FoundThing
{
    public required string Kind { get; init; }
    public required string Slug { get; init; }
    public required string Organisation { get; init; }
    public required Guid Id { get; init; }
    public required string Name { get; init; }
    public required string Detail { get; init; }
    public required bool Active { get; init; }
    public required int Total { get; init; }
}

public sealed record Found(IReadOnlyList<FoundOrganisation> Organisations, IReadOnlyList<FoundRecord> Records, IReadOnlyList<FoundThing> Systems, IReadOnlyList<FoundThing> ThirdParties)
{
    public bool IsEmpty => Organisations.Count + Records.Count + Systems.Count + ThirdParties.Count == 0;
}

/// <summary>One question over all that the person may see.</summary>
public sealed class SearchStore(Db db, Visitor visitor)
{
    /// <summary>
    /// Organisations, records, applications and third parties, in one round trip. A further kind of thing joins here: rows of its own kind in
    /// app.search_entry, one more group on the page. A page too far is the last one.
    /// </summary>
    public async Task<Found> FindAsync(string[] words, int? number, int page, int size)
    {
        var connection = await db.OpenAsync();
        using var answers = await connection.QueryMultipleAsync(
            """
            select slug, name, type, department_name, (count(*) over ())::int as total
              from organisation
             where status <> 'CLOSED'
               and not exists (select from unnest(@folded) as w (word)
                                where position(' ' || w.word in ' ' || app.folded(concat_ws(' ', name, short_name, siren, insee_code, city))) = 0)
             order by name collate "fr-x-icu"
             limit @size;
            with reach as materialized (
              select organisation_id, bool_or(kind = any(@Drafters)) as drafts from app.current_roles() where kind = any(@Readers) group by organisation_id
            ), asked as materialized (
              select app.search_query(@words) as query
            ), hits as materialized (
              select reach.organisation_id, e.id, reach.drafts, ts_rank(e.words, asked.query) as rank
                from reach
                join search_entry e on e.organisation_id = reach.organisation_id
               cross join asked
               where e.kind = 'RECORD' and e.kept and e.words @@ asked.query
               union all
              select reach.organisation_id, r.id, reach.drafts, 9
                from reach
                join processing_record r on r.organisation_id = reach.organisation_id
               where r.number = @number and r.status <> 'ABANDONED'
            ), seen as materialized (
              select organisation_id, id, max(rank) as rank
                from (select organisation_id, id, rank from hits where drafts
                       union all
                      select hits.organisation_id, hits.id, hits.rank
                        from hits
                        join processing_record r on r.organisation_id = hits.organisation_id and r.id = hits.id
                       where not hits.drafts and (r.author_id = @PersonId or r.status in ('PUBLISHED', 'IN_REVISION'))) open
               group by organisation_id, id
            )
            select o.slug, o.name as organisation, r.number, r.title, r.unit, r.sheet #>> '{purposes,purpose}' as purpose, r.status, r.published_version, best.total
              from (select organisation_id, id, rank, (count(*) over ())::int as total
                      from seen
                     order by rank desc, organisation_id, id
                     limit @size offset (select least((@page::bigint - 1) * @size, greatest(count(*) - 1, 0) / @size * @size) from seen)) best
              join processing_record r on r.organisation_id = best.organisation_id and r.id = best.id
              join organisation o on o.id = r.organisation_id
             order by best.rank desc, best.organisation_id, best.id;
            with reach as materialized (
              select distinct organisation_id from app.current_roles() where kind = any(@Readers)
            ), asked as materialized (
              select app.search_query(@words) as query
            ), hits as materialized (
              select reach.organisation_id, e.kind, e.id, ts_rank(e.words, asked.query) as rank
                from reach
                join search_entry e on e.organisation_id = reach.organisation_id
               cross join asked
               where e.kind in (@System, @ThirdParty) and e.words @@ asked.query
            ), placed as materialized (
              select organisation_id, kind, id, (count(*) over (partition by kind))::int as total,
                     row_number() over (partition by kind order by rank desc, organisation_id, id) as place
                from hits
            ), shown as materialized (
              select organisation_id, kind, id, total, place, least((@page::bigint - 1) * @size, (total - 1) / @size * @size) as before from placed
            )
            select shown.kind, o.slug, o.name as organisation, shown.id, coalesce(s.name, p.name) as name, coalesce(s.active, p.active) as active, shown.total,
                   concat_ws(' · ', v.name, nullif(s.sheet ->> 'hostedBy', v.name), s.sheet ->> 'hostingDetail', coalesce('SIRET ' || p.siret, 'SIREN ' || p.siren)) as detail
              from shown
              join organisation o on o.id = shown.organisation_id
              left join information_system s on shown.kind = @System and s.organisation_id = shown.organisation_id and s.id = shown.id
              left join third_party v on v.organisation_id = s.organisation_id and v.id = s.vendor_id
              left join third_party p on shown.kind = @ThirdParty and p.organisation_id = shown.organisation_id and p.id = shown.id
             where shown.place > shown.before and shown.place <= shown.before + @size
             order by shown.place
            """,
            new
            {
                words, folded = words.Select(word => Folding.Fold(word)).ToArray(), number, page, size, visitor.PersonId,
                RecordReaders.Readers, RecordReaders.Drafters, KnownThings.System, KnownThings.ThirdParty,
            });
        var (organisations, records) = ((await answers.ReadAsync<FoundOrganisation>()).AsList(), (await answers.ReadAsync<FoundRecord>()).AsList());
        var things = (await answers.ReadAsync<FoundThing>()).ToLookup(thing => thing.Kind);
        return new Found(organisations, records, [.. things[KnownThings.System]], [.. things[KnownThings.ThirdParty]]);
    }

    /// <summary>
    /// For words that nothing answered: the nearest words that the registers within reach do use. Null when there is none one slip away.
    /// </summary>
    public async Task<string[]?> CorrectAsync(string[] words)
    {
        var connection = await db.OpenAsync();
        var folded = words.Select(word => Folding.Fold(word)).ToArray();
        var known = (await connection.QueryAsync<string>(
            """
            select distinct w.lexeme
              from (select distinct organisation_id from app.current_roles() where kind = any(@Readers)) reach
              join search_entry e on e.organisation_id = reach.organisation_id
             cross join unnest(tsvector_to_array(e.words)) as w (lexeme)
             where left(w.lexeme, 1) = any(@firsts) and length(w.lexeme) between @shortest and @longest
            """,
            new
            {
                RecordReaders.Readers, firsts = folded.Select(word => word[..1]).Distinct().ToArray(),
                shortest = Math.Max(4, folded.Min(word => word.Length) - 1), longest = folded.Max(word => word.Length) + 3,
            })).AsList();
        var corrected = folded.Select(word => known.Contains(word) ? word : known
            .Where(other => TypingError.OneAwayFromAWord(word, other))
            .OrderBy(other => Math.Abs(other.Length - word.Length)).ThenBy(other => other, StringComparer.Ordinal).FirstOrDefault() ?? word).ToArray();
        return corrected.SequenceEqual(folded) ? null : corrected;
    }
}
