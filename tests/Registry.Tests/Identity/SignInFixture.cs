using System.Security.Cryptography;
using Dapper;
using Npgsql;
using Registry.Data;
using Registry.Tests.Identity;

[assembly: AssemblyFixture(typeof(SignInFixture))]

namespace Registry.Tests.Identity;

/// <summary>A database of its own on the server that REGISTRY_TEST_DATABASE names.</summary>
public sealed class SignInFixture : IAsyncLifetime
{
    private readonly string? _server = Environment.GetEnvironmentVariable("REGISTRY_TEST_DATABASE");
    private readonly string _name = "signin_" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6));

    public Keys Keys { get; } = new(SHA256.HashData("registry tests"u8));
    public Database Database { get; private set; } = null!;
    public string ConnectionString => new NpgsqlConnectionStringBuilder(_server) { Database = _name }.ConnectionString;

    public async ValueTask InitializeAsync()
    {
        if (_server is null) return;
        await using (var connection = new NpgsqlConnection(_server))
        {
            await connection.OpenAsync();
            await connection.ExecuteAsync($"create database {_name}");
        }
        DapperTypes.Register();
        await Migrator.MigrateAsync(ConnectionString, Keys);
        Database = new Database(ConnectionString, Keys);
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is null) return;
        await Database.DisposeAsync();
        NpgsqlConnection.ClearAllPools();
        await using var connection = new NpgsqlConnection(_server);
        await connection.OpenAsync();
        await connection.ExecuteAsync($"drop database {_name} with (force)");
    }
}
