using System.Diagnostics;
using System.Security.Cryptography;
using Dapper;
using Npgsql;
using Registry.Data;
using Registry.History;

namespace Registry.Tests.Support;

/// <summary>A database for one test that damages it or judges the whole of it, with its key file and its anchors.</summary>
public sealed class ScratchDatabase : IAsyncDisposable
{
    private static readonly string? Server = Environment.GetEnvironmentVariable("REGISTRY_TEST_DATABASE");
    private readonly string _folder = Directory.CreateTempSubdirectory("registry-test-").FullName;
    private readonly string _name = "scratch_" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6));
    private readonly Lazy<Database> _database;

    private ScratchDatabase() => _database = new(() => new Database(ConnectionString, Keys));

    // The same key as every other fixture: the roles and their passwords belong to the whole server.
    public Keys Keys { get; } = new(SHA256.HashData("registry tests"u8));
    public string KeyFile => Path.Combine(_folder, "key");
    public string AnchorFile => KeyFile + ".anchors";
    public string ConnectionString => new NpgsqlConnectionStringBuilder(Server) { Database = _name }.ConnectionString;

    public static async Task<ScratchDatabase> MakeAsync(bool migrate = true, bool create = true)
    {
        var scratch = new ScratchDatabase();
        await File.WriteAllTextAsync(scratch.KeyFile, Convert.ToHexString(SHA256.HashData("registry tests"u8)));
        DapperTypes.Register();
        await using var server = new NpgsqlConnection(Server);
        await server.OpenAsync();
        if (create || migrate) await server.ExecuteAsync($"create database {scratch._name}");
        if (migrate) await scratch.MigrateAsync();
        return scratch;
    }

    /// <summary>Both parts of a deployment.</summary>
    public async Task MigrateAsync()
    {
        await Migrator.PrepareAsync(ConnectionString, Keys);
        await Migrator.MigrateAsync(ConnectionString, Keys);
    }

    /// <summary>A body with a chain of so many lines.</summary>
    public async Task<Guid> AddBodyAsync(int lines)
    {
        var id = Guid.CreateVersion7();
        await WorkAsync(Scope.Platform, async db =>
        {
            await (await db.OpenAsync()).ExecuteAsync(
                "insert into organisation (id, slug, name, type, territory, time_zone) values (@id, @slug, 'Corps', 'CCAS', 'METRO', 'Europe/Paris')",
                new { id, slug = "corps-" + id.ToString("n") });
        }, id);
        for (var i = 1; i < lines; i++) await WriteAsync(id);
        return id;
    }

    /// <summary>Writes one more line, as a feature does.</summary>
    public Task WriteAsync(Guid organisation) => WorkAsync(Scope.ForOrganisation(organisation), _ => Task.CompletedTask, organisation);

    public async Task WorkAsync(Scope scope, Func<Db, Task> work, params Guid[] tell)
    {
        await using var db = new Db(_database.Value, TimeProvider.System);
        db.ActFor(scope);
        var journal = new Journal(db, new Chain(Keys), TimeProvider.System) { Actor = "Test", RequestId = "test" };
        await db.OpenAsync();
        await work(db);
        foreach (var organisation in tell)
            journal.Record(new Event(organisation, "TEST", "ORGANISATION", organisation, new EventDetails { Subject = Guid.NewGuid().ToString() }));
        await db.CommitAsync();
    }

    /// <summary>A superuser's own session.</summary>
    public async Task<NpgsqlConnection> SuperuserAsync()
    {
        var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync();
        return connection;
    }

    /// <summary>As a superuser who has switched every trigger and foreign key off; tells how many rows it touched.</summary>
    public async Task<int> ForgeAsync(string sql, object? values = null)
    {
        await using var connection = await SuperuserAsync();
        await connection.ExecuteAsync("set session_replication_role = replica");
        return await connection.ExecuteAsync(sql, values);
    }

    public Task<VerificationResult> VerifyAsync() => new Verification(ConnectionString, Keys).RunAsync();

    public Anchors Anchors(TimeProvider? clock = null) => new(AnchorFile, ConnectionString, Keys, clock ?? TimeProvider.System);

    /// <summary>Runs the program itself with a verb on this database.</summary>
    public Task<(int Code, string Output)> RunAsync(string verb) => Executable.RunAsync(verb, ConnectionString, KeyFile);

    public async ValueTask DisposeAsync()
    {
        if (_database.IsValueCreated) await _database.Value.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
        await using (var mine = new NpgsqlConnection(ConnectionString)) NpgsqlConnection.ClearPool(mine);
        await using var server = new NpgsqlConnection(Server);
        await server.OpenAsync();
        await server.ExecuteAsync($"drop database if exists {_name} with (force)");
    }
}

/// <summary>The program as its own process, from beside the tests.</summary>
public static class Executable
{
    public static ProcessStartInfo Prepare(string verb, string connectionString, string keyFile)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "registry.dll"), verb])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = AppContext.BaseDirectory,
        };
        start.Environment["REGISTRY_DATABASE"] = connectionString;
        start.Environment["REGISTRY_KEY_FILE"] = keyFile;
        return start;
    }

    public static async Task<(int Code, string Output)> RunAsync(string verb, string connectionString, string keyFile)
    {
        using var process = Process.Start(Prepare(verb, connectionString, keyFile))!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await error);
    }
}
