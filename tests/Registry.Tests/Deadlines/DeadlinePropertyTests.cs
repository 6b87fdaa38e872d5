using FsCheck;
using FsCheck.Fluent;
using Registry.Deadlines;
using Registry.Facts;

namespace Registry.Tests.Deadlines;

/// <summary>What holds for any day, in any territory.</summary>
public sealed class DeadlinePropertyTests
{
    private static readonly HolidayCalendar[] Calendars =
        [.. Vocabulary.Current.Terms("Territory").Select(territory => HolidayCalendar.For(territory.Code)), HolidayCalendar.For("ALSACE_MOSELLE", goodFridayObserved: false)];

    private static readonly Gen<DateOnly> Days = Gen.Choose(0, 15_000).Select(day => new DateOnly(2020, 1, 1).AddDays(day));

    private static readonly Gen<HolidayCalendar> AnyCalendar = Gen.Elements(Calendars);

    private static readonly Gen<Suspension[]> Suspensions =
        (from asked in Gen.Choose(0, 120) from waited in Gen.Choose(0, 40) select (asked, waited)).ArrayOf().Select(pairs => pairs.Take(5)
            .Select(pair => new Suspension(new DateOnly(2026, 1, 10).AddDays(pair.asked), new DateOnly(2026, 1, 10).AddDays(pair.asked + pair.waited))).ToArray());

    [Fact]
    public void An_answer_is_due_on_a_working_day_after_receipt_and_ends_with_its_last_hour() =>
        Hold(from day in Days from calendar in AnyCalendar select (day, calendar), drawn =>
        {
            var clock = RequestClock.Compute(drawn.day, drawn.calendar);
            var local = TimeZoneInfo.ConvertTime(clock.Due.ExpiresAt.AddTicks(-1), drawn.calendar.TimeZone);
            return clock.Due.DueOn > drawn.day
                && clock.Due.DueOn >= clock.NominalOn
                && drawn.calendar.IsWorkingDay(clock.Due.DueOn)
                && DateOnly.FromDateTime(local.DateTime) == clock.Due.DueOn
                && local.Hour == 23
                && clock.Due.ExpiresAt.TimeOfDay == TimeSpan.Zero
                && clock.Due.Steps.Count >= 2;
        });

    [Fact]
    public void What_came_later_is_due_no_earlier() =>
        Hold(from day in Days from calendar in AnyCalendar select (day, calendar), drawn =>
        {
            var next = drawn.day.AddDays(1);
            return RequestClock.Compute(next, drawn.calendar).Due.DueOn >= RequestClock.Compute(drawn.day, drawn.calendar).Due.DueOn
                && Obligations.InMonths(next, 6, RollPolicy.NextWorkingDay, drawn.calendar).DueOn >= Obligations.InMonths(drawn.day, 6, RollPolicy.NextWorkingDay, drawn.calendar).DueOn
                && CalendarMonths.Anniversary(next, 12) >= CalendarMonths.Anniversary(drawn.day, 12)
                && BillingStart.From(next).FirstMonth >= BillingStart.From(drawn.day).FirstMonth;
        });

    [Fact]
    public void Suspensions_never_bring_a_deadline_nearer_nor_count_a_day_twice() =>
        Hold(from suspensions in Suspensions from calendar in AnyCalendar select (suspensions, calendar), drawn =>
        {
            var received = new DateOnly(2026, 1, 5);
            var plain = RequestClock.Compute(received, drawn.calendar);
            var clock = RequestClock.Compute(received, drawn.calendar, drawn.suspensions);
            var days = drawn.suspensions.SelectMany(suspension =>
                Enumerable.Range(suspension.RequestedOn.DayNumber, suspension.SuppliedOn!.Value.DayNumber - suspension.RequestedOn.DayNumber)).Distinct().Count();
            return clock.Due.DueOn >= plain.Due.DueOn
                && clock.SuspendedDays <= days
                && clock.NominalOn == plain.NominalOn.AddDays(clock.SuspendedDays)
                && RequestClock.Compute(received, drawn.calendar, [.. drawn.suspensions.Reverse()]).Due.DueOn == clock.Due.DueOn;
        });

