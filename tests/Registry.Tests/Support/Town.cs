using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Registry.Access;
using Registry.Data;
using Registry.Features.JointControllerships;
using Registry.Features.ProcessorActivities;
using Registry.Features.Records;
using Registry.History;
using Registry.Identity;

namespace Registry.Tests.Support;

/// <summary>A commune of its own for one test, with the area that serves it and whoever the test needs.</summary>
public sealed class Town
{
    private readonly RegistryFixture _registry;

    private Town(RegistryFixture registry) => _registry = registry;

    public Guid Id { get; } = Guid.CreateVersion7();
    public Guid AreaId { get; } = Guid.CreateVersion7();
    public Guid LeadId { get; } = Guid.CreateVersion7();
    public string Slug => "commune-" + Id.ToString("n");
    public string Home => "/o/" + Slug;
    public string Name => "Commune " + Id.ToString("n")[^6..];

    public static async Task<Town> FoundAsync(RegistryFixture registry)
    {
        var town = new Town(registry);
        await registry.WorkAsync(Scope.Platform, async (db, journal) =>
        {
            var connection = await db.OpenAsync();
            await connection.ExecuteAsync(
                """
                insert into organisation (id, slug, name, type, siren, territory, time_zone)
                values (@LeadId, @lead, 'Communauté de test', 'COMMUNAUTE_COMMUNES', null, 'METRO', 'Europe/Paris'),
                       (@Id, @Slug, @Name, 'CCAS', '212902126', 'METRO', 'Europe/Paris')
                """,
                new { town.LeadId, lead = "communaute-" + town.LeadId.ToString("n"), town.Id, town.Slug, town.Name });
            await connection.ExecuteAsync(
                "insert into mutualisation_area (organisation_id, id, name) values (@LeadId, @AreaId, 'Espace de test')", new { town.LeadId, town.AreaId });
            await connection.ExecuteAsync("select app.join_area(@Id, @AreaId, '2024-01-01')", new { town.Id, town.AreaId });
            journal.Record(new Event(town.LeadId, "TEST", "ORGANISATION", town.LeadId, new EventDetails()));
            journal.Record(new Event(town.Id, "TEST", "ORGANISATION", town.Id, new EventDetails()));
            return 0;
        });
        return town;
    }

    /// <summary>Somebody appointed here (the officer, for the whole area), signed in.</summary>
    public async Task<Visit> EnterAsync(string kind, string[]? delegations = null)
    {
        var person = await AppointAsync(kind, delegations);
        return await SignInAsync(_registry, person, $"Personne {kind}");
    }

    public async Task<Guid> AppointAsync(string kind, string[]? delegations = null)
    {
        var person = Guid.CreateVersion7();
        var id = Guid.CreateVersion7();
        var area = kind is "DPO" or "AREA_EXECUTIVE";
        Guid? organisation = kind == "PLATFORM_ADMIN" ? null : area ? LeadId : Id;
        Guid? giver = kind == "CORRESPONDENT_DELEGATE" ? await GiverAsync() : null;
        await _registry.WorkAsync(Scope.Platform, async (db, journal) =>
        {
            var connection = await db.OpenAsync();
            await connection.ExecuteAsync(
                """
                insert into person (organisation_id, id, first_name, last_name) values (@organisation, @person, 'Personne', @kind);
                insert into appointment (organisation_id, id, person_id, kind, area_id, start_on, end_on, act_type, act_date, delegated_from, delegation_scope)
                values (@organisation, @id, @person, @kind, @areaId, '2024-01-01', @endOn, 'LETTER', '2024-01-01', @giver, @delegations)
                """,
                new
                {
                    organisation, person, id, kind, giver, areaId = area ? AreaId : (Guid?)null,
                    endOn = kind == "AUDITOR" ? DateOnly.FromDateTime(DateTime.UtcNow.AddDays(20)) : (DateOnly?)null, delegations = delegations ?? [],
                });
            journal.Record(new Event(organisation, "TEST", "APPOINTMENT", id, new EventDetails()));
            return 0;
        });
        return person;
    }

    /// <summary>An État civil record from the library, complete enough to be published when asked.</summary>
    /// <param name="complete">Whether it says everything.</param>
    /// <param name="change">What the test needs it to say otherwise.</param>
    public async Task<string> AddRecordAsync(bool complete = false, Action<Sheet>? change = null)
    {
        var sheet = RecordModels.Find("ETAT_CIVIL")!.ToSheet();
        sheet.Identification.Title = $"État civil {Guid.NewGuid():n}";
        if (complete) Complete(sheet);
        change?.Invoke(sheet);
        return await _registry.WorkAsync(Scope.ForOrganisation(Id), async (db, journal) =>
        {
            var visitor = new Visitor();
            visitor.Is(Guid.Empty, "Test");
            visitor.StandsIn(Organisation);
            var store = new RecordStore(db, visitor, TimeProvider.System);
            var (number, _) = await store.AddAsync(Guid.CreateVersion7(), sheet, 50);
            journal.Record(new Event(Id, Actions.RecordAdded.Code, "RECORD", null, new EventDetails()));
            return $"T-{number:0000}";
        });
    }

