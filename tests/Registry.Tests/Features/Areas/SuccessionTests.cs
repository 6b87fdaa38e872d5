using Registry.Features.Areas;

namespace Registry.Tests.Features.Areas;

public sealed class SuccessionTests
{
    private static readonly DateOnly Today = new(2026, 6, 15);

    [Fact]
    public void Somebody_in_office_without_end_leaves_no_day_without()
    {
        Assert.Null(Succession.FirstDayWithout([Officer("2024-01-01")], Today));
        Assert.Null(Succession.FirstDayWithout([Officer("2024-01-01", "2026-06-30"), Officer("2026-07-01")], Today));
    }

    [Theory]
    [InlineData("2026-06-30", "2026-07-01")]
    [InlineData("2026-06-15", "2026-06-16")]
    [InlineData("2026-06-14", "2026-06-15")]  // nobody today
    public void The_day_after_the_last_is_the_first_without(string last, string without) =>
        Assert.Equal(DateOnly.Parse(without), Succession.FirstDayWithout([Officer("2024-01-01", last)], Today));

    [Fact]
    public void A_successor_who_comes_a_day_late_leaves_one_day_without() =>
        Assert.Equal(new DateOnly(2026, 7, 1), Succession.FirstDayWithout([Officer("2024-01-01", "2026-06-30"), Officer("2026-07-02")], Today));

    [Fact]
    public void An_executive_is_no_officer()
    {
        Assert.Equal(Today, Succession.FirstDayWithout([Officer("2024-01-01") with { Kind = "AREA_EXECUTIVE" }], Today));
        Assert.Null(Succession.VacantSince([Officer("2024-01-01", "2025-01-01") with { Kind = "AREA_EXECUTIVE" }], Today));
        Assert.Equal(new DateOnly(2026, 6, 2), Succession.VacantSince([Officer("2020-01-01", "2021-01-01"), Officer("2024-01-01", "2026-06-01")], Today));
    }

    [Fact]
    public void Who_is_in_office_hands_over_and_nobody_is_overrun()
    {
        var current = Officer("2024-01-01");
        Assert.Equal((true, current), Succession.Before([current], Today));
        Assert.Equal((true, null), Succession.Before([Officer("2024-01-01", "2026-06-14")], Today));
        Assert.Equal((true, null), Succession.Before([], Today));
        Assert.False(Succession.Before([current], new DateOnly(2024, 1, 1)).Possible);  // on her own first day
        Assert.False(Succession.Before([Officer("2024-01-01", "2026-06-30"), Officer("2026-07-01")], Today).Possible);  // a successor is named already
    }

    private static AreaOffice Officer(string from, string? to = null) => new()
    {
        Id = Guid.NewGuid(), PersonId = Guid.NewGuid(), Name = "Personne", Kind = "DPO", StartOn = DateOnly.Parse(from), EndOn = to is null ? null : DateOnly.Parse(to),
        ActType = "LETTER", ActDate = DateOnly.Parse(from), Version = 1,
    };
}
