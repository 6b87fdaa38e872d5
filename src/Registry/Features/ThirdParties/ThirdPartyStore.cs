using Dapper;
using Registry.Access;
using Registry.Data;
using Registry.Features.Records;

namespace Registry.Features.ThirdParties;

/// <summary>A third party of the organisation as lists show it.</summary>
public sealed record ThirdPartyLine
{
    public required Guid Id { get; init; }
    public required string Name { get; init; }
    public string? Role { get; init; }
    public string? Country { get; init; }
    public string? Siren { get; init; }
    public string? GroupParentCountry { get; init; }

    /// <summary>The first of its certificates to end.</summary>
    public DateOnly? CertificationEndsOn { get; init; }
    public required bool Active { get; init; }
    public required int Uses { get; init; }
    public required int Total { get; init; }
}

public sealed record ThirdParty
{
    public required Guid Id { get; init; }
    public required string Name { get; init; }
    public required string SheetJson { get; init; }
    public required bool Active { get; init; }
    public required int Version { get; init; }

    public ThirdPartyForm Read() => Records.SheetJson.ReadPart<ThirdPartyForm>(SheetJson);
}

public sealed class ThirdPartyStore(Db db, Visitor visitor, TimeProvider clock)
{
    private Guid Organisation => visitor.Organisation.Id;

    public async Task<IReadOnlyList<ThirdPartyLine>> ListAsync(string? text, int limit, int offset)
    {
        var connection = await db.OpenAsync();
        return (await connection.QueryAsync<ThirdPartyLine>(
            """
            select p.id, p.name, p.role, p.country, p.siren, p.group_parent_country, p.active, count(*) over ()::int as total,
                   (select min(ends #>> '{}')::date from jsonb_path_query(p.sheet, '$.certifications[*].endsOn') ends) as certification_ends_on,
                   (select count(*) from record_third_party u where u.organisation_id = p.organisation_id and u.third_party_id = p.id and u.in_draft)::int as uses
              from third_party p
             where p.organisation_id = @Organisation and (@text is null or p.name ilike @text)
             order by p.active desc, p.name collate "fr-x-icu"
             limit @limit offset @offset
            """,
            new { Organisation, text = Pattern.Containing(text), limit, offset })).AsList();
    }

    public async Task<ThirdParty?> FindAsync(Guid id)
    {
        var connection = await db.OpenAsync();
        return await connection.QuerySingleOrDefaultAsync<ThirdParty>(
            "select id, name, sheet::text as sheet_json, active, version from third_party where organisation_id = @Organisation and id = @id", new { Organisation, id });
    }

    public async Task<IReadOnlyList<(Guid Id, string Name)>> SuppliesAsync(Guid id)
    {
        var connection = await db.OpenAsync();
        return (await connection.QueryAsync<(Guid, string)>(
            """select id, name from information_system where organisation_id = @Organisation and vendor_id = @id order by name collate "fr-x-icu" """, new { Organisation, id })).AsList();
    }

    public async Task<bool> NameIsTakenAsync(string name, Guid except)
    {
        var connection = await db.OpenAsync();
        return await connection.ExecuteScalarAsync<bool>(
            "select exists (select from third_party where organisation_id = @Organisation and lower(name) = lower(@name) and id <> @except)", new { Organisation, name, except });
    }

    /// <summary>False when the same form was sent before.</summary>
    public async Task<bool> AddAsync(Guid id, ThirdPartyForm form)
    {
        var connection = await db.OpenAsync();
        return await connection.ExecuteAsync(
            """
            insert into third_party (organisation_id, id, name, role, country, siren, siret, group_parent_country, sheet, created_at, updated_at, updated_by)
            values (@Organisation, @id, @Name, @Role, @Country, @Siren, @Siret, @GroupParentCountry, @sheet::jsonb, @now, @now, @by)
            on conflict do nothing
            """,
            Parameters(id, form, 0)) == 1;
    }

    /// <summary>False when somebody saved it meanwhile.</summary>
    public async Task<bool> SaveAsync(Guid id, ThirdPartyForm form, int version)
    {
        var connection = await db.OpenAsync();
        return await connection.ExecuteAsync(
            """
            update third_party
               set name = @Name, role = @Role, country = @Country, siren = @Siren, siret = @Siret, group_parent_country = @GroupParentCountry,
                   sheet = @sheet::jsonb, updated_at = @now, updated_by = @by, version = version + 1
             where organisation_id = @Organisation and id = @id and version = @version
            """,
            Parameters(id, form, version)) == 1;
    }

    /// <summary>Switched off rather than deleted: sheets name it.</summary>
    public async Task<string?> SwitchAsync(Guid id, bool active)
    {
        var connection = await db.OpenAsync();
        return await connection.ExecuteScalarAsync<string?>(
            """
            update third_party set active = @active, updated_at = @now, updated_by = @by, version = version + 1
             where organisation_id = @Organisation and id = @id and active <> @active
            returning name
            """,
            new { Organisation, id, active, now = clock.GetUtcNow(), by = visitor.Name });
    }

    private object Parameters(Guid id, ThirdPartyForm form, int version) => new
    {
        Organisation, id, form.Name, form.Role, form.Country, form.Siren, form.Siret, form.GroupParentCountry, sheet = SheetJson.WritePart(form), version,
        now = clock.GetUtcNow(), by = visitor.Name,
    };
}
