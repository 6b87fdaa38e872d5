using System.IO.Compression;
using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Registry.Data;
using Registry.History;
using Registry.Identity;

namespace Registry.Bench;

/// <summary>The goals of design §5, each a line: name, value, goal, ok or short.</summary>
public static class Measures
{
    private static readonly Guid FirstCommune = Guid.Parse("00000000-0000-7000-8000-000000000001");
    private static readonly TimeSpan Burst = TimeSpan.FromSeconds(5);
    private static bool _short;

    public static async Task<int> RunAsync(string[] args)
    {
        var (registry, few, many) = (Path.Combine(args[0], "registry.dll"), int.Parse(args[1], null), int.Parse(args[2], null));
        var server = Environment.GetEnvironmentVariable("REGISTRY_DATABASE") ?? throw new InvalidOperationException("REGISTRY_DATABASE is not set.");
        var keys = Keys.FromFile(Environment.GetEnvironmentVariable("REGISTRY_KEY_FILE"));
        using var client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 64, UseCookies = false, AllowAutoRedirect = false });
        var load = new Load(client, Environment.GetEnvironmentVariable("BENCH_WRK"));
        Console.WriteLine($"{"metric",-44}{"value",14}{"goal",14}");

        var small = await PagesAsync(registry, Named(server, "bench_small"), keys, load);
        await using var product = await Served.StartAsync(registry, ["serve"], Named(server, "bench_large"), "sante/pret");
        var site = await Site.OpenAsync(product, Named(server, "bench_large"), keys);
        await SettleAsync(Named(server, "bench_large"));
        Say("ready after start", product.ReadyAfter.TotalSeconds, "s", most: 3);

        await using (var bare = await Served.StartAsync(typeof(Measures).Assembly.Location, ["bare"], Named(server, "bench_large"), "?organisation=" + FirstCommune))
            await AgainstBareAsync(bare, site, load);
        // What looks over 300 organisations is opened now and then, not 150 times a second.
        foreach (var (name, addresses, cookie) in site.Pages.Where(page => !page.Name.StartsWith("area", StringComparison.Ordinal) && page.Name != "search")) Say($"{name}: p95 at 150 req/s", await load.P95Async(addresses, cookie, 150, Burst), "ms", most: 60);
        Say("memory under load", product.Memory, "MiB", most: 450);

        foreach (var (name, addresses, cookie) in site.Pages)
        {
            var large = await load.MedianAsync(addresses, cookie, 100);
            if (!name.StartsWith("area", StringComparison.Ordinal)) Say($"{name}: {many} against {few} records", large / small[name], "times", most: 2);
            Say($"{name}: one request", large, "ms");
        }
        await WeighAsync(site, load);
        await ActAsync(registry, Named(server, "bench_adopt"), keys, client);
        return _short ? 1 : 0;
    }

    /// <summary>The bare page before and after each, so that a machine that is busy for a moment is so for both.</summary>
    private static async Task AgainstBareAsync(Served bare, Site site, Load load)
    {
        var bareAddress = bare.At("?organisation=" + FirstCommune);
        await load.ThroughputAsync(bareAddress, null, TimeSpan.FromSeconds(2));
        foreach (var (name, address, cookie) in site.Lists)
        {
            await load.ThroughputAsync(address, cookie, TimeSpan.FromSeconds(2));
            var (bareRate, rate) = (0.0, 0.0);
            for (var i = 0; i < 2; i++)
            {
                bareRate += await load.ThroughputAsync(bareAddress, null, Burst) / 2;
                rate += await load.ThroughputAsync(address, cookie, Burst) / 2;
            }
            Say("bare page, 50 rows", bareRate, "req/s");
            Say(name, rate, "req/s");
            Say($"{name}: of the bare page", 100 * rate / bareRate, "%", least: 60);
        }
    }

    private static async Task<Dictionary<string, double>> PagesAsync(string registry, string database, Keys keys, Load load)
    {
        await using var product = await Served.StartAsync(registry, ["serve"], database, "sante/pret");
        var site = await Site.OpenAsync(product, database, keys);
        await SettleAsync(database);
        var times = new Dictionary<string, double>();
        foreach (var (name, addresses, cookie) in site.Pages) times[name] = await load.MedianAsync(addresses, cookie, 100);
        return times;
    }

    /// <summary>
    /// The rounds of the day (reminders, what ages away) begin as the program starts, and a database that was just filled has everything before it: they are over before
    /// anything is measured, or a minute has gone by.
    /// </summary>
    private static async Task SettleAsync(string database)
    {
        await using var connection = new NpgsqlConnection(database);
        var (last, still) = (-1L, 0);
        for (var seconds = 0; seconds < 60 && still < 4; seconds++)
        {
            await Task.Delay(TimeSpan.FromSeconds(1));
            var done = await connection.ExecuteScalarAsync<long>("select count(*) from app.job_run");
            (last, still) = (done, done == last ? still + 1 : 0);
        }
    }

    private static async Task ActAsync(string registry, string database, Keys keys, HttpClient client)
    {
        await using var product = await Served.StartAsync(registry, ["serve"], database, "sante/pret");
        var officer = new Person(client, product, (await Site.OpenAsync(product, database, keys)).Pages[0].Cookie);
        var (time, communes, records) = await Adoption.RunAsync(officer, 40, database);
        Say($"40 models into {communes} communes ({records} records)", time.TotalSeconds, "s", most: 20);
        var desk = new Person(client, product, await Alarm.FoundAsync(database, keys, 100));
        var (open, listed, hit) = await Alarm.RunAsync(desk, officer, database);
        Say($"one incident: files open in {hit} communes", open.TotalSeconds, "s", most: 2);
        Say("one incident: on the officer's list", listed.TotalSeconds, "s", most: 2);
    }

    /// <summary>What a first visit of the register fetches, compressed as a reverse proxy does it.</summary>
    private static async Task WeighAsync(Site site, Load load)
    {
        var (_, address, cookie) = site.Lists[^1];
        var weight = 0L;
        foreach (var file in (Uri[])[address, .. new[] { "/site.css", "/site.js", "/session.js", "/icons.svg" }.Select(path => new Uri(address, path))])
        {
            using var packed = new MemoryStream();
            await using (var gzip = new GZipStream(packed, CompressionLevel.Optimal)) await gzip.WriteAsync(await load.OneAsync(file, cookie));
            weight += packed.ToArray().Length;
        }
        Say("first visit of the list, compressed", weight / 1024.0, "KB", most: 60);
    }

    private static void Say(string name, double value, string unit, double? least = null, double? most = null)
    {
        var missed = value < least || value > most;
        _short |= missed;
        var goal = least is { } low ? $">= {low} {unit}" : most is { } high ? $"<= {high} {unit}" : "";
        Console.WriteLine($"{name,-44}{$"{value:0.#} {unit}",14}{goal,14}{(goal.Length == 0 ? "" : missed ? "  short" : "  ok")}");
    }

    private static string Named(string server, string database) => new NpgsqlConnectionStringBuilder(server) { Database = database }.ConnectionString;
}
