using System.Globalization;
using System.Text.Json;
using Registry.Deadlines;

namespace Registry.Tests.Deadlines;

/// <summary>The examples of deadlines computed apart from this code, with the calendars they were computed by.</summary>
internal static class TimeLimitVectors
{
    public static readonly JsonElement Root = Read();

    public static IEnumerable<JsonElement> Where(Func<JsonElement, bool> wanted) => Root.GetProperty("vectors").EnumerateArray().Where(wanted);

    /// <summary>The vectors name two calendars for Alsace-Moselle where the registry has one territory and a choice of the body.</summary>
    public static HolidayCalendar Calendar(string name) =>
        name == "ALSACE_MOSELLE_NO_GF" ? HolidayCalendar.For("ALSACE_MOSELLE", goodFridayObserved: false) : HolidayCalendar.For(name);

    public static IEnumerable<DateOnly> Holidays(string calendar, int year)
    {
        var description = Root.GetProperty("holidayCalendars").GetProperty(calendar);
        var easter = Date(Root.GetProperty("easterSundays").GetProperty(year.ToString(CultureInfo.InvariantCulture)));
        var days = description.GetProperty("fixed").EnumerateArray()
            .Select(day => DateOnly.ParseExact($"{year}-{day.GetString()}", "yyyy-MM-dd", CultureInfo.InvariantCulture)).ToList();
        if (description.TryGetProperty("easterOffsets", out var offsets))
            days.AddRange(offsets.EnumerateArray().Select(offset => easter.AddDays(offset.GetInt32())));
        if (description.TryGetProperty("extends", out var parent))
            days.AddRange(Holidays(parent.GetString()!, year));
        return days.Distinct().Order();
    }

    public static DateOnly Date(JsonElement value) => DateOnly.ParseExact(value.GetString()!, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static JsonElement Read()
    {
        using var stream = typeof(TimeLimitVectors).Assembly.GetManifestResourceStream("time-limit-vectors.json")!;
        return JsonDocument.Parse(stream).RootElement.Clone();
    }
}
