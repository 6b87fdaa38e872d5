using Registry.BrowserTests.Support;
using Registry.Features.Records;

namespace Registry.BrowserTests.Accessibility;

/// <summary>The twelve forms of a sheet: empty, with rows added, with what cannot be saved, filled, and saved by two at once.</summary>
[Trait("S", "110")]
[Trait("S", "112")]
[Trait("S", "114")]
public sealed class SectionFormsTests(Chromium chromium, DemoHouse house) : BrowserTest(chromium)
{
    /// <summary>Turns the text that follows it around: no field takes it.</summary>
    private const string Forbidden = "\u202Etexte retourné";

    public static TheoryData<string> Sections => [.. SheetSections.All.Select(section => section.Key)];

    [Theory]
    [MemberData(nameof(Sections))]
    public async Task The_form_of_a_part_is_accessible(string section)
    {
        var window = await (await OpenWindowAsync(house)).EnterAsync("correspondante");
        var page = window.Page;
        var record = await RecordPagesTests.AddAsync(window, $"Fiche vide {section}");
        await window.OpenAsync($"{record}/modifier/{section}");
        await window.InspectAsync($"{section}, empty");

        var lists = await page.Locator("main button[name=rows][value^='add:']").EvaluateAllAsync<string[]>("all => all.map(one => one.value)");
        foreach (var list in lists)
        {
            await page.Locator($"main button[name=rows][value='{list}']").ClickAsync();
            await Expect(page.Locator($"main button[name=rows][value^='{list.Replace("add:", "remove:", StringComparison.Ordinal)}:']").First).ToBeVisibleAsync();
        }
        foreach (var text in await page.Locator("main form[method=post] :is(input[type=text]:not(.date input), textarea):visible").AllAsync())
            await text.FillAsync(Forbidden);
        await page.Locator("main .acts button[name=next][value=back]").ClickAsync();
        if (await page.Locator("main form[data-guard]").CountAsync() > 0)
        {
            await Expect(page.Locator(".error-summary")).ToBeFocusedAsync();
            await window.InspectAsync($"{section}, with rows added and errors");
        }

        await window.OpenAsync($"{await RecordPagesTests.FindAsync(house, RecordStatus.Draft)}/modifier/{section}");
        await window.InspectAsync($"{section}, filled");
    }

    [Fact]
    public async Task Two_who_save_the_same_part_are_told_without_loss()
    {
        var first = await (await OpenWindowAsync(house)).EnterAsync("correspondante");
        var record = await RecordPagesTests.AddAsync(first, "Fiche disputée");
        var second = await (await OpenWindowAsync(house)).EnterAsync("correspondante");
        foreach (var (window, text) in new[] { (first, "Le texte de la première"), (second, "Le texte de la seconde") })
        {
            await window.OpenAsync($"{record}/modifier/finalites");
            await window.Page.Locator("[name='Form.Purpose']").FillAsync(text);
        }
        await first.Page.Locator("main .acts button[name=next][value=back]").ClickAsync();
        await first.Page.WaitForURLAsync(url => new Uri(url).AbsolutePath == record);
        var answer = await second.Page.RunAndWaitForResponseAsync(
            () => second.Page.Locator("main .acts button[name=next][value=back]").ClickAsync(), sent => sent.Request.Method == "POST");
        Assert.Equal(409, answer.Status);
        await Expect(second.Page.Locator("main table")).ToContainTextAsync("Le texte de la première");
        await Expect(second.Page.Locator("[name='Form.Purpose']")).ToHaveValueAsync("Le texte de la seconde");
        await second.InspectAsync("409");
    }
}
