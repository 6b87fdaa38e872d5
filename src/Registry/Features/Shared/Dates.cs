using System.Globalization;

namespace Registry.Features.Shared;

/// <summary>
/// Dates in words, in the language of the reader. The names are written here rather than taken from the system, so that
/// every machine prints the same document.
/// </summary>
#pragma warning disable CA1720 // Long and Short are lengths of a text here, not types.
public static class Dates
{
    private sealed record Names(string[] Days, string[] ShortDays, string[] Months, string[] ShortMonths);

    private static readonly Names French = new(
        ["dimanche", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi"],
        ["dim.", "lun.", "mar.", "mer.", "jeu.", "ven.", "sam."],
        ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"],
        ["janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."]);

    private static readonly Names English = new(
        ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"],
        ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"],
        ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"],
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]);

    /// <summary>The zone of what belongs to no organisation: accounts, libraries, the officer's own day.</summary>
    public static readonly TimeZoneInfo Paris = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");

    /// <summary>lundi 6 juillet 2026</summary>
    public static string Long(DateOnly date) => $"{Words.Days[(int)date.DayOfWeek]} {Full(date)}";

    /// <summary>6 juillet 2026</summary>
    public static string Full(DateOnly date) => $"{DayOf(date)}{Typography.NoBreak}{Words.Months[date.Month - 1]} {date.Year}";

    /// <summary>lun. 6 juil.</summary>
    public static string Short(DateOnly date) =>
        $"{Words.ShortDays[(int)date.DayOfWeek]} {DayOf(date)}{Typography.NoBreak}{Words.ShortMonths[date.Month - 1]}";

    /// <summary>6 juil. 2026, for columns that span years</summary>
    public static string Compact(DateOnly date) => $"{DayOf(date)}{Typography.NoBreak}{Words.ShortMonths[date.Month - 1]}{Typography.NoBreak}{date.Year}";

    /// <summary>juil. 2026</summary>
    public static string LongMonth(DateOnly date) => $"{Words.Months[date.Month - 1]} {date.Year}";
    public static string Month(DateOnly date) => $"{Words.ShortMonths[date.Month - 1]}{Typography.NoBreak}{date.Year}";

    /// <summary>8 juin, 16:20</summary>
    public static string Moment(DateTimeOffset moment, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(moment, zone);
        var date = DateOnly.FromDateTime(local.DateTime);
        return $"{DayOf(date)}{Typography.NoBreak}{Words.Months[date.Month - 1]}, {local.ToString("HH:mm", CultureInfo.InvariantCulture)}";
    }

    /// <summary>8 juin 2026, 16:20, for what is kept or printed: the year is part of it</summary>
    public static string Instant(DateTimeOffset moment, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(moment, zone);
        return $"{Full(DateOnly.FromDateTime(local.DateTime))}, {local.ToString("HH:mm", CultureInfo.InvariantCulture)}";
    }

    /// <summary>16:20</summary>
    public static string Hour(DateTimeOffset moment, TimeZoneInfo zone) => TimeZoneInfo.ConvertTime(moment, zone).ToString("HH:mm", CultureInfo.InvariantCulture);

    /// <summary>28 h 15</summary>
    public static string Span(TimeSpan span) => span.TotalHours < 1 ? $"{span.Minutes}{Typography.NoBreak}min" :
        $"{(int)span.TotalHours}{Typography.NoBreak}h{(span.Minutes == 0 ? "" : $"{Typography.NoBreak}{span.Minutes:00}")}";

    private static Names Words => Languages.IsEnglish ? English : French;

    private static string DayOf(DateOnly date) => date.Day == 1 && !Languages.IsEnglish ? "1er" : date.Day.ToString(CultureInfo.InvariantCulture);
}
