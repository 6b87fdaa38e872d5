using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using Dapper;
using Registry.History;
using Registry.Tests.Support;

namespace Registry.Tests.History;

/// <summary>
/// Sixteen people save through the real pages at once, ten of them in one commune, two pairs on the same records. REGISTRY_WRITER_SECONDS
/// sets how long.
/// </summary>
[Trait("Kind", "pages")]
public sealed class ConcurrentWritersTests(RegistryFixture registry)
{
    [Fact]
    [Trait("S", "60")]
    [Trait("S", "90")]
    public async Task Every_save_acknowledged_to_sixteen_writers_has_exactly_one_line_of_an_intact_chain()
    {
        var seconds = int.Parse(Environment.GetEnvironmentVariable("REGISTRY_WRITER_SECONDS") ?? "5");
        var busy = await Town.FoundAsync(registry);
        var quiet = new[] { await Town.FoundAsync(registry), await Town.FoundAsync(registry), await Town.FoundAsync(registry) };
        var shared = new[] { await busy.AddRecordAsync(), await busy.AddRecordAsync() };
        var writers = new List<(Town Town, Visit Visit, string Reference)>();
        for (var i = 0; i < 16; i++)
        {
            var town = i < 10 ? busy : quiet[i % 3];
            writers.Add((town, await town.EnterAsync("CORRESPONDENT"), i < 4 ? shared[i % 2] : await town.AddRecordAsync()));
        }

        var acknowledged = new ConcurrentBag<(Guid Town, string Text)>();
        var statuses = new ConcurrentDictionary<HttpStatusCode, int>();
        var slowest = TimeSpan.Zero;
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(writers.Select((writer, number) => Task.Run(async () =>
        {
            var page = $"{writer.Town.Home}/traitements/{writer.Reference}/modifier/finalites";
            for (var save = 0; watch.Elapsed.TotalSeconds < seconds; save++)
            {
                var form = await writer.Visit.GetAsync(page);
                Count(form.Status);
                var text = $"Finalité {number}-{save}";
                var before = watch.Elapsed;
                var answer = await writer.Visit.PressAsync(form, "Enregistrer et revenir à la fiche", ("Form.Purpose", text));
                if (watch.Elapsed - before is var took && took > slowest) slowest = took;
                Count(answer.Status);
                if (answer.Status == HttpStatusCode.Redirect) acknowledged.Add((writer.Town.Id, text));
            }
        })));
        var elapsed = watch.Elapsed;

        Assert.Empty(statuses.Keys.Except([HttpStatusCode.OK, HttpStatusCode.Redirect, HttpStatusCode.Conflict]));
        Assert.True(statuses.GetValueOrDefault(HttpStatusCode.Conflict) > 0, "No two people ever met: this test judged nothing.");
        await using var connection = await registry.SuperuserAsync();
        foreach (var town in quiet.Append(busy))
        {
            var told = (await connection.QueryAsync<string>(
                """
                select d.details from history.event e join history.detail d using (organisation_id, sequence)
                 where e.organisation_id = @Id and e.action = 'RECORD_CHANGED'
                """, new { town.Id }))
                .Select(text => Assert.Single(EventDetails.FromText(text).Changes!).New!)  // and nothing that was not typed has changed
                .Order().ToList();
            // As many lines as answers, and the same texts: none missing, none twice, none of a save that was refused.
            Assert.Equal(acknowledged.Where(one => one.Town == town.Id).Select(one => one.Text).Order().ToList(), told);
            Assert.Equal(told.Count, await connection.ExecuteScalarAsync<int>(
                "select sum(version - 1)::int from app.processing_record where organisation_id = @Id", new { town.Id }));
        }
        var towns = quiet.Append(busy).Select(town => town.Id.ToString()).ToList();
        var result = await new Verification(registry.ConnectionString, registry.Keys).RunAsync();
        Assert.DoesNotContain(result.Faults, fault => towns.Any(fault.Contains));
        Assert.Equal(0, await connection.ExecuteScalarAsync<int>("select deadlocks::int from pg_stat_database where datname = current_database()"));
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{elapsed.TotalSeconds:0} s: {acknowledged.Count} saves acknowledged, {statuses.GetValueOrDefault(HttpStatusCode.Conflict)} conflicts, slowest save {slowest.TotalMilliseconds:0} ms");

        void Count(HttpStatusCode status) => statuses.AddOrUpdate(status, 1, (_, count) => count + 1);
    }
}
