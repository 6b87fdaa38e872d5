using System.Net;
using AngleSharp.Dom;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Registry.Data;
using Registry.Features.Conventions;
using Registry.History;
using Registry.Tests.Features.Records;
using Registry.Tests.Support;

namespace Registry.Tests.Features.Conventions;

/// <summary>A convention from its first form to its closure, as its keeper and its parties live it.</summary>
[Trait("Kind", "pages")]
public sealed class ConventionPagesTests(RegistryFixture registry)
{
    private static (string, string)[] On(string field, DateOnly day) =>
        [($"{field}.Day", day.Day.ToString(System.Globalization.CultureInfo.InvariantCulture)), ($"{field}.Month", day.Month.ToString(System.Globalization.CultureInfo.InvariantCulture)), ($"{field}.Year", day.Year.ToString(System.Globalization.CultureInfo.InvariantCulture))];

    /// <summary>The words without what typography adds.</summary>
    private static string Plain(Answer page) => page.Text.Replace('\u00A0', ' ').Replace('\u202F', ' ');

    private static DateOnly Today => DateOnly.FromDateTime(DateTime.UtcNow);

    private static async Task<Answer> DoAsync(Visit who, string at, string act, params (string, string)[] fields)
    {
        var page = await who.GetAsync($"{at}/actes/{act}");
        Assert.True(page.Status == HttpStatusCode.OK, page.ToString());
        var form = Forms.Of(page).Single();
        return await who.PostAsync(form.Action, form.With(fields));
    }

    [Fact]
    [Trait("S", "92")]
    public async Task The_officer_adds_a_convention_once_and_fills_its_text()
    {
        var town = await Town.FoundAsync(registry);
        using var officer = await town.EnterAsync("DPO");
        var form = Forms.Of(await officer.GetAsync($"{town.Home}/conventions/nouvelle")).Single();
        var empty = await officer.PostAsync(form.Action, form.With());
        Assert.Equal(HttpStatusCode.BadRequest, empty.Status);
        foreach (var error in new[] { "Donnez un titre à la convention.", "Nommez l’autre partie.", "Choisissez le rôle de l’organisme." }) Assert.Contains(error, empty.Text);
        (string, string)[] right = [("Form.Title", "Hébergement des données"), ("Form.Kinds", "HOSTING"), ("Form.OwnRole", "BENEFICIARY"), ("Form.Other", "Communauté de test")];
        var added = await officer.PostAsync(form.Action, form.With(right));
        Assert.Equal($"{town.Home}/conventions/C-001/texte", added.Location);
        Assert.Equal(added.Location, (await officer.PostAsync(form.Action, form.With(right))).Location);
        await using var connection = await registry.SuperuserAsync();
        Assert.Equal(1, await connection.ExecuteScalarAsync<int>("select count(*) from app.convention where organisation_id = @Id", new { town.Id }));
        // The area's lead was known by its name: it is a party now, and reads.
        Assert.Equal(town.LeadId, await connection.ExecuteScalarAsync<Guid>("select party_organisation_id from app.convention_party where organisation_id = @Id and role = 'PROVIDER'", new { town.Id }));

        var at = $"{town.Home}/conventions/C-001";
        var duration = Forms.Of(await officer.GetAsync(at + "/modifier/duree")).Single();
        var wrong = await officer.PostAsync(duration.Action, duration.With([("Form.FirmMonths", "36"), ("Form.TacitRenewal", "true"), ("Form.MaxTotalMonths", "12"), .. On("Form.EffectiveOn", new DateOnly(2024, 1, 1))]));
        Assert.Equal(HttpStatusCode.BadRequest, wrong.Status);
        Assert.Contains("indiquez combien de mois elle dure", wrong.Text);
        Assert.Contains("La durée totale est plus courte que la durée ferme.", wrong.Text);
        Assert.Equal("36", wrong.Html.QuerySelector("[name='Form.FirmMonths']")!.GetAttribute("value"));
        var saved = await officer.PostAsync(duration.Action, duration.With([("Form.FirmMonths", "36"), ("Form.TacitRenewal", "true"), ("Form.RenewalMonths", "12"), ("Form.MaxTotalMonths", "96"), .. On("Form.EffectiveOn", new DateOnly(2024, 1, 1))]));
        Assert.True(saved.Status == HttpStatusCode.Redirect, saved.ToString());
        Assert.Contains("Durée totale maximale (mois)", (await officer.GetAsync(at + "/texte")).Text);
        var long20000 = await officer.PostAsync(duration.Action, duration.With(("Form.Counting", new string('x', 20_001))));
        Assert.Equal(HttpStatusCode.BadRequest, long20000.Status);
        // Who opened the form before that save sees both texts; what she typed is kept.
        var stale = await officer.PostAsync(duration.Action, duration.With([("Form.FirmMonths", "24"), .. On("Form.EffectiveOn", new DateOnly(2024, 1, 1))]));
        Assert.Equal(HttpStatusCode.Conflict, stale.Status);
        Assert.Equal("24", stale.Html.QuerySelector("[name='Form.FirmMonths']")!.GetAttribute("value"));
        Assert.Contains("Texte de la convention modifié", (await officer.GetAsync($"{town.Home}/journal")).Text);
    }

