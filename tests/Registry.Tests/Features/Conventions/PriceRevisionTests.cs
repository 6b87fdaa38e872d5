using System.Globalization;
using System.Text.Json;
using Registry.Features.Conventions;
using Registry.Features.Shared;

namespace Registry.Tests.Features.Conventions;

/// <summary>The worked examples of domain §2.4 and of the convention of Pau, digit by digit.</summary>
public sealed class PriceRevisionTests
{
    private static readonly PriceTerms Terms = new(1050.00m, 0.125m, 0.875m, PriceRounding.RatioOnly);

    private static PriceRevision Compute(PriceRounding rounding, decimal zero, decimal march, decimal? link = null, decimal savings = 0) =>
        PriceRevision.Compute(Terms with { Rounding = rounding }, new PriceIndices(zero, march, link, savings));

    [Fact]
    public void A_rising_index_rounds_the_quotient_and_lifts_the_coefficient()
    {
        var revision = Compute(PriceRounding.RatioOnly, 288.2m, 311.0m);

        Assert.Equal((1.07911m, false), (revision.QuotientShown, revision.QuotientIsExact));
        Assert.Equal((1.079m, 0.944125m, 1.069125m, 1.070m, 1123.50m), (revision.Ratio, revision.Product, revision.RawCoefficient, revision.Coefficient, revision.Price));
        Assert.Equal(20223.00m, 18 * revision.Price);
    }

    [Fact]
    public void Rounding_each_step_makes_the_ceiling_void()
    {
        var revision = Compute(PriceRounding.EachStep, 288.2m, 311.0m);

        Assert.Equal((0.944m, 1.069m, 1.069m, 1122.45m), (revision.Product, revision.RawCoefficient, revision.Coefficient, revision.Price));
    }

    [Fact]
    public void A_falling_index_lowers_the_price_less_than_the_index()
    {
        Assert.Equal((0.990m, 0.99125m, 0.992m, 1041.60m), Of(Compute(PriceRounding.RatioOnly, 300.0m, 297.0m)));
        Assert.Equal(1040.55m, Compute(PriceRounding.EachStep, 300.0m, 297.0m).Price);
    }

    [Fact]
    public void An_unchanged_index_leaves_the_price_alone()
    {
        var revision = Compute(PriceRounding.RatioOnly, 300.0m, 300.0m);

        Assert.Equal((1.000m, 1.000m, 1.000m, 1050.00m), Of(revision));
        Assert.True(revision.QuotientIsExact);
    }

    [Fact]
    public void March_of_the_new_series_is_linked_first()
    {
        var revision = Compute(PriceRounding.RatioOnly, 275.7m, 300.7m, link: 0.97975m);

        Assert.Equal(306.915m, revision.LinkedMarch);
        Assert.Equal((1.113m, 1.098875m, 1.099m, 1153.95m), Of(revision));
        Assert.Equal(1134.00m, Compute(PriceRounding.RatioOnly, 275.7m, 300.7m).Price);  // without the link: wrong, and visibly so
    }

    [Fact]
    public void Half_a_thousandth_goes_up_and_a_hair_less_goes_down()
    {
        Assert.Equal(1.001m, Compute(PriceRounding.RatioOnly, 2000m, 2001m).Ratio);
        Assert.Equal(1.000m, Compute(PriceRounding.RatioOnly, 2000m, 2000.99999999m).Ratio);
        // A quotient without end, a hair under the half: floating point and a cut decimal would both differ here.
        Assert.Equal(0.333m, Compute(PriceRounding.RatioOnly, 3m, 1m).Ratio);
    }

    [Fact]
    public void Savings_lower_the_price_and_never_below_nothing()
    {
        Assert.Equal(1113.50m, Compute(PriceRounding.RatioOnly, 288.2m, 311.0m, savings: 10m).Price);
        Assert.Equal(0m, Compute(PriceRounding.RatioOnly, 288.2m, 311.0m, savings: 5000m).Price);
    }

    [Fact]
    public void The_coefficient_is_never_below_what_it_was_before_the_ceiling_nor_a_thousandth_above()
    {
        var random = new Random(7);
        for (var i = 0; i < 10_000; i++)
        {
            var revision = Compute(random.Next(2) == 0 ? PriceRounding.RatioOnly : PriceRounding.EachStep, random.Next(10_000, 500_000) / 100m, random.Next(10_000, 500_000) / 100m);
            Assert.InRange(revision.Coefficient, revision.RawCoefficient, revision.RawCoefficient + 0.000999999m);
            Assert.Equal(revision.Coefficient, Math.Round(revision.Coefficient, 3));
        }
    }

    [Fact]
    public void Every_worked_example_of_the_data_file_comes_out()
    {
        var compared = 0;
        foreach (var example in Seeds.Pau.GetProperty("priceRevision").GetProperty("workedExamples").EnumerateArray())
            foreach (var rounding in new[] { "RATIO_ONLY", "EACH_STEP" })
            {
                if (!example.TryGetProperty(rounding, out var expected)) continue;
                var revision = Compute(rounding == "EACH_STEP" ? PriceRounding.EachStep : PriceRounding.RatioOnly, Number(example, "syntec0"), Number(example, "syntecMarch"), example.TryGetProperty("linkCoefficient", out _) ? Number(example, "linkCoefficient") : null);
                Assert.Equal(
                    (Number(expected, "ratio"), Number(expected, "product"), Number(expected, "rawCoefficient"), Number(expected, "coefficient"), Number(expected, "revisedPrice")),
                    (revision.Ratio, revision.Product, revision.RawCoefficient, revision.Coefficient, revision.Price));
                compared++;
            }
        Assert.Equal(7, compared);
    }

    [Fact]
    public void A_sheet_of_numbers_is_written_as_the_parties_read_it()
    {
        Assert.Equal("1\u202F123,50\u00A0€", Amounts.Euros(1123.5m));
        Assert.Equal("0,944125", Amounts.Show(0.944125m, 6));
        Assert.Equal(1050.5m, Amounts.Read("1 050,50 €"));
        Assert.Null(Amounts.Read("1.050,50"));
        Assert.Null(Amounts.Read("-3"));
        Assert.Null(Amounts.Read("1e5"));
        Assert.Null(Amounts.Read("99999999999999999999999999999"));
    }

    private static (decimal, decimal, decimal, decimal) Of(PriceRevision revision) => (revision.Ratio, revision.RawCoefficient, revision.Coefficient, revision.Price);

    private static decimal Number(JsonElement element, string name) => decimal.Parse(element.GetProperty(name).GetString()!, CultureInfo.InvariantCulture);
}
