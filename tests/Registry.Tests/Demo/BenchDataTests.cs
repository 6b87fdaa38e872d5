using Dapper;
using Registry.Demo;
using Registry.Features.Records;
using Registry.History;
using Registry.Tests.Support;

namespace Registry.Tests.Demo;

[Trait("Kind", "pages")]
public sealed class BenchDataTests
{
    [Fact]
    public async Task The_data_of_the_benchmark_stands_the_check_of_its_history_and_is_made_once()
    {
        await using var scratch = await ScratchDatabase.MakeAsync();
        await BenchData.LoadAsync(scratch.ConnectionString, scratch.Keys, 3, 200);
        var chains = await new Verification(scratch.ConnectionString, scratch.Keys).RunAsync();
        Assert.Empty(chains.Faults);
        Assert.Equal(5, chains.Chains);  // three communes, the syndicate, the platform
        var (versions, faults) = await VersionVerification.RunAsync(scratch.ConnectionString, scratch.Keys);
        Assert.Empty(faults);
        Assert.True(versions > 50);
        await Assert.ThrowsAsync<InvalidOperationException>(() => BenchData.LoadAsync(scratch.ConnectionString, scratch.Keys, 1, 1));
    }
}
