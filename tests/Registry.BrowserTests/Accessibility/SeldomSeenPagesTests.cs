using Dapper;
using Registry.BrowserTests.Support;
using Registry.Data;
using Registry.Features.Records;
using Registry.History;
using Registry.Tests.Support;

namespace Registry.BrowserTests.Accessibility;

/// <summary>Pages that few people meet: the citizens', the operator's, those of an account without records, an archive, a server that cannot answer.</summary>
[Trait("S", "110")]
[Trait("S", "112")]
[Trait("S", "115")]
public sealed class SeldomSeenPagesTests(Chromium chromium, DemoHouse house) : BrowserTest(chromium)
{
    private const string Commune = "/o/druelle-balsac-12090";

    [Theory]
    [InlineData("/c/druelle-balsac-12090", 200)]
    [InlineData("/c/druelle-balsac-12090/registre", 200)]
    [InlineData("/c/druelle-balsac-12090/registre/T-0002", 200)]
    [InlineData("/c/nulle-part", 404)]
    [InlineData("/erreur/429", 429)]
    [InlineData("/erreur/503", 503)]
    [InlineData("/erreur/500", 500)]
    public async Task A_page_for_anybody_is_accessible(string path, int status)
    {
        var window = await OpenWindowAsync(house);
        Assert.Equal(status, await window.OpenAsync(path));
        await window.InspectAsync(path);
    }

    [Theory]
    [InlineData("assistance", "/")]
    [InlineData("lecture", "/")]
    [InlineData("correspondante", "/session")]
    public async Task The_first_page_of_an_account_is_accessible(string person, string path)
    {
        var window = await (await OpenWindowAsync(house)).EnterAsync(person);
        Assert.Equal(200, await window.OpenAsync(path));
        await window.InspectAsync($"{person} {path}");
    }

