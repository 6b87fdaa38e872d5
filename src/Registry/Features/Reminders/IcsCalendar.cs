using System.Globalization;
using System.Text;

namespace Registry.Features.Reminders;

/// <summary>A day on which something is due.</summary>
public sealed record AgendaDay(string Key, DateOnly On, string Summary, string Address);

/// <summary>A calendar as programs read it (iCalendar, RFC 5545): whole days, lines of 75 octets at most, texts escaped.</summary>
public static class IcsCalendar
{
    private const int Longest = 75;

    public static string Write(string name, string host, DateTimeOffset now, IEnumerable<AgendaDay> days)
    {
        var text = new StringBuilder();
        Line("BEGIN:VCALENDAR");
        Line("VERSION:2.0");
        Line("PRODID:-//Registre//Agenda//FR");
        Line("CALSCALE:GREGORIAN");
        Line("METHOD:PUBLISH");
        Line("X-WR-CALNAME:" + Escape(name));
        foreach (var day in days)
        {
            Line("BEGIN:VEVENT");
            Line($"UID:{Escape(day.Key)}@{host}");
            Line("DTSTAMP:" + now.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture));
            Line("DTSTART;VALUE=DATE:" + Day(day.On));
            Line("DTEND;VALUE=DATE:" + Day(day.On.AddDays(1)));
            Line("SUMMARY:" + Escape(day.Summary));
            Line("URL:" + day.Address);
            Line("TRANSP:TRANSPARENT");
            Line("END:VEVENT");
        }
        Line("END:VCALENDAR");
        return text.ToString();

        void Line(string line)
        {
            var octets = 0;
            foreach (var rune in line.EnumerateRunes())
            {
                // A character is never cut in two: a continued line begins with a space, which counts.
                if (octets + rune.Utf8SequenceLength > Longest)
                {
                    text.Append("\r\n ");
                    octets = 1;
                }
                text.Append(rune.ToString());
                octets += rune.Utf8SequenceLength;
            }
            text.Append("\r\n");
        }
    }

    private static string Day(DateOnly day) => day.ToString("yyyyMMdd", CultureInfo.InvariantCulture);

    /// <summary>Backslash, semicolon, comma and line break have a meaning of their own; other control characters have none and go.</summary>
    public static string Escape(string text) => new StringBuilder(text.ReplaceLineEndings("\n")).Replace("\\", "\\\\").Replace(";", "\\;").Replace(",", "\\,").Replace("\n", "\\n")
        .ToString() is var escaped && escaped.Any(char.IsControl) ? new string([.. escaped.Where(letter => !char.IsControl(letter))]) : escaped;
}
