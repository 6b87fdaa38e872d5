using Registry.Features.Engagements;

namespace Registry.Tests.Features.Engagements;

/// <summary>The machine of domain §3.5: what is in the table happens, nothing else does.</summary>
[Trait("S", "5")]
public sealed class SubProcessorStatesTests
{
    private static readonly string[] Roles = ["PLATFORM_ADMIN", "DPO", "DPO_ASSISTANT", "CONTROLLER_REP", "CORRESPONDENT", "CORRESPONDENT_DELEGATE", "CONTRIBUTOR", "PROCESSOR_HELPDESK", "PROCESSOR_MANAGER", "AREA_EXECUTIVE", "AUDITOR", "SYSTEM"];

    [Fact]
    public void A_hundred_thousand_random_steps_follow_the_table()
    {
        var random = new Random(20261123);
        var announced = new DateOnly(2026, 1, 31);
        var (state, general, taken, refused) = ("PENDING", true, 0, 0);
        for (var step = 0; step < 100_000; step++)
        {
            var (act, role) = (SubProcessorStates.All[random.Next(SubProcessorStates.All.Count)], Roles[random.Next(Roles.Length)]);
            var today = announced.AddDays(random.Next(61));
            var objection = SubProcessorStates.ObjectionOn(general, announced);
            // The sentences of domain §3.5, written again: the controller's word while it is asked, silence after thirty days of a general authorisation.
            var inTime = !general || today.DayNumber - announced.DayNumber <= 30;
            var to = (state, act.Slug, role) switch
            {
                ("PENDING", "accepter", "CONTROLLER_REP") => "ACCEPTED",
                ("PENDING", "s-opposer", "CONTROLLER_REP") when inTime => "OBJECTED",
                ("PENDING", "silence", "SYSTEM") when general && !inTime => "ACCEPTED",
                _ => null,
            };
            Assert.True(SubProcessorStates.Allows(act, SubProcessorStates.Parse(state), role, objection, today) == (to is not null), $"{role} in {state} on day {today.DayNumber - announced.DayNumber}: {act.Slug}");
            if (to is null) refused++;
            else
            {
                Assert.Equal(to, SubProcessorStates.Code(act.To));
                (state, taken) = (to, taken + 1);
            }
            if (state != "PENDING" && random.Next(20) == 0) (state, general) = ("PENDING", random.Next(2) == 0);
        }
        Assert.True(taken > 1000 && refused > 50_000, $"{taken} taken, {refused} refused");
    }

    [Fact]
    public void The_codes_are_those_of_the_vocabulary_and_the_delay_has_thirty_days()
    {
        Assert.Equal(Registry.Facts.Vocabulary.Current.Terms("SubProcessorDecision").Select(term => term.Code), Enum.GetValues<SubProcessorDecision>().Select(SubProcessorStates.Code));
        Assert.Equal(new DateOnly(2026, 3, 2), SubProcessorStates.ObjectionOn(general: true, new DateOnly(2026, 1, 31)));
        Assert.Null(SubProcessorStates.ObjectionOn(general: false, new DateOnly(2026, 1, 31)));
        Assert.True(EuropeanArea.NeedsSafeguard("US", null));
        Assert.True(EuropeanArea.NeedsSafeguard("NC", "NONE_EU_ONLY"));
        Assert.False(EuropeanArea.NeedsSafeguard("RE", null));
        Assert.False(EuropeanArea.NeedsSafeguard("US", "SCC"));
    }
}
