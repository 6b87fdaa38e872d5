using System.Globalization;
using System.Text.RegularExpressions;

namespace Registry.Features.Records;

/// <summary>A span of calendar time as retention texts state it (P10Y, P1Y6M, P30D): never hours, always more than nothing.</summary>
public sealed partial record Period(int Years, int Months, int Weeks, int Days)
{
    /// <summary>What a form offers; another length that is already stored stays possible.</summary>
    public static IReadOnlyList<string> Usual { get; } =
        ["P1M", "P2M", "P3M", "P6M", "P1Y", "P18M", "P2Y", "P3Y", "P4Y", "P5Y", "P6Y", "P10Y", "P15Y", "P20Y", "P30Y", "P50Y", "P75Y", "P80Y", "P100Y"];

    public static bool TryParse(string? text, out Period period)
    {
        period = new Period(0, 0, 0, 0);
        var match = Iso().Match(text ?? "");
        if (!match.Success) return false;
        period = new Period(Part("y"), Part("m"), Part("w"), Part("d"));
        return period != new Period(0, 0, 0, 0);

        int Part(string name) => match.Groups[name].Success ? int.Parse(match.Groups[name].Value, CultureInfo.InvariantCulture) : 0;
    }

    public static Period? Parse(string? text) => TryParse(text, out var period) ? period : null;

    /// <summary>The length of one stage after the other. Units stay what they are: a month has no fixed number of days.</summary>
    public Period Plus(Period other) => new(
        Years + other.Years + (Months + other.Months) / 12,
        (Months + other.Months) % 12,
        Weeks + other.Weeks,
        Days + other.Days);

    public DateOnly After(DateOnly start) => start.AddMonths(Years * 12 + Months).AddDays(Weeks * 7 + Days);

    /// <summary>The French words as message keys with their number ("{0} ans", 10), so that a page can say them in its own language.</summary>
    public IEnumerable<(string Key, int Number)> Words()
    {
        if (Years > 0) yield return (Years == 1 ? "{0} an" : "{0} ans", Years);
        if (Months > 0) yield return (Months == 1 ? "1 mois" : "{0} mois", Months);
        if (Weeks > 0) yield return (Weeks == 1 ? "{0} semaine" : "{0} semaines", Weeks);
        if (Days > 0) yield return (Days == 1 ? "{0} jour" : "{0} jours", Days);
    }

    public string InFrench() => string.Join(" ", Words().Select(word => string.Format(CultureInfo.InvariantCulture, word.Key, word.Number)));

    public override string ToString() =>
        "P" + (Years > 0 ? $"{Years}Y" : "") + (Months > 0 ? $"{Months}M" : "") + (Weeks > 0 ? $"{Weeks}W" : "") + (Days > 0 ? $"{Days}D" : "");

    // Four digits a part keep every sum and every date computation within its type.
    [GeneratedRegex(@"\AP(?:(?<y>[0-9]{1,3})Y)?(?:(?<m>[0-9]{1,4})M)?(?:(?<w>[0-9]{1,4})W)?(?:(?<d>[0-9]{1,4})D)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Iso();
}
