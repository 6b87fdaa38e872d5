namespace Registry.Deadlines;

/// <summary>Periods in months, from day number to day number (de quantième à quantième), and what becomes of a day number that the last month lacks.</summary>
public static class CalendarMonths
{
    /// <summary>
    /// The end of a period in months: the same day number, else the last day of the month (Regulation (EEC, Euratom) n° 1182/71, article 3(2)(c);
    /// Code de procédure civile, article 641). So 31 January and one month make 28 or 29 February.
    /// </summary>
    public static DateOnly Add(DateOnly from, int months)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(months);
        return from.AddMonths(months);
    }

    /// <summary>
    /// The first day after a contractual period that runs from date to date: the same day number, and where the month lacks it the first day of the
    /// next month, so that no day of the period is lost: a year from 29 February 2024 fills 28 February 2025 and gives way on 1 March.
    /// </summary>
    public static DateOnly Anniversary(DateOnly effectiveOn, int months)
    {
        var end = Add(effectiveOn, months);
        return end.Day < effectiveOn.Day ? end.AddDays(1) : end;
    }

    /// <summary>
    /// The latest day from which a period in months still ends by that day. Subtracting months would miss some: from 31 December two months lead
    /// to 28 February as well, although 28 February less two months is 28 December.
    /// </summary>
    public static DateOnly LatestStart(DateOnly endsBy, int months)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(months);
        var day = endsBy.AddMonths(-months);
        while (day.AddDays(1).AddMonths(months) <= endsBy) day = day.AddDays(1);
        return day;
    }
}
