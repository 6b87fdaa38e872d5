using System.Net;
using Registry.Tests.Support;

namespace Registry.Tests.Features.Models;

/// <summary>The officer's library through its pages: rollouts, revisions that travel, and the comparison in the commune.</summary>
[Trait("Kind", "pages")]
public sealed class LibraryPagesTests(RegistryFixture registry)
{
    private const string Shipped = "ETAT_CIVIL";

    [Fact]
    public async Task Models_are_given_to_registers_in_one_act_and_taken_back_while_nobody_touched_them()
    {
        var town = await Town.FoundAsync(registry);
        using var officer = await town.EnterAsync("DPO");
        using var correspondent = await town.EnterAsync("CORRESPONDENT");

        var preview = await ChooseAsync(officer, town, "RH_RECRUTEMENT", "RH_PAIE", "REGISTRE_CANICULE");
        Assert.Contains("Rien n’est encore ajouté", preview.Text);
        var form = Forms.Of(preview).Single(form => form.Action.Contains("Start"));
        var progress = await FollowAsync(officer, await officer.PostAsync(form.Action, form.With()), "fiches ajoutées");
        // The same button once more: nothing is added twice.
        await officer.PostAsync(form.Action, form.With());
        var list = await correspondent.GetAsync($"{town.Home}/traitements");
        var added = list.Html.QuerySelectorAll("tbody th a").Select(link => link.GetAttribute("href")!).ToList();
        Assert.NotEmpty(added);
        Assert.Contains($"{added.Count} fiches ajoutées dans 1 registres", Spaces(progress.Text));
        Assert.All(list.Html.QuerySelectorAll("tbody tr"), row => Assert.Contains("Brouillon", row.TextContent));

        var edit = await correspondent.GetAsync($"{added[0]}/modifier/identification");
        await correspondent.PostAsync(edit.Path, [.. Forms.Of(edit)[0].With(("Form.Unit", "Accueil"), ("next", "back"))]);
        var undo = Forms.Of(progress).Single(form => form.Action.Contains("Undo"));
        var undone = await FollowAsync(officer, await officer.PostAsync(undo.Action, undo.With()), "La diffusion est annulée");
        Assert.Contains($"{added.Count - 1} brouillons sont retirés. Restent 1 fiches", Spaces(undone.Text));
        Assert.Single((await correspondent.GetAsync($"{town.Home}/traitements")).Html.QuerySelectorAll("tbody th a"));
    }

    [Fact]
    public async Task What_is_there_already_is_left_out_and_said()
    {
        var town = await Town.FoundAsync(registry);
        using var officer = await town.EnterAsync("DPO");
        await RollOutAsync(officer, town, "RH_RECRUTEMENT");

        var again = await ChooseAsync(officer, town, "RH_RECRUTEMENT", "RH_PAIE");

        Assert.Contains("déjà là : 1", Spaces(again.Text));
        Assert.Contains("Ajouter 1 fiche", Spaces(again.Text));
    }

    [Fact]
    public async Task A_body_that_is_out_of_reach_by_then_refuses_and_the_others_go_on()
    {
        var (town, gone) = (await Town.FoundAsync(registry), await Town.FoundAsync(registry));
        using var officer = await town.EnterAsync("DPO");
        var before = await TownEvidence.OfAsync(registry, gone);
        var id = await TownLibrary.StockAsync(registry, town, gone.Id);

        var start = Forms.Of(await officer.GetAsync($"/modeles/diffusions/{id}")).Single(form => form.Action.Contains("Start"));
        var report = await FollowAsync(officer, await officer.PostAsync(start.Action, start.With()), "fiches ajoutées");

        Assert.Contains("1 fiches ajoutées dans 1 registres", Spaces(report.Text));
        Assert.Contains("1 organisme a refusé", Spaces(report.Text));
        Assert.Contains("Vous ne tenez plus le registre de cet organisme.", report.Text);
        Assert.DoesNotContain(gone.Name, report.Text);
        Assert.Equal(before, await TownEvidence.OfAsync(registry, gone));
    }

