using System.Net;
using Registry.Tests.Support;

namespace Registry.Tests.Features.Records;

/// <summary>A record's way through the real pages.</summary>
[Trait("Kind", "pages")]
public sealed class RecordLifeTests(RegistryFixture registry)
{
    [Fact]
    public async Task A_record_goes_from_the_service_to_the_officer_to_the_representative()
    {
        var town = await Town.FoundAsync(registry);
        var reference = await town.AddRecordAsync(complete: true);
        var correspondent = await town.EnterAsync("CORRESPONDENT");
        var officer = await town.EnterAsync("DPO");
        var representative = await town.EnterAsync("LEGAL_REPRESENTATIVE");

        var edit = await correspondent.GetAsync($"{town.Home}/traitements/{reference}/modifier/finalites");
        Assert.Equal(HttpStatusCode.OK, edit.Status);
        var saved = await correspondent.PressAsync(edit, "Enregistrer et revenir à la fiche", ("Form.Purpose", "Tenir l’état civil de la commune"));
        Assert.Equal(HttpStatusCode.Redirect, saved.Status);

        await DoAsync(correspondent, "soumettre", "Soumettre au délégué");
        await DoAsync(officer, "relire", "Commencer la relecture");
        await DoAsync(officer, "valider", "Valider la fiche");
        await DoAsync(representative, "publier", "Publier la version 1", ("Form.Reason", "Première version"));

        var read = await officer.GetAsync($"{town.Home}/traitements/{reference}");
        Assert.Contains("Publiée", read.Text);
        Assert.Contains("Tenir l’état civil de la commune", read.Text);
        var history = await officer.GetAsync($"{town.Home}/traitements/{reference}/historique");
        Assert.Contains("Finalité", history.Text);
        Assert.Contains("Version publiée", history.Text);

        async Task DoAsync(Visit who, string act, string button, params (string, string)[] fields)
        {
            var page = await who.GetAsync($"{town.Home}/traitements/{reference}/actes/{act}");
            Assert.True(page.Status == HttpStatusCode.OK, page.ToString());
            Assert.True(page.Html.QuerySelector("main form") is not null, page.ToString());
            var done = await who.PressAsync(page, button, fields);
            Assert.True(done.Status == HttpStatusCode.Redirect, done.ToString());
        }
    }
}