    [Fact]
    [Trait("S", "5")]
    public async Task A_convention_lives_from_its_deliberation_to_its_closure()
    {
        var town = await Town.FoundAsync(registry);
        using var mayor = await town.EnterAsync("LEGAL_REPRESENTATIVE");
        using var officer = await town.EnterAsync("DPO");
        using var correspondent = await town.EnterAsync("CORRESPONDENT");
        var (reference, _, _) = await TownConvention.AddAsync(registry, town, "Hébergement", status: "DRAFT", change: sheet => sheet.Duration.EffectiveOn = Today.AddMonths(-20));
        var at = $"{town.Home}/conventions/{reference}";
        Assert.Equal(HttpStatusCode.Forbidden, (await correspondent.GetAsync(at + "/actes/signer")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await officer.GetAsync(at + "/actes/signer")).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await mayor.GetAsync(at + "/actes/restituer")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await mayor.GetAsync(at + "/actes/inventer")).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await DoAsync(officer, at, "deliberer")).Status);

        Assert.Contains("Indiquez le document qui le prouve.", (await DoAsync(mayor, at, "signer", On("Form.Day", Today))).Text);
        Assert.Contains("Cette date est à venir", (await DoAsync(mayor, at, "signer", [("Form.Document", "Original"), .. On("Form.Day", Today.AddDays(1))])).Text);
        Assert.Equal(HttpStatusCode.Redirect, (await DoAsync(mayor, at, "signer", [("Form.Document", "Original n° 2"), .. On("Form.Day", Today.AddMonths(-21))])).Status);
        // Its day had come long ago: time did its part at once.
        var running = await mayor.GetAsync(at);
        foreach (var word in new[] { "En vigueur", "Reconduction tacite", "Entrée en vigueur" }) Assert.Contains(word, running.Text);

        // A notice after its last day is refused with the rule, and kept only when asked.
        var term = ConventionTermOf(Today.AddMonths(-20));
        var notice = Forms.Of(await mayor.GetAsync(at + "/actes/preavis")).Single();
        (string, string)[] late = [("Form.Clause", "0"), ("Form.Document", "Lettre recommandée"), .. On("Form.Day", term.LatestNoticeOn!.Value.AddDays(1) > Today ? Today : term.LatestNoticeOn.Value.AddDays(1))];
        if (term.LatestNoticeOn.Value < Today)
        {
            var refused = await mayor.PostAsync(notice.Action, notice.With(late));
            Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
            Assert.Contains("trop tard : la convention est reconduite jusqu’au", Plain(refused));
        }
        var given = await mayor.PostAsync(notice.Action, notice.With([("Form.Clause", "0"), ("Form.Document", "Lettre recommandée"), .. On("Form.Day", Earlier(term.LatestNoticeOn.Value, Today))]));
        Assert.True(given.Status == HttpStatusCode.Redirect, given.ToString());
        Assert.Contains("Préavis en cours", (await mayor.GetAsync(at)).Text);
        Assert.Equal(HttpStatusCode.Redirect, (await DoAsync(mayor, at, "retirer-le-preavis", [("Form.Document", "Accord écrit"), .. On("Form.Day", Today)])).Status);

        Assert.Contains("vingt caractères", (await DoAsync(mayor, at, "mettre-fin", [("Form.EndReason", "MUTUAL"), ("Form.Reason", "Accord"), .. On("Form.Day", Today)])).Text);
        Assert.Contains("avant la prise d’effet", (await DoAsync(mayor, at, "mettre-fin", [("Form.EndReason", "MUTUAL"), ("Form.Reason", "Accord des deux parties, par écrit"), .. On("Form.Day", new DateOnly(2020, 1, 1))])).Text);
        Assert.Equal(HttpStatusCode.Redirect, (await DoAsync(mayor, at, "mettre-fin", [("Form.EndReason", "MUTUAL"), ("Form.Reason", "Accord des deux parties, par écrit"), .. On("Form.Day", Today)])).Status);
        // Data is still held: it cannot simply be closed.
        var blocked = await mayor.GetAsync(at + "/actes/clore");
        Assert.Contains("ouvrez d’abord la réversibilité", blocked.Text);
        Assert.Equal(HttpStatusCode.BadRequest, (await DoAsync(mayor, at, "clore", ("Form.Reason", "Tout est réglé entre les parties"))).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await DoAsync(mayor, at, "reversibilite", On("Form.Day", Today))).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await DoAsync(mayor, at, "restituer", [("Form.Document", "Procès-verbal"), .. On("Form.Day", Today)])).Status);
        Assert.Contains("Prouver la destruction des copies", (await mayor.GetAsync(at)).Text);
        Assert.Contains("pas encore fourni la preuve", (await mayor.GetAsync(at + "/actes/accepter-la-preuve")).Text);
        Assert.Contains("avant le procès-verbal", (await DoAsync(mayor, at, "detruire", [("Form.Document", "Certificat"), .. On("Form.Day", Today.AddDays(-1))])).Text);
        Assert.Equal(HttpStatusCode.Redirect, (await DoAsync(mayor, at, "detruire", [("Form.Document", "Certificat"), .. On("Form.Day", Today)])).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await DoAsync(mayor, at, "accepter-la-preuve")).Status);
        Assert.Contains("Informez d’abord le délégué", (await DoAsync(mayor, at, "clore", ("Form.Reason", "Tout est réglé entre les parties"))).Text);
        Assert.Equal(HttpStatusCode.Redirect, (await DoAsync(mayor, at, "clore", ("Form.Reason", "Tout est réglé entre les parties"), ("Form.OfficerInformed", "true"))).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await officer.GetAsync(at + "/modifier/objet")).Status);
        Assert.Contains("Convention close", (await officer.GetAsync($"{town.Home}/journal")).Text);
    }

    private static Registry.Deadlines.ConventionTerm ConventionTermOf(DateOnly effect)
    {
        var duration = new Registry.Deadlines.ConventionDuration { EffectiveOn = effect, FirmMonths = 12, RenewalMonths = 12, NoticeMonths = 2 };
        var renewals = 0;
        while (Registry.Deadlines.ConventionTerm.Compute(duration, renewals).NextPeriodFirstDay <= Today) renewals++;
        return Registry.Deadlines.ConventionTerm.Compute(duration, renewals);
    }

    private static DateOnly Earlier(DateOnly one, DateOnly other) => one < other ? one : other;

    [Fact]
    [Trait("S", "5")]
    public async Task A_notice_out_of_time_is_kept_only_as_one_without_effect()
    {
        var town = await Town.FoundAsync(registry);
        using var mayor = await town.EnterAsync("LEGAL_REPRESENTATIVE");
        // The period ends in a month and a half: the two months of notice are past.
        var (reference, _, _) = await TownConvention.AddAsync(registry, town, "Hébergement", change: sheet => sheet.Duration.EffectiveOn = Today.AddMonths(-11).AddDays(15));
        var at = $"{town.Home}/conventions/{reference}";
        (string, string)[] fields = [("Form.Clause", "0"), ("Form.Document", "Lettre recommandée"), .. On("Form.Day", Today)];
        var refused = await DoAsync(mayor, at, "preavis", fields);
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Contains("Ce préavis vient trop tard : il est sans effet.", Plain(refused));
        Assert.Contains("nulle et non avenue", refused.Text);
        Assert.Equal("Lettre recommandée", refused.Html.QuerySelector("[name='Form.Document']")!.GetAttribute("value"));
        Assert.DoesNotContain("Préavis nul", (await mayor.GetAsync(at)).Text);
        var again = Forms.Of(refused).Single();
        Assert.Equal(HttpStatusCode.Redirect, (await mayor.PostAsync(again.Action, again.With(("Form.KeepVoid", "true")))).Status);
        var kept = await mayor.GetAsync(at);
        Assert.Contains("Préavis nul", kept.Text);
        Assert.Contains("En vigueur", kept.Text);
    }

    [Fact]
    [Trait("S", "2")]
    [Trait("S", "51")]
    public async Task A_party_reads_and_proves_what_it_owes_and_changes_nothing_else()
    {
        var (keeper, provider, stranger) = (await Town.FoundAsync(registry), await Town.FoundAsync(registry), await Town.FoundAsync(registry));
        var (reference, id, _) = await TownConvention.AddAsync(registry, keeper, "Hébergement partagé", provider: provider.Id);
        var (_, hidden, _) = await TownConvention.AddAsync(registry, keeper, "Projet secret", provider: provider.Id, status: "DRAFT");
        var at = $"{provider.Home}/conventions/{id}";
        using var manager = await provider.EnterAsync("CONTRACT_MANAGER");
        using var reader = await provider.EnterAsync("CORRESPONDENT");
        using var contributor = await provider.EnterAsync("SERVICE_CONTRIBUTOR");
        using var outside = await stranger.EnterAsync("DPO");
        foreach (var visit in new[] { manager, reader })
            foreach (var page in new[] { "", "/texte", "/obligations", "/prix", "/reunions", "/imprimer" })
                Assert.Equal(HttpStatusCode.OK, (await visit.GetAsync(at + page)).Status);
        var line = (await reader.GetAsync($"{provider.Home}/conventions")).Html.QuerySelector("main .title")!.ParentElement!.TextContent;
        Assert.Contains("Hébergement partagé", line);
        Assert.Equal(2, line.Split(keeper.Name).Length);
        Assert.DoesNotContain("Projet secret", (await reader.GetAsync($"{provider.Home}/conventions")).Text);
        Assert.Equal(HttpStatusCode.NotFound, (await manager.GetAsync($"{provider.Home}/conventions/{hidden}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await outside.GetAsync($"{stranger.Home}/conventions/{id}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await outside.GetAsync($"{keeper.Home}/conventions/{reference}")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await contributor.GetAsync(at)).Status);
        foreach (var page in new[] { "/modifier/objet", "/actes/preavis", "/reunions/nouvelle" }) Assert.Equal(HttpStatusCode.Forbidden, (await manager.GetAsync(at + page)).Status);

        // The provider's own obligation, and no other side's.
        var proof = Forms.Of(await manager.GetAsync(at + "/obligations/OBL-2/preuve")).Single();
        Assert.Contains("une preuve s’enregistre quand la chose est faite", (await manager.PostAsync(proof.Action, proof.With([("Form.Document", "Attestation"), .. On("Form.DoneOn", Today.AddDays(2))]))).Text);
        Assert.Equal(HttpStatusCode.Redirect, (await manager.PostAsync(proof.Action, proof.With([("Form.Document", "Attestation d’assurance"), .. On("Form.DoneOn", Today)]))).Status);
        using var officer = await keeper.EnterAsync("DPO");
        Assert.Contains("Attestation d’assurance", (await officer.GetAsync($"{keeper.Home}/conventions/{reference}/obligations")).Text);
        // It stands in the provider's own chain; the keeper's dates follow with the clock, once.
        var clock = registry.Services.GetRequiredService<ConventionClock>();
        await clock.WorkAsync(TestContext.Current.CancellationToken);
        await using var connection = await registry.SuperuserAsync();
        Assert.Equal(1, await connection.ExecuteScalarAsync<int>("select count(*) from history.event where organisation_id = @Id and action = 'CONVENTION_RECOMPUTED' and object_id = @convention", new { keeper.Id, convention = id }));
        await clock.WorkAsync(TestContext.Current.CancellationToken);
        Assert.Equal(1, await connection.ExecuteScalarAsync<int>("select count(*) from history.event where organisation_id = @Id and action = 'CONVENTION_RECOMPUTED' and object_id = @convention", new { keeper.Id, convention = id }));

        // The keeper cannot take back the other's evidence; the provider can.
        var given = await connection.ExecuteScalarAsync<Guid>("select id from app.convention_proof where convention_id = @id", new { id });
        var token = Forms.Of(await manager.GetAsync(at + "/obligations")).Single();
        Assert.Equal(HttpStatusCode.Forbidden, (await officer.PostAsync($"{keeper.Home}/conventions/{reference}/obligations?handler=Withdraw", ("__RequestVerificationToken", await TokenAsync(officer)), ("proof", given.ToString()))).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await manager.PostAsync(token.Action, token.With())).Status);
        Assert.DoesNotContain("Attestation d’assurance", (await officer.GetAsync($"{keeper.Home}/conventions/{reference}/obligations")).Text);
    }

    private static async Task<string> TokenAsync(Visit visit) => (await visit.GetAsync("/mon-compte")).Html.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;

    /// <summary>What the program would never send, straight to the database in the context of the party.</summary>
    [Theory]
    [Trait("S", "51")]
    [InlineData("update convention set title = 'Pris' where id = '{convention}'", 0)]
    [InlineData("update convention_meeting set agenda = 'Pris' where convention_id = '{convention}'", 0)]
    [InlineData("update convention_party set party_organisation_id = '{stranger}' where convention_id = '{convention}'", 0)]
    [InlineData("insert into convention_event (organisation_id, id, convention_id, kind, happened_on, recorded_at) values ('{keeper}', gen_random_uuid(), '{convention}', 'CLOSED', current_date, now())", -1)]
    [InlineData("insert into convention_event (organisation_id, id, convention_id, kind, happened_on, recorded_at) values ('{party}', gen_random_uuid(), '{convention}', 'CLOSED', current_date, now())", -1)]
    [InlineData("insert into convention_proof (organisation_id, id, keeper_id, convention_id, code, done_on, document, given_by, contributor_name, recorded_at) values ('{party}', gen_random_uuid(), '{keeper}', '{other}', 'OBL-1', current_date, 'x', 'x', 'x', now())", -1)]
    [InlineData("insert into convention_proof (organisation_id, id, keeper_id, convention_id, code, done_on, document, given_by, contributor_name, recorded_at) values ('{keeper}', gen_random_uuid(), '{keeper}', '{convention}', 'OBL-1', current_date, 'x', 'x', 'x', now())", -1)]
    public async Task The_database_lets_a_party_change_nothing_of_the_keeper(string sql, int expected)
    {
        var (keeper, party, stranger) = (await Town.FoundAsync(registry), await Town.FoundAsync(registry), await Town.FoundAsync(registry));
        var (_, convention, _) = await TownConvention.AddAsync(registry, keeper, "Partagée", provider: party.Id);
        var (_, other, _) = await TownConvention.AddAsync(registry, keeper, "D’un autre");
        var aimed = sql.Replace("{convention}", convention.ToString()).Replace("{other}", other.ToString()).Replace("{keeper}", keeper.Id.ToString()).Replace("{party}", party.Id.ToString()).Replace("{stranger}", stranger.Id.ToString());
        var tried = registry.WorkAsync(Scope.ForOrganisation(party.Id), async (db, journal) =>
        {
            var changed = await (await db.OpenAsync()).ExecuteAsync(aimed);
            journal.Record(new Event(party.Id, "TEST", "CONVENTION", convention, new EventDetails()));
            return changed;
        });
        if (expected == 0) Assert.Equal(0, await tried);
        else Assert.Contains((await Assert.ThrowsAsync<PostgresException>(() => tried)).SqlState, new[] { "42501", "23503" });
    }

    [Fact]
    [Trait("S", "4")]
    public async Task A_forged_id_of_a_party_links_nothing()
    {
        var (town, foreign) = (await Town.FoundAsync(registry), await Town.FoundAsync(registry));
        var (reference, _, _) = await TownConvention.AddAsync(registry, town, "Hébergement");
        using var officer = await town.EnterAsync("DPO");
        var form = Forms.Of(await officer.GetAsync($"{town.Home}/conventions/{reference}/modifier/parties")).Single();
        Assert.Equal(HttpStatusCode.Redirect, (await officer.PostAsync(form.Action, form.With(("Form.Parties[0].OrganisationId", foreign.Id.ToString()), ("Form.Parties[0].SignatoryFunction", "Présidente")))).Status);
        await using var connection = await registry.SuperuserAsync();
        Assert.Equal(0, await connection.ExecuteScalarAsync<int>("select count(*) from app.convention_party where organisation_id = @Id and party_organisation_id = @foreign", new { town.Id, foreign = foreign.Id }));
        // The own link stays though nobody typed it.
        Assert.Equal(1, await connection.ExecuteScalarAsync<int>("select count(*) from app.convention_party where organisation_id = @Id and party_organisation_id = @Id", new { town.Id }));
    }

    [Fact]
    public async Task A_price_is_computed_step_by_step_then_recorded_once()
    {
        var town = await Town.FoundAsync(registry);
        var (reference, _, _) = await TownConvention.AddAsync(registry, town, "Numérique");
        using var officer = await town.EnterAsync("DPO");
        using var correspondent = await town.EnterAsync("CORRESPONDENT");
        var at = $"{town.Home}/conventions/{reference}/prix";
        Assert.Empty(Forms.Of(await correspondent.GetAsync(at)));
        var form = Forms.Of(await officer.GetAsync(at)).Single();
        var year = Today.Year.ToString(System.Globalization.CultureInfo.InvariantCulture);
        foreach (var (zero, march, link, said) in new[] { ("0", "311", "", "Un indice est entre 1 et 100"), ("abc", "311", "", "Écrivez un nombre"), ("", "311", "", "Indiquez la valeur de l’indice."), ("288,2", "311", "999", "Un raccord est entre 0,1 et 10.") })
        {
            var wrong = await officer.PostAsync(form.Action, form.With(("Form.Syntec0", zero), ("Form.March", march), ("Form.Link", link), ("next", "record")));
            Assert.Equal(HttpStatusCode.BadRequest, wrong.Status);
            Assert.Contains(said, Plain(wrong));
        }
        (string, string)[] right = [("Form.Year", year), ("Form.Syntec0", "288,2"), ("Form.March", "311,0")];
        var tried = await officer.PostAsync(form.Action, form.With([.. right, ("next", "try")]));
        var text = Plain(tried);
        foreach (var result in new[] { "1,07911…", "1,079", "0,944125", "1,069125", "1,070", "1 123,50 €", "20 223,00 €", "1 122,45 €" }) Assert.Contains(result, text);
        await using var connection = await registry.SuperuserAsync();
        Assert.Equal(0, await connection.ExecuteScalarAsync<int>("select count(*) from app.convention_price where organisation_id = @Id", new { town.Id }));
        var record = Forms.Of(tried).Single();
        Assert.Equal(HttpStatusCode.Redirect, (await officer.PostAsync(record.Action, record.With(("next", "record")))).Status);
        Assert.Equal(1123.50m, await connection.ExecuteScalarAsync<decimal>("select price from app.convention_price where organisation_id = @Id", new { town.Id }));
        Assert.Contains("déjà révisé", (await officer.PostAsync(record.Action, record.With(("next", "record")))).Text);
        Assert.Contains("1 123,50 €", Plain(await officer.GetAsync(at)));
    }

    [Fact]
    [Trait("S", "90")]
    public async Task A_meeting_is_planned_held_and_written_up_in_that_order()
    {
        var town = await Town.FoundAsync(registry);
        var (reference, _, meeting) = await TownConvention.AddAsync(registry, town, "Numérique");
        using var correspondent = await town.EnterAsync("CORRESPONDENT");
        var at = $"{town.Home}/conventions/{reference}/reunions";
        var form = Forms.Of(await correspondent.GetAsync($"{at}/nouvelle")).Single();
        (string, string)[] planned = [("Form.Kind", "ANNUAL_MEETING"), .. On("Form.PlannedOn", Today.AddDays(10))];
        Assert.Contains("Une réunion tenue n’est pas à venir.", (await correspondent.PostAsync(form.Action, form.With([.. planned, .. On("Form.HeldOn", Today.AddDays(10))]))).Text);
        Assert.Equal(HttpStatusCode.Redirect, (await correspondent.PostAsync(form.Action, form.With(planned))).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await correspondent.PostAsync(form.Action, form.With(planned))).Status);
        await using var connection = await registry.SuperuserAsync();
        Assert.Equal(2, await connection.ExecuteScalarAsync<int>("select count(*) from app.convention_meeting where organisation_id = @Id", new { town.Id }));
        var edit = Forms.Of(await correspondent.GetAsync($"{at}/{meeting}")).Single();
        Assert.Contains("Un compte rendu part après la réunion.", (await correspondent.PostAsync(edit.Action, edit.With(On("Form.MinutesSentOn", new DateOnly(2025, 1, 1))))).Text);
        Assert.Equal(HttpStatusCode.Redirect, (await correspondent.PostAsync(edit.Action, edit.With(("Form.Decisions", "Tester la restauration en mars.")))).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await correspondent.PostAsync(edit.Action, edit.With(("Form.Decisions", "Ne rien tester.")))).Status);
        Assert.Contains("Tester la restauration en mars.", (await correspondent.GetAsync(at)).Text);
        Assert.Equal(HttpStatusCode.NotFound, (await correspondent.GetAsync($"{at}/{Guid.NewGuid()}")).Status);
    }

    [Fact]
    [Trait("S", "94")]
    public async Task The_clock_moves_a_convention_on_its_day_and_once_however_many_look()
    {
        var town = await Town.FoundAsync(registry);
        var (reference, id, _) = await TownConvention.AddAsync(registry, town, "À venir", change: sheet => sheet.Duration.EffectiveOn = Today.AddDays(40));
        await using var connection = await registry.SuperuserAsync();
        Assert.Equal(("SIGNED", Today.AddDays(40)), await connection.QuerySingleAsync<(string, DateOnly)>("select status, looks_again_on from app.convention where id = @id", new { id }));
        var clock = registry.Services.GetRequiredService<ConventionClock>();
        await clock.WorkAsync(TestContext.Current.CancellationToken);
        Assert.Equal("SIGNED", await connection.ExecuteScalarAsync<string>("select status from app.convention where id = @id", new { id }));
        await registry.WorkAsync(Scope.ForOrganisation(town.Id), async (db, journal) =>
        {
            await (await db.OpenAsync()).ExecuteAsync("update convention set effective_on = current_date - 400, looks_again_on = current_date where id = @id", new { id });
            journal.Record(new Event(town.Id, "TEST", Convention.ObjectType, id, new EventDetails()));
            return 0;
        });
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => clock.WorkAsync(TestContext.Current.CancellationToken)));
        Assert.Equal(("IN_FORCE", 1), await connection.QuerySingleAsync<(string, int)>("select status, renewals from app.convention where id = @id", new { id }));
        Assert.Equal(["IN_FORCE", "RENEWED"], (await connection.QueryAsync<string>("select kind from app.convention_event where convention_id = @id order by kind", new { id })).ToArray());
        using var officer = await town.EnterAsync("DPO");
        Assert.Contains("Convention entrée en vigueur", (await officer.GetAsync($"{town.Home}/conventions/{reference}")).Text);
    }

    [Fact]
    public async Task A_corrected_effect_moves_the_periods_of_a_convention_in_force()
    {
        var town = await Town.FoundAsync(registry);
        var (reference, id, _) = await TownConvention.AddAsync(registry, town, "Mal copiée");
        using var officer = await town.EnterAsync("DPO");
        var form = Forms.Of(await officer.GetAsync($"{town.Home}/conventions/{reference}/modifier/duree")).Single();
        Assert.Equal(HttpStatusCode.Redirect, (await officer.PostAsync(form.Action, form.With(On("Form.EffectiveOn", Today.AddMonths(-30))))).Status);
        await using var connection = await registry.SuperuserAsync();
        Assert.Equal((Today.AddMonths(-30), 2, "IN_FORCE"), await connection.QuerySingleAsync<(DateOnly, int, string)>("select effective_on, renewals, status from app.convention where id = @id", new { id }));
        Assert.Equal(HttpStatusCode.OK, (await officer.GetAsync($"{town.Home}/conventions/{reference}")).Status);
    }

    [Fact]
    [Trait("S", "10")]
    public async Task A_convention_that_grows_too_long_is_refused_in_words()
    {
        var town = await Town.FoundAsync(registry);
        var (reference, _, _) = await TownConvention.AddAsync(registry, town, "Longue", change: sheet =>
        {
            for (var i = 0; i < 40; i++) sheet.OpenPoints.Points.Add(new() { Text = new string('x', 19_900) });
        });
        using var officer = await town.EnterAsync("DPO");
        var form = Forms.Of(await officer.GetAsync($"{town.Home}/conventions/{reference}/modifier/reversibilite")).Single();
        var refused = await officer.PostAsync(form.Action, form.With(("Form.Note", new string('y', 19_000))));
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Contains("raccourcissez des textes", refused.Text);
        Assert.Contains(new string('y', 100), refused.Text);
    }

    [Fact]
    public async Task The_list_of_the_officer_puts_what_presses_first()
    {
        var town = await Town.FoundAsync(registry);
        await TownConvention.AddAsync(registry, town, "Tranquille", change: sheet => (sheet.Obligations, sheet.Governance, sheet.Revision) = (new(), new(), new()));
        await TownConvention.AddAsync(registry, town, "Pressée");
        using var officer = await town.EnterAsync("DPO");
        var list = await officer.GetAsync("/conventions");
        Assert.Equal(["Pressée", "Tranquille"], list.Html.QuerySelectorAll("main .title a").Select(link => link.TextContent));
        Assert.Contains("dépassé de", list.Text);
        Assert.Equal(["Tranquille"], (await officer.GetAsync("/conventions?quoi=NOTICE")).Html.QuerySelectorAll("main .title a").Select(link => link.TextContent));
        foreach (var path in new[] { "/conventions", $"{town.Home}/conventions" })
            Assert.Equal(2, (await officer.GetAsync(path + "?q=syndicat%20de%20test")).Html.QuerySelectorAll("main .title a").Length);
        Assert.Empty((await officer.GetAsync("/conventions?q=introuvable")).Html.QuerySelectorAll("main .title a"));
        Assert.Equal(HttpStatusCode.OK, (await officer.GetAsync("/conventions?quoi=%27%3Bdrop&page=-4")).Status);
    }

    [Fact]
    [Trait("S", "10")]
    public async Task Strange_references_are_not_found_and_never_an_error()
    {
        var town = await Town.FoundAsync(registry);
        await TownConvention.AddAsync(registry, town, "Hébergement");
        using var officer = await town.EnterAsync("DPO");
        foreach (var name in new[] { "C-002", "C-0", "C-999999999999", "c-01", "C--1", Guid.Empty.ToString(), "nouvelle%0a", "T-0001" })
            Assert.Equal(HttpStatusCode.NotFound, (await officer.GetAsync($"{town.Home}/conventions/{name}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await officer.GetAsync($"{town.Home}/conventions/C-001/modifier/inconnue")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await officer.GetAsync($"{town.Home}/conventions/C-001/obligations/AUTRE/preuve")).Status);
    }
}
