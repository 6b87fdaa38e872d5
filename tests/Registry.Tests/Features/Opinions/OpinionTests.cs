using System.Net;
using Dapper;
using Registry.Access;
using Registry.Data;
using Registry.Facts;
using Registry.Features.Opinions;
using Registry.History;
using Registry.Jobs;
using Registry.Tests.Support;

namespace Registry.Tests.Features.Opinions;

/// <summary>An opinion on a convention or a breach: asked, issued, acknowledged and decided on, each in its own hand.</summary>
[Trait("Kind", "pages")]
public sealed class OpinionTests(RegistryFixture registry)
{
    [Fact]
    [Trait("S", "5")]
    public void Ten_thousand_random_steps_follow_the_table()
    {
        var random = new Random(52);
        string[] slugs = [.. OpinionStates.All.Select(move => move.Slug), "inconnu"];
        Role[] roles = [Role.Dpo, Role.DpoAssistant, Role.ControllerRep, Role.Correspondent, Role.Auditor];
        var (state, taken, refused) = ("DRAFT", 0, 0);
        for (var step = 0; step < 10_000; step++)
        {
            var (slug, role) = (slugs[random.Next(slugs.Length)], roles[random.Next(roles.Length)]);
            // The sentences of the domain, written again.
            var to = (state, slug, role) switch
            {
                ("DRAFT", "emettre", Role.Dpo) => "ISSUED",
                ("DRAFT", "enregistrer", Role.Dpo or Role.DpoAssistant) => "DRAFT",
                ("ISSUED", "prendre-connaissance", Role.ControllerRep or Role.Correspondent) => "ACKNOWLEDGED",
                ("ISSUED", "retirer", Role.Dpo) => "WITHDRAWN",
                ("ACKNOWLEDGED", "decider", Role.ControllerRep) => "DECIDED",
                ("DECIDED", "clore", Role.Dpo) => "CLOSED",
                _ => null,
            };
            var move = OpinionStates.Find(OpinionStates.Parse(state), slug);
            Assert.Equal(to, move is not null && move.Who.Contains(role.Code()) ? OpinionStates.Code(move.To) : null);
            if (to is null) refused++;
            else (state, taken) = (to, taken + 1);
            if (state is "CLOSED" or "WITHDRAWN" || random.Next(50) == 0) state = OpinionStates.Code(Enum.GetValues<OpinionStatus>()[random.Next(4)]);
        }
        Assert.True(taken > 200 && refused > 5_000, $"{taken} taken, {refused} refused");
        Assert.Equal(Vocabulary.Current.Terms("OpinionStatus").Select(term => term.Code), Enum.GetValues<OpinionStatus>().Select(OpinionStates.Code));
    }

    [Fact]
    public async Task A_question_becomes_an_opinion_that_the_controller_acknowledges_and_decides_on()
    {
        var town = await Town.FoundAsync(registry);
        using var officer = await town.EnterAsync("DPO");
        using var mayor = await town.EnterAsync("LEGAL_REPRESENTATIVE");
        using var correspondent = await town.EnterAsync("CORRESPONDENT");
        var form = Forms.Of(await mayor.GetAsync(town.Home + "/avis/demander?sujet=CONVENTION&objet=C-001")).Single();
        Assert.Contains("Écrivez la question", (await mayor.PostAsync(form.Action, form.With(("Form.Title", "Durée")))).Text);
        (string, string)[] fields = [("Form.Title", "Durée de la convention"), ("Form.Question", "Peut-elle être reconduite sans avenant ?")];
        var asked = await mayor.PostAsync(form.Action, form.With(fields));
        Assert.Equal($"{town.Home}/avis/AV-001", asked.Location);
        Assert.Equal(asked.Location, (await mayor.PostAsync(form.Action, form.With(fields))).Location);
        var page = await officer.GetAsync(asked.Location!);
        Assert.NotNull(page.Html.QuerySelector($"a[href='{town.Home}/conventions/C-001']"));
        Assert.Contains("Écrivez votre avis", (await officer.PressAsync(page, "emettre")).Text);
        Assert.Equal(HttpStatusCode.Redirect, (await officer.PressAsync(page, "enregistrer", ("Form.Body", "Phrase en chantier."))).Status);
        // A draft is nobody else's to read.
        Assert.DoesNotContain("Phrase en chantier", (await mayor.GetAsync(asked.Location!)).Text);
        var draft = await officer.GetAsync(asked.Location!);
        Assert.Contains("Phrase en chantier", draft.Text);
        Assert.Equal(HttpStatusCode.Redirect, (await officer.PressAsync(draft, "emettre", ("Form.Conclusion", "UNFAVOURABLE"), ("Form.Body", "Non : la durée maximale est atteinte."))).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await officer.PressAsync(draft, "emettre", ("Form.Conclusion", "FAVOURABLE"), ("Form.Body", "Oui."))).Status);
        Assert.Contains("la durée maximale est atteinte", (await correspondent.GetAsync(asked.Location!)).Text);
        Assert.Equal(HttpStatusCode.Redirect, (await correspondent.PressAsync(await correspondent.GetAsync(asked.Location!), "prendre-connaissance")).Status);
        await registry.WorkAsync(Scope.ForOrganisation(town.Id), async (db, journal) =>
        {
            journal.Record(new Event(town.Id, "TEST", "OPINION", town.Id, new EventDetails()));
            return await (await db.OpenAsync()).ExecuteAsync("update officer_opinion set issued_on = issued_on - 65 where organisation_id = @Id", new { town.Id });
        });
        var reminder = await registry.WorkAsync(Scope.ForOrganisation(town.Id), async (db, _) => Assert.Single(await new OpinionAlerts(db).ListAsync(AlertDay.At(town.Id, town.Slug, "Europe/Paris", DateTimeOffset.UtcNow))));
        Assert.EndsWith("D+60", reminder.Step, StringComparison.Ordinal);
        var acknowledged = await mayor.GetAsync(asked.Location!);
        Assert.Contains("en vingt caractères", (await mayor.PressAsync(acknowledged, "decider", ("Form.Decision", "NOT_FOLLOWED"), ("Form.Reason", "Non."))).Text);
        Assert.Equal(HttpStatusCode.Redirect, (await mayor.PressAsync(acknowledged, "decider", ("Form.Decision", "NOT_FOLLOWED"), ("Form.Reason", "Le conseil délibère le mois prochain sur un avenant."))).Status);
        Assert.Contains("Le conseil délibère", (await officer.GetAsync(asked.Location!)).Text);
        Assert.Equal(HttpStatusCode.Redirect, (await officer.PressAsync(await officer.GetAsync(asked.Location!), "clore")).Status);
        Assert.Contains("AV-001", (await correspondent.GetAsync(town.Home + "/avis")).Text);
        foreach (var foreign in new[] { "AV-999", "x" }) Assert.Equal(HttpStatusCode.NotFound, (await officer.GetAsync($"{town.Home}/avis/{foreign}")).Status);
    }
}
