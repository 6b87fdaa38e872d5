using System.Globalization;
using Registry.Deadlines;
using Registry.Facts;

namespace Registry.Tests.Deadlines;

public sealed class HolidayCalendarTests
{
    [Fact]
    public void Easter_falls_where_the_vectors_say()
    {
        var vectors = TimeLimitVectors.Root.GetProperty("easterSundays").EnumerateObject().ToArray();
        Assert.Equal(21, vectors.Length);
        Assert.All(vectors, vector => Assert.Equal(
            vector.Value.GetString(),
            Easter.Sunday(int.Parse(vector.Name, CultureInfo.InvariantCulture)).ToString("O", CultureInfo.InvariantCulture)));
    }

    [Theory]
    [InlineData("1818-03-22")]
    [InlineData("1943-04-25")]
    [InlineData("1954-04-18")]
    [InlineData("1981-04-19")]
    [InlineData("2049-04-18")]
    [InlineData("2285-03-22")]
    public void Easter_is_right_in_the_years_that_simpler_algorithms_miss(string expected)
    {
        var sunday = DateOnly.Parse(expected, CultureInfo.InvariantCulture);
        Assert.Equal(sunday, Easter.Sunday(sunday.Year));
    }

    [Fact]
    public void Every_calendar_has_the_holidays_and_the_time_zone_of_the_vectors()
    {
        var calendars = TimeLimitVectors.Root.GetProperty("holidayCalendars");
        Assert.Equal(10, calendars.EnumerateObject().Count());
        foreach (var vector in calendars.EnumerateObject())
        {
            var calendar = TimeLimitVectors.Calendar(vector.Name);
            Assert.Equal(vector.Value.GetProperty("timeZone").GetString(), calendar.TimeZone.Id);
            for (var year = 2020; year <= 2040; year++)
                Assert.Equal(TimeLimitVectors.Holidays(vector.Name, year), calendar.In(year).Select(holiday => holiday.Date));
        }
    }

    [Fact]
    public void Every_territory_of_the_vocabulary_has_a_calendar_in_its_time_zone() =>
        Assert.All(Vocabulary.Current.Terms("Territory"), territory =>
            Assert.Equal(territory.Property("timeZone"), HolidayCalendar.For(territory.Code).TimeZone.Id));

    [Fact]
    public void Good_friday_is_a_matter_of_the_commune_in_alsace_moselle_only()
    {
        var goodFriday = new DateOnly(2026, 4, 3);
        Assert.Equal("Vendredi saint 3 avril", HolidayCalendar.For("ALSACE_MOSELLE").On(goodFriday)!.French);
        Assert.True(HolidayCalendar.For("ALSACE_MOSELLE", goodFridayObserved: false).IsWorkingDay(goodFriday));
        Assert.True(HolidayCalendar.For("METRO", goodFridayObserved: true).IsWorkingDay(goodFriday));
    }

    [Fact]
    public void A_body_may_be_closed_on_a_further_day_of_one_year()
    {
        var calendar = HolidayCalendar.For("SAINT_MARTIN", corrections: [HolidayCorrection.Parse("+2026-05-28 abolition de l’esclavage")]);
        Assert.False(calendar.IsWorkingDay(new DateOnly(2026, 5, 27)));
        Assert.False(calendar.IsWorkingDay(new DateOnly(2026, 5, 28)));
        Assert.True(calendar.IsWorkingDay(new DateOnly(2027, 5, 28)));
    }

    [Fact]
    public void Two_holidays_on_one_day_are_one_holiday()
    {
        var days = HolidayCalendar.For("METRO").In(2008);
        Assert.Single(days, holiday => holiday.Date == new DateOnly(2008, 5, 1));
        Assert.Equal(10, days.Count);
    }

    [Fact]
    public void A_territory_without_calendar_is_refused() => Assert.Throws<ArgumentException>(() => HolidayCalendar.For("POLYNESIE"));
}
