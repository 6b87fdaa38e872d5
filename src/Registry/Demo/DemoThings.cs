using Registry.Access;
using Registry.Data;
using Registry.Features.JointControllerships;
using Registry.Features.ProcessorActivities;
using Registry.Features.Records;
using Registry.Features.Systems;
using Registry.Features.ThirdParties;
using Registry.History;

namespace Registry.Demo;

/// <summary>What the registers run on, who supplies it, and what each provider of the conventions does for its communes.</summary>
internal static class DemoThings
{
    private static readonly TimeSpan Before = TimeSpan.FromDays(365);

    // Invented companies: the products of real ones would be taken for advice.
    private static readonly (string Name, string Country, string? Parent, string Contact)[] Suppliers =
    [
        ("Progiciels du Ponant", "FR", null, "assistance@progiciels-ponant.example"),
        ("Éditions Enfance et Territoires", "FR", null, "support@enfance-territoires.example"),
        ("Bureautique Europe", "IE", "US", "privacy@bureautique-europe.example"),
    ];

    private static readonly (string Name, string Domains, string Hosting, string? Vendor, string Criticality)[] Systems =
    [
        ("Progiciel de gestion des administrés", "CITIZENSHIP ELECTIONS", "INTERCOMMUNAL", "Progiciels du Ponant", "3"),
        ("Paie et finances", "HR FINANCE", "FRANCE", "Progiciels du Ponant", "3"),
        ("Portail famille", "CHILDHOOD", "FRANCE", "Éditions Enfance et Territoires", "2"),
        ("Gestion des médiathèques (SIGB)", "CULTURE", "INTERCOMMUNAL", null, "2"),
        ("Messagerie et bureautique", "GOVERNANCE DIGITAL IT COMPLIANCE", "EU_EEA", "Bureautique Europe", "3"),
    ];

    /// <summary>The lists of a commune, before its first sheet.</summary>
    public static async Task<IReadOnlyDictionary<string, Guid>> AddAsync(Database database, Chain chain, DemoBody body)
    {
        var ids = new Dictionary<string, Guid>();
        await ActAsync(database, chain, body, "CORRESPONDENT", (db, visitor, clock, journal) => AddAsync(body, ids, db, visitor, clock, journal));
        return ids;
    }

    private static async Task AddAsync(DemoBody body, Dictionary<string, Guid> ids, Db db, Visitor visitor, TimeProvider clock, Journal journal)
    {
        var (parties, systems) = (new ThirdPartyStore(db, visitor, clock), new SystemStore(db, visitor, clock));
        foreach (var (name, country, parent, contact) in Suppliers.Append((body.Provider!.Organisation.Name, "FR", null, $"dpd@{body.Provider.Organisation.Slug}.example")))
        {
            var id = ids[name] = Guid.CreateVersion7();
            await parties.AddAsync(id, new ThirdPartyForm
            {
                Name = name, Country = country, GroupParentCountry = parent, Contact = contact, Role = "PROCESSOR", Siren = name == body.Provider.Organisation.Name ? body.Provider.Organisation.Siren : null,
                Certifications = name == "Éditions Enfance et Territoires" ? [new() { Name = "ISO 27001", EndsOn = new DateOnly(2026, 12, 31) }] : [],
            });
            journal.Record(new Event(body.Organisation.Id, Actions.ThirdPartyAdded.Code, KnownThings.ThirdParty, id, new EventDetails { Subject = name }));
        }
        foreach (var (name, _, hosting, vendor, criticality) in Systems)
        {
            var id = ids[name] = Guid.CreateVersion7();
            await systems.AddAsync(id, new SystemForm
            {
                Name = name, Hosting = hosting, Vendor = vendor, Criticality = criticality, HostedBy = hosting == "INTERCOMMUNAL" ? body.Provider.Organisation.Name : vendor,
                Authentication = ["TEC_INDIVIDUAL_ACCOUNT", "TEC_STRONG_PASSWORD"], LastAccessReviewOn = name == "Portail famille" ? new DateOnly(2025, 2, 10) : new DateOnly(2026, 5, 18),
                EndOfLifeOn = name == "Gestion des médiathèques (SIGB)" ? new DateOnly(2026, 9, 30) : null,
            }, vendor is null ? null : ids[vendor]);
            journal.Record(new Event(body.Organisation.Id, Actions.SystemAdded.Code, KnownThings.System, id, new EventDetails { Subject = name }));
        }
        if (body.Organisation.InseeCode != "12090") return;
        var agreement = Guid.CreateVersion7();
        await new JointControllershipStore(db, visitor, clock).AddAsync(agreement, new AgreementForm
        {
            Subject = "Guichet unique de la petite enfance", Parties = [new() { Name = body.Organisation.Name, Contact = "mairie" }, new() { Name = "Caisse d’allocations familiales", Contact = "relais petite enfance" }],
            Allocation = [new() { Topic = "INFORMATION", Party = body.Organisation.Name }, new() { Topic = "RIGHTS", Party = body.Organisation.Name, Note = "transmises à l’autre partie sous trois jours" }, new() { Topic = "SECURITY", Party = "Caisse d’allocations familiales" }],
            ContactPoint = "L’accueil de la mairie", EssencePublished = "La commune informe les familles et reçoit leurs demandes ; la caisse tient l’application et sa sécurité.", Document = "Convention d’objectifs 2025, annexe 3", StartOn = new DateOnly(2025, 1, 1),
        });
        journal.Record(new Event(body.Organisation.Id, Actions.AgreementAdded.Code, JointControllership.ObjectType, agreement, new EventDetails { Subject = "Guichet unique de la petite enfance" }));
    }

