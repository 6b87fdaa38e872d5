using Dapper;
using Registry.Access;
using Registry.Data;
using Registry.Features.Records;

namespace Registry.Features.Models;

/// <summary>The library that the officer keeps: her models, their revisions, and the sheets that came from them.</summary>
public sealed class ModelStore(Db db, Visitor visitor, TimeProvider clock)
{
    /// <summary>The body whose library this person keeps: the one that employs her as officer. Null for everybody else.</summary>
    public async Task<Guid?> LibraryAsync()
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
            new { visitor.PersonId });
    }

    public async Task<LibraryModel?> FindAsync(Guid library, string code, bool toChange = false)
    {
        var connection = await db.OpenAsync();
        if (toChange) await connection.ExecuteAsync("select from record_model where organisation_id = @library and code = @code for update", new { library, code });
        return await connection.QuerySingleOrDefaultAsync<LibraryModel>(
            """
            select organisation_id, id, code, title, organisation_types, sheet::text as sheet_json, revision, changed, retired, version, updated_at, updated_by
              from record_model
             where organisation_id = @library and code = @code
            """,
            new { library, code });
    }

    /// <summary>All models of the library, those not yet issued and the retired ones included.</summary>
    public async Task<IReadOnlyList<ShelfModel>> ListAsync(Guid library)
    {
        var connection = await db.OpenAsync();
        return (await connection.QueryAsync<ShelfModel>(
            """
            select code, title, domain, organisation_types, revision, changed, retired, true as is_own, sheet #>> array['purposes', 'purpose'] as purpose
              from record_model
             where organisation_id = @library
             order by title
            """,
            new { library })).AsList();
    }

    /// <param name="revision">1 for the officer's edition of a model of the product: that text is out already.</param>
    public async Task<bool> AddAsync(Guid library, Guid id, string code, string[] types, Sheet sheet, int revision)
    {
        var connection = await db.OpenAsync();
        var added = await connection.ExecuteAsync(
            """
            insert into record_model (organisation_id, id, code, title, domain, organisation_types, sheet, revision, changed, created_at, updated_at, updated_by)
            values (@library, @id, @code, @Title, @Domain, @types, @sheet::jsonb, @revision, @revision = 0, @now, @now, @by)
            on conflict do nothing
            """,
            new { library, id, code, sheet.Identification.Title, sheet.Identification.Domain, types, sheet = SheetJson.Write(sheet), revision, now = clock.GetUtcNow(), by = visitor.Name }) == 1;
        if (added && revision == 1) await KeepRevisionAsync(library, id, 1, sheet, "Texte livré avec le registre.");
        return added;
    }

    public async Task<bool> SaveAsync(LibraryModel model, Sheet sheet, string[]? types = null)
    {
        var connection = await db.OpenAsync();
        return await connection.ExecuteAsync(
            """
            update record_model
               set title = @Title, domain = @Domain, organisation_types = coalesce(@types, organisation_types), sheet = @sheet::jsonb, changed = true,
                   updated_at = @now, updated_by = @by, version = version + 1
             where organisation_id = @OrganisationId and id = @Id and version = @Version
            """,
            new { model.OrganisationId, model.Id, model.Version, sheet.Identification.Title, sheet.Identification.Domain, types, sheet = SheetJson.Write(sheet), now = clock.GetUtcNow(), by = visitor.Name }) == 1;
    }

    /// <summary>Freezes the text as the next revision: from now on it is the one that is taken.</summary>
    public async Task<bool> IssueAsync(LibraryModel model, Sheet sheet, string note)
    {
        var connection = await db.OpenAsync();
        if (await connection.ExecuteAsync(
            """
            update record_model set revision = revision + 1, changed = false, updated_at = @now, updated_by = @by, version = version + 1
             where organisation_id = @OrganisationId and id = @Id and version = @Version
            """,
            new { model.OrganisationId, model.Id, model.Version, now = clock.GetUtcNow(), by = visitor.Name }) != 1) return false;
        await KeepRevisionAsync(model.OrganisationId, model.Id, model.Revision + 1, sheet, note);
        return true;
    }

    public async Task<bool> RetireAsync(LibraryModel model, bool retired)
    {
        var connection = await db.OpenAsync();
        return await connection.ExecuteAsync(
            """
            update record_model set retired = @retired, updated_at = @now, updated_by = @by, version = version + 1
             where organisation_id = @OrganisationId and id = @Id and version = @Version
            """,
            new { model.OrganisationId, model.Id, model.Version, retired, now = clock.GetUtcNow(), by = visitor.Name }) == 1;
    }

    public async Task<IReadOnlyList<RevisionNote>> RevisionsAsync(LibraryModel model)
    {
        var connection = await db.OpenAsync();
        return (await connection.QueryAsync<RevisionNote>(
            """
            select number, note, issued_at, issued_by
              from record_model_revision
             where organisation_id = @OrganisationId and model_id = @Id
             order by number desc
            """,
            new { model.OrganisationId, model.Id })).AsList();
    }

    /// <summary>Counted over all registers that the person reads. The newest revision of a model without an edition of hers is 1.</summary>
    public async Task<IReadOnlyDictionary<string, CopyCount>> CopiesAsync(Guid? library)
    {
        var connection = await db.OpenAsync();
        return (await connection.QueryAsync<(string Code, int Copies, int Behind)>(
            """
            select r.model_code, count(*)::int, (count(*) filter (where r.model_revision < coalesce(m.revision, 1)))::int
              from processing_record r
              left join record_model m on m.organisation_id = @library and m.code = r.model_code
             where r.model_code is not null and r.status not in ('ARCHIVED', 'ABANDONED')
             group by r.model_code
            """,
            new { library })).ToDictionary(row => row.Code, row => new CopyCount(row.Code, row.Copies, row.Behind));
    }

    public async Task<IReadOnlyList<ModelCopy>> ListCopiesAsync(string code, int below, int limit, int offset)
    {
        var connection = await db.OpenAsync();
        return (await connection.QueryAsync<ModelCopy>(
            """
            select r.organisation_id, o.name as organisation, o.slug, r.number, r.title, r.status, r.model_revision, r.sheet::text as sheet_json
              from processing_record r
              join organisation o on o.id = r.organisation_id
             where r.model_code = @code and r.model_revision < @below and r.status not in ('ARCHIVED', 'ABANDONED')
             order by o.name, r.number
             limit @limit offset @offset
            """,
            new { code, below, limit, offset })).AsList();
    }

    /// <summary>The bodies that have a copy which has not seen that revision.</summary>
    public async Task<IReadOnlyList<Guid>> BodiesBehindAsync(string code, int revision)
    {
        var connection = await db.OpenAsync();
        return (await connection.QueryAsync<Guid>(
            """
            select distinct organisation_id from processing_record
             where model_code = @code and model_revision < @revision and status not in ('ARCHIVED', 'ABANDONED')
            """,
            new { code, revision })).AsList();
    }

    /// <summary>The copies of one body that have not seen that revision, by number.</summary>
    public async Task<IReadOnlyList<int>> NumbersBehindAsync(Guid organisation, string code, int revision)
    {
        var connection = await db.OpenAsync();
        return (await connection.QueryAsync<int>(
            """
            select number from processing_record
             where organisation_id = @organisation and model_code = @code and model_revision < @revision and status not in ('ARCHIVED', 'ABANDONED')
             order by number
            """,
            new { organisation, code, revision })).AsList();
    }

    private async Task KeepRevisionAsync(Guid library, Guid model, int number, Sheet sheet, string note)
    {
        var connection = await db.OpenAsync();
        await connection.ExecuteAsync(
            """
            insert into record_model_revision (organisation_id, model_id, number, sheet, note, issued_at, issued_by)
            values (@library, @model, @number, @sheet::jsonb, @note, @now, @by)
            """,
            new { library, model, number, sheet = SheetJson.Write(sheet), note, now = clock.GetUtcNow(), by = visitor.Name });
    }
}
