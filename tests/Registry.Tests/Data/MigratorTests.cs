using System.Globalization;
using System.Security.Cryptography;
using Dapper;
using Npgsql;
using Registry.Data;
using Registry.Tests.Support;

namespace Registry.Tests.Data;

[Trait("Kind", "pages")]
[Trait("S", "98")]
public sealed class MigratorTests
{
    [Fact]
    public async Task A_second_run_finds_nothing_to_do()
    {
        await using var scratch = await ScratchDatabase.MakeAsync();
        Assert.Empty(await Migrator.MigrateAsync(scratch.ConnectionString, scratch.Keys));
    }

    [Fact]
    public async Task A_migration_that_changed_since_it_ran_stops_the_next_run_and_says_what_to_do()
    {
        await using var scratch = await ScratchDatabase.MakeAsync();
        var first = Migrator.Embedded[0];
        Migrator.Migration[] changed = [first with { Sql = first.Sql + "\n-- a word more" }, .. Migrator.Embedded.Skip(1)];

        var stop = await Assert.ThrowsAsync<MigrationException>(() => Migrator.MigrateAsync(scratch.ConnectionString, scratch.Keys, changed));

        Assert.Equal($"Migration {first.Name} has changed since it ran here. Put the file back; a correction is a new migration.", stop.Message);
    }

    [Fact]
    public async Task The_same_file_with_other_line_ends_is_the_same_migration()
    {
        await using var scratch = await ScratchDatabase.MakeAsync();
        Migrator.Migration[] windows = [.. Migrator.Embedded.Select(one => one with { Sql = one.Sql.ReplaceLineEndings("\r\n") })];
        Assert.Empty(await Migrator.MigrateAsync(scratch.ConnectionString, scratch.Keys, windows));
    }

    [Fact]
    public async Task A_database_ahead_of_the_program_is_left_alone_and_the_process_says_why()
    {
        await using var scratch = await ScratchDatabase.MakeAsync();
        await scratch.ForgeAsync("insert into public.migration (name, checksum) values ('9999_future', 'x')");

        var (code, output) = await scratch.RunAsync("migrate");

        Assert.Equal(1, code);
        Assert.Equal("This database has run migration 9999_future, which this version of the program does not know.", output.Trim());
    }

    [Fact]
    public async Task A_migration_that_sorts_before_one_that_ran_is_refused_so_that_the_schema_stays_that_of_a_fresh_install()
    {
        await using var scratch = await ScratchDatabase.MakeAsync();
        var last = Migrator.Embedded[^1].Name;
        Migrator.Migration[] late = [.. Migrator.Embedded, new("0001_zlate", "set role app_owner; create table app.late (id int); reset role;"), new("9001_next", "select 1")];

        var stop = await Assert.ThrowsAsync<MigrationException>(() => Migrator.MigrateAsync(scratch.ConnectionString, scratch.Keys, late));

        Assert.Equal($"Migration 0001_zlate comes too late: {last} has already run here. Give it a number after that one.", stop.Message);
        await using var connection = await scratch.SuperuserAsync();
        Assert.Equal(0, await connection.ExecuteScalarAsync<int>("select count(*)::int from public.migration where name in ('0001_zlate', '9001_next')"));
    }

    [Fact]
    public async Task A_migration_that_fails_leaves_nothing_behind_and_the_ones_before_it_stay()
    {
        await using var scratch = await ScratchDatabase.MakeAsync();
        Migrator.Migration[] more =
        [
            .. Migrator.Embedded,
            new("9001_good", "set role app_owner; create table app.kept (id int); reset role;"),
            new("9002_bad", "set role app_owner; create table app.half (id int); select 1/0; reset role;"),
            new("9003_never", "create table app.never (id int)"),
        ];

        var stop = await Assert.ThrowsAsync<MigrationException>(() => Migrator.MigrateAsync(scratch.ConnectionString, scratch.Keys, more));

        Assert.Contains("9002_bad", stop.Message);
        Assert.Contains("division by zero", stop.Message);
        await using var connection = await scratch.SuperuserAsync();
        Assert.Equal(["kept"], await connection.QueryAsync<string>("select relname::text from pg_class where relname in ('kept', 'half', 'never')"));
        Assert.Equal(["9001_good"], await connection.QueryAsync<string>("select name from public.migration where name like '9%'"));
    }

    [Fact]
    [Trait("S", "50")]
    public async Task A_migration_runs_as_app_migrator_and_cannot_do_what_is_the_operators()
    {
        await using var scratch = await ScratchDatabase.MakeAsync();
        Migrator.Migration[] more =
        [
            .. Migrator.Embedded,
            new("9001_who", "set role app_owner; create table app.who as select session_user::text as name; reset role;"),
            new("9002_role", "create role registry_test_intruder"),
        ];

        var stop = await Assert.ThrowsAsync<MigrationException>(() => Migrator.MigrateAsync(scratch.ConnectionString, scratch.Keys, more));

        Assert.Contains("9002_role was refused: permission denied", stop.Message);
        await using var connection = await scratch.SuperuserAsync();
        Assert.Equal("app_migrator", await connection.ExecuteScalarAsync<string>("select name from app.who"));
    }

