using Registry.Access;
using Registry.Documents;
using Registry.Facts;
using Registry.Features.Shared;

namespace Registry.Features.Requests;

/// <summary>The letters of a file to the person who asked (GDPR 12). Reading them leaves the trace that reading the file leaves.</summary>
public sealed class RequestDocuments(RequestDesk desk, Visitor visitor) : IDocumentSource
{
    private static readonly Dictionary<string, string> Titles = new()
    {
        ["DOC_ACK"] = "Accusé de réception de votre demande", ["DOC_IDENTITY_REQUEST"] = "Demande de justificatif d’identité", ["DOC_CLARIFICATION_REQUEST"] = "Demande de précision",
        ["DOC_EXTENSION"] = "Prolongation du délai de réponse", ["DOC_ANSWER"] = "Réponse à votre demande", ["DOC_REFUSAL"] = "Réponse à votre demande : refus", ["DOC_FORWARD"] = "Transmission de votre demande",
        [Recipients] = "Avis aux destinataires des données",
    };

    private const string Recipients = "DOC_RECIPIENT_NOTICE";
    private static readonly string[] ToldToRecipients = ["RECTIFICATION", "ERASURE", "RESTRICTION"];

    public IReadOnlyList<string> Codes { get; } = [.. Titles.Keys];

    public async Task<DocumentContent?> BuildAsync(string code, string reference)
    {
        if (!desk.ReadsPersons || await desk.ReadAsync(reference) is not { } reading) return null;
        // GDPR 19 is about these three; nobody is told of an access.
        if (code == Recipients && !reading.Request.Rights.Intersect(ToldToRecipients).Any()) return null;
        await desk.NoteReadingAsync(reading.Request);
        var (request, words) = (reading.Request, Vocabulary.Current);
        var (content, course, clock) = (request.Content, request.Course, request.Clock(visitor.Organisation.Calendar));
        string? Said(string act) => reading.Entries.LastOrDefault(entry => entry.Act == act)?.Text;
        string? Told(string act) => reading.Entries.LastOrDefault(entry => entry.Act == act) is { } entry ? Dates.Full(entry.HappenedOn) : null;
        string Label(string list, string one) => words.Label(list, one);
        return new($"{Titles[code]} ({request.Reference})", request.Id, request.Reference, Filling.Of(
            ("number", request.Reference), ("person", content.Requester.Name), ("address", content.Requester.Post ?? content.Requester.Email), ("subject", content.Subject), ("text", content.Text),
            ("receivedOn", Dates.Full(request.ReceivedOn)), ("channel", Label("CommunicationChannel", request.Channel).ToLowerInvariant()),
            ("rights", Filling.Each(request.Rights, right => (object?)Label("RightType", right))),
            ("dueOn", Dates.Full(clock.Due.DueOn)), ("firstDueOn", Dates.Full(clock.First.DueOn)),
            ("identityReason", Said("demander-l-identite")), ("question", Said("demander-une-precision")),
            ("suspended", clock.SuspendedSince is not null), ("suspendedOn", clock.SuspendedSince is { } since ? Dates.Full(since) : null),
            ("extensionOn", course.ExtensionSentOn is { } sent ? Dates.Full(sent) : null), ("extensionReason", course.ExtensionReason is { } reason ? Label("ExtensionReason", reason).ToLowerInvariant() : null), ("extensionText", Said("prolonger")),
            ("outcome", request.Outcome is { } outcome ? Label("RightsOutcome", outcome) : null), ("partial", request.Outcome == "PARTIAL"), ("nothing", request.Outcome == "NO_DATA"), ("draft", content.Draft),
            ("grounds", Filling.Each(course.Grounds, ground => (object?)Label("RefusalGround", ground))), ("reasoning", Said("refuser")), ("refusedOn", Told("refuser")),
            ("controller", Said("transmettre")), ("forwardedOn", Told("transmettre")),
            ("access", request.Rights.Contains("ACCESS")), ("rectification", request.Rights.Contains("RECTIFICATION")), ("erasure", request.Rights.Contains("ERASURE")),
            ("objection", request.Rights.Contains("OBJECTION")), ("restriction", request.Rights.Contains("RESTRICTION"))), code == Recipients ? null : content.Requester.Name, code == Recipients ? null : $"{content.Requester.Name}\n{content.Requester.Post ?? content.Requester.Email}");
    }
}
