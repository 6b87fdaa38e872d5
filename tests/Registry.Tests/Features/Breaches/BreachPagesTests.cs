using System.Globalization;
using System.Net;
using System.Text.Json;
using AngleSharp.Dom;
using Dapper;
using Registry.Tests.Support;

namespace Registry.Tests.Features.Breaches;

/// <summary>The pages of breaches: the alarm, the clock, decisions in their order, the register that leaves.</summary>
[Trait("Kind", "pages")]
public sealed class BreachPagesTests(RegistryFixture registry)
{
    private static readonly TimeZoneInfo Paris = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");
    private const string LongReason = "Une adresse professionnelle a été vue par un agent d’un autre service, qui l’a effacée aussitôt devant témoin.";

    [Fact]
    public async Task Logged_in_three_answers_the_clock_runs_and_the_form_sent_twice_makes_one()
    {
        var town = await Town.FoundAsync(registry);
        using var correspondent = await town.EnterAsync("CORRESPONDENT");
        Assert.NotNull((await correspondent.GetAsync(town.Home)).Html.QuerySelector($"main a[href='{town.Home}/violations/signaler']"));
        var form = Forms.Of(await correspondent.GetAsync($"{town.Home}/violations/signaler")).Single();
        var filled = form.With([("Form.Title", "Clé perdue"), ("Form.How", "PROCESSOR"), ("Form.PersonalData", "UNKNOWN"), ("Form.People", "MINORS"), ("Form.Count", "12"), .. At("Form.LearnedAt", DateTimeOffset.UtcNow.AddHours(-5))]);
        var added = await correspondent.PostAsync(form.Action, filled);
        Assert.True(added.Status == HttpStatusCode.Redirect, added.ToString());
        Assert.EndsWith($"/violations/V-{Year}-001", added.Location, StringComparison.Ordinal);
        Assert.Equal(added.Location, (await correspondent.PostAsync(form.Action, filled)).Location);
        Assert.Equal(1, await CountAsync("select count(*) from app.breach where organisation_id = @Id", town));
        Assert.Equal(1, await CountAsync("select last from app.reference_counter where organisation_id = @Id and kind like 'V-%'", town));
        Assert.Equal(1, await CountAsync("select count(*) from history.event where organisation_id = @Id and action = 'BREACH_REPORTED'", town));

        var page = await correspondent.GetAsync(added.Location!);
        Assert.Contains("reste 66 h", Plain(page.Text));
        Assert.NotNull(page.Html.QuerySelector(".clock svg .limit"));
        Assert.Contains("L’organisme est alerté", page.Html.QuerySelector(".clock-facts")!.TextContent, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("Le responsable du traitement a été alerté", page.Html.QuerySelector(".why")!.TextContent);
        Assert.Contains("En évaluation", page.Html.QuerySelector(".lead")!.TextContent);
        Assert.Contains("Mineurs", page.Html.QuerySelector("#personnes")!.TextContent);
        Assert.Contains("Clé perdue", (await correspondent.GetAsync(town.Home)).Html.QuerySelector("table.work")!.TextContent);
    }

    [Fact]
    public async Task An_awareness_in_the_future_or_before_the_breach_is_refused_and_nothing_typed_is_lost()
    {
        var town = await Town.FoundAsync(registry);
        using var correspondent = await town.EnterAsync("CORRESPONDENT");
        var form = Forms.Of(await correspondent.GetAsync($"{town.Home}/violations/signaler")).Single();
        var future = await correspondent.PostAsync(form.Action, form.With([("Form.Title", "Demain"), ("Form.Description", "Ce que je sais"), ("Form.How", "AGENT"), ("Form.PersonalData", "YES"), .. At("Form.LearnedAt", DateTimeOffset.UtcNow.AddHours(3))]));
        Assert.Equal(HttpStatusCode.BadRequest, future.Status);
        Assert.Contains("dans le futur", future.Text);
        Assert.Contains("Ce que je sais", future.Html.QuerySelector("textarea[name='Form.Description']")!.TextContent);
        Assert.NotNull(future.Html.QuerySelector("input[name='Form.PersonalData'][value=YES]")!.GetAttribute("checked"));
        var before = await correspondent.PostAsync(form.Action, form.With([("Form.Title", "Hier"), ("Form.How", "AGENT"), ("Form.PersonalData", "YES"), .. At("Form.StartedAt", DateTimeOffset.UtcNow.AddHours(-3)), .. At("Form.LearnedAt", DateTimeOffset.UtcNow.AddHours(-9))]));
        Assert.Equal(HttpStatusCode.BadRequest, before.Status);
        Assert.Contains("personne ne peut l’avoir su avant", before.Text);
        var noHour = await correspondent.PostAsync(form.Action, form.With([("Form.Title", "Hier"), ("Form.How", "AGENT"), ("Form.PersonalData", "YES"), .. At("Form.LearnedAt", DateTimeOffset.UtcNow.AddDays(-1))[..3]]));
        Assert.Contains("Indiquez aussi l’heure", noHour.Text);
        Assert.Equal(0, await CountAsync("select count(*) from app.breach where organisation_id = @Id", town));
    }

    [Fact]
    public async Task An_incident_without_personal_data_has_no_clock_and_can_become_a_breach()
    {
        var town = await Town.FoundAsync(registry);
        using var correspondent = await town.EnterAsync("CORRESPONDENT");
        var form = Forms.Of(await correspondent.GetAsync($"{town.Home}/violations/signaler")).Single();
        var added = await correspondent.PostAsync(form.Action, form.With([("Form.Title", "Panne"), ("Form.How", "AGENT"), ("Form.PersonalData", "NO"), .. At("Form.LearnedAt", DateTimeOffset.UtcNow.AddHours(-5))]));
        Assert.EndsWith($"/violations/I-{Year}-001", added.Location, StringComparison.Ordinal);
        var page = await correspondent.GetAsync(added.Location!);
        Assert.Null(page.Html.QuerySelector(".clock"));
        Assert.Equal(HttpStatusCode.NotFound, (await correspondent.GetAsync(added.Location + "/dossier")).Status);
        var done = await ActAsync(correspondent, added.Location!, "requalifier", ("Form.Reason", "Un fichier d’usagers était sur le disque."));
        Assert.EndsWith($"/violations/V-{Year}-001", done.Location, StringComparison.Ordinal);
        Assert.NotNull((await correspondent.GetAsync(done.Location!)).Html.QuerySelector(".clock"));
        // What was written down under the incident's reference is still found.
        Assert.Contains("d’abord incident", (await correspondent.GetAsync(added.Location!)).Text);
    }

    [Fact]
    public async Task A_contributor_reads_what_she_reported_and_a_delegate_only_raises_the_alarm()
    {
        var town = await Town.FoundAsync(registry);
        var other = await TownBreach.AddAsync(registry, town, "Dossier réservé");
        using var contributor = await town.EnterAsync("SERVICE_CONTRIBUTOR");
        using var substitute = await town.EnterAsync("CORRESPONDENT_DELEGATE");
        var form = Forms.Of(await contributor.GetAsync($"{town.Home}/violations/signaler")).Single();
        var own = await contributor.PostAsync(form.Action, form.With([("Form.Title", "Écran vu"), ("Form.How", "AGENT"), ("Form.PersonalData", "YES"), .. At("Form.LearnedAt", DateTimeOffset.UtcNow.AddHours(-1))]));
        Assert.Contains("Signalée", (await contributor.GetAsync(own.Location!)).Html.QuerySelector(".lead")!.TextContent);
        Assert.Equal(HttpStatusCode.NotFound, (await contributor.GetAsync($"{town.Home}/violations/{other}")).Status);
        var list = (await contributor.GetAsync($"{town.Home}/violations")).Text;
        Assert.Contains("Écran vu", list);
        Assert.DoesNotContain("Dossier réservé", list);
        Assert.Equal(HttpStatusCode.Forbidden, (await contributor.GetAsync(own.Location + "/modifier/faits")).Status);

        form = Forms.Of(await substitute.GetAsync($"{town.Home}/violations/signaler")).Single();
        var filled = form.With([("Form.Title", "Vu par la délégataire"), ("Form.How", "AGENT"), ("Form.PersonalData", "YES"), .. At("Form.LearnedAt", DateTimeOffset.UtcNow.AddHours(-1))]);
        Assert.Equal(town.Home, (await substitute.PostAsync(form.Action, filled)).Location);
        Assert.Equal(town.Home, (await substitute.PostAsync(form.Action, filled)).Location);
        Assert.Equal(3, await CountAsync("select count(*) from app.breach where organisation_id = @Id", town));
        Assert.Equal(HttpStatusCode.Forbidden, (await substitute.GetAsync($"{town.Home}/violations/{other}")).Status);
    }

    [Fact]
    [Trait("S", "5")]
    public async Task From_the_alarm_to_the_closure_each_decision_in_its_order_by_whom_it_belongs_to()
    {
        var town = await Town.FoundAsync(registry);
        using var correspondent = await town.EnterAsync("CORRESPONDENT");
        using var mayor = await town.EnterAsync("LEGAL_REPRESENTATIVE");
        var form = Forms.Of(await correspondent.GetAsync($"{town.Home}/violations/signaler")).Single();
        var home = (await correspondent.PostAsync(form.Action, form.With([("Form.Title", "Clé perdue"), ("Form.How", "AGENT"), ("Form.PersonalData", "YES"), .. At("Form.LearnedAt", DateTimeOffset.UtcNow.AddHours(-100))]))).Location!;
        Assert.Contains("dépassé de 28 h", Plain((await correspondent.GetAsync(home)).Text));

        // Out of order: not in the table, hence 409 and nothing changed.
        var token = form.Fields.Single(field => field.Name == "__RequestVerificationToken").Value;
        Assert.Equal(HttpStatusCode.Conflict, (await mayor.GetAsync(home + "/actes/clore")).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await correspondent.GetAsync(home + "/notification")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await correspondent.GetAsync(home + "/actes/danser")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await correspondent.GetAsync(home + "/actes/decider-de-notifier")).Status);
        Assert.Contains("Indiquez d’abord la nature", (await correspondent.GetAsync(home + "/actes/confirmer")).Text);

        await EditAsync(correspondent, home, "faits", ("Form.Natures", "CONFIDENTIALITY"));
        await EditAsync(correspondent, home, "personnes", ("Form.DataCategories", "CONTACT"), ("Form.SubjectCategories", "RESIDENTS"), ("Form.SubjectsAtLeast", "40"));
        await EditAsync(correspondent, home, "mesures", ("Form.MeasuresBefore", "Mots de passe"));
        var risk = Forms.Of(await correspondent.GetAsync(home + "/risque")).Single();
        var unsaid = await correspondent.PostAsync(risk.Action, risk.With(("Form.Severity", "SIGNIFICANT"), ("Form.Likelihood", "SIGNIFICANT"), ("Form.Level", "UNLIKELY")));
        Assert.Contains("Le calcul propose", unsaid.Text);
        Assert.Equal(HttpStatusCode.Redirect, (await correspondent.PostAsync(risk.Action, risk.With(("Form.Severity", "SIGNIFICANT"), ("Form.Likelihood", "SIGNIFICANT"), ("Form.Level", "HIGH")))).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await ActAsync(correspondent, home, "confirmer")).Status);

