using Registry.Features.Shared;

namespace Registry.Tests.Features.Shared;

[Trait("S", "116")]
public sealed class DatePartsTests
{
    [Theory]
    [InlineData("9", "6", "2026", "2026-06-09")]
    [InlineData(" 09 ", "06", "2026", "2026-06-09")]
    [InlineData("29", "2", "2028", "2028-02-29")]
    [InlineData("12/06/2026", null, null, "2026-06-12")]
    [InlineData("1.6.2026", "", "", "2026-06-01")]
    [InlineData("12 06 2026", null, null, "2026-06-12")]
    [InlineData("2026-06-12", null, null, "2026-06-12")]
    public void A_date_is_understood_as_people_type_it(string? day, string? month, string? year, string expected)
    {
        var parts = new DateParts { Day = day, Month = month, Year = year };

        Assert.Null(parts.Problem);
        Assert.Equal(DateOnly.Parse(expected), parts.Date);
    }

    [Theory]
    [InlineData("31", "2", "2026", "Cette date n’existe pas : vérifiez le jour et le mois")]
    [InlineData("29", "2", "2026", "Cette date n’existe pas : vérifiez le jour et le mois")]
    [InlineData("0", "2", "2026", "Cette date n’existe pas : vérifiez le jour et le mois")]
    [InlineData("31/02/2026", null, null, "Cette date n’existe pas : vérifiez le jour et le mois")]
    [InlineData("1", "13", "2026", "Le mois est un nombre de 1 à 12")]
    [InlineData("1", "juin", "2026", "Le mois est un nombre de 1 à 12")]
    [InlineData("un", "6", "2026", "Le jour est un nombre de 1 à 31")]
    [InlineData("-1", "6", "2026", "Le jour est un nombre de 1 à 31")]
    [InlineData("99999999999999999999", "6", "2026", "Le jour est un nombre de 1 à 31")]
    [InlineData("1", "6", "26", "L’année s’écrit avec quatre chiffres, par exemple 2026")]
    [InlineData("1", "6", "1899", "L’année doit être comprise entre 1900 et 2100")]
    [InlineData("1", "6", "2101", "L’année doit être comprise entre 1900 et 2100")]
    [InlineData(null, "6", "2026", "Indiquez le jour")]
    [InlineData("1", null, "2026", "Indiquez le mois")]
    [InlineData("1", "6", null, "Indiquez l’année")]
    public void What_is_wrong_is_said_with_the_way_to_mend_it(string? day, string? month, string? year, string problem)
    {
        var parts = new DateParts { Day = day, Month = month, Year = year };

        Assert.Equal(problem, parts.Problem);
        Assert.Null(parts.Date);
    }

    [Theory]
    [InlineData("14:20", 14, 20)]
    [InlineData("9h05", 9, 5)]
    [InlineData("9 h", 9, 0)]
    [InlineData("23.59", 23, 59)]
    public void An_hour_is_understood_as_people_type_it(string time, int hour, int minute)
    {
        var parts = new DateParts { Day = "9", Month = "6", Year = "2026", Time = time };

        Assert.Null(parts.Problem);
        Assert.Equal(new TimeOnly(hour, minute), parts.TimeOfDay);
    }

    [Theory]
    [InlineData("25:00")]
    [InlineData("14:60")]
    [InlineData("midi")]
    public void An_hour_that_does_not_exist_is_refused(string time) =>
        Assert.Equal("Écrivez l’heure sous la forme 14:20", new DateParts { Day = "9", Month = "6", Year = "2026", Time = time }.Problem);

    [Fact]
    public void Nothing_typed_is_no_error_and_no_date()
    {
        var parts = new DateParts { Day = " ", Month = "", Year = null };

        Assert.True(parts.IsEmpty);
        Assert.Null(parts.Problem);
        Assert.Null(parts.Date);
    }

    [Fact]
    public void A_stored_date_comes_back_the_same() =>
        Assert.Equal(new DateOnly(2026, 7, 6), DateParts.From(new DateOnly(2026, 7, 6)).Date);

    [Fact]
    public void A_moment_is_shown_in_the_hour_of_the_territory()
    {
        var parts = DateParts.From(new DateTimeOffset(2026, 6, 10, 1, 30, 0, TimeSpan.Zero), TimeZoneInfo.FindSystemTimeZoneById("America/Cayenne"));

        Assert.Equal(new DateOnly(2026, 6, 9), parts.Date);
        Assert.Equal(new TimeOnly(22, 30), parts.TimeOfDay);
    }
}
