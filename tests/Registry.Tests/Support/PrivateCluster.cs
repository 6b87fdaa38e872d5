using System.ComponentModel;
using System.Diagnostics;
using Npgsql;

namespace Registry.Tests.Support;

/// <summary>
/// A PostgreSQL server for one test that kills it: on disk as in earnest, reached by a socket, its programs found where REGISTRY_PG_BIN or the
/// distribution puts them. PostgreSQL refuses to run as root, so a test that does lends it another user.
/// </summary>
public sealed class PrivateCluster : IAsyncDisposable
{
    private static readonly string? Bin = FindPrograms();
    private readonly string? _user = Environment.UserName == "root" ? FindUser() : null;
    private readonly string _folder = Path.Combine("/tmp", "registry-kill-" + Guid.NewGuid().ToString("n")[..8]);

    private Process? _server;

    private PrivateCluster()
    {
    }

    public static string? WhyNot => Bin is null ? "The programs of PostgreSQL (initdb, postgres) are not found: name their folder in REGISTRY_PG_BIN." : null;

    public string ConnectionString => $"Host={_folder};Username=registre;Database=registry";

    public static async Task<PrivateCluster> MakeAsync()
    {
        var cluster = new PrivateCluster();
        Directory.CreateDirectory(cluster._folder);
        if (cluster._user is { } user) await RunAsync(null, "chown", user, cluster._folder);
        await RunAsync(cluster._user, Path.Combine(Bin!, "initdb"), "-D", cluster.Data, "-U", "registre", "--auth-local=trust", "--auth-host=reject", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync");
        await cluster.StartAsync();
        return cluster;
    }

    private string Data => Path.Combine(_folder, "data");

    /// <summary>Starts the server as a child of the test, which buries it when it is killed: its number is then free for nobody to mistake.</summary>
    public async Task StartAsync(string settings = "")
    {
        var log = Path.Combine(_folder, "log");
        _server = Launch(_user, "/bin/sh", ["-c", "exec \"$@\" </dev/null >>\"$0\" 2>&1", log, Path.Combine(Bin!, "postgres"), "-D", Data, "-c", "listen_addresses=",
            "-c", $"unix_socket_directories={_folder}", "-c", "fsync=on", "-c", "synchronous_commit=on", "-c", "full_page_writes=on", .. Split(settings)]);
        var maintenance = new NpgsqlConnectionStringBuilder(ConnectionString) { Database = "postgres", Pooling = false }.ConnectionString;
        for (var wait = Stopwatch.StartNew(); ; await Task.Delay(10))
        {
            try
            {
                await using var connection = new NpgsqlConnection(maintenance);
                await connection.OpenAsync();
                return;
            }
            catch (NpgsqlException) when (!_server.HasExited && wait.Elapsed.TotalSeconds < 60)
            {
                // Not yet.
            }
            catch (NpgsqlException refused)
            {
                throw new InvalidOperationException($"The server did not start:\n{string.Join('\n', File.ReadLines(log).TakeLast(5))}", refused);
            }
        }
    }

    /// <summary>Kills the server and every process it started, at the same instant as far as one can.</summary>
    public async Task KillAsync()
    {
        // All of them work in the folder of the data; the server goes first and must not see the others fall.
        if (_server is null) return;
        for (var wait = Stopwatch.StartNew(); Family() is { Count: > 0 } family; await Task.Delay(5))
        {
            foreach (var id in family) Kill(id);
            if (wait.Elapsed.TotalSeconds > 10) throw new InvalidOperationException("The server does not die.");
        }
        await _server.WaitForExitAsync();
    }

    private List<int> Family()
    {
        return [.. Directory.EnumerateDirectories("/proc").Select(folder => int.TryParse(Path.GetFileName(folder), out var one) ? one : 0)
            .Where(one => one > 0 && FolderOf(one) == Data).OrderBy(one => one != _server!.Id)];
    }

    private static string? FolderOf(int id)
    {
        try
        {
            return new FileInfo($"/proc/{id}/cwd").LinkTarget;
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;  // ended meanwhile, or somebody else's
        }
    }

    public async ValueTask DisposeAsync()
    {
        await using (var mine = new NpgsqlConnection(ConnectionString)) NpgsqlConnection.ClearPool(mine);
        await KillAsync();
        _server?.Dispose();
        await RunAsync(null, "rm", "-rf", _folder);
    }

    public static void Kill(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            process.Kill();  // SIGKILL
        }
        catch (Exception gone) when (gone is ArgumentException or InvalidOperationException or Win32Exception)
        {
            // It ended before we could.
        }
    }

    private static string[] Split(string settings) => settings.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static async Task RunAsync(string? user, string program, params string[] words)
    {
        using var process = Launch(user, "/bin/sh", ["-c", "exec \"$0\" \"$@\" </dev/null >/dev/null 2>&1", program, .. words]);
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{program} {string.Join(' ', words)} ended with {process.ExitCode}.");
    }

    private static Process Launch(string? user, string program, string[] words)
    {
        var start = new ProcessStartInfo(program, words) { WorkingDirectory = "/" };
        if (user is not null && OperatingSystem.IsLinux()) start.UserName = user;
        return Process.Start(start)!;
    }

    private static string FindUser() =>
        File.ReadLines("/etc/passwd").Any(line => line.StartsWith("postgres:", StringComparison.Ordinal)) ? "postgres" : "nobody";

    private static string? FindPrograms()
    {
        if (!OperatingSystem.IsLinux()) return null;  // who is whose child is read from /proc
        IEnumerable<string> folders =
        [
            Environment.GetEnvironmentVariable("REGISTRY_PG_BIN") ?? "", .. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':'),
            .. Directory.Exists("/usr/lib/postgresql") ? Directory.EnumerateDirectories("/usr/lib/postgresql").OrderDescending().Select(one => one + "/bin") : [],
        ];
        return folders.FirstOrDefault(folder => folder.Length > 0 && File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "postgres")));
    }
}
