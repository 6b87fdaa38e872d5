using Registry.Features.Breaches;

namespace Registry.Tests.Features.Breaches;

/// <summary>The three lives of a breach, against the table of domain §3.2 written a second time, as transitions and not as code.</summary>
[Trait("S", "5")]
public sealed class BreachStatesTests
{
    /// <summary>Slug, states of the file, states towards the authority, states towards the persons, then what each becomes ("=": stays).</summary>
    private static readonly (string Slug, string At, string Authority, string People, string To, string ToAuthority, string ToPeople)[] Table =
    [
        ("clore-l-incident", "OPEN", "*", "*", "CLOSED", "=", "="),
        ("requalifier", "OPEN", "*", "*", "ASSESSING", "=", "="),
        ("evaluer", "REPORTED", "*", "*", "ASSESSING", "=", "="),
        ("ecarter", "ASSESSING", "UNDECIDED NOT_REQUIRED WITHDRAWN", "*", "DISMISSED", "=", "="),
        ("confirmer", "ASSESSING", "*", "*", "CONFIRMED", "=", "="),
        ("ne-pas-notifier", "ASSESSING CONFIRMED", "UNDECIDED", "*", "=", "NOT_REQUIRED", "="),
        ("decider-de-notifier", "ASSESSING CONFIRMED", "UNDECIDED", "*", "=", "TO_NOTIFY", "="),
        ("notification-initiale", "ASSESSING CONFIRMED", "TO_NOTIFY", "*", "=", "INITIAL_SENT", "="),
        ("notification-complementaire", "ASSESSING CONFIRMED HANDLED", "INITIAL_SENT", "*", "=", "COMPLETED", "="),
        ("notification-partielle", "ASSESSING CONFIRMED HANDLED", "INITIAL_SENT COMPLETED", "*", "=", "=", "="),
        ("notification-complete", "ASSESSING CONFIRMED", "TO_NOTIFY", "*", "=", "COMPLETED", "="),
        ("annuler-la-notification", "ASSESSING CONFIRMED HANDLED", "INITIAL_SENT COMPLETED", "*", "=", "WITHDRAWN", "="),
        ("informer", "ASSESSING CONFIRMED", "*", "UNDECIDED", "=", "=", "TO_INFORM"),
        ("informer-sur-ordre", "ASSESSING CONFIRMED", "*", "NOT_REQUIRED EXEMPTED", "=", "=", "TO_INFORM"),
        ("informer-sur-ordre", "HANDLED", "*", "NOT_REQUIRED EXEMPTED", "CONFIRMED", "=", "TO_INFORM"),
        ("ne-pas-informer", "ASSESSING CONFIRMED", "*", "UNDECIDED", "=", "=", "NOT_REQUIRED"),
        ("exception", "ASSESSING CONFIRMED", "*", "UNDECIDED TO_INFORM", "=", "=", "EXEMPTED"),
        ("personnes-informees", "ASSESSING CONFIRMED", "*", "TO_INFORM", "=", "=", "INFORMED"),
        ("traiter", "CONFIRMED", "NOT_REQUIRED COMPLETED WITHDRAWN", "NOT_REQUIRED EXEMPTED INFORMED", "HANDLED", "=", "="),
        ("clore", "HANDLED", "*", "*", "CLOSED", "=", "="),
        ("retenir", "CLOSED DISMISSED", "*", "*", "=", "=", "="),
        ("ne-plus-retenir", "CLOSED DISMISSED", "*", "*", "=", "=", "="),
        ("rouvrir", "CLOSED DISMISSED", "NOT_REQUIRED TO_NOTIFY WITHDRAWN", "NOT_REQUIRED EXEMPTED TO_INFORM", "ASSESSING", "UNDECIDED", "UNDECIDED"),
        ("rouvrir", "CLOSED DISMISSED", "NOT_REQUIRED TO_NOTIFY WITHDRAWN", "UNDECIDED INFORMED", "ASSESSING", "UNDECIDED", "="),
        ("rouvrir", "CLOSED DISMISSED", "UNDECIDED INITIAL_SENT COMPLETED", "NOT_REQUIRED EXEMPTED TO_INFORM", "ASSESSING", "=", "UNDECIDED"),
        ("rouvrir", "CLOSED DISMISSED", "UNDECIDED INITIAL_SENT COMPLETED", "UNDECIDED INFORMED", "ASSESSING", "=", "="),
    ];

    private static readonly string[] Slugs = [.. Table.Select(line => line.Slug).Distinct(), "inconnu"];

    [Fact]
    public void A_hundred_thousand_random_steps_do_what_the_table_says_and_nothing_else()
    {
        var random = new Random(20260609);
        var (taken, refused) = (0, 0);
        for (var i = 0; i < 100_000; i++)
        {
            var state = new BreachState(Any<BreachStatus>(random), Any<AuthorityStatus>(random), Any<PeopleStatus>(random));
            var slug = Slugs[random.Next(Slugs.Length)];
            var expected = Expected(state, slug);
            var act = BreachStates.Find(state, slug);
            Assert.True((act is null) == (expected is null), $"{slug} from {state}: the table says {expected}, the program {act?.Id}");
            if (act is null)
            {
                refused++;
                continue;
            }
            Assert.Equal(expected, act.To(state));
            taken++;
        }
        Assert.True(taken > 5_000 && refused > 5_000, $"{taken} taken, {refused} refused");
    }

