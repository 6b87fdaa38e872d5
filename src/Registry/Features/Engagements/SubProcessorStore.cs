using Dapper;
using Registry.Access;
using Registry.Data;
using Registry.Features.Records;

namespace Registry.Features.Engagements;

/// <summary>The announcements of further processors and what became of them.</summary>
public sealed class SubProcessorStore(Db db, Visitor visitor, TimeProvider clock)
{
    private Guid Organisation => visitor.Organisation.Id;

    public async Task<IReadOnlyList<SubProcessor>> ListAsync(Guid engagement)
    {
        var connection = await db.OpenAsync();
        return (await connection.QueryAsync<SubProcessor>(
            """
            select id, engagement_id, parent_id, name, service, announced_on, mode, objection_on, decision, decided_on, decided_by, tacit, reason, sheet::text as sheet_json, version
              from sub_processor
             where organisation_id = @Organisation and engagement_id = @engagement
             order by announced_on, recorded_at, id
             limit 500
            """,
            new { Organisation, engagement })).AsList();
    }

    public async Task<SubProcessor?> FindAsync(Guid id)
    {
        var connection = await db.OpenAsync();
        return await connection.QuerySingleOrDefaultAsync<SubProcessor>(
            """
            select id, engagement_id, parent_id, name, service, announced_on, mode, objection_on, decision, decided_on, decided_by, tacit, reason, sheet::text as sheet_json, version
              from sub_processor
             where organisation_id = @Organisation and id = @id
            """,
            new { Organisation, id });
    }

    /// <summary>False when the same form was sent before.</summary>
    public async Task<bool> AddAsync(Guid id, Guid engagement, Guid? parent, SubProcessorForm form)
    {
        var connection = await db.OpenAsync();
        return await connection.ExecuteAsync(
            """
            insert into sub_processor (organisation_id, id, engagement_id, parent_id, name, service, announced_on, mode, sheet, recorded_at)
            values (@Organisation, @id, @engagement, @parent, @Name, @Service, @AnnouncedOn, @Mode, @sheet::jsonb, @now)
            on conflict do nothing
            """,
            new { Organisation, id, engagement, parent, form.Name, form.Service, form.AnnouncedOn, form.Mode, sheet = SheetJson.WritePart(form), now = clock.GetUtcNow() }) == 1;
    }

    /// <summary>The proof that its processor passed the obligations on, given later or corrected; false when somebody saved it meanwhile.</summary>
    public async Task<bool> ProveAsync(SubProcessor one, string proof, int seen)
    {
        var connection = await db.OpenAsync();
        return await connection.ExecuteAsync(
            "update sub_processor set sheet = sheet || jsonb_build_object('flowDownProof', @proof::text), version = version + 1 where organisation_id = @Organisation and id = @Id and version = @seen",
            new { Organisation, one.Id, seen, proof }) == 1;
    }

    /// <summary>False when it was decided, or changed, meanwhile.</summary>
    public async Task<bool> DecideAsync(SubProcessor one, SubProcessorDecision to, string by, bool tacit, string? reason)
    {
        var connection = await db.OpenAsync();
        return await connection.ExecuteAsync(
            """
            update sub_processor set decision = @to, decided_on = @today, decided_by = @by, tacit = @tacit, reason = @reason, version = version + 1
             where organisation_id = @Organisation and id = @Id and version = @Version and decision = 'PENDING'
            """,
            new { Organisation, one.Id, one.Version, to = SubProcessorStates.Code(to), today = visitor.Organisation.Today(clock), by, tacit, reason }) == 1;
    }
}
