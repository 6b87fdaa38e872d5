using Dapper;
using Registry.Access;
using Registry.Data;
using Registry.History;

namespace Registry.Features.Areas;

/// <summary>The bodies that one officer serves, and who she is. Only the operator makes areas and names their officers; the officers fill them.</summary>
public sealed class AreaStore(Db db, Visitor visitor)
{
    /// <summary>Offices that answer for what an officer checks .</summary>
    private static readonly string[] Answering = ["LEGAL_REPRESENTATIVE", "ELECTED_DELEGATE", "DGS", "SECURITY_OFFICER", "HELPDESK_AGENT", "CONTRACT_MANAGER"];

    private object Mine => new { visitor.PersonId, everything = visitor.Grants.Any(grant => grant.Role == Role.PlatformAdmin) };

    /// <summary>All areas for the operator, for an officer those she serves.</summary>
    public async Task<IReadOnlyList<AreaLine>> ListAsync()
    {
        var connection = await db.OpenAsync();
        return (await connection.QueryAsync<AreaLine>(
            """
            select m.id, m.name, o.name as lead, o.slug as lead_slug,
                   (select count(*)::int from mutualisation x where x.area_id = m.id and current_date between x.from_on and coalesce(x.to_on, 'infinity')) as members,
                   (select p.first_name || ' ' || p.last_name
                      from appointment a join person p on p.id = a.person_id
                     where a.area_id = m.id and a.kind = 'DPO' and (now() at time zone o.time_zone)::date between a.start_on and coalesce(a.end_on, 'infinity')
                     limit 1) as officer
              from mutualisation_area m
              join organisation o on o.id = m.organisation_id
             where @everything or app.serves_area(m.id, o.id)
             order by m.name
            """,
            Mine)).AsList();
    }

    /// <summary>Null when there is no such area, or when the visitor neither serves it nor runs the platform.</summary>
    public async Task<AreaView?> FindAsync(Guid area)
    {
        var connection = await db.OpenAsync();
        var parameters = new DynamicParameters(Mine);
        parameters.Add("area", area);
        return await connection.QuerySingleOrDefaultAsync<AreaView>(
            """
            select m.id, m.name, o.id as lead_id, o.name as lead, o.slug as lead_slug, o.time_zone, m.dpo_public_email as public_mail, m.version
              from mutualisation_area m
              join organisation o on o.id = m.organisation_id
             where m.id = @area and (@everything or app.serves_area(m.id, o.id))
            """,
            parameters);
    }

    /// <summary>Everybody ever appointed for the whole area, who is in office first.</summary>
    public async Task<IReadOnlyList<AreaOffice>> OfficesAsync(Guid area)
    {
        var connection = await db.OpenAsync();
        return (await connection.QueryAsync<AreaOffice>(
            """
            select a.id, a.person_id, p.first_name || ' ' || p.last_name as name, p.email, a.kind, a.start_on, a.end_on, a.act_type, a.act_reference, a.act_date,
                   a.end_reason, a.version
              from appointment a
              join person p on p.id = a.person_id
             where a.area_id = @area
             order by array_position(array['DPO', 'DPO_ASSISTANT', 'AREA_EXECUTIVE'], a.kind), a.start_on desc, a.id
            """,
            new { area })).AsList();
    }

    /// <summary>The bodies served today or announced. Those that left stand in the history: they are out of the officer's sight.</summary>
    public async Task<IReadOnlyList<AreaMember>> MembersAsync(Guid area)
    {
        var connection = await db.OpenAsync();
        return (await connection.QueryAsync<AreaMember>(
            """
            select o.slug, o.name, o.type, m.from_on, m.to_on
              from mutualisation m
              join organisation o on o.id = m.organisation_id
             where m.area_id = @area and coalesce(m.to_on, 'infinity') >= (now() at time zone o.time_zone)::date
             order by o.name collate "fr-x-icu", o.id, m.from_on
            """,
            new { area })).AsList();
    }

    public async Task<IReadOnlyList<TrailLine>> HistoryAsync(Guid area)
    {
        var connection = await db.OpenAsync();
        return (await connection.QueryAsync<TrailLine>(
            "select sequence, recorded_at, role, action, object_type, object_id, outcome, hash, details_text from app.area_history(@area)", new { area })).AsList();
    }

    /// <summary>
    /// New bodies only: where somebody is already in office, the operator names nobody, or she could name herself to a register (S-09).
    /// </summary>
    public async Task<IReadOnlyList<(Guid Id, string Name)>> LeadsAsync()
    {
        var connection = await db.OpenAsync();
        return (await connection.QueryAsync<(Guid, string)>(
            """
            select id, name from organisation o
             where status = 'ACTIVE' and not exists (select from mutualisation_area m where m.organisation_id = o.id)
               and not exists (select from mutualisation m where m.organisation_id = o.id)
               and not exists (select from appointment a where a.organisation_id = o.id)
             order by name
             limit 2000
            """)).AsList();
    }

