using System.Globalization;
using Registry.Deadlines;

namespace Registry.Tests.Deadlines;

public sealed class WorkingDaysTests
{
    private static readonly HolidayCalendar Metro = HolidayCalendar.For("METRO");

    [Fact]
    public void Working_days_end_where_the_vectors_say()
    {
        var vectors = TimeLimitVectors.Where(vector => vector.GetProperty("input").TryGetProperty("workingDays", out _)).ToArray();
        Assert.Equal(["OB-13", "OB-14"], vectors.Select(vector => vector.GetProperty("id").GetString()));
        Assert.All(vectors, vector =>
        {
            var input = vector.GetProperty("input");
            var deadline = WorkingDays.Add(
                TimeLimitVectors.Date(input.GetProperty("sentOn")),
                input.GetProperty("workingDays").GetInt32(),
                TimeLimitVectors.Calendar(input.GetProperty("territory").GetString()!));
            Assert.Equal(TimeLimitVectors.Date(vector.GetProperty("expected").GetProperty("dueDate")), deadline.DueOn);
        });
    }

    [Fact]
    public void The_review_of_a_sheet_is_explained()
    {
        var deadline = WorkingDays.Add(new DateOnly(2026, 6, 8), 15, Metro);
        Assert.Equal(new DateOnly(2026, 6, 29), deadline.DueOn);
        Assert.Equal(
            ["Soumise le lundi 8 juin 2026.", "Quinze jours ouvrés mènent au lundi 29 juin 2026 ; samedis, dimanches et jours fériés ne comptent pas."],
            deadline.Steps.Select(step => step.French));
        Assert.Equal([DeadlineStepKind.Start, DeadlineStepKind.WorkingDays], deadline.Steps.Select(step => step.Kind));
        Assert.Equal([new DateOnly(2026, 6, 8)], deadline.Steps[0].Dates);
    }

    [Fact]
    public void The_holidays_passed_over_are_named_in_both_languages()
    {
        var deadline = WorkingDays.Add(new DateOnly(2026, 4, 1), 25, Metro, StartEvent.Received);
        Assert.Equal(new DateOnly(2026, 5, 11), deadline.DueOn);
        Assert.Equal([new(2026, 5, 11), new(2026, 4, 6), new(2026, 5, 1), new(2026, 5, 8)], deadline.Steps[1].Dates);
        Assert.Equal("Reçue le mercredi 1er avril 2026.", deadline.Steps[0].French);
        Assert.Equal(
            "25 jours ouvrés mènent au lundi 11 mai 2026 ; samedis, dimanches et jours fériés ne comptent pas (lundi de Pâques 6 avril, 1er mai, 8 mai).",
            deadline.Steps[1].French);
        Assert.Equal("Received on Wednesday 1 April 2026.", deadline.Steps[0].English);
        Assert.Equal(
            "25 working days lead to Monday 11 May 2026; Saturdays, Sundays and public holidays do not count (Easter Monday 6 April, 1 May, 8 May).",
            deadline.Steps[1].English);
    }

    [Fact]
    public void One_day_is_told_in_the_singular() =>
        Assert.Equal(
            "Un jour ouvré mène au mercredi 15 juillet 2026 ; samedis, dimanches et jours fériés ne comptent pas (14 juillet).",
            WorkingDays.Add(new DateOnly(2026, 7, 13), 1, Metro).Steps[1].French);

    [Fact]
    public void The_sentence_follows_the_language_of_the_page()
    {
        var step = WorkingDays.Add(new DateOnly(2026, 6, 8), 2, Metro, StartEvent.Sent).Steps[0];
        var before = CultureInfo.CurrentUICulture;
        try
        {
            CultureInfo.CurrentUICulture = new CultureInfo("fr-FR");
            Assert.Equal("Envoyé le lundi 8 juin 2026.", step.Sentence);
            CultureInfo.CurrentUICulture = new CultureInfo("en");
            Assert.Equal("Sent on Monday 8 June 2026.", step.Sentence);
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }

    [Fact]
    public void A_day_that_is_off_is_no_start_lost()
    {
        var friday = WorkingDays.Add(new DateOnly(2026, 6, 12), 1, Metro).DueOn;
        Assert.Equal(new DateOnly(2026, 6, 15), friday);
        Assert.Equal(friday, WorkingDays.Add(new DateOnly(2026, 6, 13), 1, Metro).DueOn);
        Assert.Equal(friday, WorkingDays.Add(new DateOnly(2026, 6, 14), 1, Metro).DueOn);
    }

    [Theory]
    [InlineData("METRO", "2026-06-08", "2026-06-30T00:00:00+02:00")]
    [InlineData("GUYANE", "2026-06-08", "2026-07-01T00:00:00-03:00")]
    [InlineData("METRO", "2026-10-02", "2026-10-24T00:00:00+02:00")]
    [InlineData("METRO", "2026-10-05", "2026-10-27T00:00:00+01:00")]
    public void The_period_is_over_at_the_local_midnight_after_its_last_day(string territory, string from, string expected)
    {
        var deadline = WorkingDays.Add(DateOnly.Parse(from, CultureInfo.InvariantCulture), 15, HolidayCalendar.For(territory));
        var midnight = DateTimeOffset.Parse(expected, CultureInfo.InvariantCulture);
        Assert.Equal(midnight, deadline.ExpiresAt);
        Assert.Equal(midnight.Offset, deadline.ExpiresAt.Offset);
        Assert.False(deadline.IsOver(midnight.AddTicks(-1)));
        Assert.True(deadline.IsOver(midnight.ToUniversalTime()));
    }

    [Fact]
    public void Every_end_is_a_working_day_and_a_longer_period_ends_later()
    {
        var calendar = HolidayCalendar.For("ALSACE_MOSELLE");
        for (var from = new DateOnly(2026, 1, 1); from.Year < 2028; from = from.AddDays(1))
        {
            var previous = from;
            for (var days = 1; days <= 30; days++)
            {
                var end = WorkingDays.Add(from, days, calendar).DueOn;
                Assert.True(calendar.IsWorkingDay(end));
                Assert.True(end > previous);
                for (var between = previous.AddDays(1); between < end; between = between.AddDays(1))
                    Assert.False(calendar.IsWorkingDay(between));
                previous = end;
            }
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-3)]
    public void A_period_of_no_day_is_a_mistake_of_the_program(int days) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => WorkingDays.Add(new DateOnly(2026, 6, 8), days, Metro));
}
