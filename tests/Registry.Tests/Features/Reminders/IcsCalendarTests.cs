using System.Text;
using Registry.Features.Reminders;

namespace Registry.Tests.Features.Reminders;

public sealed class IcsCalendarTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 10, 5, 9, TimeSpan.FromHours(1));

    [Fact]
    public void A_day_is_written_as_the_standard_says()
    {
        var text = IcsCalendar.Write("Registre", "registre.exemple.fr", Now, [new("a-1", new DateOnly(2026, 12, 31), "Fiche à réviser", "https://registre.exemple.fr/o/x")]);
        Assert.Equal(
            """
            BEGIN:VCALENDAR
            VERSION:2.0
            PRODID:-//Registre//Agenda//FR
            CALSCALE:GREGORIAN
            METHOD:PUBLISH
            X-WR-CALNAME:Registre
            BEGIN:VEVENT
            UID:a-1@registre.exemple.fr
            DTSTAMP:20261122T090509Z
            DTSTART;VALUE=DATE:20261231
            DTEND;VALUE=DATE:20270101
            SUMMARY:Fiche à réviser
            URL:https://registre.exemple.fr/o/x
            TRANSP:TRANSPARENT
            END:VEVENT
            END:VCALENDAR

            """.ReplaceLineEndings("\r\n"), text);
    }

    [Fact]
    public void No_line_is_longer_than_75_octets_and_unfolded_they_say_the_same()
    {
        for (var length = 1; length < 300; length++)
        {
            var summary = string.Concat(Enumerable.Range(0, length).Select(i => (i % 4) switch { 0 => "é", 1 => "😀", 2 => "a", _ => "’" }));
            var text = IcsCalendar.Write("x", "x", Now, [new("a", new DateOnly(2026, 1, 1), summary, "https://x/")]);
            Assert.All(text.Split("\r\n"), line => Assert.True(Encoding.UTF8.GetByteCount(line) <= 75, line));
            Assert.Contains("SUMMARY:" + summary + "\r\n", text.Replace("\r\n ", "", StringComparison.Ordinal), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(@"a;b,c\d", @"a\;b\,c\\d")]
    [InlineData("deux\r\nlignes\nEND:VEVENT", @"deux\nlignes\nEND:VEVENT")]
    [InlineData("cloche\u0007 et tabulation\t", "cloche et tabulation")]
    public void What_a_person_typed_is_never_read_as_a_line(string typed, string written) => Assert.Equal(written, IcsCalendar.Escape(typed));
}
