using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Localization;

namespace Registry.Features.Shared;

/// <summary>
/// A date as a person types it: three boxes and sometimes an hour. What was typed is kept as text, so that a wrong date comes back
/// as it was written. A whole date pasted into the box of the day is understood.
/// </summary>
public sealed partial class DateParts : IValidatableObject
{
    private const int FirstYear = 1900, LastYear = 2100;

    public string? Day { get; set; }
    public string? Month { get; set; }
    public string? Year { get; set; }
    public string? Time { get; set; }

    public bool IsEmpty => Blank(Day) && Blank(Month) && Blank(Year) && Blank(Time);

    public DateOnly? Date => Problem is null && Numbers() is ({ } day, { } month, { } year) ? new DateOnly(year, month, day) : null;

    public TimeOnly? TimeOfDay
    {
        get
        {
            var match = HourAndMinute().Match(Time ?? "");
            if (!match.Success)
                return null;
            var hour = int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture);
            var minute = match.Groups[2].Success ? int.Parse(match.Groups[2].ValueSpan, CultureInfo.InvariantCulture) : 0;
            return hour < 24 && minute < 60 ? new TimeOnly(hour, minute) : null;
        }
    }

    /// <summary>What is wrong and how to mend it, as a French key; null when the date is right or when nothing was typed.</summary>
    public string? Problem
    {
        get
        {
            if (IsEmpty)
                return null;
            var (day, month, year) = Numbers();
            if (day is null)
                return Blank(Day) ? Languages.Key("Indiquez le jour") : Languages.Key("Le jour est un nombre de 1 à 31");
            if (month is null)
                return Blank(Month) ? Languages.Key("Indiquez le mois") : Languages.Key("Le mois est un nombre de 1 à 12");
            if (year is null)
                return Blank(Year) ? Languages.Key("Indiquez l’année") : Languages.Key("L’année s’écrit avec quatre chiffres, par exemple 2026");
            if (year is < FirstYear or > LastYear)
                return Languages.Key("L’année doit être comprise entre 1900 et 2100");
            if (month is < 1 or > 12)
                return Languages.Key("Le mois est un nombre de 1 à 12");
            if (day < 1 || day > DateTime.DaysInMonth(year.Value, month.Value))
                return Languages.Key("Cette date n’existe pas : vérifiez le jour et le mois");
            if (!Blank(Time) && TimeOfDay is null)
                return Languages.Key("Écrivez l’heure sous la forme 14:20");
            return null;
        }
    }

    public static DateParts From(DateOnly? date) => new()
    {
        Day = date?.Day.ToString(CultureInfo.InvariantCulture),
        Month = date?.Month.ToString(CultureInfo.InvariantCulture),
        Year = date?.Year.ToString(CultureInfo.InvariantCulture),
    };

    public static DateParts From(DateTimeOffset? moment, TimeZoneInfo zone)
    {
        if (moment is null)
            return new DateParts();
        var local = TimeZoneInfo.ConvertTime(moment.Value, zone);
        var parts = From(DateOnly.FromDateTime(local.DateTime));
        parts.Time = local.ToString("HH:mm", CultureInfo.InvariantCulture);
        return parts;
    }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Problem is not { } problem)
            yield break;
        var language = (IStringLocalizer?)validationContext.GetService(typeof(IStringLocalizer));
        yield return new ValidationResult(language?[problem].Value ?? problem);
    }

    private (int? Day, int? Month, int? Year) Numbers()
    {
        if (Blank(Month) && Blank(Year))
        {
            if (WholeDate().Match(Day ?? "") is { Success: true } french)
                return (Number(french.Groups[1].Value), Number(french.Groups[2].Value), Number(french.Groups[3].Value));
            if (IsoDate().Match(Day ?? "") is { Success: true } iso)
                return (Number(iso.Groups[3].Value), Number(iso.Groups[2].Value), Number(iso.Groups[1].Value));
        }
        // "26" is not the year 26: a two-digit year is asked again rather than guessed.
        return (Number(Day), Number(Month), Year?.Trim().Length == 4 ? Number(Year) : null);
    }

    private static int? Number(string? text) =>
        text?.Trim() is { Length: <= 4 } trimmed && int.TryParse(trimmed, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static bool Blank(string? text) => string.IsNullOrWhiteSpace(text);

    [GeneratedRegex(@"^\s*([0-9]{1,2})[\s./-]+([0-9]{1,2})[\s./-]+([0-9]{4})\s*$", RegexOptions.None, 100)]
    private static partial Regex WholeDate();

    [GeneratedRegex(@"^\s*([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})\s*$", RegexOptions.None, 100)]
    private static partial Regex IsoDate();

    [GeneratedRegex(@"^\s*([0-9]{1,2})\s*[:hH.]\s*([0-9]{2})?\s*$", RegexOptions.None, 100)]
    private static partial Regex HourAndMinute();
}
