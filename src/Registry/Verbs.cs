using Npgsql;
using Registry.Archives;
using Registry.Data;
using Registry.Deadlines.Vectors;
using Registry.Demo;
using Registry.Features.Records;
using Registry.History;

namespace Registry;

/// <summary>What the executable does besides serving. Each says what it did and answers 0, or says in one line why not and answers 1.</summary>
public static class Verbs
{
    /// <summary>The operator's part of a deployment (S-50): enters as the role that REGISTRY_DATABASE names.</summary>
    public static Task<int> RolesAsync() => RunAsync(async (settings, keys) =>
    {
        await CreateDatabaseAsync(settings.Database);
        await Migrator.PrepareAsync(settings.Database, keys, MigratorPassword(settings));
        Console.WriteLine("The roles are there, with their passwords: now run `registry migrate`.");
        return 0;
    });

    /// <summary>Everything else, as app_migrator, whatever role REGISTRY_DATABASE names.</summary>
    public static Task<int> MigrateAsync() => RunAsync(async (settings, keys) =>
    {
        var ran = await Migrator.MigrateAsync(settings.Database, keys, password: MigratorPassword(settings));
        Console.WriteLine(ran.Count == 0 ? "The database is up to date." : $"Migrations run: {string.Join(", ", ran)}.");
        return 0;
    });

    public static Task<int> DemoAsync() => RunAsync(async (settings, keys) =>
    {
        Console.WriteLine(await DemoData.LoadAsync(settings.Database, keys) ? "Demonstration data loaded." : "Demonstration data is already there.");
        return 0;
    });

    /// <summary>A large data set for measuring, into an empty database of its own, as its superuser.</summary>
    public static Task<int> BenchDataAsync(string[] args) => RunAsync(async (settings, keys) =>
    {
        if (Number("--organisations") is not { } organisations || Number("--records") is not { } records) return Usage();
        Console.WriteLine(await BenchData.LoadAsync(settings.Database, keys, organisations, records));
        return 0;

        int? Number(string option) => Array.IndexOf(args, option) is > 0 and var at && at + 1 < args.Length
            && int.TryParse(args[at + 1], System.Globalization.NumberStyles.None, null, out var number) && number > 0 ? number : null;
    });

    public static Task<int> VerifyAsync() => RunAsync(async (settings, keys) =>
    {
        var chains = await new Verification(settings.Database, keys).RunAsync();
        var (versions, frozen) = await VersionVerification.RunAsync(settings.Database, keys);
        var anchors = new Anchors(settings.AnchorFile, settings.Database, keys, TimeProvider.System);
        var anchored = await anchors.VerifyAsync();
        string[] faults = [.. chains.Faults, .. anchored.Faults, .. frozen];
        foreach (var fault in faults.Take(20)) Console.WriteLine(fault);
        Console.WriteLine($"{Counted(chains.Chains, "chain")}, {Counted(chains.Events, "event")}, {Counted(versions, "published version")}: {(faults.Length == 0 ? "intact" : $"{Counted(faults.Length, "fault")}, the first above")}.");
        Console.WriteLine(anchored.Newest is { } newest
            ? $"{Counted(anchored.Anchors, "anchor")}, the newest {Counted((long)(TimeProvider.System.GetUtcNow() - newest).TotalMinutes, "minute")} old; {Counted(anchored.Since, "event")} since."
            : $"No anchor before this check in {settings.AnchorFile}: a cut tail would not have been seen.");
        if (faults.Length > 0) return 1;
        await anchors.AppendAsync(TimeSpan.Zero);
        return 0;
    });

    /// <summary>Everything of one organisation into one encrypted file.</summary>
    public static Task<int> ExportAsync(string[] args) => RunAsync(async (settings, keys) =>
    {
        if (args is not [_, var slug, var path]) return Usage();
        var (manifest, size) = await new ArchiveExport(settings.Database, keys, TimeProvider.System).RunAsync(slug, path, Passphrase(settings));
        foreach (var fault in manifest.Chain.Faults.Take(20)) Console.WriteLine($"The history is damaged, and the archive says so: {fault}");
        Console.WriteLine($"{manifest.Organisation.Name}: {Counted(manifest.Entries.Where(entry => entry.Path.StartsWith("tables/", StringComparison.Ordinal)).Sum(entry => entry.Rows), "row")}, "
            + $"{Counted(manifest.Entries.Count(entry => entry.Path.StartsWith("files/", StringComparison.Ordinal)), "file")}, a history of {Counted(manifest.Chain.Lines, "line")}: {size} bytes in {path}.");
        return 0;
    });

    /// <summary>Takes such a file in, whole or not at all: as the operator, whom policies do not hold.</summary>
    public static Task<int> ImportAsync(string[] args) => RunAsync(async (settings, keys) =>
    {
        if (args is not [_, var path]) return Usage();
        var taken = await new ArchiveImport(settings.Database, keys, TimeProvider.System).RunAsync(path, Passphrase(settings));
        Console.WriteLine($"{taken.Manifest.Organisation.Name}: {Counted(taken.Rows, "row")} and {Counted(taken.Files, "file")} imported; {taken.References} other organisations are only named here, {taken.Matched} people were here already.");
        if (taken.Bound.Count > 0) Console.WriteLine($"Its conventions name bodies that live here: {string.Join(", ", taken.Bound)}. They can now ask something of each other, and tell each other of incidents.");
        Console.WriteLine("Nobody of it can sign in before being invited; now run `registry verify`.");
        return 0;
    });

