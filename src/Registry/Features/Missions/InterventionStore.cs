using Dapper;
using Registry.Access;
using Registry.Data;

namespace Registry.Features.Missions;

/// <summary>The days spent, and the statements of the months in which they are invoiced.</summary>
public sealed class InterventionStore(Db db, Visitor visitor, TimeProvider clock)
{
    private const int Most = 500;

    private Guid Organisation => visitor.Organisation.Id;

    public async Task<IReadOnlyList<Intervention>> ListAsync(Guid mission, DateOnly? month = null)
    {
        var connection = await db.OpenAsync();
        return (await connection.QueryAsync<Intervention>(
            """
            select id, mission_id, held_on, days, performed_by, place, kind, summary, status, version
              from intervention
             where organisation_id = @Organisation and mission_id = @mission and (@month::date is null or held_on >= @month and held_on < @month + interval '1 month')
             order by held_on desc, id desc limit @Most
            """,
            new { Organisation, mission, month, Most })).AsList();
    }

    public async Task<Intervention?> FindAsync(Guid mission, Guid id)
    {
        var connection = await db.OpenAsync();
        return await connection.QuerySingleOrDefaultAsync<Intervention>(
            "select id, mission_id, held_on, days, performed_by, place, kind, summary, status, version from intervention where organisation_id = @Organisation and mission_id = @mission and id = @id",
            new { Organisation, mission, id });
    }

    /// <summary>What else the same person did on that day, for this organisation.</summary>
    public async Task<decimal> OtherDaysAsync(Guid except, DateOnly on, string who)
    {
        var connection = await db.OpenAsync();
        return await connection.ExecuteScalarAsync<decimal>(
            "select coalesce(sum(days), 0) from intervention where organisation_id = @Organisation and held_on = @on and lower(performed_by) = lower(@who) and status <> 'CANCELLED' and id <> @except",
            new { Organisation, except, on, who });
    }

    public async Task<bool> AddAsync(Guid mission, Guid id, InterventionForm form)
    {
        var connection = await db.OpenAsync();
        return await connection.ExecuteAsync(
            """
            insert into intervention (organisation_id, id, mission_id, held_on, days, performed_by, place, kind, summary, status, updated_at, updated_by)
            values (@Organisation, @id, @mission, @HeldOn, @Length, @PerformedBy, @Place, @Kind, @Summary, @Status, @now, @by)
            on conflict do nothing
            """,
            new { Organisation, id, mission, form.HeldOn, form.Length, form.PerformedBy, form.Place, form.Kind, form.Summary, form.Status, now = clock.GetUtcNow(), by = visitor.Name }) == 1;
    }

    public async Task<bool> SaveAsync(Guid id, InterventionForm form, int version)
    {
        var connection = await db.OpenAsync();
        return await connection.ExecuteAsync(
            """
            update intervention
               set held_on = @HeldOn, days = @Length, performed_by = @PerformedBy, place = @Place, kind = @Kind, summary = @Summary, status = @Status, updated_at = @now, updated_by = @by, version = version + 1
             where organisation_id = @Organisation and id = @id and version = @version
            """,
            new { Organisation, id, version, form.HeldOn, form.Length, form.PerformedBy, form.Place, form.Kind, form.Summary, form.Status, now = clock.GetUtcNow(), by = visitor.Name }) == 1;
    }

    public async Task<IReadOnlyList<MonthlyStatement>> StatementsAsync(Guid mission)
    {
        var connection = await db.OpenAsync();
        return (await connection.QueryAsync<MonthlyStatement>(
            """
            select id, mission_id, month, status, total_days, amount, sent_on, sent_by, due_on, late_on, validated_on, validated_by, dispute, disputed_by, invoiced_on, version
              from monthly_statement where organisation_id = @Organisation and mission_id = @mission order by month desc limit @Most
            """,
            new { Organisation, mission, Most })).AsList();
    }

    public async Task<MonthlyStatement?> StatementAsync(DateOnly month)
    {
        var connection = await db.OpenAsync();
        return await connection.QuerySingleOrDefaultAsync<MonthlyStatement>(
            """
            select id, mission_id, month, status, total_days, amount, sent_on, sent_by, due_on, late_on, validated_on, validated_by, dispute, disputed_by, invoiced_on, version
              from monthly_statement where organisation_id = @Organisation and month = @month
            """,
            new { Organisation, month });
    }

    /// <summary>The first day that is invoiced in a month opens its statement.</summary>
    public async Task OpenStatementAsync(Guid mission, DateOnly month)
    {
        var connection = await db.OpenAsync();
        await connection.ExecuteAsync(
            "insert into monthly_statement (organisation_id, id, mission_id, month, status, updated_at) values (@Organisation, @id, @mission, @month, 'DRAFT', @now) on conflict (organisation_id, month) do nothing",
            new { Organisation, id = Guid.CreateVersion7(), mission, month, now = clock.GetUtcNow() });
    }

    /// <summary>False when it moved meanwhile.</summary>
    public async Task<bool> MoveAsync(MonthlyStatement after)
    {
        var connection = await db.OpenAsync();
        var parameters = new DynamicParameters(new { Organisation, now = clock.GetUtcNow() });
        parameters.AddDynamicParams(after);
        return await connection.ExecuteAsync(
            """
            update monthly_statement
               set status = @Status, total_days = @TotalDays, amount = @Amount, sent_on = @SentOn, sent_by = @SentBy, due_on = @DueOn, late_on = @LateOn, validated_on = @ValidatedOn, validated_by = @ValidatedBy,
                   dispute = @Dispute, disputed_by = @DisputedBy, invoiced_on = @InvoicedOn, updated_at = @now, version = version + 1
             where organisation_id = @Organisation and id = @Id and version = @Version
            """,
            parameters) == 1;
    }
}
