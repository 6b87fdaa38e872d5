using Registry.Features.Shared;

namespace Registry.Features.Breaches;

public enum BreachStatus { Open, Reported, Assessing, Dismissed, Confirmed, Handled, Closed }

/// <summary>Towards the authority (CNIL).</summary>
public enum AuthorityStatus { Undecided, NotRequired, ToNotify, InitialSent, Completed, Withdrawn }

/// <summary>Towards the persons concerned (article 34).</summary>
public enum PeopleStatus { Undecided, NotRequired, Exempted, ToInform, Informed }

public enum BreachRisk { Unlikely, Risk, High }

/// <summary>Three lives side by side: the file, the authority, the persons (domain §3.2).</summary>
public sealed record BreachState(BreachStatus Status, AuthorityStatus Authority = AuthorityStatus.Undecided, PeopleStatus People = PeopleStatus.Undecided);

/// <summary>What the guards ask of the file.</summary>
public sealed record BreachFacts
{
    public bool Aware { get; init; }
    public BreachRisk? Risk { get; init; }
    public bool Described { get; init; }
    public bool DossierComplete { get; init; }
    public bool PeopleTold { get; init; }
    public bool PublicCommunication { get; init; }
    public bool OrderedByAuthority { get; init; }
    public bool Held { get; init; }
}

/// <summary>What whoever acts has to write down; the longer of two lengths is that of a reason that an authority will read.</summary>
public enum BreachNeeds { Nothing, Reason, LongReason, Exemption, Notification, Lessons }

/// <summary>One line of the table of domain §3.2.</summary>
/// <param name="Lacks">Why the file does not let it happen yet (a message key); null when it does.</param>
public sealed record BreachAct(string Id, string Slug, string LabelKey, string[] Who, bool Delegated, BreachStatus[] At, Func<BreachState, bool> From, Func<BreachState, BreachState> To, BreachNeeds Needs, Func<BreachFacts, string?> Lacks)
{
    public bool Starts(BreachState state) => At.Contains(state.Status) && From(state);

    public bool IsFor(string role, IReadOnlyCollection<string> delegations) =>
        Who.Contains(role) || (Delegated && role == "CORRESPONDENT" && delegations.Contains(BreachStates.Delegation));
}

/// <summary>The life of a breach: what is not in this table is refused (S-05).</summary>
public static class BreachStates
{
    public const string Delegation = "BREACH_DECISION";
    public const int LongestReason = 2000, ShortestLongReason = 50;

    private const string Rep = "CONTROLLER_REP", Correspondent = "CORRESPONDENT", Dpo = "DPO", Assistant = "DPO_ASSISTANT";
    private static readonly BreachStatus[] Open = [BreachStatus.Assessing, BreachStatus.Confirmed];
    private static readonly BreachStatus[] Sent = [BreachStatus.Assessing, BreachStatus.Confirmed, BreachStatus.Handled];