    [Fact]
    [Trait("S", "50")]
    public async Task A_database_that_the_operator_has_not_prepared_is_left_alone_and_the_process_says_what_comes_first()
    {
        await using var scratch = await ScratchDatabase.MakeAsync(migrate: false);

        var (code, output) = await scratch.RunAsync("migrate");

        Assert.Equal(1, code);
        Assert.Contains("Run `registry roles` first", output);
        await using var connection = await scratch.SuperuserAsync();
        Assert.Equal(0, await connection.ExecuteScalarAsync<int>("select count(*) from pg_namespace where nspname in ('app', 'history', 'identity', 'guard')"));
    }

    [Fact]
    [Trait("S", "50")]
    public async Task When_the_operators_part_has_changed_nothing_runs_before_it()
    {
        await using var scratch = await ScratchDatabase.MakeAsync();
        await scratch.ForgeAsync("update public.migration set checksum = 'of another text' where name = 'operator'");

        var stop = await Assert.ThrowsAsync<MigrationException>(() => Migrator.MigrateAsync(scratch.ConnectionString, scratch.Keys));
        Assert.Contains("Run `registry roles` first", stop.Message);

        await Migrator.PrepareAsync(scratch.ConnectionString, scratch.Keys);
        Assert.Empty(await Migrator.MigrateAsync(scratch.ConnectionString, scratch.Keys));
    }

    [Fact]
    [Trait("S", "50")]
    public async Task The_migrators_password_is_the_one_it_was_given_and_not_derived_from_the_web_servers_key()
    {
        await using var scratch = await ScratchDatabase.MakeAsync(migrate: false);
        const string password = "it's a pass'word \\ of its own";

        await Migrator.PrepareAsync(scratch.ConnectionString, scratch.Keys, password);

        await using var connection = await scratch.SuperuserAsync();
        var kept = await connection.ExecuteScalarAsync<string>("select rolpassword from pg_authid where rolname = 'app_migrator'");
        Assert.True(IsOf(password));
        Assert.False(IsOf(scratch.Keys.PasswordOf("app_migrator")));

        // SCRAM-SHA-256$<iterations>:<salt>$<stored key>:<server key> (RFC 5803)
        bool IsOf(string one)
        {
            var parts = kept!.Split('$', ':');
            var salted = Rfc2898DeriveBytes.Pbkdf2(one, Convert.FromBase64String(parts[2]), int.Parse(parts[1], CultureInfo.InvariantCulture), HashAlgorithmName.SHA256, 32);
            return Convert.ToBase64String(HMACSHA256.HashData(salted, "Server Key"u8)) == parts[4];
        }
    }

    [Fact]
    public async Task A_migration_may_take_longer_than_a_page_may_wait()
    {
        await using var scratch = await ScratchDatabase.MakeAsync();
        var impatient = new NpgsqlConnectionStringBuilder(scratch.ConnectionString) { CommandTimeout = 1 }.ConnectionString;
        Migrator.Migration[] slow = [.. Migrator.Embedded, new("9001_slow", "select pg_sleep(1.5)")];
        Assert.Equal(["9001_slow"], await Migrator.MigrateAsync(impatient, scratch.Keys, slow));
    }

    [Fact]
    public async Task Two_processes_that_start_at_once_on_a_server_without_the_database_both_end_well_and_one_does_the_work()
    {
        await using var scratch = await ScratchDatabase.MakeAsync(migrate: false, create: false);

        var roles = await Task.WhenAll(scratch.RunAsync("roles"), scratch.RunAsync("roles"));
        var runs = await Task.WhenAll(scratch.RunAsync("migrate"), scratch.RunAsync("migrate"));

        Assert.True(roles.All(run => run.Code == 0), string.Join("\n", roles.Select(run => run.Output)));
        Assert.True(runs.All(run => run.Code == 0), string.Join("\n", runs.Select(run => run.Output)));
        Assert.Single(runs, run => run.Output.Contains("Migrations run: 0002_organisations", StringComparison.Ordinal));
        Assert.Single(runs, run => run.Output.Contains("up to date", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_runner_waits_for_the_one_before_it()
    {
        await using var scratch = await ScratchDatabase.MakeAsync();
        await using var other = await scratch.SuperuserAsync();
        await other.ExecuteAsync("select pg_advisory_lock(7243920155)");

        var waiting = Migrator.MigrateAsync(scratch.ConnectionString, scratch.Keys);
        await using var look = await scratch.SuperuserAsync();
        while (!await look.ExecuteScalarAsync<bool>("select exists (select from pg_locks where locktype = 'advisory' and not granted and database = (select oid from pg_database where datname = current_database()))"))
            await Task.Delay(10, TestContext.Current.CancellationToken);
        Assert.False(waiting.IsCompleted);

        await other.ExecuteAsync("select pg_advisory_unlock(7243920155)");
        Assert.Empty(await waiting);
    }

    [Fact]
    public async Task Databases_of_one_server_share_its_roles_and_can_be_brought_up_at_once()
    {
        var scratches = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => ScratchDatabase.MakeAsync(migrate: false)));
        try
        {
            await Task.WhenAll(scratches.Select(one => one.MigrateAsync()));
        }
        finally
        {
            foreach (var one in scratches) await one.DisposeAsync();
        }
    }
}
