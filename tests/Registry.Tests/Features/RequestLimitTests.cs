using System.Net;
using Registry.Tests.Support;

namespace Registry.Tests.Features;

/// <summary>What only the real server sees: bytes that no client library would send, and sizes that it counts itself (S-10).</summary>
[Trait("Kind", "pages")]
[Trait("S", "10")]
public sealed class RequestLimitTests(RegistryFixture registry, ServedRegistry served) : IAsyncLifetime, IClassFixture<ServedRegistry>
{
    private Town _town = null!;
    private Visit _officer = null!;

    public async ValueTask InitializeAsync()
    {
        _town = await Town.FoundAsync(registry);
        await _town.AddRecordAsync();
        _officer = await _town.EnterAsync("DPO");
    }

    public ValueTask DisposeAsync()
    {
        _officer.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData("/o/{slug}/traitements/T-0001%00")]
    [InlineData("/o/%00/traitements")]
    [InlineData("/o/{slug}%00/traitements")]
    [InlineData("/modeles/%00")]
    [InlineData("/c/%00")]
    [InlineData("/o/%zz/traitements")]
    [InlineData("/o/%ED%A0%80/traitements")]
    [InlineData("/o/{slug}/traitements?q=%zz%")]
    [InlineData("/o/{slug}/traitements?q=%E9&&&==&page=%")]
    [InlineData("/o/{slug}/traitements/T-0001%2Fmodifier")]
    [InlineData("/o/{slug}/../../etc/passwd")]
    [InlineData("//autre.example/o")]
    [InlineData("/connexion?retour=//autre.example/")]
    public async Task A_broken_address_is_no_fault_of_ours(string path)
    {
        var status = ServedRegistry.StatusOf(await served.RawAsync("GET " + path.Replace("{slug}", _town.Slug), Cookies));
        Assert.InRange(status, 200, 499);
    }

    [Fact]
    public async Task The_page_that_the_real_server_sends_is_the_page() =>
        Assert.Equal(200, ServedRegistry.StatusOf(await served.RawAsync($"GET {_town.Home}/traitements", Cookies)));

    [Fact]
    [Trait("S", "21")]
    public async Task A_form_over_one_mebibyte_is_refused_with_a_page()
    {
        var form = Forms.Of(await _officer.GetAsync($"{_town.Home}/traitements/T-0001/modifier/finalites")).Single();
        var body = string.Join('&', form.With(("Form.Purpose", new string('a', 1_150_000))).Select(field => $"{WebUtility.UrlEncode(field.Name)}={WebUtility.UrlEncode(field.Value)}"));
        var answer = await served.RawAsync($"POST {form.Action}", Cookies, body);
        Assert.Equal(413, ServedRegistry.StatusOf(answer));
        Assert.Contains("volumineux", answer);
        Assert.Contains("Content-Security-Policy", answer);
    }

    [Fact]
    public async Task A_form_just_under_it_is_read()
    {
        var form = Forms.Of(await _officer.GetAsync($"{_town.Home}/traitements/T-0001/modifier/finalites")).Single();
        var body = string.Join('&', form.With(("Form.Purpose", new string('a', 1_000_000))).Select(field => $"{WebUtility.UrlEncode(field.Name)}={WebUtility.UrlEncode(field.Value)}"));
        var answer = await served.RawAsync($"POST {form.Action}", Cookies, body);
        Assert.InRange(ServedRegistry.StatusOf(answer), 200, 400);
        Assert.True(answer.Count(letter => letter == 'a') >= 1_000_000);  // sent in pieces, but all of it
    }

    [Theory]
    [InlineData("text/plain", "Form.Purpose=x")]
    [InlineData("application/json", "{\"Form\":{\"Purpose\":\"x\"}}")]
    [InlineData("multipart/form-data", "no boundary")]
    [InlineData("multipart/form-data; boundary=x", "--x\r\nbroken")]
    [InlineData("application/x-www-form-urlencoded; charset=utf-16", "Form.Purpose=x")]
    [InlineData("application/x-www-form-urlencoded; charset=nothing", "Form.Purpose=x")]
    [InlineData("nonsense", "Form.Purpose=x")]
    public async Task A_body_that_is_no_form_is_refused(string type, string body)
    {
        var answer = await served.RawAsync($"POST {_town.Home}/traitements/T-0001/modifier/finalites", Cookies, body, type);
        Assert.Equal(400, ServedRegistry.StatusOf(answer));
        Assert.Contains("La page a expiré", answer);
    }

    [Fact]
    [Trait("S", "21")]
    [Trait("S", "22")]
    public async Task An_address_over_four_kibibytes_and_headers_over_sixteen_are_refused_with_a_page()
    {
        var page = $"GET {_town.Home}/traitements?q=";
        const string end = " HTTP/1.1\r\n";
        Assert.Equal(200, ServedRegistry.StatusOf(await served.RawAsync(page + new string('a', 4096 - page.Length - end.Length), Cookies)));
        var address = await served.RawAsync(page + new string('a', 4097 - page.Length - end.Length), Cookies);
        Assert.Equal(414, ServedRegistry.StatusOf(address));
        Assert.Contains("L’adresse est trop longue", WebUtility.HtmlDecode(address));
        Assert.Contains("Content-Security-Policy", address);

        Assert.Equal(200, ServedRegistry.StatusOf(await served.RawAsync("GET /aide", "x=" + new string('a', 16_000))));
        var headers = await served.RawAsync("GET /aide", "x=" + new string('a', 16_400));
        Assert.Equal(431, ServedRegistry.StatusOf(headers));
        Assert.Contains("trop d’informations", WebUtility.HtmlDecode(headers));
        Assert.Contains("Content-Security-Policy", headers);
    }

    [Fact]
    public async Task Far_beyond_these_limits_the_server_itself_hangs_up()
    {
        Assert.Equal(414, ServedRegistry.StatusOf(await served.RawAsync($"GET /aide?q={new string('a', 40_000)}")));
        Assert.Equal(431, ServedRegistry.StatusOf(await served.RawAsync("GET /aide", "x=" + new string('a', 100_000))));
    }

    [Fact]
    [Trait("S", "22")]
    public async Task The_server_does_not_say_what_it_is()
    {
        var answer = await served.RawAsync("GET /aide");
        Assert.DoesNotContain("\nServer:", answer);
        Assert.DoesNotContain("Kestrel", answer);
        Assert.DoesNotContain("X-Powered-By", answer);
    }

    private string Cookies => _officer.Cookies.GetCookieHeader(new Uri("https://localhost/"));
}
