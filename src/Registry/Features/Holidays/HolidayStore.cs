using Dapper;
using Registry.Access;
using Registry.Data;

namespace Registry.Features.Holidays;

/// <summary>The corrections of the calendars, shared by all organisations; the database takes them from the operator alone.</summary>
public sealed class HolidayStore(Db db, Visitor visitor, TimeProvider clock)
{
    public async Task<IReadOnlyList<KeptCorrection>> ListAsync()
    {
        var connection = await db.OpenAsync();
        return (await connection.QueryAsync<KeptCorrection>(
            """
            select id, territory, day, is_holiday, name, reason, made_at, made_by
              from holiday_correction
             where withdrawn_at is null
             order by day desc, territory
            """)).AsList();
    }

    /// <summary>False when this day of the territory bears a correction already; the same form sent twice makes one.</summary>
    public async Task<bool> AddAsync(Guid id, HolidayForm form)
    {
        var connection = await db.OpenAsync();
        return await connection.ExecuteAsync(
            """
            insert into holiday_correction (id, territory, day, is_holiday, name, reason, made_at, made_by)
            values (@id, @Territory, @Day, @isHoliday, @Name, @Reason, @now, @by)
            on conflict do nothing
            """,
            new { id, form.Territory, form.Day, isHoliday = form.IsHoliday, form.Name, form.Reason, now = clock.GetUtcNow(), by = visitor.Name }) == 1;
    }

    public async Task<bool> IsKeptAsync(Guid id)
    {
        var connection = await db.OpenAsync();
        return await connection.ExecuteScalarAsync<bool>("select exists (select from holiday_correction where id = @id)", new { id });
    }

    /// <summary>Null when there is none, or it was withdrawn already. What was computed with it is computed anew.</summary>
    public async Task<KeptCorrection?> WithdrawAsync(Guid id)
    {
        var connection = await db.OpenAsync();
        return await connection.QuerySingleOrDefaultAsync<KeptCorrection>(
            """
            update holiday_correction set withdrawn_at = @now
             where id = @id and withdrawn_at is null
            returning id, territory, day, is_holiday, name, reason, made_at, made_by
            """,
            new { id, now = clock.GetUtcNow() });
    }
}
