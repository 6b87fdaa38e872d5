namespace Registry.Deadlines;

/// <summary>What becomes of a deadline that falls on a Saturday, a Sunday or a public holiday (report des échéances).</summary>
public enum RollPolicy
{
    /// <summary>It stays where it is: the rule of contracts that say nothing.</summary>
    None,

    /// <summary>It moves to the next working day: the rule of the law (Regulation (EEC, Euratom) n° 1182/71, article 3(4)) and of some contracts.</summary>
    NextWorkingDay,

    /// <summary>It moves back to the working day before, though never before the event from which the period runs.</summary>
    PreviousWorkingDay,
}

internal static class Roll
{
    /// <summary>Where the policy takes the end of a period that began at <paramref name="from"/>, with its sentence when it moves.</summary>
    public static DateOnly Apply(RollPolicy policy, DateOnly from, DateOnly end, HolidayCalendar calendar, List<DeadlineStep> steps)
    {
        var day = policy switch
        {
            RollPolicy.None => end,
            RollPolicy.NextWorkingDay => calendar.NextWorkingDay(end),
            RollPolicy.PreviousWorkingDay => Back(from, end, calendar),
            _ => throw new ArgumentOutOfRangeException(nameof(policy)),
        };
        if (day != end) steps.Add(Step(end, day, calendar));
        return day;
    }

    private static DateOnly Back(DateOnly from, DateOnly end, HolidayCalendar calendar)
    {
        var before = calendar.PreviousWorkingDay(end);
        return before < from ? end : before;
    }

    private static DeadlineStep Step(DateOnly end, DateOnly day, HolidayCalendar calendar)
    {
        // Holidays on a weekend explain nothing: the weekend had moved the end already.
        var (first, last) = end < day ? (end, day) : (day, end);
        var holidays = new List<Holiday>();
        for (var between = first; between <= last; between = between.AddDays(1))
            if (!HolidayCalendar.IsWeekend(between) && calendar.On(between) is { } holiday)
                holidays.Add(holiday);
        var (french, english) = end < day ? ("il va jusqu’au", "it runs to") : ("il s’arrête au", "it stops on");
        return new(
            DeadlineStepKind.Roll,
            [day, .. holidays.Select(holiday => holiday.Date)],
            $"Un délai ne finit pas un samedi, un dimanche ni un jour férié{WorkingDays.Listed(holidays.Select(holiday => holiday.French))} : {french} {Wording.French(day)}.",
            $"A period does not end on a Saturday, a Sunday or a public holiday{WorkingDays.Listed(holidays.Select(holiday => holiday.English))}: {english} {Wording.English(day)}.");
    }
}
