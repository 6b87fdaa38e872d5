using Registry.Features.Shared;
using Registry.History;

namespace Registry.Features.Conventions;

#pragma warning disable CA1720 // Signed is what two parties did, not a kind of number.
public enum ConventionStatus { Draft, Deliberated, Signed, InForce, NoticeGiven, Terminated, Reversibility, Restituted, DestructionProved, Closed, Abandoned }
#pragma warning restore CA1720

/// <summary>What stands in the way of an act; the page says it in words (<see cref="ConventionGuards"/>).</summary>
public enum ConventionGuard { None, Deliberation, Signable, Clause, MidTerm, DataHeld, Destroyed, DestructionProvided, NoDataLeft }

/// <summary>What the person who acts has to write down.</summary>
[Flags]
public enum ConventionNeeds { Nothing = 0, Day = 1, Document = 2, Reason = 4, Clause = 8, EndReason = 16, Officer = 32 }

/// <summary>One line of the table of domain §3.4. <see cref="Id"/> is null for what changes no state.</summary>
public sealed record ConventionAct(
    string? Id, ConventionStatus[] From, ConventionStatus To, string Slug, string LabelKey, string[] Who, ConventionNeeds Needs, Happening Happening, string EventKind,
    ConventionGuard Guard = ConventionGuard.None);

/// <summary>A state as pages show it: its word, how far along, who acts next (a message key, null when nobody has to).</summary>
public sealed record ConventionStateFace(ConventionStatus Status, string Code, int? Level, string? WhoKey);

/// <summary>The only place that says how a convention moves (S-05). What is not in the table is refused.</summary>
public static class ConventionStates
{
    private static readonly string[] Drafters = ["DPO", "DPO_ASSISTANT", "PROCESSOR_MANAGER"];
    private static readonly string[] Representative = ["CONTROLLER_REP"];
    private static readonly string[] Sides = ["CONTROLLER_REP", "PROCESSOR_MANAGER"];

    public static IReadOnlyList<ConventionAct> All { get; } =
    [
        new("T-CV-01", [ConventionStatus.Draft], ConventionStatus.Deliberated, "deliberer", Languages.Key("Constater la délibération"), Drafters,
            ConventionNeeds.Nothing, Actions.ConventionDeliberated, "DELIBERATED", ConventionGuard.Deliberation),
        new("T-CV-02", [ConventionStatus.Draft, ConventionStatus.Deliberated], ConventionStatus.Signed, "signer", Languages.Key("Enregistrer la signature"), Representative,
            ConventionNeeds.Day | ConventionNeeds.Document, Actions.ConventionSigned, "SIGNED", ConventionGuard.Signable),
        new("T-CV-05", [ConventionStatus.InForce], ConventionStatus.NoticeGiven, "preavis", Languages.Key("Donner un préavis"), Sides,
            ConventionNeeds.Day | ConventionNeeds.Clause | ConventionNeeds.Document, Actions.NoticeGiven, "NOTICE", ConventionGuard.Clause),
        new("T-CV-06", [ConventionStatus.NoticeGiven], ConventionStatus.InForce, "retirer-le-preavis", Languages.Key("Retirer le préavis"), Sides,
            ConventionNeeds.Day | ConventionNeeds.Document, Actions.NoticeWithdrawn, "NOTICE_WITHDRAWN", ConventionGuard.MidTerm),
        new("T-CV-07", [ConventionStatus.InForce, ConventionStatus.NoticeGiven], ConventionStatus.Terminated, "mettre-fin", Languages.Key("Constater la fin"), Representative,
            ConventionNeeds.Day | ConventionNeeds.EndReason | ConventionNeeds.Reason, Actions.ConventionTerminated, "TERMINATED"),
        new("T-CV-08", [ConventionStatus.Terminated], ConventionStatus.Reversibility, "reversibilite", Languages.Key("Ouvrir la réversibilité"), Sides,
            ConventionNeeds.Day, Actions.ReversibilityOpened, "REVERSIBILITY", ConventionGuard.DataHeld),
        new("T-CV-09", [ConventionStatus.Reversibility], ConventionStatus.Restituted, "restituer", Languages.Key("Enregistrer le procès-verbal de restitution"), Sides,
            ConventionNeeds.Day | ConventionNeeds.Document, Actions.DataReturned, "RESTITUTED"),
        new(null, [ConventionStatus.Restituted], ConventionStatus.Restituted, "detruire", Languages.Key("Fournir la preuve de destruction"), Sides,
            ConventionNeeds.Day | ConventionNeeds.Document, Actions.DestructionProvided, "DESTROYED", ConventionGuard.Destroyed),
        new("T-CV-10", [ConventionStatus.Restituted], ConventionStatus.DestructionProved, "accepter-la-preuve", Languages.Key("Accepter la preuve de destruction"), Representative,
            ConventionNeeds.Nothing, Actions.DestructionAccepted, "DESTRUCTION_ACCEPTED", ConventionGuard.DestructionProvided),
        new("T-CV-11", [ConventionStatus.DestructionProved, ConventionStatus.Terminated], ConventionStatus.Closed, "clore", Languages.Key("Clore la convention"), Representative,
            ConventionNeeds.Reason | ConventionNeeds.Officer, Actions.ConventionClosed, "CLOSED", ConventionGuard.NoDataLeft),
        new("T-CV-12", [ConventionStatus.Draft, ConventionStatus.Deliberated], ConventionStatus.Abandoned, "abandonner", Languages.Key("Abandonner le projet"), ["DPO", "CONTROLLER_REP"],
            ConventionNeeds.Reason, Actions.ConventionAbandoned, "ABANDONED"),
        new(null, [ConventionStatus.InForce, ConventionStatus.NoticeGiven], ConventionStatus.InForce, "evaluer", Languages.Key("Enregistrer l’évaluation"), ["DPO", "DPO_ASSISTANT", "CONTROLLER_REP", "PROCESSOR_MANAGER"],
            ConventionNeeds.Day | ConventionNeeds.Document, Actions.ConventionEvaluated, "EVALUATED"),
        new(null, [ConventionStatus.Signed, ConventionStatus.InForce, ConventionStatus.NoticeGiven], ConventionStatus.InForce, "avenant", Languages.Key("Enregistrer un avenant"), ["DPO", "DPO_ASSISTANT", "CONTROLLER_REP", "PROCESSOR_MANAGER"],
            ConventionNeeds.Day | ConventionNeeds.Document | ConventionNeeds.Reason, Actions.ConventionAmended, "AMENDED"),
    ];

