using Registry.Jobs;

namespace Registry.Tests.Jobs;

[Trait("S", "94")]
public sealed class AlertTimesTests
{
    [Theory]
    [InlineData("2026-11-30", null)]
    [InlineData("2026-12-01", -30)]
    [InlineData("2026-12-30", -30)]
    [InlineData("2026-12-31", 0)]
    [InlineData("2027-01-29", 0)]
    [InlineData("2027-01-30", 30)]
    [InlineData("2031-01-01", 30)]
    public void The_step_is_the_last_one_that_has_come(string today, int? step) =>
        Assert.Equal(step, AlertSteps.Reached(new DateOnly(2026, 12, 31), DateOnly.ParseExact(today, "yyyy-MM-dd"), -30, 0, 30));

    [Fact]
    public void A_step_of_another_year_has_another_name() =>
        Assert.Equal(["2026-12-31 D-30", "2026-12-31 D", "2027-12-31 D+30"], [AlertSteps.Name(new(2026, 12, 31), -30), AlertSteps.Name(new(2026, 12, 31), 0), AlertSteps.Name(new(2027, 12, 31), 30)]);

    [Theory]
    [InlineData("Europe/Paris", AlertLevel.Info, false, false, "2026-11-25T10:00Z", "2026-11-26T06:30Z")]      // the next morning
    [InlineData("Europe/Paris", AlertLevel.Info, false, false, "2026-11-25T05:00Z", "2026-11-25T06:30Z")]      // before this morning's
    [InlineData("Europe/Paris", AlertLevel.Info, false, true, "2026-11-25T06:31Z", "2026-11-25T06:31Z")]       // this morning's own
    [InlineData("Europe/Paris", AlertLevel.Warning, false, false, "2026-11-27T10:00Z", "2026-11-30T06:30Z")]   // Friday: Monday
    [InlineData("Europe/Paris", AlertLevel.Urgent, false, false, "2026-11-25T22:00Z", "2026-11-25T22:00Z")]    // at once
    [InlineData("Europe/Paris", AlertLevel.Urgent, false, false, "2026-11-28T10:00Z", "2026-11-30T06:30Z")]    // Saturday: Monday
    [InlineData("Europe/Paris", AlertLevel.Overdue, true, false, "2026-11-28T10:00Z", "2026-11-28T10:00Z")]    // a breach knows no Saturday
    [InlineData("Europe/Paris", AlertLevel.Info, false, false, "2026-03-27T10:00Z", "2026-03-30T05:30Z")]      // over the change to summer time
    [InlineData("Europe/Paris", AlertLevel.Info, false, false, "2026-10-23T10:00Z", "2026-10-26T06:30Z")]      // and back
    [InlineData("America/Cayenne", AlertLevel.Info, false, false, "2026-11-26T02:00Z", "2026-11-26T10:30Z")]   // there it is still the 25th
    [InlineData("Indian/Reunion", AlertLevel.Urgent, false, false, "2026-11-27T21:00Z", "2026-11-30T03:30Z")]  // there it is Saturday already
    public void Mail_leaves_when_its_level_and_the_day_let_it(string zone, AlertLevel level, bool breach, bool inTheMorning, string now, string due) =>
        Assert.Equal(At(due), MailTimes.For(level, breach, At(now), TimeZoneInfo.FindSystemTimeZoneById(zone), inTheMorning));

    [Fact]
    public void A_ladder_is_read_as_it_was_written_and_knows_who_is_in_office()
    {
        var (author, gone, officer) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        var ladder = Rung.Read(Rung.Write([Rung.Of(author, "CORRESPONDENT"), Rung.Of(gone), Rung.Of("DPO", "DGS")]));
        (string, Guid)[] inOffice = [("CORRESPONDENT", author), ("DPO", officer)];
        Assert.Equal([[author], [], [officer]], ladder.Select(rung => rung.Among(inOffice).ToArray()));
    }

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
