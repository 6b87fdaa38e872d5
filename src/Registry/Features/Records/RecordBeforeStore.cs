using Dapper;
using Registry.Access;
using Registry.Data;

namespace Registry.Features.Records;

/// <summary>What a section said before its last save, and who saved.</summary>
public sealed record RecordBefore
{
    public required string Content { get; init; }
    public required string AfterSha256 { get; init; }
    public required Guid PersonId { get; init; }
    public required DateTimeOffset SavedAt { get; init; }

    /// <summary>Her own save, and still the last word: then she may take it back.</summary>
    public bool MayBeUndone(Guid person, object now) => PersonId == person && AfterSha256 == SheetJson.HashOf(now);
}

public sealed class RecordBeforeStore(Db db, Visitor visitor, TimeProvider clock)
{
    private Guid Organisation => visitor.Organisation.Id;

    public async Task<RecordBefore?> FindAsync(Guid record, string section)
    {
        var connection = await db.OpenAsync();
        return await connection.QuerySingleOrDefaultAsync<RecordBefore>(
            "select content, after_sha256, person_id, saved_at from record_before where organisation_id = @Organisation and record_id = @record and section = @section",
            new { Organisation, record, section });
    }

    /// <summary>One step back for each section: the caller holds the record's row.</summary>
    public async Task KeepAsync(Guid record, SheetSection section, object before, object after)
    {
        var connection = await db.OpenAsync();
        await connection.ExecuteAsync(
            """
            insert into record_before (organisation_id, record_id, section, content, after_sha256, person_id, saved_at)
            values (@Organisation, @record, @Key, @content, @hash, @PersonId, @now)
            on conflict (organisation_id, record_id, section) do update
              set content = excluded.content, after_sha256 = excluded.after_sha256, person_id = excluded.person_id, saved_at = excluded.saved_at
            """,
            new { Organisation, record, section.Key, content = SheetJson.WritePart(before), hash = SheetJson.HashOf(after), visitor.PersonId, now = clock.GetUtcNow() });
    }
}
