using Dapper;
using Microsoft.Playwright;
using Registry.BrowserTests.Support;
using Registry.Features.Records;
using Registry.Tests.Support;

namespace Registry.BrowserTests.Accessibility;

/// <summary>A commune and its register, in every state a record can be in.</summary>
[Trait("S", "110")]
[Trait("S", "112")]
[Trait("S", "115")]
public sealed class RecordPagesTests(Chromium chromium, DemoHouse house, SignedInWindows signedIn) : BrowserTest(chromium, signedIn), IClassFixture<SignedInWindows>
{
    private const string Commune = "/o/druelle-balsac-12090";

    [Theory]
    [InlineData("correspondante", "")]
    [InlineData("dpo", "")]
    [InlineData("dpo", "/traitements")]
    [InlineData("dpo", "/traitements?etat=a-relire")]
    [InlineData("dpo", "/traitements?q=zzzzzz")]
    [InlineData("correspondante", "/traitements/nouveau")]
    [InlineData("correspondante", "/traitements/nouveau?q=zzzzzz")]
    [InlineData("correspondante", "/traitements/importer")]
    [InlineData("dpo", "/traitements/T-0001/analyse-d-impact")]
    [InlineData("dpo", "/applications")]
    [InlineData("correspondante", "/applications/nouvelle")]
    [InlineData("dpo", "/prestataires")]
    [InlineData("correspondante", "/prestataires/nouveau")]
    [InlineData("dpo", "/responsabilites-conjointes")]
    [InlineData("correspondante", "/responsabilites-conjointes/nouvelle")]
    [InlineData("dpo", "/sous-traitance")]
    [InlineData("dpo", "/sous-traitance/nouvelle")]
    [InlineData("dpo", "/journal")]
    [InlineData("correspondante", "/profil")]
    [InlineData("correspondante", "/services")]
    [InlineData("dpo", "/designations")]
    [InlineData("dpo", "/designations/nouvelle")]
    [InlineData("dpo", "/designations/nouvelle?fonction=CORRESPONDENT&q=rouquette")]
    [InlineData("dpo", "/espace/sortie")]
    [InlineData("elu", "/espace/entree")]
    public async Task A_page_of_a_commune_is_accessible(string person, string path)
    {
        var window = await WindowOfAsync(person);
        Assert.Equal(200, await window.OpenAsync(Commune + path));
        await window.InspectAsync(path);
    }