    public static IReadOnlyList<BreachAct> All { get; } =
    [
        new("T-IN-01", "clore-l-incident", "Clore l’incident", [Correspondent, Assistant, Dpo, Rep], false, [BreachStatus.Open],
            _ => true, state => state with { Status = BreachStatus.Closed }, BreachNeeds.Reason, _ => null),
        new("T-IN-02", "requalifier", "Des données sont concernées", [Correspondent, Assistant, Dpo], false, [BreachStatus.Open],
            _ => true, state => state with { Status = BreachStatus.Assessing }, BreachNeeds.Reason, Known),
        new("T-BR-02", "evaluer", "Ouvrir l’évaluation", [Correspondent, Assistant, Dpo], false, [BreachStatus.Reported],
            _ => true, state => state with { Status = BreachStatus.Assessing }, BreachNeeds.Nothing, Known),
        new("T-BR-03", "ecarter", "Écarter : ce n’est pas une violation", [Rep], true, [BreachStatus.Assessing],
            // What the authority was told is withdrawn first (T-BR-10).
            state => state.Authority is AuthorityStatus.Undecided or AuthorityStatus.NotRequired or AuthorityStatus.Withdrawn,
            state => state with { Status = BreachStatus.Dismissed }, BreachNeeds.LongReason, _ => null),
        new("T-BR-04", "confirmer", "Confirmer la violation", [Correspondent, Assistant, Dpo], false, [BreachStatus.Assessing],
            _ => true, state => state with { Status = BreachStatus.Confirmed }, BreachNeeds.Nothing,
            facts => !facts.Described ? "Indiquez d’abord la nature, les données, les personnes et les mesures qui étaient en place." : Assessed(facts)),
        new("T-BR-05", "ne-pas-notifier", "Ne pas notifier à la CNIL", [Rep], true, Open,
            state => state.Authority == AuthorityStatus.Undecided, state => state with { Authority = AuthorityStatus.NotRequired }, BreachNeeds.LongReason,
            facts => Assessed(facts) ?? (facts.Risk == BreachRisk.Unlikely ? null : "Seule une violation sans risque probable pour les personnes n’est pas notifiée (article 33, paragraphe 1).")),
        new("T-BR-06", "decider-de-notifier", "Notifier à la CNIL", [Rep], true, Open,
            state => state.Authority == AuthorityStatus.Undecided, state => state with { Authority = AuthorityStatus.ToNotify }, BreachNeeds.Nothing,
            facts => Assessed(facts) ?? (facts.Risk == BreachRisk.Unlikely ? "Le risque est évalué comme improbable : la notification n’est pas due. Évaluez de nouveau le risque s’il a changé." : null)),
        new("T-BR-07", "notification-initiale", "Notification initiale", [Rep, Correspondent, Dpo], false, Open,
            state => state.Authority == AuthorityStatus.ToNotify, state => state with { Authority = AuthorityStatus.InitialSent }, BreachNeeds.Notification, _ => null),
        new("T-BR-08", "notification-complementaire", "Notification complémentaire", [Rep, Correspondent, Dpo], false, Sent,
            state => state.Authority == AuthorityStatus.InitialSent, state => state with { Authority = AuthorityStatus.Completed }, BreachNeeds.Notification, Complete),
        new("T-BR-08b", "notification-partielle", "Notification complémentaire partielle", [Rep, Correspondent, Dpo], false, Sent,
            state => state.Authority is AuthorityStatus.InitialSent or AuthorityStatus.Completed, state => state, BreachNeeds.Notification, _ => null),
        new("T-BR-09", "notification-complete", "Notification complète en une fois", [Rep, Correspondent, Dpo], false, Open,
            state => state.Authority == AuthorityStatus.ToNotify, state => state with { Authority = AuthorityStatus.Completed }, BreachNeeds.Notification, Complete),
        new("T-BR-10", "annuler-la-notification", "Annuler la notification", [Rep], false, Sent,
            state => state.Authority is AuthorityStatus.InitialSent or AuthorityStatus.Completed, state => state with { Authority = AuthorityStatus.Withdrawn }, BreachNeeds.LongReason, _ => null),
        new("T-BR-11", "informer", "Informer les personnes", [Rep], true, Open,
            state => state.People == PeopleStatus.Undecided, state => state with { People = PeopleStatus.ToInform }, BreachNeeds.Nothing,
            facts => facts.OrderedByAuthority || facts.Risk == BreachRisk.High ? null : "Les personnes sont informées quand le risque est élevé, ou quand la CNIL l’ordonne (article 34)."),
        // An order of the authority comes after the controller has thought that none was due (article 34(4)).
        new("T-BR-11b", "informer-sur-ordre", "Informer les personnes, sur ordre de la CNIL", [Rep], true, Sent,
            state => state.People is PeopleStatus.NotRequired or PeopleStatus.Exempted, state => new(state.Status == BreachStatus.Handled ? BreachStatus.Confirmed : state.Status, state.Authority, PeopleStatus.ToInform), BreachNeeds.Nothing,
            facts => facts.OrderedByAuthority ? null : "Notez d’abord l’ordre de la CNIL parmi les échanges."),
        new("T-BR-12", "ne-pas-informer", "Ne pas informer les personnes", [Rep], true, Open,
            state => state.People == PeopleStatus.Undecided, state => state with { People = PeopleStatus.NotRequired }, BreachNeeds.Reason,
            facts => Assessed(facts) ?? (facts.Risk == BreachRisk.High ? "Le risque est élevé : informez les personnes, ou justifiez une exception de l’article 34." : null)),
        new("T-BR-12b", "exception", "Appliquer une exception de l’article 34", [Rep], true, Open,
            state => state.People is PeopleStatus.Undecided or PeopleStatus.ToInform, state => state with { People = PeopleStatus.Exempted }, BreachNeeds.Exemption, Assessed),
        new("T-BR-13", "personnes-informees", "Les personnes sont informées", [Correspondent, Rep], false, Open,
            state => state.People == PeopleStatus.ToInform, state => state with { People = PeopleStatus.Informed }, BreachNeeds.Nothing,
            facts => facts.PeopleTold ? null : "Enregistrez d’abord la communication qui a été envoyée."),
        new("T-BR-14", "traiter", "Marquer comme traitée", [Correspondent, Dpo], false, [BreachStatus.Confirmed],
            state => state.Authority is (AuthorityStatus.NotRequired or AuthorityStatus.Completed or AuthorityStatus.Withdrawn)
                  && state.People is (PeopleStatus.NotRequired or PeopleStatus.Exempted or PeopleStatus.Informed),
            state => state with { Status = BreachStatus.Handled }, BreachNeeds.Nothing, _ => null),
        new("T-BR-15", "clore", "Clore la violation", [Rep], false, [BreachStatus.Handled],
            _ => true, state => state with { Status = BreachStatus.Closed }, BreachNeeds.Lessons, _ => null),
        new("T-BR-16", "rouvrir", "Rouvrir : faits nouveaux", [Dpo, Rep], false, [BreachStatus.Closed, BreachStatus.Dismissed],
            _ => true, Reopened, BreachNeeds.Reason, facts => facts.Held ? "Le dossier est retenu : ne le retenez plus, puis rouvrez-le." : Known(facts)),
        new("T-BR-17", "retenir", "Retenir le dossier : un litige est en cours", [Dpo, Rep], false, [BreachStatus.Closed, BreachStatus.Dismissed],
            _ => true, state => state, BreachNeeds.Reason, facts => facts.Held ? "Le dossier est déjà retenu." : null),
        new("T-BR-17b", "ne-plus-retenir", "Ne plus retenir le dossier", [Dpo, Rep], false, [BreachStatus.Closed, BreachStatus.Dismissed],
            _ => true, state => state, BreachNeeds.Reason, facts => facts.Held ? null : "Le dossier n’est pas retenu."),
    ];

