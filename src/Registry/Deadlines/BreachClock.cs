namespace Registry.Deadlines;

/// <summary>How a notification to the CNIL stands to the two limits.</summary>
public enum NotificationTimeliness
{
    /// <summary>At the strict limit or before it.</summary>
    OnTime,

    /// <summary>After the strict limit, at the outer one or before it: a defence, not a target.</summary>
    WithinOuterLimit,

    /// <summary>After both.</summary>
    Late,
}

/// <summary>
/// The 72 hours in which a controller notifies a personal data breach (violation) to the CNIL: GDPR, article 33(1). A period in hours counts Saturdays,
/// Sundays and holidays and never moves to a working day (Regulation (EEC, Euratom) n° 1182/71, article 3(4), excludes it); elapsed
/// hours are counted, so that a change of clocks moves the hour on the wall.
/// </summary>
public sealed record BreachClock
{
    private static readonly TimeSpan SeventyTwoHours = TimeSpan.FromHours(72);

    /// <summary>When the controller became aware, in its time zone.</summary>
    public required DateTimeOffset AwareAt { get; init; }

    /// <summary>Awareness and 72 elapsed hours. Alerts follow this one. A notification at that very instant is in time.</summary>
    public required Deadline Strict { get; init; }

    /// <summary>
    /// The hour of the event is not counted (Regulation n° 1182/71, articles 3(1) and 3(2)(a)): the 72 hours run from the start of the next one. Shown for information.
    /// </summary>
    public required Deadline Outer { get; init; }

    /// <summary>Starts the clock of a controller.</summary>
    /// <param name="awareAt">Instant of awareness, whatever its offset; see <see cref="BreachAwareness"/>.</param>
    /// <param name="timeZone">Time zone of the controller, in which both limits are shown.</param>
    /// <param name="source">How the controller came to know, for the sentence.</param>
    public static BreachClock Start(DateTimeOffset awareAt, TimeZoneInfo timeZone, AwarenessSource? source = null)
    {
        var local = TimeZoneInfo.ConvertTime(awareAt, timeZone);
        var nextHour = TimeZoneInfo.ConvertTime(local.AddTicks(-(local.TimeOfDay.Ticks % TimeSpan.TicksPerHour)).AddHours(1), timeZone);
        var aware = BreachAwareness.Step(local, source);
        return new()
        {
            AwareAt = local,
            Strict = Count(local, timeZone, aware, "La loi donne 72 heures au responsable du traitement, samedis, dimanches et jours fériés compris", "The law gives the controller 72 hours, Saturdays, Sundays and public holidays included"),
            Outer = Count(nextHour, timeZone, aware, $"L’heure commencée ne compte pas : les 72 heures partent de {Wording.FrenchHour(nextHour)}", $"The hour that had begun does not count: the 72 hours run from {Wording.EnglishHour(nextHour)}"),
        };
    }

    /// <summary>The clock of the first awareness, or null while only the processor knows.</summary>
    public static BreachClock? Start(BreachAwareness? awareness, TimeZoneInfo timeZone) =>
        awareness is null ? null : Start(awareness.At, timeZone, awareness.Source);

    /// <summary>How a notification sent at that instant stands.</summary>
    public NotificationTimeliness Judge(DateTimeOffset notifiedAt) =>
        notifiedAt <= Strict.ExpiresAt ? NotificationTimeliness.OnTime
        : notifiedAt <= Outer.ExpiresAt ? NotificationTimeliness.WithinOuterLimit
        : NotificationTimeliness.Late;

    /// <summary>A notification after 72 hours says why it is late (GDPR, article 33(1), last sentence): as soon as the strict limit is passed.</summary>
    public bool NeedsReasonForDelay(DateTimeOffset notifiedAt) => notifiedAt > Strict.ExpiresAt;

    /// <summary>
    /// The target of the notification that completes the initial one (GDPR, article 33(4), says only “without undue further delay”): 72 hours, which the CNIL
    /// advises “if possible”.
    /// </summary>
    public static Deadline ComplementTarget(DateTimeOffset initialNotificationAt, TimeZoneInfo timeZone)
    {
        var local = TimeZoneInfo.ConvertTime(initialNotificationAt, timeZone);
        var start = new DeadlineStep(
            DeadlineStepKind.Start,
            [Day(local)],
            $"La notification initiale est partie le {Wording.French(local)}.",
            $"The initial notification left on {Wording.English(local)}.");
        return Count(local, timeZone, start, "La CNIL conseille de la compléter dans les 72 heures, si possible", "The CNIL advises to complete it within 72 hours, if possible");
    }

    private static Deadline Count(DateTimeOffset from, TimeZoneInfo timeZone, DeadlineStep start, string french, string english)
    {
        var end = TimeZoneInfo.ConvertTime(from + SeventyTwoHours, timeZone);
        List<DeadlineStep> steps =
        [
            start,
            new(DeadlineStepKind.Period, [Day(end)], $"{french} : jusqu’au {Wording.French(end)}.", $"{english}: until {Wording.English(end)}."),
        ];
        if (end.Offset != from.Offset)
            steps.Add(new(
                DeadlineStepKind.ClockChange,
                [Day(end)],
                $"L’heure change entre-temps : 72 heures écoulées mènent à {Wording.FrenchHour(end)}, non à {Wording.FrenchHour(from)}.",
                $"Clocks change in between: 72 elapsed hours lead to {Wording.EnglishHour(end)}, not to {Wording.EnglishHour(from)}."));
        return Deadline.At(end, timeZone, steps);
    }

    private static DateOnly Day(DateTimeOffset local) => DateOnly.FromDateTime(local.DateTime);
}