    [Fact]
    public void An_extension_counts_up_to_the_first_deadline_and_not_a_day_longer() =>
        Hold(from day in Days from calendar in AnyCalendar select (day, calendar), drawn =>
        {
            var first = RequestClock.Compute(drawn.day, drawn.calendar).Due.DueOn;
            var inTime = RequestClock.Compute(drawn.day, drawn.calendar, extensionNoticeSentOn: first);
            var late = RequestClock.Compute(drawn.day, drawn.calendar, extensionNoticeSentOn: first.AddDays(1));
            return inTime.ExtensionAccepted && inTime.Due.DueOn > first && inTime.NominalOn == drawn.day.AddMonths(3) && !late.ExtensionAccepted && late.Due.DueOn == first;
        });

    [Fact]
    public void Seventy_two_hours_are_seventy_two_hours_and_the_outer_limit_is_less_than_an_hour_further() =>
        Hold(from minute in Gen.Choose(0, 20_000_000) from calendar in AnyCalendar select (minute, calendar), drawn =>
        {
            var aware = new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(drawn.minute);
            var clock = BreachClock.Start(aware, drawn.calendar.TimeZone);
            var further = clock.Outer.ExpiresAt - clock.Strict.ExpiresAt;
            return clock.Strict.ExpiresAt - aware == TimeSpan.FromHours(72)
                && further > TimeSpan.Zero && further <= TimeSpan.FromHours(1)
                && clock.Outer.ExpiresAt.Minute == 0
                && clock.Strict.ExpiresAt.Offset == drawn.calendar.TimeZone.GetUtcOffset(clock.Strict.ExpiresAt);
        });

    [Fact]
    public void The_last_day_of_notice_is_the_greatest_that_fits() =>
        Hold(from day in Days from months in Gen.Choose(0, 36) select (day, months), drawn =>
        {
            var latest = CalendarMonths.LatestStart(drawn.day, drawn.months);
            return CalendarMonths.Add(latest, drawn.months) <= drawn.day && CalendarMonths.Add(latest.AddDays(1), drawn.months) > drawn.day;
        });

    [Fact]
    public void Periods_of_a_convention_follow_each_other_without_gap() =>
        Hold(from day in Days from firm in Gen.Choose(1, 60) from renewal in Gen.Choose(1, 24) from elapsed in Gen.Choose(0, 8) select (day, firm, renewal, elapsed), drawn =>
        {
            var duration = new ConventionDuration { EffectiveOn = drawn.day, FirmMonths = drawn.firm, RenewalMonths = drawn.renewal };
            var term = ConventionTerm.Compute(duration, drawn.elapsed);
            var next = ConventionTerm.Compute(duration, drawn.elapsed + 1);
            return next.PeriodFirstDay == term.PeriodLastDay.AddDays(1)
                && next.PeriodLastDay == term.NextPeriodLastDay
                && next.PeriodLastDay > term.PeriodLastDay
                && ConventionTerm.NextPeriodLastDayAfter(term.PeriodLastDay, drawn.day, drawn.renewal, maxTotalMonths: null) == term.NextPeriodLastDay;
        });

    [Fact]
    public void A_contractual_delay_moves_only_as_its_policy_says() =>
        Hold(from day in Days from months in Gen.Choose(0, 24) from calendar in AnyCalendar select (day, months, calendar), drawn =>
        {
            var plain = Obligations.InMonths(drawn.day, drawn.months, RollPolicy.None, drawn.calendar).DueOn;
            var next = Obligations.InMonths(drawn.day, drawn.months, RollPolicy.NextWorkingDay, drawn.calendar).DueOn;
            var previous = Obligations.InMonths(drawn.day, drawn.months, RollPolicy.PreviousWorkingDay, drawn.calendar).DueOn;
            return previous >= drawn.day && previous <= plain && plain <= next && drawn.calendar.IsWorkingDay(next) && (drawn.calendar.IsWorkingDay(previous) || previous == plain);
        });

    private static void Hold<T>(Gen<T> drawn, Func<T, bool> holds) =>
        Prop.ForAll(drawn.ToArbitrary(), holds).Check(Config.QuickThrowOnFailure.WithMaxTest(500));
}
