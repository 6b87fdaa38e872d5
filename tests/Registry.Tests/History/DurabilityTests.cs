using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using Dapper;
using Npgsql;
using Registry.Data;
using Registry.Demo;
using Registry.History;
using Registry.Tests.Support;

namespace Registry.Tests.History;

/// <summary>
/// Kills the program, then the database, in the middle of saves, again and again (S-91). What a writer was told is saved must be there, nothing
/// may be half done, and both must be ready again by themselves. A control with asynchronous commits must lose saves: else the test is blind.
/// </summary>
[Trait("Kind", "durability")]
[Trait("S", "91")]
public sealed class DurabilityTests
{
    private const int Rounds = 5;
    private const int Writers = 6;
    private const string Lazily = "-c wal_writer_delay=10s -c wal_writer_flush_after=100MB -c wal_buffers=64MB -c bgwriter_lru_maxpages=0 -c autovacuum=off";
    private readonly ConcurrentDictionary<int, List<string>> _acknowledged = new();
    private string _commune = "";

    [Fact]
    public async Task Killing_the_program_or_the_database_loses_no_acknowledged_save()
    {
        Assert.SkipWhen(PrivateCluster.WhyNot is not null, PrivateCluster.WhyNot ?? "");
        await using var cluster = await PrivateCluster.MakeAsync();
        var folder = Directory.CreateTempSubdirectory("registry-test-").FullName;
        try
        {
            var (keys, keyFile) = await PrepareAsync(cluster, folder);
            var report = TestContext.Current.TestOutputHelper;
            using (var server = new RunningServer(cluster.ConnectionString, keyFile))
            {
                await server.StartAsync();
                for (var round = 1; round <= Rounds; round++)
                {
                    await KillWhileSavingAsync(server, () =>
                    {
                        server.Kill();
                        return Task.CompletedTask;
                    });
                    var watch = Stopwatch.StartNew();
                    await server.StartAsync();
                    report?.WriteLine($"program killed, round {round}: ready after {watch.ElapsedMilliseconds} ms, {await LostAsync(cluster, keys)} lost");
                    Assert.Equal(0, await LostAsync(cluster, keys));
                }
                for (var round = 1; round <= Rounds; round++)
                {
                    await KillWhileSavingAsync(server, cluster.KillAsync);
                    await cluster.StartAsync();
                    var ready = await server.ReadyAsync(TimeSpan.FromSeconds(10));  // the program was not touched: it finds its way back
                    report?.WriteLine($"database killed, round {round}: ready {ready.TotalMilliseconds:0} ms after it, {await LostAsync(cluster, keys)} lost");
                    Assert.Equal(0, await LostAsync(cluster, keys));
                }
                Assert.True(_acknowledged.Values.Sum(texts => texts.Count) > Rounds * Writers * 2, "Hardly anything was saved: this test judged nothing.");
                report?.WriteLine($"{_acknowledged.Values.Sum(texts => texts.Count)} saves acknowledged");
            }

            // The control: the same, with commits that answer before they are on disk.
            await cluster.KillAsync();
            // Whoever writes a dirty page flushes the log before it, so the background writers stay out of it.
            await cluster.StartAsync(Lazily);
            using var careless = new RunningServer(cluster.ConnectionString + ";Options=-c synchronous_commit=off", keyFile);
            await careless.StartAsync();
            var seen = 0;
            for (var kills = 0; kills < 3 && seen == 0; kills++)
            {
                await KillWhileSavingAsync(careless, cluster.KillAsync);
                await cluster.StartAsync(Lazily);
                await careless.ReadyAsync(TimeSpan.FromSeconds(10));
                seen = await LostAsync(cluster, keys);
            }
            report?.WriteLine($"control: {seen} lost");
            Assert.True(seen > 0, "The control lost nothing: this test could not see a loss.");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private async Task<(Keys, string)> PrepareAsync(PrivateCluster cluster, string folder)
    {
        var master = RandomNumberGenerator.GetBytes(32);
        var (keys, keyFile) = (new Keys(master), Path.Combine(folder, "key"));
        await File.WriteAllTextAsync(keyFile, Convert.ToHexString(master));
        DapperTypes.Register();
        await using (var server = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(cluster.ConnectionString) { Database = "postgres", Pooling = false }.ConnectionString))
        {
            await server.OpenAsync();
            await server.ExecuteAsync("create database registry");
        }
        await Migrator.PrepareAsync(cluster.ConnectionString, keys);
        await Migrator.MigrateAsync(cluster.ConnectionString, keys);
        await DemoData.LoadAsync(cluster.ConnectionString, keys);
        // One draft for each writer in the demonstration's commune; they are scenery and have no line of the history.
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(cluster.ConnectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        _commune = await connection.ExecuteScalarAsync<string>("select slug from app.organisation where insee_code = '12090'") ?? "";
        await connection.ExecuteAsync(
            """
            set session_replication_role = replica;
            insert into app.processing_record (organisation_id, id, number, title, status, sheet, completeness, sensitive, minors, dpia_due, created_at, updated_at, updated_by)
            select r.organisation_id, gen_random_uuid(), 900 + n, 'Essai ' || n, 'DRAFT', jsonb_set(r.sheet, '{identification,title}', to_jsonb('Essai ' || n)),
                   50, false, false, false, now(), now(), 'Test'
              from (select p.* from app.processing_record p join app.organisation o on o.id = p.organisation_id where o.insee_code = '12090' limit 1) r, generate_series(0, 9) n
            """);
        return (keys, keyFile);
    }

    /// <summary>Each writer saves her own record over and over; at a random moment everything under them is killed.</summary>
    private async Task KillWhileSavingAsync(RunningServer server, Func<Task> kill)
    {
        var going = true;
        var saved = new CountdownEvent(Writers);
        var writers = Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
        {
            var mine = _acknowledged.GetOrAdd(writer, _ => []);
            var first = true;  // whoever cannot even save once shows a fault of this test
            try
            {
                using var visit = server.Browse();
                Answer door;
                do door = await visit.GetAsync("/connexion");
                while (door.Status != HttpStatusCode.OK || (await visit.PressAsync(door, "correspondante")).Status != HttpStatusCode.Redirect);
                var page = $"/o/{_commune}/traitements/T-{900 + writer:0000}/modifier/finalites";
                while (Volatile.Read(ref going))
                {
                    var form = await visit.GetAsync(page);
                    if (form.Status == HttpStatusCode.ServiceUnavailable) continue;  // no save was promised; whoever only gets this never ends the wait below
                    var text = $"Écrit par {writer}, {Guid.NewGuid():n}";
                    var answer = await visit.PressAsync(form, "Enregistrer et revenir à la fiche", ("Form.Purpose", text));
                    if (answer.Status == HttpStatusCode.ServiceUnavailable) continue;
                    if (answer.Status != HttpStatusCode.Redirect) throw new HttpRequestException($"{answer.Status}");
                    lock (mine) mine.Add(text);
                    if (first) saved.Signal();
                    first = false;
                }
            }
            catch (Exception cut) when (!first && cut is HttpRequestException or IOException or InvalidOperationException)
            {
                // Killed in the middle: no answer, or the page of an error, which has no such button. Nothing was promised.
            }
        })).ToList();
        var all = Task.WhenAll(writers);
        var watch = Stopwatch.StartNew();
        while (!saved.IsSet && !writers.Any(writer => writer.IsFaulted))
        {
            Assert.True(watch.Elapsed.TotalSeconds < 30, "The writers do not get to save: " + string.Join('\n', server.Log.TakeLast(40)));
            await Task.Delay(20);
        }
        await Task.Delay(RandomNumberGenerator.GetInt32(100, 700));
        await kill();
        Volatile.Write(ref going, false);
        await all;
    }

