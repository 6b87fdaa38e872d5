using System.Net;
using System.Text.RegularExpressions;
using Registry.Access;
using Registry.Tests.Support;

namespace Registry.Tests.Isolation;

/// <summary>Every page of an organisation, as the router lists them, opened by everybody from inside and from outside.</summary>
[Trait("Kind", "pages")]
public sealed partial class WalkTests(RegistryFixture registry)
{
    /// <summary>What a page asks beyond its declaration, and what it answers to those who have no business there: it stands on a draft, or on one act.</summary>
    private static readonly Dictionary<string, (Func<Role, bool> Opens, HttpStatusCode Else)> Stricter = new()
    {
        ["/Records/Details"] = (Drafts, HttpStatusCode.NotFound),
        ["/Records/Print"] = (Drafts, HttpStatusCode.NotFound),
        ["/Records/History"] = (Drafts, HttpStatusCode.Forbidden),
        ["/Records/Edit"] = (role => Rights.Allows(Function.DraftRecord, Right.Write, role), HttpStatusCode.Forbidden),
        ["/Records/Comments"] = (Drafts, HttpStatusCode.NotFound),
        // Who reads only what is published has nothing to copy in a draft.
        ["/Records/Copy"] = (Drafts, HttpStatusCode.NotFound),
        ["/Records/Compare"] = (Drafts, HttpStatusCode.NotFound),
        // A contributor brings back a text of the sheets she began.
        ["/Records/Return"] = (role => Rights.Allows(Function.DraftRecord, Right.Write, role), HttpStatusCode.Forbidden),
        ["/Records/Undo"] = (role => Rights.Allows(Function.DraftRecord, Right.Write, role), HttpStatusCode.Forbidden),
        ["/Models/Compare"] = (Drafts, HttpStatusCode.Forbidden),
        ["/Records/Act"] = (role => role is Role.Correspondent or Role.DpoAssistant or Role.Dpo, HttpStatusCode.Forbidden),
        // The operator makes areas and names their officers; which bodies leave is the officer's to say.
        ["/Areas/Leave"] = (role => role is Role.Dpo, HttpStatusCode.Forbidden),
        ["/HandOvers/New"] = (role => role is Role.Dpo or Role.ControllerRep, HttpStatusCode.Forbidden),
        // Who reported a breach reads it; the file of the walk was reported by none of them.
        ["/Breaches/Details"] = (role => Rights.Allows(Function.Breaches, Right.Read, role), HttpStatusCode.NotFound),
        ["/Breaches/Step"] = (role => role is Role.Correspondent or Role.DpoAssistant or Role.Dpo, HttpStatusCode.Forbidden),
        ["/Breaches/Notification"] = (role => role is Role.Correspondent or Role.ControllerRep or Role.Dpo, HttpStatusCode.Forbidden),
        ["/Breaches/Communication"] = (role => role is not Role.Auditor, HttpStatusCode.Forbidden),
        // Who asked is not the auditor's to know, and a file would tell it.
        ["/Requests/Document"] = (role => role is not Role.Auditor, HttpStatusCode.Forbidden),
        ["/Requests/Step"] = (role => role is Role.Correspondent or Role.DpoAssistant or Role.Dpo, HttpStatusCode.Forbidden),
        // The draft of the walk was prepared by none of them; the provider's people reach requests through their own body alone.
        ["/ProviderRequests/Details"] = (role => role is not Role.ProcessorManager && Rights.Allows(Function.AccessRequests, Right.Read, role), HttpStatusCode.NotFound),
        ["/ProviderRequests/Edit"] = (role => role is not (Role.ProcessorManager or Role.Auditor) && Rights.Allows(Function.AccessRequests, Right.Read, role), HttpStatusCode.NotFound),
        ["/ProviderRequests/New"] = (role => role is not (Role.ProcessorManager or Role.ProcessorHelpdesk or Role.Auditor), HttpStatusCode.Forbidden),
        ["/ProviderRequests/Restoration"] = (role => role is not (Role.ProcessorManager or Role.ProcessorHelpdesk or Role.Auditor), HttpStatusCode.Forbidden),
        ["/ProviderRequests/Declare"] = (role => role is not (Role.ProcessorManager or Role.ProcessorHelpdesk or Role.Auditor), HttpStatusCode.Forbidden),
        ["/ProviderRequests/Queue"] = (role => role is Role.ProcessorManager or Role.ProcessorHelpdesk, HttpStatusCode.Forbidden),
        ["/ProviderRequests/Announce"] = (role => role is Role.ProcessorManager or Role.ProcessorHelpdesk, HttpStatusCode.Forbidden),
        ["/ProviderRequests/Ticket"] = (role => role is Role.ProcessorManager or Role.ProcessorHelpdesk, HttpStatusCode.Forbidden),
        ["/Requests/Tickets"] = (role => role is Role.ProcessorManager or Role.ProcessorHelpdesk, HttpStatusCode.Forbidden),
        ["/Requests/Ticket"] = (role => role is Role.ProcessorManager or Role.ProcessorHelpdesk, HttpStatusCode.Forbidden),
        ["/AuthorityRequests/New"] = (role => role is Role.ProcessorManager or Role.ProcessorHelpdesk, HttpStatusCode.Forbidden),
        // The documents of the walk are those of the register.
        ["/Documents/Make"] = (role => Rights.Allows(Function.ReadRecords, Right.Read, role), HttpStatusCode.NotFound),
        ["/Documents/Issued"] = (role => Rights.Allows(Function.ReadRecords, Right.Read, role), HttpStatusCode.NotFound),
        // The operator ships texts with the program; the words of a body are its officer's.
        ["/Documents/Templates"] = (role => role is Role.Dpo, HttpStatusCode.Forbidden),
        ["/Documents/Template"] = (role => role is Role.Dpo, HttpStatusCode.Forbidden),
        ["/Documents/TemplateVersions"] = (role => role is Role.Dpo, HttpStatusCode.Forbidden),
        // The convention of the walk has a provider that is no organisation here: nobody measures for it.
        ["/Conventions/Measure"] = (_ => false, HttpStatusCode.Forbidden),
        // The operator works for no organisation: it has no charter for her.
        ["/Charters/Sign"] = (role => role is not Role.PlatformAdmin, HttpStatusCode.NotFound),
        // Who directs the area reads days and amounts outside the files: the database shows her none of them.
        ["/Missions/Details"] = (role => role is not Role.AreaExecutive, HttpStatusCode.NotFound),
        ["/Missions/Statement"] = (role => role is not Role.AreaExecutive, HttpStatusCode.NotFound),
        // A small letter in the matrix reads what is assigned to it: of recommendations, the correspondent's are all.
        ["/Recommendations/Index"] = (Advised, HttpStatusCode.Forbidden),
        ["/Recommendations/Details"] = (Advised, HttpStatusCode.Forbidden),
        ["/Records/Opinions"] = (Drafts, HttpStatusCode.NotFound),
        // The sheet of the walk needs no impact assessment: there is nothing to waive.
        ["/Records/Waiver"] = (_ => false, HttpStatusCode.Conflict),
        // The evaluation of a convention, which its correspondent reads.
        ["/Conventions/Act"] = (role => role is Role.Dpo or Role.DpoAssistant or Role.ControllerRep or Role.ProcessorManager, HttpStatusCode.Forbidden),
        // F11 gives delegates their own cells, but F10 gives them no convention and the database shows them none.
        ["/Responsibilities/Index"] = (role => role is not Role.CorrespondentDelegate, HttpStatusCode.NotFound),
        // A provider alerts through its help desk and its managers alone; its other people read what it told. F16 lets delegates raise an alarm, the database shows them none.
        ["/Incidents/New"] = (Speaks, HttpStatusCode.Forbidden),
        ["/Incidents/Facts"] = (Speaks, HttpStatusCode.Forbidden),
        ["/Incidents/Bodies"] = (Speaks, HttpStatusCode.Forbidden),
        ["/Incidents/Details"] = (role => role is not Role.CorrespondentDelegate, HttpStatusCode.NotFound),
        // A correspondent keeps the accounts of contributors, and the page stands on a chief executive's.
        ["/Appointments/Account"] = (role => role is Role.Dpo or Role.PlatformAdmin, HttpStatusCode.Forbidden),
    };

