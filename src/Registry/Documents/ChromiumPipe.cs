using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Registry.Documents;

/// <summary>
/// One Chromium, spoken to through two pipes of its own (--remote-debugging-pipe): no port that somebody else on the machine could reach, and it ends by itself when this program does.
/// The shell gives it the descriptors 3 and 4 that it wants.
/// </summary>
internal sealed class ChromiumPipe : IAsyncDisposable
{
    private static readonly string[] Options =
    [
        "--headless", "--remote-debugging-pipe", "--disable-gpu", "--disable-quic", "--no-first-run", "--no-default-browser-check", "--disable-background-networking", "--disable-component-update", "--disable-sync",
        "--disable-extensions", "--disable-dev-shm-usage", "--disable-default-apps", "--disable-breakpad", "--no-pings", "--host-resolver-rules=MAP * ~NOTFOUND", "--proxy-server=127.0.0.1:9", "--hide-scrollbars", "--mute-audio",
        "--font-render-hinting=none", "--blink-settings=scriptEnabled=false",
    ];

    private readonly Process _process;
    private readonly string _profile;
    private readonly ConcurrentDictionary<int, TaskCompletionSource<JsonNode>> _asked = new();
    private readonly SemaphoreSlim _writing = new(1, 1);
    private int _last;

    private ChromiumPipe(Process process, string profile) => (_process, _profile) = (process, profile);

    public bool IsAlive => !_process.HasExited;

    public int ProcessId => _process.Id;

    public static async Task<ChromiumPipe> StartAsync(string program, bool sandboxed, CancellationToken stop)
    {
        var profile = Directory.CreateTempSubdirectory("registre-pdf-").FullName;
        var start = new ProcessStartInfo("/bin/sh") { RedirectStandardInput = true, RedirectStandardOutput = true, WorkingDirectory = profile };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add("exec \"$@\" 3<&0 4>&1 </dev/null >/dev/null 2>&1");
        start.ArgumentList.Add("sh");
        start.ArgumentList.Add(program);
        foreach (var option in Options) start.ArgumentList.Add(option);
        if (!sandboxed) start.ArgumentList.Add("--no-sandbox");
        start.ArgumentList.Add("--user-data-dir=" + profile);
        start.Environment["HOME"] = profile;
        var pipe = new ChromiumPipe(Process.Start(start)!, profile);
        _ = pipe.ListenAsync();
        try
        {
            await pipe.AskAsync("Browser.getVersion", null, null, stop);
            return pipe;
        }
        catch
        {
            await pipe.DisposeAsync();
            throw;
        }
    }

    public async Task<JsonNode> AskAsync(string method, JsonObject? parameters, string? session, CancellationToken stop)
    {
        var id = Interlocked.Increment(ref _last);
        var answer = _asked[id] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        var message = new JsonObject { ["id"] = id, ["method"] = method };
        if (parameters is not null) message["params"] = parameters;
        if (session is not null) message["sessionId"] = session;
        var bytes = JsonSerializer.SerializeToUtf8Bytes(message);
        await _writing.WaitAsync(stop);
        try
        {
            await _process.StandardInput.BaseStream.WriteAsync(bytes, stop);
            _process.StandardInput.BaseStream.WriteByte(0);
            await _process.StandardInput.BaseStream.FlushAsync(stop);
        }
        finally
        {
            _writing.Release();
        }
        var found = await answer.Task.WaitAsync(stop);
        return found["error"] is { } error ? throw new IOException($"{method}: {error["message"]}") : found["result"]!;
    }

    /// <summary>Answers end with a zero; what was not asked is passed over.</summary>
    private async Task ListenAsync()
    {
        try
        {
            using var message = new MemoryStream();
            var buffer = new byte[128 * 1024];
            for (var read = 1; read > 0;)
            {
                read = await _process.StandardOutput.BaseStream.ReadAsync(buffer);
                for (var from = 0; from < read;)
                {
                    var end = Array.IndexOf(buffer, (byte)0, from, read - from);
                    message.Write(buffer, from, (end < 0 ? read : end) - from);
                    from = end < 0 ? read : end + 1;
                    if (end < 0) break;
                    Hear(message.GetBuffer().AsSpan(0, (int)message.Length));
                    message.SetLength(0);
                }
            }
        }
        catch (Exception broken) when (broken is IOException or ObjectDisposedException or JsonException)
        {
            // Said below to whoever waits.
        }
        foreach (var (_, waiting) in _asked) waiting.TrySetException(new IOException("Chromium s’est arrêté."));
    }

    private void Hear(ReadOnlySpan<byte> message)
    {
        var node = JsonNode.Parse(message);
        if (node?["id"]?.GetValue<int>() is { } id && _asked.TryRemove(id, out var waiting)) waiting.TrySetResult(node);
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }
        catch (Exception gone) when (gone is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            // It had ended already.
        }
        _process.Dispose();
        _writing.Dispose();
        try
        {
            Directory.Delete(_profile, recursive: true);
        }
        catch (IOException)
        {
            // A last process of it may still write there; the folder is the system's to clear.
        }
    }
}
