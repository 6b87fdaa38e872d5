using Dapper;
using Registry.Access;
using Registry.Data;
using Registry.Features.Shared;

namespace Registry.Features.Reminders;

/// <summary>Somebody is away and a colleague reads for her; both days included.</summary>
public sealed record Absence(Guid Cover, string CoverName, DateOnly From, DateOnly To);

/// <summary>
/// Absences: while one lasts, whoever covers is told what the absent person would be told where both are in office, and sees what was handed to her. Rights do
/// not move with it: to act in her place takes an appointment.
/// </summary>
public sealed class Absences(Db db, Visitor visitor)
{
    public const int LongestDays = 180;

    public async Task<Absence?> MineAsync()
    {
        var connection = await db.OpenAsync();
        return await connection.QuerySingleOrDefaultAsync<Absence>(
            """
            select a.cover_id as cover, p.first_name || ' ' || p.last_name as cover_name, a.from_on as "from", a.to_on as "to"
              from absence a join person p on p.id = a.cover_id
             where a.person_id = @PersonId and not a.ended
            """,
            new { visitor.PersonId });
    }

    /// <summary>For whom the visitor reads on that day.</summary>
    public async Task<IReadOnlyList<(Guid Person, string Name, DateOnly To)>> CoveredAsync(DateOnly today)
    {
        var connection = await db.OpenAsync();
        return (await connection.QueryAsync<(Guid, string, DateOnly)>(
            "select person_id, person_name, to_on from absence where cover_id = @PersonId and not ended and @today between from_on and to_on order by person_name", new { visitor.PersonId, today })).AsList();
    }

    /// <summary>Who holds an office where the visitor holds one.</summary>
    public async Task<IReadOnlyList<Option>> ColleaguesAsync(DateOnly today)
    {
        var connection = await db.OpenAsync();
        return [.. (await connection.QueryAsync<(Guid Id, string Name)>(
            """
            with mine as materialized (select distinct organisation_id as id from app.current_roles())
            select distinct p.id, p.first_name || ' ' || p.last_name as name
              from appointment a
              join person p on p.id = a.person_id
             where a.person_id <> @PersonId and @today between a.start_on and coalesce(a.end_on, 'infinity')
               and (a.organisation_id in (select id from mine) or a.area_id in (select m.area_id from mutualisation m where m.organisation_id in (select id from mine)))
             order by name
             limit 500
            """,
            new { visitor.PersonId, today })).Select(one => new Option(one.Id.ToString(), one.Name))];
    }

    public async Task SaveAsync(Guid cover, DateOnly from, DateOnly to)
    {
        var connection = await db.OpenAsync();
        await connection.ExecuteAsync(
            """
            insert into absence (organisation_id, person_id, person_name, cover_id, from_on, to_on)
            select organisation_id, id, @Name, @cover, @from, @to from person where id = @PersonId
            on conflict (organisation_id, person_id) do update
               set person_name = excluded.person_name, cover_id = excluded.cover_id, from_on = excluded.from_on, to_on = excluded.to_on, ended = false
            """,
            new { visitor.PersonId, visitor.Name, cover, from, to });
    }

    public async Task EndAsync()
    {
        var connection = await db.OpenAsync();
        await connection.ExecuteAsync("update absence set ended = true where person_id = @PersonId", new { visitor.PersonId });
    }
}
