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

    public static string FrenchNumber(int number) => number < FrenchNumbers.Length ? FrenchNumbers[number] : Digits(number);

    public static string EnglishNumber(int number) => number < EnglishNumbers.Length ? EnglishNumbers[number] : Digits(number);

    public static string Sentence(string words) => char.ToUpperInvariant(words[0]) + words[1..];

    private static string Digits(int number) => number.ToString(CultureInfo.InvariantCulture);
}
