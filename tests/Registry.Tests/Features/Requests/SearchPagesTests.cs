using System.Net;
using System.Text;
using Dapper;
using Registry.Deadlines;
using Registry.Features.Requests;
using Registry.Tests.Support;

namespace Registry.Tests.Features.Requests;

/// <summary>The search sheet: asked of those who can help, answered before the answer is ready, its words read by nobody else.</summary>
[Trait("Kind", "pages")]
public sealed class SearchPagesTests(RegistryFixture registry)
{
    private const string Words = "Tout ce qui porte le nom de Coralie Dumesnil.";

    [Fact]
    [Trait("S", "46")]
    public async Task A_search_is_asked_once_its_words_stay_sealed_and_the_answer_waits_for_its_result()
    {
        var town = await Town.FoundAsync(registry);
        var reference = await TownRequest.AddAsync(registry, town, status: RequestStatus.InProgress);
        var published = await town.AddRecordAsync(complete: true);
        await TwoTowns.PublishAsync(registry, town, published);
        await TownConvention.AddAsync(registry, town, "Hébergement");
        var home = $"{town.Home}/demandes/{reference}";
        using var correspondent = await town.EnterAsync("CORRESPONDENT");
        var shown = await correspondent.GetAsync(home + "/recherches/nouvelle");
        var processor = shown.Html.QuerySelectorAll("select[name='Form.Whom'] option").Single(one => one.TextContent.StartsWith("Syndicat de test", StringComparison.Ordinal));
        Assert.Contains("la loi les charge d’aider", processor.ParentElement!.GetAttribute("label"));
        var form = Forms.Of(shown).Single();
        var filled = form.With([("Form.Record", published), ("Form.Whom", processor.GetAttribute("value")!), ("Form.Instruction", Words)]);
        var asked = await correspondent.PostAsync(form.Action, filled);
        Assert.True(asked.Status == HttpStatusCode.Redirect, asked.ToString());
        Assert.Equal(HttpStatusCode.Redirect, (await correspondent.PostAsync(form.Action, filled)).Status);
        Assert.Equal(1, await CountAsync("select count(*) from app.rights_request_search where organisation_id = @Id", town));
        Assert.Equal(1, await CountAsync("select count(*) from history.event where organisation_id = @Id and action = 'REQUEST_SEARCH_ASKED'", town));
        var page = await correspondent.GetAsync(home);
        Assert.Contains(Words, page.Text);
        Assert.Contains("Syndicat de test", page.Text);

        Assert.Contains("attend son résultat", (await correspondent.GetAsync(home + "/actes/reponse-prete")).Text);
        var answer = Forms.Of(await correspondent.GetAsync(page.Html.QuerySelector("#recherches td a[href*='/recherches/']")!.GetAttribute("href")!)).Single();
        var bare = await correspondent.PostAsync(answer.Action, answer.With([("Form.Result", "FOUND"), ("Form.By", "")]));
        Assert.Equal(HttpStatusCode.BadRequest, bare.Status);
        Assert.Contains("Dites qui a cherché.", bare.Html.QuerySelector(".error-summary")!.TextContent);
        Assert.Contains("Écrivez ce qui a été trouvé.", bare.Html.QuerySelector(".error-summary")!.TextContent);
        var done = await correspondent.PostAsync(answer.Action, answer.With([("Form.Result", "FOUND"), ("Form.By", "L’accueil"), ("Form.Text", Words)]));
        Assert.True(done.Status == HttpStatusCode.Redirect, done.ToString());
        Assert.Single(Forms.Of(await correspondent.GetAsync(home + "/actes/reponse-prete")), one => one.Action.EndsWith("/reponse-prete", StringComparison.Ordinal));
        using var auditor = await town.EnterAsync("AUDITOR");
        var masked = await auditor.GetAsync(home);
        Assert.Equal(HttpStatusCode.OK, masked.Status);
        Assert.DoesNotContain("Dumesnil", masked.Text);

        await using var connection = await registry.SuperuserAsync();
        var rows = await connection.QueryAsync<(string Row, byte[] Content)>("select (to_jsonb(s) - 'content')::text, content from app.rights_request_search s where organisation_id = @Id", new { town.Id });
        Assert.All(rows, row => Assert.DoesNotContain("Dumesnil", row.Row + Encoding.UTF8.GetString(row.Content)));
        var told = await connection.QueryAsync<string>("select details from history.detail where organisation_id = @Id", new { town.Id });
        Assert.All(told, details => Assert.DoesNotContain("Dumesnil", details));
    }

