using System.Data;
using System.Net;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Registry.Data;
using Registry.Tests.Support;

namespace Registry.Tests.Data;

/// <summary>The unit of work (S-53), and that it lives with a pooler that gives each transaction another connection.</summary>
[Trait("Kind", "pages")]
[Trait("S", "53")]
public sealed class DbTests(RegistryFixture registry)
{
    [Fact]
    public async Task The_connection_goes_back_at_the_commit_and_the_next_piece_of_work_opens_another_signed_again()
    {
        var town = await Town.FoundAsync(registry);
        await using var db = new Db(registry.Services.GetRequiredService<Database>(), TimeProvider.System);
        db.ActFor(Scope.ForOrganisation(town.Id), readOnly: true);
        for (var piece = 0; piece < 2; piece++)
        {
            var connection = await db.OpenAsync();
            Assert.Equal(town.Id, await connection.ExecuteScalarAsync<Guid>("select id from organisation"));
            await db.CommitAsync();
            Assert.Equal(ConnectionState.Closed, connection.State);
        }
    }

    [Fact]
    public async Task The_pages_of_these_tests_share_the_few_connections_of_a_pooler()
    {
        Assert.SkipWhen(RegistryFixture.Pooler is null, "No PgBouncer: name one in REGISTRY_TEST_POOLER, as ./test does.");
        using var visit = registry.Browse();
        Assert.Equal(HttpStatusCode.OK, (await visit.GetAsync("/sante/pret")).Status);
        var database = registry.Services.GetRequiredService<Database>();
        var clients = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => database.OpenWebAsync().AsTask()));
        var servers = new HashSet<int>();
        foreach (var client in clients) servers.Add(await client.ExecuteScalarAsync<int>("select pg_backend_pid()"));
        foreach (var client in clients) await client.DisposeAsync();
        // Twelve clients open at once, and the pooler has four connections for them.
        Assert.InRange(servers.Count, 1, 4);
    }

    /// <summary>The context is worth one transaction: whoever gets the connection next, from our pool or from the pooler's, has none.</summary>
    [Fact]
    [Trait("S", "52")]
    public async Task What_one_transaction_may_see_is_not_left_to_the_next_on_the_same_connection()
    {
        var town = await Town.FoundAsync(registry);
        var database = registry.Services.GetRequiredService<Database>();
        await Task.WhenAll(Enumerable.Range(0, 24).Select(async turn =>
        {
            if (turn % 2 == 0)
            {
                await using var db = new Db(database, TimeProvider.System);
                db.ActFor(Scope.ForOrganisation(town.Id), readOnly: true);
                Assert.Equal(1, await (await db.OpenAsync()).ExecuteScalarAsync<int>("select count(*) from organisation"));
                await db.CommitAsync();
            }
            else
            {
                await using var connection = await database.OpenWebAsync();
                Assert.Equal(0, await connection.ExecuteScalarAsync<int>("select count(*) from organisation"));
            }
        }));
    }

    [Theory]
    [InlineData("app_web", "5s", "4s", "on")]
    [InlineData("app_signin", "5s", "4s", "on")]
    [InlineData("app_public", "5s", "4s", null)]
    [InlineData("app_backup", "0", "0", null)]
    public async Task Limits_come_with_the_role_so_that_a_pooler_cannot_lose_them(string role, string statement, string wait, string? commit)
    {
        await using var connection = new NpgsqlConnection(Database.ForRole(registry.ProgramConnectionString, role, registry.Keys).ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        var found = await connection.QuerySingleAsync<(string, string, string, string)>(
            "select current_setting('search_path'), current_setting('statement_timeout'), current_setting('lock_timeout'), current_setting('synchronous_commit')");
        Assert.Equal(("app", statement, wait, commit ?? found.Item4), found);
    }

    [Fact]
    public void The_operator_may_switch_prepared_statements_off_for_a_pooler_that_does_not_keep_them()
    {
        Assert.Equal(50, Database.ForRole("Host=db;Database=registry", "app_web", registry.Keys).MaxAutoPrepare);
        Assert.Equal(0, Database.ForRole("Host=db;Database=registry;Max Auto Prepare=0", "app_web", registry.Keys).MaxAutoPrepare);
    }
}
