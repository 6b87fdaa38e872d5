using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Registry.BrowserTests.Support;
using Registry.Features.Ageing;
using Registry.History;
using Registry.Tests.Support;

namespace Registry.BrowserTests.Journeys;

/// <summary>
/// A citizen on a telephone without script asks for her data; the correspondent asks the provider's help desk for its part, the officer looks, the month is
/// extended in time, the answer comes with a file, and five years later nothing is left but a line of the statistic.
/// </summary>
[Trait("S", "80")]
[Trait("S", "103")]
[Trait("S", "113")]
public sealed class RightsTests(Chromium chromium) : BrowserTest(chromium)
{
    private const string Town = "/o/druelle-balsac-12090", Portal = "/c/druelle-balsac-12090", Provider = "/o/smica", Found = "Deux listes de diffusion.";

    [Fact]
    public async Task A_request_from_the_form_to_the_answer_in_time_and_to_its_erasure()
    {
        var clock = new SetClock { Now = DateTimeOffset.UtcNow.AddMinutes(1) };
        var house = await OpenHouseAsync(clock);
        var citizen = await OpenWindowAsync(house, script: false, width: 320);
        var page = citizen.Page;
        await citizen.OpenAsync(Portal + "/demande");
        await page.Locator("input[value=ACCESS]").CheckAsync();
        await NextAsync(page);
        await page.Locator("textarea").FillAsync("Ce que la mairie garde de mes inscriptions.");
        await NextAsync(page);
        await page.Locator("input[value=SELF]").CheckAsync();
        await NextAsync(page);
        await page.Locator("[name='Form.LastName']").FillAsync("Personne");
        await page.Locator("[name='Form.Email']").FillAsync("personne@exemple.example");
        await NextAsync(page);
        clock.Now += TimeSpan.FromMinutes(1);
        await page.Locator("button[value=send]").ClickAsync();
        var kept = await page.Locator("main .box strong").AllTextContentsAsync();
        var file = $"{Town}/demandes/{kept[0].Trim()}";

        clock.Now += TimeSpan.FromDays(2);
        var correspondent = await OpenWindowAsync(house);
        await correspondent.EnterAsync("correspondante");
        var work = correspondent.Page;
        await correspondent.OpenAsync(file + "/actes/instruire");
        await work.Locator("[name='Form.Method'][value=FILE_MATCH]").CheckAsync();
        await DoneAsync(work, file);
        await correspondent.OpenAsync(file + "/recherches/nouvelle");
        var whom = work.Locator("select[name='Form.Whom'] option[value^='P:']").First;
        await work.Locator("select[name='Form.Whom']").SelectOptionAsync((await whom.GetAttributeAsync("value"))!);
        await work.Locator("[name='Form.System']").FillAsync(await FirstSystemAsync(house));
        await work.Locator("[name='Form.Instruction']").FillAsync("Les inscriptions de cette personne.");
        await DoneAsync(work, file);

        var desk = await OpenWindowAsync(house);
        await desk.EnterAsync("assistance");
        await desk.OpenAsync(Provider + "/assistance/recherches");
        await desk.InspectAsync("searches for persons");
        await desk.Page.Locator("tbody tr", new() { HasText = kept[0].Trim() }).Locator("a").ClickAsync();
        await desk.Page.Locator("main form.box button.main").ClickAsync();
        await Expect(desk.Page.Locator("#error-summary")).ToContainTextAsync("Dites ce que la recherche a donné.");
        await desk.InspectAsync("a search with errors");
        await desk.Page.Locator("[name='Form.Result'][value=FOUND]").CheckAsync();
        await desk.Page.Locator("[name='Form.Text']").FillAsync(Found);
        await desk.Page.Locator("main form.box button.main").ClickAsync();
        await Expect(desk.Page.Locator("main")).ToContainTextAsync(Found);
        await desk.InspectAsync("a search answered");

        var officer = await OpenWindowAsync(house);
        await officer.EnterAsync("dpo");
        await officer.OpenAsync(file);
        await Expect(officer.Page.Locator("#recherches")).ToContainTextAsync(Found);

        clock.Now += TimeSpan.FromDays(20);
        var elected = await OpenWindowAsync(house);
        await elected.EnterAsync("elu");
        await elected.OpenAsync(file + "/actes/prolonger");
        await elected.Page.Locator("[name='Form.Extension'][value=COMPLEXITY]").CheckAsync();
        await elected.Page.Locator("[name='Form.Reason']").FillAsync("Les archives sont sur papier.");
        await DoneAsync(elected.Page, file);
        await Expect(elected.Page.Locator(".lead")).ToContainTextAsync("trois mois");

        clock.Now += TimeSpan.FromDays(30);
        await correspondent.EnterAsync("correspondante");
        await correspondent.OpenAsync(file + "/pieces");
        await work.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = "copie.csv", MimeType = "text/csv", Buffer = "nom;liste\n"u8.ToArray() });
        await work.Locator("main form.box button.main").ClickAsync();
        await Expect(work.Locator("main table")).ToContainTextAsync("copie.csv");
        await ScannedAsync(house);
        await correspondent.OpenAsync(file + "/actes/reponse-prete");
        await work.Locator("[name='Form.Outcome'][value=FULL]").CheckAsync();
        await work.Locator("[name='Form.Reason']").FillAsync("Voici vos inscriptions.");
        await work.Locator("input[type=checkbox][name='Form.Masked']").CheckAsync();
        await DoneAsync(work, file);
        await elected.EnterAsync("elu");
        await elected.OpenAsync(file + "/actes/repondre");
        await elected.Page.Locator("[name='Form.Channel'][value=PORTAL]").CheckAsync();
        await elected.Page.Locator("input[type=checkbox][name='Form.Recipient']").CheckAsync();
        await DoneAsync(elected.Page, file);

        await citizen.OpenAsync(Portal + "/suivi");
        await page.Locator("[name=Number]").FillAsync(kept[0]);
        await page.Locator("[name=Code]").FillAsync(kept[1]);
        await page.Locator("main form button").ClickAsync();
        await Expect(page.Locator("main")).ToContainTextAsync("Voici vos inscriptions.");
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Button, new() { Name = "copie.csv" }).ClickAsync());
        Assert.Equal("copie.csv", download.SuggestedFilename);
        await correspondent.OpenAsync(file + "/actes/clore");
        await DoneAsync(work, file);

        clock.Now = clock.Now.AddYears(5).AddDays(1);
        await using var connection = await house.SuperuserAsync();
        var town = await connection.QuerySingleAsync<Guid>("select id from app.organisation where insee_code = '12090'");
        Assert.True(await house.Services.GetRequiredService<AgeingRunner>().AgeAsync(town));
        await correspondent.EnterAsync("correspondante");
        Assert.Equal(404, await correspondent.OpenAsync(file));
        Assert.Equal(0, await connection.ExecuteScalarAsync<int>("select count(*)::int from app.request_file where organisation_id = @town", new { town }));
        Assert.True(await connection.ExecuteScalarAsync<bool>("select exists (select from app.rights_request_tally where organisation_id = @town and outcome = 'FULL' and on_time)", new { town }));
        Assert.Empty((await new Verification(house.ConnectionString, house.Keys).RunAsync()).Faults);
        foreach (var window in new[] { correspondent, desk, officer, elected }) window.ExpectNoComplaint();
    }

    private static Task NextAsync(IPage page) => page.Locator("button[value=next]").ClickAsync();

    private static async Task DoneAsync(IPage page, string file)
    {
        await page.Locator("main form[method=post] button.main").ClickAsync();
        await page.WaitForURLAsync(url => new Uri(url).AbsolutePath == file);
    }

    private static async Task<string> FirstSystemAsync(DemoHouse house)
    {
        await using var connection = await house.SuperuserAsync();
        return await connection.QueryFirstAsync<string>("select s.name from app.information_system s join app.organisation o on o.id = s.organisation_id where o.insee_code = '12090' and s.active order by s.name");
    }

    /// <summary>As the scanner would have it.</summary>
    private static async Task ScannedAsync(DemoHouse house)
    {
        await using var connection = await house.SuperuserAsync();
        await connection.ExecuteAsync("set session_replication_role = replica; update app.request_file set verdict = 'CLEAN', judged_at = now() where verdict is null; set session_replication_role = origin");
    }
}
