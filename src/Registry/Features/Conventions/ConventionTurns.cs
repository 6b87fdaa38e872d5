using Registry.Deadlines;

namespace Registry.Features.Conventions;

/// <summary>What time alone does to a convention (T-CV-03, T-CV-04, T-CV-07).</summary>
/// <param name="EventKind">A code of the vocabulary ConventionEventKind.</param>
/// <param name="On">The day it happened, which may be long before anybody looked.</param>
/// <param name="To">The state afterwards.</param>
/// <param name="EndReason">Why it ended (vocabulary ConventionEndReason).</param>
public sealed record ConventionTurn(string EventKind, DateOnly On, ConventionStatus To, int Renewals, DateOnly? EndsOn = null, string? EndReason = null);

public static class ConventionTurns
{
    /// <summary>The next turn that is due, or null. Asked again after each: a convention written down late catches up period by period.</summary>
    public static ConventionTurn? Next(Convention convention, ConventionSheet sheet, DateOnly today)
    {
        switch (convention.State)
        {
            case ConventionStatus.Signed when convention.EffectiveOn <= today:
                return new("IN_FORCE", convention.EffectiveOn.Value, ConventionStatus.InForce, 0);
            case ConventionStatus.NoticeGiven when convention.EndsOn < today:
                return new("TERMINATED", convention.EndsOn.Value, ConventionStatus.Terminated, convention.Renewals, convention.EndsOn, convention.EndReason ?? "NON_RENEWAL");
            case ConventionStatus.InForce when ConventionTerms.Term(convention, sheet) is { } term && term.NextPeriodFirstDay <= today:
                return term.RenewsTacitly
                    ? new("RENEWED", term.NextPeriodFirstDay, ConventionStatus.InForce, convention.Renewals + 1)
                    : new("TERMINATED", term.PeriodLastDay, ConventionStatus.Terminated, convention.Renewals, term.PeriodLastDay, ReasonOf(term, sheet));
            default:
                return null;
        }
    }

    /// <summary>How many renewals a convention in force has had by then, counted from its text: for a text that was copied wrongly and is put right.</summary>
    public static int RenewalsBy(ConventionDuration duration, DateOnly today)
    {
        var renewals = 0;
        while (ConventionTerm.Compute(duration, renewals) is { RenewsTacitly: true } term && term.NextPeriodFirstDay <= today) renewals++;
        return renewals;
    }

    private static string ReasonOf(ConventionTerm term, ConventionSheet sheet) =>
        sheet.Duration.TacitRenewal == true && term.AbsoluteLastDay is not null ? "MAX_DURATION" : "EXPIRY";
}
