using Dapper;
using Registry.Tests.Support;

namespace Registry.Tests.House;

[Trait("Kind", "pages")]
[Trait("S", "57")]
public sealed class CatalogueTests(RegistryFixture registry)
{
    [Fact]
    [Trait("S", "50")]
    [Trait("S", "51")]
    [Trait("S", "55")]
    public async Task The_migrated_database_keeps_organisations_apart()
    {
        await using var connection = await registry.SuperuserAsync();
        var faults = await Catalogue.FaultsAsync(connection);
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    private const string Table = "set role app_owner; create table app.planted (organisation_id uuid not null, id uuid not null, primary key (organisation_id, id)); reset role;";
    private const string Kept = Table + "set role app_owner; call app.keep_apart('app.planted', 'organisations'); reset role;";

    [Theory]
    [InlineData(Table, "app.planted: row-level security")]
    [InlineData(Table, "app.planted: no policy for app_web")]
    [InlineData(Table, "app.planted: it can change without an event")]
    [InlineData(Kept + "alter table app.planted no force row level security", "app.planted: row-level security")]
    [InlineData(Kept + "drop policy web on app.planted", "app.planted: no policy for app_web")]
    [InlineData(Kept + "drop trigger proved on app.planted", "app.planted: it can change without an event")]
    [InlineData(Kept + "alter table app.planted disable trigger proved", "app.planted: it can change without an event")]
    [InlineData(Kept + "alter table app.planted owner to app_web", "app.planted: owned by app_web")]
    [InlineData(Kept + "alter table app.planted add unit uuid references app.person (id)", "app.planted(unit) → app.person")]
    [InlineData(Kept + "create unique index on app.planted (id)", "app.planted(id): a unique key")]
    [InlineData(Kept + "grant delete on app.planted to app_web", "app.planted: app_web may delete")]
    [InlineData(Kept + "grant select on app.planted to public", "app.planted: PUBLIC may select")]
    [InlineData("create table app.planted (id uuid primary key)", "app.planted: no organisation_id")]
    [InlineData("grant usage on schema identity to app_web", "identity: app_web may use this schema")]
    [InlineData("grant select on identity.account to app_web", "identity.account: app_web may read it")]
    [InlineData("grant select (inner_pad) on guard.context_key to app_worker", "guard.context_key: app_worker may read it")]
    [InlineData("grant update (details) on history.detail to app_web", "history.detail: app_web may write the history")]
    [InlineData("grant insert on history.event to app_worker", "history.event: app_worker may change the history")]
    [InlineData("alter role app_migrator superuser", "app_migrator: a role of ours is superuser")]
    [InlineData("alter role app_migrator nologin", "app_migrator: it cannot log in and work")]
    [InlineData("revoke app_owner from app_migrator", "app_migrator: it cannot log in and work")]
    [InlineData("grant app_backup to app_migrator", "app_migrator: it is a member of app_backup")]
    [InlineData("grant app_migrator to app_web", "app_web: it may work as app_migrator")]
    [InlineData("create function app.planted() returns int language sql security definer set search_path = pg_catalog, pg_temp as 'select 1'", "app.planted: a SECURITY DEFINER function")]
    [InlineData("create function app.planted() returns int language sql as 'select 1'", "app.planted: its search_path")]
    [InlineData("alter function app.context() set search_path = app", "app.context: its search_path")]
    [InlineData("create view app.planted as select id from app.person", "app.planted: a view without security_invoker")]
    [InlineData("create materialized view app.planted as select id from app.person", "app.planted: a materialised view")]
    [InlineData("grant create on schema public to public", "public: PUBLIC may create")]
    [InlineData("grant create on schema app to app_web", "app: app_web may create")]
    public async Task A_planted_hole_is_found(string hole, string fault)
    {
        await using var connection = await registry.SuperuserAsync();
        await using var planted = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await connection.ExecuteAsync(hole);
        Assert.Contains(await Catalogue.FaultsAsync(connection), found => found.StartsWith(fault, StringComparison.Ordinal));
        await planted.RollbackAsync(TestContext.Current.CancellationToken);
    }
}
