using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
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

    private PrivateCluster()
    {
    }

    public static string? WhyNot => Bin is null ? "The programs of PostgreSQL (initdb, pg_ctl) are not found: name their folder in REGISTRY_PG_BIN." : null;

    public string ConnectionString => $"Host={_folder};Username=registre;Database=registry";

    public static async Task<PrivateCluster> MakeAsync()
    {
        var cluster = new PrivateCluster();
        Directory.CreateDirectory(cluster._folder);
        if (cluster._user is { } user) await RunAsync(null, "chown", user, cluster._folder);
        await cluster.PgAsync("initdb", "-D", cluster.Data, "-U", "registre", "--auth-local=trust", "--auth-host=reject", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync");
        await cluster.StartAsync();
        return cluster;
    }

    private string Data => Path.Combine(_folder, "data");

    public Task StartAsync(string settings = "") => PgAsync(
        "pg_ctl", "-D", Data, "-w", "-t", "60", "-l", Path.Combine(_folder, "log"), "-o",
        $"-c listen_addresses= -c unix_socket_directories={_folder} -c unix_socket_permissions=0777 -c fsync=on -c synchronous_commit=on -c full_page_writes=on {settings}", "start");

    /// <summary>Kills the server's process and every process it started, at the same instant as far as one can.</summary>
    public async Task KillAsync()
    {
        var server = int.Parse(File.ReadLines(Path.Combine(Data, "postmaster.pid")).First(), CultureInfo.InvariantCulture);
        var family = ChildrenOf(server).Append(server).ToList();
        foreach (var id in Enumerable.Reverse(family)) Kill(id);
        for (var wait = Stopwatch.StartNew(); family.Any(IsAlive); await Task.Delay(5))
        {
            foreach (var id in ChildrenOf(server)) Kill(id);
            if (wait.Elapsed.TotalSeconds > 10) throw new InvalidOperationException("The server does not die.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await using (var mine = new NpgsqlConnection(ConnectionString)) NpgsqlConnection.ClearPool(mine);
        try
        {
            await PgAsync("pg_ctl", "-D", Data, "-m", "immediate", "-w", "stop");
        }
        catch (InvalidOperationException)
        {
            // It was dead already: that is what this cluster is for.
        }
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

    private static List<int> ChildrenOf(int parent) =>
        [.. Directory.EnumerateDirectories("/proc").Select(Path.GetFileName).Where(name => int.TryParse(name, out _)).Select(name => int.Parse(name!, CultureInfo.InvariantCulture))
            .Where(id => StatusOf(id) is var (owner, _) && owner == parent)];

    private static bool IsAlive(int id) => StatusOf(id) is (_, not 'Z');

    private static (int Parent, char State)? StatusOf(int id)
    {
        try
        {
            // pid (name) state parent …: a name may hold spaces, so read from its closing bracket.
            var text = File.ReadAllText($"/proc/{id}/stat");
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            return (int.Parse(fields[1], CultureInfo.InvariantCulture), fields[0][0]);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private Task PgAsync(string program, params string[] words) => RunAsync(_user, Path.Combine(Bin!, program), words);

    private static async Task RunAsync(string? user, string program, params string[] words)
    {
        // The server keeps the output of whoever started it open: nothing may be read from it to the end, so it goes nowhere.
        var start = new ProcessStartInfo("/bin/sh", ["-c", "exec \"$@\" </dev/null >/dev/null 2>&1", "sh", program, .. words]) { WorkingDirectory = "/" };
        if (user is not null && RuntimeInformation.IsOSPlatform(OSPlatform.Linux)) start.UserName = user;
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{program} ended with {process.ExitCode}.");
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
        return folders.FirstOrDefault(folder => folder.Length > 0 && File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "pg_ctl")));
    }
}
