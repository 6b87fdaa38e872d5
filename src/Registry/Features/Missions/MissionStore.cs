using Dapper;
using Registry.Access;
using Registry.Data;

namespace Registry.Features.Missions;

/// <summary>The missions of the shared officer in an organisation, and their plans of actions.</summary>
public sealed class MissionStore(Db db, Visitor visitor, TimeProvider clock)
{
    private const int Most = 200;

    private Guid Organisation => visitor.Organisation.Id;

    /// <summary>What runs first.</summary>
    public Task<IReadOnlyList<Mission>> ListAsync() => ReadAsync(null);

    public async Task<Mission?> FindAsync(Guid id, bool toChange = false)
    {
        var connection = await db.OpenAsync();
        if (toChange) await connection.ExecuteAsync("select from mission where organisation_id = @Organisation and id = @id for update", new { Organisation, id });
        return (await ReadAsync(id)).SingleOrDefault();
    }

    private async Task<IReadOnlyList<Mission>> ReadAsync(Guid? id)
    {
        var connection = await db.OpenAsync();
        return (await connection.QueryAsync<Mission>(
            """
            select m.id, m.title, m.keeper_id, m.convention_id, c.number as convention_number, c.title as convention_title, c.keeper_name, m.phase, m.initial_days, m.ongoing_days, m.daily_rate, m.annual_fee,
                   m.preparation, m.sent_on, m.validated_on, m.validated_by, m.initial_from, m.ongoing_from, m.ended_on, m.version, coalesce(used.initial_days, 0) as initial_used, coalesce(used.ongoing_days, 0) as ongoing_used
              from mission m
              left join convention c on c.organisation_id = m.keeper_id and c.id = m.convention_id
              left join lateral (select sum(i.days) filter (where i.held_on >= m.initial_from and i.held_on < coalesce(m.ongoing_from, 'infinity')) as initial_days, sum(i.days) filter (where i.held_on >= m.ongoing_from) as ongoing_days
                                   from intervention i where i.organisation_id = m.organisation_id and i.mission_id = m.id and i.status = 'DONE') used on true
             where m.organisation_id = @Organisation and (@id::uuid is null or m.id = @id)
             order by array_position(array['INITIAL_COMPLIANCE', 'ONGOING_MUTUALISATION', 'PROPOSAL', 'ENDED'], m.phase), m.ended_on desc nulls last, m.id
             limit @Most
            """,
            new { Organisation, id, Most })).AsList();
    }

    /// <summary>The conventions that bind the organisation and have not ended.</summary>
    public async Task<IReadOnlyList<KnownConvention>> ConventionsAsync()
    {
        var connection = await db.OpenAsync();
        return (await connection.QueryAsync<KnownConvention>(
            """
            select c.organisation_id as keeper_id, c.id, c.number, c.title, c.keeper_name
              from convention c
             where c.status not in ('CLOSED', 'ABANDONED')
               and (c.organisation_id = @Organisation
                    or (c.organisation_id, c.id) in (select x.organisation_id, x.convention_id from convention_party x where x.active and x.party_organisation_id = @Organisation))
             order by c.organisation_id <> @Organisation, c.number, c.id limit 500
            """,
            new { Organisation })).AsList();
    }

    /// <summary>False when the same form was sent before.</summary>
    public async Task<bool> AddAsync(Guid id, MissionForm form, KnownConvention? convention)
    {
        var connection = await db.OpenAsync();
        return await connection.ExecuteAsync(
            """
            insert into mission (organisation_id, id, title, keeper_id, convention_id, phase, initial_days, ongoing_days, daily_rate, annual_fee, preparation, updated_at, updated_by)
            values (@Organisation, @id, @Title, @keeper, @agreement, 'PROPOSAL', @Initial, @Ongoing, @Rate, @Fee, @Preparation, @now, @by)
            on conflict do nothing
            """,
            Parameters(id, form, convention, 0)) == 1;
    }

