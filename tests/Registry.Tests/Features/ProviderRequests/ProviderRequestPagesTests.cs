using System.Globalization;
using System.Net;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Registry.Data;
using Registry.Features.ProviderRequests;
using Registry.Tests.Support;

namespace Registry.Tests.Features.ProviderRequests;

/// <summary>Requests to a provider through the real server: who may ask, who carries out, what each side sees, what is kept.</summary>
[Trait("Kind", "pages")]
public sealed class ProviderRequestPagesTests(RegistryFixture registry)
{
    [Fact]
    public async Task Asked_by_the_correspondent_carried_out_by_the_help_desk_notified_at_once_and_all_of_it_in_the_chain()
    {
        var (town, provider, convention) = await PairAsync();
        using var correspondent = await town.EnterAsync("CORRESPONDENT");
        using var helpdesk = await provider.EnterAsync("HELPDESK_AGENT");
        var form = Forms.Of(await correspondent.GetAsync(town.Home + "/demandes-au-prestataire/habilitation")).Single();
        var filled = form.With(Fields(convention));
        var sent = await correspondent.PostAsync(form.Action, filled);
        Assert.True(sent.Status == HttpStatusCode.Redirect, sent.ToString());
        Assert.EndsWith($"/HAB-{DateTime.UtcNow.Year}-001", sent.Location, StringComparison.Ordinal);
        Assert.Equal(sent.Location, (await correspondent.PostAsync(form.Action, filled)).Location);
        Assert.Equal(1, await CountAsync("select count(*) from app.provider_request where organisation_id = @Id and status = 'SUBMITTED'", town));
        Assert.Contains("Correspondant", (await correspondent.GetAsync(sent.Location!)).Html.QuerySelector("#demande")!.TextContent);
        Assert.Equal(1, await CountAsync("select count(*) from app.alert where organisation_id = @Id and code = 'AL_PROVIDER_REQUEST_NEW'", provider));

        var queue = await helpdesk.GetAsync(provider.Home + "/assistance");
        var ticket = queue.Html.QuerySelector("tbody th a")!.GetAttribute("href")!;
        Assert.Contains(town.Name, queue.Text);
        // Nothing else of the town: neither its pages nor the request's page there.
        foreach (var closed in new[] { town.Home, town.Home + "/traitements", sent.Location! }) Assert.Equal(HttpStatusCode.NotFound, (await helpdesk.GetAsync(closed)).Status);
        var page = await helpdesk.GetAsync(ticket);
        Assert.Contains("Camille Exemple", page.Text);
        Assert.Equal(HttpStatusCode.Redirect, (await helpdesk.PressAsync(page, ProviderRequestStates.Take)).Status);
        page = await helpdesk.GetAsync(ticket);
        var empty = await helpdesk.PressAsync(page, ProviderRequestStates.Execute);
        Assert.Equal(HttpStatusCode.BadRequest, empty.Status);
        Assert.Contains("Écrivez ce qui a été fait", empty.Text);
        Assert.Equal(HttpStatusCode.Redirect, (await helpdesk.PressAsync(page, ProviderRequestStates.Execute, ("Form.Text", "Compte ouvert en saisie."))).Status);

        var read = await correspondent.GetAsync(sent.Location!);
        Assert.Contains("Notifiée", read.Html.QuerySelector(".lead")!.TextContent);
        Assert.Contains("Compte ouvert en saisie.", read.Text);
        Assert.Contains("HAB-", (await correspondent.GetAsync("/rappels")).Text);
        Assert.Equal(1, await CountAsync("select count(*) from app.outbox_mail where organisation_id = @Id and subject like '%HAB-%' and body not like '%Camille%'", town));
        Assert.Equal(0, await CountAsync("select count(*) from app.notice where organisation_id = @Id and mailed_at is null", town));
        Assert.Equal(["PROVIDER_REQUEST_SUBMITTED", "PROVIDER_REQUEST_STEPPED", "PROVIDER_REQUEST_STEPPED", "PROVIDER_REQUEST_NOTIFIED"],
            await TextsAsync("select action from history.event where organisation_id = @Id and object_type = 'PROVIDER_REQUEST' order by sequence", town));
        Assert.Equal(2, await CountAsync("select count(*) from history.event where organisation_id = @Id and action = 'PROVIDER_REQUEST_STEPPED' and role = 'PROCESSOR_HELPDESK' and person_id is not null", town));
    }