    /// <summary>How many acknowledged saves have not exactly one line of the history. On the way: nothing is half done.</summary>
    private async Task<int> LostAsync(PrivateCluster cluster, Keys keys)
    {
        var result = await new Verification(cluster.ConnectionString, keys).RunAsync();
        Assert.Empty(result.Faults);
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(cluster.ConnectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        // Each change of a record and its line came together: the record holds what its newest line tells, and no line is without its change.
        Assert.Equal(0, await connection.ExecuteScalarAsync<int>(
            """
            select count(*) from app.processing_record r
             cross join lateral (
               select d.details::jsonb -> 'changes' -> 0 ->> 'new' as text from history.event e join history.detail d using (organisation_id, sequence)
                where e.organisation_id = r.organisation_id and e.object_id = r.id and e.action = 'RECORD_CHANGED' order by e.sequence desc limit 1) told
             where r.sheet #>> '{purposes,purpose}' like 'Écrit par %' and told.text is distinct from r.sheet #>> '{purposes,purpose}'
            """));
        var told = (await connection.QueryAsync<string>(
            """
            select change ->> 'new' from history.event e join history.detail d using (organisation_id, sequence)
             cross join lateral jsonb_array_elements(d.details::jsonb -> 'changes') change
             where e.action = 'RECORD_CHANGED' and change ->> 'new' like 'Écrit par %'
            """)).CountBy(text => text).ToDictionary();
        return _acknowledged.Values.SelectMany(texts => texts).Count(text => told.GetValueOrDefault(text) != 1);
    }
}
