using Registry.Deadlines;
using Registry.Features.Shared;

namespace Registry.Features.Conventions;

/// <summary>A tariff times a quantity.</summary>
public sealed record InvoiceLine(string Code, string Label, string? Unit, decimal Price, decimal Quantity)
{
    public decimal Total => Price * Quantity;
}

/// <summary>
/// What a year will cost with the quantities ordered (état prévisionnel), and the part of the first year: whole months from the month in which billing
/// begins. The bill itself comes from the provider, and never exceeds what the clause caps.
/// </summary>
public sealed record InvoicePreview(IReadOnlyList<InvoiceLine> Lines, IReadOnlyList<string> WithoutTariff, BillingStart? Start)
{
    public decimal AnnualTotal => Round(Lines.Sum(line => line.Total));

    /// <summary>Null when nobody said from when the service works.</summary>
    public decimal? FirstYearAmount => Start is { } start ? Round(AnnualTotal * start.MonthsInYear / 12) : null;

    /// <summary>Null when nothing is ordered.</summary>
    public static InvoicePreview? Of(ConventionPrices prices, DateOnly today)
    {
        if (prices.Quantities.Count == 0) return null;
        var (lines, without) = (new List<InvoiceLine>(), new List<string>());
        foreach (var row in prices.Quantities)
        {
            // Of two tariffs of one code the one in force counts; one that has ended is better than none.
            var tariff = prices.Tariffs.Where(one => one.Code == row.Code && Amounts.Read(one.Amount) is not null)
                .OrderByDescending(one => !(one.FromOn > today) && !(one.ToOn < today)).FirstOrDefault();
            if (tariff is null) without.Add(row.Code ?? "");
            else lines.Add(new(tariff.Code!, tariff.Label ?? tariff.Code!, tariff.Unit, Amounts.Read(tariff.Amount)!.Value, Amounts.Read(row.Quantity) ?? 0));
        }
        return new(lines, without, prices is { InServiceOn: { } day, ProRataFrom15: true } ? BillingStart.From(day) : null);
    }

    private static decimal Round(decimal amount) => Math.Round(amount, 2, MidpointRounding.AwayFromZero);
}