    public static IReadOnlyList<string> AllMessageKeys { get; } = [.. All.Select(act => act.LabelKey), .. Messages()];

    public static BreachAct? Find(BreachState state, string? slug) => All.FirstOrDefault(act => act.Slug == slug && act.Starts(state));

    /// <summary>
    /// Phased information (article 33(4)): the risk is raised or lowered later. Decisions that rested on it are open again; what was sent stays sent.
    /// </summary>
    public static BreachState Reassessed(BreachState state, BreachRisk? before, BreachRisk now) => before is null || before == now ? state : state with
    {
        Authority = state.Authority is AuthorityStatus.NotRequired or AuthorityStatus.ToNotify ? AuthorityStatus.Undecided : state.Authority,
        People = state.People is PeopleStatus.NotRequired or PeopleStatus.Exempted or PeopleStatus.ToInform ? PeopleStatus.Undecided : state.People,
    };

    /// <summary>While the file is open, and before what was decided is settled for good.</summary>
    public static bool MayAssess(BreachState state) => state.Status is BreachStatus.Assessing or BreachStatus.Confirmed;

    public static bool MayEdit(BreachState state) => state.Status is not (BreachStatus.Closed or BreachStatus.Dismissed);

    /// <summary>Whether the 72 hours still ask something of somebody.</summary>
    public static bool Runs(BreachState state) =>
        state.Status is (BreachStatus.Reported or BreachStatus.Assessing or BreachStatus.Confirmed) && state.Authority is (AuthorityStatus.Undecided or AuthorityStatus.ToNotify);

