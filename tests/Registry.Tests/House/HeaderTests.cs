using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Npgsql;
using Registry.Tests.Support;

namespace Registry.Tests.House;

/// <summary>The headers of security §3, exact, on every kind of answer.</summary>
[Trait("Kind", "pages")]
[Trait("S", "22")]
public sealed partial class HeaderTests(RegistryFixture registry)
{
    private const string Policy =
        "default-src 'none'; script-src 'nonce-{n}'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; " +
        "object-src 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; upgrade-insecure-requests; report-uri /csp";

    private static readonly Dictionary<string, string> Expected = new()
    {
        ["Content-Security-Policy"] = Policy,
        ["Strict-Transport-Security"] = "max-age=63072000; includeSubDomains",
        ["X-Content-Type-Options"] = "nosniff",
        ["X-Frame-Options"] = "DENY",
        ["Referrer-Policy"] = "same-origin",
        ["Permissions-Policy"] = "accelerometer=(), autoplay=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=(), publickey-credentials-create=(self), publickey-credentials-get=(self)",
        ["Cross-Origin-Opener-Policy"] = "same-origin",
        ["Cross-Origin-Embedder-Policy"] = "require-corp",
        ["Cross-Origin-Resource-Policy"] = "same-origin",
        ["X-Permitted-Cross-Domain-Policies"] = "none",
    };

    [Fact]
    [Trait("S", "21")]
    public async Task Every_kind_of_answer_carries_them()
    {
        var town = await Town.FoundAsync(registry);
        using var nobody = registry.Browse();
        using var correspondent = await town.EnterAsync("CORRESPONDENT");
        var faults = new List<string>();

        faults.AddRange(Faults("page", await nobody.GetAsync("/aide"), 200));
        faults.AddRange(Faults("redirect", await nobody.GetAsync("/mon-compte"), 302));
        faults.AddRange(Faults("not found", await correspondent.GetAsync("/nulle-part"), 404));
        faults.AddRange(Faults("not found by nobody", await nobody.GetAsync("/nulle-part"), 404));
        faults.AddRange(Faults("not hers", await correspondent.GetAsync($"{town.Home}/designations/nouvelle"), 403));
        faults.AddRange(Faults("without token", await correspondent.PostAsync($"{town.Home}/services", ("Form.Name", "Accueil")), 400));
        faults.AddRange(Faults("method", await Answer.ReadAsync(await nobody.SendAsync(new HttpRequestMessage(HttpMethod.Put, "/aide"))), 405));
        faults.AddRange(Faults("foreign site", await ForeignAsync(correspondent, town), 400));
        faults.AddRange(Faults("health", await nobody.GetAsync("/sante/vivant"), 200));

        var style = (await nobody.GetAsync("/aide")).Html.QuerySelector("link[rel=stylesheet]")!.GetAttribute("href")!;
        Assert.Contains("?v=", style);
        faults.AddRange(Faults("file with its version", await nobody.GetAsync(style), 200, "public, max-age=31536000, immutable"));
        faults.AddRange(Faults("file without", await nobody.GetAsync(style.Split('?')[0]), 200));
        faults.AddRange(Faults("file that is not there", await correspondent.GetAsync("/nulle-part.css?v=1"), 404));
        faults.AddRange(Faults("file that is not there, to nobody", await nobody.GetAsync("/nulle-part.css?v=1"), 404));

        // A database where nothing was migrated: a fault of ours. A socket where nobody listens: a moment's absence.
        using (var broken = On(new NpgsqlConnectionStringBuilder(registry.ConnectionString) { Database = "postgres" }))
        using (var visit = new Visit(broken.Server.CreateHandler()))
            faults.AddRange(Faults("our fault", await visit.GetAsync("/c/une-commune"), 500));
        using (var away = On(new NpgsqlConnectionStringBuilder(registry.ConnectionString) { Host = "/nulle-part" }))
        using (var visit = new Visit(away.Server.CreateHandler()))
        {
            faults.AddRange(Faults("database away", await visit.GetAsync("/c/une-commune"), 503));
            faults.AddRange(Faults("not ready", await visit.GetAsync("/sante/pret"), 503));
        }
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    [Fact]
    public async Task Each_answer_has_a_nonce_of_its_own_and_its_scripts_bear_it()
    {
        using var nobody = registry.Browse();
        var (one, two) = (await nobody.GetAsync("/aide"), await nobody.GetAsync("/aide"));
        Assert.NotEqual(NonceOf(one), NonceOf(two));
        Assert.Equal(16, Convert.FromHexString(NonceOf(one)).Length);
        Assert.All(one.Html.Scripts, script => Assert.Equal(NonceOf(one), script.GetAttribute("nonce")));
        Assert.NotEmpty(one.Html.Scripts);
    }

    private static async Task<Answer> ForeignAsync(Visit visit, Town town)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{town.Home}/services") { Content = new FormUrlEncodedContent([KeyValuePair.Create("Form.Name", "Accueil")]) };
        request.Headers.Add("Sec-Fetch-Site", "cross-site");
        return await Answer.ReadAsync(await visit.SendAsync(request));
    }

    private WebApplicationFactory<Program> On(NpgsqlConnectionStringBuilder database) =>
        registry.WithWebHostBuilder(builder => builder.UseSetting("REGISTRY_DATABASE", database.ConnectionString));

    private static IEnumerable<string> Faults(string kind, Answer answer, int status, string cache = "no-store")
    {
        if ((int)answer.Status != status) yield return $"{kind}: {(int)answer.Status} instead of {status}: {answer}";
        if (status >= 400 && answer.Raw.Content.Headers.ContentType?.MediaType == "text/html")
        {
            if (answer.Html.QuerySelector("html")?.GetAttribute("lang") != "fr" || !answer.Text.Contains("Référence", StringComparison.Ordinal)) yield return $"{kind}: no French page with a reference: {answer}";
            if (InnerWords().IsMatch(answer.Text)) yield return $"{kind}: the page speaks of the inside: {answer}";
        }
        else if (status >= 400 && !answer.Path.StartsWith("/sante", StringComparison.Ordinal)) yield return $"{kind}: an error without a page.";
        foreach (var (name, value) in Expected)
        {
            var sent = answer.Raw.Headers.TryGetValues(name, out var all) ? string.Join(", ", all) : "nothing";
            if (Nonce().Replace(sent, "'nonce-{n}'") != value) yield return $"{kind}: {name}: {sent}";
        }
        if (answer.Raw.Headers.CacheControl?.ToString() is var control && Sorted(control) != Sorted(cache)) yield return $"{kind}: Cache-Control: {control}";
        foreach (var leak in new[] { "Server", "X-Powered-By", "X-AspNet-Version" })
            if (answer.Raw.Headers.Contains(leak)) yield return $"{kind}: says {leak}";
    }

    private static string Sorted(string? header) => string.Join(", ", (header ?? "").Split(", ").Order());

    private static string NonceOf(Answer answer) => Nonce().Match(answer.Raw.Headers.GetValues("Content-Security-Policy").Single()).Groups[1].Value;

    [GeneratedRegex("'nonce-([^']+)'")]
    private static partial Regex Nonce();

    [GeneratedRegex(@"Exception|Npgsql|   at |select |\b42P01\b|\.cs\b", RegexOptions.IgnoreCase)]
    private static partial Regex InnerWords();
}
