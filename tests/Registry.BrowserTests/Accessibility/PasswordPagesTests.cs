using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Registry.BrowserTests.Support;
using Registry.Identity;

namespace Registry.BrowserTests.Accessibility;

/// <summary>The way of somebody who has forgotten the password and left the telephone at home, and the question before a grave act.</summary>
[Trait("S", "110")]
[Trait("S", "117")]
public sealed class PasswordPagesTests(Chromium chromium, DemoHouse house) : BrowserTest(chromium)
{
    private const string Email = "paul.etourdi@exemple.example";
    private const string FirstPassword = "quatre mots sans aucun rapport";
    private const string NextPassword = "lanterne cobalt écureuil patient";

    [Fact]
    public async Task The_way_from_a_forgotten_password_to_a_grave_act_is_accessible()
    {
        var window = await OpenWindowAsync(house);
        var page = window.Page;
        var codes = await OpenAccountAsync(window);

        await window.OpenAsync("/deconnexion");
        await window.InspectAsync("sign out");
        await PressAsync("form[method=post] button");
        await window.OpenAsync("/mot-de-passe-oublie");
        await PressAsync("form[method=post] button");
        await Expect(page.Locator(".error-summary")).ToBeFocusedAsync();
        await window.InspectAsync("forgotten password with errors");
        await page.Locator("[name='Form.Email']").FillAsync(Email);
        await PressAsync("form[method=post] button");
        await Expect(page.Locator("main")).ToContainTextAsync("Si un compte existe");
        await window.InspectAsync("a link is on its way");

        await window.OpenAsync("/mot-de-passe/" + new string('A', 43));
        await window.InspectAsync("a reset that is over");
        await window.OpenAsync(await LinkAsync());
        await window.InspectAsync("reset");
        await PressAsync("form[method=post] button");
        await page.WaitForURLAsync("**/connexion/second-facteur");
        await window.InspectAsync("second factor of a reset");

        await window.OpenAsync("/connexion/code-de-secours");
        await window.InspectAsync("recovery code");
        await page.Locator("[name='Form.Code']").FillAsync("AAAA-AAAA-AAAA-AAAA");
        await PressAsync("form[method=post] button");
        await Expect(page.Locator(".error-summary")).ToBeFocusedAsync();
        await window.InspectAsync("recovery code with errors");
        await page.Locator("[name='Form.Code']").FillAsync(codes[0]);
        await PressAsync("form[method=post] button");

        await page.WaitForURLAsync("**/mot-de-passe/nouveau");
        await window.InspectAsync("new password");
        await page.Locator("[name='Form.Password']").FillAsync("motdepasse2026");
        await PressAsync("form[method=post] button");
        await Expect(page.Locator(".error-summary")).ToBeFocusedAsync();
        await window.InspectAsync("new password with errors");
        await page.Locator("[name='Form.Password']").FillAsync(NextPassword);
        await PressAsync("form[method=post] button");
        await page.WaitForURLAsync("**/connexion?nouveau=True");
        await window.InspectAsync("sign in with the new password");

        await page.Locator("[name='Form.Email']").FillAsync(Email);
        await page.Locator("[name='Form.Password']").FillAsync(NextPassword);
        await PressAsync("form:has([name='Form.Password']) button");
        await page.WaitForURLAsync("**/connexion/second-facteur");
        await window.OpenAsync("/connexion/code-de-secours");
        await page.Locator("[name='Form.Code']").FillAsync(codes[1]);
        await PressAsync("form[method=post] button");
        await page.WaitForURLAsync(url => !url.Contains("/connexion", StringComparison.Ordinal));

        await AgeSecondFactorAsync();
        Assert.Equal(200, await window.OpenAsync("/mon-compte/mot-de-passe"));
        await Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/connexion/confirmer"));
        await window.InspectAsync("step-up");
        await PressAsync("form[method=post] button");
        await page.WaitForURLAsync("**/connexion/second-facteur");
        await window.InspectAsync("second factor of a step-up");
        window.ExpectNoComplaint();

        Task PressAsync(string button) => page.Locator("main " + button).First.ClickAsync();
    }

    /// <summary>Invited, with a password, an application and ten codes, which are returned.</summary>
    private async Task<IReadOnlyList<string>> OpenAccountAsync(Window window)
    {
        var page = window.Page;
        await using (var connection = await house.SuperuserAsync())
        {
            var person = await connection.ExecuteScalarAsync<Guid>("select id from app.person where job = 'Maire' order by id desc limit 1");
            var address = await house.Services.GetRequiredService<Accounts>().InviteAsync(person, "Paul Étourdi", Email, "Druelle Balsac");
            await window.OpenAsync(new Uri(address!).AbsolutePath);
        }
        await page.Locator("main form[method=post] button.main").ClickAsync();
        await page.Locator("[name='Form.Password']").FillAsync(FirstPassword);
        await page.Locator("main form[method=post] button.main").ClickAsync();
        var secret = AccountPagesTests.FromBase32(await page.Locator(".secret").InnerTextAsync());
        await page.Locator("[name='Form.Code']").FillAsync(Totp.CodeAt(secret, Totp.StepAt(DateTimeOffset.UtcNow)));
        await page.Locator("main form:has([name='Form.Code']) button").ClickAsync();
        await page.WaitForURLAsync(url => !url.Contains("second-facteur", StringComparison.Ordinal));
        await window.OpenAsync("/mon-compte/codes-de-secours");
        await page.Locator("main form[method=post] button.main").ClickAsync();
        await Expect(page.Locator("main .codes li")).ToHaveCountAsync(10);
        return await page.Locator("main .codes li").AllInnerTextsAsync();
    }

    private async Task<string> LinkAsync()
    {
        var mails = await house.Services.GetRequiredService<Accounts>().ListMailAsync();
        var body = mails.First(mail => mail.Recipient == Email && mail.Body.Contains("/mot-de-passe/", StringComparison.Ordinal)).Body;
        return System.Text.RegularExpressions.Regex.Match(body, "/mot-de-passe/[A-Za-z0-9_-]{43}").Value;
    }

    private async Task AgeSecondFactorAsync()
    {
        await using var connection = await house.SuperuserAsync();
        await connection.ExecuteAsync(
            """
            update identity.session set second_factor_at = now() - interval '6 minutes'
             where account_id = (select id from identity.account where email_key = @Email)
            """,
            new { Email });
    }
}