    [Fact]
    public async Task After_the_end_of_a_convention_nobody_is_let_in_any_more_and_what_closes_is_still_asked()
    {
        var (town, _, convention) = await PairAsync();
        await using var connection = await registry.SuperuserAsync();
        await connection.ExecuteAsync("set session_replication_role = replica; update app.convention set status = 'REVERSIBILITY' where id = @convention; set session_replication_role = origin", new { convention });
        using var correspondent = await town.EnterAsync("CORRESPONDENT");
        var form = Forms.Of(await correspondent.GetAsync(town.Home + "/demandes-au-prestataire/habilitation")).Single();
        var refused = await correspondent.PostAsync(form.Action, form.With([.. Fields(convention)]));
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Contains("Cette convention a pris fin", refused.Text);
        Assert.Equal(HttpStatusCode.Redirect, (await correspondent.PostAsync(form.Action, form.With([.. Fields(convention).Where(field => field.Name != "Form.Kind"), ("Form.Kind", "REVOKE_ACCESS")]))).Status);
        // The database holds the same, whoever writes.
        var added = await Assert.ThrowsAsync<Npgsql.PostgresException>(() => registry.WorkAsync(Scope.ForOrganisation(town.Id), async (db, _) => await (await db.OpenAsync()).ExecuteAsync(
            "insert into provider_request select (jsonb_populate_record(r, jsonb_build_object('id', gen_random_uuid(), 'number', 900, 'kind', 'GRANT_ACCESS'))).* from provider_request r where organisation_id = @Id", new { town.Id })));
        Assert.Contains("restitution_only_add", added.Message, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("S", "3")]
    public async Task Whoever_is_not_designated_is_rejected_kept_logged_and_told_who_may_ask()
    {
        var (town, provider, convention) = await PairAsync();
        using var correspondent = await town.EnterAsync("CORRESPONDENT");
        using var helpdesk = await provider.EnterAsync("HELPDESK_AGENT");
        foreach (var (kind, delegations, authorised) in new (string, string[], bool)[]
            {
                ("SERVICE_CONTRIBUTOR", [], false), ("LEGAL_REPRESENTATIVE", [], false), ("DPO", [], false), ("CORRESPONDENT_DELEGATE", ["RESTORATIONS"], false), ("CORRESPONDENT_DELEGATE", ["ACCESS_REQUESTS"], true),
            })
        {
            using var visit = await town.EnterAsync(kind, delegations);
            var page = await visit.GetAsync(town.Home + "/demandes-au-prestataire/habilitation");
            Assert.Equal(authorised, page.Html.QuerySelector("button[value=transmettre]") is not null);
            var form = Forms.Of(page).Single();
            var sent = await visit.PostAsync(form.Action, form.With([.. Fields(convention).Where(field => field.Name != "Form.System"), ("Form.System", kind + authorised)]));
            Assert.True(sent.Status == HttpStatusCode.Redirect, sent.ToString());
            var status = (await TextsAsync($"select status from app.provider_request where organisation_id = @Id and system = '{kind}{authorised}'", town)).Single();
            Assert.Equal(authorised ? "SUBMITTED" : "REJECTED_NOT_AUTHORISED", status);
            var read = await visit.GetAsync(sent.Location!);
            Assert.Equal(HttpStatusCode.OK, read.Status);
            if (authorised) continue;
            Assert.Contains("n’est ni le correspondant désigné ni son délégataire", read.Text);
            Assert.Contains("Adressez-vous à", read.Text);
        }
        Assert.Equal(4, await CountAsync("select count(*) from history.event where organisation_id = @Id and action = 'PROVIDER_REQUEST_REJECTED' and outcome = 'REFUSED'", town));
        var queue = (await helpdesk.GetAsync(provider.Home + "/assistance")).Text;
        Assert.Contains("CORRESPONDENT_DELEGATETrue", queue);
        Assert.DoesNotContain("False", queue);
        using var auditor = await town.EnterAsync("AUDITOR");
        Assert.Equal(HttpStatusCode.Forbidden, (await auditor.GetAsync(town.Home + "/demandes-au-prestataire/habilitation")).Status);
    }

    [Fact]
    public async Task A_wish_of_a_contributor_stays_a_draft_that_the_correspondent_hands_over()
    {
        var (town, provider, convention) = await PairAsync();
        using var correspondent = await town.EnterAsync("CORRESPONDENT");
        using var contributor = await town.EnterAsync("SERVICE_CONTRIBUTOR");
        using var other = await town.EnterAsync("SERVICE_CONTRIBUTOR");
        using var helpdesk = await provider.EnterAsync("HELPDESK_AGENT");
        var form = Forms.Of(await contributor.GetAsync(town.Home + "/demandes-au-prestataire/habilitation")).Single();
        var kept = await contributor.PostAsync(form.Action, form.With([.. Fields(convention).Where(field => field.Name != "next"), ("next", "garder")]));
        Assert.Contains("Brouillon", (await contributor.GetAsync(kept.Location!)).Text);
        Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync(kept.Location!)).Status);
        Assert.DoesNotContain("HAB-", (await helpdesk.GetAsync(provider.Home + "/assistance")).Text);
        var draft = await correspondent.GetAsync(kept.Location + "/modifier");
        var sent = await correspondent.PressAsync(draft, "transmettre", ("Form.AccessLevel", "Lecture seule"));
        Assert.Equal(kept.Location, sent.Location);
        Assert.Contains("Lecture seule", (await correspondent.GetAsync(sent.Location!)).Text);
        Assert.Contains("HAB-", (await helpdesk.GetAsync(provider.Home + "/assistance")).Text);
        Assert.Equal(HttpStatusCode.Conflict, (await correspondent.GetAsync(kept.Location + "/modifier")).Status);
        // Nobody has begun: it can be taken back.
        var cancelled = await correspondent.PressAsync(await correspondent.GetAsync(kept.Location!), "Annuler la demande", ("Form.Reason", "Départ annoncé"));
        Assert.Equal(HttpStatusCode.Redirect, cancelled.Status);
        Assert.Equal(["CANCELLED"], await TextsAsync("select status from app.provider_request where organisation_id = @Id", town));
    }

    [Fact]
    public async Task What_cannot_be_is_said_by_its_field_and_nothing_typed_is_lost()
    {
        var (town, provider, convention) = await PairAsync();
        var stranger = await Town.FoundAsync(registry);
        var foreign = await TownProviderRequest.ConventionAsync(registry, stranger, provider);
        using var correspondent = await town.EnterAsync("CORRESPONDENT");
        var form = Forms.Of(await correspondent.GetAsync(town.Home + "/demandes-au-prestataire/habilitation")).Single();
        var today = DateOnly.FromDateTime(DateTime.UtcNow);
        async Task<Answer> SendAsync(params (string Name, string Value)[] changed) =>
            await correspondent.PostAsync(form.Action, form.With([.. Fields(convention).Where(field => changed.All(other => other.Name != field.Name)), .. changed]));

        var old = await SendAsync([("Form.Kind", "REQUEST_CONNECTION_LOGS"), .. Day("Form.LogsFrom", today.AddMonths(-12).AddDays(-2)), .. Day("Form.LogsTo", today.AddDays(-1))]);
        Assert.Equal(HttpStatusCode.BadRequest, old.Status);
        Assert.Contains("douze mois", old.Html.QuerySelector(".error-summary, [role=alert]")?.TextContent ?? old.Text);
        Assert.Equal("Camille Exemple", old.Html.QuerySelector("input[name='Form.PersonName']")!.GetAttribute("value"));
        Assert.Contains("Indiquez le premier jour des traces", (await SendAsync(("Form.Kind", "REQUEST_CONNECTION_LOGS"))).Text);
        Assert.Contains("La fin est avant le début", (await SendAsync([.. Day("Form.ValidFrom", today), .. Day("Form.ValidTo", today.AddDays(-1))])).Text);
        foreach (var none in new[] { foreign.ToString(), Guid.NewGuid().ToString(), "x" }) Assert.Contains("Aucune convention en cours", (await SendAsync(("Form.Provider", none))).Text);
        Assert.Contains("caractère invisible", (await SendAsync(("Form.PersonName", "Cam\u0007ille"))).Text);
        Assert.Contains("Écrivez pourquoi", (await SendAsync(("Form.Reason", " "))).Text);
        Assert.Equal(0, await CountAsync("select count(*) from app.provider_request where organisation_id = @Id", town));
        // A convention that has ended serves nobody.
        await town.WriteAsync("update convention set status = 'CLOSED' where id = @id", convention);
        Assert.Contains("Aucun prestataire à qui demander", (await correspondent.GetAsync(town.Home + "/demandes-au-prestataire/habilitation")).Text);
    }

    [Fact]
    [Trait("S", "5")]
    public async Task Two_who_take_it_at_once_are_one_and_the_second_is_told()
    {
        var (town, provider, _) = await PairAsync();
        var (_, id) = await TownProviderRequest.AddAsync(registry, town, provider, "Paie");
        using var first = await provider.EnterAsync("HELPDESK_AGENT");
        using var second = await provider.EnterAsync("HELPDESK_AGENT");
        var path = $"{provider.Home}/assistance/{id}";
        var (one, two) = (await first.GetAsync(path), await second.GetAsync(path));
        Assert.Equal(HttpStatusCode.Redirect, (await first.PressAsync(one, ProviderRequestStates.Take)).Status);
        var late = await second.PressAsync(two, ProviderRequestStates.Take);
        Assert.Equal(HttpStatusCode.Conflict, late.Status);
        Assert.Contains("a pris cette demande en charge entre-temps", late.Text);
        Assert.Equal(1, await CountAsync("select count(*) from history.event where organisation_id = @Id and action = 'PROVIDER_REQUEST_STEPPED'", town));
        // Out of order: 409, nothing changed. Notified is the program's own step.
        var form = Forms.Of(await first.GetAsync(path))[0];
        foreach (var move in new[] { ProviderRequestStates.Notify, ProviderRequestStates.Archive, ProviderRequestStates.Fail, "inconnu", TicketModel.Action })
            Assert.Equal(HttpStatusCode.Conflict, (await first.PostAsync(path, form.With(("Form.Move", move), ("Form.Text", "x"), ("Form.Seen", "2")))).Status);
        Assert.Equal(["IN_PROGRESS"], await TextsAsync("select status from app.provider_request where organisation_id = @Id", town));
        using var manager = await provider.EnterAsync("CONTRACT_MANAGER");
        Assert.Equal(HttpStatusCode.OK, (await manager.GetAsync(path)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await manager.PostAsync(path, Forms.Of(await manager.GetAsync(path))[0].With(("Form.Move", ProviderRequestStates.Execute), ("Form.Text", "x")))).Status);
    }

    [Fact]
    [Trait("S", "51")]
    public async Task The_database_keeps_the_crossing_narrow()
    {
        var (town, provider, convention) = await PairAsync();
        var stranger = await Town.FoundAsync(registry);
        var (_, id) = await TownProviderRequest.AddAsync(registry, town, provider, "Paie");
        var (_, draft) = await TownProviderRequest.AddAsync(registry, town, provider, "Brouillon", "DRAFT");
        using var foreign = await stranger.EnterAsync("HELPDESK_AGENT");
        Assert.Equal(HttpStatusCode.NotFound, (await foreign.GetAsync($"{stranger.Home}/assistance/{id}")).Status);
        var agent = await provider.AppointAsync("HELPDESK_AGENT");
        var contributor = await town.AppointAsync("SERVICE_CONTRIBUTOR");
        Assert.Equal(1, await AsAsync(agent, "select count(*) from app.provider_request"));
        Assert.Equal(0, await AsAsync(agent, $"select count(*) from app.organisation where id = '{town.Id}'"));
        Assert.Equal(0, await AsAsync(await stranger.AppointAsync("HELPDESK_AGENT"), "select count(*) from app.provider_request"));
        // Neither the words, nor a draft, nor the steps that are not hers; nor may somebody hand over whom nobody designated.
        foreach (var (person, sql) in new[]
            {
                (agent, $"with x as (update app.provider_request set system = 'Autre', status = 'IN_PROGRESS' where id = '{id}' returning 1) select count(*) from x"),
                (agent, $"with x as (update app.provider_request set status = 'ARCHIVED' where id = '{id}' returning 1) select count(*) from x"),
                (agent, $"select sequence from history.head('{stranger.Id}')"),
                (contributor, $"with x as (update app.provider_request set status = 'SUBMITTED', submitted_at = now() where id = '{draft}' returning 1) select count(*) from x"),
            })
            Assert.Equal("42501", (await Assert.ThrowsAsync<PostgresException>(() => AsAsync(person, sql))).SqlState);
        Assert.Equal(0, await AsAsync(agent, $"with x as (update app.provider_request set status = 'IN_PROGRESS' where id = '{draft}' returning 1) select count(*) from x"));
        // In the chain of whom she helps she says what she did for a request, nothing else.
        foreach (var (type, subject) in new[] { ("RECORD", id), (ProviderRequest.ObjectType, Guid.NewGuid()) })
            Assert.Equal("42501", (await Assert.ThrowsAsync<PostgresException>(() => registry.WorkAsync(Scope.ForPerson(agent), async (db, journal) =>
            {
                await db.OpenAsync();
                journal.Record(new Registry.History.Event(town.Id, "PROVIDER_REQUEST_STEPPED", type, subject, new Registry.History.EventDetails()));
                return 0;
            }))).SqlState);
        // once the convention has closed, only what she did herself; its chain is closed to her too.
        await town.WriteAsync("update provider_request set status = 'IN_PROGRESS', taken_by_id = requested_by_id where id = @id", id);
        await town.WriteAsync("update convention set status = 'CLOSED' where id = @id", convention);
        Assert.Equal(0, await AsAsync(agent, "select count(*) from app.provider_request"));
        Assert.Equal("42501", (await Assert.ThrowsAsync<PostgresException>(() => AsAsync(agent, $"select sequence from history.head('{town.Id}')"))).SqlState);
        await using var super = await registry.SuperuserAsync();
        await super.ExecuteAsync("set session_replication_role = replica; update app.provider_request set taken_by_id = @agent where id = @id", new { agent, id });
        Assert.Equal(1, await AsAsync(agent, "select count(*) from app.provider_request"));
    }

    [Fact]
    public async Task A_restoration_is_asked_done_action_by_action_and_read_by_whoever_asked()
    {
        var (town, provider, convention) = await PairAsync();
        using var delegated = await town.EnterAsync("CORRESPONDENT_DELEGATE", ["RESTORATIONS"]);
        using var helpdesk = await provider.EnterAsync("HELPDESK_AGENT");
        var form = Forms.Of(await delegated.GetAsync(town.Home + "/demandes-au-prestataire/restauration")).Single();
        (string, string)[] fields = [("Form.With", convention.ToString()), ("Form.System", "Serveur de fichiers"), ("Form.Scope", "Le dossier Urbanisme"), ("Form.Reason", "Effacé par erreur")];
        var future = await delegated.PostAsync(form.Action, form.With([.. fields, .. Day("Form.PointInTime", DateOnly.FromDateTime(DateTime.UtcNow.AddDays(3)))]));
        Assert.Contains("dans le futur", future.Text);
        var sent = await delegated.PostAsync(form.Action, form.With([.. fields, .. Day("Form.PointInTime", DateOnly.FromDateTime(DateTime.UtcNow.AddDays(-3)))]));
        Assert.EndsWith($"/RES-{DateTime.UtcNow.Year}-001", sent.Location, StringComparison.Ordinal);
        var ticket = (await helpdesk.GetAsync(provider.Home + "/assistance")).Html.QuerySelector("tbody th a")!.GetAttribute("href")!;
        await helpdesk.PressAsync(await helpdesk.GetAsync(ticket), ProviderRequestStates.Take);
        await helpdesk.PressAsync(await helpdesk.GetAsync(ticket), TicketModel.Action, ("Form.Text", "Bande du 12 montée"));
        Assert.Contains("Bande du 12 montée", (await delegated.GetAsync(sent.Location!)).Text);
        await helpdesk.PressAsync(await helpdesk.GetAsync(ticket), ProviderRequestStates.Fail, ("Form.Text", "La bande est illisible."));
        var read = (await delegated.GetAsync(sent.Location!)).Text;
        Assert.Contains("La bande est illisible.", read);
        Assert.Equal(["NOTIFIED"], await TextsAsync("select status from app.provider_request where organisation_id = @Id", town));
        Assert.Equal(2, await CountAsync("select count(*) from app.provider_request_entry where organisation_id = @Id", town));
        Assert.Equal(1, await CountAsync("select count(*) from app.outbox_mail where organisation_id = @Id and subject like '%RES-%'", town));
        // Asking for access is not in her letter.
        var access = Forms.Of(await delegated.GetAsync(town.Home + "/demandes-au-prestataire/habilitation")).Single();
        await delegated.PostAsync(access.Action, access.With(Fields(convention)));
        Assert.Equal(1, await CountAsync("select count(*) from app.provider_request where organisation_id = @Id and status = 'REJECTED_NOT_AUTHORISED'", town));
    }

    [Fact]
    public async Task A_restoration_of_the_provider_is_announced_with_its_cost_before_it_begins()
    {
        var (town, provider, convention) = await PairAsync();
        using var correspondent = await town.EnterAsync("CORRESPONDENT");
        using var helpdesk = await provider.EnterAsync("HELPDESK_AGENT");
        var form = Forms.Of(await helpdesk.GetAsync(provider.Home + "/assistance/restauration")).Single();
        (string Name, string Value)[] fields =
        [
            ("Form.With", $"{convention}/{town.Id}"), ("Form.System", "Base des délibérations"), ("Form.Scope", "Toute la base"), ("Form.Reason", "Disque défaillant"), .. Day("Form.PointInTime", DateOnly.FromDateTime(DateTime.UtcNow.AddDays(-1))),
        ];
        var bare = await helpdesk.PostAsync(form.Action, form.With(fields));
        Assert.Equal(HttpStatusCode.BadRequest, bare.Status);
        Assert.Contains("Dites ce que l’organisme en subira", bare.Text);
        Assert.Contains("Dites combien de temps", bare.Text);
        var foreign = await helpdesk.PostAsync(form.Action, form.With([.. fields.Where(field => field.Name != "Form.With"), ("Form.With", $"{convention}/{provider.Id}"), ("Form.Impact", "x1"), ("Form.ExpectedDelay", "1 h")]));
        Assert.Contains("Aucune convention en cours", foreign.Text);
        var told = await helpdesk.PostAsync(form.Action, form.With([.. fields, ("Form.Impact", "Deux heures sans application"), ("Form.ExpectedDelay", "deux heures")]));
        Assert.True(told.Status == HttpStatusCode.Redirect, told.ToString());
        // Told at once, by mail and on the first page, before anybody can begin.
        Assert.Equal(1, await CountAsync("select count(*) from app.provider_request where organisation_id = @Id and told_at is not null and status = 'SUBMITTED'", town));
        Assert.True(await CountAsync("select count(*) from app.outbox_mail where organisation_id = @Id and subject like '%RES-%'", town) >= 1);
        var list = await correspondent.GetAsync(town.Home + "/demandes-au-prestataire");
        var page = await correspondent.GetAsync(list.Html.QuerySelector("tbody th a")!.GetAttribute("href")!);
        Assert.Contains("Deux heures sans application", page.Text);
        await helpdesk.PressAsync(await helpdesk.GetAsync(told.Location!), ProviderRequestStates.Take);
        await helpdesk.PressAsync(await helpdesk.GetAsync(told.Location!), ProviderRequestStates.Execute, ("Form.Text", "Base remontée, contrôlée."));
        Assert.Equal(["NOTIFIED"], await TextsAsync("select status from app.provider_request where organisation_id = @Id", town));
        // Untold, it does not begin.
        var (_, untold) = await TownProviderRequest.AddAsync(registry, town, provider, "Autre", nature: ProviderRequest.RestorationNature);
        await using var super = await registry.SuperuserAsync();
        await super.ExecuteAsync("set session_replication_role = replica; update app.provider_request set origin = 'PROVIDER' where id = @untold", new { untold });
        var early = await helpdesk.PressAsync(await helpdesk.GetAsync($"{provider.Home}/assistance/{untold}"), ProviderRequestStates.Take);
        Assert.Equal(HttpStatusCode.BadRequest, early.Status);
        Assert.Contains("n’est pas encore prévenu", early.Text);
    }

    [Fact]
    [Trait("S", "94")]
    public async Task The_program_notifies_what_a_stop_had_left_and_archives_after_thirty_days_once()
    {
        var (town, provider, _) = await PairAsync();
        var (_, left) = await TownProviderRequest.AddAsync(registry, town, provider, "Paie", "EXECUTED");
        var (_, old) = await TownProviderRequest.AddAsync(registry, town, provider, "Urbanisme", "NOTIFIED");
        var course = registry.Services.GetRequiredService<ProviderRequestCourse>();
        Assert.True(await course.SettleAsync(town.Id, left));
        Assert.False(await course.SettleAsync(town.Id, left));
        Assert.False(await course.SettleAsync(town.Id, old));
        await town.WriteAsync("update provider_request set notified_at = now() - interval '31 days' where id = @id", old);
        Assert.True(await course.SettleAsync(town.Id, old));
        Assert.False(await course.SettleAsync(town.Id, old));
        Assert.Equal(["ARCHIVED", "NOTIFIED"], (await TextsAsync("select status from app.provider_request where organisation_id = @Id", town)).Order());
    }

    [Fact]
    [Trait("S", "65")]
    public async Task The_journal_of_a_period_leaves_with_its_line_in_the_history()
    {
        var (town, provider, _) = await PairAsync();
        await TownProviderRequest.AddAsync(registry, town, provider, "=Paie");
        using var officer = await town.EnterAsync("DPO");
        var page = await officer.GetAsync(town.Home + "/demandes-au-prestataire/exporter");
        var form = Forms.Of(page).Single();
        var csv = await officer.PostAsync(form.Action, form.With(("Form.Format", "csv")));
        Assert.Equal("text/csv", csv.Raw.Content.Headers.ContentType!.MediaType);
        Assert.Contains("HAB-", csv.Html.Source.Text);
        Assert.DoesNotContain(";=Paie", csv.Html.Source.Text);
        Assert.Equal(HttpStatusCode.OK, (await officer.PostAsync(form.Action, form.With(("Form.Format", "ods")))).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await officer.PostAsync(form.Action, form.With(("Form.To.Year", "1999")))).Status);
        Assert.Equal(2, await CountAsync("select count(*) from history.event where organisation_id = @Id and action = 'PROVIDER_REQUESTS_EXPORTED'", town));
        using var contributor = await town.EnterAsync("SERVICE_CONTRIBUTOR");
        Assert.Equal(HttpStatusCode.Forbidden, (await contributor.GetAsync(town.Home + "/demandes-au-prestataire/exporter")).Status);
    }

    private async Task<(Town Town, Town Provider, Guid Convention)> PairAsync()
    {
        var (town, provider) = (await Town.FoundAsync(registry), await Town.FoundAsync(registry));
        return (town, provider, await TownProviderRequest.ConventionAsync(registry, town, provider));
    }

    private static (string Name, string Value)[] Fields(Guid convention) =>
    [
        ("Form.Kind", "GRANT_ACCESS"), ("Form.Provider", convention.ToString()), ("Form.System", "État civil"), ("Form.PersonName", "Camille Exemple"), ("Form.PersonFunction", "Agente d’accueil"),
        ("Form.Reason", "Arrivée au service"), ("next", "transmettre"),
    ];

    private static (string Name, string Value)[] Day(string field, DateOnly day) =>
        [(field + ".Day", Number(day.Day)), (field + ".Month", Number(day.Month)), (field + ".Year", Number(day.Year))];

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private async Task<int> CountAsync(string sql, Town town)
    {
        await using var connection = await registry.SuperuserAsync();
        return await connection.ExecuteScalarAsync<int>(sql, new { town.Id });
    }

    private async Task<List<string>> TextsAsync(string sql, Town town)
    {
        await using var connection = await registry.SuperuserAsync();
        return (await connection.QueryAsync<string>(sql, new { town.Id })).AsList();
    }

    private async Task<int> AsAsync(Guid person, string sql)
    {
        var database = registry.Services.GetRequiredService<Database>();
        await using var db = new Db(database, TimeProvider.System);
        db.ActFor(Scope.ForPerson(person));
        return await (await db.OpenAsync()).ExecuteScalarAsync<int>(sql);
    }
}
