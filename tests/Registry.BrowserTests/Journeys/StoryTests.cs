using System.Diagnostics;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Registry.BrowserTests.Support;
using Registry.Features.Records;
using Registry.History;

namespace Registry.BrowserTests.Journeys;

/// <summary>
/// The product in one story: the officer looks over her communes, the correspondent takes a sheet from the library and completes it, the
/// officer reviews it, the elected delegate publishes and prints it, and every step stands in a history that can be proved.
/// </summary>
public sealed class StoryTests(Chromium chromium) : BrowserTest(chromium)
{
    private const string NewPurpose = "Établir, garder et délivrer les actes de l’état civil de la commune";
    private const string WhatChanges = "Première version, relue avec le service";

    [Fact]
    [Trait("S", "111")]
    public async Task A_record_is_taken_reviewed_published_printed_and_proved_with_the_mouse()
    {
        var house = await OpenHouseAsync();
        var window = await OpenWindowAsync(house);
        await TellAsync(house, window, new Mouse());
    }

    [Fact]
    [Trait("S", "111")]
    public async Task The_same_with_the_keyboard_alone()
    {
        var house = await OpenHouseAsync();
        var window = await OpenWindowAsync(house);
        var keyboard = new Keyboard(window.Page);
        await TellAsync(house, window, keyboard);
        Assert.True(keyboard.Stops > 100, "The keyboard was hardly used.");
    }

    [Fact]
    [Trait("S", "113")]
    public async Task The_same_without_script()
    {
        var house = await OpenHouseAsync();
        var window = await OpenWindowAsync(house, script: false);
        await TellAsync(house, window, new Mouse());
    }

    private static async Task TellAsync(DemoHouse house, Window window, IHands hands)
    {
        var page = window.Page;

        await window.EnterAsync("dpo", hands);
        await Expect(page).ToHaveURLAsync(house.Address + "/");
        await hands.PressAsync(page.Locator("header a[href='/organismes']"));
        foreach (var name in await NamesOfBodiesAsync(house))
            await Expect(page.Locator("main").GetByRole(AriaRole.Link, new() { Name = name, Exact = true })).ToBeVisibleAsync();
        await hands.PressAsync(page.Locator("main").GetByRole(AriaRole.Link, new() { Name = "Druelle Balsac", Exact = true }));
        await Expect(page.Locator("h1")).ToHaveTextAsync("Druelle Balsac");
        var home = new Uri(page.Url).AbsolutePath;
        await LeaveAsync(page, hands);

        await window.EnterAsync("correspondante", hands);
        await Expect(page).ToHaveURLAsync(house.Address + home);
        await hands.PressAsync(page.Locator($"header a[href='{home}/traitements']"));
        await hands.PressAsync(page.Locator($"main a[href='{home}/traitements/nouveau']").First);
        await hands.WriteAsync(page.Locator("main input[type=search]"), "état civil");
        await hands.PressAsync(page.Locator("main form[role=search] button"));
        await hands.PressAsync(page.Locator("main button[value=ETAT_CIVIL]"));
        await Expect(page.Locator("h1")).ToContainTextAsync("État civil");
        var record = new Uri(page.Url).AbsolutePath;

        await hands.PressAsync(page.Locator($"main section a[href='{record}/modifier/finalites']"));
        var oldPurpose = await page.Locator("[name='Form.Purpose']").InputValueAsync();
        await hands.WriteAsync(page.Locator("[name='Form.Purpose']"), NewPurpose);
        await SaveAsync(page, hands, record);
        await Expect(page.Locator("#finalites")).ToContainTextAsync(NewPurpose);
        await CompleteAsync(page, hands, record);
        await ActAsync(page, hands, record, "soumettre");
        await LeaveAsync(page, hands);

        await window.EnterAsync("dpo", hands);
        await hands.PressAsync(page.Locator("#suivi a[href='/?voir=moi']"));
        await hands.PressAsync(page.Locator("#suivi a[href='/?voir=moi&quoi=fiches']"));
        await hands.PressAsync(page.Locator($"main table a[href='{record}']").First);
        await ActAsync(page, hands, record, "relire");
        await ActAsync(page, hands, record, "valider");
        await LeaveAsync(page, hands);

        await window.EnterAsync("elu", hands);
        await hands.PressAsync(page.Locator($"main a[href='{record}']").First);
        await ActAsync(page, hands, record, "publier", WhatChanges);
        await Expect(page.Locator($"main a[href='{record}/versions/1']")).ToBeVisibleAsync();

        await hands.PressAsync(page.Locator($"main a[href='{record}/imprimer']"));
        await ExpectPaperAsync(page);
        await page.GoBackAsync();
        await hands.PressAsync(page.Locator($"main a[href='{record}/historique']"));
        var history = page.Locator("main");
        foreach (var words in new[] { "Sophie Delmas", "Claire Morvan", "Jean Rouquette", oldPurpose, NewPurpose, WhatChanges })
            await Expect(history).ToContainTextAsync(words);
        await ExpectEveryStepAsync(house, record);
        await ExpectProvedAsync(house);
        window.ExpectNoComplaint();
    }