    public static string Word(BreachStatus status) => status switch
    {
        BreachStatus.Open => Languages.Key("Incident ouvert"),
        BreachStatus.Reported => Languages.Key("Signalée"),
        BreachStatus.Assessing => Languages.Key("En évaluation"),
        BreachStatus.Dismissed => Languages.Key("Écartée"),
        BreachStatus.Confirmed => Languages.Key("Confirmée"),
        BreachStatus.Handled => Languages.Key("Traitée"),
        _ => Languages.Key("Close"),
    };

    public static string Code(BreachStatus status) => status.ToString().ToUpperInvariant();

    public static string Code(AuthorityStatus status) => status switch
    {
        AuthorityStatus.NotRequired => "NOT_REQUIRED",
        AuthorityStatus.ToNotify => "TO_NOTIFY",
        AuthorityStatus.InitialSent => "INITIAL_SENT",
        _ => status.ToString().ToUpperInvariant(),
    };

    public static string Code(PeopleStatus status) => status switch
    {
        PeopleStatus.NotRequired => "NOT_REQUIRED",
        PeopleStatus.ToInform => "TO_INFORM",
        _ => status.ToString().ToUpperInvariant(),
    };

    public static string Code(BreachRisk risk) => risk.ToString().ToUpperInvariant();

    public static BreachStatus Parse(string code) => Enum.GetValues<BreachStatus>().First(one => Code(one) == code);

    public static AuthorityStatus ParseAuthority(string code) => Enum.GetValues<AuthorityStatus>().First(one => Code(one) == code);

    public static PeopleStatus ParsePeople(string code) => Enum.GetValues<PeopleStatus>().First(one => Code(one) == code);

    public static BreachRisk? ParseRisk(string? code) => code is null ? null : Enum.GetValues<BreachRisk>().First(one => Code(one) == code);

    private static string? Known(BreachFacts facts) => facts.Aware ? null : "Indiquez d’abord quand l’organisme a eu connaissance de la violation.";

    private static string? Assessed(BreachFacts facts) => facts.Risk is null ? "Évaluez d’abord le risque pour les personnes." : null;

    private static string? Complete(BreachFacts facts) => facts.DossierComplete ? null : "Le dossier n’est pas complet : il manque des rubriques, ou dites pourquoi elles ne peuvent être remplies.";

    // What was sent stays sent; what was only decided is decided anew. The moment of awareness is a column and stays.
    private static BreachState Reopened(BreachState state) => new(BreachStatus.Assessing,
        state.Authority is AuthorityStatus.NotRequired or AuthorityStatus.ToNotify or AuthorityStatus.Withdrawn ? AuthorityStatus.Undecided : state.Authority,
        state.People is PeopleStatus.NotRequired or PeopleStatus.Exempted or PeopleStatus.ToInform ? PeopleStatus.Undecided : state.People);

    private static IEnumerable<string> Messages()
    {
        // Every guard speaks its mind once to the most wanting file and to the most loaded one, so that no sentence lacks its English.
        BreachFacts[] files = [new(), new() { Held = true }, new() { Aware = true, Described = true, Risk = BreachRisk.High }, new() { Aware = true, Described = true, Risk = BreachRisk.Unlikely }];
        return (from act in All from file in files select act.Lacks(file)).OfType<string>().Distinct();
    }
}
