using Dapper;
using Registry.Access;
using Registry.Data;

namespace Registry.Features.Areas;

/// <summary>How the current organisation leaves an area and joins one. Two functions of the database alone write that.</summary>
public sealed class MembershipStore(Db db, Visitor visitor)
{
    private Guid Organisation => visitor.Organisation.Id;

    /// <summary>Every time it was, is or will be served, the last first.</summary>
    public async Task<IReadOnlyList<Membership>> ListAsync()
    {
        var connection = await db.OpenAsync();
        return (await connection.QueryAsync<Membership>(
            """
            select m.area_id, a.name as area_name, a.organisation_id as lead_id, m.from_on, m.to_on, m.end_reason
              from mutualisation m
              join mutualisation_area a on a.id = m.area_id
             where m.organisation_id = @Organisation
             order by m.from_on desc
            """,
            new { Organisation })).AsList();
    }

    /// <summary>
    /// Ends the membership, and with it the appointments of the officer's assistants, who came with her. Returns the ids of those; null when the body is no
    /// longer in the area.
    /// </summary>
    public async Task<IReadOnlyList<Guid>?> LeaveAsync(Membership membership, DateOnly last, string reason)
    {
        var connection = await db.OpenAsync();
        if (!await connection.ExecuteScalarAsync<bool>("select app.leave_area(@Organisation, @AreaId, @last, @reason)", new { Organisation, membership.AreaId, last, reason })) return null;
        return (await connection.QueryAsync<Guid>(
            """
            update appointment set end_on = greatest(start_on - 1, @last), end_reason = 'CONVENTION_END', version = version + 1
             where organisation_id = @Organisation and kind = 'DPO_ASSISTANT' and area_id is null and coalesce(end_on, 'infinity') > greatest(start_on - 1, @last)
            returning id
            """,
            new { Organisation, last })).AsList();
    }

    public async Task<IReadOnlyList<OpenArea>> OpenAreasAsync()
    {
        var connection = await db.OpenAsync();
        return (await connection.QueryAsync<OpenArea>("select id, name, lead from app.areas_to_join() order by name, id limit 2000")).AsList();
    }

    /// <summary>What stands in the way, null when it is done.</summary>
    public async Task<string?> EntrustAsync(Guid area, DateOnly since)
    {
        var connection = await db.OpenAsync();
        return await connection.ExecuteScalarAsync<string?>("select app.entrust(@Organisation, @area, @since)", new { Organisation, area, since });
    }
}
