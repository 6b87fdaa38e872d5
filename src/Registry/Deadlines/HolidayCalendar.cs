using System.Collections.Concurrent;

namespace Registry.Deadlines;

/// <summary>A public holiday on its day. The names of those known by their date (14 juillet) are empty.</summary>
public sealed record Holiday(DateOnly Date, string FrenchName, string EnglishName)
{
    /// <summary>“14 juillet”, “lundi de Pâques 6 avril”.</summary>
    public string French => $"{FrenchName} {Wording.FrenchDay(Date)}".TrimStart();

    /// <summary>“14 July”, “Easter Monday 6 April”.</summary>
    public string English => $"{EnglishName} {Wording.EnglishDay(Date)}".TrimStart();
}

/// <summary>A day on which the rules are wrong about a territory: a holiday that they do not know, or one of theirs that is none.</summary>
public sealed record HolidayCorrection(DateOnly Day, bool IsHoliday, string Name)
{
    /// <summary>“+2026-05-28 abolition de l’esclavage”, as the database gives it.</summary>
    public static HolidayCorrection Parse(string text) =>
        new(DateOnly.ParseExact(text.AsSpan(1, 10), "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), text[0] == '+', text[12..]);
}

/// <summary>
/// The public holidays of a territory, and thereby its working days: Monday to Friday except holidays, counted by the local calendar date of
/// the territory. Sources: Code du travail, articles L3133-1 (all France), L3134-13 (Alsace-Moselle) and L3422-2 (overseas).
/// </summary>
public sealed class HolidayCalendar
{
    private static readonly Rule[] Everywhere =
    [
        new(1, 1), new(5, 1), new(5, 8), new(7, 14), new(8, 15), new(11, 1), new(11, 11), new(12, 25),
        new(1, "lundi de Pâques", "Easter Monday"), new(39, "Ascension", "Ascension Day"), new(50, "lundi de Pentecôte", "Whit Monday"),
    ];

    private static readonly Rule GoodFriday = new(-2, "Vendredi saint", "Good Friday");

    private static readonly Dictionary<string, Territory> Territories = new()
    {
        ["METRO"] = new("Europe/Paris"),
        ["ALSACE_MOSELLE"] = new("Europe/Paris", new Rule(12, 26)),
        ["GUADELOUPE"] = new("America/Guadeloupe", new Rule(5, 27)),
        ["MARTINIQUE"] = new("America/Martinique", new Rule(5, 22)),
        ["GUYANE"] = new("America/Cayenne", new Rule(6, 10)),
        ["REUNION"] = new("Indian/Reunion", new Rule(12, 20)),
        ["MAYOTTE"] = new("Indian/Mayotte", new Rule(4, 27)),
        ["SAINT_BARTHELEMY"] = new("America/St_Barthelemy", new Rule(10, 9)),
        // The statute says 27 May; 28 May is kept in practice: a correction says so where it is.
        ["SAINT_MARTIN"] = new("America/Marigot", new Rule(5, 27)),
    };

    private readonly Rule[] _rules;
    private readonly HolidayCorrection[] _corrections;
    private readonly ConcurrentDictionary<int, IReadOnlyList<Holiday>> _years = new();

    private HolidayCalendar(Territory territory, bool goodFridayObserved, IEnumerable<HolidayCorrection> corrections)
    {
        TimeZone = TimeZoneInfo.FindSystemTimeZoneById(territory.TimeZone);
        _rules = [.. Everywhere, .. territory.Holidays, .. goodFridayObserved ? [GoodFriday] : Array.Empty<Rule>()];
        _corrections = [.. corrections];
    }

    /// <summary>The time zone whose calendar dates are counted.</summary>
    public TimeZoneInfo TimeZone { get; }

    /// <summary>The calendar of a territory.</summary>
    /// <param name="territory">Code of <c>Territory</c> in the vocabulary; another one throws.</param>
    /// <param name="goodFridayObserved">
    /// Alsace-Moselle only, without effect elsewhere: Good Friday is a holiday in communes with a Protestant church or a mixed church
    /// (Code du travail, article L3134-13), so each body says whether it observes it.
    /// </param>
    /// <param name="corrections">What the rules cannot know, each for its own year only.</param>
    public static HolidayCalendar For(string territory, bool goodFridayObserved = true, IEnumerable<HolidayCorrection>? corrections = null) =>
        Territories.TryGetValue(territory, out var known)
            ? new HolidayCalendar(known, goodFridayObserved && territory == "ALSACE_MOSELLE", corrections ?? [])
            : throw new ArgumentException($"There is no holiday calendar for the territory “{territory}”.", nameof(territory));

    /// <summary>The first working day from that day on, itself included.</summary>
    public DateOnly NextWorkingDay(DateOnly day)
    {
        while (!IsWorkingDay(day)) day = day.AddDays(1);
        return day;
    }

    /// <summary>The last working day up to that day, itself included.</summary>
    public DateOnly PreviousWorkingDay(DateOnly day)
    {
        while (!IsWorkingDay(day)) day = day.AddDays(-1);
        return day;
    }

    /// <summary>The holidays of a year in the order of their dates, those on a Saturday or Sunday included.</summary>
    public IReadOnlyList<Holiday> In(int year) => _years.GetOrAdd(year, Compute);

    /// <summary>The holiday of that day, or null.</summary>
    public Holiday? On(DateOnly day)
    {
        foreach (var holiday in In(day.Year))
            if (holiday.Date == day)
                return holiday;
        return null;
    }

    /// <summary>Neither Saturday, nor Sunday, nor a public holiday of the territory.</summary>
    public bool IsWorkingDay(DateOnly day) => !IsWeekend(day) && On(day) is null;

    internal static bool IsWeekend(DateOnly day) => day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;

    private IReadOnlyList<Holiday> Compute(int year)
    {
        var easter = Easter.Sunday(year);
        // Two holidays may meet (1 May 2008 was Ascension as well): one day, one line.
        var corrected = _corrections.Where(correction => correction.Day.Year == year).ToLookup(correction => correction.IsHoliday);
        return [.. corrected[true].Select(added => new Holiday(added.Day, added.Name, added.Name))
            .Concat(_rules.Select(rule => rule.In(year, easter)).Where(holiday => !corrected[false].Any(removed => removed.Day == holiday.Date)))
            .DistinctBy(holiday => holiday.Date)
            .OrderBy(holiday => holiday.Date)];
    }

    private sealed record Territory(string TimeZone, params Rule[] Holidays);

    private readonly record struct Rule
    {
        private readonly int _month;
        private readonly int _day;
        private readonly int _daysAfterEaster;
        private readonly string _frenchName;
        private readonly string _englishName;

        public Rule(int month, int day)
        {
            _month = month;
            _day = day;
            _frenchName = _englishName = "";
        }

        public Rule(int daysAfterEaster, string frenchName, string englishName)
        {
            _daysAfterEaster = daysAfterEaster;
            _frenchName = frenchName;
            _englishName = englishName;
        }

        public Holiday In(int year, DateOnly easter) =>
            new(_month > 0 ? new DateOnly(year, _month, _day) : easter.AddDays(_daysAfterEaster), _frenchName, _englishName);
    }
}
