using Dapper;
using Registry.Access;
using Registry.Data;

namespace Registry.Features.Records;

/// <summary>A record on its way, wherever it is.</summary>
public sealed record WaitingRecord
{
    public required Guid OrganisationId { get; init; }
    public required Guid Id { get; init; }
    public required string Slug { get; init; }
    public required string Organisation { get; init; }
    public required string BodyType { get; init; }
    public required int Number { get; init; }
    public required string Title { get; init; }
    public required string Status { get; init; }
    public int? PublishedVersion { get; init; }
    public DateOnly? ReviewDueOn { get; init; }
    public DateTimeOffset? SubmittedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
    public required int Completeness { get; init; }

    /// <summary>The offices the reader holds in that organisation: what waits for her there, not elsewhere.</summary>
    public required string[] Kinds { get; init; }
    public required string[] Delegations { get; init; }

    private IReadOnlyCollection<string> RoleCodes => [.. Kinds.Select(kind => Roles.Of(kind).Code())];
    public bool WaitsForMe => RecordStates.WaitsFor(State, RoleCodes, Delegations);

    /// <summary>What the reader does next here and where; nothing when it waits for somebody else, or when the act itself is not hers.</summary>
    public (string LabelKey, string Path)? NextStep =>
        RecordStates.Face(State) is not { StepKey: { } label } face || !WaitsForMe ? null
        : face.StepSlug is not { } slug ? (label, $"/o/{Slug}/traitements/{Reference}")
        : RecordStates.Find(State, slug)!.IsFor(RoleCodes, Delegations) ? (label, $"/o/{Slug}/traitements/{Reference}/actes/{slug}") : null;

    /// <summary>How much of the time between submission and due date is gone, for the bar; the words beside it say it exactly.</summary>
    public int? PercentGone(DateOnly today) => (ReviewDueOn, SubmittedAt) is not ({ } due, { } at) ? null
        : due.DayNumber - DateOnly.FromDateTime(at.UtcDateTime).DayNumber is var whole and > 0
            ? Math.Clamp(100 - 100 * (due.DayNumber - today.DayNumber) / whole, 0, 100) : 100;

    public string Reference => ProcessingRecord.ReferenceOf(Number);
    public RecordStatus State => RecordStates.Parse(Status) ?? throw new InvalidOperationException($"Unknown state {Status}.");
}

/// <summary>What the register offers to the pages that look over everything: which records wait for somebody.</summary>
public sealed class RecordsWaiting(Db db)
{
    private const int Most = 500;

    /// <summary>In one organisation, or over all within reach; the most pressing first.</summary>
    public async Task<IReadOnlyList<WaitingRecord>> ListAsync(Guid? organisation = null)
    {
        var connection = await db.OpenAsync();
        return (await connection.QueryAsync<WaitingRecord>(
            """
            with granted as materialized (
              select organisation_id, array_agg(distinct kind) as kinds, coalesce(array_agg(distinct scope) filter (where scope is not null), '{}') as delegations
                from app.current_roles() left join lateral unnest(delegation_scope) as scope on true
               group by organisation_id)
            select r.organisation_id, r.id, o.slug, o.name as organisation, o.type as body_type, g.kinds, g.delegations, r.number, r.title, r.status, r.published_version, r.review_due_on, r.submitted_at, r.updated_at, r.completeness
              from processing_record r
              join organisation o on o.id = r.organisation_id
              join granted g on g.organisation_id = r.organisation_id
             where (@organisation is null or r.organisation_id = @organisation)
               and r.status in ('DRAFT', 'SUBMITTED', 'IN_REVIEW', 'CHANGES_REQUESTED', 'VALIDATED', 'IN_REVISION')
             order by r.review_due_on nulls last, r.updated_at
             limit @Most
            """,
            new { organisation, Most })).AsList();
    }
}