    /// <summary>From the file that REGISTRY_ARCHIVE_PASSPHRASE_FILE names, else one line typed in or piped in: never an argument, which everybody on the machine could read.</summary>
    private static string Passphrase(Settings settings)
    {
        if (settings.ArchivePassphraseFile is { } file) return File.ReadAllText(file).Trim();
        if (!Console.IsInputRedirected) Console.Error.Write("Passphrase of the archive (it is shown): ");
        return Console.In.ReadLine() ?? "";
    }

    public static string Counted(long number, string word) => $"{number} {word}{(number == 1 ? "" : "s")}";

    /// <summary>The first operator enters by a link that works once, for 48 hours; there is no default account (S-41).</summary>
    public static Task<int> CreateAdminAsync(string[] args) => RunAsync(async (settings, keys) =>
    {
        if (args.Length != 2 || !System.Net.Mail.MailAddress.TryCreate(args[1], out var address)) return Usage();
        Console.WriteLine(await Administrator.InviteAsync(settings, keys, address.Address) is { } link
            ? $"Open this link within 48 hours:\n{link}"
            : "This address has an account already.");
        return 0;
    });

    /// <summary>For the container's health check: is the server of this machine ready?</summary>
    public static async Task<int> HealthAsync(string[] args)
    {
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(3) };
        try
        {
            using var answer = await client.GetAsync(new Uri(args.Length > 1 ? args[1] : "http://127.0.0.1:8080/sante/pret"));
            return answer.IsSuccessStatusCode ? 0 : 1;
        }
        catch (Exception away) when (away is HttpRequestException or TaskCanceledException)
        {
            return 1;
        }
    }

    /// <summary>Computes the deadlines of a file of vectors: 0 when all are as expected, 1 when one is not, 2 when the file cannot be read. Needs no database.</summary>
    public static int Deadlines(string[] args, TextWriter output, TextWriter errors)
    {
        if (args.Length != 2) return Usage();
        IReadOnlyList<VectorResult> results;
        try
        {
            results = VectorFile.Check(File.ReadAllText(args[1]));
        }
        catch (Exception unread) when (unread is IOException or UnauthorizedAccessException or FormatException or ArgumentException or NotSupportedException)
        {
            errors.WriteLine($"{args[1]} cannot be read as a file of deadline vectors. {unread.Message}");
            return 2;
        }
        foreach (var result in results)
            foreach (var fault in result.Faults) output.WriteLine($"{result.Id} {fault}");
        var failed = results.Count(result => !result.Passed);
        output.WriteLine($"{results.Count - failed} passed, {failed} failed");
        return failed == 0 ? 0 : 1;
    }

    public static int Usage()
    {
        Console.Error.WriteLine("registry [serve | roles | migrate | demo | bench-data --organisations N --records M | create-admin EMAIL | verify | export ORGANISATION FILE | import FILE | deadlines FILE | health [URL]]");
        return 2;
    }

    private static async Task<int> RunAsync(Func<Settings, Keys, Task<int>> verb)
    {
        try
        {
            DapperTypes.Register();
            var settings = Settings.Read(new ConfigurationBuilder().AddEnvironmentVariables().Build());
            return await verb(settings, Keys.FromFile(settings.KeyFile));
        }
        catch (Exception refused) when (refused is ArchiveException or InvalidOperationException or MigrationException or NpgsqlException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(refused.Message);
            return 1;
        }
    }

    private static string? MigratorPassword(Settings settings)
    {
        if (settings.MigratorPasswordFile is not { } file) return null;
        return File.ReadAllText(file).Trim() is { Length: > 0 } password ? password : throw new InvalidOperationException($"{file} is empty: it holds the password of {Migrator.Role}.");
    }

    private static async Task CreateDatabaseAsync(string connectionString)
    {
        var target = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false };
        var name = target.Database ?? throw new InvalidOperationException("REGISTRY_DATABASE names no database.");
        target.Database = "postgres";
        await using var connection = new NpgsqlConnection(target.ConnectionString);
        try
        {
            await connection.OpenAsync();
        }
        catch (PostgresException)
        {
            return;  // no maintenance database for this role: then the database is there already
        }
        await using var exists = new NpgsqlCommand("select exists (select from pg_database where datname = $1)", connection) { Parameters = { new() { Value = name } } };
        if (await exists.ExecuteScalarAsync() is true) return;
        await using var create = new NpgsqlCommand($"create database {new NpgsqlCommandBuilder().QuoteIdentifier(name)}", connection);
        try
        {
            await create.ExecuteNonQueryAsync();
        }
        catch (PostgresException race) when (race.SqlState is PostgresErrorCodes.DuplicateDatabase or PostgresErrorCodes.UniqueViolation)
        {
            // Another runner made it since we asked: that is what we wanted.
        }
    }
}
