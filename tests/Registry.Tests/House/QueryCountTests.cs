using Registry.Tests.Support;

namespace Registry.Tests.House;

/// <summary>A page asks the database the same number of questions however much it shows (design §5).</summary>
[Trait("Kind", "pages")]
public sealed class QueryCountTests(RegistryFixture registry)
{
    /// <summary>The statements of each page today, the opening of session and transaction included. A page that needs more says why in its change.</summary>
    private static readonly Dictionary<string, int> Most = new()
    {
        ["/AnnualReports/Index"] = 4,
        ["/AnnualReports/Order"] = 5,
        ["/Appointments/Account"] = 7,
        ["/Appointments/End"] = 5,
        ["/Appointments/Index"] = 5,
        ["/Appointments/New"] = 5,
        ["/Areas/Details"] = 7,
        ["/Areas/EndOfficer"] = 5,
        ["/Areas/Index"] = 4,
        ["/Areas/Join"] = 6,
        ["/Areas/Leave"] = 5,
        ["/Areas/New"] = 4,
        ["/Areas/Officer"] = 6,
        ["/Assessments/Details"] = 6,
        ["/AuthorityRequests/Details"] = 6,
        ["/AuthorityRequests/Index"] = 4,
        ["/AuthorityRequests/Letter"] = 4,
        ["/AuthorityRequests/New"] = 4,
        ["/Breaches/Area"] = 3,
        ["/Breaches/Communication"] = 5,
        ["/Breaches/Details"] = 8,  // what the provider was asked for it, who does what under each convention
        ["/Breaches/Dossier"] = 6,
        ["/Breaches/DossierPrint"] = 6,
        ["/Breaches/Edit"] = 5,
        ["/Breaches/Export"] = 3,
        ["/Breaches/Index"] = 4,
        ["/Breaches/Moments"] = 5,
        ["/Breaches/Note"] = 5,
        ["/Breaches/Notification"] = 6,
        ["/Breaches/Print"] = 7,  // a batch of a hundred files with their lines, and the empty one that ends it
        ["/Breaches/Report"] = 3,
        ["/Breaches/Risk"] = 5,
        ["/Breaches/Step"] = 5,
        ["/Charters/Index"] = 4,
        ["/Charters/New"] = 3,
        ["/Charters/Sign"] = 4,
        ["/Citizens/Index"] = 3,
        ["/Citizens/Entry"] = 5,
        ["/Citizens/OpenJson"] = 5,
        ["/Citizens/OpenTable"] = 5,
        ["/Citizens/Papers"] = 3,
        ["/Citizens/Territory"] = 4,
        ["/Citizens/Register"] = 6,  // how many there are, then those of the page
        ["/Conventions/Act"] = 4,
        ["/Conventions/Area"] = 3,
        ["/Conventions/Check"] = 4,
        ["/Conventions/Clauses"] = 4,
        ["/Conventions/Details"] = 5,  // the life of a convention is four questions in one round trip
        ["/Conventions/Edit"] = 4,
        ["/Conventions/Escalation"] = 5,
        ["/Conventions/Index"] = 3,
        ["/Conventions/Indicators"] = 5,
        ["/Conventions/Meeting"] = 4,
        ["/Conventions/Meetings"] = 5,
        ["/Conventions/New"] = 3,
        ["/Conventions/Obligations"] = 4,
        ["/Conventions/Prices"] = 4,
        ["/Conventions/Print"] = 4,
        ["/Conventions/Proof"] = 4,
        ["/Conventions/Text"] = 4,
        ["/Controls/Patches"] = 3,
        ["/Controls/System"] = 3,
        ["/Controls/SystemControl"] = 3,
        ["/Controls/Text"] = 5,
        ["/Controls/TextControl"] = 4,
        ["/Documents/Index"] = 3,
        ["/Documents/Issued"] = 5,  // who was told, and who may be
        ["/Documents/Make"] = 5,  // two batches of the register, and whose paper it is
        ["/Documents/Template"] = 5,
        ["/Documents/Templates"] = 4,
        ["/Documents/TemplateVersions"] = 4,
        ["/Engagements/Area"] = 3,
        ["/Engagements/Check"] = 3,
        ["/Engagements/Proof"] = 4,
        ["/Engagements/Decision"] = 4,
        ["/Engagements/Declare"] = 4,
        ["/Engagements/Details"] = 5,
        ["/Engagements/Edit"] = 4,
        ["/Engagements/Index"] = 4,
        ["/Engagements/New"] = 3,
        ["/Trainings/Edit"] = 3,
        ["/Trainings/Index"] = 5,
        ["/Audits/Details"] = 5,
        ["/Audits/Edit"] = 3,
        ["/Audits/Finding"] = 4,
        ["/Audits/Index"] = 3,
        ["/Recommendations/Area"] = 3,
        ["/Recommendations/Details"] = 4,
        ["/Recommendations/Edit"] = 3,
        ["/Recommendations/Index"] = 3,
        ["/Opinions/Ask"] = 2,
        ["/Opinions/Details"] = 4,
        ["/Opinions/Index"] = 3,
        ["/Missions/Details"] = 8,
        ["/Missions/Edit"] = 4,
        ["/Missions/Index"] = 3,
        ["/Missions/Plan"] = 4,
        ["/Missions/Statement"] = 6,
        ["/Missions/Visit"] = 4,
        ["/Holidays/Index"] = 4,
        ["/Holidays/New"] = 3,
        ["/Imports/Columns"] = 4,
        ["/Imports/Details"] = 5,  // the sheets that bear the names of the file
        ["/Imports/Index"] = 3,
        ["/Imports/Template"] = 2,
        ["/Incidents/Bodies"] = 5,
        ["/Incidents/Details"] = 5,
        ["/Incidents/Facts"] = 3,
        ["/Incidents/Index"] = 3,
        ["/Incidents/New"] = 3,
        ["/Organisations/Home"] = 15,  // the one list of what waits, the figures of the register, the charter to sign, what is recommended
        ["/HandOvers/Index"] = 5,
        ["/HandOvers/Download"] = 5,
        ["/HandOvers/New"] = 4,
        ["/Mails/Index"] = 5,
        ["/Models/Adopt"] = 6,
        ["/Models/Compare"] = 9,
        ["/Models/Copies"] = 9,
        ["/Models/Details"] = 8,
        ["/Models/Edit"] = 5,
        ["/Models/Index"] = 7,
        ["/Models/Issue"] = 7,
        ["/Models/New"] = 4,
        ["/Models/Rollout"] = 10,  // before it starts: the models as chosen, and as they are now
        ["/Models/Rollouts"] = 5,
        ["/Organisations/Index"] = 5,
        ["/Organisations/New"] = 4,
        ["/Organisations/Profile"] = 5,
        ["/Organisations/Units"] = 5,
        ["/JointControllerships/Details"] = 7,
        ["/JointControllerships/Edit"] = 5,
        ["/JointControllerships/Index"] = 5,
        ["/JointControllerships/New"] = 4,
        ["/ProcessorActivities/Details"] = 6,
        ["/ProcessorActivities/Edit"] = 6,
        ["/ProcessorActivities/End"] = 5,
        ["/ProcessorActivities/Index"] = 6,
        ["/ProcessorActivities/New"] = 5,
        ["/ProcessorActivities/Print"] = 5,
        ["/PublicRegisters/Index"] = 4,
        ["/PublicRegisters/Visibility"] = 3,
        ["/ProviderRequests/Announce"] = 4,
        ["/ProviderRequests/Declare"] = 5,
        ["/ProviderRequests/Details"] = 7,
        ["/ProviderRequests/Edit"] = 6,
        ["/ProviderRequests/Export"] = 3,
        ["/ProviderRequests/Index"] = 4,
        ["/ProviderRequests/New"] = 5,
        ["/ProviderRequests/Queue"] = 4,
        ["/ProviderRequests/Restoration"] = 5,
        ["/ProviderRequests/Ticket"] = 5,
        ["/Requests/Ticket"] = 3,
        ["/Requests/Tickets"] = 3,
        ["/Records/Act"] = 6,
        ["/Records/Details"] = 12,  // the opinions of the officer are a table of their own; the model may have a newer revision; who does what
        ["/Records/Edit"] = 9,
        ["/Records/Figures"] = 4,
        ["/Records/History"] = 7,
        ["/Records/Area"] = 6,  // list, choices and kept views are three statements in one round trip
        ["/Records/Index"] = 7,
        ["/Records/New"] = 6,
        ["/Records/Export"] = 4,
        ["/Records/ExportAll"] = 3,
        ["/Records/Undo"] = 7,
        ["/Today/Mark"] = 12,
        ["/Records/Compare"] = 6,
        ["/Records/OnDay"] = 5,
        ["/Records/Comments"] = 6,
        ["/Records/Copy"] = 5,
        ["/Records/Opinions"] = 6,
        ["/Records/Print"] = 6,  // the same opinions, on the internal paper
        ["/Records/Tags"] = 5,
        ["/Records/Views"] = 4,
        ["/Records/Waiver"] = 6,
        ["/Search/Index"] = 3,
        ["/Reminders/Index"] = 4,
        ["/Reminders/Messages"] = 3,
        ["/Reminders/Away"] = 7,
        ["/Requests/Area"] = 3,
        ["/Requests/Ask"] = 3,
        ["/Requests/Details"] = 12,  // the search sheet, the files and the dialogue; what the same person asked before; who does what under each convention
        ["/Requests/Attach"] = 6,
        ["/Requests/Deposit"] = 8,  // at the counter of the body: a transaction of its own
        ["/Requests/Document"] = 6,
        ["/Requests/Enter"] = 8,
        ["/Requests/Finding"] = 6,
        ["/Requests/Follow"] = 3,
        ["/Requests/Index"] = 3,
        ["/Requests/LostCode"] = 3,
        ["/Requests/New"] = 2,
        ["/Requests/Piece"] = 3,
        ["/Requests/Write"] = 6,
        ["/Requests/Search"] = 8,  // what may be searched and who may be asked; what the conventions say of them
        ["/Requests/Step"] = 7,
        ["/Responsibilities/Index"] = 5,  // the convention with its life; the matrix and its versions in one round trip
        ["/Responsibilities/Print"] = 5,
        ["/Responsibilities/Publish"] = 5,
        ["/Responsibilities/Row"] = 5,
        ["/Responsibilities/Version"] = 5,
        ["/Reviews/Index"] = 6,
        ["/Shared/Accessibility"] = 3,
        ["/Shared/Help"] = 3,
        ["/Shared/LegalNotice"] = 3,
        ["/Shared/PersonalData"] = 3,
        ["/Shared/SiteMap"] = 3,
        ["/Systems/Details"] = 8,  // the attested controls and the corrections in one round trip
        ["/Systems/Edit"] = 6,
        ["/Systems/Index"] = 5,
        ["/Systems/New"] = 5,
        ["/ThirdParties/Details"] = 8,
        ["/ThirdParties/Edit"] = 5,
        ["/ThirdParties/Index"] = 5,
        ["/ThirdParties/New"] = 4,
        ["/Today/Index"] = 12,  // the one list (marks, breaches, requests, conventions, records, reminders), the figures, the reviews
        ["/Trails/Index"] = 6,
    };

