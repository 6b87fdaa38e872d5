using System.Security.Cryptography;
using Dapper;
using Npgsql;
using Registry.Data;
using Registry.Demo;
using Registry.History;
using Registry.Tests.Support;

namespace Registry.Tests.History;

/// <summary>No event, no commit (S-60); what is written in the history stays (S-62). For the program, the owner and a superuser alike.</summary>
[Trait("Kind", "pages")]
public sealed class ProvedTests
{
    /// <summary>Mail is what follows from a change, not a change (S-93). A draft is what its author has not said yet, a kept view is how she looks.</summary>
    private static readonly string[] Unproved = ["absence", "job_run", "lost_code", "notice", "outbox_mail", "record_draft", "request_file_scan", "saved_view", "weekly_summary"];

    [Fact]
    [Trait("S", "60")]
    public async Task A_change_of_any_table_without_its_event_is_not_committed_whoever_makes_it()
    {
        await using var scratch = await ScratchDatabase.MakeAsync();
        await DemoData.LoadAsync(scratch.ConnectionString, scratch.Keys);
        await using var connection = await scratch.SuperuserAsync();
        var body = await scratch.AddBodyAsync(lines: 1);
        // What the demonstration leaves empty.
        await scratch.WorkAsync(Scope.ForOrganisation(body), async db => await (await db.OpenAsync()).ExecuteAsync(
            "insert into org_unit (organisation_id, id, name) values (@body, @id, 'Accueil')", new { body, id = Guid.CreateVersion7() }), body);
        var tables = (await connection.QueryAsync<(string Name, bool Proved)>(
            """
            select c.relname::text,
                   exists (select from pg_trigger t where t.tgrelid = c.oid and t.tgname = 'proved' and t.tgenabled = 'O' and t.tgdeferrable
                              and t.tgfoid = 'history.require_event'::regproc and (t.tgtype & 28) = 28)
              from pg_class c
             where c.relnamespace = 'app'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
             order by c.relname
            """)).ToList();
        Assert.Equal(Unproved, tables.Where(table => !table.Proved).Select(table => table.Name));

        var tried = new List<string>();
        foreach (var (table, _) in tables.Where(table => table.Proved))
        {
            if (!await connection.ExecuteScalarAsync<bool>($"select exists (select from app.{table})")) continue;
            var column = await connection.ExecuteScalarAsync<string>(
                "select attname from pg_attribute where attrelid = @table::regclass and attnum > 0 and not attisdropped order by attnum limit 1",
                new { table = "app." + table });
            // A table that freezes its rows refuses earlier; the trigger of that table steps aside so that this one is seen.
            var others = await connection.QueryAsync<string>(
                "select tgname::text from pg_trigger where tgrelid = @table::regclass and not tgisinternal and tgname <> 'proved'", new { table = "app." + table });
            foreach (var role in (string[])["registre", "app_owner"])
            {
                await using var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
                if (role == "app_owner") await connection.ExecuteAsync("set local role app_owner");
                await connection.ExecuteAsync($"alter table app.{table} no force row level security");
                foreach (var other in others) await connection.ExecuteAsync($"alter table app.{table} disable trigger {other}");
                Assert.Equal(1, await connection.ExecuteAsync($"update app.{table} set {column} = {column} where ctid = (select ctid from app.{table} limit 1)"));
                var refused = await Assert.ThrowsAsync<PostgresException>(() => transaction.CommitAsync(TestContext.Current.CancellationToken));
                Assert.Equal($"a change of app.{table} without its event", refused.MessageText);
            }
            tried.Add(table);
        }
        Assert.Superset(new HashSet<string>(["appointment", "mutualisation", "mutualisation_area", "org_unit", "organisation", "person", "processing_record",
            "record_version", "reference_counter"]), new HashSet<string>(tried));
    }

    [Fact]
    [Trait("S", "60")]
    public async Task An_event_in_the_chain_of_another_organisation_does_not_prove_the_change()
    {
        await using var scratch = await ScratchDatabase.MakeAsync();
        var (mine, other) = (await scratch.AddBodyAsync(lines: 1), await scratch.AddBodyAsync(lines: 1));
        var refused = await Assert.ThrowsAsync<PostgresException>(() => scratch.WorkAsync(Scope.Platform, async db =>
            await (await db.OpenAsync()).ExecuteAsync("update organisation set name = 'Autre' where id = @mine", new { mine }), other));
        Assert.Equal("a change of app.organisation without its event", refused.MessageText);
    }