    private static bool Speaks(Role role) => role is Role.ProcessorHelpdesk or Role.ProcessorManager;

    private static bool Advised(Role role) => role is Role.Correspondent || Rights.Allows(Function.Recommendations, Right.Read, role);

    private static bool Drafts(Role role) => Rights.Allows(Function.DraftRecord, Right.Read, role);

    [Fact]
    [Trait("S", "1")]
    [Trait("S", "2")]
    [Trait("S", "3")]
    public async Task A_page_opens_to_those_the_matrix_names_and_does_not_exist_for_strangers()
    {
        var towns = await TwoTowns.FoundAsync(registry);
        using var nobody = registry.Browse();
        var pages = (await Site.PagesAsync(registry)).Where(page => page.OfOrganisation).ToList();
        Assert.True(pages.Count >= 15);
        var faults = new List<string>();
        foreach (var page in pages)
        {
            var (path, nowhere) = (towns.At(page), towns.At(page).Replace(towns.A.Slug, "commune-qui-n-existe-pas"));
            if ((await nobody.GetAsync(path)) is not { Status: HttpStatusCode.Redirect } door || !door.Location!.StartsWith("/connexion", StringComparison.Ordinal)) faults.Add($"nobody: {path} does not lead to the door.");
            foreach (var kind in TwoTowns.Kinds)
            {
                var role = Roles.Of(kind);
                var declared = page.Requires.Any(requires => Rights.Allows(requires.Function, requires.Right, role, delegated: false));
                var expected = !declared ? HttpStatusCode.Forbidden : !Stricter.TryGetValue(page.Name, out var also) || also.Opens(role) ? HttpStatusCode.OK : also.Else;
                var own = await towns.OfA[kind].GetAsync(path);
                if (own.Status != expected) faults.Add($"{kind} of the town: {page.Name} answers {(int)own.Status}, the matrix says {(int)expected}.");
                if (own.Raw.Content.Headers.ContentType?.MediaType == "text/html" && own.Html.Source.Text.Contains(TwoTowns.Secret, StringComparison.Ordinal) && kind != TwoTowns.Admin) faults.Add($"{kind} of the town: {page.Name} shows a name of the other town.");
                if (kind == TwoTowns.Admin) continue;  // the operator belongs to every town, and sees no content in any
                var foreign = await towns.OfB[kind].GetAsync(path);
                var missing = await towns.OfB[kind].GetAsync(nowhere);
                if (foreign.Status != HttpStatusCode.NotFound) faults.Add($"{kind} of the other town: {page.Name} answers {(int)foreign.Status}.");
                if (Bare(foreign) != Bare(missing)) faults.Add($"{kind} of the other town: {page.Name} can be told from one that does not exist.");
                if (Headers(foreign) != Headers(missing)) faults.Add($"{kind} of the other town: the headers of {page.Name} tell it from one that does not exist.");
            }
        }
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    [Fact]
    [Trait("S", "2")]
    [Trait("S", "19")]
    public async Task A_form_sent_to_another_town_is_not_found_and_writes_nothing()
    {
        var towns = await TwoTowns.FoundAsync(registry);
        var (a, b) = (await TownEvidence.OfAsync(registry, towns.A), await TownEvidence.OfAsync(registry, towns.B));
        var faults = new List<string>();
        foreach (var kind in TwoTowns.Kinds.Where(kind => kind != TwoTowns.Admin))
        {
            var visit = towns.OfB[kind];
            var token = await TokenAsync(visit);
            foreach (var page in (await Site.PagesAsync(registry)).Where(page => page.OfOrganisation))
                foreach (var handler in page.PostHandlers)
                {
                    var answer = await visit.PostAsync(towns.At(page) + (handler is null ? "" : "?handler=" + handler), ("__RequestVerificationToken", token), ("Form.Name", "Intrus"), ("Form.Title", "Intrus"), ("Form.Purpose", "Intrus"), ("Form.Reason", "OTHER"), ("Form.Version", "1"));
                    if (answer.Status != HttpStatusCode.NotFound) faults.Add($"{kind}: {page.Name} {handler} answers {(int)answer.Status}.");
                }
        }
        Assert.True(faults.Count == 0, string.Join('\n', faults));
        Assert.Equal(a, await TownEvidence.OfAsync(registry, towns.A));
        Assert.Equal(b, await TownEvidence.OfAsync(registry, towns.B));
    }

    [Fact]
    [Trait("S", "2")]
    public async Task References_and_ids_of_another_town_are_not_found_inside_ones_own()
    {
        var towns = await TwoTowns.FoundAsync(registry);
        var theirs = await TownEvidence.IdsAsync(registry, towns.B);
        var officer = towns.OfA["DPO"];
        // Numbers are each town's own: one that only the other town has reached must not be found here.
        for (var i = 0; i < 4; i++) await towns.B.AddRecordAsync();
        foreach (var path in new[] { "traitements/T-0005", "traitements/T-0005/modifier/finalites", "traitements/T-0005/actes/soumettre", "traitements/T-0005/historique", "traitements/T-0005/imprimer", "traitements/T-0005/versions/1", "violations/V-2026-002", "violations/V-2026-002/dossier", $"designations/{theirs["correspondent"]}/fin" })
            Assert.Equal(HttpStatusCode.NotFound, (await officer.GetAsync($"{towns.A.Home}/{path}")).Status);
        var (a, b) = (await TownEvidence.OfAsync(registry, towns.A), await TownEvidence.OfAsync(registry, towns.B));
        var token = await TokenAsync(officer);
        Assert.Equal(HttpStatusCode.NotFound, (await officer.PostAsync($"{towns.A.Home}/services?handler=Switch", ("__RequestVerificationToken", token), ("id", theirs["unit"].ToString()), ("active", "false"))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await officer.PostAsync($"{towns.A.Home}/designations/{theirs["correspondent"]}/fin", ("__RequestVerificationToken", token), ("Form.Reason", "OTHER"), ("Form.EndOn.Day", "1"), ("Form.EndOn.Month", "1"), ("Form.EndOn.Year", "2030"))).Status);
        Assert.Equal(a, await TownEvidence.OfAsync(registry, towns.A));
        Assert.Equal(b, await TownEvidence.OfAsync(registry, towns.B));
    }

    /// <summary>Each id of the other town in each field of each form: refused by the field, or without effect on either town.</summary>
    [Fact]
    [Trait("S", "2")]
    [Trait("S", "4")]
    public async Task An_id_of_another_town_in_a_field_reaches_nothing_there()
    {
        var towns = await TwoTowns.FoundAsync(registry);
        var theirs = await TownEvidence.IdsAsync(registry, towns.B);
        var b = await TownEvidence.OfAsync(registry, towns.B);
        var officer = towns.OfA["DPO"];
        var (tried, faults) = (0, new List<string>());
        // The id under which a form makes its row is the browser's to choose; tried last, since the row then bears it rightly.
        await TryAsync(field => field.Name != "Form.Id");
        var own = (await TownEvidence.OfAsync(registry, towns.A)).Split('\n');
        foreach (var (kind, id) in theirs)
            faults.AddRange(own.Where(row => row.StartsWith("app.", StringComparison.Ordinal) && row.Contains(id.ToString(), StringComparison.Ordinal)).Select(row => $"A row of the town names the {kind} of the other one: {row}"));
        await TryAsync(field => field.Name == "Form.Id");
        Assert.True(tried > 30, $"{tried} tries");
        var after = await TownEvidence.OfAsync(registry, towns.B);
        faults.AddRange(after.Split('\n').Except(b.Split('\n')).Concat(b.Split('\n').Except(after.Split('\n'))).Select(row => $"The other town was written to: {row}"));
        Assert.True(faults.Count == 0, string.Join('\n', faults.Distinct()));

        async Task TryAsync(Func<SentField, bool> which)
        {
            foreach (var page in (await Site.PagesAsync(registry)).Where(page => page.PostHandlers.Count > 0 && !page.IsAnonymous && !page.Name.StartsWith("/Accounts/", StringComparison.Ordinal)))
            {
                var path = towns.At(page) + (page.Name switch { "/Organisations/New" => "?main=1", "/Appointments/New" => "?fonction=CORRESPONDENT_DELEGATE", _ => "" });
                var shown = await officer.GetAsync(path);
                foreach (var form in Forms.Of(shown).Take(3))
                    foreach (var field in form.Fields.Where(field => field.IsReference && which(field)))
                        foreach (var (kind, id) in theirs)
                        {
                            tried++;
                            var answer = await officer.PostAsync(form.Action, form.With((field.Name, id.ToString()), ("Form.Name", "Essai"), ("Form.Type", "CCAS"), ("Form.Territory", "METRO"),
                                ("Form.FirstName", "Ada"), ("Form.LastName", "Essai"), ("Form.Kind", "SERVICE_CONTRIBUTOR"), ("Form.ActType", "LETTER"), ("Form.Title", $"Essai {tried}"),
                                ("Form.ActDate.Day", "1"), ("Form.ActDate.Month", "1"), ("Form.ActDate.Year", "2026"), ("Form.StartOn.Day", "1"), ("Form.StartOn.Month", "1"), ("Form.StartOn.Year", "2026")));
                            if ((int)answer.Status >= 500) faults.Add($"{page.Name} {field.Name} = {kind} of the other town: {(int)answer.Status}");
                        }
            }
        }
    }

    [Fact]
    [Trait("S", "2")]
    public async Task Lists_searches_and_counts_never_show_the_other_town()
    {
        var towns = await TwoTowns.FoundAsync(registry);
        foreach (var kind in TwoTowns.Kinds.Where(kind => kind != TwoTowns.Admin))
            foreach (var path in new[] { "/", "/?voir=moi", "/organismes", $"/organismes?q={TwoTowns.Secret}", $"{towns.A.Home}/traitements?q={TwoTowns.Secret}", $"{towns.A.Home}/violations", $"/violations?q={TwoTowns.Secret}", "/violations", $"{towns.A.Home}/journal", $"{towns.A.Home}/designations", $"{towns.A.Home}/designations/nouvelle?fonction=AUDITOR&q={TwoTowns.Secret}", $"{towns.A.Home}/designations/nouvelle?fonction=AUDITOR&q=a", "/espaces" })
            {
                var answer = await towns.OfA[kind].GetAsync(path);
                // What was searched for stands in the box again, and in links that keep it.
                var text = string.Join('\n', answer.Html.QuerySelectorAll("main").Select(main => main.TextContent));
                Assert.False(text.Contains(TwoTowns.Secret, StringComparison.OrdinalIgnoreCase) && !path.Contains(TwoTowns.Secret, StringComparison.Ordinal) || text.Contains("Commune " + TwoTowns.Secret, StringComparison.Ordinal) || text.Contains("Fichier " + TwoTowns.Secret, StringComparison.Ordinal), $"{kind} {path}\n{text}");
                Assert.DoesNotContain(towns.B.Slug, answer.Html.Source.Text, StringComparison.Ordinal);
            }
        var list = await towns.OfA["DPO"].GetAsync("/organismes");
        Assert.Contains("2", list.Html.QuerySelector("header")!.TextContent);  // the commune and the body that leads the area
    }

    [Fact]
    [Trait("S", "6")]
    public async Task The_end_of_an_appointment_closes_the_very_next_request()
    {
        var town = await Town.FoundAsync(registry);
        var correspondent = await town.EnterAsync("CORRESPONDENT");
        Assert.Equal(HttpStatusCode.OK, (await correspondent.GetAsync(town.Home)).Status);
        await registry.WorkAsync(Registry.Data.Scope.Platform, async (db, journal) =>
        {
            await Dapper.SqlMapper.ExecuteAsync(await db.OpenAsync(), "update appointment set end_on = current_date - 2 where organisation_id = @Id and kind = 'CORRESPONDENT'", new { town.Id });
            journal.Record(new Registry.History.Event(town.Id, "TEST", "APPOINTMENT", null, new Registry.History.EventDetails()));
            return 0;
        });
        Assert.Equal(HttpStatusCode.NotFound, (await correspondent.GetAsync(town.Home)).Status);
    }

    private async Task<string> TokenAsync(Visit visit) => (await visit.GetAsync("/mon-compte")).Html.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;

    /// <summary>The page without what is new in every answer.</summary>
    private static string Bare(Answer answer) => SessionEnd().Replace(TokenValue().Replace(Reference().Replace(Nonce().Replace(answer.Html.Source.Text, ""), ""), "")
        .Replace(answer.Path, "", StringComparison.Ordinal).Replace(WebUtility.UrlEncode(answer.Path), "", StringComparison.Ordinal), "");

    private static string Headers(Answer answer) => string.Join('\n', answer.Raw.Headers.Concat(answer.Raw.Content.Headers)
        .Where(header => header.Key is not ("Set-Cookie" or "Content-Length" or "Date"))
        .Select(header => $"{header.Key}: {Nonce().Replace(string.Join(',', header.Value), "")}").Order());

    // Two requests one after the other: the second may fall into the next minute.
    [GeneratedRegex("data-left=\"[0-9]+\"|prend fin .{1,12}[0-9]{2}:[0-9]{2}")]
    private static partial Regex SessionEnd();

    [GeneratedRegex("nonce[=-](\"[^\"]*\"|[A-Za-z0-9+/=]+)")]
    private static partial Regex Nonce();

    [GeneratedRegex(@"Référence : [^<]*|Référence[^<]*")]
    private static partial Regex Reference();

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]*value=\"[^\"]*\"")]
    private static partial Regex TokenValue();
}
