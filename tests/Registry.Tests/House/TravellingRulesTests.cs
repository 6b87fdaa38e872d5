using Dapper;
using Registry.Tests.Support;

namespace Registry.Tests.House;

[Trait("Kind", "pages")]
public sealed class TravellingRulesTests(RegistryFixture registry)
{
    [Fact]
    public async Task Every_table_of_an_organisation_travels_in_its_archive_or_says_why_not()
    {
        await using var connection = await registry.SuperuserAsync();
        var faults = await TravellingRules.FaultsAsync(connection);
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    [Theory]
    [InlineData("create table app.planted (organisation_id uuid not null, id uuid not null)", "planted: it has no key")]
    [InlineData("create table app.planted (organisation_id uuid not null, id uuid primary key, content bytea)", "planted.content: bytes that nobody opens")]
    [InlineData("create table app.planted (organisation_id uuid not null, id uuid primary key, keeper_id uuid, convention_id uuid, foreign key (keeper_id, convention_id) references app.convention (organisation_id, id))", "planted → convention: a row of another organisation")]
    [InlineData("create table app.planted (organisation_id uuid not null, id uuid primary key, person_id uuid references app.person (id))", "planted → person: a row of another organisation")]
    [InlineData("create table app.planted (organisation_id uuid, id uuid, other uuid, primary key (organisation_id, id)); create table app.planted_too (organisation_id uuid, id uuid, primary key (organisation_id, id), foreign key (organisation_id, id) references app.planted (organisation_id, id)); alter table app.planted add foreign key (organisation_id, other) references app.planted_too (organisation_id, id)", "These tables point at each other in a circle: planted, planted_too")]
    public async Task A_planted_hole_is_found(string hole, string fault)
    {
        await using var connection = await registry.SuperuserAsync();
        await using var planted = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await connection.ExecuteAsync(hole);
        Assert.Contains(await TravellingRules.FaultsAsync(connection), found => found.StartsWith(fault, StringComparison.Ordinal));
    }
}
