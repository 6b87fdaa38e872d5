using Registry.Features.Models;
using Registry.Features.Records;

namespace Registry.Tests.Features.Models;

public sealed class ModelMergeTests
{
    private static Sheet Model() => RecordModels.Find("ETAT_CIVIL")!.ToSheet();

    private static Sheet With(Action<Sheet> change)
    {
        var sheet = Model();
        change(sheet);
        return sheet;
    }

    private static (MergeAnswer, string?) Take(MergePoint point) => (MergeAnswer.Take, null);

    private static (MergeAnswer, string?) Keep(MergePoint point) => (MergeAnswer.Keep, null);

    [Fact]
    public void A_model_that_did_not_change_asks_nothing_whatever_the_commune_wrote()
    {
        var here = With(sheet => { sheet.Purposes.Purpose = "Autre chose"; sheet.Recipients.Recipients.Clear(); sheet.Retention.Rules.Add(new() { Id = "x", Scope = "Registre ancien" }); });

        Assert.Empty(new ModelMerge(Model(), Model(), here).Points);
    }

    [Fact]
    public void What_the_model_changed_and_the_commune_left_alone_is_offered_without_conflict_and_taken_exactly()
    {
        var became = With(sheet =>
        {
            sheet.Purposes.Purpose = "Nouvelle finalité";
            sheet.Purposes.LegalBases[0].Reference = "Code civil, articles 34 à 101-2";
            sheet.Recipients.Recipients.Add(new() { Kind = "INTERNAL", Label = "Archives municipales" });
            sheet.Information.Channels.Add("POSTER");
            sheet.Security.Measures.RemoveAt(0);
        });
        var merge = new ModelMerge(Model(), became, Model());

        Assert.False(merge.HasConflict);
        Assert.NotEmpty(merge.Points);
        Assert.Equal(SheetJson.Canonical(became), SheetJson.Canonical(merge.Apply(Take)));
        Assert.Equal(SheetJson.Canonical(Model()), SheetJson.Canonical(new ModelMerge(Model(), became, Model()).Apply(Keep)));
    }

    [Fact]
    public void What_both_changed_is_a_conflict_and_says_three_texts()
    {
        var merge = new ModelMerge(Model(), With(sheet => sheet.Purposes.Purpose = "Texte du modèle"), With(sheet => sheet.Purposes.Purpose = "Texte de la commune"));

        var point = Assert.Single(merge.Points);
        Assert.True(point.IsConflict);
        Assert.Equal((Model().Purposes.Purpose, "Texte du modèle", "Texte de la commune"), (point.Was, point.Became, point.Here));
        Assert.NotNull(point.Limit);
    }

    [Fact]
    public void A_text_of_ones_own_can_be_written_instead()
    {
        var merge = new ModelMerge(Model(), With(sheet => sheet.Purposes.Purpose = "Texte du modèle"), Model());

        Assert.Equal("Ni l’un ni l’autre", merge.Apply(_ => (MergeAnswer.Write, "Ni l’un ni l’autre")).Purposes.Purpose);
    }

    [Fact]
    public void What_the_commune_already_says_is_no_point()
    {
        Action<Sheet> same = sheet => sheet.Recipients.Recipients.Add(new() { Kind = "INTERNAL", Label = "Archives municipales" });

        Assert.Empty(new ModelMerge(Model(), With(same), With(same)).Points);
    }

    [Fact]
    public void A_row_added_by_both_under_one_name_is_compared_field_by_field()
    {
        var merge = new ModelMerge(Model(),
            With(sheet => sheet.Processors.Processors.Add(new() { Name = "Éditeur", Service = "Hébergement" })),
            With(sheet => sheet.Processors.Processors.Add(new() { Name = "Éditeur", Service = "Maintenance" })));

        var point = Assert.Single(merge.Points);
        Assert.Equal(("Éditeur", "Hébergement", "Maintenance", true), (point.Row, point.Became, point.Here, point.IsConflict));
        Assert.Equal("Hébergement", Assert.Single(merge.Apply(Take).Processors.Processors).Service);
    }

    [Fact]
    public void A_row_that_the_commune_removed_and_the_model_changed_comes_back_only_when_it_is_taken()
    {
        var became = With(sheet => sheet.Retention.Rules[0].Source = "Nouvelle instruction");
        var here = With(sheet => sheet.Retention.Rules.RemoveAt(0));
        var point = Assert.Single(new ModelMerge(Model(), became, here).Points);

        Assert.True(point.IsConflict);
        Assert.Null(point.Here);
        Assert.Equal(here.Retention.Rules.Count, new ModelMerge(Model(), became, here).Apply(Keep).Retention.Rules.Count);
        Assert.Contains(new ModelMerge(Model(), became, here).Apply(Take).Retention.Rules, rule => rule.Source == "Nouvelle instruction");
    }

    [Fact]
    public void A_row_that_the_model_gave_up_but_the_commune_made_its_own_is_a_conflict()
    {
        var merge = new ModelMerge(Model(), With(sheet => sheet.Security.Measures.RemoveAt(0)), With(sheet => sheet.Security.Measures[0].Status = "IN_PLACE"));

        Assert.True(Assert.Single(merge.Points).IsConflict);
    }

    [Fact]
    public void Data_tied_to_a_duration_that_is_given_up_is_tied_to_none()
    {
        var became = With(sheet => sheet.Retention.Rules.RemoveAt(0));
        foreach (var data in became.People.DataCategories) data.RetentionRule = null;
        var result = new ModelMerge(Model(), became, Model()).Apply(point => (point.Section.Key == "conservation" ? MergeAnswer.Take : MergeAnswer.Keep, null));

        Assert.All(result.People.DataCategories, data => Assert.Null(data.RetentionRule));
    }

    public static TheoryData<string> Codes => [.. RecordModels.All.Select(model => model.Code)];

    [Theory, MemberData(nameof(Codes))]
    public void Between_any_two_models_taking_all_gives_the_newer_and_keeping_all_the_older(string code)
    {
        var was = RecordModels.Find(code)!.ToSheet();
        var became = RecordModels.All[(RecordModels.All.ToList().FindIndex(model => model.Code == code) + 1) % RecordModels.All.Count].ToSheet();
        became.ModelCode = was.ModelCode;

        Assert.Empty(SheetDifferences.Compare(new ModelMerge(was, became, was).Apply(Keep), was));
        // Rows may end in another order: what is there is the same.
        Assert.Empty(new ModelMerge(was, became, new ModelMerge(was, became, was).Apply(Take)).Points);
    }
}
