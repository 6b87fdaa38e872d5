using Registry.Documents;
using Registry.Facts;
using Registry.Features.Shared;

namespace Registry.Features.Appointments;

/// <summary>The letters that appoint the officer (GDPR 37 to 39) and the correspondent, from the appointment as it is recorded.</summary>
public sealed class AppointmentDocuments(AppointmentStore store) : IDocumentSource
{
    private const string Officer = "DOC_DPO_DESIGNATION";

    public IReadOnlyList<string> Codes { get; } = [Officer, "DOC_CORRESPONDENT_DESIGNATION"];

    public async Task<DocumentContent?> BuildAsync(string code, string reference)
    {
        if (!Guid.TryParse(reference, out var id) || await store.FindAsync(id) is not { IsCancelled: false } one || one.Kind != (code == Officer ? "DPO" : "CORRESPONDENT")) return null;
        var delegates = (await store.ListAsync()).Where(other => other.Kind == "CORRESPONDENT_DELEGATE" && !other.IsCancelled && other.EndOn is null);
        return new(code == Officer ? "Désignation du délégué à la protection des données" : "Désignation du correspondant à la protection des données", id, reference, Filling.Of(
            ("person", one.PersonName), ("job", one.Job), ("email", one.Email), ("area", one.AreaName), ("shared", one.AreaName is not null),
            ("from", Dates.Full(one.StartOn)), ("until", one.EndOn is { } end ? Dates.Full(end) : null),
            ("act", Vocabulary.Current.Label("ActType", one.ActType).ToLowerInvariant()), ("actReference", one.ActReference), ("actDate", Dates.Full(one.ActDate)), ("signedBy", one.SignedBy),
            ("delegates", Filling.Each(delegates, other => (object?)other.PersonName))), one.PersonName);
    }
}
