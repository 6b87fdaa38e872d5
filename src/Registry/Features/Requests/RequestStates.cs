using Registry.Features.Shared;

namespace Registry.Features.Requests;

public enum RequestStatus
{
    Received, Acknowledged, IdentityPending, ClarificationPending, InProgress, AnswerReady, Answered, Refused, NoReply, Forwarded, Withdrawn, Closed,
}

/// <summary>What the guards ask of the file.</summary>
public sealed record RequestFacts
{
    /// <summary>A notice of extension was sent in time; once only.</summary>
    public bool Extended { get; init; }

    /// <summary>Whether a notice that left today would be in time (GDPR, article 12(3)).</summary>
    public bool ExtensionInTime { get; init; }

    /// <summary>A dispute keeps it from being erased.</summary>
    public bool Held { get; init; }

    /// <summary>Days since something was asked of the person; null when nothing is awaited.</summary>
    public int? WaitedDays { get; init; }

    /// <summary>Searches that nobody answered yet.</summary>
    public int OpenSearches { get; init; }

    /// <summary>Pieces of the answer that the scanner has not called clean.</summary>
    public int UnsafeFiles { get; init; }

    /// <summary>Days since she was reminded of it.</summary>
    public int? RemindedDays { get; init; }
}

/// <summary>What whoever acts has to write down.</summary>
public enum RequestNeeds { Day, Doubt, Precision, Supplied, Reminder, Identity, Extension, Controller, Papers, Draft, Answer, Refusal, Reason, Nothing }

/// <summary>One line of the table of domain §3.3.</summary>
/// <param name="Delegated">Whether a correspondent with a written delegation may do it as well.</param>
/// <param name="Lacks">Why the file does not let it happen yet (a message key); null when it does.</param>
public sealed record RequestAct(string Id, string Slug, string LabelKey, string[] Who, bool Delegated, RequestStatus[] From, RequestStatus? To, RequestNeeds Needs, Func<RequestFacts, string?> Lacks)
{
    public RequestStatus After(RequestStatus status) => To ?? status;

    public bool IsFor(string role, IReadOnlyCollection<string> delegations) =>
        Who.Contains(role) || (Delegated && role == "CORRESPONDENT" && delegations.Contains(RequestStates.Delegation));
}

/// <summary>The life of a request: what is not in this table is refused (S-05).</summary>
public static class RequestStates
{
    public const string Delegation = "RIGHTS_ANSWER";
    public const int LongestReason = 4000, ShortestReasoning = 50;

    /// <summary>How long one waits for the person, and how long after reminding her, before a file ends without her answer (T-RR-06).</summary>
    public const int PatienceDays = 60, AfterReminderDays = 15;

    private const string Rep = "CONTROLLER_REP", Correspondent = "CORRESPONDENT", Dpo = "DPO", Assistant = "DPO_ASSISTANT";
    private static readonly RequestStatus[] Pending = [RequestStatus.IdentityPending, RequestStatus.ClarificationPending];
    private static readonly RequestStatus[] Open =
        [RequestStatus.Received, RequestStatus.Acknowledged, RequestStatus.IdentityPending, RequestStatus.ClarificationPending, RequestStatus.InProgress, RequestStatus.AnswerReady];
    private static readonly RequestStatus[] Final = [RequestStatus.Answered, RequestStatus.Refused, RequestStatus.NoReply, RequestStatus.Forwarded, RequestStatus.Withdrawn];

