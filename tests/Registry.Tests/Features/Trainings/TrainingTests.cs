using System.Net;
using Registry.Tests.Support;

namespace Registry.Tests.Features.Trainings;

/// <summary>Trainings: recorded, completed with their evidence, read by those whom the matrix names.</summary>
[Trait("Kind", "pages")]
public sealed class TrainingTests(RegistryFixture registry)
{
    private static (string, string)[] Held(int year, string topic) => [("Form.Kind", "AWARENESS"), ("Form.Topic", topic), ("Form.HeldOn.Day", "2"), ("Form.HeldOn.Month", "3"), ("Form.HeldOn.Year", $"{year}"), ("Form.Attendees", "Accueil, état civil"), ("Form.Headcount", "12")];

    [Fact]
    public async Task A_training_is_recorded_once_completed_with_its_evidence_and_two_at_once_are_told()
    {
        var town = await Town.FoundAsync(registry);
        using var correspondent = await town.EnterAsync("CORRESPONDENT");
        var form = Forms.Of(await correspondent.GetAsync(town.Home + "/formations/nouvelle")).Single();
        var later = await correspondent.PostAsync(form.Action, form.With(Held(2027, "Hameçonnage")));
        Assert.Contains("n’est pas à venir", later.Text);
        Assert.Contains("Accueil, état civil", later.Html.Source.Text);
        foreach (var _ in new[] { 1, 2 }) Assert.Equal(HttpStatusCode.Redirect, (await correspondent.PostAsync(form.Action, form.With(Held(2026, "Hameçonnage")))).Status);
        var row = Assert.Single((await correspondent.GetAsync(town.Home + "/formations")).Html.QuerySelectorAll("tbody tr"));
        Assert.Contains("à joindre", row.TextContent);
        var at = row.QuerySelector("a")!.GetAttribute("href")!;
        var (first, second) = (Forms.Of(await correspondent.GetAsync(at)).Single(), Forms.Of(await correspondent.GetAsync(at)).Single());
        Assert.Equal(HttpStatusCode.Redirect, (await correspondent.PostAsync(first.Action, first.With(("Form.Evidence", "Feuille du 2 mars")))).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await correspondent.PostAsync(second.Action, second.With(("Form.Evidence", "Autre feuille")))).Status);
        Assert.Contains("Feuille du 2 mars", (await correspondent.GetAsync(town.Home + "/formations")).Text);
        Assert.Equal(HttpStatusCode.NotFound, (await correspondent.GetAsync($"{town.Home}/formations/{Guid.NewGuid()}")).Status);

        using var contributor = await town.EnterAsync("SERVICE_CONTRIBUTOR");
        Assert.DoesNotContain("Accueil, état civil", (await contributor.GetAsync(town.Home + "/formations")).Text);
        Assert.Equal(HttpStatusCode.Forbidden, (await contributor.GetAsync(at)).Status);
    }

    [Fact]
    public async Task An_obligation_that_asks_for_trainings_or_signatures_leads_to_them()
    {
        var town = await Town.FoundAsync(registry);
        var (convention, _, _) = await TownConvention.AddAsync(registry, town, "Sécurisation des postes", change: sheet =>
            (sheet.Obligations.Obligations[0].ExpectedEvidence, sheet.Obligations.Obligations[1].ExpectedEvidence) = ("TRAINING_ATTENDANCE", "CHARTER_ACKNOWLEDGEMENT"));
        using var officer = await town.EnterAsync("DPO");
        var page = await officer.GetAsync($"{town.Home}/conventions/{convention}/obligations");
        foreach (var path in new[] { "/formations", "/charte" })
        {
            Assert.NotNull(page.Html.QuerySelector($"tbody a[href='{town.Home}{path}']"));
            Assert.Equal(HttpStatusCode.OK, (await officer.GetAsync(town.Home + path)).Status);
        }
        using var manager = await town.EnterAsync("CONTRACT_MANAGER");
        Assert.Null((await manager.GetAsync($"{town.Home}/conventions/{convention}/obligations")).Html.QuerySelector("tbody a[href$='/formations']"));
    }
}
