namespace Registry.Deadlines;

/// <summary>
/// From which month a service is billed, by the clause of the hosting conventions: in service from the 1st to the 15th included, the current month; later,
/// the next one. The first year is billed in whole months of the calendar year.
/// </summary>
/// <param name="FirstMonth">The first day of the first month billed.</param>
/// <param name="Steps">How it was found.</param>
public sealed record BillingStart(DateOnly FirstMonth, IReadOnlyList<DeadlineStep> Steps)
{
    private const int LastDayOfCurrentMonth = 15;

    /// <summary>How many months of the year of <see cref="FirstMonth"/> are billed: the numerator of the pro rata.</summary>
    public int MonthsInYear => 13 - FirstMonth.Month;

    /// <summary>The part of the yearly price, as bills write it: “4/12”.</summary>
    public string ProRata => $"{MonthsInYear}/12";

    public static BillingStart From(DateOnly inServiceOn)
    {
        var month = new DateOnly(inServiceOn.Year, inServiceOn.Month, 1);
        var current = inServiceOn.Day <= LastDayOfCurrentMonth;
        var first = current ? month : month.AddMonths(1);
        var months = 13 - first.Month;
        return new(first,
        [
            new(DeadlineStepKind.Start, [inServiceOn], $"Mise en service le {Wording.French(inServiceOn)}.", $"In service on {Wording.English(inServiceOn)}."),
            new(
                DeadlineStepKind.Period,
                [first],
                $"{(current ? "Jusqu’au 15 inclus, le mois en cours est facturé" : "Après le 15, la facturation part du mois suivant")} : le premier mois est {Wording.FrenchMonth(first)}, soit {months}/12 de l’année.",
                $"{(current ? "Up to the 15th the current month is billed" : "After the 15th billing starts with the next month")}: the first month is {Wording.EnglishMonth(first)}, hence {months}/12 of the year."),
        ]);
    }
}
