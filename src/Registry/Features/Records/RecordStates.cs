using Registry.Features.Shared;

namespace Registry.Features.Records;

public enum RecordStatus { Draft, Submitted, InReview, ChangesRequested, Validated, Published, InRevision, Archived, Abandoned }

/// <summary>What the person who acts has to write down.</summary>
public enum ActNeeds { Nothing, Comment, Reason, ChangeSummary, EndOfProcessing }

/// <summary>Which publication rules guard the act.</summary>
public enum ActGuard { None, UniqueTitle, Submission, Publication, BodyIdentified, DpoSilent }

/// <summary>One line of the table of domain.md §3.1. <see cref="Delegated"/>: only with that written delegation.</summary>
public sealed record RecordAct(
    string Id, RecordStatus[] From, RecordStatus To, string Slug, string LabelKey, string[] Who,
    (string Role, string Scope)[] Delegated, ActNeeds Needs = ActNeeds.Nothing, ActGuard Guard = ActGuard.None, bool OrAuthor = false)
{
    public bool IsFor(IReadOnlyCollection<string> roles, IReadOnlyCollection<string> delegations, bool isAuthor = false) =>
        Who.Any(roles.Contains)
        || Array.Exists(Delegated, pair => roles.Contains(pair.Role) && delegations.Contains(pair.Scope))
        || (OrAuthor && isAuthor);
}

/// <summary>How a state is shown: word, disc (quarters filled, null: grey, over) and who acts next; all words are message keys.</summary>
/// <param name="StepKey">The next step as a short button says it to the one it waits for.</param>
/// <param name="StepSlug">The act that it is; null when it is done on the sheet itself.</param>
public sealed record RecordStateFace(
    RecordStatus Status, string Code, string WordKey, int? Disc, string? WhoKey, string? YouKey, string? StepKey = null, string? StepSlug = null);

/// <summary>The life of a record: what is not in this table is refused.</summary>
public static class RecordStates
{
    public const string Publication = "RECORD_PUBLICATION";
    public const string Validation = "RECORD_VALIDATION";

    /// <summary>After so many days without an answer of the DPO the controller may go on alone (T-RE-06b).</summary>
    public const int DaysOfSilence = 30;

    private static readonly string[] Authors = ["CONTRIBUTOR", "CORRESPONDENT", "DPO_ASSISTANT", "DPO"];
    private static readonly string[] Reviewers = ["DPO", "DPO_ASSISTANT"];
    private static readonly (string, string)[] Nobody = [];
    private static readonly (string, string)[] DelegatedCorrespondent = [("CORRESPONDENT", Publication)];
    private static readonly (string, string)[] DelegatedAssistant = [("DPO_ASSISTANT", Validation)];

    /// <summary>T-RE-01, which starts from no state.</summary>
    public static RecordAct Creation { get; } =
        new("T-RE-01", [], RecordStatus.Draft, "ajouter", "Ajouter un traitement", Authors, Nobody, Guard: ActGuard.UniqueTitle);

    public static IReadOnlyList<RecordAct> All { get; } =
    [
        new("T-RE-02", [RecordStatus.Draft, RecordStatus.ChangesRequested], RecordStatus.Submitted,
            "soumettre", "Soumettre au délégué", Authors, Nobody, Guard: ActGuard.Submission),
        new("T-RE-03", [RecordStatus.Submitted], RecordStatus.InReview,
            "relire", "Commencer la relecture", Reviewers, Nobody),
        new("T-RE-04", [RecordStatus.InReview], RecordStatus.ChangesRequested,
            "demander-des-corrections", "Demander des corrections", Reviewers, Nobody, ActNeeds.Comment),
        new("T-RE-05", [RecordStatus.InReview], RecordStatus.Validated,
            "valider", "Valider la fiche", ["DPO"], DelegatedAssistant, Guard: ActGuard.Publication),
        new("T-RE-06", [RecordStatus.Validated], RecordStatus.Published,
            "publier", "Publier la version {0}", ["CONTROLLER_REP"], DelegatedCorrespondent, ActNeeds.ChangeSummary, ActGuard.BodyIdentified),
        new("T-RE-06b", [RecordStatus.Submitted], RecordStatus.Published,
            "publier-sans-relecture", "Publier la version {0} sans relecture", ["CONTROLLER_REP"], Nobody, ActNeeds.ChangeSummary, ActGuard.DpoSilent),
        new("T-RE-07", [RecordStatus.Published], RecordStatus.InRevision,
            "ouvrir-une-revision", "Ouvrir une révision", Authors, Nobody, ActNeeds.Reason),
        new("T-RE-08", [RecordStatus.InRevision], RecordStatus.Submitted,
            "soumettre", "Soumettre au délégué", Authors, Nobody, Guard: ActGuard.Submission),
        new("T-RE-09", [RecordStatus.InRevision], RecordStatus.Published,
            "abandonner-la-revision", "Abandonner la révision", ["CORRESPONDENT", "DPO"], Nobody),
        new("T-RE-10", [RecordStatus.Published], RecordStatus.Archived,
            "archiver", "Archiver la fiche", ["CONTROLLER_REP"], DelegatedCorrespondent, ActNeeds.EndOfProcessing),
        new("T-RE-11", [RecordStatus.Draft], RecordStatus.Abandoned,
            "abandonner", "Abandonner le brouillon", ["CORRESPONDENT", "DPO"], Nobody, ActNeeds.Reason, OrAuthor: true),
        new("T-RE-12", [RecordStatus.Archived], RecordStatus.InRevision,
            "rouvrir", "Rouvrir la fiche", ["DPO", "CORRESPONDENT"], Nobody, ActNeeds.Reason),
    ];

