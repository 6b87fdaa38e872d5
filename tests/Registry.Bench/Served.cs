using System.Diagnostics;

namespace Registry.Bench;

/// <summary>A server that the measure starts and stops: the product, or the bare page.</summary>
public sealed class Served : IAsyncDisposable
{
    private readonly Process _process;

    private Served(Process process, Uri address, TimeSpan readyAfter) => (_process, Address, ReadyAfter) = (process, address, readyAfter);

    public Uri Address { get; }
    public TimeSpan ReadyAfter { get; }
    public Uri At(string path) => new(Address, path);

    /// <summary>Memory in use now, in MiB.</summary>
    public double Memory
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64 / 1048576.0;
        }
    }

    public static async Task<Served> StartAsync(string assembly, string[] arguments, string database, string ready)
    {
        var address = new Uri($"http://localhost:{FreePort()}/");
        var start = new ProcessStartInfo("dotnet", [assembly, .. arguments, "--urls", address.AbsoluteUri])
        {
            WorkingDirectory = Path.GetDirectoryName(assembly), RedirectStandardOutput = true, RedirectStandardError = true,
            Environment = { ["REGISTRY_DATABASE"] = database, ["REGISTRY_DEMO"] = "1", ["REGISTRY_PUBLIC_ADDRESS"] = address.AbsoluteUri },
        };
        var watch = Stopwatch.StartNew();
        var process = Process.Start(start)!;
        var said = new List<string>();
        process.OutputDataReceived += (_, line) => said.Add(line.Data ?? "");
        process.ErrorDataReceived += (_, line) => said.Add(line.Data ?? "");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        using var client = new HttpClient();
        while (true)
        {
            if (process.HasExited) throw new InvalidOperationException($"{assembly} ended: {string.Join('\n', said)}");
            if (watch.Elapsed > TimeSpan.FromSeconds(60)) throw new InvalidOperationException($"{assembly} was not ready after a minute.");
            try
            {
                using var answer = await client.GetAsync(new Uri(address, ready));
                if (answer.IsSuccessStatusCode) return new Served(process, address, watch.Elapsed);
            }
            catch (HttpRequestException)
            {
                // Not listening yet: asked again.
            }
            await Task.Delay(20);
        }
    }

    private static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
