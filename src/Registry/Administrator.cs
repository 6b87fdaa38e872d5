using Dapper;
using Registry.Data;
using Registry.History;
using Registry.Identity;

namespace Registry;

/// <summary>Makes an operator of the platform: a person, her appointment and an invitation. Operators read no register (S-09).</summary>
public static class Administrator
{
    public static async Task<string?> InviteAsync(Settings settings, Keys keys, string email)
    {
        await using var database = new Database(settings.Database, keys);
        var chain = new Chain(keys);
        await using var provider = new ServiceCollection().AddLogging().AddSingleton(database).AddSingleton(keys).AddSingleton(chain).AddSingleton(TimeProvider.System)
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddEnvironmentVariables().Build()).AddSignIn(settings.Demo).BuildServiceProvider();
        var accounts = provider.GetRequiredService<Accounts>();
        // A link that ran out is replaced by calling the verb again: the same person, not a second one.
        var person = await accounts.FindInvitedAdministratorAsync(email) ?? Guid.CreateVersion7();
        var link = await accounts.InviteAdministratorAsync(person, email, email);
        if (link is null) return null;

        await using var db = new Db(database, TimeProvider.System);
        db.ActFor(Scope.Platform);
        var journal = new Journal(db, chain, TimeProvider.System) { Actor = "create-admin", RequestId = "create-admin" };
        var connection = await db.OpenAsync();
        var appointment = Guid.CreateVersion7();
        var added = await connection.ExecuteAsync(
            """
            insert into person (id, first_name, last_name, job, email) values (@person, 'Administrateur', 'de la plateforme', 'Exploitation', @email)
            on conflict do nothing;
            insert into appointment (id, person_id, kind, start_on, act_type, act_date)
            select @appointment, @person, 'PLATFORM_ADMIN', current_date, 'LETTER', current_date
             where not exists (select from appointment where person_id = @person)
            """,
            new { person, email, appointment });
        if (added > 0) journal.Record(new Event(null, Actions.Appointed.Code, "APPOINTMENT", appointment, new EventDetails { Subject = "PLATFORM_ADMIN" }));
        await db.CommitAsync();
        return link;
    }
}
