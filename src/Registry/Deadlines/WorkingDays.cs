namespace Registry.Deadlines;

/// <summary>Periods in working days (jours ouvrés): Monday to Friday, the public holidays of the territory left out.</summary>
public static class WorkingDays
{
    /// <summary>
    /// The end of a period of working days. The day of the event is not counted (Regulation (EEC, Euratom) n° 1182/71, article 3(1)), whether or not it
    /// is a working day; the period ends with the last hour of the last working day counted. The targets so computed are internal ones of the registry
    /// (review of a sheet, validation of a statement, acknowledgement of a request), not terms fixed by a law.
    /// </summary>
    /// <param name="from">Day of the event: a calendar date in the time zone of the territory.</param>
    /// <param name="days">How many working days, at least one.</param>
    /// <param name="calendar">Holidays and time zone of the body that must act.</param>
    /// <param name="start">What happened on the first day, for the sentence; submission of a sheet when nothing is said.</param>
    public static Deadline Add(DateOnly from, int days, HolidayCalendar calendar, StartEvent? start = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(days, 1);
        var passedOver = new List<Holiday>();
        var day = from;
        for (var counted = 0; counted < days;)
        {
            day = day.AddDays(1);
            if (HolidayCalendar.IsWeekend(day))
                continue;
            if (calendar.On(day) is { } holiday)
                passedOver.Add(holiday);
            else
                counted++;
        }

        return Deadline.AtEndOf(day, calendar.TimeZone, [(start ?? StartEvent.Submitted).On(from), Counted(days, day, passedOver)]);
    }

    private static DeadlineStep Counted(int days, DateOnly end, List<Holiday> passedOver)
    {
        // With one day the verbs and nouns lose their plural.
        var french = days == 1
            ? $"Un jour ouvré mène au {Wording.French(end)}"
            : $"{Wording.Sentence(Wording.FrenchNumber(days))} jours ouvrés mènent au {Wording.French(end)}";
        var english = days == 1
            ? $"One working day leads to {Wording.English(end)}"
            : $"{Wording.Sentence(Wording.EnglishNumber(days))} working days lead to {Wording.English(end)}";
        return new DeadlineStep(
            DeadlineStepKind.WorkingDays,
            [end, .. passedOver.Select(holiday => holiday.Date)],
            $"{french} ; samedis, dimanches et jours fériés ne comptent pas{Listed(passedOver.Select(holiday => holiday.French))}.",
            $"{english}; Saturdays, Sundays and public holidays do not count{Listed(passedOver.Select(holiday => holiday.English))}.");
    }

    internal static string Listed(IEnumerable<string> holidays) => string.Join(", ", holidays) is { Length: > 0 } list ? $" ({list})" : "";
}
