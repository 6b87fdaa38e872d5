using System.Globalization;
using System.Net;
using Dapper;
using Npgsql;
using Registry.Data;
using Registry.Tests.Support;

namespace Registry.Tests.Features.Incidents;

/// <summary>One incident at a provider, one file in each body it serves: who may, whom, and what crosses (domain §3.2, X-05).</summary>
[Trait("Kind", "pages")]
public sealed class IncidentPagesTests(RegistryFixture registry)
{
    private static readonly TimeZoneInfo Paris = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");

    [Fact]
    [Trait("S", "60")]
    public async Task One_act_opens_a_file_in_each_body_with_its_own_clock_number_and_line()
    {
        var (provider, desk, a, b) = await FoundAsync();
        using var _ = desk;
        await TownBreach.AddAsync(registry, b);
        using var correspondent = await a.EnterAsync("CORRESPONDENT");
        var sent = await ReportAsync(desk, provider, ("Picked.Scope", "ALL"));
        Assert.Equal(HttpStatusCode.Redirect, sent.Status);
        await using var connection = await registry.SuperuserAsync();
        foreach (var (town, reference) in new[] { (a, 1), (b, 2) })
        {
            var file = await connection.QuerySingleAsync<(Guid Id, int Number, string Status, DateTime Aware, DateTime NotifyBy, DateTime Told, string Authority)>(
                """
                select id, number, status, aware_at, notify_by, controller_alerted_at, authority_status from app.breach where organisation_id = @Id and provider_incident_id is not null and title = 'Portail ouvert à tous'
                """, new { town.Id });
            Assert.Equal((reference, "REPORTED", "UNDECIDED"), (file.Number, file.Status, file.Authority));
            Assert.Equal((file.Told, TimeSpan.FromHours(72)), (file.Aware, file.NotifyBy - file.Aware));
            Assert.Equal(1, await connection.ExecuteScalarAsync<int>("select count(*)::int from history.event where organisation_id = @Organisation and object_id = @Id and action = 'PROVIDER_INCIDENT_REACHED' and role = 'PROCESSOR_HELPDESK'", new { Organisation = town.Id, file.Id }));
        }
        // The body reads what the provider says, and not whom else it concerns; the provider never reads the file.
        var page = await correspondent.GetAsync($"{a.Home}/violations/V-{Year}-001");
        Assert.Contains("Le portail montrait les comptes", page.Html.QuerySelector("#prestataire-h")!.Closest("section")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Syndicat de test", page.Text, StringComparison.Ordinal);
        Assert.Contains("Violation signalée par un prestataire", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(b.Name, page.Text, StringComparison.Ordinal);
        var seen = await desk.GetAsync(sent.Location!);
        Assert.Contains(a.Name, seen.Text, StringComparison.Ordinal);
        Assert.Contains("0 sur 2.", seen.Text, StringComparison.Ordinal);
        foreach (var path in new[] { $"{a.Home}/violations/V-{Year}-001", a.Home + "/violations", a.Home }) Assert.Equal(HttpStatusCode.NotFound, (await desk.GetAsync(path)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await correspondent.GetAsync(sent.Location!)).Status);
    }

    [Fact]
    [Trait("S", "92")]
    public async Task The_same_form_sent_twice_opens_each_file_once()
    {
        var (provider, desk, a, _) = await FoundAsync();
        using var visit = desk;
        var form = Forms.Of(await desk.GetAsync(provider.Home + "/incidents/nouveau")).Single();
        var first = await desk.PostAsync(form.Action, form.With([.. Facts, ("Picked.Scope", "ALL")]));
        Assert.Equal(first.Location, (await desk.PostAsync(form.Action, form.With([.. Facts, ("Picked.Scope", "ALL")]))).Location);
        Assert.Equal(1, await CountAsync("app.breach where organisation_id = @Id and provider_incident_id is not null", a.Id));
    }

    [Fact]
    public async Task A_body_that_is_not_served_is_refused_in_plain_words_and_nothing_is_lost()
    {
        var (provider, desk, a, _) = await FoundAsync();
        using var visit = desk;
        var stranger = await Town.FoundAsync(registry);
        await TownConvention.AddAsync(registry, stranger, "Projet", provider.Id, status: "DRAFT");
        var asked = await desk.GetAsync(provider.Home + "/incidents/nouveau");
        Assert.DoesNotContain(stranger.Name, asked.Text, StringComparison.Ordinal);
        var form = Forms.Of(asked).Single();
        foreach (var id in new[] { stranger.Id, Guid.NewGuid(), provider.Id })
        {
            var refused = await desk.PostAsync(form.Action, form.With([.. Facts, ("Picked.Scope", "SOME"), ("Picked.Bodies", id.ToString())]));
            Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
            Assert.Contains("n’est servie par aucune de vos conventions en cours", refused.Text, StringComparison.Ordinal);
            Assert.Equal("Portail ouvert à tous", refused.Html.QuerySelector("[name='Form.Title']")!.GetAttribute("value"));
        }
        var none = await desk.PostAsync(form.Action, form.With([.. Facts, ("Picked.Scope", "SOME")]));
        Assert.Contains("Cochez au moins une collectivité.", none.Text, StringComparison.Ordinal);
        Assert.Equal(0, await CountAsync("app.provider_incident where organisation_id = @Id", provider.Id));
        // Searching, by Enter too, sends nothing and keeps what was written and ticked.
        var found = await desk.PostAsync(form.Action, form.With([.. Facts, ("Picked.Scope", "SOME"), ("Picked.Bodies", a.Id.ToString()), ("Picked.Find", "zzzz")]));
        Assert.Single(found.Html.QuerySelectorAll("[name='Picked.Bodies'][checked]"));
        Assert.Single(found.Html.QuerySelectorAll("[name='Picked.Bodies']"));
    }

    [Fact]
    [Trait("S", "2")]
    public async Task Nobody_else_speaks_for_the_provider()
    {
        var (provider, desk, a, _) = await FoundAsync();
        using var visit = desk;
        var incident = (await ReportAsync(desk, provider, ("Picked.Scope", "ALL"))).Location!;
        var other = await Town.FoundAsync(registry);
        await TownIncident.ServesAsync(registry, other, a);
        using var foreign = await other.EnterAsync("HELPDESK_AGENT");
        using var own = await provider.EnterAsync("CORRESPONDENT");
        foreach (var path in new[] { incident, incident + "/faits", incident + "/collectivites", provider.Home + "/incidents/nouveau" })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await foreign.GetAsync(path)).Status);
            if (path != incident) Assert.Equal(HttpStatusCode.Forbidden, (await own.GetAsync(path)).Status);
        }
        // The other provider's page at its own address does not know the incident either, though it serves the same body.
        Assert.Equal(HttpStatusCode.NotFound, (await foreign.GetAsync(incident.Replace(provider.Slug, other.Slug, StringComparison.Ordinal))).Status);
        Assert.DoesNotContain("Portail ouvert", (await foreign.GetAsync(other.Home + "/incidents")).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await own.GetAsync(incident)).Status);
        using var auditor = await provider.EnterAsync("AUDITOR");
        Assert.Equal(HttpStatusCode.Forbidden, (await auditor.GetAsync(incident)).Status);
    }

    [Fact]
    [Trait("S", "51")]
    public async Task The_database_lets_this_crossing_pass_and_no_other()
    {
        var (provider, desk, a, _) = await FoundAsync();
        desk.Dispose();
        var stranger = await Town.FoundAsync(registry);
        var person = await provider.AppointAsync("HELPDESK_AGENT");
        var (open, _) = (await provider.AppointAsync("CORRESPONDENT"), 0);
        var reference = await TownIncident.AddAsync(registry, provider);
        await using var superuser = await registry.SuperuserAsync();
        var incident = await superuser.ExecuteScalarAsync<Guid>("select id from app.provider_incident where organisation_id = @Id", new { provider.Id });
        const string opening = "select * from app.open_incident_files(@provider, @incident, array[@body], array[2026], array[now()], array[now()], now(), '{}', 'Test')";
        // Not served; not her provider; not hers to say.
        foreach (var (who, as_, body) in new[] { (person, provider.Id, stranger.Id), (person, a.Id, provider.Id), (open, provider.Id, a.Id) })
            Assert.Equal("42501", await RefusedAsync(Scope.ForPerson(who), opening, new { provider = as_, incident, body }));
        Assert.Equal("42501", await RefusedAsync(Scope.ForPerson(open), "select * from app.tell_incident_files(@Id, @incident)", new { provider.Id, incident }));
        foreach (var statement in new[]
            {
                "insert into provider_incident_file (organisation_id, incident_id, reached_id, keeper_id, convention_id, target_hours, told_at, passage) select @Id, @incident, @stranger, keeper_id, convention_id, 24, now(), pg_current_xact_id() from provider_incident_file",
                "update provider_incident_file set passage = pg_current_xact_id()",
                // Without the functions in this very transaction the chain of the body is out of reach; with them it takes the two lines on that file alone.
                "select * from history.head(@body)",
                "select * from app.tell_incident_files(@Id, @incident); select history.append(@body, h.sequence + 1, h.hash, now(), @person, 'DPO', 'BREACH_CHANGED', 'BREACH', @incident, 'OK', '', '', 'x', sha256('x'), '', '', '') from history.head(@body) h",
            })
            Assert.Equal("42501", await RefusedAsync(Scope.ForPerson(person), statement, new { provider.Id, incident, stranger = stranger.Id, body = a.Id, person }));
        Assert.Equal((0, 1), await registry.WorkAsync(Scope.ForPerson(person), async (db, _) => await (await db.OpenAsync()).QuerySingleAsync<(int, int)>(
            "select (select count(*)::int from breach), (select count(*)::int from provider_incident where title = 'Portail ouvert à tous')")));
        // The body itself sees its own line of the incident, not that of its neighbour.
        Assert.Equal(1, await registry.WorkAsync(Scope.ForOrganisation(a.Id), async (db, _) => await (await db.OpenAsync()).ExecuteScalarAsync<int>("select count(*)::int from provider_incident_file")));
        Assert.StartsWith("IP-", reference, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Shared_facts_reach_all_files_and_touch_nothing_of_theirs()
    {
        var (provider, desk, a, b) = await FoundAsync();
        using var visit = desk;
        using var manager = await provider.EnterAsync("CONTRACT_MANAGER");
        var incident = (await ReportAsync(desk, provider, ("Picked.Scope", "ALL"))).Location!;
        await a.WriteAsync("update breach set sheet = jsonb_set(sheet, '{facts,description}', '\"Nos propres mots\"'), status = 'ASSESSING', version = version + 1 where organisation_id = @id", a.Id);
        var (one, two) = (Forms.Of(await desk.GetAsync(incident + "/faits")).Single(), Forms.Of(await manager.GetAsync(incident + "/faits")).Single());
        var known = ("Form.MeasuresTaken", "Portail coupé à 17 h 50");
        Assert.Equal(incident, (await desk.PostAsync(one.Action, one.With(known, ("Form.Systems", "Portail\nBase des comptes")))).Location);
        var late = await manager.PostAsync(two.Action, two.With(("Form.MeasuresTaken", "Autre texte")));
        Assert.Equal(HttpStatusCode.Conflict, late.Status);
        Assert.Equal("Autre texte", late.Html.QuerySelector("[name='Form.MeasuresTaken']")!.TextContent.Trim());
        var again = Forms.Of(late).Single();
        Assert.Equal(incident, (await manager.PostAsync(again.Action, again.With(("Form.MeasuresTaken", "Portail coupé, comptes vérifiés")))).Location);
        foreach (var town in new[] { a, b })
        {
            using var correspondent = await town.EnterAsync("CORRESPONDENT");
            var page = await correspondent.GetAsync($"{town.Home}/violations/V-{Year}-001");
            Assert.Contains("comptes vérifiés", page.Text, StringComparison.Ordinal);
            Assert.Contains("Ce qu’il disait avant (2)", page.Text, StringComparison.Ordinal);
            Assert.Equal(town == a, page.Text.Contains("Nos propres mots", StringComparison.Ordinal));
            Assert.Equal(2, await CountAsync("history.event where organisation_id = @Id and action = 'PROVIDER_INCIDENT_SHARED'", town.Id));
        }
        Assert.Equal(1, await CountAsync("app.breach where organisation_id = @Id and status = 'ASSESSING' and version = 2", a.Id));
        // Nothing new is no line.
        var same = Forms.Of(await desk.GetAsync(incident + "/faits")).Single();
        Assert.Equal(incident, (await desk.PostAsync(same.Action, same.With())).Location);
        Assert.Equal(3, await CountAsync("app.provider_incident_state where organisation_id = @Id", provider.Id));
        Assert.Contains("Le dossier est pris en charge.", (await desk.GetAsync(incident)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hundred_bodies_are_reached_in_one_transaction()
    {
        var provider = await Town.FoundAsync(registry);
        var clients = await TownIncident.ManyClientsAsync(registry, provider, 100);
        using var desk = await provider.EnterAsync("HELPDESK_AGENT");
        var form = Forms.Of(await desk.GetAsync(provider.Home + "/incidents/nouveau")).Single();
        var sent = await desk.PostAsync(form.Action, form.With([.. Facts, ("Picked.Scope", "ALL")]));
        Assert.Equal(HttpStatusCode.Redirect, sent.Status);
        await using var connection = await registry.SuperuserAsync();
        Assert.Equal((100, 1), await connection.QuerySingleAsync<(int, int)>("select count(*)::int, count(distinct xmin::text)::int from app.breach where organisation_id = any(@clients) and number = 1", new { clients = clients.ToArray() }));
        Assert.Equal((100, 1), await connection.QuerySingleAsync<(int, int)>("select count(*)::int, count(distinct xmin::text)::int from history.event where organisation_id = any(@clients) and action = 'PROVIDER_INCIDENT_REACHED'", new { clients = clients.ToArray() }));
        Assert.Contains("0 sur 100", (await desk.GetAsync(provider.Home + "/incidents")).Html.QuerySelector("main table")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("0 sur 100", (await desk.GetAsync(sent.Location!)).Text, StringComparison.Ordinal);
        // The officer of all of them: one line of her day for the hundred, and every file behind it, page by page.
        var seat = await Town.FoundAsync(registry);
        await connection.ExecuteAsync(
            "set session_replication_role = replica; insert into app.mutualisation (area_id, organisation_id, from_on) select @AreaId, unnest(@clients::uuid[]), '2024-01-01'; set session_replication_role = origin",
            new { seat.AreaId, clients = clients.ToArray() });
        using var officer = await seat.EnterAsync("DPO");
        Assert.Contains("et 99 autres organismes", (await officer.GetAsync("/")).Html.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        var found = (await officer.GetAsync("/violations")).Html.QuerySelectorAll("main table a").First(one => one.TextContent.Contains("IP-", StringComparison.Ordinal)).GetAttribute("href")!;
        var files = new HashSet<string>();
        for (var page = 1; page <= 4; page++)
            files.UnionWith((await officer.GetAsync($"{found}&page={page}")).Html.QuerySelectorAll("main table a[href*='/violations/V-']").Select(link => link.GetAttribute("href")!));
        Assert.Equal(100, files.Count);
    }

    [Fact]
    public async Task More_bodies_are_reached_later_and_their_clock_begins_then()
    {
        var (provider, desk, a, b) = await FoundAsync();
        using var visit = desk;
        var incident = (await ReportAsync(desk, provider, ("Picked.Scope", "SOME"), ("Picked.Bodies", a.Id.ToString()))).Location!;
        Assert.Equal(0, await CountAsync("app.breach where organisation_id = @Id", b.Id));
        var page = await desk.GetAsync(incident + "/collectivites");
        Assert.DoesNotContain(a.Name, page.Html.QuerySelector("main form")!.TextContent, StringComparison.Ordinal);
        var form = Forms.Of(page).Single();
        Assert.Equal(incident, (await desk.PostAsync(form.Action, form.With(("Picked.Scope", "ALL")))).Location);
        await using var connection = await registry.SuperuserAsync();
        var told = await connection.QuerySingleAsync<(DateTime A, DateTime B)>("select (select aware_at from app.breach where organisation_id = @a), (select aware_at from app.breach where organisation_id = @b)", new { a = a.Id, b = b.Id });
        Assert.True(told.B > told.A);
        Assert.Contains("Toutes sont alertées", (await desk.GetAsync(incident + "/collectivites")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_officer_sees_all_files_of_an_incident_at_once()
    {
        var (provider, desk, a, _) = await FoundAsync();
        using var visit = desk;
        await TownBreach.AddAsync(registry, a, "Autre affaire");
        using var officer = await a.EnterAsync("DPO");
        await ReportAsync(desk, provider, ("Picked.Scope", "ALL"));
        var all = await officer.GetAsync("/violations");
        Assert.Contains("Autre affaire", all.Text, StringComparison.Ordinal);
        var link = all.Html.QuerySelectorAll("main table a").Single(one => one.TextContent.Contains("IP-", StringComparison.Ordinal)).GetAttribute("href")!;
        var one = await officer.GetAsync(link);
        Assert.Contains("Portail ouvert à tous", one.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Autre affaire", one.Text, StringComparison.Ordinal);
    }

    private static string Year => TimeZoneInfo.ConvertTime(DateTimeOffset.UtcNow, Paris).Year.ToString(CultureInfo.InvariantCulture);

    private static (string, string)[] Facts { get; } = [("Form.Title", "Portail ouvert à tous"), ("Form.Description", "Le portail montrait les comptes d’autres foyers."), ("Form.DataCategories", "CONTACT")];

    private static async Task<Answer> ReportAsync(Visit desk, Town provider, params (string, string)[] bodies)
    {
        var form = Forms.Of(await desk.GetAsync(provider.Home + "/incidents/nouveau")).Single();
        return await desk.PostAsync(form.Action, form.With([.. Facts, .. bodies]));
    }

    private async Task<(Town Provider, Visit Desk, Town A, Town B)> FoundAsync()
    {
        var (provider, a, b) = (await Town.FoundAsync(registry), await Town.FoundAsync(registry), await Town.FoundAsync(registry));
        await TownIncident.ServesAsync(registry, provider, a, b);
        return (provider, await provider.EnterAsync("HELPDESK_AGENT"), a, b);
    }

    private async Task<int> CountAsync(string what, Guid id)
    {
        await using var connection = await registry.SuperuserAsync();
        return await connection.ExecuteScalarAsync<int>($"select count(*)::int from {what}", new { Id = id });
    }

    private async Task<string?> RefusedAsync(Scope scope, string statement, object values)
    {
        try
        {
            await registry.WorkAsync(scope, async (db, _) => await (await db.OpenAsync()).ExecuteAsync(statement, values));
            return null;
        }
        catch (PostgresException refused)
        {
            return refused.SqlState;
        }
    }
}
