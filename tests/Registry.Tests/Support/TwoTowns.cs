using Dapper;
using Registry.Data;
using Registry.History;

namespace Registry.Tests.Support;

/// <summary>Two towns of different areas, each with somebody of every kind, records in several states and a service of a name of its own.</summary>
public sealed class TwoTowns
{
    public const string Admin = "PLATFORM_ADMIN";

    public static readonly string[] Kinds =
    [
        "LEGAL_REPRESENTATIVE", "ELECTED_DELEGATE", "DGS", "DPO", "DPO_ASSISTANT", "CORRESPONDENT", "CORRESPONDENT_DELEGATE", "SECURITY_OFFICER",
        "HELPDESK_AGENT", "CONTRACT_MANAGER", "SERVICE_CONTRIBUTOR", "AUDITOR", "AREA_EXECUTIVE", Admin,
    ];

    public required Town A { get; init; }
    public required Town B { get; init; }

    /// <summary>Asks A as its provider, and is asked by both: what it keeps of that, A reads rightly.</summary>
    public required Town Neighbour { get; init; }
    public required IReadOnlyDictionary<string, Visit> OfA { get; init; }
    public required IReadOnlyDictionary<string, Visit> OfB { get; init; }

    /// <summary>What fills the holes of an address so that the page of town A is there for whoever may open it.</summary>
    public required IReadOnlyDictionary<string, string> Address { get; init; }

    /// <summary>Words that stand nowhere but in town B.</summary>
    public const string Secret = "Xylotheque";

    private static readonly string Review = new Registry.Features.Reviews.ReviewContent(null, 1, [], []).Write();

