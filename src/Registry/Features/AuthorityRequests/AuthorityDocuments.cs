using Registry.Documents;
using Registry.Features.Shared;

namespace Registry.Features.AuthorityRequests;

/// <summary>The letter that names the controller to the authority: as it left, or as it would leave.</summary>
public sealed class AuthorityDocuments(AuthorityRequestStore store) : IDocumentSource
{
    public IReadOnlyList<string> Codes { get; } = ["DOC_AUTHORITY_REDIRECT"];

    public async Task<DocumentContent?> BuildAsync(string code, string reference)
    {
        // Under secrecy there is nothing to redirect yet.
        if (await store.FindAsync(reference) is not { State: not AuthorityRequestStatus.SecrecyImposed } request) return null;
        return new($"Réorientation de votre demande ({request.Reference})", request.Id, request.Reference, Filling.Of(
            ("number", request.Reference), ("receivedOn", Dates.Full(request.ReceivedOn)), ("legal", request.LegalReference), ("data", request.DataConcerned), ("controller", request.ControllerName),
            ("processor", request.ProcessorName), ("sent", request.Letter)), request.Authority, request.Authority);
    }
}
