using Dapper;
using Registry.Data;

namespace Registry.Features.Records;

/// <summary>A record on its way, wherever it is.</summary>
public sealed record WaitingRecord
{
    public required string Slug { get; init; }
    public required string Organisation { get; init; }
    public required int Number { get; init; }
    public required string Title { get; init; }
    public required string Status { get; init; }
    public int? PublishedVersion { get; init; }
    public DateOnly? ReviewDueOn { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
    public required int Completeness { get; init; }

    public string Reference => $"T-{Number:0000}";
    public RecordStatus State => RecordStates.Parse(Status) ?? throw new InvalidOperationException($"Unknown state {Status}.");
}

/// <summary>What the register offers to the pages that look over everything: which records wait for somebody.</summary>
public sealed class RecordsWaiting(Db db)
{
    private const int Most = 200;

    /// <summary>In one organisation, or over all within reach; the most pressing first.</summary>
    public async Task<IReadOnlyList<WaitingRecord>> ListAsync(Guid? organisation = null)
    {
        var connection = await db.OpenAsync();
        return (await connection.QueryAsync<WaitingRecord>(
            """
            select o.slug, o.name as organisation, r.number, r.title, r.status, r.published_version, r.review_due_on, r.updated_at, r.completeness
              from processing_record r
              join organisation o on o.id = r.organisation_id
             where (@organisation is null or r.organisation_id = @organisation)
               and r.status in ('DRAFT', 'SUBMITTED', 'IN_REVIEW', 'CHANGES_REQUESTED', 'VALIDATED', 'IN_REVISION')
             order by r.review_due_on nulls last, r.updated_at
             limit @Most
            """,
            new { organisation, Most })).AsList();
    }
}
