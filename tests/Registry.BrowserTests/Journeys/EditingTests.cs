using Dapper;
using Microsoft.Playwright;
using Registry.BrowserTests.Support;

namespace Registry.BrowserTests.Journeys;

/// <summary>Two people at one sheet, a draft that outlives its session, and the yearly review, by keyboard and in narrow windows.</summary>
public sealed class EditingTests(Chromium chromium, DemoHouse house) : BrowserTest(chromium)
{
    private const string Commune = "/o/druelle-balsac-12090";

    [Fact]
    [Trait("S", "37")]
    [Trait("S", "90")]
    public async Task Two_people_at_once_lose_nothing_and_choose_field_by_field()
    {
        var hers = await (await OpenWindowAsync(house)).EnterAsync("correspondante");
        var his = await (await OpenWindowAsync(house)).EnterAsync("dpo");
        await hers.OpenAsync(Commune + "/traitements/nouveau");
        await hers.Page.Locator("[name='Form.Title']").FillAsync($"À deux {Guid.NewGuid():n}"[..30]);
        await hers.Page.Locator("form:has([name='Form.Title']) button").ClickAsync();
        await hers.Page.WaitForURLAsync("**/traitements/T-*");
        var record = new Uri(hers.Page.Url).AbsolutePath;
        var edit = record + "/modifier/identification";

        // She writes, rests, and her session ends: the draft waits for her.
        await hers.OpenAsync(edit);
        await his.OpenAsync(edit);
        await hers.Page.Locator("[name='Form.Unit']").FillAsync("Accueil");
        await hers.Page.Locator("[name='Form.Owner']").FillAsync("Cheffe de l’accueil");
        await Expect(hers.Page.Locator("#saved-line")).ToContainTextAsync("Brouillon enregistré à");
        await hers.InspectAsync("form with its draft kept");
        await hers.Page.Context.ClearCookiesAsync();
        await hers.OpenAsync(edit);
        await hers.Page.Locator("button[name=personne][value=correspondante]").ClickAsync();
        await Expect(hers.Page.Locator(".flash-offer")).ToContainTextAsync("n’est pas enregistré");
        await hers.InspectAsync("draft offered");
        var keyboard = new Keyboard(hers.Page);
        await keyboard.PressAsync(hers.Page.GetByRole(AriaRole.Link, new() { Name = "Reprendre" }));
        await Expect(hers.Page.Locator("[name='Form.Owner']")).ToHaveValueAsync("Cheffe de l’accueil");
        await keyboard.PressAsync(hers.Page.Locator(".form-acts button[value=back]"));
        await Expect(hers.Page.Locator("#identification")).ToContainTextAsync("Cheffe de l’accueil");

        // He, meanwhile: both texts, one choice each, then the form with what was chosen.
        await his.Page.Locator("[name='Form.Unit']").FillAsync("État civil");
        await his.Page.Locator("[name='Form.Owner']").FillAsync("Responsable du guichet");
        await his.Page.Locator(".form-acts button[value=back]").ClickAsync();
        await Expect(his.Page.Locator("main")).ToContainTextAsync("Rien de votre saisie n’est perdu");
        await his.InspectAsync("two texts");
        await his.Page.Locator("input[type=radio][name='choice:Unit'][value=theirs]").FocusAsync();
        await his.Page.Keyboard.PressAsync("Space");
        await new Keyboard(his.Page).PressAsync(his.Page.GetByRole(AriaRole.Button, new() { Name = "Reporter ces choix dans le formulaire" }));
        await Expect(his.Page.Locator("[name='Form.Unit']")).ToHaveValueAsync("Accueil");
        await Expect(his.Page.Locator("[name='Form.Owner']")).ToHaveValueAsync("Responsable du guichet");
        await his.Page.Locator(".form-acts button[value=back]").ClickAsync();
        await Expect(his.Page.Locator("#identification")).ToContainTextAsync("Responsable du guichet");

        // And takes it back.
        await his.Page.GetByRole(AriaRole.Link, new() { Name = "Annuler mon dernier enregistrement" }).ClickAsync();
        await his.InspectAsync("undo");
        await his.Page.GetByRole(AriaRole.Button, new() { Name = "Annuler mon enregistrement" }).ClickAsync();
        await Expect(his.Page.Locator("#identification")).ToContainTextAsync("Cheffe de l’accueil");
        hers.ExpectNoComplaint();
        his.ExpectNoComplaint();
    }