    /// <summary>What changes is no longer what was sent. False when somebody saved it meanwhile.</summary>
    public async Task<bool> SaveAsync(Guid id, MissionForm form, KnownConvention? convention, int version)
    {
        var connection = await db.OpenAsync();
        return await connection.ExecuteAsync(
            """
            update mission
               set title = @Title, keeper_id = @keeper, convention_id = @agreement, initial_days = @Initial, ongoing_days = @Ongoing, daily_rate = @Rate, annual_fee = @Fee, preparation = @Preparation,
                   sent_on = null, updated_at = @now, updated_by = @by, version = version + 1
             where organisation_id = @Organisation and id = @id and version = @version and phase = 'PROPOSAL'
            """,
            Parameters(id, form, convention, version)) == 1;
    }

    /// <summary>False when it moved meanwhile, or when another mission runs already.</summary>
    public async Task<bool> MoveAsync(Mission after)
    {
        var connection = await db.OpenAsync();
        var parameters = new DynamicParameters(new { Organisation, now = clock.GetUtcNow(), by = visitor.Name });
        parameters.AddDynamicParams(after);
        return await connection.ExecuteAsync(
            """
            update mission
               set phase = @Phase, sent_on = @SentOn, validated_on = @ValidatedOn, validated_by = @ValidatedBy, initial_from = @InitialFrom, ongoing_from = @OngoingFrom, ended_on = @EndedOn,
                   updated_at = @now, updated_by = @by, version = version + 1
             where organisation_id = @Organisation and id = @Id and version = @Version
               and (@Phase not in ('INITIAL_COMPLIANCE', 'ONGOING_MUTUALISATION')
                    or not exists (select from mission other where other.organisation_id = @Organisation and other.id <> @Id and other.phase in ('INITIAL_COMPLIANCE', 'ONGOING_MUTUALISATION')))
            """,
            parameters) == 1;
    }

    public async Task<IReadOnlyList<MissionAction>> ActionsAsync(Guid mission)
    {
        var connection = await db.OpenAsync();
        return (await connection.QueryAsync<MissionAction>(
            """
            select id, mission_id, title, priority, responsible, due_on, status, done_on, evidence, version
              from mission_action
             where organisation_id = @Organisation and mission_id = @mission
             order by status in ('DONE', 'CANCELLED'), due_on, priority, id limit @Most
            """,
            new { Organisation, mission, Most })).AsList();
    }

    public async Task<MissionAction?> ActionAsync(Guid mission, Guid id)
    {
        var connection = await db.OpenAsync();
        return await connection.QuerySingleOrDefaultAsync<MissionAction>(
            "select id, mission_id, title, priority, responsible, due_on, status, done_on, evidence, version from mission_action where organisation_id = @Organisation and mission_id = @mission and id = @id",
            new { Organisation, mission, id });
    }

    public async Task<bool> AddActionAsync(Guid mission, Guid id, ActionForm form)
    {
        var connection = await db.OpenAsync();
        return await connection.ExecuteAsync(
            """
            insert into mission_action (organisation_id, id, mission_id, title, priority, responsible, due_on, status, done_on, evidence, updated_at, updated_by)
            values (@Organisation, @id, @mission, @Title, @Priority, @Responsible, @DueOn, @Status, @DoneOn, @Evidence, @now, @by)
            on conflict do nothing
            """,
            new { Organisation, id, mission, form.Title, form.Priority, form.Responsible, form.DueOn, form.Status, form.DoneOn, form.Evidence, now = clock.GetUtcNow(), by = visitor.Name }) == 1;
    }

    public async Task<bool> SaveActionAsync(Guid id, ActionForm form, int version)
    {
        var connection = await db.OpenAsync();
        return await connection.ExecuteAsync(
            """
            update mission_action
               set title = @Title, priority = @Priority, responsible = @Responsible, due_on = @DueOn, status = @Status, done_on = @DoneOn, evidence = @Evidence, updated_at = @now, updated_by = @by, version = version + 1
             where organisation_id = @Organisation and id = @id and version = @version
            """,
            new { Organisation, id, version, form.Title, form.Priority, form.Responsible, form.DueOn, form.Status, form.DoneOn, form.Evidence, now = clock.GetUtcNow(), by = visitor.Name }) == 1;
    }

    private object Parameters(Guid id, MissionForm form, KnownConvention? convention, int version) => new
    {
        Organisation, id, version, form.Title, keeper = convention?.KeeperId, agreement = convention?.Id, form.Initial, form.Ongoing, form.Rate, form.Fee, form.Preparation, now = clock.GetUtcNow(), by = visitor.Name,
    };
}
