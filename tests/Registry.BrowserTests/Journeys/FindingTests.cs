using Registry.BrowserTests.Support;

namespace Registry.BrowserTests.Journeys;

/// <summary>
/// The officer looks for something: a word with a slip in it finds sheets, applications and third parties; the list of all sheets is narrowed,
/// given another column, kept under a name, and opened again.
/// </summary>
[Trait("S", "110")]
public sealed class FindingTests(Chromium chromium, DemoHouse house) : BrowserTest(chromium)
{
    [Fact]
    [Trait("S", "111")]
    public async Task A_misspelt_word_finds_and_a_list_is_kept_with_the_keyboard_alone_each_page_inspected()
    {
        var window = await OpenWindowAsync(house);
        await TellAsync(window, new Keyboard(window.Page), inspect: true, ("modifiee", "Modifiée"));
    }

    [Fact]
    [Trait("S", "113")]
    public async Task The_same_without_script_on_a_narrow_screen()
    {
        var window = await OpenWindowAsync(house, script: false, width: 320);
        await TellAsync(window, new Mouse(), inspect: false, ("modele", "Modèle"));
    }

    /// <param name="window">Where.</param>
    /// <param name="hands">Whose.</param>
    /// <param name="inspect">Whether each page is judged.</param>
    /// <param name="column">Added to the list: each telling keeps a view of its own, for a list says the name of the first view that is like it.</param>
    private static async Task TellAsync(Window window, IHands hands, bool inspect, (string Key, string Head) column)
    {
        var page = window.Page;
        var heads = page.Locator("main table thead");

        await window.EnterAsync("dpo", hands);
        if (!await page.Locator("#area-q").IsVisibleAsync()) await hands.PressAsync(page.Locator("header .nav-open").First);
        await hands.WriteAsync(page.Locator("#area-q"), "enfanse");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("main .flash-offer")).ToContainTextAsync("enfance");
        await InspectAsync("corrected search");
        foreach (var (group, kind) in new[] { ("fiches", "traitements"), ("applications", "applications"), ("prestataires", "prestataires") })
        {
            var hit = page.Locator($"#{group} + table tbody th a[href*='/{kind}/']").First;
            var name = await hit.InnerTextAsync();
            await hands.PressAsync(hit);
            await Expect(page.Locator("h1")).ToHaveTextAsync(name);
            await page.GoBackAsync();
        }
        await hands.PressAsync(page.Locator("main .chips a[href*='dans=traitements']"));
        await Expect(page.Locator("#applications")).ToHaveCountAsync(0);
        await Expect(page.Locator("main tbody mark").First).ToBeVisibleAsync();
        await InspectAsync("search in one kind");

        var view = $"Vue {Guid.NewGuid():n}"[..12];
        await window.OpenAsync("/registre?tout");
        await Expect(heads).Not.ToContainTextAsync(column.Head);
        await hands.PressAsync(page.Locator("main a.chip[href*='etat=a-relire']"));
        await Expect(page.Locator("main a.chip[href*='etat=a-relire']")).ToHaveAttributeAsync("aria-current", "true");
        var columns = page.Locator("main details.facet", new() { Has = page.Locator("input[name=colonne]") });
        await hands.PressAsync(columns.Locator("summary"));
        await hands.TickAsync(columns.Locator($"input[value={column.Key}]"));
        await hands.PressAsync(columns.Locator("button"));
        await Expect(heads).ToContainTextAsync(column.Head);
        var lines = await page.Locator("main tbody tr").CountAsync();
        await InspectAsync("list with a filter and a column more");

        await KeptViewsAsync("a[href^='/registre/vues']");
        await Expect(page.Locator("h1")).ToHaveTextAsync("Vues gardées");
        await InspectAsync("form of a kept view");
        await hands.WriteAsync(page.Locator("[name='Form.Name']"), view);
        await hands.PressAsync(page.Locator("main .form-acts button.main"));
        await Expect(page.Locator(".flash-done")).ToContainTextAsync(view);

        await window.OpenAsync("/registre?tout");
        await Expect(heads).Not.ToContainTextAsync(column.Head);
        await KeptViewsAsync($"a:text-is('{view}')");
        await Expect(page.Locator("main")).ToContainTextAsync($"Vue : {view}.");
        await Expect(heads).ToContainTextAsync(column.Head);
        await Expect(page.Locator("main tbody tr")).ToHaveCountAsync(lines);
        await InspectAsync("kept view");
        window.ExpectNoComplaint();

        Task InspectAsync(string state) => inspect ? window.InspectAsync(state) : Task.CompletedTask;

        async Task KeptViewsAsync(string link)
        {
            var views = page.Locator("main details.facet", new() { Has = page.Locator("a[href^='/registre/vues']") });
            await hands.PressAsync(views.Locator("summary"));
            await hands.PressAsync(views.Locator(link));
        }
    }
}
