using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Dapper;
using Npgsql;

namespace Registry.Data;

/// <summary>A migration that cannot run: changed after it landed, missing, or refused by the database.</summary>
public sealed class MigrationException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>Brings the schema up to date: numbered files, each in its own transaction, one runner at a time, none ever changed.</summary>
public static class Migrator
{
    public sealed record Migration(string Name, string Sql)
    {
        public string Checksum => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Sql.ReplaceLineEndings("\n"))));
    }

    public static IReadOnlyList<Migration> Embedded { get; } = ReadEmbedded();

    /// <summary>Runs what is missing; returns the names of the migrations that ran. The connection must be able to create roles.</summary>
    public static async Task<IReadOnlyList<string>> MigrateAsync(string connectionString, Keys keys, IReadOnlyList<Migration>? migrations = null)
    {
        migrations ??= Embedded;
        // No time limit: a runner waits for the one before it, and a migration takes what it takes.
        var target = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, CommandTimeout = 0 };
        await using var server = await LockServerAsync(new NpgsqlConnectionStringBuilder(target.ConnectionString) { Database = "postgres" });
        await using var connection = new NpgsqlConnection(target.ConnectionString);
        await connection.OpenAsync();
        await connection.ExecuteAsync("select pg_advisory_lock(7243920155)");
        await connection.ExecuteAsync(
            """
            create table if not exists public.migration (name text primary key, checksum text not null, ran_at timestamptz not null default now());
            grant select on public.migration to public
            """);
        var done = (await connection.QueryAsync<(string Name, string Checksum)>("select name, checksum from public.migration order by name"))
            .ToDictionary(m => m.Name, m => m.Checksum);

        foreach (var (name, checksum) in done)
        {
            var file = migrations.FirstOrDefault(m => m.Name == name)
                ?? throw new MigrationException($"This database has run migration {name}, which this version of the program does not know.");
            if (file.Checksum != checksum)
                throw new MigrationException($"Migration {name} has changed since it ran here. Put the file back; a correction is a new migration.");
        }

        var ran = new List<string>();
        foreach (var migration in migrations.Where(m => !done.ContainsKey(m.Name)))
        {
            await RunAsync(connection, migration);
            ran.Add(migration.Name);
        }
        await SetSecretsAsync(connection, keys);
        return ran;
    }

    /// <summary>
    /// Roles belong to the whole server, an advisory lock to one database: runners that bring up different databases of one server
    /// meet in its maintenance database, where they may enter it. Locks go with their connections.
    /// </summary>
    private static async Task<NpgsqlConnection?> LockServerAsync(NpgsqlConnectionStringBuilder maintenance)
    {
        var connection = new NpgsqlConnection(maintenance.ConnectionString);
        try
        {
            await connection.OpenAsync();
        }
        catch (PostgresException)
        {
            await connection.DisposeAsync();
            return null;
        }
        await connection.ExecuteAsync("select pg_advisory_lock(7243920154)");
        return connection;
    }

    private static async Task RunAsync(NpgsqlConnection connection, Migration migration)
    {
        await using var transaction = await connection.BeginTransactionAsync();
        try
        {
            await connection.ExecuteAsync("set local lock_timeout = '2s'");
            await connection.ExecuteAsync(migration.Sql);
            await connection.ExecuteAsync("reset role; insert into public.migration (name, checksum) values (@Name, @Checksum)", migration);
            await transaction.CommitAsync();
        }
        catch (PostgresException refusal)
        {
            throw new MigrationException($"Migration {migration.Name} was refused: {refusal.MessageText}", refusal);
        }
    }

    /// <summary>The database keeps the key that checks contexts and the passwords of our roles; both follow the key file at each run.</summary>
    private static async Task SetSecretsAsync(NpgsqlConnection connection, Keys keys)
    {
        var block = new byte[64];
        keys.Derive("context").CopyTo(block, 0);
        await using var transaction = await connection.BeginTransactionAsync();
        await connection.ExecuteAsync(
            """
            set local role app_guard;
            insert into guard.context_key (inner_pad, outer_pad) values (@inner, @outer)
            on conflict (only_row) do update set inner_pad = excluded.inner_pad, outer_pad = excluded.outer_pad;
            reset role
            """,
            new { inner = block.Select(b => (byte)(b ^ 0x36)).ToArray(), outer = block.Select(b => (byte)(b ^ 0x5c)).ToArray() });
        foreach (var role in (string[])["app_web", "app_signin", "app_public", "app_worker", "app_backup"])
        {
            // A role's password takes no parameter; both parts are ours and hold letters, digits and underscores only.
            await connection.ExecuteAsync($"alter role {role} password '{keys.PasswordOf(role)}'");
        }
        await transaction.CommitAsync();
    }

    private static List<Migration> ReadEmbedded()
    {
        var assembly = Assembly.GetExecutingAssembly();
        return [.. assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith("migrations/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name =>
            {
                using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
                return new Migration(Path.GetFileNameWithoutExtension(name), reader.ReadToEnd());
            })];
    }
}
