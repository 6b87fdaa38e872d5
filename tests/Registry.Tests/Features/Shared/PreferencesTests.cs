using System.Net;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Registry.Features.Shared;

namespace Registry.Tests.Features.Shared;

public sealed class PreferencesTests : IAsyncLifetime
{
    private WebApplication _app = null!;
    private HttpClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider();
        builder.Services.AddAntiforgery();
        builder.Services.AddLanguages();
        _app = builder.Build();
        _app.UseRequestLocalization();
        _app.MapPreferences();
        _app.MapGet("/token", (HttpContext context, IAntiforgery antiforgery) => antiforgery.GetAndStoreTokens(context).RequestToken);
        _app.MapGet("/word", (Registry.Features.Shared.Languages language) => language["Oui"].Value);
        await _app.StartAsync(TestContext.Current.CancellationToken);
        _client = _app.GetTestClient();
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _app.DisposeAsync();
    }

    [Fact]
    public async Task The_chosen_language_is_kept_and_spoken()
    {
        var kept = await PostAsync("/langue", "en", "/traitements?page=2");

        Assert.Equal(HttpStatusCode.Found, kept.StatusCode);
        Assert.Equal("/traitements?page=2", kept.Headers.Location!.OriginalString);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/word");
        request.Headers.Add("Cookie", kept.Headers.GetValues("Set-Cookie").Single(cookie => cookie.StartsWith("langue=", StringComparison.Ordinal)).Split(';')[0]);
        Assert.Equal("Yes", await (await _client.SendAsync(request, TestContext.Current.CancellationToken)).Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Theory, Trait("S", "20")]
    [InlineData("https://ailleurs.example/")]
    [InlineData("//ailleurs.example/")]
    [InlineData("/\\ailleurs.example/")]
    [InlineData("/\t/ailleurs.example/")]
    [InlineData("")]
    public async Task A_foreign_return_address_is_ignored(string returnUrl) =>
        Assert.Equal("/", (await PostAsync("/apparence", "dark", returnUrl)).Headers.Location!.OriginalString);

    [Fact]
    public async Task An_unknown_choice_is_refused() =>
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync("/apparence", "rose", "/")).StatusCode);

    [Fact, Trait("S", "19")]
    public async Task A_choice_without_its_token_is_refused()
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["choice"] = "en", ["returnUrl"] = "/" });

        var answer = await _client.PostAsync("/langue", form, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
    }

    private async Task<HttpResponseMessage> PostAsync(string path, string choice, string returnUrl)
    {
        var page = await _client.GetAsync("/token", TestContext.Current.CancellationToken);
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["choice"] = choice,
            ["returnUrl"] = returnUrl,
            ["__RequestVerificationToken"] = await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
        });
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = form };
        request.Headers.Add("Cookie", page.Headers.GetValues("Set-Cookie").Single().Split(';')[0]);
        return await _client.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