    private static async Task LeaveAsync(IPage page, IHands hands)
    {
        await hands.PressAsync(page.Locator("form[action='/deconnexion'] button"));
        await Expect(page.Locator("form[action='/deconnexion']")).ToHaveCountAsync(0);
    }

    private static async Task SaveAsync(IPage page, IHands hands, string record)
    {
        await hands.PressAsync(page.Locator("main .acts button[name=next][value=back]"));
        await page.WaitForURLAsync(url => new Uri(url).AbsolutePath == record);
    }

    /// <summary>Follows the page: as long as it names something missing, goes where its link leads and fills that part.</summary>
    private static async Task CompleteAsync(IPage page, IHands hands, string record)
    {
        for (var parts = 0; ; parts++)
        {
            Assert.True(parts < 12, "The page goes on asking.");
            var asked = page.Locator($"main .flash a[href^='{record}/modifier/']").First;
            if (await asked.CountAsync() == 0) return;
            var part = (await asked.GetAttributeAsync("href"))!.Split('/').Last();
            await hands.PressAsync(asked);
            await Expect(page.Locator("main form[method=post]")).ToBeVisibleAsync();
            switch (part)
            {
                case "securite":
                    foreach (var measure in await page.Locator("select[name$='.Status']").AllAsync()) await hands.ChooseAsync(measure, "IN_PLACE");
                    break;
                case "aipd":
                    await hands.ChooseAsync(page.Locator("[name='Form.Conclusion']"), "NOT_REQUIRED");
                    break;
                case "information":
                    await hands.WriteAsync(page.Locator("[name='Form.NoticeReference']"), "Affiche à l’accueil de la mairie");
                    break;
                default:
                    Assert.Fail($"The story does not know what to write in {part}: {await page.Locator("main aside").InnerTextAsync()}");
                    break;
            }
            await SaveAsync(page, hands, record);
        }
    }

    private static async Task ActAsync(IPage page, IHands hands, string record, string act, string? words = null)
    {
        var link = page.Locator($"main a[href='{record}/actes/{act}']").First;
        await Expect(link).ToBeAttachedAsync();
        if (!await link.IsVisibleAsync()) await hands.PressAsync(page.Locator("main .menu summary"));
        await hands.PressAsync(link);
        if (words is not null) await hands.WriteAsync(page.Locator("[name='Form.Reason']"), words);
        await hands.PressAsync(page.Locator("main form[method=post] button.main"));
        await page.WaitForURLAsync(url => new Uri(url).AbsolutePath == record);
    }

    private static async Task ExpectPaperAsync(IPage page)
    {
        await Expect(page.Locator("h1")).ToContainTextAsync("État civil");
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        foreach (var left in new[] { ".area-bar", ".commune-bar", "footer" }) await Expect(page.Locator(left)).ToBeHiddenAsync();
        await Expect(page.Locator("main")).ToContainTextAsync(NewPurpose);
        await page.EmulateMediaAsync(new() { Media = Media.Screen });
    }

    private static async Task<IReadOnlyList<string>> NamesOfBodiesAsync(DemoHouse house)
    {
        await using var connection = await house.SuperuserAsync();
        var names = (await connection.QueryAsync<string>("select name from app.organisation")).ToList();
        Assert.Equal(4, await connection.ExecuteScalarAsync<int>("select count(*)::int from app.mutualisation_area"));
        return names;
    }

    private static async Task ExpectEveryStepAsync(DemoHouse house, string record)
    {
        await using var connection = await house.SuperuserAsync();
        var actions = (await connection.QueryAsync<string>(
            """
            select e.action
              from history.event e
              join app.processing_record r on r.organisation_id = e.organisation_id and r.id = e.object_id
              join app.organisation o on o.id = r.organisation_id
             where '/o/' || o.slug || '/traitements/T-' || to_char(r.number, 'FM0000') = @record
             order by e.sequence
            """,
            new { record })).ToList();
        Happening[] steps = [Actions.RecordAdded, Actions.RecordChanged, Actions.RecordSubmitted, Actions.ReviewBegun, Actions.RecordValidated, Actions.RecordPublished];
        Assert.Equal(steps.Select(step => step.Code), actions.Distinct());
    }

    /// <summary>In this process, and once more as the operator does it.</summary>
    private static async Task ExpectProvedAsync(DemoHouse house)
    {
        var chains = await new Verification(house.ConnectionString, house.Keys).RunAsync();
        var (versions, faults) = await VersionVerification.RunAsync(house.ConnectionString, house.Keys);
        Assert.Empty(chains.Faults);
        Assert.Empty(faults);
        Assert.True(versions > 1);

        var verb = new ProcessStartInfo("dotnet", [typeof(Program).Assembly.Location, "verify"]) { RedirectStandardOutput = true, RedirectStandardError = true };
        verb.Environment["REGISTRY_DATABASE"] = house.ConnectionString;
        verb.Environment["REGISTRY_KEY_FILE"] = house.Services.GetRequiredService<Settings>().KeyFile;
        using var process = Process.Start(verb)!;
        var said = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, said);
    }
}
