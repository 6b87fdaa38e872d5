using System.Net;
using AngleSharp.Html.Dom;
using Dapper;
using Registry.Features.Records;
using Registry.Tests.Support;

namespace Registry.Tests.Features.Records;

/// <summary>What is being typed survives a lost session, a closed window and a second person, and is nobody else's to read.</summary>
[Trait("Kind", "pages")]
[Trait("S", "37")]
public sealed class DraftTests(RegistryFixture registry)
{
    [Fact]
    public async Task A_draft_is_offered_again_resumed_and_gone_once_saved()
    {
        var town = await Town.FoundAsync(registry);
        var reference = await town.AddRecordAsync();
        using var correspondent = await town.EnterAsync("CORRESPONDENT");
        var path = $"{town.Home}/traitements/{reference}/modifier/finalites";
        var form = Forms.Of(await correspondent.GetAsync(path)).Single();
        var kept = await correspondent.PostAsync(path + "?handler=Draft", form.With(("Form.Purpose", "Une phrase pas encore finie")));
        Assert.Equal(HttpStatusCode.OK, kept.Status);
        Assert.Contains("\"at\":", await kept.Raw.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(0, await EventsAsync(town));

        var back = await correspondent.GetAsync(path);
        Assert.Contains("n’est pas enregistré", back.Text);
        Assert.DoesNotContain("Une phrase pas encore finie", Purpose(back));
        Assert.Equal("", back.Html.QuerySelector("form[data-draft]")!.GetAttribute("data-draft"));  // an offered draft is not overwritten by the next one
        var resumed = await correspondent.GetAsync(path + "?brouillon");
        Assert.Equal("Une phrase pas encore finie", Purpose(resumed));
        var saved = await correspondent.PostAsync(path, Section(resumed).With(("next", "back")));
        Assert.True(saved.Status == HttpStatusCode.Redirect, saved.ToString());
        var after = await correspondent.GetAsync(path);
        Assert.DoesNotContain("n’est pas enregistré", after.Text);
        Assert.Equal("Une phrase pas encore finie", Purpose(after));
    }

    [Fact]
    public async Task A_draft_given_up_is_gone_and_a_draft_that_says_what_is_saved_is_not_offered()
    {
        var town = await Town.FoundAsync(registry);
        var reference = await town.AddRecordAsync();
        using var correspondent = await town.EnterAsync("CORRESPONDENT");
        var path = $"{town.Home}/traitements/{reference}/modifier/finalites";
        var form = Forms.Of(await correspondent.GetAsync(path)).Single();
        await correspondent.PostAsync(path + "?handler=Draft", form.With(("Form.Purpose", "À jeter")));
        var offered = await correspondent.GetAsync(path);
        var given = await correspondent.PressAsync(offered, "Abandonner mon brouillon");
        Assert.Equal(path, given.Location);
        Assert.DoesNotContain("n’est pas enregistré", (await correspondent.GetAsync(path)).Text);
        Assert.DoesNotContain("À jeter", Purpose(await correspondent.GetAsync(path + "?brouillon")));

        await correspondent.PostAsync(path + "?handler=Draft", form.With());
        Assert.DoesNotContain("n’est pas enregistré", (await correspondent.GetAsync(path)).Text);
    }

    [Fact]
    public async Task A_day_that_cannot_be_read_comes_back_with_the_draft_as_it_was_typed()
    {
        var town = await Town.FoundAsync(registry);
        var reference = await town.AddRecordAsync();
        using var correspondent = await town.EnterAsync("CORRESPONDENT");
        var path = $"{town.Home}/traitements/{reference}/modifier/identification";
        var form = Forms.Of(await correspondent.GetAsync(path)).Single();
        await correspondent.PostAsync(path + "?handler=Draft", form.With(("Form.ImplementedOn.Day", "31"), ("Form.ImplementedOn.Month", "juin"), ("Form.ImplementedOn.Year", "2026")));
        var resumed = await correspondent.GetAsync(path + "?brouillon");
        Assert.Equal("juin", ((IHtmlInputElement)resumed.Html.GetElementsByName("Form.ImplementedOn.Month")[0]).Value);
    }

    [Fact]
    [Trait("S", "90")]
    public async Task A_draft_begun_before_somebody_else_saved_still_meets_her_text()
    {
        var town = await Town.FoundAsync(registry);
        var reference = await town.AddRecordAsync();
        using var correspondent = await town.EnterAsync("CORRESPONDENT");
        using var officer = await town.EnterAsync("DPO");
        var path = $"{town.Home}/traitements/{reference}/modifier/finalites";
        var form = Forms.Of(await correspondent.GetAsync(path)).Single();
        await correspondent.PostAsync(path + "?handler=Draft", form.With(("Form.Purpose", "Mon brouillon")));
        await officer.PostAsync(path, Forms.Of(await officer.GetAsync(path)).Single().With(("Form.Purpose", "Le texte du délégué"), ("next", "back")));
        var resumed = await correspondent.GetAsync(path + "?brouillon");
        var conflict = await correspondent.PostAsync(path, Section(resumed).With(("next", "back")));
        Assert.Equal(HttpStatusCode.Conflict, conflict.Status);
        Assert.Contains("Le texte du délégué", conflict.Html.QuerySelector("main table")!.TextContent);
    }

    [Fact]
    [Trait("S", "51")]
    public async Task A_draft_is_its_authors_alone_for_the_page_and_for_the_database()
    {
        var town = await Town.FoundAsync(registry);
        var reference = await town.AddRecordAsync();
        var hers = await town.AppointAsync("CORRESPONDENT");
        var his = await town.AppointAsync("DPO");
        using var correspondent = await Town.SignInAsync(registry, hers, "Correspondante");
        using var officer = await Town.SignInAsync(registry, his, "Déléguée");
        var path = $"{town.Home}/traitements/{reference}/modifier/finalites";
        await correspondent.PostAsync(path + "?handler=Draft", Forms.Of(await correspondent.GetAsync(path)).Single().With(("Form.Purpose", "Personne d’autre ne lit ceci")));
        Assert.DoesNotContain("n’est pas enregistré", (await officer.GetAsync(path)).Text);
        Assert.DoesNotContain("Personne d’autre", (await officer.GetAsync(path + "?brouillon")).Html.Source.Text);
        Assert.Equal(1, await SeenByAsync(hers));
        Assert.Equal(0, await SeenByAsync(his));
        await Assert.ThrowsAsync<Npgsql.PostgresException>(() => registry.WorkAsync(Registry.Data.Scope.ForPerson(his), async (db, _) =>
            await (await db.OpenAsync()).ExecuteAsync("insert into record_draft select organisation_id, @hers, id, 'publication', 'x', '', now() from processing_record where organisation_id = @Id", new { hers, town.Id })));

        Task<int> SeenByAsync(Guid person) => registry.WorkAsync(Registry.Data.Scope.ForPerson(person), async (db, _) =>
            await (await db.OpenAsync()).ExecuteScalarAsync<int>("select count(*)::int from record_draft where organisation_id = @Id", new { town.Id }));
    }

    [Fact]
    public async Task A_draft_of_who_may_not_edit_is_refused_like_a_save()
    {
        var town = await Town.FoundAsync(registry);
        var reference = await town.AddRecordAsync();
        using var mayor = await town.EnterAsync("LEGAL_REPRESENTATIVE");
        var token = (await mayor.GetAsync("/mon-compte")).Html.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        var path = $"{town.Home}/traitements/{reference}/modifier/finalites?handler=Draft";
        Assert.Equal(HttpStatusCode.Forbidden, (await mayor.PostAsync(path, ("__RequestVerificationToken", token), ("Form.Purpose", "x"))).Status);
    }

    [Fact]
    [Trait("S", "92")]
    public async Task The_last_save_can_be_taken_back_once_until_somebody_saves_after()
    {
        var town = await Town.FoundAsync(registry);
        var reference = await town.AddRecordAsync();
        using var correspondent = await town.EnterAsync("CORRESPONDENT");
        using var officer = await town.EnterAsync("DPO");
        var (path, undo) = ($"{town.Home}/traitements/{reference}/modifier/finalites", $"{town.Home}/traitements/{reference}/annuler/finalites");
        Assert.Contains("Il n’y a rien à annuler ici", (await correspondent.GetAsync(undo)).Text);  // nothing saved yet
        var before = Purpose(await correspondent.GetAsync(path));
        await SaveAsync(correspondent, path, "Une erreur");
        Assert.Contains("Il n’y a rien à annuler ici", (await officer.GetAsync(undo)).Text);  // not hers
        Assert.Contains(undo, (await correspondent.GetAsync(path)).Html.Source.Text);
        var shown = await correspondent.GetAsync(undo);
        Assert.Contains("Une erreur", shown.Html.QuerySelector("main table")!.TextContent);
        Assert.Equal(HttpStatusCode.Redirect, (await correspondent.PressAsync(shown, "Annuler mon enregistrement")).Status);
        Assert.Equal(before, Purpose(await correspondent.GetAsync(path)));
        Assert.Equal(HttpStatusCode.Conflict, (await correspondent.PressAsync(shown, "Annuler mon enregistrement")).Status);
        Assert.Equal(before, Purpose(await correspondent.GetAsync(path)));
        Assert.Contains("Dernier enregistrement annulé", (await correspondent.GetAsync($"{town.Home}/traitements/{reference}/historique")).Text);

        await SaveAsync(correspondent, path, "Encore une erreur");
        var late = await correspondent.GetAsync(undo);
        await SaveAsync(officer, path, "Le texte du délégué");
        var refused = await correspondent.PressAsync(late, "Annuler mon enregistrement");
        Assert.Equal(HttpStatusCode.Conflict, refused.Status);
        Assert.Contains("Rien n’a été changé", refused.Text);
        Assert.Equal("Le texte du délégué", Purpose(await correspondent.GetAsync(path)));
    }

    [Fact]
    [Trait("S", "92")]
    public async Task The_same_form_sent_twice_at_once_is_one_save()
    {
        var town = await Town.FoundAsync(registry);
        var reference = await town.AddRecordAsync();
        using var correspondent = await town.EnterAsync("CORRESPONDENT");
        var path = $"{town.Home}/traitements/{reference}/modifier/finalites";
        var form = Forms.Of(await correspondent.GetAsync(path)).Single().With(("Form.Purpose", "Envoyé deux fois"), ("next", "back"));
        var answers = await Task.WhenAll(correspondent.PostAsync(path, form), correspondent.PostAsync(path, form), correspondent.PostAsync(path, form));
        Assert.All(answers, answer => Assert.True(answer.Status == HttpStatusCode.Redirect, answer.ToString()));
        Assert.Equal(1, await EventsAsync(town));
    }

    private static async Task SaveAsync(Visit who, string path, string purpose)
    {
        var saved = await who.PostAsync(path, Section(await who.GetAsync(path)).With(("Form.Purpose", purpose), ("next", "back")));
        Assert.True(saved.Status == HttpStatusCode.Redirect, saved.ToString());
    }

    /// <summary>The form of the section: beside an offered draft there is another one.</summary>
    private static SentForm Section(Answer page) => Forms.Of(page).Single(form => form.Fields.Any(field => field.Name == "seen"));

    private static string Purpose(Answer page) => ((IHtmlTextAreaElement)page.Html.GetElementsByName("Form.Purpose")[0]).Value;

    private async Task<int> EventsAsync(Town town)
    {
        await using var connection = await registry.SuperuserAsync();
        return await connection.ExecuteScalarAsync<int>("select count(*)::int from history.event where organisation_id = @Id and action = 'RECORD_CHANGED'", new { town.Id });
    }
}