    [Fact]
    public async Task Who_assists_by_the_matrix_is_proposed_before_the_services_and_the_others()
    {
        var town = await Town.FoundAsync(registry);
        var (reference, _) = await TownRequest.SearchedAsync(registry, town);
        var (helps, _, _) = await TownConvention.AddAsync(registry, town, "Logiciel", change: sheet => sheet.Parties.Parties[0].Name = "Éditeur qui aide");
        await TownMatrix.AddAsync(registry, town, helps);
        var (silent, _, _) = await TownConvention.AddAsync(registry, town, "Archives", change: sheet => sheet.Parties.Parties[0].Name = "Tiers archiveur");
        await TownMatrix.AddAsync(registry, town, silent, matrix =>
        {
            foreach (var cell in matrix.Rows.Where(row => row.Code == "DATA_SUBJECT_RIGHTS").SelectMany(row => row.Cells.Where(cell => cell.Party == "Tiers archiveur"))) cell.Codes = ["I"];
        });
        var (draft, _, _) = await TownConvention.AddAsync(registry, town, "Projet", status: "DRAFT", change: sheet => sheet.Parties.Parties[0].Name = "Candidat");
        Assert.NotEqual(helps, draft);
        using var correspondent = await town.EnterAsync("CORRESPONDENT");
        var groups = (await correspondent.GetAsync($"{town.Home}/demandes/{reference}/recherches/nouvelle")).Html.QuerySelectorAll("select[name='Form.Whom'] optgroup").ToList();
        Assert.Equal(3, groups.Count);
        Assert.Contains("la matrice de leur convention", groups[0].GetAttribute("label"));
        Assert.Contains("Éditeur qui aide", groups[0].TextContent);
        Assert.Contains("Service", groups[1].TextContent);
        Assert.Contains("Tiers archiveur", groups[2].TextContent);
        Assert.DoesNotContain("Candidat", string.Concat(groups.Select(group => group.TextContent)));
    }

    [Fact]
    public async Task What_is_not_known_and_a_day_too_late_are_refused_by_their_field_and_nothing_typed_is_lost()
    {
        var town = await Town.FoundAsync(registry);
        var (reference, _) = await TownRequest.SearchedAsync(registry, town);
        var draft = await town.AddRecordAsync(complete: true);
        using var correspondent = await town.EnterAsync("CORRESPONDENT");
        var form = Forms.Of(await correspondent.GetAsync($"{town.Home}/demandes/{reference}/recherches/nouvelle")).Single();
        var late = town.Organisation.Today(TimeProvider.System).AddDays(90);
        var refused = await correspondent.PostAsync(form.Action, form.With(
            [("Form.Record", draft), ("Form.System", "Inconnue"), ("Form.Whom", $"U:{Guid.NewGuid()}"), ("Form.Instruction", Words), ("Form.DueOn.Day", $"{late.Day}"), ("Form.DueOn.Month", $"{late.Month}"), ("Form.DueOn.Year", $"{late.Year}")]));
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        var summary = refused.Html.QuerySelector(".error-summary")!.TextContent;
        foreach (var said in new[] { "Aucune fiche publiée", "Cette application", "à qui vous demandez", "plus tôt" }) Assert.Contains(said, summary);
        Assert.Contains(Words, refused.Html.QuerySelector("textarea[name='Form.Instruction']")!.TextContent);
        Assert.Equal(1, await CountAsync("select count(*) from app.rights_request_search where organisation_id = @Id", town));
    }

