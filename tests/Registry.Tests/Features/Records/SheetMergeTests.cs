using System.Net;
using AngleSharp.Html.Dom;
using Registry.Features.Records;
using Registry.Tests.Support;

namespace Registry.Tests.Features.Records;

public sealed class SheetMergeTests
{
    private static readonly SheetSection Purposes = SheetSections.Find("finalites")!;

    private static PurposesSection Section(string purpose, params (string Basis, string? Reference)[] bases) =>
        new() { Purpose = purpose, LegalBases = [.. bases.Select(row => new LegalBasisRow { Basis = row.Basis, Reference = row.Reference })] };

    [Fact]
    public void Taking_every_difference_gives_the_other_text_and_taking_none_keeps_ones_own()
    {
        PurposesSection Theirs() => Section("Leur texte", ("CONSENT", null), ("PUBLIC_TASK", "délibération 12"), ("CONTRACT", null));
        PurposesSection Mine() => Section("Mon texte", ("PUBLIC_TASK", "délibération 7"), ("LEGAL_OBLIGATION", "code électoral"), ("CONSENT", null));
        var differences = SheetDifferences.Compare(Purposes, Theirs(), Mine());
        Assert.True(differences.Count >= 5, $"{differences.Count} differences");
        Assert.Equal(differences.Count, differences.Select(one => one.Key).Distinct().Count());

        var all = Mine();
        SheetMerge.Take(Theirs(), all, differences.Select(one => one.Key).ToHashSet());
        Assert.Equal(SheetJson.HashOf(Theirs()), SheetJson.HashOf(all));
        var none = Mine();
        SheetMerge.Take(Theirs(), none, new HashSet<string>());
        Assert.Equal(SheetJson.HashOf(Mine()), SheetJson.HashOf(none));
    }

    [Fact]
    public void A_row_that_each_added_is_kept_from_both_when_chosen_so()
    {
        var theirs = Section("Le texte", ("CONSENT", null), ("CONTRACT", "leur contrat"));
        var mine = Section("Le texte", ("CONSENT", null), ("LEGAL_OBLIGATION", "mon code"));
        var hers = SheetDifferences.Compare(Purposes, theirs, mine).Where(one => one.New is null).Select(one => one.Key).ToHashSet();
        SheetMerge.Take(theirs, mine, hers);
        Assert.Equal(["CONSENT", "LEGAL_OBLIGATION", "CONTRACT"], mine.LegalBases.Select(row => row.Basis));
    }
}

/// <summary>The page where two texts meet.</summary>
[Trait("Kind", "pages")]
[Trait("S", "90")]
public sealed class TwoTextsTests(RegistryFixture registry)
{
    [Fact]
    public async Task Each_field_is_chosen_from_either_text_then_edited_and_saved()
    {
        var town = await Town.FoundAsync(registry);
        var reference = await town.AddRecordAsync();
        using var correspondent = await town.EnterAsync("CORRESPONDENT");
        using var officer = await town.EnterAsync("DPO");
        var path = $"{town.Home}/traitements/{reference}/modifier/identification";
        var (hers, his) = (Forms.Of(await correspondent.GetAsync(path)).Single(), Forms.Of(await officer.GetAsync(path)).Single());
        await correspondent.PostAsync(path, hers.With(("Form.Unit", "Accueil"), ("Form.Owner", "Cheffe de l’accueil"), ("next", "back")));
        var conflict = await officer.PostAsync(path, his.With(("Form.Unit", "État civil"), ("Form.Owner", "Responsable du guichet"), ("next", "back")));
        Assert.Equal(HttpStatusCode.Conflict, conflict.Status);
        Assert.Equal(2, conflict.Html.QuerySelectorAll("main input[type=radio][value=theirs]").Length);

        var form = Forms.Of(conflict).Single();
        var merged = await officer.PostAsync(path + "?handler=Choose", form.With(("choice:Unit", "theirs"), ("choice:Owner", "mine")));
        Assert.True(merged.Status == HttpStatusCode.OK, merged.ToString());
        Assert.Equal("Accueil", ((IHtmlInputElement)merged.Html.GetElementsByName("Form.Unit")[0]).Value);
        Assert.Equal("Responsable du guichet", ((IHtmlInputElement)merged.Html.GetElementsByName("Form.Owner")[0]).Value);
        var saved = await officer.PostAsync(path, Forms.Of(merged).Single().With(("next", "back")));
        Assert.True(saved.Status == HttpStatusCode.Redirect, saved.ToString());
        var sheet = (await officer.GetAsync($"{town.Home}/traitements/{reference}")).Text;
        Assert.Contains("Responsable du guichet", sheet);
        Assert.Contains("service Accueil", sheet);
    }
}