        Assert.Contains("Seule une violation sans risque probable", (await mayor.GetAsync(home + "/actes/ne-pas-notifier")).Text);
        Assert.Equal(HttpStatusCode.Redirect, (await ActAsync(mayor, home, "decider-de-notifier")).Status);
        var notify = Forms.Of(await correspondent.GetAsync(home + "/notification")).Single();
        var second = await correspondent.PostAsync(notify.Action, notify.With([("Form.Kind", "COMPLEMENTARY"), .. At("Form.SentAt", DateTimeOffset.UtcNow.AddHours(-1))]));
        Assert.Equal(HttpStatusCode.BadRequest, second.Status);
        Assert.Contains("suppose une première notification", second.Text);
        var early = await correspondent.PostAsync(notify.Action, notify.With([("Form.Kind", "INITIAL"), .. At("Form.SentAt", DateTimeOffset.UtcNow.AddHours(-200))]));
        Assert.Contains("ne peut pas précéder", early.Text);
        var late = await correspondent.PostAsync(notify.Action, notify.With([("Form.Kind", "INITIAL"), ("Form.Number", "FR-1"), .. At("Form.SentAt", DateTimeOffset.UtcNow.AddHours(-1))]));
        Assert.Equal(HttpStatusCode.BadRequest, late.Status);
        Assert.Contains("motifs du retard", late.Text);
        Assert.Equal("FR-1", late.Html.QuerySelector("input[name='Form.Number']")!.GetAttribute("value"));
        var first = notify.With([("Form.Kind", "INITIAL"), ("Form.Number", "FR-1"), ("Form.DelayReason", "La perte n’a été admise que tard."), .. At("Form.SentAt", DateTimeOffset.UtcNow.AddHours(-1))]);
        Assert.Equal(HttpStatusCode.Redirect, (await correspondent.PostAsync(notify.Action, first)).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await correspondent.PostAsync(notify.Action, first)).Status);
        Assert.Equal(1, await CountAsync("select count(*) from app.breach_entry where organisation_id = @Id and kind = 'NOTIFICATION'", town));
        Assert.Contains("Notifiée après les 72 heures.", Plain((await mayor.GetAsync(home)).Text));

        // The dossier says what is missing; stated to be impossible, the complement completes it.
        Assert.Contains("Manque.", (await correspondent.GetAsync(home + "/dossier")).Text);
        await EditAsync(correspondent, home, "mesures", ("Form.CannotBeFilled", "La cause reste inconnue après enquête."));
        notify = Forms.Of(await correspondent.GetAsync(home + "/notification")).Single();
        Assert.Equal(HttpStatusCode.Redirect, (await correspondent.PostAsync(notify.Action, notify.With([("Form.Kind", "COMPLEMENTARY"), .. At("Form.SentAt", DateTimeOffset.UtcNow.AddMinutes(-5))]))).Status);

        Assert.Contains("Le risque est élevé", (await mayor.GetAsync(home + "/actes/ne-pas-informer")).Text);
        var exemption = Forms.Of(await mayor.GetAsync(home + "/actes/exception")).Single();
        Assert.Contains("suppose une communication publique", (await mayor.PostAsync(exemption.Action, exemption.With(("Form.Exemption", "C_DISPROPORTIONATE"), ("Form.Reason", "Trop de personnes")))).Text);
        Assert.Equal(HttpStatusCode.Redirect, (await ActAsync(mayor, home, "informer")).Status);
        Assert.Contains("Enregistrez d’abord la communication", (await mayor.GetAsync(home + "/actes/personnes-informees")).Text);
        Assert.Equal(HttpStatusCode.Conflict, (await correspondent.GetAsync(home + "/actes/traiter")).Status);
        var tell = Forms.Of(await correspondent.GetAsync(home + "/communication")).Single();
        Assert.Equal(HttpStatusCode.Redirect, (await correspondent.PostAsync(tell.Action, tell.With([("Form.Channels", "EMAIL"), ("Form.Text", "Votre adresse a pu être lue."), .. At("Form.SentAt", DateTimeOffset.UtcNow.AddMinutes(-3))]))).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await ActAsync(correspondent, home, "personnes-informees")).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await ActAsync(correspondent, home, "traiter")).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await ActAsync(mayor, home, "clore", ("Form.Lessons", "Chiffrer les clés"), ("Form.Actions", "Achat de clés chiffrées"))).Status);
        var closed = await correspondent.GetAsync(home);
        Assert.Contains("Close", closed.Html.QuerySelector(".lead")!.TextContent);
        Assert.Contains("Achat de clés chiffrées", (await mayor.GetAsync(home)).Text);
        Assert.Equal(HttpStatusCode.Conflict, (await correspondent.GetAsync(home + "/modifier/faits")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await correspondent.PostAsync(home + "/actes/clore")).Status);  // no token, no step
        Assert.Equal(HttpStatusCode.Conflict, (await mayor.PostAsync(home + "/actes/clore", ("__RequestVerificationToken", await Registry.Tests.Features.Records.PublishedRecords.TokenAsync(mayor)))).Status);
        Assert.NotEmpty(token);
    }

    [Fact]
    public async Task Two_who_save_at_once_keep_what_they_typed_and_are_told()
    {
        var town = await Town.FoundAsync(registry);
        var home = $"{town.Home}/violations/{await TownBreach.AddAsync(registry, town)}";
        using var correspondent = await town.EnterAsync("CORRESPONDENT");
        using var officer = await town.EnterAsync("DPO");
        var (one, two) = (Forms.Of(await correspondent.GetAsync(home + "/modifier/faits")).Single(), Forms.Of(await officer.GetAsync(home + "/modifier/faits")).Single());
        var (clock, risk) = (Forms.Of(await officer.GetAsync(home + "/moments")).Single(), Forms.Of(await officer.GetAsync(home + "/risque")).Single());
        Assert.Equal(HttpStatusCode.Redirect, (await correspondent.PostAsync(one.Action, one.With(("Form.Description", "Texte de la première")))).Status);
        var stale = await officer.PostAsync(two.Action, two.With(("Form.Description", "Texte du second")));
        Assert.Equal(HttpStatusCode.Conflict, stale.Status);
        Assert.Contains("Texte de la première", stale.Html.QuerySelector("main table")!.TextContent);
        Assert.Contains("Texte du second", stale.Html.QuerySelector("textarea[name='Form.Description']")!.TextContent);

        var moved = await officer.PostAsync(clock.Action, clock.With([("Form.Reason", "Le journal du serveur le montre"), .. At("Form.FoundAt", DateTimeOffset.UtcNow.AddHours(-20))]));
        Assert.Equal(HttpStatusCode.Conflict, moved.Status);
        Assert.Contains("Le journal du serveur le montre", moved.Html.QuerySelector("textarea[name='Form.Reason']")!.TextContent);
        Assert.Equal(HttpStatusCode.Redirect, (await officer.PostAsync(clock.Action, Forms.Of(moved).Single().With())).Status);
        Assert.Contains("Moments de la violation corrigés", (await officer.GetAsync(home)).Text);
        Assert.Equal(HttpStatusCode.Conflict, (await officer.PostAsync(risk.Action, risk.With(("Form.Level", "RISK"), ("Form.Reason", "Autre avis")))).Status);
        risk = Forms.Of(await officer.GetAsync(home + "/risque")).Single();
        Assert.Equal(HttpStatusCode.Redirect, (await officer.PostAsync(risk.Action, risk.With(("Form.Level", "RISK"), ("Form.Reason", "Autre avis")))).Status);
        var page = await officer.GetAsync(home);
        Assert.Contains("Remplacée : Risque élevé", Plain(page.Html.QuerySelector("#risque")!.TextContent));
        Assert.Contains("À décider", page.Html.QuerySelector("section[aria-labelledby=decisions]")!.TextContent);
    }

    [Fact]
    public async Task Every_breach_is_in_the_register_that_leaves_and_its_leaving_is_told()
    {
        var town = await Town.FoundAsync(registry);
        var reference = await TownBreach.AddAsync(registry, town, "=cmd|' /C calc'!A0");
        await town.WriteAsync("update breach set status = 'CONFIRMED', authority_status = 'NOT_REQUIRED', risk_level = 'UNLIKELY' where @id::uuid is not null", Guid.CreateVersion7());
        using var officer = await town.EnterAsync("DPO");
        var form = Forms.Of(await officer.GetAsync($"{town.Home}/violations/exporter")).Single();
        foreach (var format in new[] { "xlsx", "ods", "csv", "json" })
        {
            var file = await officer.PostAsync(form.Action, form.With(("Form.Format", format)));
            Assert.True(file.Status == HttpStatusCode.OK, file.ToString());
            if (format == "csv") Assert.DoesNotContain("\n=cmd", file.Text, StringComparison.Ordinal);
            if (format != "json") continue;
            using var json = JsonDocument.Parse(file.Text);
            Assert.Equal(reference, json.RootElement.GetProperty("breaches")[0].GetProperty("reference").GetString());
            Assert.Equal("ASSESSMENT", json.RootElement.GetProperty("breaches")[0].GetProperty("entries")[0].GetProperty("kind").GetString());
        }
        Assert.Equal(4, await CountAsync("select count(*) from history.event where organisation_id = @Id and action = 'BREACH_REGISTER_EXPORTED'", town));
        Assert.Contains(reference, (await officer.GetAsync($"{town.Home}/violations/imprimer")).Text);
        Assert.Contains(reference, (await officer.GetAsync($"{town.Home}/violations?etat=non-notifiees")).Text);
        Assert.DoesNotContain(reference, (await officer.GetAsync($"{town.Home}/violations?etat=notifiees")).Html.QuerySelector("main")!.TextContent);
        Assert.Contains(town.Name, (await officer.GetAsync("/violations")).Html.QuerySelector("main")!.TextContent);
        for (var i = 4; i < Registry.Features.Breaches.BreachExport.MostInAnHour; i++) await officer.PostAsync(form.Action, form.With(("Form.Format", "csv")));
        Assert.Equal(HttpStatusCode.TooManyRequests, (await officer.PostAsync(form.Action, form.With(("Form.Format", "csv")))).Status);
    }

    [Fact]
    public async Task The_dossier_lists_every_field_in_the_order_of_the_authority_with_what_is_missing()
    {
        var town = await Town.FoundAsync(registry);
        var home = $"{town.Home}/violations/{await TownBreach.AddAsync(registry, town)}";
        using var officer = await town.EnterAsync("DPO");
        var page = await officer.GetAsync(home + "/dossier");
        Assert.Equal(7, page.Html.QuerySelectorAll("main section.part").Length);
        var labels = page.Html.QuerySelectorAll("main dl.dossier dt").Select(label => label.TextContent).ToList();
        Assert.Equal(39, labels.Count);
        Assert.True(labels.IndexOf("Début de la violation") < labels.IndexOf("Nature de la violation") && labels.IndexOf("Nature de la violation") < labels.IndexOf("Catégories de données"));
        Assert.All(page.Html.QuerySelectorAll("button[data-copy]"), button => Assert.NotNull(page.Html.GetElementById(button.GetAttribute("data-copy")!)));
        Assert.Contains(page.Html.QuerySelectorAll("main .flash a, main .flash-soon a, main [class*=flash] a"), link => link.GetAttribute("href") == home + "/modifier/faits");
        Assert.Contains("Manquent encore", (await officer.GetAsync(home + "/dossier/imprimer")).Text);
    }

    [Fact]
    public async Task The_dossier_of_a_report_that_nobody_took_up_leads_only_where_something_can_be_filled()
    {
        var town = await Town.FoundAsync(registry);
        using var correspondent = await town.EnterAsync("CORRESPONDENT");
        var form = Forms.Of(await correspondent.GetAsync($"{town.Home}/violations/signaler")).Single();
        var added = await correspondent.PostAsync(form.Action, form.With([("Form.Title", "Clé perdue"), ("Form.How", "AGENT"), ("Form.PersonalData", "YES"), .. At("Form.LearnedAt", DateTimeOffset.UtcNow.AddHours(-2))]));
        var links = (await correspondent.GetAsync(added.Location + "/dossier")).Html.QuerySelectorAll("main a").Select(link => link.GetAttribute("href")!)
            .Where(href => href.StartsWith(added.Location!, StringComparison.Ordinal)).Distinct().ToList();
        Assert.True(links.Count > 3, string.Join(" ", links));
        foreach (var href in links) Assert.Equal(HttpStatusCode.OK, (await correspondent.GetAsync(href)).Status);
    }

    private static string Plain(string typeset) => typeset.Replace('\u00a0', ' ').Replace('\u202f', ' ');

    private static int Year => TimeZoneInfo.ConvertTime(DateTimeOffset.UtcNow, Paris).Year;

    private static (string, string)[] At(string name, DateTimeOffset moment)
    {
        var local = TimeZoneInfo.ConvertTime(moment, Paris);
        return [(name + ".Day", $"{local.Day}"), (name + ".Month", $"{local.Month}"), (name + ".Year", $"{local.Year}"), (name + ".Time", local.ToString("HH:mm", CultureInfo.InvariantCulture))];
    }

    private static async Task EditAsync(Visit visit, string home, string part, params (string, string)[] fields)
    {
        var form = Forms.Of(await visit.GetAsync($"{home}/modifier/{part}")).Single();
        var saved = await visit.PostAsync(form.Action, form.With(fields));
        Assert.True(saved.Status == HttpStatusCode.Redirect, saved.ToString());
    }

    private static async Task<Answer> ActAsync(Visit visit, string home, string slug, params (string, string)[] fields)
    {
        var page = await visit.GetAsync($"{home}/actes/{slug}");
        Assert.True(page.Status == HttpStatusCode.OK, page.ToString());
        var form = Forms.Of(page).Single();
        var done = await visit.PostAsync(form.Action, form.With(fields));
        Assert.True(done.Status == HttpStatusCode.Redirect, done.ToString());
        return done;
    }

    private async Task<int> CountAsync(string sql, Town town)
    {
        await using var connection = await registry.SuperuserAsync();
        return await connection.ExecuteScalarAsync<int>(sql, new { town.Id });
    }
}
