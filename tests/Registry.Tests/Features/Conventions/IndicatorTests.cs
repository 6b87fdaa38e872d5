using System.Net;
using Registry.Features.Conventions;
using Registry.Tests.Support;

namespace Registry.Tests.Features.Conventions;

/// <summary>What a provider promised to measure: judged where the target is a number, given by the provider's people alone (F28).</summary>
[Trait("Kind", "pages")]
public sealed class IndicatorTests(RegistryFixture registry)
{
    [Theory]
    [InlineData("99.5%", "99,5 %", true)]
    [InlineData("99.5%", "99.49", false)]
    [InlineData("99.5%", "150 %", null)]
    [InlineData("P7D", "7 jours", true)]
    [InlineData("P7D", "8 jours", false)]
    [InlineData("P1D", "24 h", true)]
    [InlineData("P1D", "25 h", false)]
    [InlineData("PT4H", "90 min", true)]
    [InlineData("PT4H", "1 j", false)]
    [InlineData("P7D", "rapide", null)]
    [InlineData("P7D", "7", null)]
    [InlineData("MON-FRI 08:00-18:00", "8 h", null)]
    [InlineData(null, "12", null)]
    public void A_value_is_judged_by_the_target_and_its_unit(string? target, string value, bool? met) => Assert.Equal(met, IndicatorRules.Judge(target, value));

    [Fact]
    public void An_indicator_has_the_state_of_its_last_period()
    {
        IndicatorMeasure Measure(string code, int month, bool? met) => new()
        {
            Id = Guid.NewGuid(), Code = code, PeriodFrom = new(2026, month, 1), PeriodTo = new(2026, month, 28), Value = "1", Met = met, GivenBy = "x", ContributorName = "x",
        };
        var sheet = new ConventionSheet { Indicators = new() { Indicators = [new() { Code = "A" }, new() { Code = "B" }, new() { Code = "C" }, new() { Code = "D" }] } };
        var states = IndicatorState.List(sheet, [Measure("A", 1, true), Measure("A", 3, false), Measure("A", 2, true), Measure("B", 1, true), Measure("C", 1, null)]);
        Assert.Equal(["NOT_MET", "MET", "NO_TARGET", "NOT_MEASURED"], states.Select(state => state.Status));
    }

    [Fact]
    public async Task The_provider_measures_and_the_other_side_reads()
    {
        var (town, provider) = (await Town.FoundAsync(registry), await Town.FoundAsync(registry));
        var (reference, id, _) = await TownConvention.AddAsync(registry, town, "Hébergement", provider.Id);
        using var manager = await provider.EnterAsync("CONTRACT_MANAGER");
        using var correspondent = await town.EnterAsync("CORRESPONDENT");
        var (ours, theirs) = ($"{town.Home}/conventions/{reference}/indicateurs", $"{provider.Home}/conventions/{id}/indicateurs");
        Assert.Contains("Non mesuré", (await correspondent.GetAsync(ours)).Text);
        Assert.Equal(HttpStatusCode.Forbidden, (await correspondent.GetAsync(ours + "/A.1a")).Status);

        var form = Forms.Of(await manager.GetAsync(theirs + "/A.1a")).Single();
        foreach (var (value, year, message) in new[] { ("rapide", 2026, "un nombre et son unité"), ("99,1 %", 2027, "n’est pas finie") })
            Assert.Contains(message, (await manager.PostAsync(form.Action, form.With(Fields(value, year)))).Text);
        foreach (var _ in new[] { 1, 2 }) Assert.Equal(HttpStatusCode.Redirect, (await manager.PostAsync(form.Action, form.With(Fields("99,1 %", 2026)))).Status);
        var read = await correspondent.GetAsync(ours);
        Assert.Contains("Non atteint", read.Html.QuerySelector("tr[id='A.1a']")!.TextContent);
        Assert.Single(read.Html.QuerySelectorAll("tr[id='A.1a'] strong"));
        var untold = Forms.Of(await manager.GetAsync(theirs + "/G.4")).Single();
        Assert.Contains("Dites si l’engagement est tenu", (await manager.PostAsync(untold.Action, untold.With(Fields("8 h – 18 h", 2026)))).Text);
        Assert.Equal(HttpStatusCode.NotFound, (await manager.GetAsync(theirs + "/Z.9")).Status);

        // What the provider gave it takes back; the town cannot.
        var token = read.Html.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        var measure = (await manager.GetAsync(theirs)).Html.QuerySelector("input[name=measure]")!.GetAttribute("value")!;
        Assert.Equal(HttpStatusCode.Forbidden, (await correspondent.PostAsync(ours + "?handler=Withdraw", ("__RequestVerificationToken", token), ("measure", measure))).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await manager.PressAsync(await manager.GetAsync(theirs), "Retirer A.1a, 99,1 %")).Status);
        Assert.Contains("Non mesuré", (await correspondent.GetAsync(ours)).Html.QuerySelector("tr[id='A.1a']")!.TextContent);
    }

    [Fact]
    public async Task A_difference_is_taken_up_the_ladder_of_the_text_and_stands_with_the_meetings()
    {
        var town = await Town.FoundAsync(registry);
        var (reference, _, _) = await TownConvention.AddAsync(registry, town, "Hébergement");
        using var officer = await town.EnterAsync("DPO");
        using var representative = await town.EnterAsync("LEGAL_REPRESENTATIVE");
        var at = $"{town.Home}/conventions/{reference}";
        var page = await officer.GetAsync(at + "/escalade");
        Assert.Contains("Écrivez pourquoi.", (await officer.PressAsync(page, "Enregistrer l’escalade")).Text);
        Assert.Contains("Choisissez à qui", (await officer.PressAsync(page, "Enregistrer l’escalade", ("Form.Step", "9"), ("Form.Reason", "Sans réponse"))).Text);
        Assert.Equal(HttpStatusCode.Redirect, (await officer.PressAsync(page, "Enregistrer l’escalade", ("Form.Step", "2"), ("Form.Reason", "Sans réponse depuis trois semaines."))).Status);
        var meetings = await representative.GetAsync(at + "/reunions");
        Assert.Contains("DINSI → DGA", meetings.Text);
        Assert.Contains("Sans réponse depuis trois semaines.", meetings.Text);
        Assert.Equal(HttpStatusCode.Forbidden, (await representative.GetAsync(at + "/escalade")).Status);
    }

    private static (string, string)[] Fields(string value, int year) =>
    [
        ("Form.Value", value), ("Form.PeriodFrom.Day", "1"), ("Form.PeriodFrom.Month", "7"), ("Form.PeriodFrom.Year", $"{year}"), ("Form.PeriodTo.Day", "30"), ("Form.PeriodTo.Month", "9"), ("Form.PeriodTo.Year", $"{year}"),
    ];
}
