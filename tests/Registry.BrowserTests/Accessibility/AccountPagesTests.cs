using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Registry.BrowserTests.Support;
using Registry.Identity;

namespace Registry.BrowserTests.Accessibility;

/// <summary>The way of somebody invited: password, second factor, recovery codes, her account.</summary>
[Trait("S", "110")]
[Trait("S", "117")]
public sealed class AccountPagesTests(Chromium chromium, DemoHouse house) : BrowserTest(chromium)
{
    private const string Email = "jeanne.invitee@exemple.example";

    [Fact]
    public async Task The_way_from_an_invitation_to_an_account_is_accessible()
    {
        var window = await OpenWindowAsync(house);
        var page = window.Page;
        await window.OpenAsync("/invitation/" + new string('A', 43));
        await window.InspectAsync("an invitation that is over");

        await window.OpenAsync(await InviteAsync());
        await window.InspectAsync("invitation");
        await PressAsync("form[method=post] button.main");
        await Expect(page.Locator("[name='Form.Password']")).ToBeVisibleAsync();
        await PressAsync("form[method=post] button.main");
        await Expect(page.Locator(".error-summary")).ToBeFocusedAsync();
        await window.InspectAsync("password with errors");
        await page.Locator("[name='Form.Password']").FillAsync("quatre mots sans aucun rapport");
        await PressAsync("form[method=post] button.main");

        await Expect(page.Locator(".secret")).ToBeVisibleAsync();
        await window.InspectAsync("second factor");
        var secret = FromBase32(await page.Locator(".secret").InnerTextAsync());
        await page.Locator("[name='Form.Code']").FillAsync("000");
        await PressAsync("form:has([name='Form.Code']) button");
        await Expect(page.Locator(".error-summary")).ToBeFocusedAsync();
        await window.InspectAsync("second factor with errors");
        await page.Locator("[name='Form.Code']").FillAsync(Totp.CodeAt(secret, Totp.StepAt(DateTimeOffset.UtcNow)));
        await PressAsync("form:has([name='Form.Code']) button");

        await page.WaitForURLAsync(url => !url.Contains("second-facteur", StringComparison.Ordinal));
        await window.OpenAsync("/mon-compte/codes-de-secours");
        await window.InspectAsync("recovery codes to make");
        await PressAsync("form[method=post] button.main");
        await Expect(page.Locator("main .codes li")).ToHaveCountAsync(10);
        await window.InspectAsync("recovery codes");
        foreach (var path in new[] { "/mon-compte", "/mon-compte/mot-de-passe" })
        {
            Assert.Equal(200, await window.OpenAsync(path));
            await window.InspectAsync(path);
        }

        Task PressAsync(string button) => page.Locator("main " + button).First.ClickAsync();
    }

    private async Task<string> InviteAsync()
    {
        await using var connection = await house.SuperuserAsync();
        var person = await connection.ExecuteScalarAsync<Guid>("select id from app.person where job = 'Maire' order by id limit 1");
        var address = await house.Services.GetRequiredService<Accounts>().InviteAsync(person, "Jeanne Invitée", Email, "Druelle Balsac");
        return new Uri(address!).AbsolutePath;
    }

    internal static byte[] FromBase32(string text)
    {
        var bits = string.Concat(text.Where(char.IsAsciiLetterOrDigit).Select(letter => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(letter), 2).PadLeft(5, '0')));
        return [.. Enumerable.Range(0, bits.Length / 8).Select(at => Convert.ToByte(bits.Substring(at * 8, 8), 2))];
    }
}
