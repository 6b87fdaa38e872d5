using Dapper;
using Registry.Data;
using Registry.Facts;
using Registry.Features.Records;

namespace Registry.Features.Citizens;

/// <summary>A sheet in the list that citizens read.</summary>
public sealed record PublicSheetLine
{
    public required int Number { get; init; }
    public required string Title { get; init; }
    public string? Domain { get; init; }
    public required DateOnly PublishedOn { get; init; }
    public string Reference => ProcessingRecord.ReferenceOf(Number);
}

/// <summary>A sheet as the database has redacted it (migration 0027).</summary>
public sealed record PublicSheetText
{
    public required int Number { get; init; }
    public required DateOnly PublishedOn { get; init; }
    public required string Document { get; init; }
    public string Reference => ProcessingRecord.ReferenceOf(Number);
}

public sealed record PublicSheetPage(IReadOnlyList<PublicSheetLine> Lines, int Total, int Page, int Size)
{
    public int Pages => Math.Max(1, (Total + Size - 1) / Size);
}

/// <summary>The public register, read as app_public: no statement here could see more than what is in it.</summary>
public sealed class PublicSheetStore(Db db)
{
    private const int PageSize = 50;
    private static readonly string[] Domains = [.. RecordModels.Domains.Keys];

    /// <summary>Whether the organisation shows its register, and its officer's name where it shows that too.</summary>
    public async Task<(bool Open, string? Officer)> StandingAsync(string slug)
    {
        var connection = await db.OpenAsync();
        return await connection.QuerySingleOrDefaultAsync<(bool, string?)>(
            """
            select coalesce(p.enabled, false), app.public_officer(o.id)
              from organisation o
              left join public_register p on p.organisation_id = o.id
             where o.slug = @slug
            """,
            new { slug });
    }

    /// <param name="slug">The organisation.</param>
    /// <param name="typed">What was typed to search for; only signs find nothing.</param>
    /// <param name="page">Any number: the last page answers for what lies beyond.</param>
    public async Task<PublicSheetPage> ListAsync(string slug, string? typed, int page)
    {
        var connection = await db.OpenAsync();
        var all = string.IsNullOrWhiteSpace(typed);
        string[] words = SearchWords.Of(typed) ?? [];
        var total = await connection.ExecuteScalarAsync<int>(
            """
            select count(*)::int
              from public_sheet s join organisation o on o.id = s.organisation_id
             where o.slug = @slug and (@all or s.words @@ app.search_query(@words))
            """,
            new { slug, all, words });
        var here = Math.Clamp(page, 1, Math.Max(1, (total + PageSize - 1) / PageSize));
        var lines = await connection.QueryAsync<PublicSheetLine>(
            """
            select s.number, s.title, s.domain, s.published_on
              from public_sheet s join organisation o on o.id = s.organisation_id
             where o.slug = @slug and (@all or s.words @@ app.search_query(@words))
             order by array_position(@Domains, s.domain) nulls last, s.title, s.number
             limit @PageSize offset @skip
            """,
            new { slug, all, words, Domains, PageSize, skip = (here - 1) * PageSize });
        return new(lines.AsList(), total, here, PageSize);
    }

    public async Task<PublicSheetText?> FindAsync(string slug, int number)
    {
        var connection = await db.OpenAsync();
        return await connection.QuerySingleOrDefaultAsync<PublicSheetText>(
            """
            select s.number, s.published_on, s.document::text as document
              from public_sheet s join organisation o on o.id = s.organisation_id
             where o.slug = @slug and s.number = @number
            """,
            new { slug, number });
    }

    public async Task<IReadOnlyList<PublicSheetText>> AllAsync(string slug)
    {
        var connection = await db.OpenAsync();
        return (await connection.QueryAsync<PublicSheetText>(
            """
            select s.number, s.published_on, s.document::text as document
              from public_sheet s join organisation o on o.id = s.organisation_id
             where o.slug = @slug
             order by s.number
            """,
            new { slug })).AsList();
    }
}
