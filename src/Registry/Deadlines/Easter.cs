namespace Registry.Deadlines;

/// <summary>The date of Easter, on which Easter Monday, Ascension, Whit Monday and Good Friday hang.</summary>
public static class Easter
{
    /// <summary>Easter Sunday of the western churches. Gregorian years only (1583 and later); the algorithm is that of Meeus, Jones and Butcher.</summary>
    public static DateOnly Sunday(int year)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(year, 1583);
        var golden = year % 19;
        var century = year / 100;
        var yearOfCentury = year % 100;
        var moonShift = (century - ((century + 8) / 25) + 1) / 3;
        var epact = ((19 * golden) + century - (century / 4) - moonShift + 15) % 30;
        var weekday = (32 + (2 * (century % 4)) + (2 * (yearOfCentury / 4)) - epact - (yearOfCentury % 4)) % 7;
        var correction = (golden + (11 * epact) + (22 * weekday)) / 451;
        var days = epact + weekday - (7 * correction) + 114;
        return new DateOnly(year, days / 31, (days % 31) + 1);
    }
}
