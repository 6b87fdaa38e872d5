using Dapper;
using Registry.Access;
using Registry.Data;
using Registry.Features.Shared;
using Registry.History;

namespace Registry.Features.Today;

/// <summary>Who takes a line of the list, and until when somebody put it off.</summary>
public sealed record WorkMark
{
    public required Guid OrganisationId { get; init; }
    public required string ObjectType { get; init; }
    public required Guid ObjectId { get; init; }
    public Guid? AssignedTo { get; init; }
    public string? AssignedName { get; init; }
    public DateOnly? PutOffUntil { get; init; }
    public Guid? PutOffBy { get; init; }
    public string? Reason { get; init; }
    public required string MarkedBy { get; init; }
    public required int Version { get; init; }
}

/// <summary>What people say of the lines of their list.</summary>
public sealed class WorkMarkStore(Db db, Journal journal, Visitor visitor, TimeProvider clock)
{
    /// <summary>The marks of one organisation or of all within reach, and the roles that the reader has there.</summary>
    public async Task<(ILookup<(Guid, string, Guid), WorkMark> Marks, IReadOnlyDictionary<Guid, string[]> Held)> ListAsync(Guid? organisation)
    {
        var connection = await db.OpenAsync();
        using var answers = await connection.QueryMultipleAsync(
            """
            select organisation_id, object_type, object_id, assigned_to, assigned_name, put_off_until, put_off_by, reason, marked_by, version
              from work_mark
             where @organisation::uuid is null or organisation_id = @organisation;
            select organisation_id as organisation, array_agg(distinct kind) as kinds from app.current_roles() group by organisation_id
            """,
            new { organisation });
        var marks = (await answers.ReadAsync<WorkMark>()).ToLookup(mark => (mark.OrganisationId, mark.ObjectType, mark.ObjectId));
        return (marks, (await answers.ReadAsync<(Guid Organisation, string[] Kinds)>()).ToDictionary(one => one.Organisation, one => one.Kinds.Select(kind => Roles.Of(kind).Code()).ToArray()));
    }

    /// <summary>To whom something can be handed in the current organisation: those who keep its registers, and who signs.</summary>
    public async Task<IReadOnlyList<Option>> ColleaguesAsync()
    {
        var connection = await db.OpenAsync();
        return [.. (await connection.QueryAsync<(Guid Id, string Name)>(
            """
            select distinct p.id, p.first_name || ' ' || p.last_name as name
              from appointment a
              join person p on p.id = a.person_id
              left join mutualisation m on m.area_id = a.area_id and m.organisation_id = @Id and @today between m.from_on and coalesce(m.to_on, 'infinity')
             where (a.organisation_id = @Id or m.organisation_id is not null) and @today between a.start_on and coalesce(a.end_on, 'infinity')
               and a.kind in ('LEGAL_REPRESENTATIVE', 'ELECTED_DELEGATE', 'DGS', 'DPO', 'DPO_ASSISTANT', 'CORRESPONDENT', 'CORRESPONDENT_DELEGATE', 'SERVICE_CONTRIBUTOR')
             order by name
            """,
            new { visitor.Organisation.Id, today = visitor.Organisation.Today(clock) })).Select(one => new Option(one.Id.ToString(), one.Name))];
    }

    /// <summary>False when somebody marked the line since it was read.</summary>
    public async Task<bool> SaveAsync(WorkLine line, WorkMark mark)
    {
        var connection = await db.OpenAsync();
        var saved = await connection.ExecuteAsync(
            """
            insert into work_mark (organisation_id, object_type, object_id, assigned_to, assigned_name, put_off_until, put_off_by, reason, marked_at, marked_by)
            values (@OrganisationId, @ObjectType, @ObjectId, @AssignedTo, @AssignedName, @PutOffUntil, @PutOffBy, @Reason, @now, @MarkedBy)
            on conflict (organisation_id, object_type, object_id) do update
               set assigned_to = @AssignedTo, assigned_name = @AssignedName, put_off_until = @PutOffUntil, put_off_by = @PutOffBy, reason = @Reason,
                   marked_at = @now, marked_by = @MarkedBy, version = work_mark.version + 1
             where work_mark.version = @Version
            """,
            new
            {
                mark.OrganisationId, mark.ObjectType, mark.ObjectId, mark.AssignedTo, mark.AssignedName, mark.PutOffUntil, mark.PutOffBy, mark.Reason, mark.MarkedBy, mark.Version,
                now = clock.GetUtcNow(),
            });
        if (saved == 0) return false;
        // The reason stays with the line: of a request it must go when the request goes.
        journal.Record(new Event(line.OrganisationId, Actions.WorkMarked.Code, line.ObjectType, line.ObjectId, new EventDetails { Subject = Languages.InFrench(() => Told(line, mark)) }));
        return true;
    }

    private static string Told(WorkLine line, WorkMark mark) => string.Join(" · ", new[]
    {
        line.Reference, mark.AssignedName is { } name ? $"confiée à {name}" : null, mark.PutOffUntil is { } until ? $"reportée au {Dates.Full(until)}" : null,
        mark is { AssignedName: null, PutOffUntil: null } ? "remise dans la liste" : null,
    }.OfType<string>());
}
