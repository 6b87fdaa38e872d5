using Registry.Features.Conventions;

namespace Registry.Tests.Features.Conventions;

/// <summary>The machine of domain §3.4: what is in the table happens, nothing else does.</summary>
[Trait("S", "5")]
public sealed class ConventionStatesTests
{
    /// <summary>The table of domain §3.4 as written there, people's acts only: from, act, to, who.</summary>
    private const string Domain =
        """
        DRAFT deliberer DELIBERATED DPO,DPO_ASSISTANT,PROCESSOR_MANAGER
        DRAFT signer SIGNED CONTROLLER_REP
        DELIBERATED signer SIGNED CONTROLLER_REP
        IN_FORCE preavis NOTICE_GIVEN CONTROLLER_REP,PROCESSOR_MANAGER
        NOTICE_GIVEN retirer-le-preavis IN_FORCE CONTROLLER_REP,PROCESSOR_MANAGER
        IN_FORCE mettre-fin TERMINATED CONTROLLER_REP
        NOTICE_GIVEN mettre-fin TERMINATED CONTROLLER_REP
        TERMINATED reversibilite REVERSIBILITY CONTROLLER_REP,PROCESSOR_MANAGER
        REVERSIBILITY restituer RESTITUTED CONTROLLER_REP,PROCESSOR_MANAGER
        RESTITUTED detruire RESTITUTED CONTROLLER_REP,PROCESSOR_MANAGER
        RESTITUTED accepter-la-preuve DESTRUCTION_PROVED CONTROLLER_REP
        DESTRUCTION_PROVED clore CLOSED CONTROLLER_REP
        TERMINATED clore CLOSED CONTROLLER_REP
        DRAFT abandonner ABANDONED DPO,CONTROLLER_REP
        DELIBERATED abandonner ABANDONED DPO,CONTROLLER_REP
        IN_FORCE evaluer IN_FORCE DPO,DPO_ASSISTANT,CONTROLLER_REP,PROCESSOR_MANAGER
        NOTICE_GIVEN evaluer NOTICE_GIVEN DPO,DPO_ASSISTANT,CONTROLLER_REP,PROCESSOR_MANAGER
        SIGNED avenant SIGNED DPO,DPO_ASSISTANT,CONTROLLER_REP,PROCESSOR_MANAGER
        IN_FORCE avenant IN_FORCE DPO,DPO_ASSISTANT,CONTROLLER_REP,PROCESSOR_MANAGER
        NOTICE_GIVEN avenant NOTICE_GIVEN DPO,DPO_ASSISTANT,CONTROLLER_REP,PROCESSOR_MANAGER
        """;

    private static readonly Dictionary<(string From, string Slug), (string To, string[] Who)> Table = Domain.Split('\n').Select(line => line.Split(' '))
        .ToDictionary(words => (words[0], words[1]), words => (words[2], words[3].Split(',')));

    private static readonly string[] Roles = ["PLATFORM_ADMIN", "DPO", "DPO_ASSISTANT", "CONTROLLER_REP", "CORRESPONDENT", "CORRESPONDENT_DELEGATE", "CONTRIBUTOR", "PROCESSOR_HELPDESK", "PROCESSOR_MANAGER", "AREA_EXECUTIVE", "AUDITOR", "SYSTEM"];

    [Fact]
    public void A_hundred_thousand_random_steps_follow_the_table()
    {
        var random = new Random(20261122);
        var slugs = ConventionStates.All.Select(act => act.Slug).Distinct().Append("inventer").Append("").ToArray();
        var (state, taken, refused) = ("DRAFT", 0, 0);
        for (var step = 0; step < 100_000; step++)
        {
            var (slug, role) = (slugs[random.Next(slugs.Length)], Roles[random.Next(Roles.Length)]);
            var act = ConventionStates.Find(ConventionStates.Parse(state), slug);
            var allowed = act is not null && ConventionStates.Allowed(ConventionStates.Parse(state), [role]).Contains(act);
            var expected = Table.TryGetValue((state, slug), out var line) && line.Who.Contains(role);
            Assert.True(expected == allowed, $"{role} in {state}: {slug}");
            if (!allowed)
            {
                refused++;
            }
            else
            {
                Assert.Equal(line.To, ConventionStates.Code(ConventionStates.After(ConventionStates.Parse(state), act!)));
                (state, taken) = (line.To, taken + 1);
            }
            // What only time does, and a new convention after the end of one.
            if (state == "SIGNED" && random.Next(3) == 0) state = "IN_FORCE";
            if (state is "CLOSED" or "ABANDONED") state = "DRAFT";
        }
        Assert.True(taken > 1000 && refused > 50_000, $"{taken} taken, {refused} refused");
    }

    [Fact]
    public void Every_state_has_its_face_and_every_line_of_the_table_its_act()
    {
        Assert.Equal(Enum.GetValues<ConventionStatus>(), ConventionStates.Faces.Select(face => face.Status));
        Assert.Equal(Registry.Facts.Vocabulary.Current.Terms("ConventionStatus").Select(term => term.Code).Order(), ConventionStates.Faces.Select(face => face.Code).Order());
        Assert.All(Table.Keys, key => Assert.NotNull(ConventionStates.Find(ConventionStates.Parse(key.From), key.Slug)));
        Assert.All(ConventionStates.All, act => Assert.True(Registry.Facts.Vocabulary.Current.Contains("ConventionEventKind", act.EventKind), act.EventKind));
    }
}
