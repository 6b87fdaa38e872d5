namespace Registry.Features.Conventions;

/// <summary>Which conventions call for an act next, over everything the person reaches: for the page of the day.</summary>
public sealed class ConventionsDue(ConventionStore store)
{
    public async Task<IReadOnlyList<ConventionLine>> ListAsync(int most) => [.. (await store.ListEverywhereAsync(null, null, most, 0)).Where(line => line.NextOn is not null)];
}
