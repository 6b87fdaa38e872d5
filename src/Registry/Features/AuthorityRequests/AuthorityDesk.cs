using Registry.Access;
using Registry.Features.Reminders;
using Registry.Features.Shared;
using Registry.History;

namespace Registry.Features.AuthorityRequests;

/// <summary>What the visitor may do with a request of an authority, and the rows and lines that each step leaves.</summary>
public sealed class AuthorityDesk(AuthorityRequestStore store, MessageTemplates templates, Visitor visitor, Journal journal, TimeProvider clock)
{
    public DateTimeOffset Now => clock.GetUtcNow();

    public bool WorksForProcessor => visitor.Grants.Any(grant => grant.Role is Role.ProcessorHelpdesk or Role.ProcessorManager);

    public Grant? GrantFor(AuthorityMove move) => visitor.Grants.FirstOrDefault(grant => move.Who.Contains(grant.Role.Code()));

    public IReadOnlyList<AuthorityMove> MovesFor(AuthorityRequest request) => [.. AuthorityStates.All.Where(move => move.From == request.State && move.Side == request.Side && GrantFor(move) is not null)];

    /// <summary>The letter to the authority that names the controller, as it would leave now; once it has left it is kept as it was.</summary>
    public string Letter(AuthorityRequest request, string? address)
    {
        if (request.Letter is { } sent) return sent;
        var message = Languages.InFrench(() => templates.Write(MessageTemplates.AuthorityRedirect, "fr", new Dictionary<string, string>
        {
            ["received"] = Dates.Full(request.ReceivedOn), ["legal"] = request.LegalReference is null ? "" : $" ({request.LegalReference})", ["data"] = request.DataConcerned, ["controller"] = request.ControllerName,
            ["address"] = address ?? "…", ["processor"] = request.ProcessorName,
        }));
        return $"{request.Authority}\n\n{message.Subject}\n\n{message.Body}";
    }

    /// <summary>Takes a step; false when somebody was quicker. Redirected, the controller gets its own file in the same transaction, with the letter and its line.</summary>
    public async Task<bool> TakeAsync(AuthorityMove move, AuthorityRequest request, StepForm form)
    {
        var after = request with { Status = AuthorityStates.Code(move.To) };
        after = move.Slug switch
        {
            AuthorityStates.Redirect or AuthorityStates.Lift => after with { RedirectedAt = Now, RedirectedBy = visitor.Name, Letter = Letter(request, form.Address) },
            AuthorityStates.Secrecy => after with { SecrecyReference = form.Secrecy },
            AuthorityStates.Acknowledge => after with { AcknowledgedAt = Now, AcknowledgedBy = visitor.Name },
            _ => after with { ClosedAt = Now, ClosedBy = visitor.Name, Answer = form.Answer },
        };
        if (!await store.SaveAsync(after)) return false;
        journal.Role = GrantFor(move)!.Role.Code();
        // A secret is not told by its own history.
        Tell(Actions.AuthorityRequestStepped, after, move.Slug is AuthorityStates.Secrecy ? null : move.LabelKey);
        if (move.To != AuthorityRequestStatus.Redirected) return true;
        if (await store.AddAsync(after with { OrganisationId = after.ControllerId, Side = AuthorityRequest.Controller, SecrecyReference = null, Year = Now.Year, CreatedAt = Now, CreatedBy = visitor.Name }) is not var (copy, added) || !added) return false;
        Tell(Actions.AuthorityRequestReceived, copy, copy.ProcessorName);
        return true;
    }

    public void Tell(Happening happening, AuthorityRequest request, string? what = null) => journal.Record(new Event(request.OrganisationId, happening.Code, AuthorityRequest.ObjectType, request.Id,
        new EventDetails { Subject = what is null ? request.Reference : $"{request.Reference} · {what}" }));
}