    public static IReadOnlyList<ConventionStateFace> Faces { get; } =
    [
        new(ConventionStatus.Draft, "DRAFT", 1, Languages.Key("à compléter puis à délibérer")),
        new(ConventionStatus.Deliberated, "DELIBERATED", 2, Languages.Key("aux parties de signer")),
        new(ConventionStatus.Signed, "SIGNED", 3, Languages.Key("prendra effet à sa date")),
        new(ConventionStatus.InForce, "IN_FORCE", 4, null),
        new(ConventionStatus.NoticeGiven, "NOTICE_GIVEN", 2, Languages.Key("prend fin à sa date")),
        new(ConventionStatus.Terminated, "TERMINATED", 2, Languages.Key("aux parties de rendre les données")),
        new(ConventionStatus.Reversibility, "REVERSIBILITY", 2, Languages.Key("au prestataire de rendre les données")),
        new(ConventionStatus.Restituted, "RESTITUTED", 3, Languages.Key("au prestataire de prouver la destruction")),
        new(ConventionStatus.DestructionProved, "DESTRUCTION_PROVED", 4, Languages.Key("au représentant de clore")),
        new(ConventionStatus.Closed, "CLOSED", null, null),
        new(ConventionStatus.Abandoned, "ABANDONED", null, null),
    ];

    public static IReadOnlyList<string> AllMessageKeys { get; } =
        [.. All.Select(act => act.LabelKey).Concat(Faces.Select(face => face.WhoKey).OfType<string>()).Distinct()];

    public static ConventionStateFace Face(ConventionStatus status) => Faces[(int)status];

    public static string Code(ConventionStatus status) => Face(status).Code;

    public static ConventionStatus Parse(string code) => Faces.First(face => face.Code == code).Status;

    /// <summary>The act of this name from this state, or null: then the page answers 409.</summary>
    public static ConventionAct? Find(ConventionStatus status, string? slug) => All.FirstOrDefault(act => act.Slug == slug && act.From.Contains(status));

    /// <summary>Where the act leads from that state: what changes no state leaves it.</summary>
    public static ConventionStatus After(ConventionStatus status, ConventionAct act) => act.Id is null ? status : act.To;

    public static IReadOnlyList<ConventionAct> Allowed(ConventionStatus status, IReadOnlyCollection<string> roles) =>
        [.. All.Where(act => act.From.Contains(status) && act.Who.Any(roles.Contains))];

    /// <summary>What the convention obliges to is owed while it is signed or in force.</summary>
    public static bool Runs(ConventionStatus status) => status is ConventionStatus.Signed or ConventionStatus.InForce or ConventionStatus.NoticeGiven;

    /// <summary>The text is the parties' own until they sign; afterwards an officer still corrects what was copied wrongly, with its line in the history.</summary>
    public static bool MayEdit(ConventionStatus status) => status is not (ConventionStatus.Closed or ConventionStatus.Abandoned);
}