    public static IReadOnlyList<RequestAct> All { get; } =
    [
        new("T-RR-02", "accuser-reception", "Accuser réception", [Correspondent, Assistant, Dpo], false, [RequestStatus.Received], RequestStatus.Acknowledged, RequestNeeds.Day, _ => null),
        new("T-RR-07", "instruire", "Ouvrir l’instruction", [Correspondent, Assistant, Dpo], false, [RequestStatus.Acknowledged], RequestStatus.InProgress, RequestNeeds.Identity, _ => null),
        new("T-RR-03", "demander-l-identite", "Demander un justificatif d’identité", [Correspondent, Dpo], false, [RequestStatus.Received, RequestStatus.Acknowledged, RequestStatus.InProgress],
            RequestStatus.IdentityPending, RequestNeeds.Doubt, _ => null),
        new("T-RR-04", "demander-une-precision", "Demander une précision", [Correspondent, Dpo], false, [RequestStatus.Acknowledged, RequestStatus.InProgress],
            RequestStatus.ClarificationPending, RequestNeeds.Precision, _ => null),
        new("T-RR-05", "reprendre", "La réponse de la personne est arrivée", [Correspondent, Dpo], false, Pending, RequestStatus.InProgress, RequestNeeds.Supplied, _ => null),
        new("T-RR-06a", "relancer", "Relancer la personne", [Correspondent, Dpo], false, Pending, null, RequestNeeds.Reminder, _ => null),
        new("T-RR-06", "sans-reponse", "Clore sans réponse de la personne", [Correspondent, Rep], false, Pending, RequestStatus.NoReply, RequestNeeds.Reason, Silent),
        new("T-RR-08", "prolonger", "Prolonger le délai de deux mois", [Rep], true, Open, null, RequestNeeds.Extension,
            facts => facts.Extended ? "Le délai a déjà été prolongé : il ne l’est qu’une fois." : facts.ExtensionInTime ? null : "Le premier délai est passé : une prolongation annoncée maintenant serait sans effet (article 12, paragraphe 3)."),
        new("T-RR-10", "reponse-prete", "La réponse est prête à signer", [Correspondent, Assistant, Dpo], false, [RequestStatus.InProgress], RequestStatus.AnswerReady, RequestNeeds.Draft,
            facts => facts.OpenSearches > 0 ? "Une recherche au moins attend son résultat : notez-le, ou dites pourquoi elle n’est plus nécessaire." : null),
        new("T-RR-10b", "reprendre-la-reponse", "Reprendre la réponse", [Correspondent, Assistant, Dpo, Rep], false, [RequestStatus.AnswerReady], RequestStatus.InProgress, RequestNeeds.Reason, _ => null),
        new("T-RR-11", "repondre", "La réponse est signée et envoyée", [Rep], true, [RequestStatus.AnswerReady], RequestStatus.Answered, RequestNeeds.Answer,
            facts => facts.UnsafeFiles > 0 ? "Une pièce jointe à la réponse n’est pas déclarée sans danger par l’antivirus : attendez l’analyse, ou retirez-la." : null),
        new("T-RR-12", "refuser", "Refuser la demande", [Rep], false, [RequestStatus.InProgress, RequestStatus.AnswerReady], RequestStatus.Refused, RequestNeeds.Refusal, _ => null),
        new("T-RR-09", "transmettre", "Transmettre à un autre organisme", [Correspondent, Rep], false, Open, RequestStatus.Forwarded, RequestNeeds.Controller, _ => null),
        new("T-RR-09b", "document-administratif", "C’est un document administratif qui est demandé : transmettre", [Correspondent, Dpo], false, Open, RequestStatus.Forwarded, RequestNeeds.Papers, _ => null),
        new("T-RR-13", "retirer", "La personne retire sa demande", [Correspondent, Dpo], false, Open, RequestStatus.Withdrawn, RequestNeeds.Reason, _ => null),
        new("T-RR-06b", "rouvrir", "Rouvrir : la personne a répondu", [Correspondent, Dpo], false, [RequestStatus.NoReply], RequestStatus.InProgress, RequestNeeds.Supplied, _ => null),
        new("T-RR-15a", "retenir", "Retenir le dossier : un litige est en cours", [Dpo, Rep], false, [RequestStatus.Closed], null, RequestNeeds.Reason,
            facts => facts.Held ? "Le dossier est déjà retenu." : null),
        new("T-RR-15b", "ne-plus-retenir", "Ne plus retenir le dossier", [Dpo, Rep], false, [RequestStatus.Closed], null, RequestNeeds.Reason, facts => facts.Held ? null : "Le dossier n’est pas retenu."),
        new("T-RR-14", "clore", "Clore le dossier", [Correspondent, Dpo], false, Final, RequestStatus.Closed, RequestNeeds.Nothing, _ => null),
    ];

