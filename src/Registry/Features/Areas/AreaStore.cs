using Dapper;
using Registry.Access;
using Registry.Data;

namespace Registry.Features.Areas;

/// <summary>An area as the operator sees it.</summary>
public sealed record AreaLine
{
    public required Guid Id { get; init; }
    public required string Name { get; init; }
    public required string Lead { get; init; }
    public required string LeadSlug { get; init; }
    public required int Members { get; init; }
    public string? Officer { get; init; }
    public Guid? AppointmentId { get; init; }
}

/// <summary>The bodies that one officer serves, and who she is. Only the operator makes areas; their officers fill them.</summary>
public sealed class AreaStore(Db db)
{
    public async Task<IReadOnlyList<AreaLine>> ListAsync()
    {
        var connection = await db.OpenAsync();
        return (await connection.QueryAsync<AreaLine>(
            """
            select m.id, m.name, o.name as lead, o.slug as lead_slug,
                   (select count(*)::int from mutualisation x where x.area_id = m.id and x.to_on is null) as members,
                   (select p.first_name || ' ' || p.last_name
                      from appointment a join person p on p.id = a.person_id
                     where a.area_id = m.id and a.kind = 'DPO' and current_date between a.start_on and coalesce(a.end_on, 'infinity')
                     limit 1) as officer,
                   (select a.id from appointment a
                     where a.area_id = m.id and a.kind = 'DPO' and current_date between a.start_on and coalesce(a.end_on, 'infinity')
                     limit 1) as appointment_id
              from mutualisation_area m
              join organisation o on o.id = m.organisation_id
             order by m.name
            """)).AsList();
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

    public async Task<Guid> AddAsync(Guid id, Guid lead, string name, string? mail, Guid person, string firstName, string lastName, string email, DateOnly from)
    {
        var connection = await db.OpenAsync();
        var appointment = Guid.CreateVersion7();
        await connection.ExecuteAsync(
            """
            insert into mutualisation_area (organisation_id, id, name, dpo_public_email) values (@lead, @id, @name, @mail);
            insert into person (organisation_id, id, first_name, last_name, email) values (@lead, @person, @firstName, @lastName, @email);
            insert into appointment (organisation_id, id, person_id, kind, area_id, start_on, act_type, act_date)
            values (@lead, @appointment, @person, 'DPO', @id, @from, 'DELIBERATION', @from)
            """,
            new { id, lead, name, mail, person, firstName, lastName, email, from, appointment });
        return appointment;
    }
}