    /// <param name="registry">Where.</param>
    /// <param name="kinds">Who enters; everybody when nothing is said.</param>
    public static async Task<TwoTowns> FoundAsync(RegistryFixture registry, params string[] kinds)
    {
        var (a, b) = (await Town.FoundAsync(registry), await Town.FoundAsync(registry));
        var (ofA, ofB) = (new Dictionary<string, Visit>(), new Dictionary<string, Visit>());
        foreach (var kind in kinds.Length == 0 ? Kinds : kinds)
        {
            ofA[kind] = await a.EnterAsync(kind);
            ofB[kind] = await b.EnterAsync(kind);
        }
        var published = await a.AddRecordAsync(complete: true);
        await b.AddRecordAsync(complete: true);
        await PublishAsync(registry, a, published);
        foreach (var town in new[] { a, b }) await TownPublicRegister.SetAsync(registry, town);
        await registry.WorkAsync(Scope.Platform, async (db, journal) =>
        {
            var connection = await db.OpenAsync();
            await connection.ExecuteAsync("insert into org_unit (organisation_id, id, name) values (@a, @one, 'Accueil'), (@b, @two, @name)",
                new { a = a.Id, b = b.Id, one = Guid.CreateVersion7(), two = Guid.CreateVersion7(), name = "Service " + Secret });
            await connection.ExecuteAsync("update person set last_name = @name where organisation_id = @b", new { name = Secret, b = b.Id });
            await connection.ExecuteAsync("update organisation set name = @name where id = @b", new { name = "Commune " + Secret, b = b.Id });
            foreach (var id in new[] { a.Id, b.Id }) journal.Record(new Event(id, "TEST", "UNIT", id, new EventDetails { Subject = id == b.Id ? Secret : null }));
            return 0;
        });
        await registry.WorkAsync(Scope.ForOrganisation(b.Id), async (db, journal) =>
        {
            await (await db.OpenAsync()).ExecuteAsync("update processing_record set title = @title where organisation_id = @b", new { title = "Fichier " + Secret, b = b.Id });
            journal.Record(new Event(b.Id, "TEST", "RECORD", b.Id, new EventDetails { Subject = Secret }));
            return 0;
        });
        foreach (var town in new[] { a, b })
            await registry.WorkAsync(Scope.ForOrganisation(town.Id), async (db, journal) =>
            {
                await new Registry.Features.Reviews.ReviewStore(db, Registry.Tests.Features.Records.PublishedRecords.Visitor(town), TimeProvider.System).StateAsync(Guid.CreateVersion7(), Review, Registry.Features.Records.SheetJson.Sha256(Review));
                journal.Record(new Event(town.Id, "TEST", "REVIEW", null, new EventDetails()));
                return 0;
            });
        var draft = await a.AddRecordAsync(complete: true);
        var unassessed = await a.AddRecordAsync(complete: true, sheet => (sheet.Dpia.Conclusion, sheet.Dpia.Reason) = ("REQUIRED_CRITERIA", "deux critères"));
        var (system, party) = await a.AddSystemAsync("Logiciel");
        await b.AddSystemAsync("Logiciel " + Secret);
        var (activity, agreement) = await a.AddActivityAsync("Commune voisine");
        await b.AddActivityAsync(Secret);
        var (convention, _, meeting) = await TownConvention.AddAsync(registry, a, "Hébergement des données");
        await TownMatrix.AddAsync(registry, a, convention);
        var (hidden, _, _) = await TownConvention.AddAsync(registry, b, "Convention " + Secret);
        await TownMatrix.AddAsync(registry, b, hidden);
        // Each asks a neighbour, and A is asked by one.
        var neighbour = await Town.FoundAsync(registry);
        var (ask, _) = await TownProviderRequest.AddAsync(registry, a, neighbour, "Logiciel", "DRAFT");
        await TownProviderRequest.AddAsync(registry, b, neighbour, "Logiciel " + Secret);
        var (_, ticket) = await TownProviderRequest.AddAsync(registry, neighbour, a, "Logiciel voisin");
        var (_, lookup) = await TownRequest.AskedOfProviderAsync(registry, neighbour, a);
        await TownRequest.AskedOfProviderAsync(registry, b, neighbour, "Chercher " + Secret);
        var inquiry = await TownInquiry.AddAsync(registry, a, neighbour);
        await TownInquiry.AddAsync(registry, b, neighbour, "Tribunal " + Secret);
        var (engagement, declaration) = await TownEngagement.AddAsync(registry, a, "Hébergeur");
        await TownEngagement.AddAsync(registry, b, "Hébergeur " + Secret);
        var returning = await a.AddRecordAsync(complete: true);
        await PublishAsync(registry, a, returning);
        if (!ofA.ContainsKey("DGS")) await a.AppointAsync("DGS");
        var rollout = await TownLibrary.StockAsync(registry, a);
        var reports = await TownReports.AddAsync(registry, a);
        await TownReports.AddAsync(registry, b, "Commune " + Secret);
        var handOver = await TownHandOver.AddAsync(registry, a);
        var breach = await TownBreach.AddAsync(registry, a);
        await TownBreach.AddAsync(registry, b, "Violation " + Secret);
        var issued = await TownDocument.IssueAsync(registry, a);
        await TownDocument.WriteAsync(registry, a, issued, "Texte de la commune");
        await TownDocument.WriteAsync(registry, b, await TownDocument.IssueAsync(registry, b, "Document " + Secret), "Texte " + Secret);
        var file = await TownRequest.AddAsync(registry, a);
        await TownRequest.AddAsync(registry, b, "Demande " + Secret);
        var (handled, search) = await TownRequest.SearchedAsync(registry, a);
        await TownRequest.SearchedAsync(registry, b, "Recherche " + Secret);
        var document = await TownFile.AddAsync(registry, a, file);
        await TownFile.AddAsync(registry, b, (await TownRequest.AddAsync(registry, b)), name: $"{Secret}.csv");
        // The scanner takes the files of every town, and its tests run beside this one.
        await using (var scanned = await registry.SuperuserAsync()) await scanned.ExecuteAsync("set session_replication_role = replica; delete from app.request_file_scan where organisation_id = any (@ids)", new { ids = new[] { a.Id, b.Id } });
        // Each serves the other towns of its own area; the provider's people walk these pages too.
        foreach (var town in new[] { a, b }) await TownIncident.ManyClientsAsync(registry, town, 2);
        var incident = await TownIncident.AddAsync(registry, a);
        await TownIncident.AddAsync(registry, b, "Incident " + Secret);
        // Served since, and told nothing yet.
        await TownIncident.ManyClientsAsync(registry, a, 1);
        await TownLibrary.StockAsync(registry, b);
        var import = await TownImport.AddAsync(registry, a, "Fichier importé");
        await TownImport.AddAsync(registry, b, "Import " + Secret);
        var training = await TownCharter.AddAsync(registry, a);
        await TownCharter.AddAsync(registry, b, "Charte " + Secret);
        var (audit, finding, advice) = await TownAudit.AddAsync(registry, a);
        await TownAudit.AddAsync(registry, b, "Postes " + Secret);
        var opinion = await TownOpinion.AddAsync(registry, a);
        await TownOpinion.AddAsync(registry, b, "Avis " + Secret);
        var (mission, task, visit) = await TownMission.AddAsync(registry, a);
        await TownMission.AddAsync(registry, b, "Mission " + Secret);
        await TownAlerts.AddAsync(registry, a, "T-0001 · Fiche à revoir");
        await TownAlerts.AddAsync(registry, b, "T-0001 · Fiche " + Secret);
        await using var connection = await registry.SuperuserAsync();
        var ending = await connection.ExecuteScalarAsync<Guid>("select id from app.appointment where organisation_id = @Id and kind = 'DGS'", new { a.Id });
        var office = await connection.ExecuteScalarAsync<Guid?>("select id from app.appointment where area_id = @AreaId and kind = 'DPO'", new { a.AreaId });
        var item = await connection.ExecuteScalarAsync<Guid>("select id from app.processing_record where organisation_id = @Id and number = @number", new { a.Id, number = int.Parse(unassessed[2..], System.Globalization.CultureInfo.InvariantCulture) });
        return new TwoTowns
        {
            A = a, B = b, Neighbour = neighbour, OfA = ofA, OfB = ofB,
            Address = new Dictionary<string, string>
            {
                ["organisation"] = a.Slug, ["reference"] = draft, ["section"] = "finalites", ["act"] = "soumettre", ["number"] = "1", ["id"] = ending.ToString(), ["space"] = a.AreaId.ToString(), ["office"] = $"{office}", ["published"] = published, ["unassessed"] = unassessed, ["returning"] = returning,
                ["code"] = TownLibrary.Code, ["rollout"] = rollout.ToString(), ["order"] = reports.ToString(), ["handOver"] = handOver.ToString(), ["import"] = import.ToString(), ["commune"] = a.Slug, ["territory"] = "communaute-" + a.LeadId.ToString("n"), ["sheet"] = published,
                ["system"] = system.ToString(), ["party"] = party.ToString(), ["activity"] = activity, ["agreement"] = agreement.ToString(),
                ["file"] = file, ["phase"] = "accuser-reception", ["handled"] = handled, ["search"] = search.ToString(), ["document"] = document.ToString(), ["piece"] = Guid.Empty.ToString(), ["token"] = "jeton",
                ["breach"] = breach, ["incident"] = incident, ["chapter"] = "faits", ["stage"] = "confirmer", ["ask"] = ask, ["inquiry"] = inquiry, ["ticket"] = ticket.ToString(), ["lookup"] = lookup.ToString(),
                ["convention"] = convention, ["part"] = "objet", ["step"] = "evaluer", ["duty"] = "OBL-1", ["meeting"] = meeting.ToString(), ["line"] = "DATA_BREACH", ["issue"] = "1",
                ["paper"] = "DOC_REGISTER_FULL", ["issued"] = issued.ToString(),
                ["engagement"] = engagement.ToString(), ["declaration"] = declaration.ToString(), ["control"] = "PATCH_DELAY", ["training"] = training.ToString(), ["indicator"] = "A.1a", ["item"] = item.ToString(),
                ["mission"] = mission.ToString(), ["task"] = task.ToString(), ["visit"] = visit.ToString(), ["month"] = TownMission.Month, ["opinion"] = opinion,
                ["audit"] = audit.ToString(), ["finding"] = finding.ToString(), ["advice"] = advice,
            },
        };
    }