    [Fact]
    public async Task Two_who_answer_at_once_lose_nothing_and_a_search_without_reason_is_not_withdrawn()
    {
        var town = await Town.FoundAsync(registry);
        var (reference, search) = await TownRequest.SearchedAsync(registry, town);
        var path = $"{town.Home}/demandes/{reference}/recherches/{search}";
        using var correspondent = await town.EnterAsync("CORRESPONDENT");
        using var officer = await town.EnterAsync("DPO");
        var hers = Forms.Of(await correspondent.GetAsync(path)).Single();
        var bare = await officer.PostAsync(hers.Action, Forms.Of(await officer.GetAsync(path)).Single().With([("Form.Result", "WITHDRAWN")]));
        Assert.Contains("Dites pourquoi la recherche n’est plus nécessaire.", bare.Text);
        var first = await officer.PostAsync(hers.Action, Forms.Of(await officer.GetAsync(path)).Single().With([("Form.Result", "WITHDRAWN"), ("Form.Text", "La personne ne déjeune pas à la cantine.")]));
        Assert.True(first.Status == HttpStatusCode.Redirect, first.ToString());
        var late = await correspondent.PostAsync(hers.Action, hers.With([("Form.Result", "FOUND"), ("Form.By", "Moi"), ("Form.Text", "Trois factures.")]));
        Assert.Equal(HttpStatusCode.Conflict, late.Status);
        Assert.Contains("Trois factures.", late.Html.QuerySelector("textarea[name='Form.Text']")!.TextContent);
        Assert.Equal(1, await CountAsync("select count(*) from app.rights_request_search where organisation_id = @Id and state = 'WITHDRAWN'", town));
        Assert.Equal(1, await CountAsync("select count(*) from history.event where organisation_id = @Id and action = 'REQUEST_SEARCH_WITHDRAWN'", town));
    }

    [Fact]
    [Trait("S", "2")]
    public async Task A_search_of_another_file_or_another_town_is_not_found()
    {
        var (town, other) = (await Town.FoundAsync(registry), await Town.FoundAsync(registry));
        var (reference, _) = await TownRequest.SearchedAsync(registry, town);
        var (_, elsewhere) = await TownRequest.SearchedAsync(registry, town);
        var (_, theirs) = await TownRequest.SearchedAsync(registry, other);
        using var correspondent = await town.EnterAsync("CORRESPONDENT");
        foreach (var id in new[] { elsewhere, theirs, Guid.NewGuid() })
            Assert.Equal(HttpStatusCode.NotFound, (await correspondent.GetAsync($"{town.Home}/demandes/{reference}/recherches/{id}")).Status);
        // Before the handling begins there is nothing to search.
        var received = await TownRequest.AddAsync(registry, town);
        Assert.Equal(HttpStatusCode.Conflict, (await correspondent.GetAsync($"{town.Home}/demandes/{received}/recherches/nouvelle")).Status);
        using var mayor = await town.EnterAsync("LEGAL_REPRESENTATIVE");
        Assert.Equal(HttpStatusCode.Forbidden, (await mayor.GetAsync($"{town.Home}/demandes/{reference}/recherches/nouvelle")).Status);
    }

    [Fact]
    [Trait("S", "46")]
    public async Task Who_asks_again_is_recognised_in_her_town_alone_and_by_no_word_in_the_database()
    {
        var (town, other) = (await Town.FoundAsync(registry), await Town.FoundAsync(registry));
        var first = await TownRequest.AddAsync(registry, town, requester: new("Coralie", "Dumesnil", "Coralie@exemple.example", null, null));
        var again = await TownRequest.AddAsync(registry, town, requester: new(null, "DUMESNIL coralie", "coralie@exemple.example", "1 rue Haute", null));
        var third = await TownRequest.AddAsync(registry, town, requester: new("Coralie", "Dumesnil", null, "1, rue Haute", null));
        var stranger = await TownRequest.AddAsync(registry, town, requester: new("Coralie", "Dumesnil", "autre@exemple.example", null, null));
        await TownRequest.AddAsync(registry, other, requester: new("Coralie", "Dumesnil", "coralie@exemple.example", null, null));
        using var correspondent = await town.EnterAsync("CORRESPONDENT");
        var page = await correspondent.GetAsync($"{town.Home}/demandes/{again}");
        Assert.Contains($"Cette personne a déjà demandé : {first} (reçue).", Said(page));
        Assert.Contains($"Cette personne a demandé de nouveau : {third} (reçue).", Said(page));
        Assert.DoesNotContain("Cette personne", Said(await correspondent.GetAsync($"{town.Home}/demandes/{stranger}")));
        using var auditor = await town.EnterAsync("AUDITOR");
        Assert.DoesNotContain("Cette personne", Said(await auditor.GetAsync($"{town.Home}/demandes/{again}")));
        Assert.Equal(0, await CountAsync("select count(*) from app.rights_request r, app.rights_request o where r.organisation_id = @Id and o.organisation_id <> @Id and r.requester_marks && o.requester_marks", town));

        static string Said(Answer page) => System.Text.RegularExpressions.Regex.Replace(page.Html.QuerySelector("main")!.TextContent, @"\s+", " ");
    }

