using Registry.Facts;
using Registry.Features.Records;

namespace Registry.Tests.Features.Records;

public sealed class RecordModelsTests
{
    public static TheoryData<string> Codes => [.. RecordModels.All.Select(model => model.Code)];

    [Fact]
    public void The_library_holds_sixty_four_models_in_fourteen_domains()
    {
        Assert.Equal(64, RecordModels.All.Select(model => model.Code).Distinct().Count());
        Assert.Equal(14, RecordModels.Domains.Count);
        Assert.Null(RecordModels.Find("UNKNOWN"));
    }

    [Theory, MemberData(nameof(Codes))]
    public void A_model_becomes_a_draft_that_asks_a_person_for_what_only_a_person_knows(string code)
    {
        var sheet = RecordModels.Find(code)!.ToSheet();
        Assert.Empty(SheetText.Clean(sheet));
        Assert.Equal(SheetJson.Canonical(sheet), SheetJson.Canonical(SheetJson.Read(SheetJson.Write(sheet))));
        Assert.Equal(code, sheet.ModelCode);

        var outcome = PublicationRules.Judge(sheet, SampleSheets.Appointed);
        var expected = new List<string> { "V-08", "V-13", "V-16" };
        if (sheet.Purposes.LegalBases.Exists(basis => basis.Basis == "CONSENT")) expected.Add("V-12");
        if (sheet.Transfers.Transfers.Exists(transfer => transfer.Mechanism != TransfersSection.None)) expected.Add("V-07");
        // The library announces offences but describes no such data: the author settles which of the two is true.
        if (code == "FOURRIERE_VEHICULES") expected.Add("V-11");
        Assert.Equal(expected.Order(), outcome.Messages.Select(message => message.RuleId).Distinct().Order());
        Assert.True(outcome.MaySubmit);
    }

    [Theory, MemberData(nameof(Codes))]
    public void A_model_completed_by_hand_meets_every_rule(string code)
    {
        var sheet = SampleSheets.Completed(RecordModels.Find(code)!);
        Assert.Empty(SheetText.Clean(sheet));
        var outcome = PublicationRules.Judge(sheet, SampleSheets.Appointed);
        Assert.Empty(outcome.Messages);
        Assert.Equal(100, outcome.Percent);
    }

    [Theory, MemberData(nameof(Codes))]
    public void Data_is_tied_to_the_first_duration_and_measures_are_only_planned(string code)
    {
        var sheet = RecordModels.Find(code)!.ToSheet();
        Assert.All(sheet.People.DataCategories, row => Assert.Equal(sheet.Retention.Rules[0].Id, row.RetentionRule));
        Assert.NotEmpty(sheet.Security.Measures);
        Assert.All(sheet.Security.Measures, row => Assert.Equal("PLANNED", row.Status));
        Assert.Empty(sheet.Processors.Processors);
        Assert.Null(sheet.Dpia.Conclusion);
    }

    [Theory, MemberData(nameof(Codes))]
    public void The_screening_of_a_model_leads_to_what_the_library_proposes(string code)
    {
        var model = RecordModels.Find(code)!;
        var suggestion = model.ToSheet().Dpia.Suggestion;
        // "Recommended" is a person's choice that no computation makes.
        if (model.ProposedDpiaConclusion == "RECOMMENDED") Assert.Equal("NOT_REQUIRED", suggestion);
        else Assert.Equal(model.ProposedDpiaConclusion, suggestion);
    }

    [Fact]
    public void A_period_given_for_the_whole_is_not_counted_twice()
    {
        var rule = Assert.Single(RecordModels.Find("COMPTABILITE")!.ToSheet().Retention.Rules, rule => rule.Scope == "Pièces justificatives");
        Assert.Equal((null, "exercice", "P10Y", null), (rule.ActiveDuration, rule.ActiveCriterion, rule.IntermediateDuration, rule.Dua));
    }

    [Fact]
    public void Words_that_only_repeat_a_duration_are_left_out()
    {
        var rules = RecordModels.Find("ETAT_CIVIL")!.ToSheet().Retention.Rules;
        Assert.Equal((null, "sans limite"), (rules[0].ActiveDuration, rules[0].ActiveCriterion));
        Assert.Equal(("P1Y", null), (rules[1].ActiveDuration, rules[1].ActiveCriterion));
    }

    [Fact]
    public void The_least_certain_durations_are_to_be_confirmed_first_and_points_go_away_when_settled()
    {
        foreach (var model in RecordModels.All)
        {
            var kinds = SheetToConfirm.Read(model.ToSheet()).Select(point => point.Confidence switch { "LOW" => 0, "MEDIUM" => 1, _ => 2 }).ToList();
            Assert.Equal(kinds.Order(), kinds);
        }
        var sheet = RecordModels.Find("ETAT_CIVIL")!.ToSheet();
        var points = SheetToConfirm.Read(sheet);
        Assert.Equal("Confirmez la durée de « Demandes de copies et correspondances » : c’est une proposition.", points[0].Message);
        Assert.All(points, point => Assert.NotNull(SheetLabels.Field(point.SectionKey, point.FieldPath)));

        var settled = SampleSheets.Completed(RecordModels.Find("ETAT_CIVIL")!);
        settled.Retention.Rules.ForEach(rule => rule.ArchivesAgreed = true);
        settled.Processors.Processors = [new() { Name = "Éditeur", ContractReference = "C-001", Art28Checked = true }];
        Assert.Empty(SheetToConfirm.Read(settled));
        Assert.Empty(SheetToConfirm.Read(new Sheet()));
    }

    [Fact]
    public void Models_name_only_organisation_types_that_exist() =>
        Assert.All(RecordModels.All.SelectMany(model => model.OrganisationTypes), type => Assert.True(Vocabulary.Current.Contains("OrganisationType", type), type));

    [Fact]
    public void The_domains_of_the_form_are_those_of_the_library()
    {
        var form = typeof(IdentificationSection).GetProperty("Domain")!.GetCustomAttributes(typeof(OneOfAttribute), false).Cast<OneOfAttribute>().Single();
        Assert.Equal(RecordModels.Domains.Keys, form.Codes);
    }
}