    [Fact]
    public async Task What_was_looked_at_is_what_is_given_even_when_the_model_changes_meanwhile()
    {
        var town = await Town.FoundAsync(registry);
        using var officer = await town.EnterAsync("DPO");
        var prepared = await ChooseAsync(officer, town, "RH_RECRUTEMENT");
        await ReviseAsync(officer, "RH_RECRUTEMENT", "Un texte que personne n’a vu en préparant.");

        var page = await officer.GetAsync(prepared.Path);
        Assert.Contains("a changé depuis que vous avez préparé cette diffusion", page.Text);
        var start = Forms.Of(page).Single(form => form.Action.Contains("Start"));
        await FollowAsync(officer, await officer.PostAsync(start.Action, start.With()), "fiches ajoutées");

        Assert.DoesNotContain("Un texte que personne n’a vu", (await officer.GetAsync($"{town.Home}/traitements/T-0001")).Text);
        Assert.Contains("la révision 2 est parue", Spaces((await officer.GetAsync($"{town.Home}/traitements/T-0001")).Text));
    }

    [Fact]
    public async Task Nothing_chosen_is_said_by_the_lists()
    {
        var town = await Town.FoundAsync(registry);
        using var officer = await town.EnterAsync("DPO");
        var page = await officer.GetAsync("/modeles/diffuser");

        var refused = await officer.PostAsync(page.Path, Forms.Of(page)[0].With());

        Assert.Contains("Choisissez au moins un modèle.", refused.Text);
        Assert.Contains("Choisissez au moins un organisme.", refused.Text);
    }

    [Fact]
    public async Task A_revision_travels_and_the_commune_takes_keeps_or_writes_each_point()
    {
        var town = await Town.FoundAsync(registry);
        using var officer = await town.EnterAsync("DPO");
        using var correspondent = await town.EnterAsync("CORRESPONDENT");
        await RollOutAsync(officer, town, "RH_RECRUTEMENT");
        await SaveAsync(correspondent, $"{town.Home}/traitements/T-0001", "finalites", ("Form.Purpose", "Recruter les agents de la commune."));

        await ReviseAsync(officer, "RH_RECRUTEMENT", "Recruter, et garder les candidatures deux ans.");
        var campaign = await officer.GetAsync("/modeles/RH_RECRUTEMENT/copies");
        Assert.Contains("1 contradiction", Spaces(campaign.Text));
        Assert.DoesNotContain("Reprendre la révision", campaign.Text);

        var page = await correspondent.GetAsync($"{town.Home}/traitements/T-0001/modele");
        Assert.Contains("Recruter les agents de la commune.", page.Text);
        Assert.Contains("deux ans", string.Concat(page.Html.QuerySelectorAll("ins").Select(added => added.TextContent)));
        var form = Assert.Single(Forms.Of(page));
        var unanswered = await correspondent.PostAsync(page.Path, form.With());
        Assert.Contains("Dites ce que la fiche doit dire ici.", unanswered.Text);
        var name = page.Html.QuerySelector("input[value=Write]")!.GetAttribute("name")!;
        var written = await correspondent.PostAsync(page.Path, form.With((name, "Write"), (name.Replace("answer.", "text."), "Recruter et garder deux ans.")));
        Assert.Equal($"{town.Home}/traitements/T-0001", written.Location);
        var sheet = await correspondent.GetAsync(written.Location!);
        Assert.Contains("Recruter et garder deux ans.", sheet.Text);
        Assert.Contains("Toutes les fiches sont à jour", (await officer.GetAsync("/modeles/RH_RECRUTEMENT/copies")).Text);
        Assert.Contains("a vu la dernière révision", (await correspondent.GetAsync(page.Path)).Text);
    }

    [Fact]
    public async Task Copies_that_do_not_contradict_the_revision_take_it_in_one_act()
    {
        var town = await Town.FoundAsync(registry);
        using var officer = await town.EnterAsync("DPO");
        using var correspondent = await town.EnterAsync("CORRESPONDENT");
        await RollOutAsync(officer, town, "RH_RECRUTEMENT");
        await SaveAsync(correspondent, $"{town.Home}/traitements/T-0001", "identification", ("Form.Unit", "Mairie"));
        await ReviseAsync(officer, "RH_RECRUTEMENT", "Recruter autrement.");

        var campaign = await officer.GetAsync("/modeles/RH_RECRUTEMENT/copies");
        var form = Assert.Single(Forms.Of(campaign));
        var report = await FollowAsync(officer, await officer.PostAsync(form.Action, form.With()), "ont repris la révision");

        Assert.Contains("1 fiches ont repris la révision", Spaces(report.Text));
        var sheet = await correspondent.GetAsync($"{town.Home}/traitements/T-0001");
        Assert.Contains("Recruter autrement.", sheet.Text);
        Assert.Contains("Mairie", sheet.Text);
    }

