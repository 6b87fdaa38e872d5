namespace Registry.Deadlines;

/// <summary>What the duration clause of a convention says, in months.</summary>
public sealed record ConventionDuration
{
    /// <summary>The first day of the convention.</summary>
    public required DateOnly EffectiveOn { get; init; }

    public required int FirmMonths { get; init; }

    /// <summary>Length of a period of tacit renewal (reconduction tacite); null when the convention ends with its firm period.</summary>
    public int? RenewalMonths { get; init; }

    /// <summary>The total that no renewal may exceed; null when the convention sets none.</summary>
    public int? MaxTotalMonths { get; init; }

    /// <summary>Notice that prevents the renewal; null when the clause names none.</summary>
    public int? NoticeMonths { get; init; }
}

/// <summary>
/// Where a convention stands: the period that runs, what follows it, and by when one must say that it shall not (Code civil, articles 1210 to 1215: term,
/// notice and tacit renewal are what the parties agreed). Periods run from date to date and do not move to a working day.
/// </summary>
public sealed record ConventionTerm
{
    public required DateOnly PeriodFirstDay { get; init; }

    public required DateOnly PeriodLastDay { get; init; }

    /// <summary>The day after, whether or not a period begins on it.</summary>
    public required DateOnly NextPeriodFirstDay { get; init; }

    /// <summary>Whether the convention goes on by itself: the whole next period must fit in the maximum, a part of it does not count.</summary>
    public required bool RenewsTacitly { get; init; }

    /// <summary>The last day of the next period, or null when there is none.</summary>
    public required DateOnly? NextPeriodLastDay { get; init; }

    /// <summary>The last day on which a notice prevents the renewal; null when there is nothing to prevent or no notice in the clause.</summary>
    public required DateOnly? LatestNoticeOn { get; init; }

    /// <summary>The day that no renewal can pass; null when the convention sets no maximum.</summary>
    public required DateOnly? AbsoluteLastDay { get; init; }

    public required IReadOnlyList<DeadlineStep> Steps { get; init; }

    /// <summary>The period reached after a number of renewals. Every period is counted from the effective date, so that no month end is lost on the way.</summary>
    public static ConventionTerm Compute(ConventionDuration duration, int renewalsElapsed = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(duration.FirmMonths, 1, nameof(duration));
        ArgumentOutOfRangeException.ThrowIfNegative(renewalsElapsed);
        if (duration.RenewalMonths < 1) throw new ArgumentOutOfRangeException(nameof(duration), "A period of renewal lasts at least a month.");
        if (renewalsElapsed > 0 && duration.RenewalMonths is null) throw new ArgumentException("A convention without tacit renewal has not been renewed.", nameof(renewalsElapsed));

        var renewal = duration.RenewalMonths ?? 0;
        var months = duration.FirmMonths + (renewalsElapsed * renewal);
        var next = CalendarMonths.Anniversary(duration.EffectiveOn, months);
        var nextLastDay = NextLastDay(duration.EffectiveOn, months, duration.RenewalMonths, duration.MaxTotalMonths);
        var term = new ConventionTerm
        {
            PeriodFirstDay = renewalsElapsed == 0 ? duration.EffectiveOn : CalendarMonths.Anniversary(duration.EffectiveOn, months - renewal),
            PeriodLastDay = next.AddDays(-1),
            NextPeriodFirstDay = next,
            RenewsTacitly = nextLastDay is not null,
            NextPeriodLastDay = nextLastDay,
            LatestNoticeOn = nextLastDay is not null && duration.NoticeMonths is { } notice ? CalendarMonths.LatestStart(next.AddDays(-1), notice) : null,
            AbsoluteLastDay = duration.MaxTotalMonths is { } most ? CalendarMonths.Anniversary(duration.EffectiveOn, most).AddDays(-1) : null,
            Steps = [],
        };
        return term with { Steps = [.. Explain(term, duration, months)] };
    }

    /// <summary>
    /// The last day of the period after the one that ends on <paramref name="periodLastDay"/>, or null when there is none. For a period of which only the
    /// end is known: how many months it closes is found by counting from the effective date.
    /// </summary>
    public static DateOnly? NextPeriodLastDayAfter(DateOnly periodLastDay, DateOnly? effectiveOn, int? renewalMonths, int? maxTotalMonths)
    {
        var next = periodLastDay.AddDays(1);
        if (effectiveOn is not { } first || first >= next) return NextLastDay(next, 0, renewalMonths, maxTotalMonths: null);
        var months = ((next.Year - first.Year) * 12) + next.Month - first.Month;
        if (CalendarMonths.Anniversary(first, months) > next) months--;
        // An end that is no anniversary was agreed apart from the periods: the next one then runs from it.
        return CalendarMonths.Anniversary(first, months) == next
            ? NextLastDay(first, months, renewalMonths, maxTotalMonths)
            : NextLastDay(next, 0, renewalMonths, maxTotalMonths - months - 1);
    }

    private static DateOnly? NextLastDay(DateOnly effectiveOn, int months, int? renewalMonths, int? maxTotalMonths) =>
        renewalMonths is { } renewal && !(months + renewal > maxTotalMonths)
            ? CalendarMonths.Anniversary(effectiveOn, months + renewal).AddDays(-1)
            : null;

    private static IEnumerable<DeadlineStep> Explain(ConventionTerm term, ConventionDuration duration, int months)
    {
        yield return new(
            DeadlineStepKind.Start,
            [duration.EffectiveOn],
            $"La convention prend effet le {Wording.French(duration.EffectiveOn)}.",
            $"The convention takes effect on {Wording.English(duration.EffectiveOn)}.");
        yield return new(
            DeadlineStepKind.Period,
            [term.PeriodLastDay],
            $"{Wording.Sentence(Wording.FrenchMonthCount(months))} depuis cette date : la période en cours finit le {Wording.French(term.PeriodLastDay)}.",
            $"{Wording.Sentence(Wording.EnglishMonthCount(months))} from that day: the current period ends on {Wording.English(term.PeriodLastDay)}.");
        if (term.NextPeriodLastDay is { } end)
            yield return new(
                DeadlineStepKind.Renewal,
                [term.NextPeriodFirstDay, end],
                $"Sans préavis, elle est reconduite du {Wording.French(term.NextPeriodFirstDay)} au {Wording.French(end)}.",
                $"Without notice it is renewed from {Wording.English(term.NextPeriodFirstDay)} to {Wording.English(end)}.");
        else if (duration.RenewalMonths is not null && duration.MaxTotalMonths is { } most)
            yield return new(
                DeadlineStepKind.Renewal,
                [term.NextPeriodFirstDay],
                $"Elle ne se reconduit plus : une période entière de plus dépasserait la durée totale de {Wording.FrenchMonthCount(most)}.",
                $"It is renewed no more: another whole period would exceed the total of {Wording.EnglishMonthCount(most)}.");
        else
            yield return new(DeadlineStepKind.Renewal, [term.NextPeriodFirstDay], "Elle ne se reconduit pas tacitement.", "It is not renewed tacitly.");
        if (term.LatestNoticeOn is { } latest)
            yield return new(
                DeadlineStepKind.Notice,
                [latest],
                $"Le préavis est de {Wording.FrenchMonthCount(duration.NoticeMonths!.Value)} : il est donné au plus tard le {Wording.French(latest)}.",
                $"Notice is {Wording.EnglishMonthCount(duration.NoticeMonths!.Value)}: it is given no later than {Wording.English(latest)}.");
    }
}
