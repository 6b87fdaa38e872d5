using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.RegularExpressions;
using Registry.Features.Records;

namespace Registry.Features.Conventions;

/// <summary>What a service indicator was measured at over a period, by the side that promised it.</summary>
public sealed record IndicatorMeasure
{
    public required Guid Id { get; init; }
    public required string Code { get; init; }
    public required DateOnly PeriodFrom { get; init; }
    public required DateOnly PeriodTo { get; init; }
    public required string Value { get; init; }
    public bool? Met { get; init; }
    public string? Note { get; init; }
    public required string GivenBy { get; init; }
    public required string ContributorName { get; init; }
}

/// <summary>An indicator of the text with its measures, the last period first.</summary>
public sealed record IndicatorState(IndicatorRow Row, IReadOnlyList<IndicatorMeasure> Measures)
{
    public const string NotMeasured = "NOT_MEASURED", Met = "MET", NotMet = "NOT_MET", NoTarget = "NO_TARGET";

    public string Status => Measures.Count == 0 ? NotMeasured : Measures[0].Met switch { true => Met, false => NotMet, _ => NoTarget };

    public static IReadOnlyList<IndicatorState> List(ConventionSheet sheet, IEnumerable<IndicatorMeasure> measures)
    {
        var byCode = measures.OrderByDescending(one => one.PeriodTo).ThenByDescending(one => one.PeriodFrom).ToLookup(one => one.Code);
        return [.. sheet.Indicators.Indicators.Where(row => row.Code is not null).Select(row => new IndicatorState(row, [.. byCode[row.Code!]]))];
    }
}

/// <summary>Whether a value reaches what the text aims at: an availability is at least so many per cent, a delay at most so long. What is no number somebody judges.</summary>
public static partial class IndicatorRules
{
    private const int HoursOfDay = 24, MinutesOfHour = 60;

    /// <summary>Null when the target is no number, or the value is not one in the target's unit.</summary>
    public static bool? Judge(string? target, string value)
    {
        if (target is null || Number(value) is not { } measured) return null;
        if (target.EndsWith('%')) return decimal.TryParse(target.TrimEnd('%', ' '), NumberStyles.Number, CultureInfo.InvariantCulture, out var least) && measured <= 100 ? measured >= least : null;
        if (Delay().Match(target) is not { Success: true } delay) return null;
        var most = decimal.Parse(delay.Groups[1].Value, CultureInfo.InvariantCulture) * (delay.Groups[2].Value == "D" ? HoursOfDay : 1);
        return Unit(value) is { } hours ? measured * hours <= most : null;
    }

    /// <summary>Whether the program can judge a value by itself.</summary>
    public static bool IsNumber(string? target) => target is not null && (target.EndsWith('%') || Delay().IsMatch(target));

    private static decimal? Number(string value) =>
        FirstNumber().Match(value) is { Success: true } found && decimal.TryParse(found.Value.Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>How many hours the unit is that stands behind the number: “3 jours”, “4 h”, “30 min”.</summary>
    private static decimal? Unit(string value) => FirstNumber().Replace(value, "", 1).Trim().ToLowerInvariant() switch
    {
        "j" or "jour" or "jours" or "d" or "day" or "days" => HoursOfDay,
        "h" or "heure" or "heures" or "hour" or "hours" => 1,
        "min" or "minute" or "minutes" => 1m / MinutesOfHour,
        _ => null,
    };

    [GeneratedRegex(@"[0-9]+([.,][0-9]+)?", RegexOptions.None, 1000)]
    private static partial Regex FirstNumber();

    [GeneratedRegex("^PT?([0-9]{1,4})([DH])$", RegexOptions.None, 1000)]
    private static partial Regex Delay();
}

public sealed class MeasureForm
{
    [Display(Name = "Du")]
    [Day]
    [Required(ErrorMessage = "Indiquez le premier jour de la période.")]
    public DateOnly? PeriodFrom { get; set; }

    [Display(Name = "Au")]
    [Day]
    [Required(ErrorMessage = "Indiquez le dernier jour de la période.")]
    public DateOnly? PeriodTo { get; set; }

    [Display(Name = "Valeur mesurée", Description = "Avec son unité : 99,6 %, 3 jours, 4 h, 12 tests.")]
    [Required(ErrorMessage = "Écrivez la valeur mesurée.")]
    [StringLength(100, ErrorMessage = "Écrivez {1} caractères au plus")]
    public string? Value { get; set; }

    [Display(Name = "L’engagement est tenu", Description = "À dire quand l’objectif n’est ni un pourcentage ni un délai ; sinon il se calcule.")]
    public bool? Met { get; set; }

    [Display(Name = "Note")]
    [DataType(DataType.MultilineText)]
    [StringLength(2000, ErrorMessage = "Écrivez {1} caractères au plus")]
    public string? Note { get; set; }

    private const string Later = "Cette période n’est pas finie : une mesure porte sur ce qui est passé.";
    private const string Backwards = "La fin est avant le début : corrigez l’une des deux dates.";
    private const string NoUnit = "Écrivez un nombre et son unité, comme 99,6 % ou 3 jours : l’objectif se compare à lui.";
    private const string Untold = "Dites si l’engagement est tenu : son objectif n’est pas un nombre.";

    public static IReadOnlyList<string> AllMessageKeys { get; } = [Later, Backwards, NoUnit, Untold];

    public IEnumerable<(string Field, string Key)> Faults(DateOnly today, IndicatorRow row)
    {
        if (PeriodTo > today) yield return ("Form.PeriodTo", Later);
        if (PeriodTo < PeriodFrom) yield return ("Form.PeriodTo", Backwards);
        if (Value is null) yield break;
        if (IndicatorRules.IsNumber(row.Target) && IndicatorRules.Judge(row.Target, Value) is null) yield return ("Form.Value", NoUnit);
        else if (row.Target is not null && !IndicatorRules.IsNumber(row.Target) && Met is null) yield return ("Form.Met", Untold);
    }
}
