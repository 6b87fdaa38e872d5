using System.Globalization;
using Microsoft.Playwright;
using Registry.BrowserTests.Support;

namespace Registry.BrowserTests.Journeys;

/// <summary>
/// The correspondent raises the alarm in three answers, assesses the risk and opens the dossier; the elected member decides to notify. With the mouse and
/// every page inspected, with the keyboard alone, and without script on a narrow screen.
/// </summary>
[Trait("S", "110")]
public sealed class BreachTests(Chromium chromium) : BrowserTest(chromium)
{
    private const string Home = "/o/druelle-balsac-12090";

    [Fact]
    public async Task A_breach_is_logged_assessed_and_decided_with_the_mouse_each_page_inspected()
    {
        var house = await OpenHouseAsync();
        var window = await OpenWindowAsync(house);
        await TellAsync(window, new Mouse(), inspect: true);
    }

    [Fact]
    [Trait("S", "111")]
    public async Task The_same_with_the_keyboard_alone()
    {
        var house = await OpenHouseAsync();
        var window = await OpenWindowAsync(house);
        await TellAsync(window, new Keyboard(window.Page), inspect: false);
    }

    [Fact]
    [Trait("S", "113")]
    public async Task The_same_without_script_on_a_narrow_screen()
    {
        var house = await OpenHouseAsync();
        var window = await OpenWindowAsync(house, script: false, width: 320);
        await TellAsync(window, new Mouse(), inspect: false);
    }

    private static async Task TellAsync(Window window, IHands hands, bool inspect)
    {
        var page = window.Page;
        var learned = TimeZoneInfo.ConvertTime(DateTimeOffset.UtcNow.AddHours(-6), TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris"));

        await window.EnterAsync("correspondante", hands);
        await window.OpenAsync(Home);
        await hands.PressAsync(page.Locator($"main .acts a[href='{Home}/violations/signaler']"));
        await hands.PressAsync(page.Locator("main .form-acts button.main"));
        await Expect(page.Locator("#error-summary")).ToContainTextAsync("Dites en une phrase ce qui s’est passé.");
        await InspectAsync("report with errors");
        await hands.WriteAsync(page.Locator("[name='Form.Title']"), "Liste de cantine affichée dans le hall");
        await hands.WriteAsync(page.Locator("[name='Form.LearnedAt.Day']"), $"{learned.Day}");
        await hands.WriteAsync(page.Locator("[name='Form.LearnedAt.Month']"), $"{learned.Month}");
        await hands.WriteAsync(page.Locator("[name='Form.LearnedAt.Year']"), $"{learned.Year}");
        await hands.WriteAsync(page.Locator("[name='Form.LearnedAt.Time']"), learned.ToString("HH:mm", CultureInfo.InvariantCulture));
        await hands.TickAsync(page.Locator("[name='Form.How'][value=AGENT]"));
        await hands.TickAsync(page.Locator("[name='Form.PersonalData'][value=YES]"));
        await hands.TickAsync(page.Locator("[name='Form.People'][value=MINORS]"));
        await hands.PressAsync(page.Locator("main .form-acts button.main"));
        await Expect(page.Locator(".clock-left")).ToContainTextAsync("reste");
        await Expect(page.Locator(".clock-facts")).ToContainTextAsync("le délai commence");
        await InspectAsync("new file");
        var file = new Uri(page.Url).AbsolutePath;

        await hands.PressAsync(page.Locator($"#risque a[href='{file}/risque']"));
        await hands.TickAsync(page.Locator("[name='Form.Severity'][value=LIMITED]"));
        await hands.TickAsync(page.Locator("[name='Form.Likelihood'][value=SIGNIFICANT]"));
        await hands.TickAsync(page.Locator("[name='Form.Level'][value=RISK]"));
        await hands.PressAsync(page.Locator("main .form-acts button.main"));
        await Expect(page.Locator("#risque dl")).ToContainTextAsync("Risque");
        await hands.PressAsync(page.Locator($"main .head a[href='{file}/dossier']"));
        await Expect(page.Locator("main .dossier").First).ToBeVisibleAsync();
        await InspectAsync("dossier");
        await page.Locator("form[action='/deconnexion'] button").First.EvaluateAsync("button => button.form.submit()");
        await Expect(page.Locator("form[action='/deconnexion']")).ToHaveCountAsync(0);

        await window.EnterAsync("elu", hands);
        await window.OpenAsync(file);
        await hands.PressAsync(page.Locator($"main .two a[href='{file}/actes/decider-de-notifier']"));
        await InspectAsync("decision");
        await hands.PressAsync(page.Locator("main form.box button.main"));
        await Expect(page.Locator("section[aria-labelledby=decisions]")).ToContainTextAsync("À notifier");
        await InspectAsync("decided file");
        window.ExpectNoComplaint();

        Task InspectAsync(string state) => inspect ? window.InspectAsync(state) : Task.CompletedTask;
    }
}
