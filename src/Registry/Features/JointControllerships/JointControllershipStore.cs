using Dapper;
using Registry.Access;
using Registry.Data;
using Registry.Features.Records;

namespace Registry.Features.JointControllerships;

public sealed record JointControllership
{
    public const string ObjectType = "JOINT_AGREEMENT";

    public required Guid Id { get; init; }
    public required string Subject { get; init; }
    public required DateOnly StartOn { get; init; }
    public DateOnly? EndOn { get; init; }
    public required string SheetJson { get; init; }
    public required int Version { get; init; }
    public required int Uses { get; init; }

    public AgreementForm Read() => Records.SheetJson.ReadPart<AgreementForm>(SheetJson);
}

public sealed class JointControllershipStore(Db db, Visitor visitor, TimeProvider clock)
{
    private Guid Organisation => visitor.Organisation.Id;

    /// <summary>A body has a handful of them.</summary>
    public async Task<IReadOnlyList<JointControllership>> ListAsync()
    {
        var connection = await db.OpenAsync();
        return (await connection.QueryAsync<JointControllership>(
            """
            select id, subject, start_on, end_on, sheet::text as sheet_json, version,
                   (select count(*) from record_joint_controllership u where u.organisation_id = j.organisation_id and u.joint_controllership_id = j.id and u.in_draft)::int as uses
              from joint_controllership j
             where organisation_id = @Organisation
             order by end_on nulls first, subject collate "fr-x-icu"
             limit 500
            """,
            new { Organisation })).AsList();
    }

    public async Task<JointControllership?> FindAsync(Guid id)
    {
        var connection = await db.OpenAsync();
        return await connection.QuerySingleOrDefaultAsync<JointControllership>(
            "select id, subject, start_on, end_on, sheet::text as sheet_json, version, 0 as uses from joint_controllership where organisation_id = @Organisation and id = @id",
            new { Organisation, id });
    }

    public async Task<bool> SubjectIsTakenAsync(string subject, Guid except)
    {
        var connection = await db.OpenAsync();
        return await connection.ExecuteScalarAsync<bool>(
            "select exists (select from joint_controllership where organisation_id = @Organisation and lower(subject) = lower(@subject) and id <> @except)",
            new { Organisation, subject, except });
    }

    /// <summary>False when the same form was sent before.</summary>
    public async Task<bool> AddAsync(Guid id, AgreementForm form)
    {
        var connection = await db.OpenAsync();
        return await connection.ExecuteAsync(
            """
            insert into joint_controllership (organisation_id, id, subject, start_on, end_on, sheet, created_at, updated_at, updated_by)
            values (@Organisation, @id, @Subject, @StartOn, @EndOn, @sheet::jsonb, @now, @now, @by)
            on conflict do nothing
            """,
            Parameters(id, form, 0)) == 1;
    }

    /// <summary>False when somebody saved it meanwhile.</summary>
    public async Task<bool> SaveAsync(Guid id, AgreementForm form, int version)
    {
        var connection = await db.OpenAsync();
        return await connection.ExecuteAsync(
            """
            update joint_controllership
               set subject = @Subject, start_on = @StartOn, end_on = @EndOn, sheet = @sheet::jsonb, updated_at = @now, updated_by = @by, version = version + 1
             where organisation_id = @Organisation and id = @id and version = @version
            """,
            Parameters(id, form, version)) == 1;
    }

    private object Parameters(Guid id, AgreementForm form, int version) => new
    {
        Organisation, id, form.Subject, form.StartOn, form.EndOn, sheet = SheetJson.WritePart(form), version, now = clock.GetUtcNow(), by = visitor.Name,
    };
}
