namespace Registry.Jobs;

/// <summary>When a reminder may be mailed: what presses at once, the rest gathered at half past seven, nothing on Saturdays and Sundays but breaches.</summary>
public static class MailTimes
{
    public static readonly TimeOnly Morning = new(7, 30);

    /// <param name="level">How much it presses.</param>
    /// <param name="weekends">It is about a breach.</param>
    /// <param name="now">When.</param>
    /// <param name="zone">Of the organisation.</param>
    /// <param name="inTheMorning">It comes from the morning's own round, whose mail is just being gathered.</param>
    public static DateTimeOffset For(AlertLevel level, bool weekends, DateTimeOffset now, TimeZoneInfo zone, bool inTheMorning)
    {
        var local = TimeZoneInfo.ConvertTime(now, zone);
        var today = DateOnly.FromDateTime(local.DateTime);
        var atOnce = level is AlertLevel.Urgent or AlertLevel.Overdue || inTheMorning;
        if (weekends && atOnce) return now;
        if (!IsWeekend(today) && atOnce) return now;
        var day = IsWeekend(today) || TimeOnly.FromDateTime(local.DateTime) >= Morning ? today.AddDays(1) : today;
        while (IsWeekend(day)) day = day.AddDays(1);
        // Half past seven exists once on every day of every zone of France.
        var morning = day.ToDateTime(Morning);
        return new DateTimeOffset(morning, zone.GetUtcOffset(morning)).ToUniversalTime();
    }

    private static bool IsWeekend(DateOnly day) => day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;
}
