using Registry.Facts;
using Registry.Features.Records;
using static Registry.Features.Records.RecordStatus;

namespace Registry.Tests.Features.Records;

public sealed class RecordStatesTests
{
    private static readonly string[] None = [];

    // domain.md §3.1, written once more by hand.
    public static TheoryData<RecordStatus, string, RecordStatus, string> Table => new()
    {
        { Draft, "soumettre", Submitted, "CONTRIBUTOR CORRESPONDENT DPO_ASSISTANT DPO" },
        { ChangesRequested, "soumettre", Submitted, "CONTRIBUTOR CORRESPONDENT DPO_ASSISTANT DPO" },
        { Submitted, "relire", InReview, "DPO DPO_ASSISTANT" },
        { InReview, "demander-des-corrections", ChangesRequested, "DPO DPO_ASSISTANT" },
        { InReview, "valider", Validated, "DPO" },
        { Validated, "publier", Published, "CONTROLLER_REP" },
        { Submitted, "publier-sans-relecture", Published, "CONTROLLER_REP" },
        { Published, "ouvrir-une-revision", InRevision, "CONTRIBUTOR CORRESPONDENT DPO_ASSISTANT DPO" },
        { InRevision, "soumettre", Submitted, "CONTRIBUTOR CORRESPONDENT DPO_ASSISTANT DPO" },
        { InRevision, "abandonner-la-revision", Published, "CORRESPONDENT DPO" },
        { Published, "archiver", Archived, "CONTROLLER_REP" },
        { Draft, "abandonner", Abandoned, "CORRESPONDENT DPO" },
        { Archived, "rouvrir", InRevision, "DPO CORRESPONDENT" },
    };

    [Theory, MemberData(nameof(Table))]
    public void An_act_leads_where_the_table_says_and_is_open_to_those_it_names(RecordStatus from, string slug, RecordStatus to, string who)
    {
        var act = RecordStates.Find(from, slug);
        Assert.Equal(to, act?.To);
        foreach (var role in Vocabulary.Current.Terms("UserRole").Select(term => term.Code))
            Assert.Equal(who.Split(' ').Contains(role), RecordStates.Allowed(from, [role], None).Contains(act));
    }

    [Fact]
    public void Nothing_but_the_table_is_possible()
    {
        var listed = Table.Select(row => (row.Data.Item1, row.Data.Item2)).ToHashSet();
        foreach (var status in Enum.GetValues<RecordStatus>())
            foreach (var slug in RecordStates.All.Select(act => act.Slug).Append("detruire").Append(null))
                Assert.Equal(listed.Contains((status, slug!)), RecordStates.Find(status, slug) is not null);
    }

    [Fact]
    public void A_written_delegation_opens_publication_to_the_correspondent_and_validation_to_the_assistant()
    {
        Assert.DoesNotContain(RecordStates.Allowed(Validated, ["CORRESPONDENT"], None), act => act.Slug == "publier");
        Assert.Contains(RecordStates.Allowed(Validated, ["CORRESPONDENT"], ["RECORD_PUBLICATION"]), act => act.Slug == "publier");
        Assert.Contains(RecordStates.Allowed(Published, ["CORRESPONDENT"], ["RECORD_PUBLICATION"]), act => act.Slug == "archiver");
        Assert.Contains(RecordStates.Allowed(InReview, ["DPO_ASSISTANT"], ["RECORD_VALIDATION"]), act => act.Slug == "valider");
        Assert.DoesNotContain(RecordStates.Allowed(InReview, ["DPO_ASSISTANT"], ["RECORD_PUBLICATION"]), act => act.Slug == "valider");
        Assert.Empty(RecordStates.Allowed(Validated, ["CONTRIBUTOR"], ["RECORD_PUBLICATION", "RECORD_VALIDATION"]));
    }

    [Fact]
    public void The_author_may_give_up_a_draft_but_nothing_else_by_being_its_author()
    {
        Assert.Contains(RecordStates.Allowed(Draft, ["CONTRIBUTOR"], None, isAuthor: true), act => act.Slug == "abandonner");
        Assert.Equal("abandonner", Assert.Single(Enum.GetValues<RecordStatus>().SelectMany(status => RecordStates.Allowed(status, None, None, isAuthor: true))).Slug);
    }

    [Fact]
    public void Submission_asks_for_the_first_four_rules_and_validation_for_all()
    {
        var today = new DateOnly(2026, 6, 11);
        var draft = PublicationRules.Judge(RecordModels.Find("ETAT_CIVIL")!.ToSheet(), SampleSheets.Appointed);
        var empty = PublicationRules.Judge(new Sheet(), SampleSheets.Appointed);
        var whole = PublicationRules.Judge(SampleSheets.Completed(RecordModels.Find("ETAT_CIVIL")!), SampleSheets.Appointed);
        var submit = RecordStates.Find(Draft, "soumettre")!;
        var validate = RecordStates.Find(InReview, "valider")!;
        Assert.True(RecordStates.Passes(submit, draft, null, today));
        Assert.False(RecordStates.Passes(submit, empty, null, today));
        Assert.False(RecordStates.Passes(validate, draft, null, today));
        Assert.True(RecordStates.Passes(validate, whole, null, today));
        Assert.True(RecordStates.Passes(RecordStates.Find(Submitted, "relire")!, empty, null, today));
    }

