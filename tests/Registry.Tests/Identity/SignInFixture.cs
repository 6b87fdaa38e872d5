using System.Security.Cryptography;
using Dapper;
using Npgsql;
using Registry.Data;
using Registry.Tests.Identity;

[assembly: AssemblyFixture(typeof(SignInFixture))]

namespace Registry.Tests.Identity;

/// <summary>
/// Databases for sign-in tests on the server that REGISTRY_TEST_DATABASE names. Each test that moves its clock has one of its own, copied
/// from a migrated one: what is old for one test must not be swept away under another.
/// </summary>
public sealed class SignInFixture : IAsyncLifetime
{
    private readonly string? _server = Environment.GetEnvironmentVariable("REGISTRY_TEST_DATABASE");
    private readonly string _prefix = "signin_" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6));
    private readonly SemaphoreSlim _turn = new(1);
    private int _copies;

    /// <summary>The key of the other fixture: roles and their passwords belong to the whole server.</summary>
    public Keys Keys { get; } = new(SHA256.HashData("registry tests"u8));

    /// <summary>One that tests share when no clock matters.</summary>
    public Database Database { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        if (_server is null) return;  // the tests that need no database run without one
        DapperTypes.Register();
        await OnServerAsync($"create database {_prefix}");
        await Migrator.PrepareAsync(ConnectionTo(_prefix), Keys);
        await Migrator.MigrateAsync(ConnectionTo(_prefix), Keys);
        Database = new Database(await CopyAsync(), Keys);
    }

    /// <summary>The connection string of a fresh copy.</summary>
    public async Task<string> CopyAsync()
    {
        // Two copies of one template cannot be made at once.
        await _turn.WaitAsync();
        try
        {
            var name = $"{_prefix}_{++_copies}";
            await OnServerAsync($"create database {name} template {_prefix}");
            return ConnectionTo(name);
        }
        finally
        {
            _turn.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is null) return;
        _turn.Dispose();
        if (_server is null) return;
        await Database.DisposeAsync();
        NpgsqlConnection.ClearAllPools();
        for (var i = 1; i <= _copies; i++) await OnServerAsync($"drop database {_prefix}_{i} with (force)");
        await OnServerAsync($"drop database {_prefix}");
    }

    private string Server => _server
        ?? throw new InvalidOperationException("REGISTRY_TEST_DATABASE is not set: run ./test, which makes a PostgreSQL for the tests.");

    private string ConnectionTo(string name) => new NpgsqlConnectionStringBuilder(Server) { Database = name }.ConnectionString;

    private async Task OnServerAsync(string statement)
    {
        await using var connection = new NpgsqlConnection(Server);
        await connection.OpenAsync();
        await connection.ExecuteAsync(statement, commandTimeout: 300);  // dropping waits for a checkpoint
    }
}