    [Fact]
    [Trait("S", "90")]
    public async Task A_comparison_opened_before_somebody_else_saved_is_shown_again()
    {
        var town = await Town.FoundAsync(registry);
        using var officer = await town.EnterAsync("DPO");
        using var correspondent = await town.EnterAsync("CORRESPONDENT");
        await RollOutAsync(officer, town, "RH_RECRUTEMENT");
        await ReviseAsync(officer, "RH_RECRUTEMENT", "Recruter autrement.");
        var page = await correspondent.GetAsync($"{town.Home}/traitements/T-0001/modele");
        await SaveAsync(correspondent, $"{town.Home}/traitements/T-0001", "finalites", ("Form.Purpose", "Entre-temps."));

        var stale = await correspondent.PostAsync(page.Path, Forms.Of(page)[0].With());

        Assert.Equal(HttpStatusCode.Conflict, stale.Status);
        Assert.Contains("Entre-temps.", stale.Text);
        Assert.Contains("Entre-temps.", (await correspondent.GetAsync($"{town.Home}/traitements/T-0001")).Text);
    }

    [Fact]
    public async Task A_model_of_ones_own_serves_the_area_once_it_is_issued_and_nobody_else()
    {
        var town = await Town.FoundAsync(registry);
        var other = await Town.FoundAsync(registry);
        using var officer = await town.EnterAsync("DPO");
        using var correspondent = await town.EnterAsync("CORRESPONDENT");
        using var stranger = await other.EnterAsync("CORRESPONDENT");
        using var strangeOfficer = await other.EnterAsync("DPO");
        var title = $"Portage de livres {Guid.NewGuid():n}";
        var page = await officer.GetAsync("/modeles/nouveau");
        var form = Assert.Single(Forms.Of(page));
        var added = await officer.PostAsync(page.Path, form.With(("Form.Title", title), ("Form.Types", "CCAS")));
        Assert.Equal(added.Location, (await officer.PostAsync(page.Path, form.With(("Form.Title", title), ("Form.Types", "CCAS")))).Location);
        Assert.DoesNotContain(title, (await correspondent.GetAsync($"{town.Home}/traitements/nouveau")).Text);
        Assert.Equal(HttpStatusCode.NotFound, (await correspondent.GetAsync(added.Location!)).Status);

        await IssueAsync(officer, added.Location!);

        Assert.Contains(title, (await correspondent.GetAsync($"{town.Home}/traitements/nouveau")).Text);
        Assert.Equal(HttpStatusCode.OK, (await correspondent.GetAsync(added.Location!)).Status);
        Assert.DoesNotContain(title, (await stranger.GetAsync($"{other.Home}/traitements/nouveau")).Text);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync(added.Location!)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await strangeOfficer.GetAsync($"{added.Location}/modifier/finalites")).Status);
    }

    [Fact]
    public async Task A_model_made_from_a_sheet_keeps_nothing_of_the_commune()
    {
        var town = await Town.FoundAsync(registry);
        var reference = await town.AddRecordAsync(complete: true);
        using var officer = await town.EnterAsync("DPO");
        await SaveAsync(officer, $"{town.Home}/traitements/{reference}", "publication", ("Form.InternalNotes", "Secret de la mairie"));
        await SaveAsync(officer, $"{town.Home}/traitements/{reference}", "identification", ("Form.Owner", "Directrice de la vie citoyenne"));
        var page = await officer.GetAsync($"/modeles/nouveau?organisme={town.Slug}&fiche={reference}");
        var title = $"Modèle {Guid.NewGuid():n}";

        var added = await officer.PostAsync(page.Path, Forms.Of(page)[0].With(("Form.Title", title)));

        var model = await officer.GetAsync(added.Location!);
        Assert.Contains("Code civil", model.Text);
        Assert.DoesNotContain("Secret de la mairie", model.Text);
        Assert.DoesNotContain("Directrice de la vie citoyenne", model.Text);
        Assert.DoesNotContain("Affiche à l’accueil", model.Text);
        Assert.DoesNotContain("En place", model.Text);
    }

    [Fact]
    public async Task A_sheet_of_another_area_makes_no_model()
    {
        var (town, other) = (await Town.FoundAsync(registry), await Town.FoundAsync(registry));
        var reference = await other.AddRecordAsync();
        using var officer = await town.EnterAsync("DPO");

        Assert.Equal(HttpStatusCode.NotFound, (await officer.GetAsync($"/modeles/nouveau?organisme={other.Slug}&fiche={reference}")).Status);
    }

    [Fact]
    public async Task A_revision_says_in_a_sentence_what_changes()
    {
        var town = await Town.FoundAsync(registry);
        using var officer = await town.EnterAsync("DPO");
        await MakeOwnAsync(officer, Shipped);
        Assert.Equal(HttpStatusCode.Conflict, (await officer.GetAsync($"/modeles/{Shipped}/revision")).Status);
        await SaveAsync(officer, $"/modeles/{Shipped}", "finalites", ("Form.Purpose", "Autrement dit."));
        var page = await officer.GetAsync($"/modeles/{Shipped}/revision");

        var refused = await officer.PostAsync(page.Path, Forms.Of(page)[0].With(("Form.Note", " ")));

        Assert.Contains("Dites en une phrase ce qui change.", refused.Text);
        Assert.Contains("Autrement dit.", refused.Text);
    }

    private static async Task<Answer> ChooseAsync(Visit officer, Town town, params string[] codes)
    {
        var page = await officer.GetAsync("/modeles/diffuser");
        var fields = Forms.Of(page)[0].With().Concat(codes.Select(code => ("Form.Models", code))).Append(("Form.Bodies", town.Id.ToString())).ToArray();
        return await officer.GetAsync((await officer.PostAsync(page.Path, fields)).Location!);
    }

    private static async Task RollOutAsync(Visit officer, Town town, string code)
    {
        var form = Forms.Of(await ChooseAsync(officer, town, code)).Single(form => form.Action.Contains("Start"));
        await FollowAsync(officer, await officer.PostAsync(form.Action, form.With()), "fiches ajoutées");
    }

    private static async Task<Answer> FollowAsync(Visit officer, Answer started, string words)
    {
        for (var tries = 0; tries < 200; tries++)
        {
            var page = await officer.GetAsync(started.Location!);
            if (page.Text.Contains(words)) return page;
            await Task.Delay(100);
        }
        throw new TimeoutException($"The rollout never said « {words} ».");
    }

    private static async Task MakeOwnAsync(Visit officer, string code)
    {
        var form = Forms.Of(await officer.GetAsync($"/modeles/{code}")).Single(form => form.Action.Contains("Edition"));
        await officer.PostAsync(form.Action, form.With());
    }

    private static async Task ReviseAsync(Visit officer, string code, string purpose)
    {
        await MakeOwnAsync(officer, code);
        await SaveAsync(officer, $"/modeles/{code}", "finalites", ("Form.Purpose", purpose));
        await IssueAsync(officer, $"/modeles/{code}");
    }

    private static async Task IssueAsync(Visit officer, string model)
    {
        var page = await officer.GetAsync(model + "/revision");
        await officer.PostAsync(page.Path, Forms.Of(page)[0].With(("Form.Note", "La durée a changé.")));
    }

    private static async Task SaveAsync(Visit visit, string sheet, string section, params (string, string)[] changes)
    {
        var page = await visit.GetAsync($"{sheet}/modifier/{section}");
        var saved = await visit.PostAsync(page.Path, Forms.Of(page)[0].With([.. changes, ("next", "back")]));
        Assert.Equal(HttpStatusCode.Redirect, saved.Status);
    }

    private static string Spaces(string text) => text.Replace('\u00a0', ' ').Replace('\u202f', ' ');
}
