using System.Net;
using Dapper;
using Registry.Tests.Support;

namespace Registry.Tests.Features.Missions;

/// <summary>A mission from its proposal to the invoice of a month: each side does its part, and silence validates nothing.</summary>
[Trait("Kind", "pages")]
public sealed class MissionTests(RegistryFixture registry)
{
    private static (string, string)[] Proposal(string title = "Mutualisation du délégué") => [("Form.Title", title), ("Form.InitialDays", "12,5"), ("Form.OngoingDays", "10"), ("Form.DailyRate", "230,00"), ("Form.AnnualFee", "2 000,00")];

    [Fact]
    public async Task A_proposal_is_written_once_sent_validated_by_the_representative_and_then_stands()
    {
        var town = await Town.FoundAsync(registry);
        using var officer = await town.EnterAsync("DPO");
        using var mayor = await town.EnterAsync("LEGAL_REPRESENTATIVE");
        var form = Forms.Of(await officer.GetAsync(town.Home + "/missions/nouvelle/proposition")).Single();
        Assert.Contains("une phase au moins", (await officer.PostAsync(form.Action, form.With([("Form.InitialDays", "0"), ("Form.OngoingDays", "0"), .. Proposal()]))).Text);
        Assert.Contains("une décimale au plus", (await officer.PostAsync(form.Action, form.With([("Form.InitialDays", "1,25"), .. Proposal()]))).Text);
        var added = await officer.PostAsync(form.Action, form.With(Proposal()));
        Assert.True(added.Status == HttpStatusCode.Redirect, added.ToString());
        Assert.Equal(added.Location, (await officer.PostAsync(form.Action, form.With(Proposal()))).Location);
        Assert.Single((await officer.GetAsync(town.Home + "/missions")).Html.QuerySelectorAll("tbody tr"));
        var page = await officer.GetAsync(added.Location!);
        Assert.Contains("n’est pas celui des jours estimés", page.Text);
        // Nothing to validate before it was sent.
        Assert.Empty(Forms.Of(await mayor.GetAsync(added.Location!)));
        Assert.Equal(HttpStatusCode.Redirect, (await officer.PressAsync(page, "transmettre")).Status);
        var read = await mayor.GetAsync(added.Location!);
        // What changes after it was sent is to be sent again: the mayor's button no longer validates.
        var edit = Forms.Of(await officer.GetAsync(added.Location + "/proposition")).Single();
        Assert.Equal(HttpStatusCode.Redirect, (await officer.PostAsync(edit.Action, edit.With(("Form.AnnualFee", "2 300,00")))).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await officer.PostAsync(edit.Action, edit.With(("Form.AnnualFee", "1")))).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await mayor.PressAsync(read, "valider")).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await officer.PressAsync(await officer.GetAsync(added.Location!), "transmettre")).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await mayor.PressAsync(await mayor.GetAsync(added.Location!), "valider")).Status);
        Assert.Contains("Mise en conformité initiale", (await officer.GetAsync(added.Location!)).Text);
        Assert.Equal(HttpStatusCode.Conflict, (await officer.GetAsync(added.Location + "/proposition")).Status);

        // A second mission is proposed and sent while the first runs; it begins when that one has ended.
        var next = Forms.Of(await officer.GetAsync(town.Home + "/missions/nouvelle/proposition")).Single();
        var second = (await officer.PostAsync(next.Action, next.With([("Form.InitialDays", "0"), .. Proposal("Suivi")]))).Location!;
        await officer.PressAsync(await officer.GetAsync(second), "transmettre");
        Assert.Equal(HttpStatusCode.Conflict, (await mayor.PressAsync(await mayor.GetAsync(second), "valider")).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await officer.PressAsync(await officer.GetAsync(added.Location!), "terminer")).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await mayor.PressAsync(await mayor.GetAsync(second), "valider")).Status);
        Assert.Contains("Suivi mutualisé", (await mayor.GetAsync(second)).Text);
        using var correspondent = await town.EnterAsync("CORRESPONDENT");
        var token = (await correspondent.GetAsync("/mon-compte")).Html.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        Assert.Equal(HttpStatusCode.Forbidden, (await correspondent.PostAsync(second, ("__RequestVerificationToken", token), ("Form.Move", "terminer"))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await officer.GetAsync($"{town.Home}/missions/{Guid.NewGuid()}")).Status);
    }

    [Fact]
    public async Task Days_make_a_statement_that_is_sent_disputed_corrected_and_validated_and_then_stand()
    {
        var town = await Town.FoundAsync(registry);
        var (mission, _, _) = await TownMission.AddAsync(registry, town);
        using var officer = await town.EnterAsync("DPO");
        using var mayor = await town.EnterAsync("LEGAL_REPRESENTATIVE");
        var (home, at) = ($"{town.Home}/missions/{mission}", $"{town.Home}/etats-mensuels/2026-03");
        (string, string)[] Day(int day, string days, string who = "Claire") =>
            [("Form.HeldOn.Day", $"{day}"), ("Form.HeldOn.Month", "3"), ("Form.HeldOn.Year", "2026"), ("Form.Days", days), ("Form.PerformedBy", who), ("Form.Place", "REMOTE"), ("Form.Kind", "ADVICE"), ("Form.Summary", "Conseil au service")];
        var form = Forms.Of(await officer.GetAsync(home + "/interventions/nouvelle")).Single();
        foreach (var _ in new[] { 1, 2 }) Assert.Equal(HttpStatusCode.Redirect, (await officer.PostAsync(form.Action, form.With(Day(11, "0,5")))).Status);
        var again = Forms.Of(await officer.GetAsync(home + "/interventions/nouvelle")).Single();
        Assert.Contains("une journée au plus", (await officer.PostAsync(again.Action, again.With(Day(11, "1")))).Text);
        Assert.Contains("n’est pas à venir", (await officer.PostAsync(again.Action, again.With([("Form.HeldOn.Year", "2099"), .. Day(11, "1", "Autre")]))).Text);
        var page = await officer.GetAsync(at);
        Assert.Contains("345,00", page.Html.QuerySelector(".lead")!.TextContent);
        Assert.Empty(Forms.Of(await mayor.GetAsync(at)));
        Assert.Equal(HttpStatusCode.Redirect, (await officer.PressAsync(page, "transmettre")).Status);
        // The representative hears of it at once.
        Assert.Contains("2026-03", (await mayor.GetAsync("/rappels")).Text);
        Assert.Contains("déjà transmis", (await officer.PostAsync(again.Action, again.With(Day(12, "1")))).Text);
        var sent = await mayor.GetAsync(at);
        Assert.Contains("Dix jours ouvrés mènent au", sent.Html.QuerySelector(".why")!.TextContent);
        Assert.Contains("Le silence ne vaut pas validation", sent.Text);
        Assert.Contains("Dites ce qui est contesté", (await mayor.PressAsync(sent, "contester")).Text);
        Assert.Equal(HttpStatusCode.Redirect, (await mayor.PressAsync(sent, "contester", ("Form.Dispute", "Le 11 mars n’a pas eu lieu."))).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await mayor.PressAsync(sent, "valider")).Status);
        Assert.Contains("Le 11 mars n’a pas eu lieu.", (await officer.GetAsync(at)).Text);
        Assert.Equal(HttpStatusCode.Redirect, (await officer.PressAsync(await officer.GetAsync(at), "corriger")).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await officer.PostAsync(again.Action, again.With(Day(12, "1")))).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await officer.PressAsync(await officer.GetAsync(at), "transmettre")).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await mayor.PressAsync(await mayor.GetAsync(at), "valider")).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await officer.PressAsync(await officer.GetAsync(at), "facturer")).Status);
        Assert.Contains("575,00", (await mayor.GetAsync(at)).Html.QuerySelector(".lead")!.TextContent);
        var paper = await mayor.GetAsync($"{town.Home}/documents/DOC_MONTHLY_STATEMENT?objet=2026-03");
        Assert.Equal(HttpStatusCode.OK, paper.Status);
        foreach (var part in new[] { "575,00", "Conseil au service", "Validé par" }) Assert.Contains(part, paper.Text);
        foreach (var foreign in new[] { $"{town.Home}/etats-mensuels/2026-04", $"{town.Home}/etats-mensuels/x", $"{home}/interventions/{Guid.NewGuid()}", $"{town.Home}/documents/DOC_MONTHLY_STATEMENT?objet=2026-04" })
            Assert.Equal(HttpStatusCode.NotFound, (await officer.GetAsync(foreign)).Status);
        await using var connection = await registry.SuperuserAsync();
        Assert.Equal(6, await connection.ExecuteScalarAsync<int>("select count(*)::int from history.event where organisation_id = @Id and object_type = 'MONTHLY_STATEMENT'", new { town.Id }));
    }

    [Fact]
    public async Task An_action_is_followed_to_its_proof_and_a_correspondent_with_a_delegation_validates()
    {
        var town = await Town.FoundAsync(registry);
        var (mission, task, _) = await TownMission.AddAsync(registry, town);
        using var correspondent = await town.EnterAsync("CORRESPONDENT");
        var at = $"{town.Home}/missions/{mission}/actions/{task}";
        var (first, second) = (Forms.Of(await correspondent.GetAsync(at)).Single(), Forms.Of(await correspondent.GetAsync(at)).Single());
        Assert.Contains("Indiquez le jour", (await correspondent.PostAsync(first.Action, first.With(("Form.Status", "DONE")))).Text);
        (string, string)[] done = [("Form.Status", "DONE"), ("Form.DoneOn.Day", "2"), ("Form.DoneOn.Month", "4"), ("Form.DoneOn.Year", "2026"), ("Form.Evidence", "Arrêté 2026-04")];
        Assert.Equal(HttpStatusCode.Redirect, (await correspondent.PostAsync(first.Action, first.With(done))).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await correspondent.PostAsync(second.Action, second.With(("Form.Title", "Autre")))).Status);
        Assert.Contains("Arrêté 2026-04", (await correspondent.GetAsync($"{town.Home}/missions/{mission}")).Text);
        using var officer = await town.EnterAsync("DPO");
        var statement = $"{town.Home}/etats-mensuels/2026-03";
        Assert.Equal(HttpStatusCode.Redirect, (await officer.PressAsync(await officer.GetAsync(statement), "transmettre")).Status);
        Assert.Empty(Forms.Of(await correspondent.GetAsync(statement)));
        using var delegated = await town.EnterAsync("CORRESPONDENT", ["STATEMENT_VALIDATION"]);
        Assert.Equal(HttpStatusCode.Redirect, (await delegated.PressAsync(await delegated.GetAsync(statement), "valider")).Status);
    }

    private static (string, string)[] Day(DateOnly on, string who = "Claire", string days = "1") =>
        [("Form.HeldOn.Day", $"{on.Day}"), ("Form.HeldOn.Month", $"{on.Month}"), ("Form.HeldOn.Year", $"{on.Year}"), ("Form.Days", days), ("Form.PerformedBy", who), ("Form.Place", "REMOTE"), ("Form.Kind", "ADVICE"), ("Form.Summary", "Conseil au service")];

    private static async Task<Answer> NoteAsync(Visit officer, string mission, (string, string)[] fields)
    {
        var form = Forms.Of(await officer.GetAsync(mission + "/interventions/nouvelle")).Single();
        return await officer.PostAsync(form.Action, form.With(fields));
    }

    [Fact]
    public async Task Two_missions_in_one_month_have_one_statement_and_only_an_invoiced_day_of_the_second_is_refused()
    {
        var town = await Town.FoundAsync(registry);
        var (first, _, _) = await TownMission.AddAsync(registry, town);
        await town.WriteAsync("update mission set phase = 'ENDED', ended_on = '2026-03-15' where id = @id", first);
        var (second, _, _) = await TownMission.AddAsync(registry, town, "Suite");
        using var officer = await town.EnterAsync("DPO");
        var home = $"{town.Home}/missions/{second}";
        var refused = await NoteAsync(officer, home, Day(new(2026, 3, 20)));
        Assert.Contains("est celui d’une autre mission", refused.Text);
        Assert.DoesNotContain("déjà transmis", refused.Text);
        Assert.Equal(HttpStatusCode.Redirect, (await NoteAsync(officer, home, [("Form.Status", "PLANNED"), .. Day(new(2026, 3, 20))])).Status);
        await town.WriteAsync("update mission set ongoing_from = '2026-03-16' where id = @id", second);
        Assert.Equal(HttpStatusCode.Redirect, (await NoteAsync(officer, home, Day(new(2026, 3, 21)))).Status);
        // Also once the statement was sent: the follow-up is not in it.
        Assert.Equal(HttpStatusCode.Redirect, (await officer.PressAsync(await officer.GetAsync($"{town.Home}/etats-mensuels/2026-03"), "transmettre")).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await NoteAsync(officer, home, Day(new(2026, 3, 22)))).Status);
    }

    [Fact]
    public async Task A_disputed_statement_is_corrected_after_the_mission_has_ended()
    {
        var town = await Town.FoundAsync(registry);
        var (mission, _, visit) = await TownMission.AddAsync(registry, town);
        using var officer = await town.EnterAsync("DPO");
        using var mayor = await town.EnterAsync("LEGAL_REPRESENTATIVE");
        var (home, at) = ($"{town.Home}/missions/{mission}", $"{town.Home}/etats-mensuels/2026-03");
        await town.WriteAsync("update mission set phase = 'ENDED', ended_on = '2026-03-25' where id = @id", mission);
        Assert.Equal(HttpStatusCode.Redirect, (await officer.PressAsync(await officer.GetAsync(at), "transmettre")).Status);
        Assert.Contains("déjà transmis", (await NoteAsync(officer, home, Day(new(2026, 3, 12)))).Text);
        Assert.Equal(HttpStatusCode.Redirect, (await mayor.PressAsync(await mayor.GetAsync(at), "contester", ("Form.Dispute", "Une demi-journée seulement."))).Status);
        var form = Forms.Of(await officer.GetAsync($"{home}/interventions/{visit}")).Single();
        Assert.Equal(HttpStatusCode.Redirect, (await officer.PostAsync(form.Action, form.With(("Form.Days", "0,5")))).Status);
        Assert.Contains("115,00", (await officer.GetAsync(at)).Html.QuerySelector(".lead")!.TextContent);
        Assert.Contains("s’est terminée le", (await NoteAsync(officer, home, Day(new(2026, 3, 26)))).Text);
        Assert.Equal(HttpStatusCode.Redirect, (await NoteAsync(officer, home, Day(new(2026, 3, 25)))).Status);
    }

    [Fact]
    public async Task What_was_done_on_the_day_the_follow_up_is_decided_stays_in_the_initial_phase()
    {
        var town = await Town.FoundAsync(registry);
        var (mission, _, _) = await TownMission.AddAsync(registry, town);
        using var officer = await town.EnterAsync("DPO");
        var (home, today) = ($"{town.Home}/missions/{mission}", town.Organisation.Today(TimeProvider.System));
        Assert.Equal(HttpStatusCode.Redirect, (await NoteAsync(officer, home, Day(today, days: "0,5"))).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await officer.PressAsync(await officer.GetAsync(home), "suivi")).Status);
        Assert.Contains("115,00", (await officer.GetAsync($"{town.Home}/etats-mensuels/{today:yyyy-MM}")).Html.QuerySelector(".lead")!.TextContent);
    }
}
