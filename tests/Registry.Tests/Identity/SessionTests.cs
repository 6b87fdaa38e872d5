using System.Net;
using System.Text.Json;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Registry.Data;
using Registry.Identity;
using Registry.Tests.Support;

namespace Registry.Tests.Identity;

[Trait("Kind", "pages")]
public sealed class SessionTests(SignInFixture fixture)
{
    private static async Task<(string Code, Visit Visit)> EnterAsync(SignInHost host)
    {
        var code = "d" + Guid.NewGuid().ToString("N");
        await host.Services.GetRequiredService<Accounts>()
            .CreateDemoAsync(Guid.NewGuid(), "Personne de démonstration", code + "@exemple.fr", code, "Déléguée mutualisée");
        var visit = host.Browse();
        var page = await visit.GetAsync("/connexion?retour=%2Fqui");
        var entered = await visit.PressAsync(page, code);
        Assert.Equal("/qui", entered.Location);
        return (code, visit);
    }

    [Fact, Trait("S", "1")]
    public async Task A_visitor_who_is_not_signed_in_is_sent_to_sign_in_and_back()
    {
        await using var host = await SignInHost.StartAsync(fixture);
        var answer = await host.Browse().GetAsync("/qui?page=2");
        Assert.Equal(HttpStatusCode.Redirect, answer.Status);
        Assert.Equal("/connexion?retour=%2Fqui%3Fpage%3D2", answer.Location);
    }

    [Fact]
    public async Task A_demonstration_person_enters_with_one_click_in_demo_mode()
    {
        await using var host = await SignInHost.StartAsync(fixture, demo: true);
        var (_, visit) = await EnterAsync(host);
        Assert.Contains("Personne de démonstration", (await visit.GetAsync("/qui")).Text);
    }

    [Fact]
    public async Task Outside_demo_mode_the_demonstration_entry_does_not_exist()
    {
        await using var host = await SignInHost.StartAsync(fixture);
        Assert.Equal(HttpStatusCode.NotFound, (await host.Browse().GetAsync("/demo/entrer")).Status);
        Assert.DoesNotContain("démonstration", (await host.Browse().GetAsync("/connexion")).Text);
    }

    [Fact, Trait("S", "37")]
    public async Task A_session_ends_after_thirty_idle_minutes()
    {
        await using var host = await SignInHost.StartAsync(fixture, demo: true);
        var (_, visit) = await EnterAsync(host);
        host.Clock.Pass(TimeSpan.FromMinutes(29));
        Assert.Equal(HttpStatusCode.OK, (await visit.GetAsync("/qui")).Status);
        host.Clock.Pass(TimeSpan.FromMinutes(29));
        Assert.Equal(HttpStatusCode.OK, (await visit.GetAsync("/qui")).Status);
        host.Clock.Pass(TimeSpan.FromMinutes(31));
        Assert.Equal(HttpStatusCode.Redirect, (await visit.GetAsync("/qui")).Status);
    }

    [Fact, Trait("S", "37")]
    public async Task A_session_ends_after_ten_hours_however_busy()
    {
        await using var host = await SignInHost.StartAsync(fixture, demo: true);
        var (_, visit) = await EnterAsync(host);
        for (var minutes = 0; minutes < 580; minutes += 20)
        {
            host.Clock.Pass(TimeSpan.FromMinutes(20));
            Assert.Equal(HttpStatusCode.OK, (await visit.GetAsync("/qui")).Status);
        }
        host.Clock.Pass(TimeSpan.FromMinutes(20));
        Assert.Equal(HttpStatusCode.Redirect, (await visit.GetAsync("/qui")).Status);
    }

    [Fact, Trait("S", "37")]
    public async Task A_session_is_prolonged_without_leaving_the_page()
    {
        await using var host = await SignInHost.StartAsync(fixture, demo: true);
        var (_, visit) = await EnterAsync(host);
        var token = TokenOf(await visit.GetAsync("/session"));
        host.Clock.Pass(TimeSpan.FromMinutes(29));
        Assert.Equal((1800, false), await ProlongAsync(visit, token));
        host.Clock.Pass(TimeSpan.FromMinutes(29));
        Assert.Equal((1800, false), await ProlongAsync(visit, token));
        host.Clock.Pass(TimeSpan.FromMinutes(31));
        Assert.Equal(HttpStatusCode.Unauthorized, (await visit.PostAsync("/session", ("__RequestVerificationToken", token))).Status);
    }

