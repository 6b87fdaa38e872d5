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
    public required string Code { get; init; }
    public required string Level { get; init; }
    public required string Subject { get; init; }
    public required string Path { get; init; }
    public required string Organisation { get; init; }
    public DateOnly? DueOn { get; init; }
    public required DateTimeOffset RaisedAt { get; init; }

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
            select a.id, a.code, a.level, a.subject, a.path, o.name as organisation, a.due_on, a.raised_at
              from notice n
              join alert a on a.organisation_id = n.organisation_id and a.id = n.alert_id
              join organisation o on o.id = n.organisation_id
             where n.person_id = @PersonId and (@organisation is null or n.organisation_id = @organisation)
               and a.acknowledged_at is null and a.settled_at is null
             order by array_position(array['OVERDUE', 'URGENT', 'WARNING', 'INFO'], a.level), a.due_on nulls last, a.raised_at, a.id
             limit @Most
            """,
            new { visitor.PersonId, organisation, Most })).AsList();
    }

    /// <summary>The visitor knows: nobody else is called. False when she was never told of it.</summary>
    public async Task<bool> AcknowledgeAsync(Guid alert)
    {
        var connection = await db.OpenAsync();
        var found = await connection.QuerySingleOrDefaultAsync<(Guid Organisation, string Code, string Subject, bool Open)>(
            """
            select a.organisation_id, a.code, a.subject, a.acknowledged_at is null
              from notice n
              join alert a on a.organisation_id = n.organisation_id and a.id = n.alert_id
             where n.person_id = @PersonId and a.id = @alert
               for update of a
            """,
            new { visitor.PersonId, alert });
        if (found.Subject is null) return false;
        // A colleague was quicker: that was the wish.
        if (!found.Open) return true;
        await connection.ExecuteAsync(
            "update alert set acknowledged_at = @now, acknowledged_by = @Name, next_rung_at = null where organisation_id = @Organisation and id = @alert",
            new { found.Organisation, alert, visitor.Name, now = clock.GetUtcNow() });
        journal.Record(new Event(found.Organisation, Actions.AlertAcknowledged.Code, AlertBell.ObjectType, alert, new EventDetails
        {
            Subject = $"{Vocabulary.Current.Find("AlertCode", found.Code)?.French ?? found.Code} : {found.Subject}",
        }));
        return true;
    }
}
