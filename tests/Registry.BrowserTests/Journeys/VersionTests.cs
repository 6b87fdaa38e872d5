using Registry.BrowserTests.Support;
using Registry.Tests.Features.Records;
using Registry.Tests.Support;

namespace Registry.BrowserTests.Journeys;

/// <summary>The correspondent asks what changed: two versions field by field, the register as it stood on a day, and the earlier text as a new draft.</summary>
[Trait("S", "110")]
public sealed class VersionTests(Chromium chromium, DemoHouse house) : BrowserTest(chromium)
{
    private static readonly DateTimeOffset March = new(2026, 3, 10, 9, 0, 0, TimeSpan.Zero), June = new(2026, 6, 10, 9, 0, 0, TimeSpan.Zero);

    /// <summary>Names of files end up in titles; they have no place to break.</summary>
    private const string LongWord = "ETAT_CIVIL_REGISTRES_ANTERIEURS_A_1950_NUMERISES";

    [Fact]
    [Trait("S", "111")]
    public async Task An_earlier_text_is_compared_seen_on_its_day_and_taken_up_again_with_the_keyboard_alone_each_page_inspected()
    {
        var window = await OpenWindowAsync(house);
        await TellAsync(window, new Keyboard(window.Page), inspect: true);
    }

    [Fact]
    [Trait("S", "113")]
    public async Task The_same_without_script_on_a_narrow_screen()
    {
        var window = await OpenWindowAsync(house, script: false, width: 320);
        await TellAsync(window, new Mouse(), inspect: false);
    }

    private async Task TellAsync(Window window, IHands hands, bool inspect)
    {
        var page = window.Page;
        var town = await Town.FoundAsync(house);
        var reference = await town.AddPublishedRecordAsync(house, March, sheet => (sheet.Identification.Title, sheet.Purposes.Purpose) = (LongWord, "Tenir les registres de la commune"));
        await town.PublishAsync(house, reference, June, sheet => sheet.Purposes.Purpose = "Tenir les registres et délivrer les actes de la commune");
        var record = $"{town.Home}/traitements/{reference}";

        await window.EnterAsync(await house.AdmitAsync(town, "CORRESPONDENT"), hands);
        await window.OpenAsync(record);
        await hands.PressAsync(page.Locator($"main aside a[href='{record}/comparer']"));
        await hands.ChooseAsync(page.Locator("#de"), "1");
        await hands.ChooseAsync(page.Locator("#a"), "2");
        await hands.PressAsync(page.Locator("main form.compare button"));
        await Expect(page.Locator("#finalites ins")).ToHaveTextAsync("et délivrer les actes");
        await Expect(page.Locator("main section.part")).ToHaveCountAsync(1);
        await InspectAsync("two versions");
        await hands.PressAsync(page.Locator("#finalites details summary"));
        await Expect(page.Locator("#finalites details dd").First).ToBeVisibleAsync();

        await window.OpenAsync(town.Home + "/traitements");
        await hands.PressAsync(page.Locator("main .head a[href$='/traitements/au']"));
        await hands.WriteAsync(page.Locator("[name='On.Day']"), "15");
        await hands.WriteAsync(page.Locator("[name='On.Month']"), "4");
        await hands.WriteAsync(page.Locator("[name='On.Year']"), "2026");
        await hands.PressAsync(page.Locator("main form.on-day button"));
        await Expect(page.Locator("h1")).ToHaveTextAsync("Le registre au 15 avril 2026");
        await Expect(page.Locator("main tbody tr")).ToHaveCountAsync(1);
        await InspectAsync("register on a day");
        await hands.PressAsync(page.Locator($"main tbody a[href='{record}/versions/1']"));
        await Expect(page.Locator("main .lead")).ToContainTextAsync("Ce texte est exactement celui qui a été publié");
        await Expect(page.Locator("main .lead")).ToContainTextAsync("Remplacée le");
        await InspectAsync("version of that day");

        await hands.PressAsync(page.Locator($"main a[href='{record}/versions/1/reprendre']"));
        await Expect(page.Locator("main form del")).ToHaveTextAsync("et délivrer les actes");
        await InspectAsync("earlier text to take up");
        await hands.PressAsync(page.Locator("main form.box button.main"));
        await page.WaitForURLAsync(url => new Uri(url).AbsolutePath == record);
        await Expect(page.Locator("main .lead")).ToContainTextAsync("En révision");
        await Expect(page.Locator("#finalites")).ToContainTextAsync("Tenir les registres de la commune");
        await Expect(page.Locator("main aside li", new() { HasText = "en vigueur" })).ToContainTextAsync("Version 2");
        await Expect(page.Locator("main aside")).ToContainTextAsync("Retour au texte d’une version");
        await InspectAsync("earlier text as a draft");
        window.ExpectNoComplaint();

        Task InspectAsync(string state) => inspect ? window.InspectAsync(state) : Task.CompletedTask;
    }
}
