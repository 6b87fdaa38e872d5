namespace Registry.Deadlines;

/// <summary>How often a backup of a kind is made, on which hangs how long it is kept.</summary>
public enum BackupTier
{
    Daily,
    Weekly,
    Monthly,
}

/// <summary>
/// The delays that conventions set. Where they are silent, a delay is reckoned as Code de procédure civile, articles 641 and 642, and Regulation (EEC, Euratom)
/// n° 1182/71 reckon it, except that nothing moves to a working day unless the convention's policy says so.
/// For working days see <see cref="WorkingDays"/>, for billing <see cref="BillingStart"/>.
/// </summary>
public static class Obligations
{
    /// <summary>A delay in months from an event: same day number, else the last day of the month.</summary>
    public static Deadline InMonths(DateOnly from, int months, RollPolicy policy, HolidayCalendar calendar, StartEvent? start = null) =>
        Count(from, CalendarMonths.Add(from, months), Wording.FrenchMonthCount(months), Wording.EnglishMonthCount(months), months == 1, policy, calendar, start);

    /// <summary>A delay in calendar days, the day of the event left out: 60 days from the publication of a correction, for instance.</summary>
    public static Deadline InDays(DateOnly from, int days, RollPolicy policy, HolidayCalendar calendar, StartEvent? start = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(days);
        return Count(from, from.AddDays(days), Wording.FrenchDayCount(days), Wording.EnglishDayCount(days), days == 1, policy, calendar, start);
    }

    /// <summary>The last day to ask for something that takes months to come: the greatest day from which they still end by the wished date.</summary>
    public static ReckonedDate LatestRequest(DateOnly wishedOn, int leadMonths)
    {
        var latest = CalendarMonths.LatestStart(wishedOn, leadMonths);
        return new(latest,
        [
            new(DeadlineStepKind.Start, [wishedOn], $"Souhaité pour le {Wording.French(wishedOn)}.", $"Wished for {Wording.English(wishedOn)}."),
            new(
                DeadlineStepKind.Period,
                [latest],
                $"La demande est faite au moins {Wording.FrenchMonthCount(leadMonths)} avant : au plus tard le {Wording.French(latest)}.",
                $"The request is made at least {Wording.EnglishMonthCount(leadMonths)} before: no later than {Wording.English(latest)}."),
        ]);
    }

    /// <summary>The day until which a backup is kept: 7 days, 1 month or 6 months after it was made.</summary>
    public static ReckonedDate BackupKeptUntil(DateOnly madeOn, BackupTier tier)
    {
        var (until, french, english) = tier switch
        {
            BackupTier.Daily => (madeOn.AddDays(7), "Une sauvegarde journalière est gardée sept jours", "A daily backup is kept for seven days"),
            BackupTier.Weekly => (CalendarMonths.Add(madeOn, 1), "Une sauvegarde hebdomadaire est gardée un mois", "A weekly backup is kept for one month"),
            BackupTier.Monthly => (CalendarMonths.Add(madeOn, 6), "Une sauvegarde mensuelle est gardée six mois", "A monthly backup is kept for six months"),
            _ => throw new ArgumentOutOfRangeException(nameof(tier)),
        };
        return new(until,
        [
            new(DeadlineStepKind.Start, [madeOn], $"Faite le {Wording.French(madeOn)}.", $"Made on {Wording.English(madeOn)}."),
            new(DeadlineStepKind.Period, [until], $"{french} : jusqu’au {Wording.French(until)}.", $"{english}: until {Wording.English(until)}."),
        ]);
    }

    private static Deadline Count(DateOnly from, DateOnly end, string french, string english, bool single, RollPolicy policy, HolidayCalendar calendar, StartEvent? start)
    {
        // “Un mois mène”, “deux mois mènent”: the verb follows the number.
        List<DeadlineStep> steps =
        [
            (start ?? StartEvent.Event).On(from),
            new(
                DeadlineStepKind.Period,
                [end],
                $"{Wording.Sentence(french)} {(single ? "mène" : "mènent")} au {Wording.French(end)}.",
                $"{Wording.Sentence(english)} {(single ? "leads" : "lead")} to {Wording.English(end)}."),
        ];
        var due = Roll.Apply(policy, from, end, calendar, steps);
        return Deadline.AtEndOf(due, calendar.TimeZone, steps);
    }
}