    [Theory]
    [InlineData("registre")]
    [InlineData("app_owner")]
    [Trait("S", "60")]
    public async Task A_row_that_moves_to_another_organisation_needs_an_event_in_both(string role)
    {
        await using var scratch = await ScratchDatabase.MakeAsync();
        var (from, to) = (await scratch.AddBodyAsync(lines: 1), await scratch.AddBodyAsync(lines: 1));
        await scratch.WorkAsync(Scope.ForOrganisation(from), async db => await (await db.OpenAsync()).ExecuteAsync(
            "insert into org_unit (organisation_id, id, name) values (@from, @id, 'Accueil')", new { from, id = Guid.CreateVersion7() }), from);
        await using var connection = await scratch.SuperuserAsync();

        Assert.Equal("a change of app.org_unit without its event", await MoveAsync(to));
        Assert.Equal("a change of app.org_unit without its event", await MoveAsync(from));
        Assert.Null(await MoveAsync(from, to));
        Assert.Equal(to, await connection.ExecuteScalarAsync<Guid>("select organisation_id from app.org_unit"));

        async Task<string?> MoveAsync(params Guid[] told)
        {
            await using var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
            await connection.ExecuteAsync($"set local role {role}; alter table app.org_unit no force row level security; alter table history.chain no force row level security");
            // What an event leaves at the head of its chain; the event itself is judged elsewhere.
            await connection.ExecuteAsync("update history.chain set last_transaction = pg_current_xact_id() where organisation_id = any(@told)", new { told });
            Assert.Equal(1, await connection.ExecuteAsync("update app.org_unit set organisation_id = @to", new { to }));
            try
            {
                await transaction.CommitAsync(TestContext.Current.CancellationToken);
                return null;
            }
            catch (PostgresException refused)
            {
                return refused.MessageText;
            }
        }
    }

    public static TheoryData<string, string> Refusals => new()
    {
        { "a wrong previous hash", "this event does not follow the chain" },
        { "a gap in the sequence", "this event does not follow the chain" },
        { "the same line again", "this event does not follow the chain" },
        { "a hash that is not that of the text", "this event does not follow the chain" },
        { "a foreign organisation", "chain out of reach" },
        { "no context", "chain out of reach" },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    [Trait("S", "62")]
    public async Task The_append_function_refuses(string what, string message)
    {
        await using var scratch = await ScratchDatabase.MakeAsync();
        var (mine, other) = (await scratch.AddBodyAsync(lines: 2), await scratch.AddBodyAsync(lines: 2));
        await using var admin = await scratch.SuperuserAsync();
        var end = await admin.QuerySingleAsync<byte[]>("select hash from history.chain where organisation_id = @mine", new { mine });
        await using var connection = new NpgsqlConnection(Database.ForRole(scratch.ConnectionString, "app_web", scratch.Keys).ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        if (what != "no context")
        {
            var (context, mac) = Scope.ForOrganisation(mine).Sign(scratch.Keys.Derive("context"), DateTimeOffset.UtcNow);
            await connection.ExecuteAsync("select set_config('app.ctx', @context, true), set_config('app.mac', @mac, true)", new { context, mac });
        }
        var body = "any text";
        var values = new
        {
            organisation = what == "a foreign organisation" ? other : mine,
            sequence = what switch { "a gap in the sequence" => 4L, "the same line again" => 2L, _ => 3L },
            previous = what == "a wrong previous hash" ? SHA256.HashData(end) : end,
            body,
            hash = what == "a hash that is not that of the text" ? SHA256.HashData("another"u8) : Chain.Hash(body),
        };

        var refused = await Assert.ThrowsAsync<PostgresException>(() => AppendAsync());
        Assert.Equal((message, "42501"), (refused.MessageText, refused.SqlState));

        await transaction.RollbackAsync(TestContext.Current.CancellationToken);
        Assert.Equal(2, await admin.ExecuteScalarAsync<int>("select count(*) from history.event where organisation_id = @mine", new { mine }));

        Task AppendAsync() => connection.ExecuteAsync(
            """
            select history.append(@organisation, @sequence, @previous, now(), null, 'SYSTEM', 'TEST', 'TEST', null, 'OK', 'test', '\x00', @body, @hash,
              '\x00', '\x00', '{}')
            """, values);
    }

    [Fact]
    [Trait("S", "62")]
    public async Task The_history_is_neither_changed_nor_emptied_by_the_program_its_owner_or_a_superuser()
    {
        await using var scratch = await ScratchDatabase.MakeAsync();
        await scratch.AddBodyAsync(lines: 3);
        await using var connection = await scratch.SuperuserAsync();
        string[] acts =
        [
            "update history.event set action = 'OTHER'", "delete from history.event", "truncate history.event cascade",
            "update history.detail set details = '{}'", "delete from history.detail", "truncate history.detail",
            "delete from history.chain", "truncate history.chain",
        ];
        foreach (var role in (string[])["registre", "app_owner", "app_guard", "app_web", "app_signin", "app_worker", "app_public", "app_backup"])
        {
            foreach (var act in acts)
            {
                await using var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
                // The owner could lift the policies from her own tables: the triggers must hold by themselves.
                foreach (var table in (string[])["event", "detail", "chain"]) await connection.ExecuteAsync($"alter table history.{table} no force row level security");
                if (role != "registre") await connection.ExecuteAsync($"grant {role} to registre; set local role {role}");
                var refused = await Assert.ThrowsAsync<PostgresException>(() => connection.ExecuteAsync(act));
                Assert.True(refused.SqlState == "42501", $"{role}: {act}: {refused.MessageText}");
            }
        }
        Assert.Empty((await scratch.VerifyAsync()).Faults);
    }
}
