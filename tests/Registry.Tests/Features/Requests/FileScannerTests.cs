using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Registry.Access;
using Registry.Data;
using Registry.Features.Requests;
using Registry.Files;
using Registry.Tests.Support;

namespace Registry.Tests.Features.Requests;

/// <summary>The scanner's queue. Only this class runs rounds: they take the files of every town.</summary>
[Trait("Kind", "pages")]
public sealed class FileScannerTests(RegistryFixture registry)
{
    private static string? Said(byte[] file) => file.AsSpan().IndexOf(Papers.Eicar) >= 0 ? "stream: Eicar-Test-Signature FOUND" : file.AsSpan().IndexOf("illisible"u8) >= 0 ? "stream: Can't parse ERROR" : "stream: OK";

    [Fact]
    [Trait("S", "72")]
    [Trait("S", "73")]
    public async Task What_is_infected_is_kept_from_everyone_told_and_gone_after_seven_days()
    {
        var town = await Town.FoundAsync(registry);
        var reference = await TownRequest.AddAsync(registry, town, status: RequestStatus.InProgress);
        var infected = await TownFile.AddAsync(registry, town, reference, RequestFileKind.Identity, content: Papers.Eicar);
        var clean = await TownFile.AddAsync(registry, town, reference, content: [.. Enumerable.Range(0, 700_000).Select(i => (byte)('a' + (i % 26)))]);
        await using var listener = new ClamdListener(Said);
        await Scanner(new Clamd(listener.Address)).RoundAsync(TestContext.Current.CancellationToken);
        Assert.Equal(("INFECTED", "CLEAN"), (await VerdictAsync(infected), await VerdictAsync(clean)));
        Assert.Contains(listener.Heard, file => file.Length == 700_000);
        using var correspondent = await town.EnterAsync("CORRESPONDENT");
        var home = $"{town.Home}/demandes/{reference}";
        Assert.Contains("logiciel malveillant", (await correspondent.GetAsync(home)).Html.QuerySelector("#justificatifs")!.TextContent);
        var shut = await correspondent.GetAsync($"{home}/fichiers/{infected}");
        Assert.DoesNotContain(shut.Html.QuerySelectorAll("main button"), button => button.TextContent.Contains("Télécharger", StringComparison.Ordinal));
        var forced = await correspondent.PostAsync(shut.Path, Forms.Of(shut).Single().With());
        Assert.Equal(System.Net.HttpStatusCode.Conflict, forced.Status);
        Assert.DoesNotContain("EICAR", forced.Html.Source.Text);
        await using var connection = await registry.SuperuserAsync();
        Assert.Equal(1, await connection.ExecuteScalarAsync<int>("select count(*)::int from app.alert where organisation_id = @Id and code = 'AL_RIGHTS_INFECTED'", new { town.Id }));
        Assert.Equal(town.Organisation.Today(TimeProvider.System).AddDays(7), DateOnly.FromDateTime(await connection.ExecuteScalarAsync<DateTime>("select expires_on::timestamp from app.request_file where id = @infected", new { infected })));
        // A morning's round of reminders raises nothing a second time.
        Assert.Equal(0, await connection.ExecuteScalarAsync<int>("select count(*)::int from app.request_file_scan where organisation_id = @Id", new { town.Id }));
    }

    [Fact]
    [Trait("S", "72")]
    public async Task While_the_scanner_is_away_files_wait_and_what_it_cannot_read_is_given_to_nobody()
    {
        var town = await Town.FoundAsync(registry);
        var reference = await TownRequest.AddAsync(registry, town, status: RequestStatus.InProgress);
        var unreadable = await TownFile.AddAsync(registry, town, reference, content: "illisible"u8.ToArray());
        var clock = new SetClock { Now = DateTimeOffset.UtcNow.AddSeconds(1) };
        await using (var hangsUp = new ClamdListener(_ => null)) await Scanner(new Clamd(hangsUp.Address), clock).RoundAsync(TestContext.Current.CancellationToken);
        Assert.Null(await VerdictAsync(unreadable));
        await using var listener = new ClamdListener(Said);
        var scanner = Scanner(new Clamd(listener.Address), clock);
        for (var i = 0; i < 3; i++)
        {
            Assert.Null(await VerdictAsync(unreadable));
            clock.Now += TimeSpan.FromMinutes(1);
            await scanner.RoundAsync(TestContext.Current.CancellationToken);
        }
        Assert.Equal("UNREADABLE", await VerdictAsync(unreadable));
        Assert.Equal(0, await AttemptsAsync(unreadable));
    }

    [Fact]
    [Trait("S", "72")]
    public async Task Two_scanners_take_a_file_once_and_one_that_died_leaves_it_to_another()
    {
        var town = await Town.FoundAsync(registry);
        var reference = await TownRequest.AddAsync(registry, town, status: RequestStatus.InProgress);
        var ids = new List<Guid>();
        for (var i = 0; i < 6; i++) ids.Add(await TownFile.AddAsync(registry, town, reference, content: System.Text.Encoding.UTF8.GetBytes($"{town.Slug};{i}\n")));
        await using var connection = await registry.SuperuserAsync();
        // Taken by an instance that was killed: its lease has run out.
        await connection.ExecuteAsync("update app.request_file_scan set lease = gen_random_uuid(), leased_until = now() - interval '1 second', attempts = 1 where file_id = @id", new { id = ids[0] });
        await using var listener = new ClamdListener(Said);
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Scanner(new Clamd(listener.Address)).RoundAsync(TestContext.Current.CancellationToken)));
        foreach (var id in ids) Assert.Equal("CLEAN", await VerdictAsync(id));
        lock (listener.Heard) Assert.Equal(6, listener.Heard.Count(file => System.Text.Encoding.UTF8.GetString(file).StartsWith(town.Slug, StringComparison.Ordinal)));
        Assert.Equal(6, await connection.ExecuteScalarAsync<int>("select count(*)::int from history.event where organisation_id = @Id and action = 'REQUEST_FILE_JUDGED'", new { town.Id }));
    }

    [Fact]
    public async Task The_scanner_of_the_demonstration_knows_the_test_file_and_nothing_else()
    {
        using var demo = new Registry.Demo.DemoScanner();
        await demo.StartAsync(TestContext.Current.CancellationToken);
        var clamd = new Clamd(demo.Address, demo: true);
        Assert.Equal(ScanResult.Infected, await clamd.ScanAsync(["x"u8.ToArray(), Papers.Eicar], stop: TestContext.Current.CancellationToken));
        Assert.Equal(ScanResult.Clean, await clamd.ScanAsync([Papers.Pdf()], stop: TestContext.Current.CancellationToken));
        await demo.StopAsync(TestContext.Current.CancellationToken);
    }

    private FileScanner Scanner(Clamd clamd, TimeProvider? clock = null) =>
        new(registry.Services.GetRequiredService<WorkerDb>(), registry.Services.GetRequiredService<OwnWork>(), clamd, clock ?? TimeProvider.System, NullLogger<FileScanner>.Instance);

    private async Task<string?> VerdictAsync(Guid file)
    {
        await using var connection = await registry.SuperuserAsync();
        return await connection.ExecuteScalarAsync<string?>("select verdict from app.request_file where id = @file", new { file });
    }

    private async Task<int> AttemptsAsync(Guid file)
    {
        await using var connection = await registry.SuperuserAsync();
        return await connection.ExecuteScalarAsync<int>("select count(*)::int from app.request_file_scan where file_id = @file", new { file });
    }
}
