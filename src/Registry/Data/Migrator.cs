using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Dapper;
using Npgsql;

namespace Registry.Data;

/// <summary>A migration that cannot run: changed after it landed, missing, or refused by the database.</summary>
public sealed class MigrationException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>
/// Brings the database up to date, in two parts (S-50): the operator's role makes the roles (<see cref="PrepareAsync"/>: 0001 and
/// operator.sql); app_migrator, which is no superuser, runs everything else. Numbered files, each in its own transaction, one runner at a
/// time, none ever changed.
/// </summary>
public static class Migrator
{
    public const string Role = "app_migrator";
    private const string RunRoles = "Run `registry roles` first, as a role of the server that may create roles.";

    public sealed record Migration(string Name, string Sql)
    {
        public string Checksum => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Sql.ReplaceLineEndings("\n"))));
    }

    public static IReadOnlyList<Migration> Embedded { get; } = ReadEmbedded();

    /// <summary>Makes the roles and says who they are; its line in the list of migrations tells which text of it ran last.</summary>
    public static Migration OperatorPart { get; } = Read("operator");

    /// <summary>
    /// The operator's part, at the first deployment and when it changes. The connection must be able to create roles. Passwords of our
    /// roles follow the key file; that of app_migrator is given apart, so that the web server's key file does not open the schema.
    /// </summary>
    public static async Task PrepareAsync(string connectionString, Keys keys, string? migratorPassword = null)
    {
        var target = Patient(connectionString);
        await using var server = await LockServerAsync(new NpgsqlConnectionStringBuilder(target.ConnectionString) { Database = "postgres" });
        await using var connection = new NpgsqlConnection(target.ConnectionString);
        await connection.OpenAsync();
        await LockAsync(connection);
        await connection.ExecuteAsync(
            """
            create table if not exists public.migration (name text primary key, checksum text not null, ran_at timestamptz not null default now());
            grant select on public.migration to public
            """);
        var done = await ReadDoneAsync(connection, Embedded);
        if (!done.ContainsKey(Embedded[0].Name)) await RunAsync(connection, Embedded[0]);
        await connection.ExecuteAsync("delete from public.migration where name = @Name", OperatorPart);
        await RunAsync(connection, OperatorPart);
        await SetPasswordsAsync(connection, keys, migratorPassword);
    }

    /// <summary>Runs what is missing, as app_migrator; returns the names of the migrations that ran.</summary>
    public static async Task<IReadOnlyList<string>> MigrateAsync(
        string connectionString, Keys keys, IReadOnlyList<Migration>? migrations = null, string? password = null)
    {
        migrations ??= Embedded;
        var target = Patient(connectionString);
        (target.Username, target.Password) = (Role, password);
        await using var connection = await EnterAsync(target.ConnectionString);
        await LockAsync(connection);
        if (await connection.ExecuteScalarAsync<bool>("select not coalesce(has_table_privilege(to_regclass('public.migration'), 'insert'), false)"))
            throw new MigrationException($"This database is not prepared. {RunRoles}");
        var done = await ReadDoneAsync(connection, migrations);
        if (done.GetValueOrDefault(OperatorPart.Name) != OperatorPart.Checksum)
            throw new MigrationException($"What the operator prepares has changed with this version. {RunRoles}");

        var pending = migrations.Where(m => !done.ContainsKey(m.Name)).ToList();
        // Run late, its statements would meet what came after it: the schema would no longer be that of a fresh install.
        var last = done.Keys.Where(name => name != OperatorPart.Name).Max(StringComparer.Ordinal);
        if (pending.Find(m => string.CompareOrdinal(m.Name, last) < 0) is { } late)
            throw new MigrationException($"Migration {late.Name} comes too late: {last} has already run here. Give it a number after that one.");

        var ran = new List<string>();
        foreach (var migration in pending)
        {
            await RunAsync(connection, migration);
            ran.Add(migration.Name);
        }
        await SetContextKeyAsync(connection, keys);
        return ran;
    }

    /// <summary>No time limit: a runner waits for the one before it, and a migration takes what it takes.</summary>
    private static NpgsqlConnectionStringBuilder Patient(string connectionString) => new(connectionString) { Pooling = false, CommandTimeout = 0 };

    private static Task<int> LockAsync(NpgsqlConnection connection) => connection.ExecuteAsync("select pg_advisory_lock(7243920155)");

    private static async Task<NpgsqlConnection> EnterAsync(string connectionString)
    {
        var connection = new NpgsqlConnection(connectionString);
        try
        {
            await connection.OpenAsync();
            return connection;
        }
        catch (PostgresException refusal)
        {
            await connection.DisposeAsync();
            throw new MigrationException($"The database does not let {Role} in: {refusal.MessageText}. {RunRoles}", refusal);
        }
    }

    /// <summary>Which migrations ran here, after a check that they are those of this program.</summary>
    private static async Task<Dictionary<string, string>> ReadDoneAsync(NpgsqlConnection connection, IReadOnlyList<Migration> migrations)
    {
        var done = (await connection.QueryAsync<(string Name, string Checksum)>("select name, checksum from public.migration order by name"))
            .ToDictionary(m => m.Name, m => m.Checksum);
        foreach (var (name, checksum) in done.Where(one => one.Key != OperatorPart.Name))
        {
            var file = migrations.FirstOrDefault(m => m.Name == name)
                ?? throw new MigrationException($"This database has run migration {name}, which this version of the program does not know.");
            if (file.Checksum != checksum)
                throw new MigrationException($"Migration {name} has changed since it ran here. Put the file back; a correction is a new migration.");
        }
        return done;
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

    /// <summary>The database keeps the key that checks contexts; it follows the key file at each run.</summary>
    private static async Task SetContextKeyAsync(NpgsqlConnection connection, Keys keys)
    {
        var block = new byte[64];
        keys.Derive("context").CopyTo(block, 0);
        await using var transaction = await connection.BeginTransactionAsync();
        await connection.ExecuteAsync(
            """
            set local role app_guard;
            insert into guard.context_key (inner_pad, outer_pad) values (@inner, @outer)
            on conflict (only_row) do update set inner_pad = excluded.inner_pad, outer_pad = excluded.outer_pad
            """,
            new { inner = block.Select(b => (byte)(b ^ 0x36)).ToArray(), outer = block.Select(b => (byte)(b ^ 0x5c)).ToArray() });
        await transaction.CommitAsync();
    }

    private static async Task SetPasswordsAsync(NpgsqlConnection connection, Keys keys, string? migratorPassword)
    {
        var passwords = ((string[])["app_web", "app_signin", "app_public", "app_worker", "app_backup"]).Select(role => (Role: role, Password: keys.PasswordOf(role)));
        if (migratorPassword is not null) passwords = passwords.Append((Role, migratorPassword));
        await using var transaction = await connection.BeginTransactionAsync();
        foreach (var (role, password) in passwords)
        {
            // A role's password takes no parameter: the server itself writes the statement, quoted.
            var statement = await connection.ExecuteScalarAsync<string>("select format('alter role %I password %L', @role, @password)", new { role, password });
            await connection.ExecuteAsync(statement!);
        }
        await transaction.CommitAsync();
    }

    private static List<Migration> ReadEmbedded() =>
    [
        .. Assembly.GetExecutingAssembly().GetManifestResourceNames()
            .Where(name => name.StartsWith("migrations/0", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => Read(Path.GetFileNameWithoutExtension(name))),
    ];

    private static Migration Read(string name)
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream($"migrations/{name}.sql")!);
        return new Migration(name, reader.ReadToEnd());
    }
}
