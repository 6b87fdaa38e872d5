namespace Registry.Deadlines;

/// <summary>
/// The days on which the clock of a request stands still: from each question to its answer (implementing decree of the loi Informatique et Libertés, article 77).
/// Days add up, and those under two questions count once. A question that left after the deadline of its day finds the clock already run out.
/// </summary>
internal sealed class ClockPause
{
    private readonly Queue<Suspension> _waiting;
    private DateOnly _coveredUntil = DateOnly.MinValue;
    private DateOnly? _firstOn;

    public ClockPause(IEnumerable<Suspension> suspensions)
    {
        var all = suspensions.OrderBy(suspension => suspension.RequestedOn).ToList();
        foreach (var suspension in all)
            if (suspension.SuppliedOn < suspension.RequestedOn)
                throw new ArgumentException($"What was asked on {suspension.RequestedOn:O} cannot have come on {suspension.SuppliedOn:O}.", nameof(suspensions));
        _waiting = new(all.Where(suspension => suspension.MayStopTheClock));
        Unconfirmed = [.. all.Where(suspension => !suspension.MayStopTheClock)];
    }

    public int Days { get; private set; }

    /// <summary>The day of the first question that has no answer yet.</summary>
    public DateOnly? OpenSince { get; private set; }

    /// <summary>What was asked too late to count.</summary>
    public IEnumerable<Suspension> Refused => _waiting;

    /// <summary>Questions of a kind that stops the clock only with a confirmation they lack.</summary>
    public IReadOnlyList<Suspension> Unconfirmed { get; }

    /// <summary>Takes the questions in the order in which they left, up to the first that left after the deadline as it then stood.</summary>
    public void TakeUntilRefused(Func<int, DateOnly> dueAfter)
    {
        while (_waiting.TryPeek(out var next) && (OpenSince is not null || next.RequestedOn <= dueAfter(Days)))
            Take(_waiting.Dequeue());
    }

    private void Take(Suspension suspension)
    {
        _firstOn ??= suspension.RequestedOn;
        if (suspension.SuppliedOn is not { } suppliedOn)
        {
            OpenSince ??= suspension.RequestedOn;
            return;
        }
        var from = suspension.RequestedOn > _coveredUntil ? suspension.RequestedOn : _coveredUntil;
        if (suppliedOn <= from) return;
        Days += suppliedOn.DayNumber - from.DayNumber;
        _coveredUntil = suppliedOn;
    }

    public DeadlineStep? Step(DateOnly end) => Days == 0 ? null : new(
        DeadlineStepKind.Suspension,
        [_firstOn!.Value, _coveredUntil],
        $"Le délai a été suspendu {Wording.FrenchDayCount(Days)}, le temps de recevoir les renseignements demandés : il va jusqu’au {Wording.French(end)}.",
        $"The period was suspended for {Wording.EnglishDayCount(Days)}, until the information asked for arrived: it runs to {Wording.English(end)}.");

    public DeadlineStep? OpenStep() => OpenSince is not { } since ? null : new(
        DeadlineStepKind.Suspension,
        [since],
        $"Le délai est suspendu depuis le {Wording.French(since)} : chaque jour d’attente repousse l’échéance d’un jour.",
        $"The period has been suspended since {Wording.English(since)}: each day of waiting puts the deadline off by one day.");

    public static DeadlineStep RefusedStep(Suspension suspension) => new(
        DeadlineStepKind.Suspension,
        [suspension.RequestedOn],
        $"Les renseignements demandés le {Wording.French(suspension.RequestedOn)} ne suspendent rien : le délai était déjà passé.",
        $"The information asked for on {Wording.English(suspension.RequestedOn)} suspends nothing: the period was over.");

    public static DeadlineStep UnconfirmedStep(Suspension suspension) => new(
        DeadlineStepKind.Suspension,
        [suspension.RequestedOn],
        $"Les précisions demandées le {Wording.French(suspension.RequestedOn)} ne suspendent rien : le délégué ne l’a pas confirmé.",
        $"The clarification asked for on {Wording.English(suspension.RequestedOn)} suspends nothing: the officer has not confirmed it.");
}
