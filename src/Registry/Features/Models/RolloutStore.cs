using Dapper;
using Registry.Access;
using Registry.Data;

namespace Registry.Features.Models;

/// <summary>Rollouts, their targets, and how far they are.</summary>
public sealed class RolloutStore(Db db, Visitor visitor, TimeProvider clock)
{
    /// <summary>Bodies whose registers the person keeps, the closed ones left out.</summary>
    public async Task<IReadOnlyList<RolloutChoice>> ChoicesAsync()
    {
        var connection = await db.OpenAsync();
        return (await connection.QueryAsync<RolloutChoice>(
            """
            select o.id, o.name, o.type
              from organisation o
             where o.status = 'ACTIVE' and o.id in (select g.organisation_id from app.current_roles() g where g.kind = 'DPO')
             order by o.type, o.name
            """)).AsList();
    }

    /// <summary>False when there is one under that id already: it stays as it is (S-92).</summary>
    public async Task<bool> PrepareAsync(Guid library, Guid id, RolloutKind kind, IReadOnlyCollection<(string Code, int Revision)> models, IReadOnlyCollection<Guid> targets)
    {
        var connection = await db.OpenAsync();
        return await connection.ExecuteScalarAsync<int>(
            """
            with prepared as (
              insert into rollout (organisation_id, id, kind, models, status, person_id, person_name, prepared_at)
              values (@library, @id, @kind, @models, 'PREPARED', @PersonId, @Name, @now) on conflict do nothing
              returning organisation_id, id), targets as (
              insert into rollout_target (organisation_id, rollout_id, target_id, name, status)
              select p.organisation_id, p.id, t.id, coalesce(o.name, '–'), 'WAITING'
                from prepared p cross join unnest(@targets) as t (id) left join organisation o on o.id = t.id)
            select count(*)::int from prepared
            """,
            new
            {
                library, id, kind = kind.ToString().ToUpperInvariant(), models = models.Select(model => $"{model.Code}@{model.Revision}").ToArray(),
                targets = targets.ToArray(), visitor.PersonId, visitor.Name, now = clock.GetUtcNow(),
            }) == 1;
    }

    public async Task<Rollout?> FindAsync(Guid library, Guid id)
    {
        var connection = await db.OpenAsync();
        return await connection.QuerySingleOrDefaultAsync<Rollout>(
            """
            select organisation_id, id, kind, models, status, person_id, person_name, prepared_at, started_at, finished_at
              from rollout
             where organisation_id = @library and id = @id
            """,
            new { library, id });
    }

    public async Task<IReadOnlyList<RolloutTarget>> TargetsAsync(Rollout rollout)
    {
        var connection = await db.OpenAsync();
        return (await connection.QueryAsync<RolloutTarget>(
            """
            select t.target_id, t.name, coalesce(o.slug, '') as slug, coalesce(o.type, '') as type, t.status, t.changed, t.skipped, t.kept, t.reason
              from rollout_target t
              left join organisation o on o.id = t.target_id
             where t.organisation_id = @OrganisationId and t.rollout_id = @Id
             order by t.name
            """,
            new { rollout.OrganisationId, rollout.Id })).AsList();
    }

    public async Task<IReadOnlyList<RolloutLine>> ListAsync(Guid library, int limit)
    {
        var connection = await db.OpenAsync();
        return (await connection.QueryAsync<RolloutLine>(
            """
            select r.id, r.kind, r.models, r.status, r.prepared_at, count(t.target_id)::int as targets, coalesce(sum(t.changed), 0)::int as changed, r.person_name
              from rollout r
              left join rollout_target t on t.organisation_id = r.organisation_id and t.rollout_id = r.id
             where r.organisation_id = @library and r.status <> 'DROPPED'
             group by r.organisation_id, r.id
             order by r.prepared_at desc
             limit @limit
            """,
            new { library, limit })).AsList();
    }

    /// <summary>Moves the rollout on, from exactly that state: the same button pressed twice does it once. Whoever starts it, it works in her name.</summary>
    public async Task<bool> MoveAsync(Guid library, Guid id, RolloutStatus from, RolloutStatus to)
    {
        var connection = await db.OpenAsync();
        return await connection.ExecuteAsync(
            """
            update rollout
               set status = @to, started_at = case when @to = 'RUNNING' then @now else started_at end, finished_at = case when @to in ('DONE', 'UNDONE') then @now end,
                   person_id = case when @to in ('RUNNING', 'UNDOING') then @PersonId else person_id end,
                   person_name = case when @to in ('RUNNING', 'UNDOING') then @Name else person_name end
             where organisation_id = @library and id = @id and status = @from
            """,
            new { library, id, from = from.ToString().ToUpperInvariant(), to = to.ToString().ToUpperInvariant(), visitor.PersonId, visitor.Name, now = clock.GetUtcNow() }) == 1;
    }

    /// <summary>The next body in that state, held until the transaction ends; two workers never meet on one.</summary>
    public async Task<(Guid Id, string? Slug, string Name, int Changed)?> NextAsync(Guid library, Guid id, TargetStatus status)
    {
        var connection = await db.OpenAsync();
        return await connection.QuerySingleOrDefaultAsync<(Guid, string?, string, int)?>(
            """
            select t.target_id, (select o.slug from organisation o where o.id = t.target_id), t.name, t.changed
              from rollout_target t
             where t.organisation_id = @library and t.rollout_id = @id and t.status = @status
             order by t.target_id
             limit 1
               for update of t skip locked
            """,
            new { library, id, status = status.ToString().ToUpperInvariant() });
    }

    public async Task<bool> HasAsync(Guid library, Guid id, TargetStatus status)
    {
        var connection = await db.OpenAsync();
        return await connection.ExecuteScalarAsync<bool>(
            "select exists (select from rollout_target where organisation_id = @library and rollout_id = @id and status = @status)",
            new { library, id, status = status.ToString().ToUpperInvariant() });
    }

    public async Task SettleAsync(Guid library, Guid id, Guid target, TargetStatus status, int changed, int skipped, int kept, string? reason)
    {
        var connection = await db.OpenAsync();
        await connection.ExecuteAsync(
            """
            update rollout_target set status = @status, changed = @changed, skipped = @skipped, kept = @kept, reason = @reason
             where organisation_id = @library and rollout_id = @id and target_id = @target
            """,
            new { library, id, target, status = status.ToString().ToUpperInvariant(), changed, skipped, kept, reason });
    }
}
