using Registry.Tests.Support;

namespace Registry.Tests.History;

/// <summary>What the chains cannot show of themselves: their end.</summary>
[Trait("Kind", "pages")]
[Trait("S", "63")]
public sealed class AnchorTests
{
    private const string CutTail =
        """
        delete from history.detail where organisation_id = @body and sequence > 3; delete from history.event where organisation_id = @body and sequence > 3;
        update history.chain c set sequence = 3, hash = e.hash from history.event e where c.organisation_id = @body and e.organisation_id = @body and e.sequence = 3
        """;
    private const string Wipe =
        """
        delete from history.detail where organisation_id = @body; delete from history.event where organisation_id = @body;
        delete from history.chain where organisation_id = @body
        """;

    [Fact]
    public async Task A_tail_cut_with_its_head_set_back_is_found_by_an_anchor_and_by_nothing_else()
    {
        await using var scratch = await ScratchDatabase.MakeAsync();
        var body = await scratch.AddBodyAsync(lines: 5);
        await AnchorAsync(scratch);

        await scratch.ForgeAsync(CutTail, new { body });

        Assert.Empty((await scratch.VerifyAsync()).Faults);
        Assert.StartsWith($"organisation {body} line 5: is gone that was anchored at ", Assert.Single(await FaultsAsync(scratch)), StringComparison.Ordinal);
        var (code, output) = await scratch.RunAsync("verify");
        Assert.Equal(1, code);
        Assert.StartsWith($"organisation {body} line 5: is gone", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cut_tail_stays_found_when_the_chain_has_grown_over_it_and_was_anchored_again()
    {
        await using var scratch = await ScratchDatabase.MakeAsync();
        var body = await scratch.AddBodyAsync(lines: 5);
        await AnchorAsync(scratch);
        await scratch.ForgeAsync(CutTail, new { body });
        await AnchorAsync(scratch);
        for (var i = 0; i < 4; i++) await scratch.WriteAsync(body);
        await AnchorAsync(scratch);

        Assert.Empty((await scratch.VerifyAsync()).Faults);
        Assert.StartsWith($"organisation {body} line 5: is not the one anchored at ", Assert.Single(await FaultsAsync(scratch)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tail_cut_before_any_anchor_saw_it_is_the_stated_limit_and_verify_says_how_wide_it_is()
    {
        await using var scratch = await ScratchDatabase.MakeAsync();
        var body = await scratch.AddBodyAsync(lines: 3);
        await AnchorAsync(scratch);
        await scratch.WriteAsync(body);
        await scratch.WriteAsync(body);
        Assert.Equal(2, (await scratch.Anchors().VerifyAsync()).Since);

        await scratch.ForgeAsync(CutTail, new { body });

        Assert.Empty(await FaultsAsync(scratch));
    }

    [Fact]
    public async Task A_chain_wiped_out_with_its_head_is_found()
    {
        await using var scratch = await ScratchDatabase.MakeAsync();
        var (body, _) = (await scratch.AddBodyAsync(lines: 3), await scratch.AddBodyAsync(lines: 2));
        await AnchorAsync(scratch);
        await scratch.ForgeAsync(Wipe, new { body });
        Assert.Empty((await scratch.VerifyAsync()).Faults);
        Assert.StartsWith($"organisation {body} line 3: is gone", Assert.Single(await FaultsAsync(scratch)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_history_written_again_by_somebody_who_has_the_sealing_key_is_found()
    {
        await using var scratch = await ScratchDatabase.MakeAsync();
        var body = await scratch.AddBodyAsync(lines: 3);
        await AnchorAsync(scratch);
        await scratch.ForgeAsync(Wipe, new { body });
        for (var i = 0; i < 3; i++) await scratch.WriteAsync(body);  // sealed by the registry itself: the chain has no fault
        Assert.Empty((await scratch.VerifyAsync()).Faults);
        Assert.StartsWith($"organisation {body} line 3: is not the one anchored at ", Assert.Single(await FaultsAsync(scratch)), StringComparison.Ordinal);
    }

    public static TheoryData<string, string> FileDamages => new()
    {
        { "the first line gone", "anchor 1: does not follow" },
        { "a middle line gone", "anchor 2: does not follow" },
        { "a digit changed", "anchor 2: is not what this registry wrote" },
        { "a signature changed", "anchor 2: is not what this registry wrote" },
        { "two lines swapped", "anchor 1: does not follow" },
        { "a line twice", "anchor 3: does not follow" },
        { "a line of another registry", "anchor 4: is not what this registry wrote" },
        { "a line cut short in the middle", "anchor 2: is not what this registry wrote" },
        { "the last line changed", "anchor 3: is not what this registry wrote" },
    };

    [Theory]
    [MemberData(nameof(FileDamages))]
    public async Task Damage_to_the_file_is_found_and_no_anchor_is_added_to_it(string what, string fault)
    {
        await using var scratch = await ScratchDatabase.MakeAsync();
        var body = await scratch.AddBodyAsync(lines: 2);
        for (var i = 0; i < 3; i++)
        {
            await scratch.WriteAsync(body);
            await AnchorAsync(scratch);
        }
        Assert.Empty(await FaultsAsync(scratch));
        var lines = (await File.ReadAllLinesAsync(scratch.AnchorFile, TestContext.Current.CancellationToken)).ToList();
        Assert.Equal(3, lines.Count);

        switch (what)
        {
            case "the first line gone": lines.RemoveAt(0); break;
            case "a middle line gone": lines.RemoveAt(1); break;
            case "a digit changed": lines[1] = lines[1].Replace("\"sequence\":4", "\"sequence\":3"); break;
            case "a signature changed": lines[1] = lines[1][..^3] + (lines[1][^3] == '0' ? '1' : '0') + "\"}"; break;
            case "two lines swapped": lines = [lines[1], lines[0], lines[2]]; break;
            case "a line twice": lines.Insert(2, lines[1]); break;
            case "a line of another registry": lines.Add("{\"at\":\"2026-01-01T00:00:00+00:00\",\"count\":0,\"root\":\"\",\"moved\":[],\"previous\":\"\",\"signature\":\"00\"}"); break;
            case "a line cut short in the middle": lines[1] = lines[1][..40]; break;
            case "the last line changed": lines[2] = lines[2].Replace("\"count\":1", "\"count\":2"); break;
        }
        await File.WriteAllTextAsync(scratch.AnchorFile, string.Join("\n", lines) + "\n", TestContext.Current.CancellationToken);

        Assert.StartsWith(fault, (await FaultsAsync(scratch))[0], StringComparison.Ordinal);
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => AnchorAsync(scratch));
        Assert.Contains(fault, refused.Message);
    }

    [Fact]
    public async Task What_a_power_cut_left_of_a_line_is_chained_over_by_the_next_anchor()
    {
        await using var scratch = await ScratchDatabase.MakeAsync();
        var body = await scratch.AddBodyAsync(lines: 2);
        await AnchorAsync(scratch);
        await File.AppendAllTextAsync(scratch.AnchorFile, "{\"at\":\"2026-", TestContext.Current.CancellationToken);
        await scratch.WriteAsync(body);
        await AnchorAsync(scratch);
        await AnchorAsync(scratch);
        var result = await scratch.Anchors().VerifyAsync();
        Assert.Empty(result.Faults);
        Assert.Equal((3, 0), (result.Anchors, result.Since));
    }

    [Fact]
    public async Task Only_its_owner_reads_the_file()
    {
        await using var scratch = await ScratchDatabase.MakeAsync();
        await scratch.AddBodyAsync(lines: 1);
        await AnchorAsync(scratch);
        if (OperatingSystem.IsWindows()) return;  // no modes there
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(scratch.AnchorFile));
    }

    [Fact]
    [Trait("S", "94")]
    public async Task Instances_that_share_the_file_add_one_anchor_an_hour_between_them()
    {
        await using var scratch = await ScratchDatabase.MakeAsync();
        await scratch.AddBodyAsync(lines: 2);
        var hour = TimeSpan.FromHours(1);

        var first = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => scratch.Anchors().AppendAsync(hour, TestContext.Current.CancellationToken)));
        Assert.Single(first, added => added);

        var later = new LaterClock(TimeSpan.FromMinutes(61));
        var second = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => scratch.Anchors(later).AppendAsync(hour, TestContext.Current.CancellationToken)));
        Assert.Single(second, added => added);
        Assert.Empty(await FaultsAsync(scratch));
        Assert.Equal(2, (await scratch.Anchors().VerifyAsync()).Anchors);
    }

    private static Task<bool> AnchorAsync(ScratchDatabase scratch) => scratch.Anchors().AppendAsync(TimeSpan.Zero);

    private static async Task<IReadOnlyList<string>> FaultsAsync(ScratchDatabase scratch) => (await scratch.Anchors().VerifyAsync()).Faults;

    private sealed class LaterClock(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + by;
    }
}
