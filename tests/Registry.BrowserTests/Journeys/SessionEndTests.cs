using System.Text.RegularExpressions;
using Dapper;
using Microsoft.Playwright;
using Registry.BrowserTests.Support;

namespace Registry.BrowserTests.Journeys;

/// <summary>The end of a session, seen from a form that is being filled. The browser's clock is moved; on the server the session is made as old.</summary>
[Trait("S", "37")]
public sealed class SessionEndTests(Chromium chromium, DemoHouse house) : BrowserTest(chromium)
{
    private const string Units = "/o/druelle-balsac-12090/services";
    private const string Soon = "Sans activité, votre session prend fin à";

    [Fact]
    public async Task Five_minutes_before_the_end_one_stays_by_a_button_and_loses_nothing()
    {
        var window = await OpenFormAsync();
        var page = window.Page;
        var name = $"Service écrit {Guid.NewGuid():n}"[..30];
        await page.Locator("[name='Form.Name']").FillAsync(name);
        await page.Clock.FastForwardAsync("24:30");
        await Expect(page.Locator("#session")).ToBeHiddenAsync();

        await page.Clock.FastForwardAsync("00:40");
        await Expect(page.Locator("#session [role=status]")).ToContainTextAsync(Soon);
        await Expect(page.Locator("[name='Form.Name']")).ToBeFocusedAsync();
        await window.InspectAsync("session about to end");

        await AgeSessionAsync(page, 26);
        await page.Locator("[name='Form.Name']").FocusAsync();
        await page.Keyboard.PressAsync("F8");
        await Expect(page.Locator("#session button")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#session [role=status]")).ToContainTextAsync("Votre session est prolongée jusqu’à");
        await Expect(page.Locator("[name='Form.Name']")).ToBeFocusedAsync();
        await Expect(page.Locator("[name='Form.Name']")).ToHaveValueAsync(name);
        Assert.InRange(await IdleMinutesAsync(page), 0, 1);
        await page.Clock.FastForwardAsync("00:20");
        await Expect(page.Locator("#session")).ToBeHiddenAsync();

        await page.Locator("form:has([name='Form.Name']) button").ClickAsync();
        await Expect(page.Locator("main")).ToContainTextAsync(name);
        window.ExpectNoComplaint();
    }

    [Fact]
    public async Task After_the_end_what_was_written_stays_and_is_saved_once_signed_in_again_in_a_new_tab()
    {
        var window = await OpenFormAsync();
        var page = window.Page;
        var name = $"Service gardé {Guid.NewGuid():n}"[..30];
        await page.Locator("[name='Form.Name']").FillAsync(name);
        await AgeSessionAsync(page, 31);
        await page.Clock.FastForwardAsync("30:10");
        await Expect(page.Locator("#session [role=status]")).ToContainTextAsync("Votre session a pris fin.");
        await Expect(page.Locator("#session button")).ToBeHiddenAsync();
        await Expect(page.Locator("[name='Form.Name']")).ToBeFocusedAsync();
        await Expect(page.Locator("[name='Form.Name']")).ToHaveValueAsync(name);
        await Expect(page.Locator("[name='Form.Name']")).ToBeEditableAsync();
        await window.InspectAsync("session over");

        var tab = await page.RunAndWaitForPopupAsync(() => page.Locator("#session a").ClickAsync());
        await tab.Locator("button[name=personne][value=correspondante]").ClickAsync();
        await Expect(tab).ToHaveURLAsync(new Regex("/session$"));
        await Expect(tab.Locator("h1")).ToHaveTextAsync("Votre session est ouverte");
        await tab.CloseAsync();

        await Expect(page.Locator("#session [role=status]")).ToContainTextAsync("Votre session est prolongée jusqu’à");
        await page.Locator("form:has([name='Form.Name']) button").ClickAsync();
        await Expect(page.Locator("main")).ToContainTextAsync(name);
        window.ExpectNoComplaint();
    }

    [Fact]
    public async Task A_session_that_ended_on_the_server_is_told_when_the_button_is_pressed()
    {
        var window = await OpenFormAsync();
        var page = window.Page;
        await page.Locator("[name='Form.Name']").FillAsync("Service en cours");
        await page.Clock.FastForwardAsync("25:10");
        await AgeSessionAsync(page, 31);
        await page.Locator("#session button").ClickAsync();
        await Expect(page.Locator("#session [role=status]")).ToContainTextAsync("Votre session a pris fin.");
        await Expect(page.Locator("[name='Form.Name']")).ToHaveValueAsync("Service en cours");
    }

    [Fact]
    public async Task A_page_opened_in_another_tab_prolongs_the_session_for_both()
    {
        var window = await OpenFormAsync();
        var page = window.Page;
        await page.Clock.FastForwardAsync("25:10");
        await Expect(page.Locator("#session")).ToBeVisibleAsync();
        var tab = await page.Context.NewPageAsync();
        await tab.GotoAsync(Units);
        await Expect(page.Locator("#session [role=status]")).ToContainTextAsync("Votre session est prolongée jusqu’à");
        await page.Clock.FastForwardAsync("10:00");
        await Expect(page.Locator("#session")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Before_the_ten_hours_end_staying_is_not_offered()
    {
        var window = await OpenFormAsync(hours: 10, lackingMinutes: 20);
        var page = window.Page;
        await page.Clock.FastForwardAsync("15:10");
        await Expect(page.Locator("#session [role=status]")).ToContainTextAsync("Elle ne peut pas être prolongée");
        await Expect(page.Locator("#session button")).ToBeHiddenAsync();
        await window.InspectAsync("the ten hours end soon");
        window.ExpectNoComplaint();
    }

    [Fact]
    public async Task Without_script_the_page_tells_the_hour_and_a_new_tab_prolongs()
    {
        var window = await (await OpenWindowAsync(house, script: false)).EnterAsync("correspondante");
        var page = window.Page;
        await window.OpenAsync(Units);
        await Expect(page.Locator("footer")).ToContainTextAsync(new Regex(Soon + " [0-9]{2}:[0-9]{2}"));
        await Expect(page.Locator("#session")).ToBeHiddenAsync();
        await page.Locator("[name='Form.Name']").FillAsync("Service sans script");
        await AgeSessionAsync(page, 26);
        var tab = await page.RunAndWaitForPopupAsync(() => page.Locator("footer a[href='/session']").ClickAsync());
        await Expect(tab.Locator("h1")).ToHaveTextAsync("Votre session est ouverte");
        Assert.InRange(await IdleMinutesAsync(page), 0, 1);
        await Expect(page.Locator("[name='Form.Name']")).ToHaveValueAsync("Service sans script");
    }

    private async Task<Window> OpenFormAsync(int hours = 0, int lackingMinutes = 0)
    {
        var window = await (await OpenWindowAsync(house)).EnterAsync("correspondante");
        if (hours > 0)
        {
            await using var connection = await house.SuperuserAsync();
            await connection.ExecuteAsync(
                "update identity.session set created_at = now() - make_interval(hours => @hours, mins => -@lackingMinutes) where token_hash = @hash",
                new { hours, lackingMinutes, hash = await HashAsync(window.Page) });
        }
        await window.Page.Clock.InstallAsync();
        await window.OpenAsync(Units);
        await Expect(window.Page.Locator("#session")).ToBeHiddenAsync();
        return window;
    }

    private async Task AgeSessionAsync(IPage page, int minutes)
    {
        await using var connection = await house.SuperuserAsync();
        Assert.Equal(1, await connection.ExecuteAsync(
            "update identity.session set last_seen_at = now() - make_interval(mins => @minutes) where token_hash = @hash", new { minutes, hash = await HashAsync(page) }));
    }

    private async Task<int> IdleMinutesAsync(IPage page)
    {
        await using var connection = await house.SuperuserAsync();
        return await connection.ExecuteScalarAsync<int>(
            "select (extract(epoch from now() - last_seen_at) / 60)::int from identity.session where token_hash = @hash", new { hash = await HashAsync(page) });
    }

    private static async Task<byte[]> HashAsync(IPage page) =>
        Identity.Token.Hash((await page.Context.CookiesAsync()).Single(cookie => cookie.Name == Identity.SessionCookie.Name).Value);
}