    /// <summary>What the domain of the sheet runs on, and who keeps it running.</summary>
    public static void Name(Sheet sheet, DemoBody body, IReadOnlyDictionary<string, Guid> ids)
    {
        foreach (var (name, domains, hosting, vendor, _) in Systems.Where(system => system.Domains.Split(' ').Contains(sheet.Identification.Domain)))
        {
            var keeper = hosting == "INTERCOMMUNAL" ? body.Provider!.Organisation.Name : vendor!;
            sheet.Processors.Systems.Add(new SystemRow { Name = name, SystemId = ids[name].ToString(), Hosting = hosting, Vendor = vendor });
            sheet.Processors.Processors.Add(new ProcessorRow
            {
                Name = keeper, ThirdPartyId = ids[keeper].ToString(), Service = hosting == "INTERCOMMUNAL" ? "Hébergement et sauvegarde" : "Hébergement et maintenance",
                ContractReference = hosting == "INTERCOMMUNAL" ? "C-001" : "marché 2024-07", Art28Checked = true, StartOn = new DateOnly(2024, 7, 1),
            });
        }
    }

    /// <summary>The provider's own register, as a processor: one line for each commune that it serves.</summary>
    public static Task AddActivitiesAsync(Database database, Chain chain, DemoBody provider, IReadOnlyList<DemoBody> served) => ActAsync(database, chain, provider, "PROCESSOR_MANAGER", async (db, visitor, clock, journal) =>
    {
        var store = new ProcessorActivityStore(db, visitor, clock);
        foreach (var body in served)
        {
            var id = Guid.CreateVersion7();
            var (number, _) = await store.AddAsync(id, new ProcessorActivityForm
            {
                ControllerOrganisation = body.Organisation.Id.ToString(), ControllerName = body.Organisation.Name, ControllerAddress = body.Organisation.Address, ControllerContact = "La mairie, service de l’accueil",
                ControllerDpo = $"dpd@{provider.Organisation.Slug}.example", Convention = "C-001", StartOn = new DateOnly(2024, 7, 1),
                Categories = ["Hébergement des applications et des données", "Sauvegarde quotidienne et restauration", "Gestion des comptes et des accès"],
                SubProcessors = [new() { Name = "Bureautique Europe", Service = "Messagerie", Country = "IE", Authorisation = "GENERAL" }],
                Transfers = [new() { Mechanism = TransfersSection.None }],
                Measures = [new() { Measure = "TEC_BACKUP", Status = "IN_PLACE", Note = "journalières 1 semaine, hebdomadaires 1 mois, mensuelles 6 mois" }, new() { Measure = "TEC_OFFLINE_BACKUP", Status = "IN_PLACE" }, new() { Measure = "ORG_CONFIDENTIALITY", Status = "IN_PLACE" }],
                Instructions = [new() { ReceivedOn = new DateOnly(2024, 7, 1), Text = "Restaurer à la seule demande écrite du correspondant.", Author = "Correspondant de la commune", Document = "Convention, article 6" }],
            });
            var reference = ProcessorActivity.ReferenceOf(number);
            journal.Record(new Event(provider.Organisation.Id, Actions.ProcessorActivityAdded.Code, ProcessorActivity.ObjectType, id, new EventDetails { Subject = $"{reference} · {body.Organisation.Name}" }));
        }
    });

    private static async Task ActAsync(Database database, Chain chain, DemoBody body, string role, Func<Db, Visitor, TimeProvider, Journal, Task> act)
    {
        var clock = new DemoClock(Before);
        await using var db = new Db(database, TimeProvider.System);
        db.ActFor(Scope.ForOrganisation(body.Organisation.Id));
        var visitor = new Visitor();
        visitor.Is(Guid.Empty, role == "CORRESPONDENT" ? "Le correspondant" : "La direction du numérique");
        visitor.StandsIn(body.Current);
        await act(db, visitor, clock, new Journal(db, chain, clock) { Actor = visitor.Name, Role = role, RequestId = "demo" });
        await db.CommitAsync();
    }
}
