using Dapper;
using Registry.Access;
using Registry.Data;

namespace Registry.Features.Audits;

/// <summary>The audits of an organisation and what they found.</summary>
public sealed class AuditStore(Db db, Visitor visitor, TimeProvider clock)
{
    private const int Most = 500;

    private Guid Organisation => visitor.Organisation.Id;

    public async Task<IReadOnlyList<Audit>> ListAsync()
    {
        var connection = await db.OpenAsync();
        return (await connection.QueryAsync<Audit>(
            """
            select a.id, a.kind, a.scope, a.auditor, a.planned_on, a.held_on, a.report, a.version, count(f.id)::int as findings, count(f.id) filter (where f.closed_on is null)::int as open
              from audit a
              left join audit_finding f on f.organisation_id = a.organisation_id and f.audit_id = a.id
             where a.organisation_id = @Organisation
             group by a.organisation_id, a.id
             order by coalesce(a.held_on, a.planned_on) desc, a.id limit @Most
            """,
            new { Organisation, Most })).AsList();
    }

    public async Task<Audit?> FindAsync(Guid id)
    {
        var connection = await db.OpenAsync();
        return await connection.QuerySingleOrDefaultAsync<Audit>("select id, kind, scope, auditor, planned_on, held_on, report, version from audit where organisation_id = @Organisation and id = @id", new { Organisation, id });
    }

    /// <summary>False when the same form was sent before.</summary>
    public async Task<bool> AddAsync(Guid id, AuditForm form)
    {
        var connection = await db.OpenAsync();
        return await connection.ExecuteAsync(
            """
            insert into audit (organisation_id, id, kind, scope, auditor, planned_on, held_on, report, updated_at, updated_by)
            values (@Organisation, @id, @Kind, @Scope, @Auditor, @PlannedOn, @HeldOn, @Report, @now, @by)
            on conflict do nothing
            """,
            new { Organisation, id, form.Kind, form.Scope, form.Auditor, form.PlannedOn, form.HeldOn, form.Report, now = clock.GetUtcNow(), by = visitor.Name }) == 1;
    }

    /// <summary>False when somebody saved it meanwhile.</summary>
    public async Task<bool> SaveAsync(Guid id, AuditForm form, int version)
    {
        var connection = await db.OpenAsync();
        return await connection.ExecuteAsync(
            """
            update audit
               set kind = @Kind, scope = @Scope, auditor = @Auditor, planned_on = @PlannedOn, held_on = @HeldOn, report = @Report, updated_at = @now, updated_by = @by, version = version + 1
             where organisation_id = @Organisation and id = @id and version = @version
            """,
            new { Organisation, id, version, form.Kind, form.Scope, form.Auditor, form.PlannedOn, form.HeldOn, form.Report, now = clock.GetUtcNow(), by = visitor.Name }) == 1;
    }

    /// <summary>The gravest first, what was settled last.</summary>
    public async Task<IReadOnlyList<AuditFinding>> FindingsAsync(Guid audit, Guid? id = null)
    {
        var connection = await db.OpenAsync();
        return (await connection.QueryAsync<AuditFinding>(
            """
            select f.id, f.audit_id, f.finding, f.severity, f.rule, f.remedy, f.closed_on, f.version, r.number as recommendation, r.status as recommendation_status
              from audit_finding f
              left join recommendation r on r.organisation_id = f.organisation_id and r.finding_id = f.id
             where f.organisation_id = @Organisation and f.audit_id = @audit and (@id::uuid is null or f.id = @id)
             order by f.closed_on is not null, array_position(array['CRITICAL', 'MAJOR', 'MINOR', 'OBSERVATION'], f.severity), f.id limit @Most
            """,
            new { Organisation, audit, id, Most })).AsList();
    }

    public async Task<bool> AddFindingAsync(Guid audit, Guid id, FindingForm form)
    {
        var connection = await db.OpenAsync();
        return await connection.ExecuteAsync(
            """
            insert into audit_finding (organisation_id, id, audit_id, finding, severity, rule, remedy, closed_on, updated_at, updated_by)
            values (@Organisation, @id, @audit, @Finding, @Severity, @Rule, @Remedy, @ClosedOn, @now, @by)
            on conflict do nothing
            """,
            new { Organisation, id, audit, form.Finding, form.Severity, form.Rule, form.Remedy, form.ClosedOn, now = clock.GetUtcNow(), by = visitor.Name }) == 1;
    }

    public async Task<bool> SaveFindingAsync(Guid id, FindingForm form, int version)
    {
        var connection = await db.OpenAsync();
        return await connection.ExecuteAsync(
            """
            update audit_finding
               set finding = @Finding, severity = @Severity, rule = @Rule, remedy = @Remedy, closed_on = @ClosedOn, updated_at = @now, updated_by = @by, version = version + 1
             where organisation_id = @Organisation and id = @id and version = @version
            """,
            new { Organisation, id, version, form.Finding, form.Severity, form.Rule, form.Remedy, form.ClosedOn, now = clock.GetUtcNow(), by = visitor.Name }) == 1;
    }
}
