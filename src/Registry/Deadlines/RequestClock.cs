namespace Registry.Deadlines;

/// <summary>Why the clock of a request is stopped.</summary>
public enum SuspensionReason
{
    /// <summary>Who asks must be established (GDPR, article 12(6); implementing decree of the loi Informatique et Libertés, article 77).</summary>
    Identity,

    /// <summary>What is asked must be narrowed, for a large volume (GDPR, recital 63). Stops the clock only when the officer confirms it.</summary>
    Clarification,
}

/// <summary>Something asked of the person, and the day on which it came; null while it is awaited.</summary>
public sealed record Suspension(DateOnly RequestedOn, DateOnly? SuppliedOn, SuspensionReason Reason = SuspensionReason.Identity, bool ConfirmedByOfficer = false)
{
    /// <summary>Whether a request of this kind may stop the clock at all.</summary>
    public bool MayStopTheClock => Reason == SuspensionReason.Identity || ConfirmedByOfficer;
}

/// <summary>
/// The time a body has to answer a person who exercises a right: one month from receipt, three when it says why in time (GDPR, article 12(3)), counted as Regulation
/// (EEC, Euratom) n° 1182/71, article 3, counts: day of receipt left out, same day number or last of the month, and no end on a Saturday, a Sunday or
/// a public holiday of the territory. EDPB guidelines 01/2022, section 5.3, count likewise.
/// </summary>
public sealed record RequestClock
{
    public required DateOnly ReceivedOn { get; init; }

    /// <summary>One month and the suspended days, on whichever day of the week that falls: a prudent team aims at it.</summary>
    public required DateOnly FirstNominalOn { get; init; }

    /// <summary>The first deadline. A notice of extension is in time up to its last hour.</summary>
    public required Deadline First { get; init; }

    /// <summary>As <see cref="FirstNominalOn"/>, for the period that counts now.</summary>
    public required DateOnly NominalOn { get; init; }

    /// <summary>The deadline that counts now: the extended one where a notice was in time, else the first. While the clock is stopped it is the earliest one possible.</summary>
    public required Deadline Due { get; init; }

    /// <summary>Days on which the clock stood still, each counted once however many questions were open.</summary>
    public required int SuspendedDays { get; init; }

    /// <summary>The day since which the clock stands still, or null when it runs.</summary>
    public required DateOnly? SuspendedSince { get; init; }

    /// <summary>Whether a notice of extension was sent in time.</summary>
    public required bool ExtensionAccepted { get; init; }

    /// <summary>Whether the end moved to a working day.</summary>
    public bool IsRolled => Due.DueOn != NominalOn;

    /// <summary>The day of receipt: the calendar date of the body when a request arrived by an official channel, out of hours included.</summary>
    public static DateOnly ReceiptDate(DateTimeOffset receivedAt, TimeZoneInfo timeZone) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(receivedAt, timeZone).DateTime);

    /// <summary>Counts the period of a request with everything that happened to it.</summary>
    /// <param name="receivedOn">See <see cref="ReceiptDate"/>.</param>
    /// <param name="calendar">Holidays and time zone of the body.</param>
    /// <param name="suspensions">In any order. One that left after the deadline of its day stops nothing.</param>
    /// <param name="extensionNoticeSentOn">The day on which the reasoned notice left; null when none did.</param>
    /// <param name="start">How the first sentence begins; <see cref="StartEvent.YourRequest"/> for the person's own page.</param>
    public static RequestClock Compute(
        DateOnly receivedOn, HolidayCalendar calendar, IReadOnlyList<Suspension>? suspensions = null, DateOnly? extensionNoticeSentOn = null, StartEvent? start = null)
    {
        var began = (start ?? StartEvent.Received).On(receivedOn);
        var pause = new ClockPause(suspensions ?? []);
        pause.TakeUntilRefused(days => calendar.NextWorkingDay(Nominal(receivedOn, 1, days)));
        var first = Period(receivedOn, 1, pause, calendar, [began]);

        // Asked while the clock stands still, an extension is in time: the deadline is further off than the suspension is long.
        var accepted = extensionNoticeSentOn is { } sentOn && (sentOn <= first.Deadline.DueOn || pause.OpenSince <= sentOn);
        var current = first;
        if (accepted)
        {
            pause.TakeUntilRefused(days => calendar.NextWorkingDay(Nominal(receivedOn, 3, days)));
            current = Period(receivedOn, 3, pause, calendar, [began, Extension(extensionNoticeSentOn!.Value, first.Deadline.DueOn, accepted: true)]);
        }

        List<DeadlineStep> steps = [.. current.Deadline.Steps, .. pause.Refused.Select(ClockPause.RefusedStep), .. pause.Unconfirmed.Select(ClockPause.UnconfirmedStep)];
        if (extensionNoticeSentOn is { } lateOn && !accepted) steps.Add(Extension(lateOn, first.Deadline.DueOn, accepted: false));
        return new()
        {
            ReceivedOn = receivedOn,
            FirstNominalOn = first.NominalOn,
            First = first.Deadline,
            NominalOn = current.NominalOn,
            Due = current.Deadline with { Steps = steps },
            SuspendedDays = pause.Days,
            SuspendedSince = pause.OpenSince,
            ExtensionAccepted = accepted,
        };
    }

    private static DateOnly Nominal(DateOnly receivedOn, int months, int suspendedDays) => CalendarMonths.Add(receivedOn, months).AddDays(suspendedDays);

    private static (DateOnly NominalOn, Deadline Deadline) Period(DateOnly receivedOn, int months, ClockPause pause, HolidayCalendar calendar, List<DeadlineStep> steps)
    {
        var end = CalendarMonths.Add(receivedOn, months);
        steps.Add(months == 1
            ? new(DeadlineStepKind.Period, [end], $"La loi donne un mois pour répondre : jusqu’au {Wording.French(end)}.", $"The law gives one month to answer: until {Wording.English(end)}.")
            : new(DeadlineStepKind.Period, [end], $"Le délai prolongé est de trois mois, comptés depuis la réception : jusqu’au {Wording.French(end)}.", $"The extended period is three months, counted from receipt: until {Wording.English(end)}."));
        var nominal = Nominal(receivedOn, months, pause.Days);
        if (pause.Step(nominal) is { } paused) steps.Add(paused);
        var due = Roll.Apply(RollPolicy.NextWorkingDay, receivedOn, nominal, calendar, steps);
        if (pause.OpenStep() is { } waiting) steps.Add(waiting);
        return (nominal, Deadline.AtEndOf(due, calendar.TimeZone, steps));
    }

    private static DeadlineStep Extension(DateOnly sentOn, DateOnly firstDueOn, bool accepted) => accepted
        ? new(
            DeadlineStepKind.Extension,
            [sentOn],
            sentOn <= firstDueOn
                ? $"La prolongation a été annoncée le {Wording.French(sentOn)}, avant la fin du premier délai ({Wording.French(firstDueOn)})."
                : $"La prolongation a été annoncée le {Wording.French(sentOn)}, pendant que le délai était suspendu.",
            sentOn <= firstDueOn
                ? $"The extension was announced on {Wording.English(sentOn)}, before the end of the first period ({Wording.English(firstDueOn)})."
                : $"The extension was announced on {Wording.English(sentOn)}, while the period was suspended.")
        : new(
            DeadlineStepKind.Extension,
            [sentOn],
            $"La prolongation annoncée le {Wording.French(sentOn)} est sans effet : elle devait partir au plus tard le {Wording.French(firstDueOn)}.",
            $"The extension announced on {Wording.English(sentOn)} has no effect: it had to leave no later than {Wording.English(firstDueOn)}.");
}