    /// <summary>In the order of the states.</summary>
    public static IReadOnlyList<RecordStateFace> Faces { get; } =
    [
        new(RecordStatus.Draft, "DRAFT", "Brouillon", 1, "au service", "à vous de compléter", "Compléter"),
        new(RecordStatus.Submitted, "SUBMITTED", "Soumise", 2, "au délégué de relire", "à vous de relire", "Relire", "relire"),
        new(RecordStatus.InReview, "IN_REVIEW", "En revue", 2, "au délégué de conclure", "à vous de conclure", "Valider", "valider"),
        new(RecordStatus.ChangesRequested, "CHANGES_REQUESTED", "Corrections demandées", 1, "au service", "à vous de corriger", "Corriger"),
        new(RecordStatus.Validated, "VALIDATED", "Validée", 3, "au représentant légal de publier", "à vous de publier", "Publier", "publier"),
        new(RecordStatus.Published, "PUBLISHED", "Publiée", 4, null, null),
        new(RecordStatus.InRevision, "IN_REVISION", "En révision", 2, "au service", "à vous de compléter", "Compléter"),
        new(RecordStatus.Archived, "ARCHIVED", "Archivée", null, null, null),
        new(RecordStatus.Abandoned, "ABANDONED", "Abandonnée", null, null, null),
    ];

    public static IReadOnlyList<string> AllMessageKeys { get; } =
        [.. All.Append(Creation).Select(act => act.LabelKey)
            .Concat(Faces.SelectMany(face => new[] { face.WordKey, face.WhoKey, face.YouKey, face.StepKey }).OfType<string>()).Distinct()];

    /// <summary>Who acts next, in the words of that kind of body: only a commune has a mayor.</summary>
    public static string? WhoKey(RecordStatus status, string? bodyType) => (status, BodyHeads.Of(bodyType)) switch
    {
        (RecordStatus.Validated, BodyHead.Mayor) => Languages.Key("au maire de publier"),
        (RecordStatus.Validated, BodyHead.President) => Languages.Key("à la présidence de publier"),
        _ => Face(status).WhoKey,
    };

    public static RecordStateFace Face(RecordStatus status) => Faces[(int)status];

    public static string Code(RecordStatus status) => Face(status).Code;

    public static RecordStatus? Parse(string? code) => Faces.FirstOrDefault(face => face.Code == code)?.Status;

    /// <summary>The act of this name from this state, or null: then the page answers 409.</summary>
    public static RecordAct? Find(RecordStatus status, string? slug) =>
        All.FirstOrDefault(act => act.Slug == slug && act.From.Contains(status));

    /// <summary>The acts that this person may do now, in the order of the table; their guards are still to be asked.</summary>
    public static IReadOnlyList<RecordAct> Allowed(
        RecordStatus status, IReadOnlyCollection<string> roles, IReadOnlyCollection<string> delegations, bool isAuthor = false) =>
        [.. All.Where(act => act.From.Contains(status) && act.IsFor(roles, delegations, isAuthor))];

    /// <summary>Once the review has begun only the reviewers change the text (T-RE-03); what is in force is changed by opening a revision.</summary>
    public static bool MayEdit(RecordStatus status, IReadOnlyCollection<string> roles) => status switch
    {
        RecordStatus.Draft or RecordStatus.Submitted or RecordStatus.ChangesRequested or RecordStatus.InRevision => Authors.Any(roles.Contains),
        RecordStatus.InReview => Reviewers.Any(roles.Contains),
        _ => false,
    };

    /// <summary>An earlier version's text comes back where the text can be changed, or where a revision can be opened for it.</summary>
    public static bool MayReturn(RecordStatus status) =>
        status is RecordStatus.Published or RecordStatus.InRevision or RecordStatus.Submitted or RecordStatus.InReview or RecordStatus.ChangesRequested;

    /// <summary>The controller signs that she goes on without the assessment while the sheet is on its way, not in what is already frozen (V-14).</summary>
    public static bool MayWaive(RecordStatus status) =>
        status is RecordStatus.Draft or RecordStatus.Submitted or RecordStatus.InReview or RecordStatus.ChangesRequested or RecordStatus.InRevision;

    /// <summary>Whether the next step is this person's: then the state says "à vous de…".</summary>
    public static bool WaitsFor(RecordStatus status, IReadOnlyCollection<string> roles, IReadOnlyCollection<string> delegations) => status switch
    {
        RecordStatus.Draft or RecordStatus.ChangesRequested or RecordStatus.InRevision => roles.Contains("CONTRIBUTOR") || roles.Contains("CORRESPONDENT"),
        RecordStatus.Submitted or RecordStatus.InReview => Reviewers.Any(roles.Contains),
        RecordStatus.Validated => Find(status, "publier")!.IsFor(roles, delegations),
        _ => false,
    };

    public static bool IsDpoSilent(DateOnly submittedOn, DateOnly today) => today > submittedOn.AddDays(DaysOfSilence);

    /// <summary>Whether the sheet itself lets the act happen. The title's uniqueness is asked of the database.</summary>
    public static bool Passes(RecordAct act, PublicationOutcome outcome, DateOnly? submittedOn, DateOnly today) => act.Guard switch
    {
        ActGuard.Submission => outcome.MaySubmit,
        ActGuard.Publication => outcome.MayValidate,
        ActGuard.BodyIdentified => outcome.MayPublish,
        // Without the review nobody else has looked: the rules are asked here.
        ActGuard.DpoSilent => outcome.MayValidate && outcome.MayPublish && submittedOn is { } day && IsDpoSilent(day, today),
        _ => true,
    };
}
