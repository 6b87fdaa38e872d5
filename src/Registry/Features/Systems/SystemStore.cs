using Dapper;
using Registry.Access;
using Registry.Data;
using Registry.Features.Records;

namespace Registry.Features.Systems;

/// <summary>An application or medium of the organisation as lists show it.</summary>
public sealed record SystemLine
{
    public required Guid Id { get; init; }
    public required string Name { get; init; }
    public string? Vendor { get; init; }
    public string? Hosting { get; init; }
    public int? Criticality { get; init; }
    public DateOnly? EndOfLifeOn { get; init; }
    public DateOnly? AccessReviewedOn { get; init; }
    public required bool Active { get; init; }
    public required int Uses { get; init; }
    public required int Total { get; init; }
}

public sealed record InformationSystem
{
    public required Guid Id { get; init; }
    public required string Name { get; init; }
    public Guid? VendorId { get; init; }
    public string? VendorName { get; init; }
    public required string SheetJson { get; init; }
    public required bool Active { get; init; }
    public required int Version { get; init; }

    /// <summary>The vendor under the name that it bears today.</summary>
    public SystemForm Read()
    {
        var form = Records.SheetJson.ReadPart<SystemForm>(SheetJson);
        form.Vendor = VendorName;
        return form;
    }
}

public sealed class SystemStore(Db db, Visitor visitor, TimeProvider clock)
{
    private Guid Organisation => visitor.Organisation.Id;

    public async Task<IReadOnlyList<SystemLine>> ListAsync(string? text, int limit, int offset)
    {
        var connection = await db.OpenAsync();
        return (await connection.QueryAsync<SystemLine>(
            """
            select s.id, s.name, v.name as vendor, s.hosting, s.criticality, s.end_of_life_on, s.access_reviewed_on, s.active, count(*) over ()::int as total,
                   (select count(*) from record_system u where u.organisation_id = s.organisation_id and u.information_system_id = s.id and u.in_draft)::int as uses
              from information_system s
              left join third_party v on v.organisation_id = s.organisation_id and v.id = s.vendor_id
             where s.organisation_id = @Organisation and (@text is null or s.name ilike @text or v.name ilike @text)
             order by s.active desc, s.name collate "fr-x-icu"
             limit @limit offset @offset
            """,
            new { Organisation, text = Pattern.Containing(text), limit, offset })).AsList();
    }

    public async Task<InformationSystem?> FindAsync(Guid id)
    {
        var connection = await db.OpenAsync();
        return await connection.QuerySingleOrDefaultAsync<InformationSystem>(
            """
            select s.id, s.name, s.vendor_id, v.name as vendor_name, s.sheet::text as sheet_json, s.active, s.version
              from information_system s
              left join third_party v on v.organisation_id = s.organisation_id and v.id = s.vendor_id
             where s.organisation_id = @Organisation and s.id = @id
            """,
            new { Organisation, id });
    }

    public async Task<bool> NameIsTakenAsync(string name, Guid except)
    {
        var connection = await db.OpenAsync();
        return await connection.ExecuteScalarAsync<bool>(
            "select exists (select from information_system where organisation_id = @Organisation and lower(name) = lower(@name) and id <> @except)",
            new { Organisation, name, except });
    }

    /// <summary>False when the same form was sent before.</summary>
    public async Task<bool> AddAsync(Guid id, SystemForm form, Guid? vendor)
    {
        var connection = await db.OpenAsync();
        return await connection.ExecuteAsync(
            """
            insert into information_system (organisation_id, id, name, vendor_id, hosting, criticality, end_of_life_on, access_reviewed_on, sheet, created_at, updated_at, updated_by)
            values (@Organisation, @id, @Name, @vendor, @Hosting, @criticality, @EndOfLifeOn, @LastAccessReviewOn, @sheet::jsonb, @now, @now, @by)
            on conflict do nothing
            """,
            Parameters(id, form, vendor, 0)) == 1;
    }

    /// <summary>False when somebody saved it meanwhile.</summary>
    public async Task<bool> SaveAsync(Guid id, SystemForm form, Guid? vendor, int version)
    {
        var connection = await db.OpenAsync();
        return await connection.ExecuteAsync(
            """
            update information_system
               set name = @Name, vendor_id = @vendor, hosting = @Hosting, criticality = @criticality, end_of_life_on = @EndOfLifeOn,
                   access_reviewed_on = @LastAccessReviewOn, sheet = @sheet::jsonb, updated_at = @now, updated_by = @by, version = version + 1
             where organisation_id = @Organisation and id = @id and version = @version
            """,
            Parameters(id, form, vendor, version)) == 1;
    }

    /// <summary>Switched off rather than deleted: sheets name it.</summary>
    public async Task<string?> SwitchAsync(Guid id, bool active)
    {
        var connection = await db.OpenAsync();
        return await connection.ExecuteScalarAsync<string?>(
            """
            update information_system set active = @active, updated_at = @now, updated_by = @by, version = version + 1
             where organisation_id = @Organisation and id = @id and active <> @active
            returning name
            """,
            new { Organisation, id, active, now = clock.GetUtcNow(), by = visitor.Name });
    }

    private object Parameters(Guid id, SystemForm form, Guid? vendor, int version) => new
    {
        Organisation, id, form.Name, vendor, form.Hosting, criticality = int.TryParse(form.Criticality, out var level) ? level : (int?)null,
        form.EndOfLifeOn, form.LastAccessReviewOn, sheet = SheetJson.WritePart(form), version, now = clock.GetUtcNow(), by = visitor.Name,
    };
}
