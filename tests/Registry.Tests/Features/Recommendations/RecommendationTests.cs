using System.Net;
using Dapper;
using Registry.Data;
using Registry.History;
using Registry.Tests.Support;

namespace Registry.Tests.Features.Recommendations;

/// <summary>What an audit finds becomes a recommendation; the representative decides, the correspondent does, the officer verifies.</summary>
[Trait("Kind", "pages")]
public sealed class RecommendationTests(RegistryFixture registry)
{
    [Fact]
    public async Task A_finding_becomes_one_recommendation_that_is_adopted_done_and_verified()
    {
        var town = await Town.FoundAsync(registry);
        using var officer = await town.EnterAsync("DPO");
        using var mayor = await town.EnterAsync("LEGAL_REPRESENTATIVE");
        using var correspondent = await town.EnterAsync("CORRESPONDENT");
        var form = Forms.Of(await correspondent.GetAsync(town.Home + "/audits/nouveau/modifier")).Single();
        (string, string)[] fields = [("Form.Kind", "INITIAL_IT"), ("Form.Scope", "Moyens de la mairie"), ("Form.Auditor", "Le syndicat")];
        Assert.Contains("Indiquez le jour prévu", (await correspondent.PostAsync(form.Action, form.With(fields))).Text);
        (string, string)[] held = [.. fields, ("Form.HeldOn.Day", "3"), ("Form.HeldOn.Month", "2"), ("Form.HeldOn.Year", "2026")];
        var audit = await correspondent.PostAsync(form.Action, form.With(held));
        Assert.True(audit.Status == HttpStatusCode.Redirect, audit.ToString());
        Assert.Equal(audit.Location, (await correspondent.PostAsync(form.Action, form.With(held))).Location);
        var finding = Forms.Of(await correspondent.GetAsync(audit.Location + "/constats/nouveau")).Single();
        foreach (var _ in new[] { 1, 2 }) Assert.Equal(HttpStatusCode.Redirect, (await correspondent.PostAsync(finding.Action, finding.With(("Form.Finding", "Deux postes sans correctifs"), ("Form.Severity", "CRITICAL"), ("Form.Remedy", "Les remplacer")))).Status);
        // The correspondent notes findings; what is recommended is the officer's to say.
        Assert.Empty(Forms.Of(await correspondent.GetAsync(audit.Location!)));
        var page = await officer.GetAsync(audit.Location!);
        var press = Forms.Of(page).Single();
        var made = await officer.PostAsync(press.Action, press.With());
        Assert.Equal($"{town.Home}/recommandations/REC-001", made.Location);
        Assert.Equal(made.Location, (await officer.PostAsync(press.Action, press.With())).Location);
        Assert.Equal(HttpStatusCode.NotFound, (await officer.PostAsync(press.Action, press.With(("finding", Guid.NewGuid().ToString())))).Status);
        var proposed = await mayor.GetAsync(made.Location!);
        foreach (var part in new[] { "Règle de sécurité proposée", "ne répond pas des carences", "Les remplacer" }) Assert.Contains(part, proposed.Text);
        Assert.Contains("1 recommandation attend", (await mayor.GetAsync(town.Home)).Text);
        Assert.Equal(HttpStatusCode.Redirect, (await mayor.PressAsync(proposed, "accepter")).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await mayor.PressAsync(proposed, "accepter")).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await officer.GetAsync(made.Location + "/modifier")).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await correspondent.PressAsync(await correspondent.GetAsync(made.Location!), "commencer")).Status);
        var begun = await correspondent.GetAsync(made.Location!);
        Assert.Contains("de 0 à 100", (await correspondent.PressAsync(begun, "avancer", ("Form.Progress", "140"))).Text);
        Assert.Equal(HttpStatusCode.Redirect, (await correspondent.PressAsync(begun, "avancer", ("Form.Progress", "40"))).Status);
        var halfway = await correspondent.GetAsync(made.Location!);
        Assert.Contains("40 %", halfway.Text);
        // A cell that holds the bar itself never wraps: with wide spacing the state in it would be wider than a phone.
        var list = (await mayor.GetAsync("/recommandations")).Html;
        Assert.NotNull(list.QuerySelector("td .state ~ span .bar-filled"));
        Assert.Null(list.QuerySelector(".state ~ .bar-filled"));
        Assert.Contains("Dites ce qui le prouve", (await correspondent.PressAsync(halfway, "realiser")).Text);
        Assert.Equal(HttpStatusCode.Redirect, (await correspondent.PressAsync(halfway, "realiser", ("Form.Evidence", "Bon de livraison"))).Status);
        Assert.Contains("Dites ce qui reste", (await officer.PressAsync(await officer.GetAsync(made.Location!), "reprendre")).Text);
        Assert.Equal(HttpStatusCode.Redirect, (await officer.PressAsync(await officer.GetAsync(made.Location!), "verifier")).Status);
        Assert.Contains("Bon de livraison", (await mayor.GetAsync(made.Location!)).Text);
        Assert.Contains("Vérifiée", (await mayor.GetAsync(audit.Location!)).Text);
        foreach (var foreign in new[] { "/recommandations/REC-999", "/recommandations/x", $"/audits/{Guid.NewGuid()}", $"/audits/{Guid.NewGuid()}/constats/nouveau" }) Assert.Equal(HttpStatusCode.NotFound, (await officer.GetAsync(town.Home + foreign)).Status);
    }

    [Fact]
    public async Task A_refusal_says_why_and_rests_for_six_months()
    {
        var town = await Town.FoundAsync(registry);
        using var officer = await town.EnterAsync("DPO");
        using var mayor = await town.EnterAsync("LEGAL_REPRESENTATIVE");
        var form = Forms.Of(await officer.GetAsync(town.Home + "/recommandations/nouvelle/modifier")).Single();
        (string, string)[] fields = [("Form.Kind", "INSURANCE"), ("Form.Title", "S’assurer contre le risque numérique"), ("Form.Wording", "La convention le conseille."), ("Form.Priority", "P3"), ("Form.DueOn.Day", "1"), ("Form.DueOn.Month", "6"), ("Form.DueOn.Year", "2026")];
        var at = (await officer.PostAsync(form.Action, form.With(fields))).Location!;
        Assert.Equal(at, (await officer.PostAsync(form.Action, form.With(fields))).Location);
        var edit = Forms.Of(await officer.GetAsync(at + "/modifier")).Single();
        Assert.Equal(HttpStatusCode.Redirect, (await officer.PostAsync(edit.Action, edit.With(("Form.Priority", "P2")))).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await officer.PostAsync(edit.Action, edit.With(("Form.Priority", "P1")))).Status);
        var page = await mayor.GetAsync(at);
        Assert.DoesNotContain("ne répond pas des carences", page.Text);
        Assert.Contains("en vingt caractères", (await mayor.PressAsync(page, "refuser", ("Form.Reason", "Trop cher"))).Text);
        Assert.Equal(HttpStatusCode.Redirect, (await mayor.PressAsync(page, "refuser", ("Form.Reason", "Le contrat multirisque de la commune couvre déjà ce risque."))).Status);
        var declined = await officer.GetAsync(at);
        Assert.Contains("couvre déjà ce risque", declined.Text);
        Assert.Contains("proposée de nouveau à partir du", declined.Text);
        Assert.Empty(Forms.Of(declined));
        await registry.WorkAsync(Scope.ForOrganisation(town.Id), async (db, journal) =>
        {
            journal.Record(new Event(town.Id, "TEST", "RECOMMENDATION", town.Id, new EventDetails()));
            return await (await db.OpenAsync()).ExecuteAsync("update recommendation set decided_on = decided_on - 200 where organisation_id = @Id", new { town.Id });
        });
        Assert.Equal(HttpStatusCode.Redirect, (await officer.PressAsync(await officer.GetAsync(at), "proposer-de-nouveau")).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await mayor.PressAsync(await mayor.GetAsync(at), "accepter")).Status);
        // Over the area and on the first page of the organisation: adopted, its day has passed.
        Assert.NotNull((await officer.GetAsync("/recommandations")).Html.QuerySelector($"tbody a[href='{at}']"));
        Assert.Contains("1 recommandation adoptée est en retard", (await mayor.GetAsync(town.Home)).Text);
        using var contributor = await town.EnterAsync("SERVICE_CONTRIBUTOR");
        Assert.Equal(HttpStatusCode.Forbidden, (await contributor.GetAsync(at)).Status);
    }

    [Fact]
    [Trait("S", "2")]
    public async Task Lists_over_several_bodies_show_only_those_where_the_office_opens_them()
    {
        var (own, other) = (await Town.FoundAsync(registry), await Town.FoundAsync(registry));
        foreach (var town in new[] { own, other })
        {
            await TownAudit.AddAsync(registry, town, $"Audit {town.Name}");
            await TownBreach.AddAsync(registry, town, $"Violation {town.Name}");
            await TownRequest.AddAsync(registry, town);
        }
        var person = await own.AppointAsync("LEGAL_REPRESENTATIVE");
        foreach (var kind in new[] { "SERVICE_CONTRIBUTOR", "SECURITY_OFFICER" })
        {
            var id = Guid.CreateVersion7();
            await registry.WorkAsync(Scope.Platform, async (db, journal) =>
            {
                journal.Record(new Event(other.Id, "TEST", "APPOINTMENT", id, new EventDetails()));
                return await (await db.OpenAsync()).ExecuteAsync(
                    "insert into appointment (organisation_id, id, person_id, kind, start_on, act_type, act_date) values (@organisation, @id, @person, @kind, '2024-01-01', 'LETTER', '2024-01-01')",
                    new { organisation = other.Id, id, person, kind });
            });
        }
        using var both = await Town.SignInAsync(registry, person, "Ici et là");
        var shown = new List<string>();
        foreach (var list in new[] { "/recommandations", "/violations", "/demandes", "/" })
        {
            var page = await both.GetAsync(list);
            Assert.True(page.Status == HttpStatusCode.OK, $"{list}: {page}");
            Assert.True(page.Html.QuerySelector($"main a[href^='{own.Home}/']") is not null, $"{list}: nothing of her own");
            if (page.Html.QuerySelector($"main a[href^='{other.Home}/recommandations/'], main a[href^='{other.Home}/violations/'], main a[href^='{other.Home}/demandes/']") is not null) shown.Add(list);
        }
        Assert.Empty(shown);
    }
}
