using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Registry.Data;
using Registry.History;
using Registry.Identity;

namespace Registry.Bench;

/// <summary>The pages that are measured, as the officer of 300 communes and the correspondent of one open them.</summary>
public sealed record Site(IReadOnlyList<(string Name, Uri Address, string Cookie)> Lists, IReadOnlyList<(string Name, IReadOnlyList<Uri> Addresses, string Cookie)> Pages)
{
    public static async Task<Site> OpenAsync(Served product, string connectionString, Keys keys)
    {
        var (officer, correspondent) = await SignInAsync(connectionString, keys);
        // As a browser does that has opened a page before: with the token of its forms.
        (officer, correspondent) = (await WithTokenAsync(product, officer), await WithTokenAsync(product, correspondent));
        await using var connection = new NpgsqlConnection(connectionString);
        var slugs = (await connection.QueryAsync<string>("select slug from app.organisation where insee_code is not null order by id limit 40")).ToList();
        var first = $"o/{slugs[0]}/traitements";
        return new Site(
            [
                ("list of the correspondent, 50 rows", product.At(first + "?taille=50"), correspondent),
                ("list of the correspondent", product.At(first), correspondent),
                ("list of the officer", product.At(first), officer),
            ],
            [
                ("list", [.. slugs.Select(slug => product.At($"o/{slug}/traitements"))], officer),
                ("open", [.. slugs.Select((slug, place) => product.At($"o/{slug}/traitements/T-{place % 30 + 1:0000}"))], officer),
                ("search in a commune", [.. slugs.Select(slug => product.At($"o/{slug}/traitements?q=inscription"))], officer),
                ("search", [.. new[] { "inscription", "état civil", "cantine scolaire", "vidéoprotection", "ambérieu" }.Select(words => product.At("recherche?q=" + Uri.EscapeDataString(words)))], officer),
                ("area list", [.. new[] { "?tout", "?attention=aipd-absente", "?tri=-revision", "?q=inscription" }.Select(query => product.At("registre" + query))], officer),
            ]);
    }

    private static async Task<string> WithTokenAsync(Served product, string session)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false });
        using var request = new HttpRequestMessage(HttpMethod.Get, product.At("aide"));
        request.Headers.Add("Cookie", session);
        using var answer = await client.SendAsync(request);
        return string.Join("; ", answer.Headers.GetValues("Set-Cookie").Select(cookie => cookie.Split(';')[0]).Where(cookie => !cookie.EndsWith('=')).Prepend(session));
    }

    /// <summary>Sessions as the entrance of the demonstration begins them.</summary>
    private static async Task<(string Officer, string Correspondent)> SignInAsync(string connectionString, Keys keys)
    {
        await using var database = new Database(connectionString, keys, NullLoggerFactory.Instance);
        var services = new ServiceCollection().AddLogging().AddSingleton(database).AddSingleton(keys).AddSingleton<Chain>().AddSingleton(TimeProvider.System)
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        await using var provider = services.AddSignIn(demo: true).BuildServiceProvider();
        return (await BeginAsync("bench-dpo"), await BeginAsync("bench-correspondante"));

        async Task<string> BeginAsync(string code)
        {
            var account = await provider.GetRequiredService<Accounts>().FindDemoAsync(code) ?? throw new InvalidOperationException("The database is not that of bench-data.");
            return $"{SessionCookie.Name}={await provider.GetRequiredService<Sessions>().BeginAsync(account.Id, account.PersonId, "bench")}";
        }
    }
}
