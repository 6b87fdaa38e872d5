using Dapper;
using Registry.Access;
using Registry.Data;

namespace Registry.Features.Records;

/// <summary>What somebody was typing in one section and has not saved: the fields as her form posts them.</summary>
public sealed record RecordDraft
{
    public required string Form { get; init; }

    /// <summary>The text she started from, so that a change made by somebody else meanwhile is still noticed.</summary>
    public required string Seen { get; init; }
    public required DateTimeOffset SavedAt { get; init; }
}

/// <summary>The drafts of whoever asks; nobody reads another's.</summary>
public sealed class RecordDraftStore(Db db, Visitor visitor, TimeProvider clock)
{
    private Guid Organisation => visitor.Organisation.Id;

    public async Task<RecordDraft?> FindAsync(Guid record, string section)
    {
        var connection = await db.OpenAsync();
        return await connection.QuerySingleOrDefaultAsync<RecordDraft>(
            """
            select form, seen, saved_at
              from record_draft
             where organisation_id = @Organisation and person_id = @PersonId and record_id = @record and section = @section and form is not null
            """,
            new { Organisation, visitor.PersonId, record, section });
    }

    public async Task<DateTimeOffset> KeepAsync(Guid record, string section, string form, string seen)
    {
        var connection = await db.OpenAsync();
        var now = clock.GetUtcNow();
        await connection.ExecuteAsync(
            """
            insert into record_draft (organisation_id, person_id, record_id, section, form, seen, saved_at)
            values (@Organisation, @PersonId, @record, @section, @form, @seen, @now)
            on conflict (organisation_id, person_id, record_id, section) do update set form = excluded.form, seen = excluded.seen, saved_at = excluded.saved_at
            """,
            new { Organisation, visitor.PersonId, record, section, form, seen, now });
        return now;
    }

    public async Task ForgetAsync(Guid record, string section)
    {
        var connection = await db.OpenAsync();
        await connection.ExecuteAsync(
            """
            update record_draft set form = null, saved_at = @now
             where organisation_id = @Organisation and person_id = @PersonId and record_id = @record and section = @section and form is not null
            """,
            new { Organisation, visitor.PersonId, record, section, now = clock.GetUtcNow() });
    }
}
