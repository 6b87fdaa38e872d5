using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Registry.Bench;

/// <summary>Two ways to ask: as fast as it answers (wrk, which costs little of the two cores), and at a steady pace, late answers counted from when they were due.</summary>
public sealed partial class Load(HttpClient client, string? wrk)
{
    /// <summary>Requests a second; any answer but 200 stops the measure.</summary>
    public async Task<double> ThroughputAsync(Uri address, string? cookie, TimeSpan time)
    {
        await OneAsync(address, cookie);
        return wrk is not null ? await WrkAsync(address, cookie, time) : await ClosedAsync(address, cookie, time);
    }

    private async Task<double> WrkAsync(Uri address, string? cookie, TimeSpan time)
    {
        string[] arguments = ["-t1", "-c32", $"-d{time.TotalSeconds:0}s", .. cookie is null ? Array.Empty<string>() : ["-H", "Cookie: " + cookie], address.AbsoluteUri];
        using var process = Process.Start(new ProcessStartInfo(wrk!, arguments) { RedirectStandardOutput = true })!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (output.Contains("Non-2xx", StringComparison.Ordinal) || PerSecond().Match(output) is not { Success: true } found)
            throw new InvalidOperationException($"{address} did not always answer 200:\n{output}");
        return double.Parse(found.Groups[1].Value, CultureInfo.InvariantCulture);
    }

    private async Task<double> ClosedAsync(Uri address, string? cookie, TimeSpan time)
    {
        var (watch, answers) = (Stopwatch.StartNew(), 0);
        await Task.WhenAll(Enumerable.Range(0, 32).Select(async _ =>
        {
            while (watch.Elapsed < time)
            {
                await OneAsync(address, cookie);
                Interlocked.Increment(ref answers);
            }
        }));
        return answers / watch.Elapsed.TotalSeconds;
    }

    /// <summary>
    /// The 95th percentile in milliseconds at a steady pace over the addresses in turn. The same pace runs before it for as long: what a server that
    /// has just started still compiles is not what people wait for all day.
    /// </summary>
    public async Task<double> P95Async(IReadOnlyList<Uri> addresses, string cookie, int perSecond, TimeSpan time)
    {
        await PacedAsync(addresses, cookie, perSecond, time);
        return await PacedAsync(addresses, cookie, perSecond, time);
    }

    private async Task<double> PacedAsync(IReadOnlyList<Uri> addresses, string cookie, int perSecond, TimeSpan time)
    {
        var watch = Stopwatch.StartNew();
        var asked = new List<Task<double>>();
        for (var i = 0; i < perSecond * time.TotalSeconds; i++)
        {
            var due = TimeSpan.FromSeconds((double)i / perSecond);
            if (due > watch.Elapsed) await Task.Delay(due - watch.Elapsed);
            asked.Add(TimedAsync(addresses[i % addresses.Count], due));
        }
        return Percentile(await Task.WhenAll(asked), 0.95);

        async Task<double> TimedAsync(Uri address, TimeSpan due)
        {
            await OneAsync(address, cookie);
            return (watch.Elapsed - due).TotalMilliseconds;
        }
    }

    /// <summary>The median of one request after the other, in milliseconds.</summary>
    public async Task<double> MedianAsync(IReadOnlyList<Uri> addresses, string cookie, int times)
    {
        for (var i = 0; i < 20; i++) await OneAsync(addresses[i % addresses.Count], cookie);
        var all = new List<double>();
        for (var i = 0; i < times; i++)
        {
            var began = Stopwatch.GetTimestamp();
            await OneAsync(addresses[i % addresses.Count], cookie);
            all.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }
        return Percentile(all, 0.5);
    }

    public async Task<byte[]> OneAsync(Uri address, string? cookie)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (cookie is not null) request.Headers.Add("Cookie", cookie);
        using var answer = await client.SendAsync(request);
        if (!answer.IsSuccessStatusCode) throw new InvalidOperationException($"{address} answered {(int)answer.StatusCode}.");
        return await answer.Content.ReadAsByteArrayAsync();
    }

    private static double Percentile(IEnumerable<double> values, double part)
    {
        var sorted = values.Order().ToList();
        return sorted[Math.Min(sorted.Count - 1, (int)(sorted.Count * part))];
    }

    [GeneratedRegex(@"Requests/sec:\s+([0-9.]+)")]
    private static partial Regex PerSecond();
}
