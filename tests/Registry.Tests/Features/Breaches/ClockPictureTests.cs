using Registry.Deadlines;
using Registry.Features.Breaches;

namespace Registry.Tests.Features.Breaches;

/// <summary>The 72-hour bar as percentages, and what cannot have been.</summary>
public sealed class ClockPictureTests
{
    private static readonly TimeZoneInfo Paris = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");
    private static readonly DateTimeOffset Aware = new(2026, 6, 9, 14, 20, 0, TimeSpan.FromHours(2));

    [Fact]
    public void The_bar_runs_from_the_first_fact_to_the_limit_and_now_stands_between()
    {
        var picture = Draw(Aware.AddHours(43), null, new(Aware.AddHours(-22), "avant"), new(Aware, "alerte", Starts: true));
        Assert.True(picture.First < picture.Aware && picture.Aware < picture.ElapsedTo && picture.ElapsedTo < picture.Limit && picture.Limit < 100);
        Assert.Equal(picture.ElapsedTo, picture.Now);
        Assert.Equal([24, 48], picture.Ticks.Select(tick => tick.Hours));
        Assert.Equal([1, 2], picture.Facts.Select(fact => fact.Number));
        Assert.True(picture.Facts[1].Fact.Starts);
        Assert.Equal(4, picture.Days.Count);  // 9 to 12 June
    }

    [Fact]
    public void Numbers_that_would_cover_each_other_go_to_another_line()
    {
        var picture = Draw(Aware.AddHours(5), null, new(Aware, "alerte", Starts: true), new(Aware.AddMinutes(45), "délégué"), new(Aware.AddMinutes(50), "décision"), new(Aware.AddHours(30), "plus tard"));
        Assert.Equal([0, 1, 2, 0], picture.Facts.Select(fact => fact.Row));
        Assert.Equal(3, picture.Rows);
    }

    [Fact]
    public void What_is_done_stops_the_filling_and_a_limit_long_past_shows_no_now()
    {
        var stopped = Draw(Aware.AddDays(200), Aware.AddHours(36), new(Aware, "alerte", Starts: true), new(Aware.AddHours(36), "notification"));
        Assert.Null(stopped.Now);
        Assert.True(stopped.ElapsedTo < stopped.Limit);
        Assert.Equal(stopped.Facts[1].Percent, stopped.ElapsedTo);
        var late = Draw(Aware.AddDays(200), null, new ClockFact(Aware, "alerte", Starts: true));
        Assert.Equal(late.Limit, late.ElapsedTo);
    }

    [Fact]
    public void A_breach_found_after_two_years_does_not_squash_its_three_days()
    {
        var picture = Draw(Aware.AddHours(10), null, new(Aware.AddYears(-2), "début"), new(Aware, "constat", Starts: true));
        Assert.True(picture.Limit - picture.Aware > 40);
        Assert.InRange(picture.Facts[0].Percent, 0, 4);
    }

    [Fact]
    public void Nobody_knows_before_the_breach_and_its_end_is_not_before_its_start()
    {
        Assert.Empty(MomentRules.Faults(new BreachMoments { StartedAt = Aware.AddHours(-1), FoundAt = Aware }));
        Assert.Equal([nameof(BreachMoments.DpoInformedAt)], MomentRules.Faults(new BreachMoments { StartedAt = Aware, FoundAt = Aware, DpoInformedAt = Aware.AddMinutes(-1) }).Select(fault => fault.Name));
        Assert.Contains(MomentRules.Faults(new BreachMoments { StartedAt = Aware, EndedAt = Aware.AddMinutes(-1), FoundAt = Aware }), fault => fault.Message == MomentRules.EndBeforeStart);
        Assert.Contains(MomentRules.Faults(new BreachMoments { ProcessorAwareAt = Aware }), fault => fault.Message == MomentRules.NobodyKnows);
    }

    private static ClockPicture Draw(DateTimeOffset now, DateTimeOffset? stopped, params ClockFact[] facts) =>
        ClockPicture.Draw(BreachClock.Start(Aware, Paris), facts, now, stopped, Paris);
}
