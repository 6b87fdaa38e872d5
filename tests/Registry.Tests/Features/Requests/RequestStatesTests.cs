using Registry.Features.Requests;

namespace Registry.Tests.Features.Requests;

/// <summary>The life of a request, against the table of domain §3.3 written a second time, as transitions and not as code.</summary>
[Trait("S", "5")]
public sealed class RequestStatesTests
{
    private const string Open = "RECEIVED ACKNOWLEDGED IDENTITY_PENDING CLARIFICATION_PENDING IN_PROGRESS ANSWER_READY";

    /// <summary>Slug, states from which, then what it becomes ("=": stays).</summary>
    private static readonly (string Slug, string From, string To)[] Table =
    [
        ("accuser-reception", "RECEIVED", "ACKNOWLEDGED"),
        ("instruire", "ACKNOWLEDGED", "IN_PROGRESS"),
        ("demander-l-identite", "RECEIVED ACKNOWLEDGED IN_PROGRESS", "IDENTITY_PENDING"),
        ("demander-une-precision", "ACKNOWLEDGED IN_PROGRESS", "CLARIFICATION_PENDING"),
        ("reprendre", "IDENTITY_PENDING CLARIFICATION_PENDING", "IN_PROGRESS"),
        ("relancer", "IDENTITY_PENDING CLARIFICATION_PENDING", "="),
        ("sans-reponse", "IDENTITY_PENDING CLARIFICATION_PENDING", "NO_REPLY_FROM_REQUESTER"),
        ("prolonger", Open, "="),
        ("reponse-prete", "IN_PROGRESS", "ANSWER_READY"),
        ("reprendre-la-reponse", "ANSWER_READY", "IN_PROGRESS"),
        ("repondre", "ANSWER_READY", "ANSWERED"),
        ("refuser", "IN_PROGRESS ANSWER_READY", "REFUSED"),
        ("transmettre", Open, "FORWARDED"),
        ("document-administratif", Open, "FORWARDED"),
        ("retirer", Open, "WITHDRAWN"),
        ("rouvrir", "NO_REPLY_FROM_REQUESTER", "IN_PROGRESS"),
        ("retenir", "CLOSED", "="),
        ("ne-plus-retenir", "CLOSED", "="),
        ("clore", "ANSWERED REFUSED NO_REPLY_FROM_REQUESTER FORWARDED WITHDRAWN", "CLOSED"),
    ];

    private static readonly string[] Slugs = [.. Table.Select(line => line.Slug), "inconnu"];

    [Fact]
    public void A_hundred_thousand_random_steps_do_what_the_table_says_and_nothing_else()
    {
        var random = new Random(20261122);
        var states = Enum.GetValues<RequestStatus>();
        var (taken, refused) = (0, 0);
        for (var i = 0; i < 100_000; i++)
        {
            var (state, slug) = (states[random.Next(states.Length)], Slugs[random.Next(Slugs.Length)]);
            var line = Table.FirstOrDefault(one => one.Slug == slug && one.From.Split(' ').Contains(RequestStates.Code(state)));
            var act = RequestStates.Find(state, slug);
            Assert.True((act is null) == (line.Slug is null), $"{slug} from {state}: the table says {line}, the program {act?.Id}");
            if (act is null)
            {
                refused++;
                continue;
            }
            Assert.Equal(line.To == "=" ? RequestStates.Code(state) : line.To, RequestStates.Code(act.After(state)));
            taken++;
        }
        Assert.True(taken > 5_000 && refused > 5_000, $"{taken} taken, {refused} refused");
    }

    [Fact]
    public void Every_state_has_its_code_and_back() =>
        Assert.All(Enum.GetValues<RequestStatus>(), state => Assert.Equal(state, RequestStates.Parse(RequestStates.Code(state))));

    [Theory]
    [InlineData(59, 20, false)]
    [InlineData(60, null, false)]
    [InlineData(60, 14, false)]
    [InlineData(60, 15, true)]
    public void A_silent_person_is_given_sixty_days_and_fifteen_after_a_reminder(int waited, int? reminded, bool ends) =>
        Assert.Equal(ends, RequestStates.Find(RequestStatus.IdentityPending, "sans-reponse")!.Lacks(new() { WaitedDays = waited, RemindedDays = reminded }) is null);
}