    [Fact]
    public async Task A_form_that_the_server_could_not_save_is_accessible_and_keeps_what_was_written()
    {
        var window = await (await OpenWindowAsync(house)).EnterAsync("correspondante");
        var record = await RecordPagesTests.AddAsync(window, "Fiche retenue");
        await window.OpenAsync($"{record}/modifier/finalites");
        await window.Page.Locator("[name='Form.Purpose']").FillAsync("Un texte qui ne doit pas se perdre.");
        await using (var connection = await house.SuperuserAsync())
        await using (var holding = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken))
        {
            await connection.ExecuteAsync("select id from app.processing_record where title = @title for update", new { title = await TitleAsync(record) }, holding);
            var answer = await window.Page.RunAndWaitForResponseAsync(
                () => window.Page.Locator("main .acts button[name=next][value=back]").ClickAsync(), sent => sent.Request.Method == "POST");
            Assert.Equal(503, answer.Status);
        }
        await Expect(window.Page.Locator("h1")).ToContainTextAsync("indisponible");
        await window.Page.Locator("main details summary").ClickAsync();
        await Expect(window.Page.Locator("main .typed").First).ToContainTextAsync("Un texte qui ne doit pas se perdre.");
        await window.InspectAsync("503 with a form");
        await window.Page.Locator("main form[method=post] button.main").ClickAsync();
        await Expect(window.Page.Locator("main")).ToContainTextAsync("Un texte qui ne doit pas se perdre.");
    }

    [Fact]
    public async Task An_archived_record_is_accessible()
    {
        string record;
        await using (var connection = await house.SuperuserAsync())
        {
            // The newest: other tests look at the oldest.
            var number = await connection.ExecuteScalarAsync<int>(
                """
                select max(r.number) from app.processing_record r join app.organisation o on o.id = r.organisation_id
                 where o.insee_code = '12090' and r.status = @state
                """,
                new { state = RecordStates.Code(RecordStatus.Published) });
            record = $"{Commune}/traitements/T-{number:0000}";
        }
        var window = await (await OpenWindowAsync(house)).EnterAsync("elu");
        var page = window.Page;
        await window.OpenAsync(record + "/actes/archiver");
        await page.Locator("[name='Form.Reason']").FillAsync("Le service a fermé.");
        await page.Locator("[name='Form.EndedOn.Day']").FillAsync("1");
        await page.Locator("[name='Form.EndedOn.Month']").FillAsync("9");
        await page.Locator("[name='Form.EndedOn.Year']").FillAsync("2026");
        await page.Locator("main [name='Form.DataFate'][value=ARCHIVED], main select[name='Form.DataFate']").First.EvaluateAsync(
            "one => { if (one.tagName === 'SELECT') one.value = 'ARCHIVED'; else one.checked = true; }");
        await page.Locator("main form[method=post] button").ClickAsync();
        await page.WaitForURLAsync(url => new Uri(url).AbsolutePath == record);
        await Expect(page.Locator("main")).ToContainTextAsync("Archivée");
        await window.InspectAsync("archived record");
        foreach (var path in new[] { "/versions/1", "/historique", "/imprimer" })
        {
            Assert.Equal(200, await window.OpenAsync(record + path));
            await window.InspectAsync("archived record " + path);
        }
    }

    [Theory]
    [InlineData("PLATFORM_ADMIN", "/")]
    [InlineData("PLATFORM_ADMIN", "/espaces")]
    [InlineData("PLATFORM_ADMIN", "/espaces/nouveau")]
    [InlineData("PLATFORM_ADMIN", "/organismes")]
    [InlineData("AREA_EXECUTIVE", "/")]
    public async Task A_page_above_the_organisations_is_accessible(string kind, string path)
    {
        var window = await EnterAsAsync(kind);
        Assert.Equal(200, await window.OpenAsync(path));
        await window.InspectAsync($"{kind} {path}");
    }

    [Fact]
    public async Task Reminders_messages_and_the_calendar_are_accessible()
    {
        var town = await Town.FoundAsync(house);
        var officer = await house.AdmitAsync(town, "DPO");
        await TownAlerts.AddAsync(house, town, "T-0001 · Fiche à revoir");
        var window = await (await OpenWindowAsync(house)).EnterAsync(officer);
        foreach (var path in new[] { "/", town.Home, "/rappels", "/messages", "/mon-compte/absence", "/mon-compte/agenda" })
        {
            Assert.Equal(200, await window.OpenAsync(path));
            await window.InspectAsync(path);
        }
        await window.Page.Locator("main button.main").ClickAsync();
        await Expect(window.Page.Locator("main code.secret")).ToBeVisibleAsync();
        await window.InspectAsync("the address of a calendar");
        await window.OpenAsync(town.Home);
        await window.Page.Locator("main table.work a.plain").First.ClickAsync();
        await Expect(window.Page.Locator("main [name='Form.Reason']")).ToBeVisibleAsync();
        await window.InspectAsync("a line handed over or put off");
        await window.OpenAsync("/rappels");
        await window.Page.Locator("main button[name=notice]").First.ClickAsync();
        await Expect(window.Page.Locator("main")).ToContainTextAsync("Aucun rappel");
        await window.InspectAsync("no reminder");
    }

    [Fact]
    public async Task The_mail_that_does_not_leave_is_accessible()
    {
        await using (var connection = await house.SuperuserAsync())
        {
            await connection.ExecuteAsync(
                """
                insert into app.outbox_mail (id, recipient, subject, body, created_at, due_at, attempts, first_try_at, given_up_at, last_error)
                select gen_random_uuid(), 'nom@exemple.fr', 'Registre : vos rappels du jour (1)', 'Bonjour', now(), now(), n, now(), case when n > 1 then now() end, '550 inconnu' from generate_series(1, 3) n
                """);
        }
        var window = await EnterAsAsync("PLATFORM_ADMIN");
        Assert.Equal(200, await window.OpenAsync("/courrier"));
        await window.InspectAsync("/courrier");
    }

    [Fact]
    public async Task The_form_of_an_area_says_what_is_missing()
    {
        // A body that could lead one: all those of the demonstration do, or are served.
        await house.WorkAsync(Scope.Platform, async (db, journal) =>
        {
            var id = Guid.CreateVersion7();
            journal.Record(new Event(id, "TEST", "ORGANISATION", id, new EventDetails()));
            return await (await db.OpenAsync()).ExecuteAsync(
                "insert into organisation (id, slug, name, type, territory, time_zone) values (@id, @slug, 'Syndicat à conduire', 'SYNDICAT_MIXTE', 'METRO', 'Europe/Paris')",
                new { id, slug = $"syndicat-{id:n}" });
        });
        var window = await EnterAsAsync("PLATFORM_ADMIN");
        await window.OpenAsync("/espaces/nouveau");
        await window.InspectAsync("new area");
        await window.Page.Locator("main form[method=post] button.main").ClickAsync();
        await Expect(window.Page.Locator(".error-summary")).ToBeFocusedAsync();
        await window.InspectAsync("new area with errors");
        foreach (var path in new[] { "/jours-feries", "/jours-feries/correction" })
        {
            Assert.Equal(200, await window.OpenAsync(path));
            await window.InspectAsync(path);
        }
    }

    [Fact]
    public async Task The_page_of_an_officers_account_is_accessible()
    {
        var window = await EnterAsAsync("PLATFORM_ADMIN");
        await window.OpenAsync("/espaces");
        await window.Page.Locator("main tbody tr", new() { HasText = "Claire Morvan" }).First.Locator("th a").ClickAsync();
        await window.Page.Locator("main a[href$='/compte']").First.ClickAsync();
        await Expect(window.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/compte$"));
        await window.InspectAsync("account of an officer");
    }

    private async Task<Window> EnterAsAsync(string kind) =>
        await (await OpenWindowAsync(house)).EnterAsync(await house.AdmitAsync(await Town.FoundAsync(house), kind));

    private async Task<string> TitleAsync(string record)
    {
        await using var connection = await house.SuperuserAsync();
        var number = int.Parse(record[(record.LastIndexOf('-') + 1)..], System.Globalization.CultureInfo.InvariantCulture);
        return (await connection.ExecuteScalarAsync<string>(
            "select r.title from app.processing_record r join app.organisation o on o.id = r.organisation_id where o.insee_code = '12090' and r.number = @number", new { number }))!;
    }
}
