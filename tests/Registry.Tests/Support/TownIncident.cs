using Dapper;
using Registry.Access;
using Registry.Data;
using Registry.Features.Breaches;
using Registry.Features.Incidents;

namespace Registry.Tests.Support;

/// <summary>A town that serves others under conventions that they keep, and an incident that it told them.</summary>
public static class TownIncident
{
    public static async Task ServesAsync(RegistryFixture registry, Town provider, params Town[] clients)
    {
        foreach (var client in clients) await TownConvention.AddAsync(registry, client, "Hébergement du portail", provider.Id);
    }

    /// <summary>Told by a job in the provider's name; its reference.</summary>
    public static Task<string> AddAsync(RegistryFixture registry, Town provider, string title = "Portail ouvert à tous") => registry.WorkAsync(Scope.ForOrganisation(provider.Id), async (db, journal) =>
    {
        var visitor = new Visitor();
        visitor.Is(Guid.Empty, "Assistance");
        visitor.StandsIn(provider.Organisation);
        var (store, files) = (new IncidentStore(db, visitor, TimeProvider.System), new IncidentFileStore(db, visitor, TimeProvider.System));
        var desk = new IncidentDesk(store, files, visitor, journal, TimeProvider.System);
        var (incident, _) = await desk.ReportAsync(Guid.CreateVersion7(), new SharedFacts { Title = title, NoticedAt = DateTimeOffset.UtcNow.AddHours(-1), Description = title, MeasuresTaken = "Portail coupé" }, await files.ClientsAsync());
        return incident.Reference;
    });

    /// <summary>As the superuser, and all served by one convention that the provider keeps: what a hundred visits would bring about.</summary>
    public static async Task<IReadOnlyList<Guid>> ManyClientsAsync(RegistryFixture registry, Town provider, int count)
    {
        await using var connection = await registry.SuperuserAsync();
        return (await connection.QueryAsync<Guid>(
            """
            set session_replication_role = replica; set search_path = app;
            insert into convention (organisation_id, id, number, title, status, keeper_name, territory, signed_on, effective_on, tracked_on, sheet, created_at, updated_at, updated_by)
            values (@Id, @convention, 900 + @count, 'Mutualisation', 'IN_FORCE', 'Syndicat', 'METRO', '2025-01-01', '2025-01-01', '2025-01-01', '{}', now(), now(), 'Test');
            insert into convention_party (organisation_id, convention_id, position, name, party_organisation_id, role, gdpr_role) values (@Id, @convention, 0, 'Syndicat', @Id, 'PROVIDER', 'PROCESSOR');
            create temp table made as
            with towns as (insert into organisation (id, slug, name, type, territory, time_zone)
                           select gen_random_uuid(), 'cliente-' || replace(gen_random_uuid()::text, '-', ''), 'Commune ' || to_char(n, 'FM000'), 'CCAS', 'METRO', 'Europe/Paris' from generate_series(1, @count) n
                           returning id)
            select id from towns;
            insert into convention_party (organisation_id, convention_id, position, name, party_organisation_id, role, gdpr_role)
            select @Id, @convention, row_number() over (), 'Commune', id, 'BENEFICIARY', 'CONTROLLER' from made;
            select id from made
            """,
            new { provider.Id, convention = Guid.CreateVersion7(), count })).AsList();
    }
}
