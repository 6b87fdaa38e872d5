using System.Text.Json;
using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using Registry.Data;
using Registry.Facts;
using Registry.Features.Organisations;
using Registry.History;
using Registry.Identity;

namespace Registry.Demo;

/// <summary>
/// The demonstration: the bodies of the four real conventions, invented people, registers drawn from the library over a believable year.
/// Loaded once, through the same doors as real data: every line has its event.
/// </summary>
public static class DemoData
{
    public static async Task<bool> LoadAsync(string connectionString, Keys keys)
    {
        await using var database = new Database(connectionString, keys, NullLoggerFactory.Instance);
        var chain = new Chain(keys);
        if (await IsLoadedAsync(database)) return false;

        var bodies = ReadBodies();
        await using (var db = new Db(database, TimeProvider.System))
        {
            db.ActFor(Scope.Platform);
            var journal = new Journal(db, chain, new DemoClock(TimeSpan.FromDays(370))) { Actor = "Chargement de la démonstration" };
            await DemoBodies.AddAsync(db, journal, bodies);
            await DemoPeople.AddAsync(db, journal, bodies);
            await DemoHolidays.AddAsync(db, journal);
            await db.CommitAsync();
        }
        foreach (var lead in bodies.Where(body => !body.IsBeneficiary))
            await DemoThings.AddActivitiesAsync(database, chain, lead, [.. bodies.Where(body => body.Provider == lead)]);
        var things = new List<(DemoBody Body, IReadOnlyDictionary<string, Guid> Ids)>();
        foreach (var body in bodies.Where(body => body.IsBeneficiary)) things.Add((body, await DemoThings.AddAsync(database, chain, body)));
        foreach (var (body, ids) in things) await DemoRegisters.AddAsync(database, chain, keys, body, ids);
        await DemoConventions.AddAsync(database, chain, bodies);
        await DemoRecommendations.AddAsync(database, chain, bodies.First(body => body.Organisation.InseeCode == "12090"));
        await DemoMissions.AddAsync(database, chain, bodies);
        await DemoIndicators.AddAsync(database, chain, bodies);
        await DemoSearches.AddAsync(database, chain, keys, bodies.First(body => body.Organisation.InseeCode == "12090"));
        await DemoProviderRequests.AddAsync(database, chain, bodies);
        foreach (var (body, ids) in things) await DemoEngagements.AddAsync(database, chain, body, ids);
        await DemoIncidents.AddAsync(database, chain, bodies);
        await DemoTrainings.AddAsync(database, chain, bodies.First(body => body.Organisation.InseeCode == "12090"));
        await DemoLibrary.AddAsync(database, chain);

        var services = new ServiceCollection().AddLogging().AddSingleton(database).AddSingleton(keys).AddSingleton(chain).AddSingleton(TimeProvider.System)
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        await using var provider = services.AddSignIn(demo: true).BuildServiceProvider();
        var accounts = provider.GetRequiredService<Accounts>();
        foreach (var person in DemoPeople.WithAccount)
            await accounts.CreateDemoAsync(person.Id, person.Name, person.Email, person.Code!, person.Label!);
        return true;
    }

    private static async Task<bool> IsLoadedAsync(Database database)
    {
        await using var db = new Db(database, TimeProvider.System);
        db.ActFor(Scope.Platform, readOnly: true);
        var connection = await db.OpenAsync();
        return await connection.ExecuteScalarAsync<bool>("select exists (select from organisation)");
    }

    /// <summary>Providers and beneficiaries of the conventions; the official list completes what they leave open.</summary>
    private static List<DemoBody> ReadBodies()
    {
        using var stream = typeof(DemoData).Assembly.GetManifestResourceStream("facts/conventions.json")!;
        using var document = JsonDocument.Parse(stream);
        var bodies = new List<DemoBody>();
        foreach (var convention in document.RootElement.GetProperty("conventions").EnumerateArray())
        {
            DemoBody? provider = null;
            foreach (var party in convention.GetProperty("parties").EnumerateArray())
            {
                var organisation = party.GetProperty("organisation");
                if (organisation.TryGetProperty("placeholder", out var placeholder) && placeholder.GetBoolean()) continue;
                var body = DemoBody.Of(organisation, provider);
                provider ??= body;
                bodies.Add(body);
            }
            if (!convention.TryGetProperty("demoBeneficiaries", out var members)) continue;
            bodies.AddRange(members.EnumerateArray().Select(member => DemoBody.Of(member, provider)));
        }
        return bodies;
    }
}

/// <summary>A clock that stands a given time before now, so that the demonstration has a past.</summary>
public sealed class DemoClock(TimeSpan before) : TimeProvider
{
    /// <summary>In office hours, whenever the data is loaded; the minutes differ from one day to the next.</summary>
    public override DateTimeOffset GetUtcNow()
    {
        var then = DateTimeOffset.UtcNow - before;
        return new DateTimeOffset(then.Date, TimeSpan.Zero).AddMinutes(450 + (then.DayOfYear * 37) % 480);
    }
}

/// <param name="Provider">Null for the provider itself.</param>
public sealed record DemoBody(Organisation Organisation, DemoBody? Provider)
{
    public bool IsBeneficiary => Provider is not null;

    public Access.CurrentOrganisation Current => new()
    {
        Id = Organisation.Id, Slug = Organisation.Slug, Name = Organisation.Name, Type = Organisation.Type, Accent = Organisation.Accent,
        Territory = Organisation.Territory, TimeZone = Organisation.TimeZone, GoodFridayObserved = Organisation.GoodFridayObserved,
    };

    public bool IsCommune => Organisation.InseeCode is not null;
    public Guid AreaId { get; } = Guid.CreateVersion7();

    public static DemoBody Of(JsonElement organisation, DemoBody? provider)
    {
        var insee = Text(organisation, "inseeCode");
        var siren = Text(organisation, "siren");
        var official = insee is not null ? OfficialBodies.Current.FindCommune(insee) : siren is not null ? OfficialBodies.Current.FindIntercommunality(siren) : null;
        var territory = official?.Territory ?? "METRO";
        // A syndicate is known by its acronym, and its full name would not fit a line.
        var name = official?.Name ?? Text(organisation, "shortName") ?? Text(organisation, "currentNameFr") ?? organisation.GetProperty("nameFr").GetString()!;
        var form = new NewOrganisation { Id = Guid.CreateVersion7(), Name = name, Type = Text(organisation, "type") ?? "COMMUNE", Siren = siren, Territory = territory };
        var made = form.ToOrganisation(official);
        return new DemoBody(made with
        {
            ShortName = Text(organisation, "shortName"),
            Slug = official is null ? NewOrganisation.Slug(Text(organisation, "shortName") ?? name) : made.Slug,
            Address = Text(organisation, "address"),
        }, provider);
    }

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
