using Registry.Deadlines;
using Registry.Features.Shared;

namespace Registry.Features.Conventions;

/// <summary>What an act brings about, or what stands in its way.</summary>
/// <param name="After">The convention as it then is; null when it may not happen.</param>
/// <param name="Notice">For a notice: whether it counts, and why.</param>
public sealed record ActOutcome(Convention? After, IReadOnlyList<ActFault> Faults, NoticeOutcome? Notice = null);

/// <summary>The guards of the table of states, asked on the server: pure, from the convention, its text and what was typed.</summary>
public static class ConventionGuards
{
    private const string Day = "Form.Day";
    private const string Document = "Form.Document";

    public static IReadOnlyList<string> AllMessageKeys { get; } =
    [
        NoDeliberation, NoParties, NoDuration, NoRenewal, NoEffect, DayMissing, DayFuture, DocumentMissing, ReasonMissing, ClauseMissing, EndReasonMissing, BeforeEffect, AfterEnd, BeforeSignature,
        NoData, BeforeMinutes, NoProof, DataStillHeld, NoticeOver, BeforeNotice, NoTerm, BeforeRestitution, OfficerNotTold,
    ];

    private const string NoDeliberation = "Aucune partie n’a de délibération : complétez « Parties et rôles », numéro ou date de la délibération.";
    private const string NoParties = "Nommez au moins un prestataire et un bénéficiaire dans « Parties et rôles ».";
    private const string NoDuration = "Indiquez la durée ferme dans « Prise d’effet et durée ».";
    private const string NoRenewal = "La reconduction est tacite : indiquez combien de mois elle dure.";
    private const string NoEffect = "Indiquez la date d’effet dans « Prise d’effet et durée ».";
    private const string DayMissing = "Indiquez la date.";
    private const string DayFuture = "Cette date est à venir : un acte s’enregistre quand il a eu lieu.";
    private const string DocumentMissing = "Indiquez le document qui le prouve.";
    private const string ReasonMissing = "Écrivez le motif, en vingt caractères au moins.";
    private const string ClauseMissing = "Choisissez la clause de la convention que le préavis emploie.";
    private const string EndReasonMissing = "Choisissez le motif de fin.";
    private const string BeforeEffect = "Cette date est avant la prise d’effet de la convention ({0}).";
    private const string AfterEnd = "Cette date est après la fin que le préavis a fixée ({0}).";
    private const string BeforeSignature = "Cette date est avant la signature ({0}).";
    private const string NoData = "Le texte ne prévoit ni retour ni destruction de données : constatez la clôture.";
    private const string BeforeMinutes = "Cette date est avant le procès-verbal de restitution ({0}).";
    private const string NoProof = "Le prestataire n’a pas encore fourni la preuve de destruction.";
    private const string DataStillHeld = "Le prestataire détient encore des données : ouvrez d’abord la réversibilité.";
    private const string NoticeOver = "Le préavis a produit son effet : la convention a pris fin.";
    private const string BeforeNotice = "Cette date est avant le préavis ({0}).";
    private const string NoTerm = "La durée de la convention n’est pas connue : complétez « Prise d’effet et durée ».";
    private const string BeforeRestitution = "Cette date est avant la fin de la convention ({0}).";
    private const string OfficerNotTold = "Informez d’abord le délégué à la protection des données, puis cochez cette case.";
    private const int ShortestReason = 20;

    /// <summary>What stands in the way whatever is typed: said before the form is filled.</summary>
    public static IReadOnlyList<ActFault> Before(ConventionAct act, Convention convention, ConventionSheet sheet, DateOnly today) => act.Guard switch
    {
        ConventionGuard.Deliberation when !sheet.Parties.Parties.Exists(party => party.DeliberationNumber is not null || party.DeliberationOn is not null) => [new("", NoDeliberation)],
        ConventionGuard.Signable => [.. Signable(sheet)],
        ConventionGuard.Clause when ConventionTerms.Term(convention, sheet) is null => [new("", NoTerm)],
        ConventionGuard.MidTerm when convention.EndsOn < today => [new("", NoticeOver)],
        ConventionGuard.DataHeld when !ConventionTerms.DataHeld(sheet) => [new("", NoData)],
        ConventionGuard.DestructionProvided when convention.DestroyedOn is null => [new("", NoProof)],
        ConventionGuard.NoDataLeft when convention.State == ConventionStatus.Terminated && ConventionTerms.DataHeld(sheet) => [new("", DataStillHeld)],
        _ => [],
    };

    public static ActOutcome Judge(ConventionAct act, ActForm form, Convention convention, ConventionSheet sheet, DateOnly today)
    {
        var faults = Before(act, convention, sheet, today).Concat(Typed(act, form, sheet, today)).ToList();
        if (faults.Count > 0) return new(null, faults);
        if (Order(act, form, convention) is { } fault) return new(null, [fault]);
        var moved = convention with { Status = ConventionStates.Code(ConventionStates.After(convention.State, act)) };
        return act.Slug switch
        {
            "signer" => Sign(moved, form.Day!.Value, sheet),
            "preavis" => GiveNotice(moved, form, convention, sheet),
            "retirer-le-preavis" => new(moved with { NoticeOn = null, EndsOn = null, EndReason = null }, []),
            "mettre-fin" => new(moved with { EndsOn = form.Day, EndReason = form.EndReason }, []),
            "restituer" => new(moved with { RestitutedOn = form.Day }, []),
            "detruire" => new(moved with { DestroyedOn = form.Day }, []),
            "evaluer" => new(moved with { EvaluatedOn = form.Day }, []),
            _ => new(moved, []),
        };
    }

