using Microsoft.Playwright;
using Registry.BrowserTests.Accessibility;
using Registry.BrowserTests.Support;
using Registry.Features.Records;

namespace Registry.BrowserTests.Journeys;

/// <summary>Takes the pictures of docs/screens/ again; run only when asked: -explicit only.</summary>
public sealed class Screens(Chromium chromium, DemoHouse house) : BrowserTest(chromium)
{
    private const string Commune = "/o/druelle-balsac-12090";
    private const int Tallest = 1700;

    [Fact(Explicit = true)]
    public async Task Pictures_of_the_main_pages()
    {
        var submitted = await RecordPagesTests.FindAsync(house, RecordStatus.Submitted);
        var draft = await RecordPagesTests.FindAsync(house, RecordStatus.Draft);
        var validated = await RecordPagesTests.FindAsync(house, RecordStatus.Validated);
        (string Name, string? Person, string Path, bool Dark)[] pages =
        [
            ("connexion", null, "/connexion", false), ("aujourdhui", "dpo", "/", true), ("organismes", "dpo", "/organismes", false),
            ("accueil", "correspondante", Commune, false), ("registre", "dpo", Commune + "/traitements", false), ("fiche", "dpo", submitted, true),
            ("saisie", "correspondante", draft + "/modifier/finalites", false), ("publier", "elu", validated + "/actes/publier", false),
            ("historique", "dpo", submitted + "/historique", false), ("designations", "dpo", Commune + "/designations", false),
        ];
        foreach (var (name, person, path, dark) in pages)
        {
            var window = await OpenWindowAsync(house);
            if (person is not null) await window.EnterAsync(person);
            foreach (var width in new[] { 1280, 320 })
            {
                await window.Page.SetViewportSizeAsync(width, 900);
                await window.OpenAsync(path);
                await TakeAsync(window.Page, $"{name}-{width}", width);
            }
            if (!dark) continue;
            await window.Page.SetViewportSizeAsync(1280, 900);
            await window.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
            await window.OpenAsync(path);
            await TakeAsync(window.Page, name + "-1280-sombre", 1280);
        }
    }

    private static async Task TakeAsync(IPage page, string name, int width)
    {
        var height = Math.Min(Tallest, await page.EvaluateAsync<int>("() => document.documentElement.scrollHeight"));
        await page.ScreenshotAsync(new()
        {
            Path = Path.Combine(Repository.Root, "docs", "screens", name + ".png"), FullPage = true, Clip = new() { X = 0, Y = 0, Width = width, Height = height },
        });
    }
}
