namespace Registry.Features.Areas;

/// <summary>Officers of an area follow one another: a public body has one at any time (article 37), never two, and none is missing for a day.</summary>
public static class Succession
{
    /// <summary>The first day from today on without an officer; null when somebody is in office for as long as one can see.</summary>
    public static DateOnly? FirstDayWithout(IEnumerable<AreaOffice> offices, DateOnly today)
    {
        var officers = offices.Where(office => office.IsOfficer).ToList();
        for (var day = today; ;)
        {
            var last = officers.Where(office => office.Covers(day)).Select(office => (DateOnly?)office.Last).Max();
            if (last is null) return day;
            if (last == DateOnly.MaxValue) return null;
            day = last.Value.AddDays(1);
        }
    }

    /// <summary>Since when nobody is in office, when somebody once was.</summary>
    public static DateOnly? VacantSince(IEnumerable<AreaOffice> offices, DateOnly today) =>
        offices.Where(office => office.IsOfficer && office.Last < today).Select(office => (DateOnly?)office.Last.AddDays(1)).Max();

    /// <summary>
    /// Who hands over to an officer who begins on that day: her last day is the day before. Not possible when somebody else begins on that day or later.
    /// </summary>
    public static (bool Possible, AreaOffice? Predecessor) Before(IEnumerable<AreaOffice> offices, DateOnly first)
    {
        var meeting = offices.Where(office => office.IsOfficer && office.Last >= first).ToList();
        return meeting.Count > 1 || meeting.Any(office => office.StartOn >= first) ? (false, null) : (true, meeting.SingleOrDefault());
    }
}
