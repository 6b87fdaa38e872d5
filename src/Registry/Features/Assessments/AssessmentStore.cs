using Dapper;
using Registry.Access;
using Registry.Data;

namespace Registry.Features.Assessments;

/// <summary>The assessment that is attached to a record, without its text.</summary>
public sealed record Assessment
{
    public required string Document { get; init; }
    public required string Sha256 { get; init; }
    public required int Version { get; init; }
    public required DateTimeOffset AttachedAt { get; init; }
    public required string AttachedBy { get; init; }
}

/// <summary>The assessments attached to the records of the current organisation: one each, the next one in its place.</summary>
public sealed class AssessmentStore(Db db, Visitor visitor, TimeProvider clock)
{
    private Guid Organisation => visitor.Organisation.Id;

    public async Task<Assessment?> FindAsync(Guid record)
    {
        var connection = await db.OpenAsync();
        return await connection.QuerySingleOrDefaultAsync<Assessment>(
            "select document, sha256, version, attached_at, attached_by from record_assessment where organisation_id = @Organisation and record_id = @record", new { Organisation, record });
    }

    /// <summary>False when another one was attached since this person looked, or the same is there already.</summary>
    public async Task<bool> AttachAsync(Guid record, string document, string sha256, int seen)
    {
        var connection = await db.OpenAsync();
        return await connection.ExecuteAsync(
            """
            insert into record_assessment (organisation_id, record_id, document, sha256, version, attached_at, attached_by)
            select @Organisation, @record, @document, @sha256, 1, @now, @by
             where @seen = 0 or exists (select from record_assessment where organisation_id = @Organisation and record_id = @record)
            on conflict (organisation_id, record_id) do update
               set document = excluded.document, sha256 = excluded.sha256, version = record_assessment.version + 1, attached_at = excluded.attached_at, attached_by = excluded.attached_by
             where record_assessment.version = @seen and record_assessment.sha256 <> excluded.sha256
            """,
            new { Organisation, record, document, sha256, seen, now = clock.GetUtcNow(), by = visitor.Name }) == 1;
    }
}
