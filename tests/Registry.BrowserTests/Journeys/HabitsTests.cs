using System.Text.RegularExpressions;
using Dapper;
using Microsoft.Playwright;
using Registry.BrowserTests.Support;

namespace Registry.BrowserTests.Journeys;

/// <summary>What every page promises, whoever visits it.</summary>
public sealed partial class HabitsTests(Chromium chromium, DemoHouse house) : BrowserTest(chromium)
{
    private const string Commune = "/o/druelle-balsac-12090";

    [Fact]
    public async Task English_comes_at_a_click_and_leaves_no_French_behind()
    {
        var window = await (await OpenWindowAsync(house)).EnterAsync("dpo");
        await window.Page.Locator("footer button[value=en]").ClickAsync();
        await Expect(window.Page.Locator("html")).ToHaveAttributeAsync("lang", "en");
        foreach (var path in new[] { "/aide", "/mon-compte", "/organismes/nouveau", Commune + "/designations/nouvelle", Commune + "/services" })
        {
            await window.OpenAsync(path);
            await Expect(window.Page.Locator("html")).ToHaveAttributeAsync("lang", "en");
            var text = await window.Page.Locator("main").InnerTextAsync() + await window.Page.Locator("header").InnerTextAsync();
            Assert.Empty(French().Matches(text).Select(word => $"{path}: {text[Math.Max(0, word.Index - 30)..Math.Min(text.Length, word.Index + 40)]}"));
        }
        await window.Page.Locator("footer button[value=fr]").ClickAsync();
        await Expect(window.Page.Locator("html")).ToHaveAttributeAsync("lang", "fr");
        window.ExpectNoComplaint();
    }

    [Fact]
    public async Task Dark_and_light_are_kept_and_can_be_left_to_the_device()
    {
        var window = await OpenWindowAsync(house);
        await window.OpenAsync("/connexion");
        var light = await PaperAsync(window.Page);
        await ChooseAsync("dark");
        Assert.NotEqual(light, await PaperAsync(window.Page));
        await window.OpenAsync("/aide");
        Assert.NotEqual(light, await PaperAsync(window.Page));
        await ChooseAsync("light");
        Assert.Equal(light, await PaperAsync(window.Page));
        await ChooseAsync("auto");
        Assert.Equal(light, await PaperAsync(window.Page));
        await window.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        Assert.NotEqual(light, await PaperAsync(window.Page));
        window.ExpectNoComplaint();

        static Task<string> PaperAsync(IPage page) => page.EvaluateAsync<string>("() => getComputedStyle(document.documentElement).backgroundColor");

        async Task ChooseAsync(string scheme)
        {
            var button = window.Page.Locator($"footer button[value={scheme}]");
            await button.ClickAsync();
            await Expect(button).ToHaveCountAsync(0);
        }
    }

    [Theory]
    [InlineData("/traitements")]
    [InlineData("/designations")]
    [InlineData("/journal")]
    public async Task The_switcher_keeps_the_section(string section)
    {
        var window = await (await OpenWindowAsync(house)).EnterAsync("dpo");
        await window.OpenAsync(Commune + section);
        await window.Page.Locator("header .switch").ClickAsync();
        await window.Page.Locator("main").GetByRole(AriaRole.Link, new() { Name = "Plouzané", Exact = true }).ClickAsync();
        await Expect(window.Page).ToHaveURLAsync(new Regex("/o/plouzane-[0-9]+" + section + "$"));
        window.ExpectNoComplaint();
    }

