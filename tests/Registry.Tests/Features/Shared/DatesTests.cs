using System.Globalization;
using Registry.Features.Shared;

namespace Registry.Tests.Features.Shared;

public sealed class DatesTests
{
    private static readonly DateOnly Monday = new(2026, 7, 6);
    private static readonly TimeZoneInfo Paris = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");

    [Fact]
    public void Dates_are_said_in_French()
    {
        CultureInfo.CurrentUICulture = new CultureInfo("fr-FR");

        Assert.Equal("lundi 6\u00A0juillet 2026", Dates.Long(Monday));
        Assert.Equal("lun. 6\u00A0juil.", Dates.Short(Monday));
        Assert.Equal("lundi 1er\u00A0juin 2026", Dates.Long(new DateOnly(2026, 6, 1)));
        Assert.Equal("8\u00A0juin, 16:20", Dates.Moment(new DateTimeOffset(2026, 6, 8, 14, 20, 0, TimeSpan.Zero), Paris));
        Assert.Equal("28\u00A0h\u00A015", Dates.Span(new TimeSpan(28, 15, 0)));
    }

    [Fact]
    public void Dates_are_said_in_English()
    {
        CultureInfo.CurrentUICulture = new CultureInfo("en-GB");

        Assert.Equal("Monday 6\u00A0July 2026", Dates.Long(Monday));
        Assert.Equal("Mon 6\u00A0Jul", Dates.Short(Monday));
        Assert.Equal("1\u00A0June, 02:20", Dates.Moment(new DateTimeOffset(2026, 6, 1, 0, 20, 0, TimeSpan.Zero), Paris));
    }

    [Fact]
    public void A_date_in_words_is_already_well_dressed()
    {
        CultureInfo.CurrentUICulture = new CultureInfo("fr-FR");

        for (var date = new DateOnly(2026, 1, 1); date.Year == 2026; date = date.AddDays(1))
        {
            Assert.Equal(Dates.Long(date), Typography.French(Dates.Long(date)));
            Assert.Equal(Dates.Short(date), Typography.French(Dates.Short(date)));
        }
    }
}
