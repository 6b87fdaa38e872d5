using Dapper;
using Registry.Access;
using Registry.Data;
using Registry.Facts;
using Registry.Features.Records;

namespace Registry.Features.Search;

public sealed record FoundOrganisation
{
    public required string Slug { get; init; }
    public required string Name { get; init; }
    public required string Type { get; init; }
    public string? DepartmentName { get; init; }
    public required int Total { get; init; }
}

/// <summary>A record, an application or a third party.</summary>
public sealed record FoundThing
{
    public required string Kind { get; init; }
    public required string Slug { get; init; }
    public required string Organisation { get; init; }
    public required Guid Id { get; init; }
    public required string Name { get; init; }

    /// <summary>The purpose of a record; who makes and holds an application; the number of a third party.</summary>
    public required string Detail { get; init; }
    public required bool Active { get; init; }
    public required int Total { get; init; }

    /// <summary>Of a record, as are those that follow.</summary>
    public int Number { get; init; }
    public string? Unit { get; init; }
    public string? Status { get; init; }
    public int? PublishedVersion { get; init; }

    public string Reference => ProcessingRecord.ReferenceOf(Number);
    public RecordStatus State => RecordStates.Parse(Status) ?? throw new InvalidOperationException($"Unknown state {Status}.");
}

public sealed record Found(IReadOnlyList<FoundOrganisation> Organisations, IReadOnlyList<FoundThing> Records, IReadOnlyList<FoundThing> Systems, IReadOnlyList<FoundThing> ThirdParties)
{
    public bool IsEmpty => Organisations.Count + Records.Count + Systems.Count + ThirdParties.Count == 0;
}

/// <summary>One question over all that the person may see.</summary>
public sealed class SearchStore(Db db, Visitor visitor)
{
    /// <summary>The kind of a record in app.search_entry.</summary>
    private const string Record = "RECORD";

    /// <summary>
    /// Organisations, records, applications and third parties, in one round trip. A further kind of thing joins here: rows of its own kind in
    /// app.search_entry, one more group on the page. A page too far is the last one.
    /// </summary>
    public async Task<Found> FindAsync(string[] words, int? number, int page, int size)
    {
        var connection = await db.OpenAsync();
        // The entries are gone through once, for all kinds; who reads what comes after, as nobody foresees how many answer to a word.
        using var answers = await connection.QueryMultipleAsync(
            """
            select slug, name, type, department_name, (count(*) over ())::int as total
              from organisation
             where status <> 'CLOSED'
               and not exists (select from unnest(@folded) as w (word) where position(' ' || w.word in ' ' || organisation.folded) = 0)
             order by name collate "fr-x-icu"
             limit @size;
            with asked as materialized (
              select app.search_query(@words) as query
            ), hits as materialized (
              select e.organisation_id, e.kind, e.id, ts_rank(e.words, asked.query) as rank
                from asked
               cross join search_entry e
               where e.kept and e.words @@ asked.query
               union all
              select organisation_id, 'RECORD', id, 9 from processing_record where number = @number and status <> 'ABANDONED'
            ), reach as materialized (
              select organisation_id, bool_or(kind = any(@Drafters)) as drafts from app.current_roles() where kind = any(@Readers) group by organisation_id
            ), seen as materialized (
              select hits.organisation_id, hits.kind, hits.id, max(hits.rank) as rank
                from hits
                join reach on reach.organisation_id = hits.organisation_id
               where reach.drafts or hits.kind <> 'RECORD'
                  or exists (select from processing_record r
                              where r.organisation_id = hits.organisation_id and r.id = hits.id and (r.author_id = @PersonId or r.status in ('PUBLISHED', 'IN_REVISION')))
               group by hits.organisation_id, hits.kind, hits.id
            ), placed as materialized (
              select organisation_id, kind, id, (count(*) over (partition by kind))::int as total,
                     row_number() over (partition by kind order by rank desc, organisation_id, id) as place
                from seen
            ), shown as materialized (
              select organisation_id, kind, id, total, place
                from placed
               where place > least((@page::bigint - 1) * @size, (total - 1) / @size * @size)
                 and place <= least((@page::bigint - 1) * @size, (total - 1) / @size * @size) + @size
            )
            select shown.kind, o.slug, o.name as organisation, shown.id, shown.total, coalesce(r.title, s.name, p.name) as name, coalesce(s.active, p.active, true) as active,
                   concat_ws(' · ', v.name, nullif(s.sheet ->> 'hostedBy', v.name), s.sheet ->> 'hostingDetail', coalesce('SIRET ' || p.siret, 'SIREN ' || p.siren),
                             r.sheet #>> '{purposes,purpose}') as detail,
                   r.number, r.unit, r.status, r.published_version
              from shown
              join organisation o on o.id = shown.organisation_id
              left join processing_record r on shown.kind = 'RECORD' and r.organisation_id = shown.organisation_id and r.id = shown.id
              left join information_system s on shown.kind = @System and s.organisation_id = shown.organisation_id and s.id = shown.id
              left join third_party v on v.organisation_id = s.organisation_id and v.id = s.vendor_id
              left join third_party p on shown.kind = @ThirdParty and p.organisation_id = shown.organisation_id and p.id = shown.id
             order by shown.place
            """,
            new
            {
                words, folded = words.Select(word => Folding.Fold(word)).ToArray(), number, page, size, visitor.PersonId,
                RecordReaders.Readers, RecordReaders.Drafters, KnownThings.System, KnownThings.ThirdParty,
            });
        var organisations = (await answers.ReadAsync<FoundOrganisation>()).AsList();
        var things = (await answers.ReadAsync<FoundThing>()).ToLookup(thing => thing.Kind);
        return new Found(organisations, [.. things[Record]], [.. things[KnownThings.System]], [.. things[KnownThings.ThirdParty]]);
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