    [Fact]
    public async Task Leaving_a_form_with_unsaved_changes_asks_first()
    {
        var window = await (await OpenWindowAsync(house)).EnterAsync("dpo");
        var page = window.Page;
        var form = Commune + "/designations/nouvelle?fonction=SERVICE_CONTRIBUTOR";
        await window.OpenAsync(form);
        await page.Locator("[name='Form.FirstName']").PressSequentiallyAsync("Anne");

        var asked = new List<string>();
        var stay = true;
        page.Dialog += async (_, dialog) =>
        {
            asked.Add(dialog.Type);
            if (stay) await dialog.DismissAsync();
            else await dialog.AcceptAsync();
        };
        await page.Locator("header a[href='/organismes']").ClickAsync();
        Assert.Equal(["beforeunload"], asked);
        await Expect(page).ToHaveURLAsync(house.Address + form);
        await Expect(page.Locator("[name='Form.FirstName']")).ToHaveValueAsync("Anne");

        stay = false;
        await page.Locator("header a[href='/organismes']").ClickAsync();
        await Expect(page).ToHaveURLAsync(house.Address + "/organismes");
        Assert.Equal(2, asked.Count);
    }

    [Fact]
    [Trait("S", "92")]
    public async Task A_double_click_sends_once()
    {
        var window = await (await OpenWindowAsync(house)).EnterAsync("correspondante");
        var title = $"Cliqué deux fois {Guid.NewGuid():n}"[..30];
        var sent = 0;
        window.Page.Request += (_, request) => sent += request.Method == "POST" ? 1 : 0;
        await window.OpenAsync(Commune + "/traitements/nouveau");
        await window.Page.Locator("[name='Form.Title']").FillAsync(title);
        await window.Page.Locator("form:has([name='Form.Title']) button").DblClickAsync();
        await Expect(window.Page.Locator("h1")).ToHaveTextAsync(title);
        Assert.Equal(1, sent);
        await using var connection = await house.SuperuserAsync();
        Assert.Equal(1, await connection.ExecuteScalarAsync<int>("select count(*)::int from app.processing_record where title = @title", new { title }));
    }

    [Fact]
    [Trait("S", "117")]
    public async Task Who_comes_back_after_the_session_has_ended_signs_in_and_goes_on()
    {
        var window = await (await OpenWindowAsync(house)).EnterAsync("correspondante");
        await window.OpenAsync(Commune + "/traitements");
        await window.Page.Context.ClearCookiesAsync();
        await window.Page.Locator("header .menu summary").Last.ClickAsync();  // what is opened less often stands under « Plus »
        await window.Page.Locator($"header a[href='{Commune}/profil']").ClickAsync();
        await Expect(window.Page).ToHaveURLAsync(new Regex("/connexion\\?retour="));
        await window.Page.Locator("button[name=personne][value=correspondante]").ClickAsync();
        await Expect(window.Page).ToHaveURLAsync(house.Address + Commune + "/profil");
        window.ExpectNoComplaint();
    }

    [Fact]
    [Trait("S", "115")]
    public async Task Every_page_has_a_title_of_its_own()
    {
        var window = await (await OpenWindowAsync(house)).EnterAsync("dpo");
        string[] paths =
        [
            "/", "/organismes", "/organismes/nouveau", "/modeles", "/modeles/ETAT_CIVIL", "/mon-compte", "/aide", "/plan-du-site", "/accessibilite",
            "/mentions-legales", "/donnees-personnelles", Commune, Commune + "/traitements", Commune + "/traitements/nouveau", Commune + "/traitements/T-0001",
            Commune + "/traitements/T-0002", Commune + "/traitements/T-0001/imprimer", Commune + "/traitements/T-0001/historique", Commune + "/designations",
            Commune + "/designations/nouvelle", Commune + "/profil", Commune + "/services", Commune + "/journal", "/nulle-part",
        ];
        var titles = new Dictionary<string, string>();
        foreach (var path in paths)
        {
            await window.OpenAsync(path);
            var title = await window.Page.TitleAsync();
            Assert.False(titles.TryGetValue(title, out var other), $"{path} and {other} have the same title: {title}");
            titles[title] = path;
        }
    }

    [GeneratedRegex(@"\b(les|des|une|vous|votre|vos|pour|dans|cette|avec|enregistrer|chercher|ajouter|désignations|traitements|organismes)\b", RegexOptions.IgnoreCase)]
    private static partial Regex French();
}