    public async Task AddAsync(Guid id, Guid lead, string name, string? mail, Guid person, string firstName, string lastName, string email, DateOnly from)
    {
        var connection = await db.OpenAsync();
        await connection.ExecuteAsync(
            """
            insert into mutualisation_area (organisation_id, id, name, dpo_public_email) values (@lead, @id, @name, @mail);
            insert into person (organisation_id, id, first_name, last_name, email) values (@lead, @person, @firstName, @lastName, @email);
            insert into appointment (organisation_id, id, person_id, kind, area_id, start_on, act_type, act_date)
            values (@lead, @appointment, @person, 'DPO', @id, @from, 'DELIBERATION', @from)
            """,
            new { id, lead, name, mail, person, firstName, lastName, email, from, appointment = Guid.CreateVersion7() });
    }

    /// <summary>Who works for an officer somewhere already: the likely successors.</summary>
    public async Task<IReadOnlyList<(Guid Id, string Name)>> LikelyAsync(Guid area)
    {
        var connection = await db.OpenAsync();
        return (await connection.QueryAsync<(Guid, string)>(
            """
            select p.id, p.first_name || ' ' || p.last_name as name
              from person p
             where p.id in (select a.person_id from appointment a
                             where a.kind in ('DPO', 'DPO_ASSISTANT') and coalesce(a.end_on, 'infinity') >= current_date
                               and (a.area_id is not null or a.organisation_id in (select m.organisation_id from mutualisation m where m.area_id = @area)))
             order by p.last_name, p.first_name, p.id
             limit 200
            """,
            new { area })).AsList();
    }

    /// <summary>
    /// Whether the person answers for what she would check in the area, or runs the platform: the operator opens no register to herself (S-09).
    /// </summary>
    public async Task<bool> IsBarredAsync(Guid person, AreaView area, DateOnly from)
    {
        var connection = await db.OpenAsync();
        return await connection.ExecuteScalarAsync<bool>(
            """
            select exists (select from appointment a
                            where a.person_id = @person and coalesce(a.end_on, 'infinity') >= greatest(@from, a.start_on)
                              and (a.kind = 'PLATFORM_ADMIN'
                                   or a.kind = any(@Answering)
                                      and (a.organisation_id = @LeadId or a.organisation_id in (select m.organisation_id from mutualisation m
                                                                                                 where m.area_id = @Id and coalesce(m.to_on, 'infinity') >= @from))))
            """,
            new { person, area.Id, area.LeadId, from, Answering });
    }

    public async Task AddPersonAsync(Guid lead, Guid id, string firstName, string lastName, string email)
    {
        var connection = await db.OpenAsync();
        await connection.ExecuteAsync(
            "insert into person (organisation_id, id, first_name, last_name, email) values (@lead, @id, @firstName, @lastName, @email)",
            new { lead, id, firstName, lastName, email });
    }

    /// <summary>False when somebody else named or ended an officer of this area meanwhile: two officers at once must not happen.</summary>
    public async Task<bool> AppointAsync(AreaView area, AreaOffice added)
    {
        var connection = await db.OpenAsync();
        if (!await TakeAsync(area)) return false;
        return await connection.ExecuteAsync(
            """
            insert into appointment (organisation_id, id, person_id, kind, area_id, start_on, act_type, act_reference, act_date)
            values (@LeadId, @Id, @PersonId, 'DPO', @area, @StartOn, @ActType, @ActReference, @ActDate)
            """,
            new { area.LeadId, area = area.Id, added.Id, added.PersonId, added.StartOn, added.ActType, added.ActReference, added.ActDate }) == 1;
    }

    public async Task<bool> EndAsync(AreaView area, AreaOffice office, DateOnly last, string reason)
    {
        var connection = await db.OpenAsync();
        return await connection.ExecuteAsync(
            """
            update appointment set end_on = @last, end_reason = @reason, version = version + 1
             where organisation_id = @LeadId and id = @Id and version = @Version
            """,
            new { area.LeadId, office.Id, office.Version, last, reason }) == 1;
    }

    /// <summary>One change of officers at a time: the row of the area is the lock.</summary>
    private async Task<bool> TakeAsync(AreaView area)
    {
        var connection = await db.OpenAsync();
        return await connection.ExecuteAsync(
            "update mutualisation_area set version = version + 1 where organisation_id = @LeadId and id = @Id and version = @Version",
            new { area.LeadId, area.Id, area.Version }) == 1;
    }
}
