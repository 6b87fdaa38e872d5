using Dapper;
using Registry.Access;
using Registry.Data;

namespace Registry.Features.Recommendations;

/// <summary>Every question asked about recommendations.</summary>
public sealed class RecommendationStore(Db db, Visitor visitor, TimeProvider clock)
{
    private static readonly string[] Readers = Roles.Readers(Function.Recommendations);

    private Guid Organisation => visitor.Organisation.Id;

    /// <summary>What waits first: of one organisation, or of all in which she reads them.</summary>
    public async Task<IReadOnlyList<RecommendationLine>> ListAsync(Guid? organisation, bool open, int limit, int offset)
    {
        var connection = await db.OpenAsync();
        return (await connection.QueryAsync<RecommendationLine>(
            """
            select o.slug, o.name as organisation, r.number, r.kind, r.title, r.priority, r.due_on, r.status, r.progress, count(*) over ()::int as total
              from recommendation r
              join organisation o on o.id = r.organisation_id
             where (r.organisation_id = @organisation or @organisation::uuid is null and r.organisation_id in (select held.organisation_id from app.current_roles() held where held.kind = any(@Readers))) and (not @open or r.status in ('PROPOSED', 'ACCEPTED', 'IN_PROGRESS', 'DONE'))
             order by r.status not in ('PROPOSED', 'ACCEPTED', 'IN_PROGRESS', 'DONE'), r.due_on nulls last, r.priority, o.name collate "fr-x-icu", r.number
             limit @limit offset @offset
            """,
            new { organisation, Readers, open, limit, offset })).AsList();
    }

    public async Task<Recommendation?> FindAsync(string reference, bool toChange = false)
    {
        if (Recommendation.NumberOf(reference) is not { } number) return null;
        var connection = await db.OpenAsync();
        if (toChange) await connection.ExecuteAsync("select from recommendation where organisation_id = @Organisation and number = @number for update", new { Organisation, number });
        return await connection.QuerySingleOrDefaultAsync<Recommendation>(
            """
            select r.id, r.number, r.kind, r.origin, r.finding_id, f.audit_id, r.title, r.wording, r.priority, r.due_on, r.responsible, r.status, r.proposed_on, r.proposed_by, r.decided_on, r.decided_by,
                   r.decline_reason, r.progress, r.evidence, r.done_on, r.verified_on, r.verified_by, r.version
              from recommendation r
              left join audit_finding f on f.organisation_id = r.organisation_id and f.id = r.finding_id
             where r.organisation_id = @Organisation and r.number = @number
            """,
            new { Organisation, number });
    }

    /// <summary>Adds it under the id that the form brought, with the next number; the same form, or the same finding, finds the first one (S-92). Null: the id is another's.</summary>
    public async Task<(int Number, bool Added)?> AddAsync(Guid id, RecommendationForm form, Guid? finding = null)
    {
        var connection = await db.OpenAsync();
        await connection.ExecuteAsync("select pg_advisory_xact_lock(hashtextextended(@form, 49))", new { form = $"{Organisation}/{finding ?? id}" });
        if (await connection.QuerySingleOrDefaultAsync<int?>("select number from recommendation where organisation_id = @Organisation and (id = @id or finding_id = @finding)", new { Organisation, id, finding }) is { } first) return (first, false);
        var number = await connection.ExecuteScalarAsync<int>(
            """
            insert into reference_counter (organisation_id, kind, last) values (@Organisation, 'REC', 1)
            on conflict (organisation_id, kind) do update set last = reference_counter.last + 1
            returning last
            """,
            new { Organisation });
        var added = await connection.ExecuteAsync(
            """
            insert into recommendation (organisation_id, id, number, kind, origin, finding_id, title, wording, priority, due_on, responsible, status, proposed_on, proposed_by, updated_at)
            values (@Organisation, @id, @number, @Kind, @Origin, @finding, @Title, @Wording, @Priority, @DueOn, @Responsible, 'PROPOSED', @today, @by, @now)
            on conflict do nothing
            """,
            new { Organisation, id, number, finding, form.Kind, form.Origin, form.Title, form.Wording, form.Priority, form.DueOn, form.Responsible, today = visitor.Organisation.Today(clock), by = visitor.Name, now = clock.GetUtcNow() });
        return added == 1 ? (number, true) : null;
    }

    /// <summary>Its words, while nobody has decided. False when somebody saved or decided meanwhile.</summary>
    public async Task<bool> SaveAsync(Guid id, RecommendationForm form, int version)
    {
        var connection = await db.OpenAsync();
        return await connection.ExecuteAsync(
            """
            update recommendation
               set kind = @Kind, origin = @Origin, title = @Title, wording = @Wording, priority = @Priority, due_on = @DueOn, responsible = @Responsible, updated_at = @now, version = version + 1
             where organisation_id = @Organisation and id = @id and version = @version and status = 'PROPOSED'
            """,
            new { Organisation, id, version, form.Kind, form.Origin, form.Title, form.Wording, form.Priority, form.DueOn, form.Responsible, now = clock.GetUtcNow() }) == 1;
    }

    /// <summary>False when it moved meanwhile.</summary>
    public async Task<bool> MoveAsync(Recommendation after)
    {
        var connection = await db.OpenAsync();
        var parameters = new DynamicParameters(new { Organisation, now = clock.GetUtcNow() });
        parameters.AddDynamicParams(after);
        return await connection.ExecuteAsync(
            """
            update recommendation
               set status = @Status, proposed_on = @ProposedOn, proposed_by = @ProposedBy, decided_on = @DecidedOn, decided_by = @DecidedBy, decline_reason = @DeclineReason, progress = @Progress, evidence = @Evidence,
                   done_on = @DoneOn, verified_on = @VerifiedOn, verified_by = @VerifiedBy, updated_at = @now, version = version + 1
             where organisation_id = @Organisation and id = @Id and version = @Version
            """,
            parameters) == 1;
    }
}
