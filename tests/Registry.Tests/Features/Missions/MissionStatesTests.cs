using Registry.Access;
using Registry.Deadlines;
using Registry.Facts;
using Registry.Features.Missions;

namespace Registry.Tests.Features.Missions;

/// <summary>The courses of domain §2.6 and §3.5: what is in the tables happens, nothing else does.</summary>
[Trait("S", "5")]
public sealed class MissionStatesTests
{
    private static readonly Role[] Roles = Enum.GetValues<Role>();

    [Fact]
    public void Ten_thousand_random_steps_of_a_mission_follow_the_table()
    {
        var random = new Random(49);
        string[] slugs = ["transmettre", "valider", "suivi", "terminer", "inconnu"];
        var (state, sent, initial, ongoing, taken, refused) = ("PROPOSAL", false, 12.5m, 10m, 0, 0);
        for (var step = 0; step < 10_000; step++)
        {
            var (slug, role) = (slugs[random.Next(slugs.Length)], Roles[random.Next(Roles.Length)]);
            // The sentences of the domain, written again.
            var to = (state, slug, role) switch
            {
                ("PROPOSAL", "transmettre", Role.Dpo or Role.DpoAssistant) when !sent && initial + ongoing > 0 => "PROPOSAL",
                ("PROPOSAL", "valider", Role.ControllerRep) when sent => initial > 0 ? "INITIAL_COMPLIANCE" : "ONGOING_MUTUALISATION",
                ("INITIAL_COMPLIANCE", "suivi", Role.Dpo) when ongoing > 0 => "ONGOING_MUTUALISATION",
                ("INITIAL_COMPLIANCE" or "ONGOING_MUTUALISATION", "terminer", Role.Dpo) => "ENDED",
                _ => null,
            };
            var move = MissionStates.All.SingleOrDefault(move => move.Slug == slug && move.Who.Contains(role.Code()) && MissionStates.Allows(move, MissionStates.Parse(state), sent, initial, ongoing));
            Assert.True((move is null ? null : MissionStates.Code(move.To)) == to, $"{role} in {state}: {slug}");
            if (to is null) refused++;
            else (state, sent, taken) = (to, sent || slug == "transmettre", taken + 1);
            if (state == "ENDED" || random.Next(50) == 0) (state, sent, initial, ongoing) = ("PROPOSAL", random.Next(2) == 0, random.Next(2) == 0 ? 0 : 12.5m, random.Next(3) == 0 ? 0 : 10);
        }
        Assert.True(taken > 100 && refused > 5_000, $"{taken} taken, {refused} refused");
    }

    [Fact]
    public void Ten_thousand_random_steps_of_a_statement_follow_the_table()
    {
        var random = new Random(50);
        var month = new DateOnly(2026, 3, 1);
        string[] slugs = ["transmettre", "valider", "contester", "corriger", "facturer", "inconnu"];
        var (state, taken, refused) = ("DRAFT", 0, 0);
        for (var step = 0; step < 10_000; step++)
        {
            var (slug, role, today, days) = (slugs[random.Next(slugs.Length)], Roles[random.Next(Roles.Length)], new DateOnly(2026, 3, 25).AddDays(random.Next(14)), random.Next(4) == 0 ? 0m : 2.5m);
            string[] delegations = random.Next(2) == 0 ? ["STATEMENT_VALIDATION"] : ["RIGHTS_ANSWER"];
            var to = (state, slug, role) switch
            {
                ("DRAFT" or "CORRECTED", "transmettre", Role.Dpo) when days > 0 && today > new DateOnly(2026, 3, 31) => "SENT",
                ("SENT", "valider", Role.ControllerRep) => "VALIDATED",
                ("SENT", "valider", Role.Correspondent) when delegations[0] == "STATEMENT_VALIDATION" => "VALIDATED",
                ("SENT", "contester", Role.ControllerRep) => "DISPUTED",
                ("DISPUTED", "corriger", Role.Dpo) => "CORRECTED",
                ("VALIDATED", "facturer", Role.AreaExecutive or Role.Dpo) => "INVOICED",
                _ => null,
            };
            var move = StatementStates.All.SingleOrDefault(move => move.Slug == slug && StatementStates.Takes(move, role, delegations) && StatementStates.Allows(move, StatementStates.Parse(state), month, days, today));
            Assert.True((move is null ? null : StatementStates.Code(move.To)) == to, $"{role} in {state} on {today}: {slug}");
            if (to is null) refused++;
            else (state, taken) = (to, taken + 1);
            if (state == "INVOICED" || random.Next(50) == 0) state = StatementStates.Code(Enum.GetValues<StatementStatus>()[random.Next(6)]);
        }
        Assert.True(taken > 100 && refused > 5_000, $"{taken} taken, {refused} refused");
    }

    [Fact]
    public void The_codes_are_those_of_the_vocabulary()
    {
        Assert.Equal(Vocabulary.Current.Terms("CompliancePhase").Select(term => term.Code), Enum.GetValues<MissionPhase>().Select(MissionStates.Code));
        Assert.Equal(Vocabulary.Current.Terms("StatementStatus").Select(term => term.Code).Order(), Enum.GetValues<StatementStatus>().Select(StatementStates.Code).Order());
        Assert.Contains(StatementStates.Delegation, Vocabulary.Current.Terms("DelegationScope").Select(term => term.Code));
    }

    [Fact]
    public void A_statement_is_waited_for_ten_working_days_of_the_territory_and_a_fee_is_compared_with_its_days()
    {
        // Vectors OB-13 and OB-14.
        Assert.Equal(new DateOnly(2026, 4, 17), MonthlyStatement.Due(new(2026, 4, 2), StatementStates.WorkingDaysToValidate, HolidayCalendar.For("METRO", false, [])).DueOn);
        Assert.Equal(new DateOnly(2026, 6, 18), MonthlyStatement.Due(new(2026, 6, 3), StatementStates.WorkingDaysToValidate, HolidayCalendar.For("GUYANE", false, [])).DueOn);
        var mission = new Mission { Id = Guid.Empty, Title = "", Phase = "PROPOSAL", InitialDays = 12.5m, OngoingDays = 10, DailyRate = 230, AnnualFee = 2300, InitialUsed = 0, OngoingUsed = 0, Version = 1 };
        Assert.Null(mission.FeeOfDays);
        Assert.Equal(2300, (mission with { AnnualFee = 2000 }).FeeOfDays);
        Assert.Equal(MissionPhase.InitialCompliance, (mission with { InitialFrom = new(2026, 1, 6), OngoingFrom = new(2026, 6, 1) }).PhaseOn(new(2026, 5, 31)));
        Assert.Equal(MissionPhase.OngoingMutualisation, (mission with { InitialFrom = new(2026, 1, 6), OngoingFrom = new(2026, 6, 1) }).PhaseOn(new(2026, 6, 1)));
        Assert.Equal(MissionPhase.Proposal, mission.PhaseOn(new(2026, 6, 1)));
    }
}