    [Fact]
    public async Task A_kept_draft_lets_one_leave_without_a_question()
    {
        var window = await (await OpenWindowAsync(house)).EnterAsync("dpo");
        await window.OpenAsync(await DraftAsync() + "/modifier/publication");
        await window.Page.Locator("[name='Form.InternalNotes']").FillAsync($"Une note {Guid.NewGuid():n}");
        await Expect(window.Page.Locator("#saved-line")).ToContainTextAsync("Brouillon enregistré à");
        var asked = 0;
        window.Page.Dialog += async (_, dialog) =>
        {
            asked++;
            await dialog.AcceptAsync();
        };
        await window.Page.Locator("#saved-line a").ClickAsync();
        await Expect(window.Page.Locator(".flash-offer")).ToContainTextAsync("n’est pas enregistré");
        Assert.Equal(0, asked);
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Abandonner" }).ClickAsync();
        await Expect(window.Page.Locator(".flash-offer")).ToHaveCountAsync(0);
        window.ExpectNoComplaint();
    }

    [Fact]
    public async Task The_yearly_review_by_keyboard_from_the_commune_to_the_dated_statement()
    {
        await using (var connection = await house.SuperuserAsync())
            await connection.ExecuteAsync(
                """
                set session_replication_role = replica;
                update app.processing_record set next_review_on = current_date - 2
                 where status = 'PUBLISHED' and organisation_id = (select id from app.organisation where slug = 'druelle-balsac-12090');
                """);
        var window = await (await OpenWindowAsync(house)).EnterAsync("correspondante");
        var page = window.Page;
        var keyboard = new Keyboard(page);
        await window.OpenAsync(Commune);
        await keyboard.PressAsync(page.GetByRole(AriaRole.Link, new() { Name = "Faire la revue en dix minutes" }));
        await Expect(page.Locator("h1")).ToHaveTextAsync("Revue du registre");
        await window.InspectAsync("review");
        await keyboard.PressAsync(page.Locator("main tbody form button").First);
        await Expect(page.Locator(".flash-done")).ToContainTextAsync("est confirmée");
        if (await page.GetByRole(AriaRole.Button, new() { Name = "Rien de nouveau pour les" }).CountAsync() > 0)
            await keyboard.PressAsync(page.GetByRole(AriaRole.Button, new() { Name = "Rien de nouveau pour les" }));
        await Expect(page.Locator("main")).ToContainTextAsync("dans cette revue");
        await keyboard.PressAsync(page.GetByRole(AriaRole.Button, new() { Name = "Terminer la revue" }));
        await Expect(page.Locator("h1")).ToContainTextAsync("Revue n");
        await window.InspectAsync("statement of a review");
        window.ExpectNoComplaint();
    }

    [Fact]
    public async Task The_pages_around_a_sheet_stand_the_inspection()
    {
        var window = await (await OpenWindowAsync(house)).EnterAsync("dpo");
        var draft = await DraftAsync();
        await using var connection = await house.SuperuserAsync();
        var revised = await connection.ExecuteScalarAsync<int>(
            "select r.number from app.processing_record r join app.organisation o on o.id = r.organisation_id where o.slug = 'druelle-balsac-12090' and r.published_version = 1 and r.status in ('IN_REVISION', 'PUBLISHED') order by r.status limit 1");
        var published = $"{Commune}/traitements/T-{revised:0000}";
        foreach (var path in new[] { draft + "/commentaires?partie=aipd", draft + "/copier", draft + "/annuler/aipd", published + "/comparer", published + "/versions/1", Commune + "/traitements/au", Commune + "/traitements/au?jour=2999-01-01" })
        {
            await window.OpenAsync(path);
            await window.InspectAsync(path);
        }
        await window.OpenAsync(draft + "/commentaires?partie=aipd");
        await window.Page.Locator("[name='Form.Text']").FillAsync("Le pré-examen date d’avant le nouveau logiciel.");
        await window.Page.Locator("form:has([name='Form.Text']) button").ClickAsync();
        await window.InspectAsync("sheet with a comment");
        window.ExpectNoComplaint();
    }

    private async Task<string> DraftAsync()
    {
        await using var connection = await house.SuperuserAsync();
        var number = await connection.ExecuteScalarAsync<int>(
            "select r.number from app.processing_record r join app.organisation o on o.id = r.organisation_id where o.slug = 'druelle-balsac-12090' and r.status in ('DRAFT', 'SUBMITTED', 'IN_REVIEW', 'CHANGES_REQUESTED') order by r.number limit 1");
        return $"{Commune}/traitements/T-{number:0000}";
    }
}
