using Dapper;
using Registry.Features.Records;
using Registry.History;
using Registry.Tests.Support;

namespace Registry.Tests.History;

/// <summary>
/// A superuser with every trigger off changes the history in all the ways there are. Each is found, and the line is named.
/// (A tail cut together with its head needs the anchors: AnchorTests.)
/// </summary>
[Trait("Kind", "pages")]
[Trait("S", "64")]
public sealed class VerificationTests(DamagedDatabase damaged) : IClassFixture<DamagedDatabase>
{
    /// <summary>Every column of a line, with a value of its type that is not the one it had.</summary>
    public static TheoryData<string, string, string> Columns => new()
    {
        { "event", "recorded_at", "recorded_at + interval '1 microsecond'" },
        { "event", "recorded_at", "'infinity'" },
        { "event", "recorded_at", "'0044-03-15 BC'" },
        { "event", "person_id", "gen_random_uuid()" },
        { "event", "role", "role || ' '" },
        { "event", "action", "'OTHER'" },
        { "event", "object_type", "'OTHER'" },
        { "event", "object_id", "null" },
        { "event", "outcome", "'REFUSED'" },
        { "event", "request_id", "'other'" },
        { "event", "commitment", "sha256(commitment)" },
        { "event", "body", "body || ' '" },
        { "event", "hash", "sha256(hash)" },
        { "event", "seal", "sha256(seal)" },
        { "detail", "salt", "sha256(salt)" },
        { "detail", "details", "replace(details, 'Test', 'Somebody else')" },
        { "detail", "details", "'not even JSON'" },
    };

    [Theory]
    [MemberData(nameof(Columns))]
    public async Task A_changed_column_is_found_and_its_line_named(string table, string column, string value)
    {
        var scratch = damaged.Database;
        var body = await scratch.AddBodyAsync(lines: 5);
        Assert.Empty(await damaged.FaultsOfAsync(body));

        Assert.Equal(1, await scratch.ForgeAsync($"update history.{table} set {column} = {value} where organisation_id = @body and sequence = 3", new { body }));

        var faults = await damaged.FaultsOfAsync(body);
        Assert.StartsWith($"organisation {body} line 3 (", faults[0], StringComparison.Ordinal);
        // A changed hash also breaks the line that quotes it; nothing else may be accused.
        Assert.All(faults.Skip(1), fault => Assert.StartsWith($"organisation {body} line 4 (", fault, StringComparison.Ordinal));
    }

    [Fact]
    public async Task No_column_is_left_out_of_the_theory_above()
    {
        await using var connection = await damaged.Database.SuperuserAsync();
        var columns = await connection.QueryAsync<(string, string)>(
            """
            select table_name::text, column_name::text
              from information_schema.columns
             where table_schema = 'history' and table_name in ('event', 'detail') and column_name not in ('organisation_id', 'sequence')
            """);
        // The two parts of the key have tests of their own: a swap, a move, a gap.
        Assert.Empty(columns.Except(Columns.Select(row => (row.Data.Item1, row.Data.Item2))));
    }

