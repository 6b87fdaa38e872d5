using Registry.Documents;
using Registry.Features.Records;
using Registry.Features.Shared;

namespace Registry.Features.Conventions;

/// <summary>What is signed when a convention ends (GDPR 28(3)(g)). What only those present know, data sets, media, method, witnesses, is left to be completed by them.</summary>
public sealed class ConventionEndDocuments(ConventionDesk desk) : IDocumentSource
{
    private const string Minutes = "DOC_RESTITUTION_MINUTES";

    public IReadOnlyList<string> Codes { get; } = [Minutes, "DOC_DESTRUCTION_CERTIFICATE"];

    public async Task<DocumentContent?> BuildAsync(string code, string reference)
    {
        if (await desk.ReadAsync(reference) is not { } reading) return null;
        var (convention, end) = (reading.Convention, reading.Sheet.Reversibility);
        string? Names(string role) => string.Join(", ", reading.Of(role).Select(party => party.Name ?? party.Called())) is { Length: > 0 } names ? names : null;
        string? Signatories(string role) => string.Join(", ", reading.Of(role).Select(party => party.SignatoryFunction).OfType<string>()) is { Length: > 0 } names ? names : null;
        var title = code == Minutes ? "Procès-verbal de restitution des données" : "Certificat de destruction des données";
        return new($"{title}, convention {convention.Reference}", convention.Id, reference, Filling.Of(
            ("number", convention.Reference), ("title", convention.Title), ("purpose", reading.Sheet.Subject.Purpose), ("endsOn", Day(convention.EndsOn)),
            ("provider", Names("PROVIDER")), ("providerSignatory", Signatories("PROVIDER")), ("beneficiary", Names("BENEFICIARY")), ("beneficiarySignatory", Signatories("BENEFICIARY")),
            ("restitutedOn", Day(convention.RestitutedOn)), ("destroyedOn", Day(convention.DestroyedOn)), ("destruction", end.Destruction == true), ("proofMonths", end.ProofMonths),
            ("exception", end.DestructionException), ("clause", end.Clause)));
    }

    private static string? Day(DateOnly? day) => day is { } one ? Dates.Full(one) : null;
}
