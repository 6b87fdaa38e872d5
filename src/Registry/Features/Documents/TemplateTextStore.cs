using Dapper;
using Registry.Access;
using Registry.Data;

namespace Registry.Features.Documents;

/// <summary>The officer's own texts of documents, as they stand for the current organisation.</summary>
public sealed class TemplateTextStore(Db db, Visitor visitor, TimeProvider clock)
{
    private Guid Organisation => visitor.Organisation.Id;

    /// <summary>Whether this body employs the officer who asks: what she writes here may hold for all that she serves.</summary>
    public async Task<bool> KeepsAreaAsync()
    {
        var connection = await db.OpenAsync();
        return await connection.ExecuteScalarAsync<Guid?>(
            """
            select organisation_id
              from appointment
             where person_id = @PersonId and kind = 'DPO' and current_date between start_on and coalesce(end_on, 'infinity')
             order by area_id is null, start_on, organisation_id
             limit 1
            """,
            new { visitor.PersonId }) == Organisation;
    }

    /// <summary>The newest version of each text that concerns this body, its own and those of the officers who serve it.</summary>
    public async Task<IReadOnlyList<TemplateText>> NewestAsync(string? code = null)
    {
        var connection = await db.OpenAsync();
        return (await connection.QueryAsync<TemplateText>(
            """
            select distinct on (code, scope, organisation_id) organisation_id, code, scope, number, body, shipped_body, note, written_at, written_by
              from document_template_text
             where (@code::text is null or code = @code)
               and (organisation_id = @Organisation or scope = 'AREA' and organisation_id = any ((select app.library_of(@Organisation))::uuid[]))
             order by code, scope, organisation_id, number desc
            """,
            new { Organisation, code })).AsList();
    }

    /// <summary>Every version that this body keeps of one text, the newest first.</summary>
    public async Task<IReadOnlyList<TemplateText>> VersionsAsync(string code, string scope)
    {
        var connection = await db.OpenAsync();
        return (await connection.QueryAsync<TemplateText>(
            """
            select organisation_id, code, scope, number, body, shipped_body, note, written_at, written_by
              from document_template_text
             where organisation_id = @Organisation and code = @code and scope = @scope
             order by number desc
             limit 200
            """,
            new { Organisation, code, scope })).AsList();
    }

    /// <summary>Its number; the same again for a form sent twice; null when somebody wrote another one meanwhile.</summary>
    public async Task<(int Number, bool IsNew)?> AddAsync(Guid id, string code, string scope, int basedOn, string? body, string shipped, string? note)
    {
        var connection = await db.OpenAsync();
        await connection.ExecuteAsync("select pg_advisory_xact_lock(hashtextextended(@text, 44))", new { text = $"{Organisation}/{code}/{scope}" });
        if (await connection.ExecuteScalarAsync<int?>("select number from document_template_text where organisation_id = @Organisation and id = @id", new { Organisation, id }) is { } before) return (before, false);
        return await connection.ExecuteScalarAsync<int?>(
            """
            insert into document_template_text (organisation_id, id, code, scope, number, body, shipped_body, note, written_at, written_by)
            select @Organisation, @id, @code, @scope, @basedOn + 1, @body, @shipped, @note, @now, @by
             where @basedOn = (select coalesce(max(number), 0) from document_template_text where organisation_id = @Organisation and code = @code and scope = @scope)
            returning number
            """,
            new { Organisation, id, code, scope, basedOn, body, shipped, note, now = clock.GetUtcNow(), by = visitor.Name }) is { } number ? (number, true) : null;
    }
}