    [Fact]
    public async Task A_page_with_25_records_asks_no_more_than_with_one()
    {
        var town = await Town.FoundAsync(registry);
        using var officer = await town.EnterAsync("DPO");
        using var administrator = await town.EnterAsync("PLATFORM_ADMIN");
        using var helpdesk = await town.EnterAsync("HELPDESK_AGENT");
        var neighbour = await Town.FoundAsync(registry);
        var (ask, _) = await TownProviderRequest.AddAsync(registry, town, neighbour, "Logiciel", "DRAFT");
        var (_, ticket) = await TownProviderRequest.AddAsync(registry, neighbour, town, "Logiciel");
        var (_, lookup) = await TownRequest.AskedOfProviderAsync(registry, neighbour, town);
        var ending = await town.AppointAsync("DGS");
        using var mayor = await town.EnterAsync("LEGAL_REPRESENTATIVE");
        // An assessment is due, so that the page that waives it opens too.
        var reference = await town.AddRecordAsync(complete: true, sheet => (sheet.Dpia.Conclusion, sheet.Dpia.Reason) = ("REQUIRED_CRITERIA", "deux critères"));
        var published = await town.AddRecordAsync(complete: true);
        await TownPublicRegister.SetAsync(registry, town);
        await TwoTowns.PublishAsync(registry, town, published);
        var rollout = await TownLibrary.StockAsync(registry, town);
        var (system, party) = await town.AddSystemAsync("Logiciel");
        var (activity, agreement) = await town.AddActivityAsync("Commune voisine");
        var breach = await TownBreach.AddAsync(registry, town);
        var file = await TownRequest.AddAsync(registry, town);
        var (handled, search) = await TownRequest.SearchedAsync(registry, town);
        var (convention, _, meeting) = await TownConvention.AddAsync(registry, town, "Hébergement");
        await TownMatrix.AddAsync(registry, town, convention);
        var (engagement, declaration) = await TownEngagement.AddAsync(registry, town, "Hébergeur");
        using var desk = await town.EnterAsync("HELPDESK_AGENT");
        await TownIncident.ManyClientsAsync(registry, town, 1);
        var incident = await TownIncident.AddAsync(registry, town);
        var (audit, finding, advice) = await TownAudit.AddAsync(registry, town);
        var (mission, task, day) = await TownMission.AddAsync(registry, town);
        await using var connection = await registry.SuperuserAsync();
        var address = new Dictionary<string, string>
        {
            ["space"] = town.AreaId.ToString(), ["order"] = (await TownReports.AddAsync(registry, town)).ToString(), ["office"] = (await Dapper.SqlMapper.ExecuteScalarAsync<Guid>(connection, "select id from app.appointment where area_id = @AreaId", new { town.AreaId })).ToString(),
            ["paper"] = "DOC_REGISTER_FULL", ["issued"] = (await TownDocument.IssueAsync(registry, town)).ToString(),
            ["file"] = file, ["phase"] = "accuser-reception", ["search"] = search.ToString(), ["document"] = (await TownFile.AddAsync(registry, town, file)).ToString(), ["piece"] = Guid.Empty.ToString(), ["token"] = "jeton",
            ["organisation"] = town.Slug, ["import"] = (await TownImport.AddAsync(registry, town, "Fichier importé", rows: 30)).ToString(), ["reference"] = reference, ["section"] = "finalites", ["act"] = "soumettre", ["code"] = TownLibrary.Code, ["commune"] = town.Slug, ["territory"] = "communaute-" + town.LeadId.ToString("n"), ["lookup"] = lookup.ToString(), ["sheet"] = published,
            ["system"] = system.ToString(), ["party"] = party.ToString(), ["activity"] = activity, ["agreement"] = agreement.ToString(), ["breach"] = breach, ["incident"] = incident, ["chapter"] = "faits", ["stage"] = "confirmer", ["ask"] = ask, ["inquiry"] = await TownInquiry.AddAsync(registry, town, neighbour), ["ticket"] = ticket.ToString(), ["convention"] = convention, ["part"] = "objet", ["step"] = "evaluer", ["duty"] = "OBL-1", ["meeting"] = meeting.ToString(), ["line"] = "DATA_BREACH", ["issue"] = "1",
            ["engagement"] = engagement.ToString(), ["declaration"] = declaration.ToString(), ["control"] = "PATCH_DELAY", ["indicator"] = "A.1a", ["training"] = (await TownCharter.AddAsync(registry, town)).ToString(),
            ["mission"] = mission.ToString(), ["task"] = task.ToString(), ["visit"] = day.ToString(), ["month"] = TownMission.Month, ["opinion"] = await TownOpinion.AddAsync(registry, town), ["audit"] = audit.ToString(), ["finding"] = finding.ToString(), ["advice"] = advice,
            ["item"] = (await Dapper.SqlMapper.ExecuteScalarAsync<Guid>(connection, "select id from app.processing_record where organisation_id = @Id and number = 1", new { town.Id })).ToString(),
            ["id"] = (await Dapper.SqlMapper.ExecuteScalarAsync<Guid>(connection, "select id from app.appointment where person_id = @ending", new { ending })).ToString(),
        };
        // A file that was handed out, under the id that the address names.
        await TownHandOver.AddAsync(registry, town, Guid.Parse(address["id"]));
        var pages = (await Site.PagesAsync(registry))
            .Where(page => !page.Name.StartsWith("/Accounts/", StringComparison.Ordinal) && !page.Template.Contains("{number", StringComparison.Ordinal) && page.Name is not ("/Shared/Error" or "/Conventions/Measure")).ToList();
        foreach (var page in pages) await Who(page).GetAsync(At(page));  // what is read once and kept is not a page's own question
        var few = await CountAsync("1");
        for (var i = 0; i < 24; i++) await town.AddRecordAsync(change: sheet => sheet.Processors.Systems.Add(new() { Name = "Logiciel", SystemId = system.ToString() }));
        for (var i = 0; i < 24; i++) await TwoTowns.PublishAsync(registry, town, await town.AddRecordAsync(complete: true));
        for (var i = 0; i < 24; i++) await town.AddSystemAsync($"Logiciel {i}");
        for (var i = 0; i < 24; i++) await TownConvention.AddAsync(registry, town, $"Hébergement {i}");
        for (var i = 0; i < 24; i++) await TownEngagement.AddAsync(registry, town, $"Hébergeur {i}");
        for (var i = 0; i < 24; i++) await town.AddActivityAsync($"Commune voisine {i}");
        for (var i = 0; i < 24; i++) await TownBreach.AddAsync(registry, town, $"Courriel {i}");
        for (var i = 0; i < 24; i++) await TownRequest.AddAsync(registry, town);
        for (var i = 0; i < 24; i++) await TownRequest.SearchAsync(registry, town, handled, "Les dossiers de la cantine.");
        for (var i = 0; i < 24; i++) await TownFile.AddAsync(registry, town, file);
        for (var i = 0; i < 24; i++) await TownFile.AddAsync(registry, town, handled);
        for (var i = 0; i < 24; i++) await TownFile.SayAsync(registry, town, handled);
        for (var i = 0; i < 24; i++) await TownProviderRequest.AddAsync(registry, town, neighbour, $"Logiciel {i}");
        for (var i = 0; i < 24; i++) await TownProviderRequest.AddAsync(registry, neighbour, town, $"Logiciel {i}");
        for (var i = 0; i < 24; i++) await TownRequest.AskedOfProviderAsync(registry, neighbour, town);
        for (var i = 0; i < 24; i++) await TownInquiry.AddAsync(registry, town, neighbour);
        for (var i = 0; i < 24; i++) await TownDocument.IssueAsync(registry, town, $"Document {i}");
        for (var i = 0; i < 24; i++) await TownImport.AddAsync(registry, town, $"Fichier {i}");
        for (var i = 0; i < 24; i++) await TownReports.AddAsync(registry, town);
        await TownIncident.ManyClientsAsync(registry, town, 24);
        for (var i = 0; i < 24; i++) await TownIncident.AddAsync(registry, town, $"Portail {i}");
        var many = await CountAsync("2");

        var faults = pages.Where(page => many[page.Name].Count != few[page.Name].Count)
            .Select(page => $"{page.Name}: {few[page.Name].Count} statements with one record, {many[page.Name].Count} with 25. One for each row? Ask for all at once.\n{string.Join('\n', many[page.Name])}")
            .Concat(pages.Where(page => many[page.Name].Count > Most.GetValueOrDefault(page.Name, -1))
                .Select(page => $"{page.Name}: {many[page.Name].Count} statements, the table says {Most.GetValueOrDefault(page.Name, -1)}.")).ToList();
        Assert.True(faults.Count == 0, string.Join('\n', faults));
        Assert.Contains(few.Values, statements => statements.Count > 2);  // the counter hears

        string At(SitePage page) => page.At(page.Name == "/Missions/Edit" ? new Dictionary<string, string>(address) { ["mission"] = "nouvelle" }
            : page.Name == "/Models/Rollout" ? new Dictionary<string, string>(address) { ["id"] = rollout.ToString() }
            : page.Name is "/Requests/Details" or "/Requests/Search" or "/Requests/Finding" ? new Dictionary<string, string>(address) { ["file"] = handled } : address);

        Visit Who(SitePage page) => page.Name switch
        {
            "/Mails/Index" or "/Holidays/New" => administrator,
            "/ProviderRequests/Queue" or "/ProviderRequests/Announce" or "/ProviderRequests/Ticket" or "/Requests/Tickets" or "/Requests/Ticket" or "/AuthorityRequests/New" => helpdesk,
            "/Areas/Join" or "/Engagements/Decision" or "/Records/Waiver" or "/Responsibilities/Publish" => mayor,
            _ when page.Name.StartsWith("/Areas/", StringComparison.Ordinal) && page.Name != "/Areas/Leave" => administrator,
            _ when page.Name.StartsWith("/Incidents/", StringComparison.Ordinal) => desk,
            _ => officer,
        };

        // An address of its own each time: a list that nobody changed would be given again without being asked for.
        async Task<Dictionary<string, IReadOnlyList<string>>> CountAsync(string time)
        {
            var counts = new Dictionary<string, IReadOnlyList<string>>();
            foreach (var page in pages)
            {
                Answer? answer = null;
                counts[page.Name] = await StatementCounter.CountAsync(async () => answer = await Who(page).GetAsync($"{At(page)}?fois={time}"));
                Assert.True((int)answer!.Status < 400, answer.ToString());
            }
            return counts;
        }
    }
}
