using Registry.Tests.Support;

namespace Registry.Tests.History;

/// <summary>One database for many damages, each in a chain of its own.</summary>
public sealed class DamagedDatabase : IAsyncLifetime
{
    public ScratchDatabase Database { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Database = await ScratchDatabase.MakeAsync();

    public async Task<IReadOnlyList<string>> FaultsOfAsync(Guid body) =>
        [.. (await Database.VerifyAsync()).Faults.Where(fault => fault.Contains(body.ToString(), StringComparison.Ordinal))];

    public ValueTask DisposeAsync() => Database.DisposeAsync();
}
