using Dapper;
using Registry.Access;
using Registry.Data;

namespace Registry.Features.Appointments;

/// <summary>Every question asked about the appointments of the current organisation.</summary>
public sealed class AppointmentStore(Db db, Visitor visitor)
{
    private Guid Organisation => visitor.Organisation.Id;

    /// <summary>One change of offices at a time, until the transaction ends: app.entrust waits for the same lock.</summary>
    public async Task TakeAsync()
    {
        var connection = await db.OpenAsync();
        await connection.ExecuteAsync("select pg_advisory_xact_lock(hashtextextended(@Organisation::text, 9))", new { Organisation });
    }

    /// <summary>
    /// The appointments made here, and those of the areas that serve the organisation, from the day both hold: an officer of twenty years serves a body that joined
    /// last month for a month.
    /// </summary>
    public async Task<IReadOnlyList<Appointment>> ListAsync()
    {
        var connection = await db.OpenAsync();
        return (await connection.QueryAsync<Appointment>(
            """
            select a.id, a.person_id, p.first_name || ' ' || p.last_name as person_name, p.job, p.email, a.kind, m.name as area_name, s.organisation_id is not null as serves,
                   greatest(a.start_on, s.from_on) as start_on, least(a.end_on, s.to_on) as end_on,
                   a.act_type, a.act_reference, a.act_date, a.signed_by, a.delegation_scope, a.end_reason, a.version,
                   (select d.first_name || ' ' || d.last_name from appointment f join person d on d.id = f.person_id where f.id = a.delegated_from) as delegated_from
              from appointment a
              join person p on p.id = a.person_id
              left join mutualisation_area m on m.id = a.area_id
              left join mutualisation s on s.area_id = a.area_id and s.organisation_id = @Organisation and a.organisation_id <> @Organisation
             where a.organisation_id = @Organisation
                or s.from_on <= coalesce(a.end_on, 'infinity') and coalesce(s.to_on, 'infinity') >= a.start_on
             order by coalesce(least(a.end_on, s.to_on) < greatest(current_date, a.start_on), false),
                      array_position(array['LEGAL_REPRESENTATIVE', 'ELECTED_DELEGATE', 'DGS', 'DPO', 'DPO_ASSISTANT', 'CORRESPONDENT'], a.kind), start_on, a.id
            """,
            new { Organisation })).AsList();
    }

    public async Task<Appointment?> FindAsync(Guid id) => (await ListAsync()).FirstOrDefault(one => one.Id == id);

    /// <summary>Whether she holds an office where the visitor does not reach.</summary>
    public async Task<bool> IsAppointedElsewhereAsync(Guid person)
    {
        var connection = await db.OpenAsync();
        return await connection.ExecuteScalarAsync<bool>("select app.appointed_elsewhere(@person)", new { person });
    }

    /// <summary>Adds the person to the organisation; appointments elsewhere are added to the person they name.</summary>
    public async Task<bool> AddPersonAsync(Guid id, string firstName, string lastName, string? job, string? email)
    {
        var connection = await db.OpenAsync();
        return await connection.ExecuteAsync(
            """
            insert into person (organisation_id, id, first_name, last_name, job, email) values (@Organisation, @id, @firstName, @lastName, @job, @email)
            on conflict (id) do nothing
            """,
            new { Organisation, id, firstName, lastName, job, email }) == 1;
    }

    public async Task<bool> AddAsync(Appointment added, Guid? delegatedFrom)
    {
        var connection = await db.OpenAsync();
        return await connection.ExecuteAsync(
            """
            insert into appointment (organisation_id, id, person_id, kind, start_on, end_on, act_type, act_reference, act_date, signed_by,
                   delegated_from, delegation_scope)
            values (@Organisation, @Id, @PersonId, @Kind, @StartOn, @EndOn, @ActType, @ActReference, @ActDate, @SignedBy, @delegatedFrom, @DelegationScope)
            on conflict (id) do nothing
            """,
            new
            {
                Organisation, added.Id, added.PersonId, added.Kind, added.StartOn, added.EndOn, added.ActType, added.ActReference, added.ActDate,
                added.SignedBy, delegatedFrom, added.DelegationScope,
            }) == 1;
    }

    /// <summary>
    /// Ends an appointment, and with it those delegated from it: a delegation does not outlive who gave it. Returns the ids of those, null
    /// when somebody changed the appointment meanwhile. What had not begun by then is cancelled: its last day is the day before its first.
    /// </summary>
    public async Task<IReadOnlyList<Guid>?> EndAsync(Appointment appointment, DateOnly endOn, string reason)
    {
        var connection = await db.OpenAsync();
        var ended = await connection.ExecuteAsync(
            """
            update appointment set end_on = greatest(start_on - 1, @endOn), end_reason = @reason, version = version + 1
             where organisation_id = @Organisation and id = @Id and version = @Version
            """,
            new { Organisation, appointment.Id, appointment.Version, endOn, reason }) == 1;
        if (!ended) return null;
        return (await connection.QueryAsync<Guid>(
            """
            update appointment set end_on = greatest(start_on - 1, @endOn), end_reason = @reason, version = version + 1
             where organisation_id = @Organisation and delegated_from = @Id and coalesce(end_on, 'infinity') > greatest(start_on - 1, @endOn)
            returning id
            """,
            new { Organisation, appointment.Id, endOn, reason })).AsList();
    }
}