    [Fact]
    public async Task The_day_begins_with_the_requests_that_press_late_ones_first_and_those_that_wait_for_the_person_last()
    {
        var town = await Town.FoundAsync(registry);
        var today = town.Organisation.Today(TimeProvider.System);
        var waits = await TownRequest.AddAsync(registry, town, receivedOn: today.AddDays(-50));
        var fresh = await TownRequest.AddAsync(registry, town);
        var late = await TownRequest.AddAsync(registry, town, receivedOn: today.AddDays(-40));
        var over = await TownRequest.AddAsync(registry, town, receivedOn: today.AddDays(-45));
        using var correspondent = await town.EnterAsync("CORRESPONDENT");
        await StepAsync(waits, "demander-l-identite", [("Form.Reason", "Deux personnes de ce nom."), .. On(today.AddDays(-45))]);
        await StepAsync(over, "retirer", ("Form.Reason", "Elle l’a écrit."));
        using var officer = await town.EnterAsync("DPO");
        foreach (var (visit, path) in new[] { (correspondent, town.Home), (officer, "/") })
        {
            var rows = (await visit.GetAsync(path)).Html.QuerySelectorAll("table.work tbody tr").Select(row => row.TextContent).Where(row => row.Contains("Demande D-", StringComparison.Ordinal)).ToList();
            Assert.Equal(3, rows.Count);
            foreach (var (row, reference) in rows.Zip([late, fresh, waits])) Assert.Contains(reference, row);
            Assert.Contains("dépassé de", rows[0]);
            Assert.Contains("au correspondant d’accuser réception", rows[1]);
        }
        using var contributor = await town.EnterAsync("SERVICE_CONTRIBUTOR");
        Assert.DoesNotContain("Demande D-", (await contributor.GetAsync(town.Home)).Text);

        async Task StepAsync(string reference, string slug, params (string, string)[] fields)
        {
            var form = Forms.Of(await correspondent.GetAsync($"{town.Home}/demandes/{reference}/actes/{slug}")).Single();
            Assert.Equal(HttpStatusCode.Redirect, (await correspondent.PostAsync(form.Action, form.With(fields))).Status);
        }

        static (string, string)[] On(DateOnly day) => [("Form.On.Day", $"{day.Day}"), ("Form.On.Month", $"{day.Month}"), ("Form.On.Year", $"{day.Year}")];
    }

    [Theory]
    [InlineData("2026-06-01", "2026-07-01", "2026-06-16", 30)]  // fifteen days on, a Tuesday
    [InlineData("2026-06-01", "2026-06-27", "2026-06-12", 26)]  // thirteen days on is Sunday 14 June: back to the Friday
    [InlineData("2026-07-10", "2026-07-20", "2026-07-15", 10)]
    [InlineData("2026-07-10", "2026-07-18", "2026-07-13", 8)]   // 14 July is a holiday
    [InlineData("2026-06-06", "2026-06-08", "2026-06-06", 2)]   // never before today, a Saturday
    [InlineData("2026-06-10", "2026-06-01", "2026-06-10", -9)]
    public void Half_of_the_time_that_remains_ends_on_a_working_day(string today, string due, string expected, int left)
    {
        var half = HalfWay.Between(Day(today), Day(due), HolidayCalendar.For("METRO"));
        Assert.Equal((Day(expected), left), (half.On, half.DaysLeft));

        static DateOnly Day(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
    }

    private async Task<int> CountAsync(string sql, Town town)
    {
        await using var connection = await registry.SuperuserAsync();
        return await connection.ExecuteScalarAsync<int>(sql, new { town.Id });
    }
}
