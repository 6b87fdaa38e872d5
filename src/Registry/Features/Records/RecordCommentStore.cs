using Dapper;
using Registry.Access;
using Registry.Data;

namespace Registry.Features.Records;

/// <summary>The comments on the records of the current organisation; the database leaves out the reserved ones that are not the reader's.</summary>
public sealed class RecordCommentStore(Db db, Visitor visitor, TimeProvider clock)
{
    private Guid Organisation => visitor.Organisation.Id;

    /// <param name="section">Of one section only.</param>
    public async Task<IReadOnlyList<RecordComment>> ListAsync(Guid record, bool settledToo = false, string? section = null)
    {
        var connection = await db.OpenAsync();
        return (await connection.QueryAsync<RecordComment>(
            """
            select id, section, text, reserved, written_by, written_at, settled_at, settled_by
              from record_comment
             where organisation_id = @Organisation and record_id = @record and (@settledToo or settled_at is null) and (@section is null or section = @section)
             order by written_at desc
             limit 200
            """,
            new { Organisation, record, settledToo, section })).AsList();
    }

    /// <summary>False when this form has written its comment already.</summary>
    public async Task<bool> WriteAsync(Guid record, CommentForm form)
    {
        var connection = await db.OpenAsync();
        return await connection.ExecuteAsync(
            """
            insert into record_comment (organisation_id, id, record_id, section, text, reserved, author_id, written_by, written_at)
            values (@Organisation, @Id, @record, @Section, @Text, @Reserved, @PersonId, @Name, @now)
            on conflict (organisation_id, id) do nothing
            """,
            new { Organisation, form.Id, record, form.Section, form.Text, form.Reserved, visitor.PersonId, visitor.Name, now = clock.GetUtcNow() }) == 1;
    }

    /// <summary>The section of the comment that was open until now; null when there is none to settle.</summary>
    public async Task<string?> SettleAsync(Guid record, Guid id)
    {
        var connection = await db.OpenAsync();
        return await connection.ExecuteScalarAsync<string?>(
            """
            update record_comment set settled_at = @now, settled_by = @Name
             where organisation_id = @Organisation and record_id = @record and id = @id and settled_at is null
            returning section
            """,
            new { Organisation, record, id, visitor.Name, now = clock.GetUtcNow() });
    }
}
