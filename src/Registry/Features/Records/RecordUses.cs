using Dapper;
using Registry.Access;
using Registry.Data;
using Registry.History;

namespace Registry.Features.Records;

/// <summary>A record whose sheet names a thing of the organisation.</summary>
public sealed record RecordUse
{
    public required int Number { get; init; }
    public required string Title { get; init; }
    public required string Status { get; init; }
    public required bool InDraft { get; init; }
    public required bool InForce { get; init; }

    public string Reference => ProcessingRecord.ReferenceOf(Number);
    public RecordStatus State => RecordStates.Parse(Status) ?? throw new InvalidOperationException($"Unknown state {Status}.");
}

/// <summary>Which records use an application, a third party or an agreement, and what its new name does to them.</summary>
public sealed class RecordUses(Db db, Visitor visitor, Journal journal, TimeProvider clock)
{
    private Guid Organisation => visitor.Organisation.Id;

    /// <summary>Who reads published sheets only learns of those, and of her own drafts.</summary>
    public async Task<IReadOnlyList<RecordUse>> ListAsync(Guid thing)
    {
        var connection = await db.OpenAsync();
        return (await connection.QueryAsync<RecordUse>(
            """
            select r.number, r.title, r.status, u.in_draft, u.in_force
              from (select record_id, in_draft, in_force from record_system where organisation_id = @Organisation and information_system_id = @thing
                     union all
                    select record_id, in_draft, in_force from record_third_party where organisation_id = @Organisation and third_party_id = @thing
                     union all
                    select record_id, in_draft, in_force from record_joint_controllership where organisation_id = @Organisation and joint_controllership_id = @thing) u
              join processing_record r on r.organisation_id = @Organisation and r.id = u.record_id
             where (u.in_draft or u.in_force)
               and (@drafts or r.author_id = @me or (u.in_force and r.status in ('PUBLISHED', 'IN_REVISION')))
             order by r.number
            """,
            new { Organisation, thing, me = visitor.PersonId, drafts = visitor.Can(Function.DraftRecord, Right.Read) })).AsList();
    }

    /// <summary>Every working sheet that names it says its new name, with a line in its own history; published versions keep their text.</summary>
    public async Task RenameAsync(Guid thing, string field, string older, string newer)
    {
        var connection = await db.OpenAsync();
        var touched = await connection.QueryAsync<(Guid Id, int Number)>(
            """
            update processing_record r
               set sheet = app.with_current_names(r.organisation_id, r.sheet), updated_at = @now, updated_by = @by, version = version + 1
             where r.organisation_id = @Organisation
               and r.id in (select record_id from record_system where organisation_id = @Organisation and information_system_id = @thing and in_draft
                             union all
                            select record_id from record_third_party where organisation_id = @Organisation and third_party_id = @thing and in_draft
                             union all
                            select record_id from record_joint_controllership where organisation_id = @Organisation and joint_controllership_id = @thing and in_draft)
            returning r.id, r.number
            """,
            new { Organisation, thing, now = clock.GetUtcNow(), by = visitor.Name });
        foreach (var (id, number) in touched.OrderBy(record => record.Number))
            journal.Record(new Event(Organisation, Actions.RecordChanged.Code, RecordDesk.ObjectType, id,
                new EventDetails { Subject = ProcessingRecord.ReferenceOf(number), Changes = [new Change(field, older, newer)] }));
    }
}