    private static IEnumerable<ActFault> Signable(ConventionSheet sheet)
    {
        var parties = sheet.Parties.Parties;
        if (!parties.Exists(party => party.Role == "PROVIDER") || !parties.Exists(party => party.Role == "BENEFICIARY")) yield return new("", NoParties);
        if (sheet.Duration.FirmMonths is not >= 1) yield return new("", NoDuration);
        if (sheet.Duration is { TacitRenewal: true, RenewalMonths: not >= 1 }) yield return new("", NoRenewal);
        if (sheet.Duration is { EffectiveOn: null, EffectBasis: not "ON_SIGNATURE" }) yield return new("", NoEffect);
    }

    private static IEnumerable<ActFault> Typed(ConventionAct act, ActForm form, ConventionSheet sheet, DateOnly today)
    {
        if (act.Needs.HasFlag(ConventionNeeds.Day))
        {
            if (form.Day is not { } day) yield return new(Day, DayMissing);
            else if (day > today) yield return new(Day, DayFuture);
        }
        // Minutes that the text does not ask for may be a letter that nobody kept.
        if (act.Needs.HasFlag(ConventionNeeds.Document) && string.IsNullOrWhiteSpace(form.Document) && !(act.Slug == "restituer" && sheet.Reversibility.MinutesRequired == false))
            yield return new(Document, DocumentMissing);
        if (act.Needs.HasFlag(ConventionNeeds.Reason) && (form.Reason?.Trim().Length ?? 0) < ShortestReason) yield return new("Form.Reason", ReasonMissing);
        if (act.Needs.HasFlag(ConventionNeeds.Officer) && !form.OfficerInformed) yield return new("Form.OfficerInformed", OfficerNotTold);
        if (act.Needs.HasFlag(ConventionNeeds.EndReason) && string.IsNullOrEmpty(form.EndReason)) yield return new("Form.EndReason", EndReasonMissing);
        if (act.Needs.HasFlag(ConventionNeeds.Clause) && ClauseOf(form, sheet) is null) yield return new("Form.Clause", ClauseMissing);
    }

    private static ActFault? Order(ConventionAct act, ActForm form, Convention convention) => (act.Slug, form.Day) switch
    {
        ("preavis" or "mettre-fin", { } day) when day < convention.EffectiveOn => new(Day, BeforeEffect, Dates.Full(convention.EffectiveOn.Value)),
        ("mettre-fin", { } day) when day > convention.EndsOn => new(Day, AfterEnd, Dates.Full(convention.EndsOn.Value)),
        ("retirer-le-preavis", { } day) when day < convention.NoticeOn => new(Day, BeforeNotice, Dates.Full(convention.NoticeOn.Value)),
        ("evaluer" or "avenant", { } day) when day < convention.SignedOn => new(Day, BeforeSignature, Dates.Full(convention.SignedOn.Value)),
        ("reversibilite", { } day) when day < convention.EndsOn && convention.NoticeOn is null => new(Day, BeforeRestitution, Dates.Full(convention.EndsOn.Value)),
        ("detruire", { } day) when day < convention.RestitutedOn => new(Day, BeforeMinutes, Dates.Full(convention.RestitutedOn.Value)),
        _ => null,
    };

    private static ActOutcome Sign(Convention moved, DateOnly day, ConventionSheet sheet) =>
        new(moved with { SignedOn = day, EffectiveOn = sheet.Duration.EffectBasis == "ON_SIGNATURE" ? sheet.Duration.EffectiveOn ?? day : sheet.Duration.EffectiveOn }, []);

    /// <summary>A notice that does not count changes nothing; the page tells why (R-CV-3 to R-CV-5).</summary>
    private static ActOutcome GiveNotice(Convention moved, ActForm form, Convention convention, ConventionSheet sheet)
    {
        var clause = ClauseOf(form, sheet)!;
        var outcome = ConventionTerms.Judge(clause, ConventionTerms.Term(convention, sheet)!, convention.EffectiveOn!.Value, form.Day!.Value);
        return outcome is { IsAdmissible: true, EffectiveEnd: { } end }
            ? new(moved with { NoticeOn = form.Day, EndsOn = end, EndReason = clause.Mode switch { "END_OF_PERIOD" => "NON_RENEWAL", "SERVICE_STOP" => "SERVICE_STOP", _ => "UNILATERAL" } }, [], outcome)
            : new(null, [], outcome);
    }

    private static TerminationClause? ClauseOf(ActForm form, ConventionSheet sheet) =>
        int.TryParse(form.Clause, out var index) ? ConventionTerms.ByNotice(sheet).Where(one => one.Index == index).Select(one => one.Clause).FirstOrDefault() : null;
}
