using System.Diagnostics;
using System.Security.Cryptography;
using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Registry.Data;
using Registry.Facts;
using Registry.Features.Organisations;
using Registry.History;
using Registry.Identity;

namespace Registry.Demo;

/// <summary>
/// The large data set of the benchmark: real communes in areas of 300, registers made of the library's sheets, drawn with a fixed seed. Copied in as
/// the database's superuser, whom policies do not hold; every trigger runs, every line of the history is chained and sealed by <see cref="Chain"/>,
/// so `registry verify` finds it intact. A record has two lines at most (added, published): what a taken-over register has, not what a lived one has.
/// </summary>
internal static class BenchData
{
    public const string Officer = "bench-dpo";
    public const string Correspondent = "bench-correspondante";
    private const int AreaSize = 300;
    private const int Batch = 25;

    public static async Task<string> LoadAsync(string connectionString, Keys keys, int organisations, int records)
    {
        var watch = Stopwatch.StartNew();
        await using var source = new NpgsqlDataSourceBuilder(connectionString) { ConnectionStringBuilder = { CommandTimeout = 0 } }.Build();
        await using (var connection = await source.OpenConnectionAsync())
        {
            if (!await connection.ExecuteScalarAsync<bool>("select rolsuper from pg_roles where rolname = current_user"))
                throw new InvalidOperationException("bench-data copies past the policies: REGISTRY_DATABASE must name a superuser, of a server of its own.");
            if (await connection.ExecuteScalarAsync<bool>("select exists (select from app.organisation)"))
                throw new InvalidOperationException("This database holds organisations already: bench-data fills an empty one.");
        }
        var communes = OfficialBodies.Current.Communes.Where(body => body.Territory is not null).OrderBy(body => body.InseeCode, StringComparer.Ordinal).Take(organisations).ToList();
        if (communes.Count < organisations) throw new InvalidOperationException($"There are {communes.Count} communes, not {organisations}.");
        var people = await AddAreasAsync(source, new Chain(keys), communes);
        var sheets = BenchSheets.Make();
        await Parallel.ForEachAsync(communes.Chunk(Batch).Index(), new ParallelOptions { MaxDegreeOfParallelism = Math.Min(4, Environment.ProcessorCount) },
            async (batch, stop) =>
            {
                var copy = new BenchBatch(new Chain(keys), sheets, batch.Index);
                foreach (var (index, commune) in batch.Item.Index())
                {
                    var place = batch.Index * Batch + index;
                    // Spread evenly; the first ones take what is left over.
                    copy.AddRegister(OrganisationId(place), commune, records / organisations + (place < records % organisations ? 1 : 0));
                }
                await using var connection = await source.OpenConnectionAsync(stop);
                await copy.WriteAsync(connection);
            });
        await using (var connection = await source.OpenConnectionAsync()) await connection.ExecuteAsync("vacuum analyze");
        await AddAccountsAsync(connectionString, keys, people);
        return $"{organisations} organisations and {records} records in {watch.Elapsed.TotalSeconds:0} s.";
    }

    internal static Guid OrganisationId(int place) => Guid.Parse($"00000000-0000-7000-8000-{place + 1:x12}");

