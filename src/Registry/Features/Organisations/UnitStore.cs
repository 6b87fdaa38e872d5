using Dapper;
using Registry.Access;
using Registry.Data;

namespace Registry.Features.Organisations;

/// <summary>A service or direction of the organisation.</summary>
public sealed record Unit
{
    public required Guid Id { get; init; }
    public required string Name { get; init; }
    public string? Email { get; init; }
    public required bool Active { get; init; }
    public required int Version { get; init; }
}

public sealed class UnitStore(Db db, Visitor visitor)
{
    private Guid Organisation => visitor.Organisation.Id;

    public async Task<IReadOnlyList<Unit>> ListAsync()
    {
        var connection = await db.OpenAsync();
        return (await connection.QueryAsync<Unit>(
            """select id, name, email, active, version from org_unit where organisation_id = @Organisation order by active desc, name collate "fr-x-icu" """,
            new { Organisation })).AsList();
    }

    /// <summary>False when a service of that name is there already.</summary>
    public async Task<bool> AddAsync(Guid id, string name)
    {
        var connection = await db.OpenAsync();
        return await connection.ExecuteAsync(
            "insert into org_unit (organisation_id, id, name) values (@Organisation, @id, @name) on conflict do nothing", new { Organisation, id, name }) == 1;
    }

    /// <summary>A service is switched off rather than deleted: sheets name it.</summary>
    public async Task<Unit?> SwitchAsync(Guid id, bool active)
    {
        var connection = await db.OpenAsync();
        return await connection.QuerySingleOrDefaultAsync<Unit>(
            """
            update org_unit set active = @active, version = version + 1
             where organisation_id = @Organisation and id = @id and active <> @active
            returning id, name, email, active, version
            """,
            new { Organisation, id, active });
    }
}
