using Dapper;
using Registry.Access;
using Registry.Data;
using Registry.Facts;
using Registry.History;

namespace Registry.Features.Reminders;

/// <summary>A reminder that the reader was told of and that is still open.</summary>
public sealed record Notice
{
    public required Guid Id { get; init; }
    public required Guid OrganisationId { get; init; }
    public required string ObjectType { get; init; }
    public required Guid ObjectId { get; init; }
    public required string Slug { get; init; }
    public required string Code { get; init; }
    public required string Level { get; init; }
    public required string Subject { get; init; }
    public required string Path { get; init; }
    public required string Organisation { get; init; }
    public DateOnly? DueOn { get; init; }
    public required DateTimeOffset RaisedAt { get; init; }

    /// <summary>In how many organisations the same step of the same object waits: a convention binds several.</summary>
    public required int Bodies { get; init; }

    public string Label => Vocabulary.Current.Label("AlertCode", Code);

    /// <summary>The class of its tag.</summary>
    public string? Kind => Level switch { "OVERDUE" => "late", "URGENT" => "soon", _ => null };
}

/// <summary>What the first pages show of reminders: those of the visitor.</summary>
public sealed class Notices(Db db, Visitor visitor, Journal journal, TimeProvider clock)
{
    public const int Most = 100;

    /// <summary>In one organisation or over all within reach; what presses most first.</summary>
    public async Task<IReadOnlyList<Notice>> ListAsync(Guid? organisation = null)
    {
        var connection = await db.OpenAsync();
        return (await connection.QueryAsync<Notice>(
            """
            select id, organisation_id, object_type, object_id, slug, code, level, subject, path, organisation, due_on, raised_at, bodies
              from (select a.id, a.organisation_id, a.object_type, a.object_id, o.slug, a.code, a.level, a.subject, a.path, o.name as organisation, a.due_on, a.raised_at,
                           (count(*) over same)::int as bodies, row_number() over (same order by o.name, a.id) as place
                      from notice n
                      join alert a on a.organisation_id = n.organisation_id and a.id = n.alert_id
                      join organisation o on o.id = n.organisation_id
                     where n.person_id = @PersonId and (@organisation is null or n.organisation_id = @organisation)
                       and a.acknowledged_at is null and a.settled_at is null
                    window same as (partition by a.code, a.object_id, a.step)) each
             where place = 1
             order by array_position(array['OVERDUE', 'URGENT', 'WARNING', 'INFO'], level), due_on nulls last, raised_at, id
             limit @Most
            """,
            new { visitor.PersonId, organisation, Most })).AsList();
    }

    /// <summary>The visitor knows, of this step in each organisation where it waits for her: nobody else is called. False when she was never told of it.</summary>
    public async Task<bool> AcknowledgeAsync(Guid alert)
    {
        var connection = await db.OpenAsync();
        var found = (await connection.QueryAsync<(Guid Organisation, Guid Id, string Code, string Subject, bool Open)>(
            """
            select a.organisation_id, a.id, a.code, a.subject, a.acknowledged_at is null and a.settled_at is null
              from alert one
              join alert a on a.code = one.code and a.object_id = one.object_id and a.step = one.step
              join notice n on n.organisation_id = a.organisation_id and n.alert_id = a.id and n.person_id = @PersonId
             where one.id = @alert and exists (select from notice mine where mine.organisation_id = one.organisation_id and mine.alert_id = one.id and mine.person_id = @PersonId)
             order by a.organisation_id, a.id
               for update of a
            """,
            new { visitor.PersonId, alert })).AsList();
        // A colleague was quicker: that was the wish.
        foreach (var (organisation, id, code, subject, _) in found.Where(one => one.Open))
        {
            await connection.ExecuteAsync(
                "update alert set acknowledged_at = @now, acknowledged_by = @Name, next_rung_at = null where organisation_id = @organisation and id = @id",
                new { organisation, id, visitor.Name, now = clock.GetUtcNow() });
            journal.Record(new Event(organisation, Actions.AlertAcknowledged.Code, AlertBell.ObjectType, id, new EventDetails
            {
                Subject = $"{Vocabulary.Current.Find("AlertCode", code)?.French ?? code} : {subject}",
            }));
        }
        return found.Count > 0;
    }
}
