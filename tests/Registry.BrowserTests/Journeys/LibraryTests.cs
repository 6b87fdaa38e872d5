using Microsoft.Playwright;
using Registry.BrowserTests.Support;

namespace Registry.BrowserTests.Journeys;

/// <summary>
/// Models go out and revisions travel: the officer gives models to all her communes in one act and takes back what nobody touched; she changes
/// a model, and the commune that had written its own text compares three texts and chooses.
/// </summary>
[Trait("S", "110")]
public sealed class LibraryTests(Chromium chromium) : BrowserTest(chromium)
{
    private const string Ours = "Tenir l’état civil de Druelle Balsac et de ses sections";
    private const string Theirs = "Tenir les registres de l’état civil, délivrer les actes et le livret de famille";

    [Fact]
    public async Task Models_go_out_come_back_and_their_revisions_travel_with_the_mouse_each_page_inspected()
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

        await window.EnterAsync("dpo", hands);
        await window.OpenAsync("/modeles");
        await InspectAsync("library");
        await hands.PressAsync(page.Locator("main .acts a[href='/modeles/diffuser']"));
        await hands.PressAsync(page.Locator("#Form_Models details summary").First);
        await hands.TickAsync(page.Locator("input[name='Form.Models'][value=ETAT_CIVIL]"));
        await hands.TickAsync(page.Locator("input[name='Form.Models'][value=CIMETIERE]"));
        await hands.TickAsync(page.Locator("input[name='Form.Types'][value=COMMUNE]"));
        await InspectAsync("choice of models and bodies");
        await hands.PressAsync(page.Locator("main .form-acts button.main"));
        await Expect(page.Locator("main table")).ToContainTextAsync("Druelle Balsac");
        await InspectAsync("preview of the rollout");
        await hands.PressAsync(page.Locator("main .head button.main"));
        await AwaitAsync("Fiches ajoutées");
        await InspectAsync("report of the rollout");
        var rollout = page.Url;
        await LeaveAsync();

        await window.EnterAsync("correspondante", hands);
        await window.OpenAsync("/o/druelle-balsac-12090/traitements?q=%C3%A9tat+civil");
        await hands.PressAsync(page.Locator("main tbody th a", new() { HasText = "État civil" }).First);
        await page.WaitForURLAsync("**/traitements/T-*");
        var record = new Uri(page.Url).AbsolutePath;
        await hands.PressAsync(page.Locator($"main section a[href='{record}/modifier/finalites']"));
        await hands.WriteAsync(page.Locator("[name='Form.Purpose']"), Ours);
        await hands.PressAsync(page.Locator("main .acts button[name=next][value=back]"));
        await Expect(page.Locator("#finalites")).ToContainTextAsync(Ours);
        await LeaveAsync();

        await window.EnterAsync("dpo", hands);
        await window.OpenAsync(new Uri(rollout).AbsolutePath);
        await hands.PressAsync(page.Locator("main .head button.remove"));
        await AwaitAsync("La diffusion est annulée.");
        await Expect(page.Locator("main .lead")).ToContainTextAsync("portée : 1");
        await InspectAsync("undone rollout");

        await window.OpenAsync("/modeles/ETAT_CIVIL");
        await hands.PressAsync(page.Locator("main form[action*=Edition] button"));
        await hands.PressAsync(page.Locator("main a[href='/modeles/ETAT_CIVIL/modifier/finalites']"));
        await InspectAsync("form of a model");
        await hands.WriteAsync(page.Locator("[name='Form.Purpose']"), Theirs);
        await hands.PressAsync(page.Locator("main .acts button[name=next][value=back]"));
        await InspectAsync("model with changes");
        await hands.PressAsync(page.Locator("main a[href='/modeles/ETAT_CIVIL/revision']"));
        await InspectAsync("issue of a revision");
        await hands.WriteAsync(page.Locator("[name='Form.Note']"), "Le livret de famille est nommé.");
        await hands.PressAsync(page.Locator("main form.box button.main"));
        await Expect(page.Locator("main table")).ToContainTextAsync("1 contradiction");
        await InspectAsync("campaign of a revision");
        await LeaveAsync();

        await window.EnterAsync("correspondante", hands);
        await window.OpenAsync(record);
        await hands.PressAsync(page.Locator($"main a[href='{record}/modele']"));
        await Expect(page.Locator("main .three").First).ToContainTextAsync(Ours);
        await InspectAsync("comparison with the model");
        await hands.PressAsync(page.Locator("main .form-acts button.main"));
        await Expect(page.Locator("#error-summary")).ToContainTextAsync("Dites ce que la fiche doit dire ici.");
        await InspectAsync("comparison, one answer missing");
        await hands.TickAsync(page.Locator("main .point.conflict input[value=Write]"));
        await hands.WriteAsync(page.Locator("main .point.conflict textarea"), Ours + ", et délivrer le livret de famille");
        await hands.PressAsync(page.Locator("main .form-acts button.main"));
        await Expect(page.Locator("#finalites")).ToContainTextAsync("et délivrer le livret de famille");
        await Expect(page.Locator($"main a[href='{record}/modele']")).ToHaveCountAsync(0);
        window.ExpectNoComplaint();

        Task InspectAsync(string state) => inspect ? window.InspectAsync(state) : Task.CompletedTask;

        // As somebody would: presses "Actualiser" while the page says that something is under way.
        async Task AwaitAsync(string words)
        {
            var refresh = page.Locator("main .lead a", new() { HasText = "Actualiser" });
            var done = page.Locator("main .lead", new() { HasText = words });
            for (var looks = 0; looks < 300 && await done.CountAsync() == 0; looks++)
            {
                await Expect(refresh.Or(done).First).ToBeVisibleAsync();
                if (await refresh.CountAsync() > 0) await refresh.ClickAsync();
            }
            await Expect(done).ToBeVisibleAsync();
        }

        async Task LeaveAsync()
        {
            await window.OpenAsync("/");
            await page.Locator("form[action='/deconnexion'] button").First.EvaluateAsync("button => button.form.submit()");
            await Expect(page.Locator("form[action='/deconnexion']")).ToHaveCountAsync(0);
        }
    }
}
