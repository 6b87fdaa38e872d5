using Dapper;
using Npgsql;
using Registry.Data;
using Registry.History;
using Registry.Tests.Support;

namespace Registry.Tests.Identity;

[Trait("Kind", "pages")]
public sealed class OperatorTests(RegistryFixture registry)
{
    [Fact, Trait("S", "41")]
    public async Task The_platform_can_appoint_its_first_operator()
    {
        var person = await AppointAsync(Scope.Platform);
        var reached = await registry.WorkAsync(Scope.ForPerson(person), async (db, _) =>
            await (await db.OpenAsync()).ExecuteScalarAsync<int>("select count(*)::int from app.appointment where person_id = @person", new { person }));
        Assert.Equal(1, reached);
    }

    [Fact, Trait("S", "9")]
    public async Task Nobody_else_makes_herself_an_operator_or_sees_one()
    {
        var operatorId = await AppointAsync(Scope.Platform);
        var town = await Town.FoundAsync(registry);
        var officer = await town.AppointAsync("DPO");
        var refused = await Assert.ThrowsAsync<PostgresException>(() => AppointAsync(Scope.ForPerson(officer)));
        Assert.Equal("42501", refused.SqlState);
        await Assert.ThrowsAsync<PostgresException>(() => AppointAsync(Scope.ForOrganisation(town.Id)));
        var seen = await registry.WorkAsync(Scope.ForPerson(officer), async (db, _) =>
            await (await db.OpenAsync()).ExecuteScalarAsync<int>("select count(*)::int from app.person where id = @operatorId", new { operatorId }));
        Assert.Equal(0, seen);
    }

    private async Task<Guid> AppointAsync(Scope scope)
    {
        var (person, appointment) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await registry.WorkAsync(scope, async (db, journal) =>
        {
            var connection = await db.OpenAsync();
            await connection.ExecuteAsync(
                """
                insert into person (id, first_name, last_name) values (@person, 'Administrateur', 'de la plateforme');
                insert into appointment (id, person_id, kind, start_on, act_type, act_date)
                values (@appointment, @person, 'PLATFORM_ADMIN', current_date, 'LETTER', current_date)
                """,
                new { person, appointment });
            journal.Record(new Event(null, "TEST", "APPOINTMENT", appointment, new EventDetails()));
            return 0;
        });
        return person;
    }
}
