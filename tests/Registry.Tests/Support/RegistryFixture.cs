using System.Net;
using System.Security.Cryptography;
using Dapper;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using Registry.Data;
using Registry.History;

namespace Registry.Tests.Support;

/// <summary>
/// The whole program on a database of its own, on the server that REGISTRY_TEST_DATABASE names. Every test makes its own
/// organisations, so all run side by side and none cleans up.
/// </summary>
public class RegistryFixture : WebApplicationFactory<Program>, IAsyncLifetime
{
    private readonly string? _server = Environment.GetEnvironmentVariable("REGISTRY_TEST_DATABASE");
    private readonly string _name = "registry_test_" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6));
    private readonly string _keyFile = Path.GetTempFileName();

    public Keys Keys { get; private set; } = null!;

    /// <summary>As the superuser: for looking where the program may not, and for playing the forger.</summary>
    public string ConnectionString => new NpgsqlConnectionStringBuilder(
        _server ?? throw new InvalidOperationException("REGISTRY_TEST_DATABASE is not set: run ./test, which makes a PostgreSQL for the tests."))
    { Database = _name }.ConnectionString;

    /// <summary>As the program reaches it: through the pooler in transaction mode that ./test starts (S-53), where one is named.</summary>
    public virtual string ProgramConnectionString =>
        Pooler is { } pooler ? $"{ConnectionString};{pooler};Max Auto Prepare=0" : ConnectionString;

    public static string? Pooler => Environment.GetEnvironmentVariable("REGISTRY_TEST_POOLER") is { Length: > 0 } pooler ? pooler : null;

    public virtual async ValueTask InitializeAsync()
    {
        if (_server is null) return;  // the tests that need no database run without one
        // The same key in every fixture: the roles and their passwords belong to the whole server.
        var master = SHA256.HashData("registry tests"u8);
        await File.WriteAllTextAsync(_keyFile, Convert.ToHexString(master));
        Keys = new Keys(master);
        await using (var connection = new NpgsqlConnection(_server))
        {
            await connection.OpenAsync();
            await connection.ExecuteAsync($"create database {_name}");
        }
        DapperTypes.Register();
        await Migrator.PrepareAsync(ConnectionString, Keys);
        await Migrator.MigrateAsync(ConnectionString, Keys);
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSetting("REGISTRY_DATABASE", ProgramConnectionString);
        builder.UseSetting("REGISTRY_KEY_FILE", _keyFile);
        builder.UseSetting("REGISTRY_PUBLIC_ADDRESS", "https://localhost/");
        builder.UseSetting("REGISTRY_JOBS", "off");  // a test runs the job it is about; none works on the towns of others
        builder.ConfigureLogging(logging => logging.ClearProviders().AddProvider(Statements).AddFilter<StatementCounter>("Npgsql.Command", LogLevel.Information));
    }

    /// <summary>Counts the statements that requests send to the database.</summary>
    public StatementCounter Statements { get; } = new();

    /// <summary>A browser without cookies yet, on a network of its own: what one test tries too often is not counted against another.</summary>
    public Visit Browse()
    {
        Server.PreserveExecutionContext = true;  // so that the counter hears the requests of its own test only
        var network = new IPAddress(RandomNumberGenerator.GetBytes(16));
        return new(Server.CreateHandler(http => http.Connection.RemoteIpAddress = network));
    }

    /// <summary>A unit of work as the program does it, for arranging and for looking.</summary>
    public async Task<T> WorkAsync<T>(Scope scope, Func<Db, Journal, Task<T>> work)
    {
        await using var db = new Db(Services.GetRequiredService<Database>(), TimeProvider.System);
        db.ActFor(scope);
        var journal = new Journal(db, Services.GetRequiredService<Chain>(), TimeProvider.System) { Actor = "Test", RequestId = "test" };
        var result = await work(db, journal);
        await db.CommitAsync();
        return result;
    }

    public async Task<NpgsqlConnection> SuperuserAsync()
    {
        var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync();
        return connection;
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        GC.SuppressFinalize(this);
        NpgsqlConnection.ClearAllPools();
        File.Delete(_keyFile);
        File.Delete(_keyFile + ".anchors");
        if (_server is null) return;
        await using var connection = new NpgsqlConnection(_server);
        await connection.OpenAsync();
        await connection.ExecuteAsync($"drop database {_name} with (force)", commandTimeout: 300);  // waits for a checkpoint
    }
}