    [Fact, Trait("S", "37")]
    public async Task The_last_minutes_of_the_ten_hours_are_told_as_such()
    {
        await using var host = await SignInHost.StartAsync(fixture, demo: true);
        var (_, visit) = await EnterAsync(host);
        var first = await visit.GetAsync("/session");
        Assert.Contains("Sans activité, elle prend fin à 10:35", first.Text);
        for (var minutes = 0; minutes < 580; minutes += 20)
        {
            host.Clock.Pass(TimeSpan.FromMinutes(20));
            await visit.GetAsync("/qui");
        }
        Assert.Equal((1200, true), await ProlongAsync(visit, TokenOf(first)));
        Assert.Contains("Elle prend fin à 20:05, heure de Paris, dix heures après la connexion", (await visit.GetAsync("/session")).Text);
    }

    [Fact, Trait("S", "37")]
    public async Task The_session_of_an_administrator_ends_after_fifteen_idle_minutes_and_says_so()
    {
        await using var host = await SignInHost.StartAsync(fixture, demo: true);
        var (code, visit) = await EnterAsync(host);
        await host.Services.GetRequiredService<SignInDb>().RunAsync(connection => connection.ExecuteAsync(
            "update identity.account set administrator = true where demo_code = @code", new { code }));
        var page = await visit.GetAsync("/session");
        Assert.Contains("Sans activité, elle prend fin à 10:20", page.Text);
        host.Clock.Pass(TimeSpan.FromMinutes(14));
        Assert.Equal((900, false), await ProlongAsync(visit, TokenOf(page)));
        host.Clock.Pass(TimeSpan.FromMinutes(16));
        Assert.Equal(HttpStatusCode.Redirect, (await visit.GetAsync("/qui")).Status);
    }

    [Fact, Trait("S", "37")]
    public async Task A_session_is_not_prolonged_by_a_form_of_another_site()
    {
        await using var host = await SignInHost.StartAsync(fixture, demo: true);
        var (_, visit) = await EnterAsync(host);
        Assert.Equal(HttpStatusCode.BadRequest, (await visit.PostAsync("/session", ("__RequestVerificationToken", "x"))).Status);
    }

    private static string TokenOf(Answer page) => page.Html.QuerySelector("[name=__RequestVerificationToken]")!.GetAttribute("value")!;

    private static async Task<(int Left, bool Final)> ProlongAsync(Visit visit, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/session")
        {
            Content = new FormUrlEncodedContent([KeyValuePair.Create("__RequestVerificationToken", token)]),
        };
        using var answer = await visit.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        using var said = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return (said.RootElement.GetProperty("left").GetInt32(), said.RootElement.GetProperty("final").GetBoolean());
    }

    [Fact, Trait("S", "38")]
    public async Task Signing_out_ends_the_session_on_the_server()
    {
        await using var host = await SignInHost.StartAsync(fixture, demo: true);
        var (_, visit) = await EnterAsync(host);
        var kept = visit.Cookie("__Host-s")!;
        var page = await visit.GetAsync("/deconnexion");
        var left = await visit.PressAsync(page, "Se déconnecter");
        Assert.Equal("\"cache\", \"cookies\", \"storage\"", left.Raw.Headers.GetValues("Clear-Site-Data").Single());

        visit.Cookies.Add(new Cookie("__Host-s", kept, "/", "localhost"));
        Assert.Equal(HttpStatusCode.Redirect, (await visit.GetAsync("/qui")).Status);
    }

    [Theory, Trait("S", "20")]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example/")]
    [InlineData("~/x")]
    public async Task A_way_back_that_is_not_local_is_ignored(string back)
    {
        await using var host = await SignInHost.StartAsync(fixture, demo: true);
        var (code, _) = await EnterAsync(host);
        var visit = host.Browse();
        var page = await visit.GetAsync("/connexion?retour=" + Uri.EscapeDataString(back));
        Assert.Equal("/", (await visit.PressAsync(page, code)).Location);
    }

    [Fact, Trait("S", "37")]
    public async Task The_session_cookie_has_its_prefix_and_its_flags()
    {
        await using var host = await SignInHost.StartAsync(fixture, demo: true);
        var (code, _) = await EnterAsync(host);
        var visit = host.Browse();
        var entered = await visit.PressAsync(await visit.GetAsync("/connexion"), code);
        var cookie = entered.Raw.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("__Host-s=", StringComparison.Ordinal));
        Assert.EndsWith("; path=/; secure; samesite=lax; httponly", cookie);
        Assert.Equal(43, visit.Cookie("__Host-s")!.Length);
    }
}
