using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Documents;
using Registry.Features.Records;
using Registry.Features.Shared;

namespace Registry.Features.ProcessorActivities;

/// <summary>The register of what the body does for others (GDPR 30(2)), controller by controller.</summary>
public sealed class ProcessorDocuments(ProcessorActivityStore store, Visitor visitor, IStringLocalizer t) : IDocumentSource
{
    private const int Batch = 200;

    public IReadOnlyList<string> Codes { get; } = ["DOC_PROCESSOR_REGISTER"];

    public async Task<DocumentContent?> BuildAsync(string code, string reference)
    {
        var all = new List<ProcessorActivity>();
        for (var batch = await store.ListAsync(null, Batch, 0); batch.Count > 0; batch = await store.ListAsync(null, Batch, all.Count)) all.AddRange(batch);
        return new($"Registre du sous-traitant de {visitor.Organisation.Name}", null, "", Filling.Of(
            ("count", all.Count),
            ("activities", Filling.Each(all, one => (object?)Filling.Of(
                ("number", one.Reference), ("controller", one.ControllerName), ("state", SheetValues.Label("ProcessorActivityStatus", one.Status)), ("from", Dates.Full(one.StartOn)), ("until", one.EndOn is { } end ? Dates.Full(end) : null),
                ("fields", ReadFields.Fill(PostedActivity.Read(one, t))))))));
    }
}