    public static IReadOnlyList<string> AllMessageKeys { get; } = [.. All.Select(act => act.LabelKey), .. Messages()];

    public static RequestAct? Find(RequestStatus status, string? slug) => All.FirstOrDefault(act => act.Slug == slug && act.From.Contains(status));

    public static bool IsOpen(RequestStatus status) => Open.Contains(status);

    public static bool Waits(RequestStatus status) => Pending.Contains(status);

    public static string Code(RequestStatus status) => status switch
    {
        RequestStatus.IdentityPending => "IDENTITY_PENDING",
        RequestStatus.ClarificationPending => "CLARIFICATION_PENDING",
        RequestStatus.InProgress => "IN_PROGRESS",
        RequestStatus.AnswerReady => "ANSWER_READY",
        RequestStatus.NoReply => "NO_REPLY_FROM_REQUESTER",
        _ => status.ToString().ToUpperInvariant(),
    };

    public static RequestStatus Parse(string code) => Enum.GetValues<RequestStatus>().First(one => Code(one) == code);

    public static int Disc(RequestStatus status) => status switch
    {
        RequestStatus.Received => 0,
        RequestStatus.Acknowledged => 1,
        RequestStatus.IdentityPending or RequestStatus.ClarificationPending or RequestStatus.InProgress => 2,
        RequestStatus.AnswerReady => 3,
        _ => 4,
    };

    /// <summary>Who acts next (a message key); null when nobody does.</summary>
    public static string? Who(RequestStatus status, string? bodyType) => (status, BodyHeads.Of(bodyType)) switch
    {
        (RequestStatus.Received, _) => Languages.Key("au correspondant d’accuser réception"),
        (RequestStatus.Acknowledged, _) => Languages.Key("au correspondant d’instruire"),
        (RequestStatus.IdentityPending or RequestStatus.ClarificationPending, _) => Languages.Key("à la personne de répondre"),
        (RequestStatus.InProgress, _) => Languages.Key("au correspondant de préparer la réponse"),
        (RequestStatus.AnswerReady, BodyHead.Mayor) => Languages.Key("au maire de signer"),
        (RequestStatus.AnswerReady, BodyHead.President) => Languages.Key("à la présidence de signer"),
        (RequestStatus.AnswerReady, _) => Languages.Key("au représentant de signer"),
        (RequestStatus.Closed, _) => null,
        _ => Languages.Key("au correspondant de clore"),
    };

    /// <summary>Whose turn it is, by the codes of their roles.</summary>
    public static string[] Turn(RequestStatus status) => status == RequestStatus.AnswerReady ? ["CONTROLLER_REP"] : Waits(status) ? [] : ["CORRESPONDENT"];

    private static string? Silent(RequestFacts facts) =>
        facts.WaitedDays is not >= PatienceDays ? "La personne a soixante jours pour répondre : attendez encore." : facts.RemindedDays is not >= AfterReminderDays ? "Relancez d’abord la personne, puis laissez-lui quinze jours." : null;

    private static IEnumerable<string> Messages()
    {
        // Every guard speaks its mind once to files that lack this or that, so that no sentence lacks its English.
        RequestFacts[] files = [new(), new() { Extended = true, Held = true }, new() { WaitedDays = PatienceDays }, new() { OpenSearches = 1 }, new() { UnsafeFiles = 1 }];
        return (from act in All from file in files select act.Lacks(file)).OfType<string>().Distinct();
    }
}
