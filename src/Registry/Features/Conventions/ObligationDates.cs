using Registry.Deadlines;
using Registry.Features.Records;
using Registry.Features.Shared;

namespace Registry.Features.Conventions;

/// <summary>Where an obligation stands today (domain §2.5).</summary>
/// <param name="Row">What the text says.</param>
/// <param name="Status">A code of the vocabulary ObligationStatus.</param>
/// <param name="DueOn">The next day on which evidence must be there; null when the obligation waits for an event, or for nothing.</param>
/// <param name="Steps">Why that day.</param>
/// <param name="WaitsKey">Where there is no date: what it is counted from (a message key with the number).</param>
/// <param name="WaitsFor">The number in it.</param>
/// <param name="Last">The newest evidence.</param>
public sealed record ObligationState(
    ObligationRow Row, string Status, DateOnly? DueOn, IReadOnlyList<DeadlineStep> Steps, string? WaitsKey, int WaitsFor, ConventionProof? Last)
{
    public const string Overdue = "OVERDUE";
    public const string DueSoon = "DUE_SOON";
}

/// <summary>When each obligation of a convention is due: a delay from a signature, a period that begins again with each proof, or whenever something happens.</summary>
public static class ObligationDates
{
    private const int SoonDays = 30;
    private const int SoonDaysOfShortPeriods = 7;
    private const int ShortPeriodMonths = 3;

    private static readonly StartEvent Followed = new("Obligation suivie ici depuis", "Followed here since");
    private static readonly StartEvent Proved = new("La dernière preuve s’arrête", "The last evidence goes up to");

    public static IReadOnlyList<string> AllMessageKeys { get; } =
    [
        "sous {0} jours après chaque publication", "{0} mois avant la fin, si le service s’arrête", "{0} mois avant la date souhaitée", "sous {0} heures après avoir su",
        "à compter de la signature", "à compter du procès-verbal de restitution", "à compter de la fin de la convention",
    ];

    public static IReadOnlyList<ObligationState> List(Convention convention, ConventionSheet sheet, IReadOnlyList<ConventionProof> proofs, DateOnly today) =>
        [.. sheet.Obligations.Obligations.Select(row => State(row, convention, sheet, proofs, today))];

    private static ObligationState State(ObligationRow row, Convention convention, ConventionSheet sheet, IReadOnlyList<ConventionProof> proofs, DateOnly today)
    {
        var last = proofs.Where(proof => proof.Code == row.Code).OrderByDescending(proof => proof.Through).FirstOrDefault();
        var (policy, calendar) = (ConventionTerms.Roll(sheet), convention.Calendar);
        if (DeadlineRule.Parse(row.DeadlineRule) is { } rule)
        {
            if (!rule.HasOneDate) return new(row, Proven(last), null, [], Waits(rule), Math.Max(rule.Hours, Math.Max(rule.Days, rule.Months)), last);
            // Evidence given once settles what is due once.
            if (last is not null) return new(row, "COMPLIANT", null, [], null, 0, last);
            if (Anchor(rule, convention) is not { } from) return new(row, "NOT_STARTED", null, [], Waits(rule), 0, null);
            var due = Count(from.Day, rule.Months, rule.Days, policy, calendar, from.Event);
            return new(row, Status(due.DueOn, today, SoonDays, last), due.DueOn, due.Steps, null, 0, null);
        }
        if (Period.Parse(row.Periodicity) is not { } period || !ConventionStates.Runs(convention.State) || convention.EffectiveOn is null)
            return new(row, Proven(last), null, [], null, 0, last);
        // Months of a period come before its days: P1M15D is a month, then fifteen days.
        var (start, begins) = last is null ? (convention.FollowedFrom, Followed) : (last.Through, Proved);
        var months = period.Years * 12 + period.Months;
        // An attestation is renewed on the day it runs out, not a period later.
        var (dueOn, steps) = (start, (IReadOnlyList<DeadlineStep>)[begins.On(start)]);
        if (last is not { RunsOut: true })
        {
            var next = Count(start, months, period.Weeks * 7 + period.Days, policy, calendar, begins);
            (dueOn, steps) = (next.DueOn, next.Steps);
        }
        if (dueOn > ConventionTerms.LastDay(convention, sheet)) return new(row, Proven(last), null, [], null, 0, last);
        return new(row, Status(dueOn, today, months < ShortPeriodMonths ? SoonDaysOfShortPeriods : SoonDays, last), dueOn, steps, null, 0, last);
    }

    private static Deadline Count(DateOnly from, int months, int days, RollPolicy policy, HolidayCalendar calendar, StartEvent start)
    {
        if (months == 0) return Obligations.InDays(from, days, policy, calendar, start);
        if (days == 0) return Obligations.InMonths(from, months, policy, calendar, start);
        var first = Obligations.InMonths(from, months, RollPolicy.None, calendar, start);
        var whole = Obligations.InDays(first.DueOn, days, policy, calendar, StartEvent.Event);
        return whole with { Steps = [.. first.Steps, .. whole.Steps.Skip(1)] };
    }

    private static (DateOnly Day, StartEvent Event)? Anchor(DeadlineRule rule, Convention convention) => rule.Anchor switch
    {
        DeadlineAnchor.Signature when convention.SignedOn is { } day => (day, StartEvent.Signature),
        DeadlineAnchor.RestitutionMinutes when convention.RestitutedOn is { } day => (day, StartEvent.Signature),
        DeadlineAnchor.End when convention.EndsOn is { } day => (day, StartEvent.Ended),
        _ => null,
    };

    private static string Waits(DeadlineRule rule) => rule.Anchor switch
    {
        DeadlineAnchor.Publication => "sous {0} jours après chaque publication",
        DeadlineAnchor.Notice => "{0} mois avant la fin, si le service s’arrête",
        DeadlineAnchor.WishedDate => "{0} mois avant la date souhaitée",
        DeadlineAnchor.Alert => "sous {0} heures après avoir su",
        DeadlineAnchor.Signature => "à compter de la signature",
        DeadlineAnchor.RestitutionMinutes => "à compter du procès-verbal de restitution",
        _ => "à compter de la fin de la convention",
    };

    private static string Proven(ConventionProof? last) => last is null ? "NOT_STARTED" : "COMPLIANT";

    private static string Status(DateOnly due, DateOnly today, int soon, ConventionProof? last) =>
        due < today ? ObligationState.Overdue : due <= today.AddDays(soon) ? ObligationState.DueSoon : Proven(last);
}
