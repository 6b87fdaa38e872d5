using System.Numerics;

namespace Registry.Features.Conventions;

/// <summary>Which results on the way are rounded: the parties choose (vocabulary PriceRoundingMode).</summary>
public enum PriceRounding
{
    /// <summary>The quotient only; the coefficient then goes up to the next thousandth.</summary>
    RatioOnly,

    /// <summary>The product too, after which the coefficient has three decimals already.</summary>
    EachStep,
}

/// <summary>What the convention fixes: <c>P = P0 × [fixed + indexed × (March ÷ index 0)]</c>.</summary>
public sealed record PriceTerms(decimal P0, decimal FixedPart, decimal IndexedPart, PriceRounding Rounding);

/// <summary>The published values of the year.</summary>
/// <param name="Syntec0">The index of the month zero, of the year of signature.</param>
/// <param name="March">The index of March of the year.</param>
/// <param name="Link">Set when March is of the new series and index 0 of the old one: March is divided by it first.</param>
/// <param name="Savings">Found the year before, per unit: they lower the price of this one.</param>
public sealed record PriceIndices(decimal Syntec0, decimal March, decimal? Link = null, decimal Savings = 0);

/// <summary>
/// A revision of the price with every result on its way (domain §2.4). Always from P0. Decimal and whole numbers only: the quotient is compared
/// with its rounding exactly, so that no floating point moves the last digit.
/// </summary>
public sealed record PriceRevision
{
    public const int RatioDecimals = 3;
    public const int PriceDecimals = 2;

    public required PriceTerms Terms { get; init; }
    public required PriceIndices Indices { get; init; }

    /// <summary>March in the series of index 0, to three decimals: to be shown, not to be computed with.</summary>
    public required decimal LinkedMarch { get; init; }

    /// <summary>The quotient cut after five decimals, as a sheet shows what is rounded next.</summary>
    public required decimal QuotientShown { get; init; }
    public required bool QuotientIsExact { get; init; }
    public required decimal Ratio { get; init; }
    public required decimal Product { get; init; }
    public required decimal RawCoefficient { get; init; }
    public required decimal Coefficient { get; init; }

    /// <summary>P0 × coefficient, to the cent.</summary>
    public required decimal RevisedPrice { get; init; }

    /// <summary>The same less the savings; never below nothing.</summary>
    public decimal Price => Math.Max(0, RevisedPrice - Indices.Savings);

    public static PriceRevision Compute(PriceTerms terms, PriceIndices indices)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(indices.Syntec0, nameof(indices));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(indices.March, nameof(indices));
        var link = indices.Link ?? 1;
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(link, nameof(indices));

        var quotient = Quotient.Of(indices.March, link * indices.Syntec0);
        var ratio = quotient.HalfUp(RatioDecimals);
        var product = terms.IndexedPart * ratio;
        if (terms.Rounding == PriceRounding.EachStep) product = Math.Round(product, RatioDecimals, MidpointRounding.AwayFromZero);
        var raw = terms.FixedPart + product;
        var coefficient = Math.Round(raw, RatioDecimals, MidpointRounding.ToPositiveInfinity);
        return new PriceRevision
        {
            Terms = terms,
            Indices = indices,
            LinkedMarch = Quotient.Of(indices.March, link).HalfUp(3),
            QuotientShown = quotient.Cut(5, out var exact),
            QuotientIsExact = exact,
            Ratio = ratio,
            Product = product,
            RawCoefficient = raw,
            Coefficient = coefficient,
            RevisedPrice = Math.Round(terms.P0 * coefficient, PriceDecimals, MidpointRounding.AwayFromZero),
        };
    }

    /// <summary>A quotient of two positive decimals, kept whole until it is rounded.</summary>
    private readonly record struct Quotient(BigInteger Numerator, BigInteger Denominator)
    {
        public static Quotient Of(decimal dividend, decimal divisor)
        {
            var scale = Math.Max(dividend.Scale, divisor.Scale);
            return new(Whole(dividend, scale), Whole(divisor, scale));
        }

        public decimal HalfUp(int decimals) => Shift((2 * Numerator * BigInteger.Pow(10, decimals) + Denominator) / (2 * Denominator), decimals);

        public decimal Cut(int decimals, out bool exact)
        {
            var whole = BigInteger.DivRem(Numerator * BigInteger.Pow(10, decimals), Denominator, out var rest);
            exact = rest.IsZero;
            return Shift(whole, decimals);
        }

        private static BigInteger Whole(decimal number, int scale)
        {
            var bits = decimal.GetBits(number);
            var unscaled = (new BigInteger((uint)bits[2]) << 64) + (new BigInteger((uint)bits[1]) << 32) + (uint)bits[0];
            return unscaled * BigInteger.Pow(10, scale - number.Scale);
        }

        private static decimal Shift(BigInteger whole, int decimals) => (decimal)whole / (decimal)BigInteger.Pow(10, decimals);
    }
}
