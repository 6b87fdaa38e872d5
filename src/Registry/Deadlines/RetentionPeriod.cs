using System.Globalization;
using System.Text.RegularExpressions;

namespace Registry.Deadlines;

/// <summary>How long something is kept, as ISO 8601 writes it: P5Y, P3M, P1Y6M, P35D, P2W.</summary>
public readonly partial record struct RetentionPeriod(int Months, int Days)
{
    public static RetentionPeriod OfYears(int years) => new(12 * years, 0);

    public static RetentionPeriod OfMonths(int months) => new(months, 0);

    /// <summary>The last day of the period: same day number, else the last day of the month; then the days.</summary>
    public DateOnly EndFrom(DateOnly day) => CalendarMonths.Add(day, Months).AddDays(Days);

    /// <summary>Reads a period in years, months, weeks and days; null when the text is another thing.</summary>
    public static RetentionPeriod? Parse(string text)
    {
        var match = Written().Match(text);
        if (!match.Success) return null;
        try
        {
            return checked(new RetentionPeriod((12 * Number(match, "y")) + Number(match, "m"), (7 * Number(match, "w")) + Number(match, "d")));
        }
        catch (OverflowException)
        {
            return null;
        }
    }

    /// <summary>“5 ans”, “18 mois”, “35 jours”.</summary>
    internal string French => Words([(Months % 12 == 0 ? Months / 12 : 0, "an", "ans"), (Months % 12 == 0 ? 0 : Months, "mois", "mois"), (Days, "jour", "jours")], " et ");

    internal string English => Words([(Months % 12 == 0 ? Months / 12 : 0, "year", "years"), (Months % 12 == 0 ? 0 : Months, "month", "months"), (Days, "day", "days")], " and ");

    private static string Words(IEnumerable<(int Count, string One, string Many)> parts, string and) =>
        string.Join(and, parts.Where(part => part.Count > 0).Select(part => $"{part.Count} {(part.Count == 1 ? part.One : part.Many)}"));

    private static int Number(Match match, string group) =>
        match.Groups[group].Success ? int.Parse(match.Groups[group].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(@"^P(?=\d)((?<y>\d+)Y)?((?<m>\d+)M)?((?<w>\d+)W)?((?<d>\d+)D)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Written();
}
