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
}

/// <summary>One question over all that the person may see.</summary>
public sealed class SearchStore(Db db, Visitor visitor)
{
    public const int PageSize = 20;
    public const int MostOrganisations = 10;

    /// <summary>
    /// Organisations first, then records. A further kind of thing (a system, a third party) joins here: rows of its own kind in app.search_entry, one
    /// more statement, one more group on the page.
    /// </summary>
    public async Task<(IReadOnlyList<FoundOrganisation> Organisations, IReadOnlyList<FoundRecord> Records)> FindAsync(string[] words, int? number, int page)
    {
        var connection = await db.OpenAsync();
        using var answers = await connection.QueryMultipleAsync(
            """
            select slug, name, type, department_name
              from organisation
             where status <> 'CLOSED'
               and not exists (select from unnest(@folded) as w (word)
                                where position(' ' || w.word in ' ' || app.folded(concat_ws(' ', name, short_name, siren, insee_code, city))) = 0)
             order by name collate "fr-x-icu"
             limit @MostOrganisations;
            with reach as materialized (
              select organisation_id, bool_or(kind = any(@Drafters)) as drafts from app.current_roles() where kind = any(@Readers) group by organisation_id
            ), asked as materialized (
              select app.search_query(@words) as query
            ), hits as materialized (
              select reach.organisation_id, e.id, reach.drafts, ts_rank(e.words, asked.query) as rank
                from reach
                join search_entry e on e.organisation_id = reach.organisation_id
               cross join asked
               where e.kind = 'RECORD' and e.words @@ asked.query
               union
              select reach.organisation_id, r.id, reach.drafts, 9
                from reach
                join processing_record r on r.organisation_id = reach.organisation_id
               where r.number = @number
            ), seen as materialized (
              select r.organisation_id, r.id, max(hits.rank) as rank
                from hits
                join processing_record r on r.organisation_id = hits.organisation_id and r.id = hits.id
               where r.status <> 'ABANDONED' and (hits.drafts or r.author_id = @PersonId or r.status in ('PUBLISHED', 'IN_REVISION'))
               group by r.organisation_id, r.id
            )
            select o.slug, o.name as organisation, r.number, r.title, r.unit, r.sheet #>> '{purposes,purpose}' as purpose, r.status, r.published_version, best.total
              from (select organisation_id, id, rank, (count(*) over ())::int as total
                      from seen
                     order by rank desc, organisation_id, id
                     limit @PageSize offset (select least((@page::bigint - 1) * @PageSize, greatest(count(*) - 1, 0) / @PageSize * @PageSize) from seen)) best
              join processing_record r on r.organisation_id = best.organisation_id and r.id = best.id
              join organisation o on o.id = r.organisation_id
             order by best.rank desc, best.organisation_id, best.id
            """,
            new
            {
                words, folded = words.Select(word => Folding.Fold(word)).ToArray(), number, page, PageSize, MostOrganisations, visitor.PersonId,
                RecordReaders.Readers, RecordReaders.Drafters,
            });
        return ((await answers.ReadAsync<FoundOrganisation>()).AsList(), (await answers.ReadAsync<FoundRecord>()).AsList());
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
             cross join unnest(e.words) as w
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
