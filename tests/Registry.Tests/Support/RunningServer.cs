using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Registry.Tests.Support;

/// <summary>The program serving as a process of its own, in demo mode on a free port of this machine, so that it can be killed.</summary>
public sealed class RunningServer(string connectionString, string keyFile) : IDisposable
{
    private readonly int _port = FreePort();
    private Process? _process;

    /// <summary>Settings beyond those of every server.</summary>
    public Dictionary<string, string> Settings { get; } = [];

    /// <summary>What it has said of errors.</summary>
    public ConcurrentQueue<string> Log { get; } = new();

    public async Task StartAsync()
    {
        var start = Executable.Prepare("serve", connectionString, keyFile);
        start.Environment["REGISTRY_DEMO"] = "1";
        start.Environment["REGISTRY_PUBLIC_ADDRESS"] = $"http://localhost:{_port}/";
        start.Environment["ASPNETCORE_URLS"] = $"http://127.0.0.1:{_port}";
        start.Environment["Logging__LogLevel__Default"] = "Error";
        foreach (var (name, value) in Settings) start.Environment[name] = value;
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => Log.Enqueue(line.Data ?? "");
        _process.ErrorDataReceived += (_, line) => Log.Enqueue(line.Data ?? "");
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await ReadyAsync(TimeSpan.FromSeconds(30));
    }

    /// <summary>Waits until the program says by itself that it is ready.</summary>
    public async Task<TimeSpan> ReadyAsync(TimeSpan atMost)
    {
        var watch = Stopwatch.StartNew();
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{_port}/"), Timeout = TimeSpan.FromSeconds(10) };
        while (true)
        {
            try
            {
                using var answer = await client.GetAsync("/sante/pret");
                if (answer.IsSuccessStatusCode) return watch.Elapsed;
            }
            catch (Exception away) when (away is HttpRequestException or TaskCanceledException)
            {
                // Not up yet.
            }
            if (_process!.HasExited) throw new InvalidOperationException($"The server ended with {_process.ExitCode}.");
            if (watch.Elapsed > atMost) throw new TimeoutException($"The server is not ready after {atMost.TotalSeconds:0} s.");
            await Task.Delay(20);
        }
    }

    public void Kill()
    {
        _process!.Kill();  // SIGKILL
        _process.WaitForExit();
        _process.Dispose();
        _process = null;
    }

    /// <summary>Asks it to end, as an operator does (SIGTERM), and waits: with what code it ended.</summary>
    public async Task<int> EndAsync()
    {
        using (var signal = Process.Start("kill", ["-TERM", _process!.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)])) await signal.WaitForExitAsync();
        await _process.WaitForExitAsync();
        var code = _process.ExitCode;
        _process.Dispose();
        _process = null;
        return code;
    }

    /// <summary>A browser's visit. It keeps its __Host- cookies as a browser does on loopback; only the last step to the wire is plain HTTP.</summary>
    public Visit Browse() => new(new Loopback(_port));

    public void Dispose()
    {
        if (_process is not null) Kill();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private sealed class Loopback(int port) : DelegatingHandler(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false })
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var asked = request.RequestUri!;
            request.RequestUri = new UriBuilder(asked) { Scheme = "http", Host = "127.0.0.1", Port = port }.Uri;
            var response = await base.SendAsync(request, cancellationToken);
            request.RequestUri = asked;  // cookies belong to the address the visit knows
            return response;
        }
    }
}