    /// <summary>A third party and the application that it supplies, both named after the word.</summary>
    public async Task<(Guid System, Guid Party)> AddSystemAsync(string name) => await _registry.WorkAsync(Scope.ForOrganisation(Id), async (db, journal) =>
    {
        var (system, party) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await (await db.OpenAsync()).ExecuteAsync(
            """
            insert into third_party (organisation_id, id, name, role, country, sheet, created_at, updated_at, updated_by)
            values (@Id, @party, @maker, 'PROCESSOR', 'FR', jsonb_build_object('name', @maker::text, 'role', 'PROCESSOR', 'country', 'FR', 'contact', 'contact@exemple.fr'), now(), now(), 'Test');
            insert into information_system (organisation_id, id, name, vendor_id, hosting, sheet, created_at, updated_at, updated_by)
            values (@Id, @system, @name, @party, 'FRANCE', jsonb_build_object('name', @name::text, 'hosting', 'FRANCE'), now(), now(), 'Test')
            """, new { Id, system, party, name, maker = $"Société {name}" });
        journal.Record(new Event(Id, "TEST", KnownThings.System, system, new EventDetails()));
        return (system, party);
    });

    /// <summary>A change of one row that no page of the test makes.</summary>
    public Task<int> WriteAsync(string sql, Guid id) => _registry.WorkAsync(Scope.ForOrganisation(Id), async (db, journal) =>
    {
        journal.Record(new Event(Id, "TEST", "TEST", id, new EventDetails()));
        return await (await db.OpenAsync()).ExecuteAsync(sql, new { id });
    });

    /// <summary>A line of the processor's register for that controller, and a joint controllership with it.</summary>
    public async Task<(string Activity, Guid Agreement)> AddActivityAsync(string controller) => await _registry.WorkAsync(Scope.ForOrganisation(Id), async (db, journal) =>
    {
        var visitor = new Visitor();
        visitor.Is(Guid.Empty, "Test");
        visitor.StandsIn(Organisation);
        var agreement = Guid.CreateVersion7();
        var (number, _) = await new ProcessorActivityStore(db, visitor, TimeProvider.System).AddAsync(Guid.CreateVersion7(), new ProcessorActivityForm
        {
            ControllerName = controller, ControllerContact = "mairie@exemple.fr", Convention = "C-001", Categories = ["hébergement"], StartOn = new DateOnly(2024, 1, 1),
        });
        await new JointControllershipStore(db, visitor, TimeProvider.System).AddAsync(agreement, new AgreementForm
        {
            Subject = $"Guichet avec {controller}", Parties = [new() { Name = Name }, new() { Name = controller }], ContactPoint = "accueil@exemple.fr", EssencePublished = "Chacun répond.", StartOn = new DateOnly(2024, 1, 1),
        });
        journal.Record(new Event(Id, "TEST", "ACTIVITY", null, new EventDetails()));
        return (ProcessorActivity.ReferenceOf(number), agreement);
    });

    public static void Complete(Sheet sheet)
    {
        foreach (var measure in sheet.Security.Measures) measure.Status = "IN_PLACE";
        sheet.Dpia.Conclusion = "NOT_REQUIRED";
        sheet.Dpia.DecidedOn = new DateOnly(2026, 1, 15);
        sheet.Information.NoticeReference = "Affiche à l’accueil";
    }

    public CurrentOrganisation Organisation => new()
    {
        Id = Id, Slug = Slug, Name = Name, Type = "CCAS", Accent = "petrole", Territory = "METRO", TimeZone = "Europe/Paris", GoodFridayObserved = false,
    };

    public static async Task<Visit> SignInAsync(RegistryFixture registry, Guid person, string name)
    {
        var code = "test-" + person.ToString("n");
        var accounts = registry.Services.GetRequiredService<Accounts>();
        await accounts.CreateDemoAsync(person, name, code + "@test.example", code, name);
        var account = (await accounts.FindDemoAsync(code))!.Value;
        var token = await registry.Services.GetRequiredService<Sessions>().BeginAsync(account.Id, person, "test");
        var visit = registry.Browse();
        visit.Cookies.SetCookies(new Uri("https://localhost/"), $"{SessionCookie.Name}={token}; secure; path=/");
        return visit;
    }

    private async Task<Guid> GiverAsync()
    {
        var person = await AppointAsync("CORRESPONDENT");
        await using var connection = await _registry.SuperuserAsync();
        return await connection.ExecuteScalarAsync<Guid>("select id from app.appointment where person_id = @person", new { person });
    }
}
