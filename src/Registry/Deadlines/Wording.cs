using System.Globalization;

namespace Registry.Deadlines;

/// <summary>Dates and numbers as the sentences of a computation write them, the same on every server: no culture data is asked.</summary>
internal static class Wording
{
    private static readonly string[] FrenchDays = ["dimanche", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi"];

    private static readonly string[] FrenchMonths =
        ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"];

    private static readonly string[] FrenchNumbers =
        ["zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze", "treize", "quatorze", "quinze", "seize"];

    private static readonly string[] EnglishNumbers =
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen"];

    public static string French(DateOnly day) => $"{FrenchDays[(int)day.DayOfWeek]} {FrenchDay(day)} {day.Year}";

    public static string English(DateOnly day) => day.ToString("dddd d MMMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>“14 juillet”, “1er mai”.</summary>
    public static string FrenchDay(DateOnly day) => $"{(day.Day == 1 ? "1er" : Digits(day.Day))} {FrenchMonths[day.Month - 1]}";

    public static string EnglishDay(DateOnly day) => day.ToString("d MMMM", CultureInfo.InvariantCulture);

    /// <summary>“septembre 2014”.</summary>
    public static string FrenchMonth(DateOnly day) => $"{FrenchMonths[day.Month - 1]} {day.Year}";

    public static string EnglishMonth(DateOnly day) => day.ToString("MMMM yyyy", CultureInfo.InvariantCulture);

    public static string FrenchNumber(int number) => number < FrenchNumbers.Length ? FrenchNumbers[number] : Digits(number);

    public static string EnglishNumber(int number) => number < EnglishNumbers.Length ? EnglishNumbers[number] : Digits(number);

    /// <summary>“mardi 9 juin 2026 à 14 h 20”, in the offset that the instant carries.</summary>
    public static string French(DateTimeOffset instant) => $"{French(Day(instant))} à {FrenchHour(instant)}";

    public static string English(DateTimeOffset instant) => $"{English(Day(instant))} at {EnglishHour(instant)}";

    public static string FrenchHour(DateTimeOffset instant) => $"{Digits(instant.Hour)} h {instant.Minute:00}";

    public static string EnglishHour(DateTimeOffset instant) => instant.ToString("HH:mm", CultureInfo.InvariantCulture);

    /// <summary>“un mois”, “trois mois”.</summary>
    public static string FrenchMonthCount(int months) => $"{FrenchNumber(months)} mois";

    public static string EnglishMonthCount(int months) => $"{EnglishNumber(months)} {(months == 1 ? "month" : "months")}";

    public static string FrenchDayCount(int days) => $"{FrenchNumber(days)} {(days < 2 ? "jour" : "jours")}";

    public static string EnglishDayCount(int days) => $"{EnglishNumber(days)} {(days == 1 ? "day" : "days")}";

    public static string Sentence(string words) => char.ToUpperInvariant(words[0]) + words[1..];

    private static DateOnly Day(DateTimeOffset instant) => DateOnly.FromDateTime(instant.DateTime);

    private static string Digits(int number) => number.ToString(CultureInfo.InvariantCulture);
}
