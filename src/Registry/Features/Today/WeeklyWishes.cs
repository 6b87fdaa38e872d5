using Dapper;
using Registry.Access;
using Registry.Data;

namespace Registry.Features.Today;

/// <summary>Whether the visitor gets her list by mail on Mondays: she does until she says no.</summary>
public sealed class WeeklyWishes(Db db, Visitor visitor)
{
    public async Task<bool> AreWantedAsync()
    {
        var connection = await db.OpenAsync();
        return await connection.ExecuteScalarAsync<bool?>("select wanted from weekly_summary where person_id = @PersonId", new { visitor.PersonId }) ?? true;
    }

    public async Task SayAsync(bool wanted)
    {
        var connection = await db.OpenAsync();
        await connection.ExecuteAsync(
            """
            insert into weekly_summary (organisation_id, person_id, wanted) select organisation_id, id, @wanted from person where id = @PersonId
            on conflict (organisation_id, person_id) do update set wanted = excluded.wanted
            """,
            new { visitor.PersonId, wanted });
    }
}