    /// <summary>The address of a page in town A; pages of a version stand on the record that has one.</summary>
    public string At(SitePage page) => page.At(Holes(page));

    public IReadOnlyDictionary<string, string> Holes(SitePage page) =>
        page.Template.Contains("{number", StringComparison.Ordinal) ? new Dictionary<string, string>(Address) { ["reference"] = Address["published"] }
        : page.Name is "/Requests/Search" or "/Requests/Finding" ? new Dictionary<string, string>(Address) { ["file"] = Address["handled"] }
        // What was validated no longer changes: the page stands on the next proposal.
        : page.Name == "/Missions/Edit" ? new Dictionary<string, string>(Address) { ["mission"] = "nouvelle" }
        : page.Name == "/Recommendations/Edit" ? new Dictionary<string, string>(Address) { ["advice"] = "nouvelle" }
        : page.Name == "/Models/Rollout" ? new Dictionary<string, string>(Address) { ["id"] = Address["rollout"] }
        : page.Name == "/HandOvers/Download" ? new Dictionary<string, string>(Address) { ["id"] = Address["handOver"] }
        : Address;

    public static Task<int> PublishAsync(RegistryFixture registry, Town town, string reference) => registry.WorkAsync(Scope.ForOrganisation(town.Id), async (db, journal) =>
    {
        var visitor = new Registry.Access.Visitor();
        visitor.Is(Guid.Empty, "Test");
        visitor.StandsIn(town.Organisation);
        var store = new Registry.Features.Records.RecordStore(db, visitor, TimeProvider.System);
        var record = (await store.FindAsync(reference))!;
        var content = Registry.Features.Records.SheetJson.Canonical(record.ReadSheet());
        await store.PublishAsync(record, content, Registry.Features.Records.SheetJson.Sha256(content), "Première version", new DateOnly(2030, 1, 1));
        journal.Record(new Event(town.Id, "TEST", "RECORD", record.Id, new EventDetails()));
        return 0;
    });
}
