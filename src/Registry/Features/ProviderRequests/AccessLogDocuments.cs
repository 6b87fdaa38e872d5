using Registry.Access;
using Registry.Documents;
using Registry.Features.Shared;

namespace Registry.Features.ProviderRequests;

/// <summary>The journal of what was asked of providers in the last twelve months (B 2.3: requests are archived).</summary>
public sealed class AccessLogDocuments(ProviderRequestStore store, Visitor visitor, TimeProvider clock) : IDocumentSource
{
    private const int Batch = 500;

    public IReadOnlyList<string> Codes { get; } = ["DOC_ACCESS_LOG"];

    public async Task<DocumentContent?> BuildAsync(string code, string reference)
    {
        var (today, zone, all) = (visitor.Organisation.Today(clock), visitor.Organisation.Zone, new List<ProviderRequest>());
        var (from, page) = (today.AddYears(-1).AddDays(1), 1);
        IReadOnlyList<ProviderRequest> batch;
        do
        {
            batch = await store.ListAsync(ProviderRequestFilter.All with { Page = page++ }, asProvider: false, from: from, to: today, size: Batch);
            all.AddRange(batch.Take(Batch));
        }
        while (batch.Count >= Batch);
        string Day(DateTimeOffset? at) => Filling.Cell(at is { } moment ? Dates.Instant(moment, zone) : null);
        return new($"Journal des demandes d’accès de {visitor.Organisation.Name}", null, "", Filling.Of(
            ("from", Dates.Full(from)), ("to", Dates.Full(today)), ("count", all.Count),
            ("requests", Filling.Each(all, one => (object?)Filling.Of(
                ("number", one.Reference), ("what", one.What), ("provider", one.ProviderName), ("system", Filling.Cell(one.System)), ("state", ProviderRequestStates.Word(one)),
                ("by", Filling.Cell(one.FromProvider ? one.ProviderName : one.RequestedBy)), ("authority", Filling.Cell(one.Authority)), ("submitted", Day(one.SubmittedAt)), ("ended", Day(one.EndedAt)))))));
    }
}
