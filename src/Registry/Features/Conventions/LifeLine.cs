using Registry.Deadlines;

namespace Registry.Features.Conventions;

/// <summary>A stretch of the line. Percent of its whole length, so that the picture needs no pixels.</summary>
/// <param name="Kind">firm, over (a renewal that has passed), current, possible.</param>
/// <param name="Number">0 for the firm period, else which renewal.</param>
public sealed record LifeSegment(string Kind, int Number, DateOnly From, DateOnly LastDay, double Start, double Width);

/// <param name="Kind">today, maximum, end.</param>
public sealed record LifeMark(string Kind, DateOnly On, double At);

/// <summary>
/// The life of a convention on one line: firm period, renewals, how far it may go, the time left to give notice. Computed here, drawn by _LifeLine; what it
/// shows stands beside it in sentences.
/// </summary>
public sealed record LifeLine(DateOnly From, DateOnly To, IReadOnlyList<LifeSegment> Segments, IReadOnlyList<LifeMark> Marks, IReadOnlyList<LifeMark> Years, (double Start, double Width)? TimeToGiveNotice, (double Start, double Width)? TooLate)
{
    private const int MostPossible = 2;
    private const int MostYears = 12;

    /// <summary>Null while the text gives no dates.</summary>
    public static LifeLine? Of(Convention convention, ConventionSheet sheet, DateOnly today)
    {
        if (ConventionTerms.Duration(convention.EffectiveOn, sheet) is not { } duration || ConventionTerms.Term(convention, sheet) is not { } now) return null;
        var running = convention.State is ConventionStatus.Signed or ConventionStatus.InForce;
        var periods = new List<(string Kind, int Number, DateOnly From, DateOnly LastDay)>();
        for (var number = 0; number <= convention.Renewals + (running ? MostPossible : 0); number++)
        {
            if (number > 0 && duration.RenewalMonths is null) break;
            var period = ConventionTerm.Compute(duration, number);
            if (number > convention.Renewals && period.PeriodLastDay > (now.AbsoluteLastDay ?? DateOnly.MaxValue)) break;
            if (convention.EndsOn is { } end && period.PeriodFirstDay > end) break;
            var last = convention.EndsOn < period.PeriodLastDay ? convention.EndsOn.Value : period.PeriodLastDay;
            periods.Add((number > convention.Renewals ? "possible" : number == convention.Renewals && running ? "current" : number == 0 ? "firm" : "over", number, period.PeriodFirstDay, last));
        }
        if (periods.Count == 0) return null;  // it ended before it took effect
        var from = duration.EffectiveOn;
        var to = Latest(periods[^1].LastDay, convention.EndsOn, running ? now.AbsoluteLastDay : null).AddDays(1);
        double At(DateOnly day) => Math.Clamp(100.0 * (day.DayNumber - from.DayNumber) / (to.DayNumber - from.DayNumber), 0, 100);
        (double, double) Span(DateOnly first, DateOnly next) => (At(first), At(next) - At(first));

        var marks = new List<LifeMark>();
        if (today >= from && today < to) marks.Add(new("today", today, At(today)));
        if (convention.EndsOn is { } ends) marks.Add(new("end", ends, At(ends.AddDays(1))));
        else if (now.AbsoluteLastDay is { } most && running) marks.Add(new("maximum", most, At(most.AddDays(1))));
        var step = Math.Max(1, (to.Year - from.Year + MostYears) / MostYears);
        var years = Enumerable.Range(from.Year, to.Year - from.Year + 1).Where(year => (year - from.Year) % step == 0).Select(year => new DateOnly(year, 1, 1))
            .Where(day => day >= from && day < to).Select(day => new LifeMark("year", day, At(day))).ToList();
        var notice = running && convention.State == ConventionStatus.InForce ? now.LatestNoticeOn : null;
        return new(from, to,
            [.. periods.Select(one => new LifeSegment(one.Kind, one.Number, one.From, one.LastDay, At(one.From), At(one.LastDay.AddDays(1)) - At(one.From)))], marks, years,
            notice is { } latest && latest >= today ? Span(today, latest.AddDays(1)) : null,
            notice is { } late ? Span(late < today ? today : late.AddDays(1), now.NextPeriodFirstDay) : null);
    }

    private static DateOnly Latest(params DateOnly?[] days) => days.Where(day => day is not null).Max()!.Value;
}
