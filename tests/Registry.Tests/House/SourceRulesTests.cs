using Registry.Tests.Support;

namespace Registry.Tests.House;

public sealed class SourceRulesTests
{
    private static readonly Dictionary<string, Func<IEnumerable<SourceFile>, IEnumerable<string>>> Rules = new()
    {
        ["connections"] = SourceRules.Connections,
        ["SQL with holes"] = SourceRules.SqlWithHoles,
        ["select *"] = SourceRules.SelectStar,
        ["queries in views"] = SourceRules.QueriesInViews,
        ["clocks"] = SourceRules.Clocks,
        ["arrows"] = SourceRules.Arrows,
        ["stores of others"] = SourceRules.ForeignStores,
        ["sizes"] = SourceRules.Sizes,
        ["markup"] = SourceRules.Markup,
    };

    public static TheoryData<string> Names => [.. Rules.Keys];

    [Theory, MemberData(nameof(Names))]
    [Trait("S", "11")]
    [Trait("S", "53")]
    public void The_source_keeps_the_rule(string rule)
    {
        Assert.True(SourceFile.All.Count > 100);
        var faults = Rules[rule](SourceFile.All).ToList();
        Assert.True(faults.Count == 0, $"{faults.Count} faults:\n{string.Join('\n', faults)}");
    }

    [Theory]
    [InlineData("connections", "Features/Records/Secret.cs", "await using var c = new NpgsqlConnection(settings.Database);")]
    [InlineData("connections", "Features/Records/Secret.cs", "await using var c = await source.OpenConnectionAsync();")]
    [InlineData("connections", "Access/GrantStore.cs", "var c = await database.OpenWebAsync();")]
    [InlineData("SQL with holes", "Features/Records/RecordStore.cs", "c.QueryAsync($\"select id from person where name = '{name}'\")")]
    [InlineData("SQL with holes", "Features/Records/RecordStore.cs", "c.ExecuteAsync($\"\"\"\n   update person set name = '{name}'\n \"\"\")")]
    [InlineData("SQL with holes", "Features/Records/RecordStore.cs", "c.ExecuteAsync(\"delete from person where id = \" + id)")]
    [InlineData("SQL with holes", "Features/Records/RecordStore.cs", "c.QueryAsync<int>(string.Format(Text, id))")]
    [InlineData("select *", "Features/Records/RecordStore.cs", "select * from person")]
    [InlineData("select *", "Features/Records/RecordStore.cs", "select p.* from person p")]
    [InlineData("queries in views", "Features/Records/Index.cshtml", "@inject RecordStore store")]
    [InlineData("queries in views", "Features/Records/Index.cshtml", "@{ var rows = await Model.Connection.QueryAsync<int>(\"\"); }")]
    [InlineData("clocks", "Features/Records/Clock.cs", "var now = DateTime.Now;")]
    [InlineData("clocks", "Deadlines/Clock.cs", "var now = DateTimeOffset.UtcNow;")]
    [InlineData("arrows", "Data/Db.cs", "using Registry.Features.Records;")]
    [InlineData("arrows", "Identity/Sessions.cs", "using Registry.Features.Records;")]
    [InlineData("arrows", "Features/Records/RecordStore.cs", "select id from identity.account")]
    [InlineData("markup", "Features/Records/Index.cshtml", "<p style=\"color: red\">")]
    [InlineData("markup", "Features/Records/Index.cshtml", "<a class=\"x\" onclick=\"go()\">")]
    [InlineData("markup", "Features/Records/Index.cshtml", "<script src=\"~/site.js\"></script>")]
    [InlineData("markup", "Features/Records/Index.cshtml", "@Html.Raw(Model.Title)")]
    public void A_planted_hole_is_found(string rule, string path, string text) => Assert.Single(Rules[rule]([new SourceFile(path, text)]));

    [Fact]
    public void The_store_of_another_feature_is_found() =>
        Assert.Single(SourceRules.ForeignStores(
        [
            new SourceFile("Features/Records/RecordStore.cs", "public sealed class RecordStore(Db db)"),
            new SourceFile("Features/Trails/Index.cshtml.cs", "public sealed class IndexModel(RecordStore store)"),
        ]));

    [Theory]
    [InlineData("Features/Records/Long.cshtml.cs", 150)]
    [InlineData("Features/Records/LongStore.cs", 250)]
    [InlineData("Features/Records/Long.cshtml", 220)]
    [InlineData("Features/Records/Long.cs", 400)]
    public void A_long_file_is_found(string path, int lines)
    {
        Assert.Single(SourceRules.Sizes([new SourceFile(path, string.Join('\n', Enumerable.Repeat("//", lines)))]));
        Assert.Empty(SourceRules.Sizes([new SourceFile(path, string.Join('\n', Enumerable.Repeat("//", lines - 1)))]));
    }
}