    [Fact]
    public async Task The_two_steps_of_an_import_are_accessible()
    {
        var window = await WindowOfAsync("correspondante");
        await window.OpenAsync(Commune + "/traitements/importer");
        var page = window.Page;
        await page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = "ancien.csv", MimeType = "text/csv", Buffer = "Intitulé du traitement;Objectif;Rôle\nCimetière communal;Tenir les concessions;Chef\nFourrière;Garder les animaux;\n"u8.ToArray() });
        await page.GetByRole(AriaRole.Button, new() { Name = "Lire le fichier" }).ClickAsync();
        await page.WaitForURLAsync("**/colonnes");
        await window.InspectAsync("colonnes");
        await page.GetByRole(AriaRole.Button, new() { Name = "Voir ce qui serait importé" }).ClickAsync();
        await page.WaitForURLAsync(url => !url.EndsWith("/colonnes", StringComparison.Ordinal));
        await window.InspectAsync("aperçu");
        await page.GetByRole(AriaRole.Button, new() { Name = "Abandonner l’import" }).ClickAsync();
    }

    [Theory]
    [InlineData(RecordStatus.Draft, "correspondante", "soumettre")]
    [InlineData(RecordStatus.Submitted, "dpo", "relire")]
    [InlineData(RecordStatus.InReview, "dpo", "valider")]
    [InlineData(RecordStatus.InReview, "dpo", "demander-des-corrections")]
    [InlineData(RecordStatus.ChangesRequested, "correspondante", "soumettre")]
    [InlineData(RecordStatus.Validated, "elu", "publier")]
    [InlineData(RecordStatus.Published, "elu", "archiver")]
    [InlineData(RecordStatus.Published, "correspondante", "ouvrir-une-revision")]
    [InlineData(RecordStatus.InRevision, "correspondante", "abandonner-la-revision")]
    public async Task A_record_and_the_page_of_its_act_are_accessible(RecordStatus state, string person, string act)
    {
        var record = await FindAsync(state);
        var window = await (await OpenWindowAsync(house)).EnterAsync(person);
        await window.OpenAsync(record);
        await window.InspectAsync($"record, {state}");
        await window.OpenAsync($"{record}/actes/{act}");
        await window.InspectAsync(act);
        // What asks for words says so when they are missing.
        if (await window.Page.Locator("main [name='Form.Reason']").CountAsync() == 0) return;
        await window.Page.Locator("main form[method=post] button").ClickAsync();
        await Expect(window.Page.Locator(".error-summary")).ToBeFocusedAsync();
        await window.InspectAsync($"{act}, with errors");
    }

    [Theory]
    [InlineData("lecture", "/versions/1")]
    [InlineData("lecture", "/imprimer")]
    [InlineData("dpo", "/historique")]
    public async Task What_is_kept_of_a_published_record_is_accessible(string person, string path)
    {
        var record = await FindAsync(RecordStatus.Published);
        var window = await WindowOfAsync(person);
        Assert.Equal(200, await window.OpenAsync(record + path));
        await window.InspectAsync(path);
    }

    [Fact]
    public async Task An_abandoned_draft_is_accessible()
    {
        var window = await (await OpenWindowAsync(house)).EnterAsync("correspondante");
        var record = await AddAsync(window, "Fiche à abandonner");
        await window.OpenAsync(record + "/actes/abandonner");
        await window.Page.Locator("[name='Form.Reason']").FillAsync("Ouverte par erreur.");
        await window.Page.Locator("main form[method=post] button").ClickAsync();
        await window.Page.WaitForURLAsync(url => new Uri(url).AbsolutePath == record);
        await window.InspectAsync("abandoned");
    }

    [Theory]
    [InlineData("lecture", "/designations/nouvelle", 403)]
    [InlineData("correspondante", "/traitements/T-9999", 404)]
    public async Task A_refusal_is_accessible(string person, string path, int status)
    {
        var window = await (await OpenWindowAsync(house)).EnterAsync(person);
        Assert.Equal(status, await window.OpenAsync(Commune + path));
        await window.InspectAsync($"{status}");
    }

    [Fact]
    public async Task An_act_that_came_too_late_is_accessible()
    {
        var window = await (await OpenWindowAsync(house)).EnterAsync("dpo");
        Assert.Equal(409, await window.OpenAsync($"{await FindAsync(RecordStatus.Published)}/actes/relire"));
        await window.InspectAsync("409");
    }

    [Fact]
    public async Task An_empty_register_is_accessible()
    {
        // The provider keeps no record of its own in the demonstration.
        var window = await (await OpenWindowAsync(house)).EnterAsync("dpo");
        await window.OpenAsync("/organismes");
        await window.Page.Locator("main a[href^='/o/smica']").First.ClickAsync();
        await window.Page.Locator("header a[href$='/traitements']").ClickAsync();
        await window.InspectAsync("empty register");
    }

    [Fact]
    public async Task The_forms_of_appointments_say_what_is_missing()
    {
        var window = await (await OpenWindowAsync(house)).EnterAsync("dpo");
        await window.OpenAsync(Commune + "/designations/nouvelle?fonction=ELECTED_DELEGATE");
        await window.Page.Locator("main form[method=post] button.main").ClickAsync();
        await Expect(window.Page.Locator(".error-summary")).ToBeFocusedAsync();
        await window.InspectAsync("new appointment with errors");
        await window.OpenAsync(Commune + "/designations");
        await window.Page.Locator("main a[href$='/fin']").First.ClickAsync();
        await window.InspectAsync("end of an appointment");
        await window.Page.Locator("main form[method=post] button").ClickAsync();
        await Expect(window.Page.Locator(".error-summary")).ToBeFocusedAsync();
        await window.InspectAsync("end of an appointment with errors");
    }

    internal static async Task<string> AddAsync(Window window, string title)
    {
        await window.OpenAsync(Commune + "/traitements/nouveau");
        await window.Page.Locator("[name='Form.Title']").FillAsync($"{title} {Guid.NewGuid():n}"[..40]);
        await window.Page.Locator("form:has([name='Form.Title']) button").ClickAsync();
        await window.Page.WaitForURLAsync(url => url.Contains("/traitements/T-", StringComparison.Ordinal));
        return new Uri(window.Page.Url).AbsolutePath;
    }

    private Task<string> FindAsync(RecordStatus state) => FindAsync(house, state);

    internal static async Task<string> FindAsync(RegistryFixture house, RecordStatus state)
    {
        await using var connection = await house.SuperuserAsync();
        var reference = await connection.ExecuteScalarAsync<string>(
            """
            select 'T-' || to_char(r.number, 'FM0000')
              from app.processing_record r
              join app.organisation o on o.id = r.organisation_id
             where o.insee_code = '12090' and r.status = @state
             order by r.number
             limit 1
            """,
            new { state = RecordStates.Code(state) });
        return $"{Commune}/traitements/{reference}";
    }
}