    public static TheoryData<string, string, string> Damages => new()
    {
        { "a line in the middle gone", "line 3 is missing",
          "delete from history.detail where organisation_id = @body and sequence = 3; delete from history.event where organisation_id = @body and sequence = 3" },
        { "the first line gone", "line 1 is missing",
          "delete from history.detail where organisation_id = @body and sequence = 1; delete from history.event where organisation_id = @body and sequence = 1" },
        { "the last line gone", "head: says line 5, the chain ends at line 4",
          "delete from history.detail where organisation_id = @body and sequence = 5; delete from history.event where organisation_id = @body and sequence = 5" },
        { "the last line gone, its words left, the head set back", "line 5: is missing, its details are there",
          """
          delete from history.event where organisation_id = @body and sequence = 5;
          update history.chain c set sequence = 4, hash = e.hash from history.event e
           where c.organisation_id = @body and e.organisation_id = @body and e.sequence = 4
          """ },
        { "a gap closed by numbering on", "line 3 (TEST): its columns or the line before it were changed",
          """
          delete from history.detail where organisation_id = @body and sequence = 3; delete from history.event where organisation_id = @body and sequence = 3;
          update history.event set sequence = sequence - 1 where organisation_id = @body and sequence > 3;
          update history.detail set sequence = sequence - 1 where organisation_id = @body and sequence > 3;
          update history.chain set sequence = 4 where organisation_id = @body
          """ },
        { "the words of a line gone", "line 3 (TEST): its details are missing",
          "delete from history.detail where organisation_id = @body and sequence = 3" },
        { "a copy put at the end", "line 6 (TEST): its columns or the line before it were changed",
          """
          insert into history.event select organisation_id, 6, recorded_at, person_id, role, action, object_type, object_id, outcome, request_id,
                 commitment, body, hash, seal from history.event where organisation_id = @body and sequence = 5;
          insert into history.detail select organisation_id, 6, salt, details from history.detail where organisation_id = @body and sequence = 5;
          update history.chain set sequence = 6 where organisation_id = @body
          """ },
        { "a copy put in the middle", "line 3 (TEST): its columns or the line before it were changed",
          """
          update history.event set sequence = sequence + 100 where organisation_id = @body and sequence > 2;
          update history.event set sequence = sequence - 99 where organisation_id = @body and sequence > 100;
          update history.detail set sequence = sequence + 100 where organisation_id = @body and sequence > 2;
          update history.detail set sequence = sequence - 99 where organisation_id = @body and sequence > 100;
          insert into history.event select organisation_id, 3, recorded_at, person_id, role, action, object_type, object_id, outcome, request_id,
                 commitment, body, hash, seal from history.event where organisation_id = @body and sequence = 2;
          insert into history.detail select organisation_id, 3, salt, details from history.detail where organisation_id = @body and sequence = 2;
          update history.chain set sequence = 6 where organisation_id = @body
          """ },
        { "two lines swapped", "line 2 (TEST): its columns or the line before it were changed",
          """
          update history.event set sequence = 99 where organisation_id = @body and sequence = 2;
          update history.event set sequence = 2 where organisation_id = @body and sequence = 3;
          update history.event set sequence = 3 where organisation_id = @body and sequence = 99;
          update history.detail set sequence = 99 where organisation_id = @body and sequence = 2;
          update history.detail set sequence = 2 where organisation_id = @body and sequence = 3;
          update history.detail set sequence = 3 where organisation_id = @body and sequence = 99
          """ },
        { "the words of two lines swapped", "line 2 (TEST): its details were changed",
          """
          update history.detail set sequence = 99 where organisation_id = @body and sequence = 2;
          update history.detail set sequence = 2 where organisation_id = @body and sequence = 3;
          update history.detail set sequence = 3 where organisation_id = @body and sequence = 99
          """ },
        { "the head moved on", "head: says line 9, the chain ends at line 5",
          "update history.chain set sequence = 9 where organisation_id = @body" },
        { "the head's hash changed", "head: says line 5, the chain ends at line 5",
          "update history.chain set hash = sha256(hash) where organisation_id = @body" },
        { "the head gone", "head: missing",
          "delete from history.chain where organisation_id = @body" },
        { "every line gone, the head left", "head: says line 5, the chain ends at line 0",
          "delete from history.detail where organisation_id = @body; delete from history.event where organisation_id = @body" },
    };

    [Theory]
    [MemberData(nameof(Damages))]
    public async Task Damage_is_found(string what, string fault, string sql)
    {
        var body = await damaged.Database.AddBodyAsync(lines: 5);
        Assert.Empty(await damaged.FaultsOfAsync(body));

        Assert.NotEqual(0, await damaged.Database.ForgeAsync(sql, new { body }));

        var faults = await damaged.FaultsOfAsync(body);
        Assert.True(faults.Count > 0 && faults[0].Contains(fault, StringComparison.Ordinal), $"{what}: {string.Join("\n", faults)}");
    }

