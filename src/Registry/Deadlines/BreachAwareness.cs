namespace Registry.Deadlines;

/// <summary>How a controller came to know of a breach.</summary>
public enum AwarenessSource
{
    /// <summary>The processor, or anybody else, alerted the controller.</summary>
    ControllerAlerted,

    /// <summary>The data protection officer was told, a shared one included.</summary>
    DpoInformed,

    /// <summary>The controller's own staff found it with a reasonable degree of certainty.</summary>
    InternalFinding,
}

/// <summary>
/// When a controller is aware of a breach: at the first of three events (EDPB, guidelines 9/2022, §31 to 44). What its processor alone knows does not
/// start the clock; the processor must pass it on without undue delay (GDPR, article 33(2)).
/// </summary>
public sealed record BreachAwareness(DateTimeOffset At, AwarenessSource Source)
{
    /// <summary>The first of the three, or null when none has happened.</summary>
    public static BreachAwareness? From(DateTimeOffset? controllerAlertedAt, DateTimeOffset? dpoInformedAt, DateTimeOffset? internalFindingAt)
    {
        BreachAwareness? first = null;
        foreach (var (at, source) in new[]
            {
                (controllerAlertedAt, AwarenessSource.ControllerAlerted),
                (dpoInformedAt, AwarenessSource.DpoInformed),
                (internalFindingAt, AwarenessSource.InternalFinding),
            })
            if (at is { } instant && (first is null || instant < first.At))
                first = new(instant, source);
        return first;
    }

    internal static DeadlineStep Step(DateTimeOffset local, AwarenessSource? source)
    {
        var (french, english) = source switch
        {
            AwarenessSource.ControllerAlerted => ("Le responsable du traitement a été alerté", "The controller was alerted"),
            AwarenessSource.DpoInformed => ("Le délégué à la protection des données a été informé", "The data protection officer was informed"),
            AwarenessSource.InternalFinding => ("La violation a été constatée en interne", "The breach was found internally"),
            _ => ("Le responsable du traitement a eu connaissance de la violation", "The controller became aware of the breach"),
        };
        return new(DeadlineStepKind.Start, [DateOnly.FromDateTime(local.DateTime)], $"{french} le {Wording.French(local)}.", $"{english} on {Wording.English(local)}.");
    }
}

/// <summary>
/// How long a processor took to alert the controller or its officer, against the target of the convention (GDPR, article 33(2): without undue delay; conventions
/// say “sans délai”). The target is met at its last minute.
/// </summary>
public sealed record ProcessorAlert(TimeSpan Delay, TimeSpan Target)
{
    /// <summary>The target when the convention names none.</summary>
    public const int DefaultTargetHours = 24;

    /// <summary>Whole minutes.</summary>
    public long DelayMinutes => (long)Math.Floor(Delay.TotalMinutes);

    public bool IsTargetExceeded => Delay > Target;

    /// <summary>From the processor's awareness to the first alert, or null while one of the two is missing. What the controller found by itself is no alert.</summary>
    public static ProcessorAlert? Measure(
        DateTimeOffset? processorAwareAt, DateTimeOffset? controllerAlertedAt, DateTimeOffset? dpoInformedAt, int targetHours = DefaultTargetHours) =>
        processorAwareAt is { } knew && BreachAwareness.From(controllerAlertedAt, dpoInformedAt, internalFindingAt: null) is { } alert
            ? new(alert.At - knew, TimeSpan.FromHours(targetHours))
            : null;
}
