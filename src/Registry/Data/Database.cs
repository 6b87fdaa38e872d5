using System.Data.Common;
using Dapper;
using Npgsql;

namespace Registry.Data;

/// <summary>
/// The connections of the program, one pool for each role that logs in. Nothing outside Data/ opens one (a house rule keeps it so).
/// </summary>
public sealed class Database : IAsyncDisposable
{
    private readonly NpgsqlDataSource _web;
    private readonly NpgsqlDataSource _signIn;
    private readonly NpgsqlDataSource _public;
    private readonly NpgsqlDataSource _worker;

    public Database(string connectionString, Keys keys, ILoggerFactory? logging = null)
    {
        ContextKey = keys.Derive("context");
        _web = Pool("app_web", 16);
        _signIn = Pool("app_signin", 8);
        _public = Pool("app_public", 8);
        _worker = Pool("app_worker", 2);

        NpgsqlDataSource Pool(string role, int size)
        {
            var builder = new NpgsqlDataSourceBuilder(ForRole(connectionString, role, keys).ConnectionString);
            builder.ConnectionStringBuilder.MaxPoolSize = size;
            builder.ConnectionStringBuilder.Timeout = 5;
            builder.UseLoggerFactory(logging);
            return builder.Build();
        }
    }

    internal byte[] ContextKey { get; }

    internal ValueTask<NpgsqlConnection> OpenWebAsync(CancellationToken stop = default) => _web.OpenConnectionAsync(stop);

    internal ValueTask<NpgsqlConnection> OpenPublicAsync(CancellationToken stop = default) => _public.OpenConnectionAsync(stop);

    internal ValueTask<NpgsqlConnection> OpenWorkerAsync(CancellationToken stop = default) => _worker.OpenConnectionAsync(stop);

    internal ValueTask<NpgsqlConnection> OpenSignInAsync(CancellationToken stop = default) => _signIn.OpenConnectionAsync(stop);

    /// <summary>Whether the database answers and has run every migration that this program knows.</summary>
    public async Task<bool> IsReadyAsync(CancellationToken stop)
    {
        try
        {
            await using var connection = await _web.OpenConnectionAsync(stop);
            var names = Migrator.Embedded.Select(migration => migration.Name).ToArray();
            return await connection.ExecuteScalarAsync<int>(
                "select count(*)::int from public.migration where name = any(@names)", new { names }) == names.Length;
        }
        catch (NpgsqlException)
        {
            return false;  // not ready is the answer, whatever the reason
        }
    }

    /// <summary>The same server and database, entered as a role of ours with the password derived for it.</summary>
    /// <remarks>
    /// Search path and time limits come with the role (migrations/operator.sql); server settings that the operator gives in the connection
    /// string win over them. So does his word on prepared statements, which not every pooler keeps.
    /// </remarks>
    public static NpgsqlConnectionStringBuilder ForRole(string connectionString, string role, Keys keys)
    {
        var builder = new NpgsqlConnectionStringBuilder(connectionString)
        {
            Username = role,
            Password = keys.PasswordOf(role),
            Enlist = false,
            // Nothing of ours outlives its transaction: settings are local to it, locks end with it.
            NoResetOnClose = true,
            ApplicationName = role,
        };
        if (!new DbConnectionStringBuilder { ConnectionString = connectionString }.ContainsKey("Max Auto Prepare")) builder.MaxAutoPrepare = 50;
        return builder;
    }

    /// <summary>Reads everything, changes nothing, and takes its time: for verification and anchors.</summary>
    public static async Task<NpgsqlConnection> OpenBackupAsync(string connectionString, Keys keys, CancellationToken stop = default)
    {
        var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(ForRole(connectionString, "app_backup", keys).ConnectionString) { Options = "", CommandTimeout = 0, Pooling = false }.ConnectionString);
        await connection.OpenAsync(stop);
        return connection;
    }

    /// <summary>
    /// As the role that REGISTRY_DATABASE names, which must pass the policies: for an operator's verb that brings in a whole organisation, and for nothing that answers the web.
    /// </summary>
    public static async Task<NpgsqlConnection> OpenOperatorAsync(string connectionString, CancellationToken stop = default)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { CommandTimeout = 0, Pooling = false, Enlist = false }.ConnectionString);
        await connection.OpenAsync(stop);
        return connection;
    }

    public async ValueTask DisposeAsync()
    {
        await _web.DisposeAsync();
        await _signIn.DisposeAsync();
        await _public.DisposeAsync();
        await _worker.DisposeAsync();
    }
}