    [Theory]
    [InlineData(29, false)]
    [InlineData(30, false)]
    [InlineData(31, true)]
    public void The_controller_goes_on_alone_only_after_thirty_days_of_silence(int days, bool possible)
    {
        var whole = PublicationRules.Judge(SampleSheets.Completed(RecordModels.Find("ETAT_CIVIL")!), SampleSheets.Appointed);
        var submitted = new DateOnly(2026, 6, 1);
        var act = RecordStates.Find(Submitted, "publier-sans-relecture")!;
        Assert.Equal(possible, RecordStates.Passes(act, whole, submitted, submitted.AddDays(days)));
        Assert.False(RecordStates.Passes(act, whole, null, submitted.AddDays(days)));
        Assert.False(RecordStates.Passes(act, PublicationRules.Judge(new Sheet(), SampleSheets.Appointed), submitted, submitted.AddDays(days)));
    }

    [Fact]
    public void Both_ways_to_publish_ask_for_the_number_of_the_body()
    {
        var (today, long_ago) = (new DateOnly(2026, 6, 11), new DateOnly(2026, 1, 1));
        var known = PublicationRules.Judge(SampleSheets.Completed(RecordModels.Find("ETAT_CIVIL")!), SampleSheets.Appointed);
        var unknown = PublicationRules.Judge(SampleSheets.Completed(RecordModels.Find("ETAT_CIVIL")!), SampleSheets.Appointed with { HasSiren = false });
        Assert.All(new[] { RecordStates.Find(Validated, "publier")!, RecordStates.Find(Submitted, "publier-sans-relecture")! }, act =>
        {
            Assert.True(RecordStates.Passes(act, known, long_ago, today));
            Assert.False(RecordStates.Passes(act, unknown, long_ago, today));
        });
        Assert.True(RecordStates.Passes(RecordStates.Find(InReview, "valider")!, unknown, long_ago, today));
    }

    [Fact]
    public void The_short_button_of_a_state_is_an_act_that_leaves_it()
    {
        foreach (var face in RecordStates.Faces.Where(face => face.StepSlug is not null))
            Assert.NotNull(RecordStates.Find(face.Status, face.StepSlug));
        Assert.All(RecordStates.Faces, face => Assert.Equal(face.YouKey is null, face.StepKey is null));
    }

    [Fact]
    public void Every_state_role_and_delegation_is_in_the_vocabulary()
    {
        Assert.Equal(Vocabulary.Current.Terms("RecordStatus").Select(term => term.Code), RecordStates.Faces.Select(face => face.Code));
        foreach (var status in Enum.GetValues<RecordStatus>())
        {
            Assert.Equal(status, RecordStates.Face(status).Status);
            Assert.Equal(status, RecordStates.Parse(RecordStates.Code(status)));
        }
        Assert.Null(RecordStates.Parse("LOST"));
        foreach (var act in RecordStates.All.Append(RecordStates.Creation))
        {
            Assert.All(act.Who.Concat(act.Delegated.Select(pair => pair.Role)), role => Assert.True(Vocabulary.Current.Contains("UserRole", role), role));
            Assert.All(act.Delegated, pair => Assert.True(Vocabulary.Current.Contains("DelegationScope", pair.Scope), pair.Scope));
        }
    }

    [Fact]
    public void The_text_is_locked_for_its_author_once_the_review_has_begun()
    {
        Assert.True(RecordStates.MayEdit(Submitted, ["CONTRIBUTOR"]));
        Assert.False(RecordStates.MayEdit(InReview, ["CONTRIBUTOR", "CORRESPONDENT"]));
        Assert.True(RecordStates.MayEdit(InReview, ["DPO"]));
        Assert.All(new[] { Validated, Published, Archived, Abandoned }, status => Assert.False(RecordStates.MayEdit(status, ["DPO", "CORRESPONDENT"])));
        Assert.False(RecordStates.MayEdit(Draft, ["CONTROLLER_REP", "AUDITOR"]));
    }

    [Fact]
    public void A_state_waits_for_the_person_who_acts_next()
    {
        Assert.True(RecordStates.WaitsFor(Submitted, ["DPO"], None));
        Assert.False(RecordStates.WaitsFor(Submitted, ["CORRESPONDENT"], None));
        Assert.True(RecordStates.WaitsFor(Validated, ["CONTROLLER_REP"], None));
        Assert.True(RecordStates.WaitsFor(Validated, ["CORRESPONDENT"], ["RECORD_PUBLICATION"]));
        Assert.False(RecordStates.WaitsFor(Published, ["DPO", "CONTROLLER_REP", "CORRESPONDENT"], None));
    }

    [Theory]
    [InlineData("COMMUNE", "au maire de publier")]
    [InlineData("COMMUNE_NOUVELLE", "au maire de publier")]
    [InlineData("CCAS", "à la présidence de publier")]
    [InlineData("COMMUNAUTE_COMMUNES", "à la présidence de publier")]
    [InlineData("SYNDICAT_MIXTE", "à la présidence de publier")]
    [InlineData("COMPANY", "au représentant légal de publier")]
    [InlineData(null, "au représentant légal de publier")]
    public void Only_a_commune_has_a_mayor(string? bodyType, string who) => Assert.Equal(who, RecordStates.WhoKey(RecordStatus.Validated, bodyType));
}
