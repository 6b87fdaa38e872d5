using Registry.Access;
using Registry.Facts;
using Registry.Features.Recommendations;

namespace Registry.Tests.Features.Recommendations;

/// <summary>The machine of domain §3.5: what is in the table happens, nothing else does.</summary>
[Trait("S", "5")]
public sealed class RecommendationStatesTests
{
    [Fact]
    public void Ten_thousand_random_steps_follow_the_table()
    {
        var random = new Random(51);
        var decided = new DateOnly(2026, 1, 31);
        string[] slugs = [.. RecommendationStates.All.Select(move => move.Slug).Distinct(), "inconnu"];
        Role[] roles = [Role.Dpo, Role.DpoAssistant, Role.ControllerRep, Role.Correspondent, Role.Contributor, Role.Auditor];
        var (state, taken, refused) = ("PROPOSED", 0, 0);
        for (var step = 0; step < 10_000; step++)
        {
            var (slug, role, today) = (slugs[random.Next(slugs.Length)], roles[random.Next(roles.Length)], decided.AddDays(random.Next(365)));
            // The sentences of the domain, written again; the 31st of January and six months are the 31st of July.
            var to = (state, slug, role) switch
            {
                ("PROPOSED", "accepter", Role.ControllerRep) => "ACCEPTED",
                ("PROPOSED", "refuser", Role.ControllerRep) => "DECLINED",
                ("ACCEPTED", "commencer", Role.Correspondent) => "IN_PROGRESS",
                ("IN_PROGRESS", "avancer", Role.Correspondent) => "IN_PROGRESS",
                ("IN_PROGRESS", "realiser", Role.Correspondent) => "DONE",
                ("DONE", "verifier", Role.Dpo or Role.DpoAssistant) => "VERIFIED",
                ("DONE", "reprendre", Role.Dpo) => "IN_PROGRESS",
                ("DECLINED", "proposer-de-nouveau", Role.Dpo) when today >= new DateOnly(2026, 7, 31) => "PROPOSED",
                ("PROPOSED" or "ACCEPTED" or "IN_PROGRESS" or "DONE", "annuler", Role.Dpo) => "CANCELLED",
                _ => null,
            };
            var move = RecommendationStates.All.SingleOrDefault(move => move.Slug == slug && move.Who.Contains(role.Code()) && RecommendationStates.Allows(move, RecommendationStates.Parse(state), decided, today));
            Assert.True((move is null ? null : RecommendationStates.Code(move.To)) == to, $"{role} in {state} on {today}: {slug}");
            if (to is null) refused++;
            else (state, taken) = (to, taken + 1);
            if (state is "VERIFIED" or "CANCELLED" || random.Next(50) == 0) state = RecommendationStates.Code(Enum.GetValues<RecommendationStatus>()[random.Next(5)]);
        }
        Assert.True(taken > 200 && refused > 5_000, $"{taken} taken, {refused} refused");
    }

    [Fact]
    public void The_codes_are_those_of_the_vocabulary_and_a_reference_is_read_as_it_is_written()
    {
        Assert.Equal(Vocabulary.Current.Terms("RecommendationStatus").Select(term => term.Code).Order(), Enum.GetValues<RecommendationStatus>().Select(RecommendationStates.Code).Order());
        Assert.Contains("INSURANCE", Vocabulary.Current.Terms("RecommendationKind").Select(term => term.Code));
        Assert.Equal(12, Recommendation.NumberOf(Recommendation.ReferenceOf(12)));
        Assert.Null(Recommendation.NumberOf("REC-"));
        Assert.Null(Recommendation.NumberOf("12"));
    }
}