    [Fact]
    public void A_walk_from_the_alarm_never_reaches_a_state_that_skips_a_decision()
    {
        var random = new Random(7);
        var (state, notified, seen) = (new BreachState(BreachStatus.Reported), false, new HashSet<BreachStatus>());
        for (var i = 0; i < 100_000; i++)
        {
            var open = BreachStates.All.Where(act => act.Starts(state)).ToList();
            if (open.Count == 0 || i % 200 == 0)
            {
                (state, notified) = (new BreachState(BreachStatus.Reported), false);
                continue;
            }
            var act = open[random.Next(open.Count)];
            if (act.Id is "T-BR-08" or "T-BR-08b" or "T-BR-10") Assert.True(notified, $"{act.Id} without a first notification, from {state}");
            state = act.To(state);
            notified |= act.Id is "T-BR-07" or "T-BR-09";
            seen.Add(state.Status);
            if (state.Status is BreachStatus.Handled)
            {
                Assert.False(state.Authority is AuthorityStatus.Undecided or AuthorityStatus.ToNotify, state.ToString());
                Assert.False(state.People is PeopleStatus.Undecided or PeopleStatus.ToInform, state.ToString());
            }
            if (state.Status == BreachStatus.Dismissed) Assert.False(state.Authority is AuthorityStatus.ToNotify or AuthorityStatus.InitialSent or AuthorityStatus.Completed, state.ToString());
        }
        Assert.Equal(5, seen.Count);  // all that a step leads to, but the incident’s own
    }

    [Fact]
    public void A_changed_risk_reopens_what_rested_on_it_and_leaves_what_was_sent()
    {
        var decided = new BreachState(BreachStatus.Confirmed, AuthorityStatus.NotRequired, PeopleStatus.NotRequired);
        Assert.Equal(decided, BreachStates.Reassessed(decided, BreachRisk.Unlikely, BreachRisk.Unlikely));
        Assert.Equal(new(BreachStatus.Confirmed, AuthorityStatus.Undecided, PeopleStatus.Undecided), BreachStates.Reassessed(decided, BreachRisk.Unlikely, BreachRisk.High));
        var sent = new BreachState(BreachStatus.Confirmed, AuthorityStatus.InitialSent, PeopleStatus.Informed);
        Assert.Equal(sent, BreachStates.Reassessed(sent, BreachRisk.High, BreachRisk.Unlikely));
    }

    [Theory]
    [InlineData("ne-pas-notifier", "UNLIKELY", true)]
    [InlineData("ne-pas-notifier", "RISK", false)]
    [InlineData("ne-pas-notifier", null, false)]
    [InlineData("decider-de-notifier", "HIGH", true)]
    [InlineData("decider-de-notifier", "UNLIKELY", false)]
    [InlineData("informer", "HIGH", true)]
    [InlineData("informer", "RISK", false)]
    [InlineData("ne-pas-informer", "RISK", true)]
    [InlineData("ne-pas-informer", "HIGH", false)]
    public void A_decision_rests_on_the_risk_that_was_assessed(string slug, string? risk, bool passes) =>
        Assert.Equal(passes, BreachStates.All.Single(act => act.Slug == slug).Lacks(new BreachFacts { Aware = true, Described = true, Risk = BreachStates.ParseRisk(risk) }) is null);

    [Theory]
    [InlineData(3, 3, false, false, BreachRisk.High)]
    [InlineData(4, 2, false, false, BreachRisk.High)]
    [InlineData(4, 1, false, false, BreachRisk.Risk)]
    [InlineData(1, 2, false, false, BreachRisk.Unlikely)]
    [InlineData(1, 3, false, false, BreachRisk.Risk)]
    [InlineData(2, 2, false, false, BreachRisk.Risk)]
    [InlineData(2, 2, true, true, BreachRisk.Unlikely)]
    [InlineData(2, 2, true, false, BreachRisk.Risk)]
    [InlineData(3, 4, true, true, BreachRisk.High)]
    public void The_suggestion_follows_the_ranks(int severity, int likelihood, bool unintelligible, bool backup, BreachRisk expected) =>
        Assert.Equal(expected, RiskAssessment.Suggest(severity, likelihood, ["CONFIDENTIALITY"], unintelligible, backup));

    [Fact]
    public void Every_state_has_a_code_that_is_read_back()
    {
        Assert.All(Enum.GetValues<BreachStatus>(), status => Assert.Equal(status, BreachStates.Parse(BreachStates.Code(status))));
        Assert.All(Enum.GetValues<AuthorityStatus>(), status => Assert.Equal(status, BreachStates.ParseAuthority(BreachStates.Code(status))));
        Assert.All(Enum.GetValues<PeopleStatus>(), status => Assert.Equal(status, BreachStates.ParsePeople(BreachStates.Code(status))));
        Assert.All(Enum.GetValues<AuthorityStatus>(), status => Assert.True(Registry.Facts.Vocabulary.Current.Contains("CnilNotificationStatus", BreachStates.Code(status))));
        Assert.All(Enum.GetValues<PeopleStatus>(), status => Assert.True(Registry.Facts.Vocabulary.Current.Contains("SubjectsInformationStatus", BreachStates.Code(status))));
    }

    private static BreachState? Expected(BreachState state, string slug)
    {
        var (at, authority, people) = (BreachStates.Code(state.Status), BreachStates.Code(state.Authority), BreachStates.Code(state.People));
        foreach (var line in Table.Where(line => line.Slug == slug && Has(line.At, at) && Has(line.Authority, authority) && Has(line.People, people)))
            return new(BreachStates.Parse(line.To == "=" ? at : line.To), BreachStates.ParseAuthority(line.ToAuthority == "=" ? authority : line.ToAuthority), BreachStates.ParsePeople(line.ToPeople == "=" ? people : line.ToPeople));
        return null;

        static bool Has(string codes, string code) => codes == "*" || codes.Split(' ').Contains(code);
    }

    private static T Any<T>(Random random) where T : struct, Enum => Enum.GetValues<T>()[random.Next(Enum.GetValues<T>().Length)];
}
