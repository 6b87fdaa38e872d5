namespace Registry.Deadlines;

/// <summary>When a clause lets a party end a convention by notice. The vocabulary knows two more ways, of right and as a sanction, that take no notice.</summary>
public enum TerminationMode
{
    /// <summary>Only at the end of a period; else the convention is renewed.</summary>
    EndOfPeriod,

    /// <summary>On any day.</summary>
    AnyTime,

    /// <summary>From the first day of a contract year on.</summary>
    FromContractYear,

    /// <summary>When the provider stops the service.</summary>
    ServiceStop,
}

/// <summary>Which date of a letter is compared with the last day of notice.</summary>
public enum NoticeReckonedFrom
{
    Sending,
    Receipt,
}

/// <summary>What a notice brings about.</summary>
/// <param name="IsAdmissible">Whether it counts. One that does not is kept as void.</param>
/// <param name="EffectiveEnd">The last day of the convention; null when a void notice leaves it without an end to name.</param>
/// <param name="Earliest">The first day on which a notice counts, where the clause has one.</param>
/// <param name="Latest">The last day on which a notice counts, where the clause has one.</param>
/// <param name="Steps">How this was found.</param>
public sealed record NoticeOutcome(bool IsAdmissible, DateOnly? EffectiveEnd, DateOnly? Earliest, DateOnly? Latest, IReadOnlyList<DeadlineStep> Steps);

/// <summary>
/// Whether a notice (préavis) ends a convention, and when. The clause is the law of the parties (Code civil, articles 1103, 1211 and 1212); days are
/// counted from day number to day number and do not move to a working day.
/// </summary>
public static class NoticeWindow
{
    /// <summary>A notice for the end of a period, in time up to the greatest day from which the months of notice still end by the last day of the period.</summary>
    /// <param name="periodLastDay">Last day of the current period.</param>
    /// <param name="renewedUntil">Last day of the next period, or null when there is none: a late notice then changes nothing.</param>
    /// <param name="noticeMonths">Length of the notice.</param>
    /// <param name="noticeOn">The day of the letter that the clause looks at.</param>
    /// <param name="reckonedFrom">Which day that is, for the sentence.</param>
    public static NoticeOutcome AtEndOfPeriod(DateOnly periodLastDay, DateOnly? renewedUntil, int noticeMonths, DateOnly noticeOn, NoticeReckonedFrom reckonedFrom)
    {
        var latest = CalendarMonths.LatestStart(periodLastDay, noticeMonths);
        var admissible = noticeOn <= latest;
        var end = admissible ? periodLastDay : renewedUntil ?? periodLastDay;
        var (french, english) = reckonedFrom == NoticeReckonedFrom.Sending ? ("envoyé", "sent") : ("reçu", "received");
        return new(admissible, end, Earliest: null, latest,
        [
            new(DeadlineStepKind.Period, [periodLastDay], $"La période en cours finit le {Wording.French(periodLastDay)}.", $"The current period ends on {Wording.English(periodLastDay)}."),
            new(
                DeadlineStepKind.Notice,
                [latest],
                $"Un préavis de {Wording.FrenchMonthCount(noticeMonths)} doit être {french} au plus tard le {Wording.French(latest)}.",
                $"A notice of {Wording.EnglishMonthCount(noticeMonths)} must be {english} no later than {Wording.English(latest)}."),
            new(
                DeadlineStepKind.Notice,
                [noticeOn],
                $"Il a été {french} le {Wording.French(noticeOn)}, {FrenchEffect(admissible, end, renewedUntil)}",
                $"It was {english} on {Wording.English(noticeOn)}, {EnglishEffect(admissible, end, renewedUntil)}"),
        ]);
    }

    /// <summary>A notice at any time, or of the end of a service: the convention ends when its months have run from receipt.</summary>
    public static NoticeOutcome AtAnyTime(DateOnly receivedOn, int noticeMonths)
    {
        var end = CalendarMonths.Add(receivedOn, noticeMonths);
        return new(IsAdmissible: true, end, Earliest: null, Latest: null, [Received(receivedOn), Ends(noticeMonths, end)]);
    }

    /// <summary>A notice that counts from the first day of a contract year on; year 1 begins with the convention.</summary>
    public static NoticeOutcome FromContractYear(DateOnly effectiveOn, int contractYear, DateOnly receivedOn, int noticeMonths)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(contractYear, 1);
        var earliest = CalendarMonths.Anniversary(effectiveOn, 12 * (contractYear - 1));
        DateOnly? end = receivedOn >= earliest ? CalendarMonths.Add(receivedOn, noticeMonths) : null;
        return new(end is not null, end, earliest, Latest: null,
        [
            new(
                DeadlineStepKind.Notice,
                [earliest],
                $"Un préavis est recevable à partir du {Wording.French(earliest)}, premier jour de l’année {contractYear} de la convention.",
                $"Notice is admissible from {Wording.English(earliest)}, the first day of year {contractYear} of the convention."),
            Received(receivedOn),
            end is { } last
                ? Ends(noticeMonths, last)
                : new(DeadlineStepKind.Notice, [receivedOn], "Il est venu trop tôt : il est sans effet.", "It came too early: it has no effect."),
        ]);
    }

    /// <summary>When to send a notice so that it is surely in time: the last day of notice or the working day before it, reckoned ten days earlier for a registered letter.</summary>
    public static DateOnly RecommendedSending(DateOnly latestNoticeOn, bool registeredLetter, HolidayCalendar calendar) =>
        calendar.PreviousWorkingDay(latestNoticeOn.AddDays(registeredLetter ? -10 : 0));

    private static DeadlineStep Received(DateOnly day) =>
        new(DeadlineStepKind.Start, [day], $"Le préavis a été reçu le {Wording.French(day)}.", $"The notice was received on {Wording.English(day)}.");

    private static DeadlineStep Ends(int months, DateOnly end) => new(
        DeadlineStepKind.Period,
        [end],
        $"Il est de {Wording.FrenchMonthCount(months)} : la convention prend fin le {Wording.French(end)}.",
        $"It is of {Wording.EnglishMonthCount(months)}: the convention ends on {Wording.English(end)}.");

    private static string FrenchEffect(bool admissible, DateOnly end, DateOnly? renewedUntil) =>
        admissible ? $"à temps : la convention prend fin le {Wording.French(end)}."
        : renewedUntil is null ? $"trop tard, mais la convention ne se reconduit pas : elle prend fin le {Wording.French(end)}."
        : $"trop tard : la convention est reconduite jusqu’au {Wording.French(end)}.";

    private static string EnglishEffect(bool admissible, DateOnly end, DateOnly? renewedUntil) =>
        admissible ? $"in time: the convention ends on {Wording.English(end)}."
        : renewedUntil is null ? $"too late, but the convention is not renewed: it ends on {Wording.English(end)}."
        : $"too late: the convention is renewed until {Wording.English(end)}.";
}
