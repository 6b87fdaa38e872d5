using System.Diagnostics;
using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Registry.Data;
using Registry.History;
using Registry.Identity;

namespace Registry.Bench;

/// <summary>One incident at a provider of many communes, as its help desk raises it: from the press of the button until the files are open, and until the officer's list shows them.</summary>
public static class Alarm
{
    private const string Page = "o/bench-prestataire/incidents/nouveau", Title = "Sauvegardes lues par un tiers";

    public static async Task<(TimeSpan Open, TimeSpan Listed, int Communes)> RunAsync(Person desk, Person officer, string database)
    {
        var form = Person.Fields((await desk.SendAsync(HttpMethod.Get, Page)).Text);
        var watch = Stopwatch.StartNew();
        if ((await desk.SendAsync(HttpMethod.Post, Page, [.. form.Where(field => field.Name is not "Form.Title"), ("Form.Title", Title), ("Picked.Scope", "ALL")])).Location is null) throw new InvalidOperationException("The alarm was not accepted.");
        var open = watch.Elapsed;
        if (!(await officer.SendAsync(HttpMethod.Get, "violations")).Text.Contains(Title, StringComparison.Ordinal)) throw new InvalidOperationException("The officer does not see the files.");
        var listed = watch.Elapsed;
        await using var connection = new NpgsqlConnection(database);
        return (open, listed, await connection.ExecuteScalarAsync<int>("select count(distinct organisation_id)::int from app.breach where provider_incident_id is not null"));
    }

    /// <summary>A provider that serves so many communes under one convention, and the session of its help desk.</summary>
    public static async Task<string> FoundAsync(string database, Keys keys, int communes)
    {
        var (provider, convention, person) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        await using (var connection = new NpgsqlConnection(database))
            await connection.ExecuteAsync(
                """
                set session_replication_role = replica; set search_path = app;
                insert into organisation (id, slug, name, type, territory, time_zone) values (@provider, 'bench-prestataire', 'Syndicat', 'CCAS', 'METRO', 'Europe/Paris');
                insert into convention (organisation_id, id, number, title, status, keeper_name, territory, signed_on, effective_on, tracked_on, sheet, created_at, updated_at, updated_by)
                values (@provider, @convention, 1, 'Hébergement', 'IN_FORCE', 'Syndicat', 'METRO', '2025-01-01', '2025-01-01', '2025-01-01', '{}', now(), now(), 'bench');
                insert into convention_party (organisation_id, convention_id, position, name, party_organisation_id, role, gdpr_role) values (@provider, @convention, 0, 'Syndicat', @provider, 'PROVIDER', 'PROCESSOR');
                insert into convention_party (organisation_id, convention_id, position, name, party_organisation_id, role, gdpr_role)
                select @provider, @convention, row_number() over (), name, id, 'BENEFICIARY', 'CONTROLLER'
                  from (select o.id, o.name from organisation o join mutualisation m on m.organisation_id = o.id where o.insee_code is not null order by o.id limit @communes) served;
                insert into person (organisation_id, id, first_name, last_name) values (@provider, @person, 'Agent', 'Assistance');
                insert into appointment (organisation_id, id, person_id, kind, start_on, act_type, act_date) values (@provider, @person, @person, 'HELPDESK_AGENT', '2024-01-01', 'LETTER', '2024-01-01')
                """,
                new { provider, convention, person, communes });
        await using var source = new Database(database, keys, NullLoggerFactory.Instance);
        var services = new ServiceCollection().AddLogging().AddSingleton(source).AddSingleton(keys).AddSingleton<Chain>().AddSingleton(TimeProvider.System).AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        await using var built = services.AddSignIn(demo: true).BuildServiceProvider();
        await built.GetRequiredService<Accounts>().CreateDemoAsync(person, "Agent Assistance", "bench-assistance@exemple.fr", "bench-assistance", "HELPDESK_AGENT");
        var account = (await built.GetRequiredService<Accounts>().FindDemoAsync("bench-assistance")) ?? throw new InvalidOperationException("Nobody enters the help desk.");
        return $"{SessionCookie.Name}={await built.GetRequiredService<Sessions>().BeginAsync(account.Id, account.PersonId, "bench")}";
    }
}
