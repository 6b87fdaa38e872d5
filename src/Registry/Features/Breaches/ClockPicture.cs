using Registry.Deadlines;
using Registry.Features.Shared;

namespace Registry.Features.Breaches;

/// <summary>A fact on the bar and in the list under it. The moment of awareness is the filled one.</summary>
public sealed record ClockFact(DateTimeOffset At, string LabelKey, bool Starts = false);

public sealed record PlacedFact(int Number, ClockFact Fact, double Percent, int Row);

/// <summary>
/// The 72-hour bar as a drawing: every place is a percentage of its width, so that the same drawing serves any screen. Pure; the words beside it say the same.
/// </summary>
public sealed record ClockPicture
{
    /// <summary>A number is eighteen pixels wide: seven hundredths of the narrowest screen.</summary>
    private const double Tight = 7;
    private static readonly TimeSpan Margin = TimeSpan.FromHours(4);
    private static readonly TimeSpan Before = TimeSpan.FromHours(72);

    public required double Aware { get; init; }
    public required double Limit { get; init; }
    public required double ElapsedTo { get; init; }
    public required double? Now { get; init; }
    public required double First { get; init; }
    public required IReadOnlyList<(double Percent, string Label)> Days { get; init; }
    public required IReadOnlyList<(double Percent, int Hours)> Ticks { get; init; }
    public required IReadOnlyList<PlacedFact> Facts { get; init; }
    public int Rows => Facts.Count == 0 ? 1 : Facts.Max(fact => fact.Row) + 1;

    /// <param name="clock">The limits.</param>
    /// <param name="facts">What is known, in any order.</param>
    /// <param name="now">The instant of drawing.</param>
    /// <param name="stoppedAt">When a notification ended the count, if one did.</param>
    /// <param name="zone">The wall clock of the organisation.</param>
    public static ClockPicture Draw(BreachClock clock, IReadOnlyList<ClockFact> facts, DateTimeOffset now, DateTimeOffset? stoppedAt, TimeZoneInfo zone)
    {
        var (aware, limit) = (clock.AwareAt, clock.Strict.ExpiresAt);
        // A breach found after two years would squash its three days into a line: what lies further back stands at the left edge.
        var first = facts.Select(fact => fact.At).Append(aware).Min();
        var start = (first < aware - Before ? aware - Before : first) - Margin;
        var last = facts.Select(fact => fact.At).Append(limit).Max();
        var end = (last > limit + Before ? limit + Before : last) + Margin;
        double At(DateTimeOffset moment) => Math.Round(Math.Clamp((moment - start) / (end - start), 0, 1) * 100, 2);

        var placed = new List<PlacedFact>();
        foreach (var fact in facts.OrderBy(fact => fact.At).ThenByDescending(fact => fact.Starts))
        {
            var place = Math.Clamp(At(fact.At), 2, 98);
            var row = 0;
            while (placed.Any(other => other.Row == row && Math.Abs(other.Percent - place) < Tight)) row++;
            placed.Add(new(placed.Count + 1, fact, place, row));
        }
        var elapsed = stoppedAt is { } stop && stop < now ? stop : now;
        return new()
        {
            Aware = At(aware), Limit = At(limit), First = At(first), ElapsedTo = At(elapsed < aware ? aware : elapsed > limit ? limit : elapsed),
            Now = now >= start && now <= end ? At(now) : null, Days = Midnights(start, end, zone, At),
            Ticks = [.. new[] { 24, 48 }.Select(hours => (At(aware.AddHours(hours)), hours))], Facts = placed,
        };
    }

    private static List<(double, string)> Midnights(DateTimeOffset start, DateTimeOffset end, TimeZoneInfo zone, Func<DateTimeOffset, double> at)
    {
        var days = new List<(double, string)>();
        for (var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(start, zone).DateTime).AddDays(1); ; day = day.AddDays(1))
        {
            var midnight = day.ToDateTime(TimeOnly.MinValue);
            var moment = new DateTimeOffset(midnight, zone.GetUtcOffset(midnight));
            if (moment >= end) return days;
            days.Add((at(moment), Dates.Short(day)));
        }
    }
}

/// <summary>What the page shows of the clock: the drawing, the words, the steps.</summary>
public sealed record ClockView(BreachClock Clock, ClockPicture Picture, DateTimeOffset Now, DateTimeOffset? NotifiedAt, bool Runs, ProcessorAlert? Alert, TimeZoneInfo Zone, string? CorrectHref)
{
    public TimeSpan Left => Clock.Strict.ExpiresAt - Now;
    public string Kind => !Runs ? "" : Left < TimeSpan.Zero ? "late" : "soon";
}