    private static Guid Made(string kind, int number) => new(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes($"{kind}/{number}")).AsSpan(0, 16));

    /// <summary>An intercommunality leads each area; its officer serves the area, the first commune has a correspondent.</summary>
    private static async Task<(Guid Officer, Guid Correspondent)> AddAreasAsync(NpgsqlDataSource source, Chain chain, List<OfficialBody> communes)
    {
        await using var connection = await source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var events = new BenchChains(chain);
        for (var area = 0; area * AreaSize < communes.Count; area++)
        {
            var (lead, id, officer) = (Made("lead", area), Made("area", area), Made("officer", area));
            await connection.ExecuteAsync(
                """
                insert into app.organisation (id, slug, name, type, territory, time_zone)
                values (@lead, @slug, @name, 'SYNDICAT_MIXTE', 'METRO', 'Europe/Paris');
                insert into app.mutualisation_area (organisation_id, id, name) values (@lead, @id, @name);
                insert into app.person (organisation_id, id, first_name, last_name, job) values (@lead, @officer, 'Déléguée', @last, 'Déléguée à la protection des données');
                insert into app.appointment (organisation_id, id, person_id, kind, area_id, start_on, act_type, act_date)
                values (@lead, @officer, @officer, 'DPO', @id, '2024-01-01', 'DELIBERATION', '2024-01-01');
                """,
                new { lead, id, officer, slug = $"syndicat-de-mesure-{area + 1}", name = $"Syndicat de mesure {area + 1}", last = $"Mesure {area + 1}" });
            events.Add(lead, Actions.OrganisationAdded, lead, DateTimeOffset.UtcNow, $"Syndicat de mesure {area + 1}");
        }
        var correspondent = Made("correspondent", 0);
        await CopyCommunesAsync(connection, communes);
        await connection.ExecuteAsync(
            """
            insert into app.mutualisation (organisation_id, area_id, from_on)
            select o, (@areas::uuid[])[(n - 1) / @AreaSize + 1], '2024-01-01' from unnest(@ids::uuid[]) with ordinality as x (o, n);
            insert into app.person (organisation_id, id, first_name, last_name, job) values (@first, @correspondent, 'Correspondante', 'Mesure', 'Secrétaire générale');
            insert into app.appointment (organisation_id, id, person_id, kind, start_on, act_type, act_date)
            values (@first, @correspondent, @correspondent, 'CORRESPONDENT', '2024-01-01', 'LETTER', '2024-01-01');
            """,
            new
            {
                AreaSize, first = OrganisationId(0), correspondent, ids = communes.Select((_, place) => OrganisationId(place)).ToArray(),
                areas = Enumerable.Range(0, (communes.Count + AreaSize - 1) / AreaSize).Select(area => Made("area", area)).ToArray(),
            });
        foreach (var (place, commune) in communes.Index()) events.Add(OrganisationId(place), Actions.OrganisationAdded, OrganisationId(place), DateTimeOffset.UtcNow.AddDays(-700), commune.Name);
        await events.WriteAsync(connection);
        await transaction.CommitAsync();
        return (Made("officer", 0), correspondent);
    }

    private static async Task CopyCommunesAsync(NpgsqlConnection connection, List<OfficialBody> communes)
    {
        await using var copy = await connection.BeginBinaryImportAsync(
            "copy app.organisation (id, slug, name, type, insee_code, population, department_code, department_name, territory, time_zone, accent) from stdin (format binary)");
        foreach (var (place, commune) in communes.Index())
        {
            var made = new NewOrganisation { Id = OrganisationId(place) }.ToOrganisation(commune);
            await copy.StartRowAsync();
            await copy.WriteAsync(made.Id);
            foreach (var text in (string?[])[made.Slug, made.Name, made.Type, made.InseeCode]) await copy.WriteAsync(text);
            if (made.Population is { } population) await copy.WriteAsync(population);
            else await copy.WriteNullAsync();
            foreach (var text in (string?[])[made.DepartmentCode, made.DepartmentName, made.Territory, made.TimeZone, made.Accent]) await copy.WriteAsync(text);
        }
        await copy.CompleteAsync();
    }

    private static async Task AddAccountsAsync(string connectionString, Keys keys, (Guid Officer, Guid Correspondent) people)
    {
        await using var database = new Database(connectionString, keys, NullLoggerFactory.Instance);
        var services = new ServiceCollection().AddLogging().AddSingleton(database).AddSingleton(keys).AddSingleton<Chain>().AddSingleton(TimeProvider.System)
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        await using var provider = services.AddSignIn(demo: true).BuildServiceProvider();
        var accounts = provider.GetRequiredService<Accounts>();
        await accounts.CreateDemoAsync(people.Officer, "Déléguée Mesure", "dpo@bench.example", Officer, "Déléguée (mesure)");
        await accounts.CreateDemoAsync(people.Correspondent, "Correspondante Mesure", "correspondante@bench.example", Correspondent, "Correspondante (mesure)");
    }
}