    [Fact]
    public async Task Lines_moved_to_another_organisation_are_found_in_both()
    {
        var scratch = damaged.Database;
        var (from, to) = (await scratch.AddBodyAsync(lines: 4), await scratch.AddBodyAsync(lines: 2));

        await scratch.ForgeAsync(
            """
            update history.event set organisation_id = @to where organisation_id = @from and sequence > 2;
            update history.detail set organisation_id = @to where organisation_id = @from and sequence > 2;
            update history.chain c set sequence = e.sequence, hash = e.hash from history.event e
             where c.organisation_id = @from and e.organisation_id = @from and e.sequence = 2;
            update history.chain c set sequence = e.sequence, hash = e.hash from history.event e
             where c.organisation_id = @to and e.organisation_id = @to and e.sequence = 4
            """, new { from, to });

        // The body that lost its last lines shows nothing without an anchor; the other cannot make them its own.
        Assert.StartsWith($"organisation {to} line 3 (TEST): its columns", (await damaged.FaultsOfAsync(to))[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_well_formed_line_without_the_seal_of_this_registry_is_found()
    {
        var scratch = damaged.Database;
        var body = await scratch.AddBodyAsync(lines: 3);
        await Forger.AppendAsync(scratch, body, "PROMOTED");
        var faults = await damaged.FaultsOfAsync(body);
        Assert.Equal([$"organisation {body} line 4 (PROMOTED): its seal was not made by this registry"], faults);
    }

    [Fact]
    public async Task A_whole_chain_written_again_with_right_hashes_is_found_at_its_first_line()
    {
        var scratch = damaged.Database;
        var body = await scratch.AddBodyAsync(lines: 3);
        await scratch.ForgeAsync(
            """
            delete from history.detail where organisation_id = @body; delete from history.event where organisation_id = @body;
            update history.chain set sequence = 0, hash = '\x' where organisation_id = @body
            """, new { body });
        for (var i = 0; i < 3; i++) await Forger.AppendAsync(scratch, body, "TEST");
        var faults = await damaged.FaultsOfAsync(body);
        Assert.Equal(3, faults.Count);
        Assert.Equal($"organisation {body} line 1 (TEST): its seal was not made by this registry", faults[0]);
    }

    [Fact]
    public async Task The_process_answers_0_on_an_intact_registry_and_1_with_the_first_bad_line_on_a_damaged_one()
    {
        await using var scratch = await ScratchDatabase.MakeAsync();
        var body = await scratch.AddBodyAsync(lines: 4);

        var (code, output) = await scratch.RunAsync("verify");
        Assert.True(code == 0, output);
        Assert.Contains("1 chain, 4 events, 0 published versions: intact.", output);
        Assert.Contains("No anchor before this check", output);

        await scratch.WriteAsync(body);
        (code, output) = await scratch.RunAsync("verify");
        Assert.True(code == 0, output);
        Assert.Contains("1 anchor, the newest 0 minutes old; 1 event since.", output);

        // The worst the words can become: then even the check of the published versions must not stumble over them.
        await scratch.ForgeAsync("update history.event set action = 'RECORD_PUBLISHED', object_id = null where sequence = 2; update history.detail set details = 'x' where sequence = 3");
        (code, output) = await scratch.RunAsync("verify");
        Assert.Equal(1, code);
        Assert.StartsWith($"organisation {body} line 2 (RECORD_PUBLISHED): its columns or the line before it were changed", output, StringComparison.Ordinal);
        Assert.DoesNotContain("Unhandled", output);
    }

    [Fact]
    public async Task A_published_text_changed_together_with_its_hash_is_found()
    {
        await using var scratch = await ScratchDatabase.MakeAsync();
        var body = await scratch.AddBodyAsync(lines: 1);
        var record = Guid.CreateVersion7();
        const string text = "{\"identification\":{\"title\":\"État civil\"}}";
        await scratch.ForgeAsync(
            """
            insert into app.processing_record (organisation_id, id, number, title, status, sheet, completeness, sensitive, minors, dpia_due, created_at, updated_at, updated_by)
            values (@body, @record, 1, 'État civil', 'PUBLISHED', '{}', 100, false, false, false, now(), now(), 'Test');
            insert into app.record_version (organisation_id, record_id, number, content, sha256, change_summary, published_at, published_by)
            values (@body, @record, 1, @text, @sha256, 'Première version', now(), 'Test')
            """, new { body, record, text, sha256 = SheetJson.Sha256(text) });
        await scratch.WorkAsync(Registry.Data.Scope.ForOrganisation(body), async db => await new Chain(scratch.Keys).AppendAsync(
            await db.OpenAsync(), [new Event(body, Actions.RecordPublished.Code, "RECORD", record, new EventDetails { Subject = $"T-0001 v1 sha256:{SheetJson.Sha256(text)}" })],
            DateTimeOffset.UtcNow, null, "SYSTEM", "test"));
        Assert.Equal((1, 0), await FaultsAsync());

        await scratch.ForgeAsync("update app.record_version set content = @other, sha256 = encode(sha256(convert_to(@other, 'UTF8')), 'hex')", new { other = text.Replace("civil", "militaire") });
        Assert.Equal((1, 1), await FaultsAsync());

        await scratch.ForgeAsync("delete from app.record_version");
        Assert.Equal((0, 1), await FaultsAsync());

        async Task<(int, int)> FaultsAsync()
        {
            var (versions, faults) = await VersionVerification.RunAsync(scratch.ConnectionString, scratch.Keys);
            Assert.All(faults, fault => Assert.True(fault.Contains("T-0001 version 1", StringComparison.Ordinal) || fault == "1 published versions are gone", fault));
            return (versions, faults.Count);
        }
    }
}
