using System.Net;
using Dapper;
using Npgsql;
using Registry.Data;
using Registry.Features.Records;
using Registry.Tests.Support;

namespace Registry.Tests.Features.Records;

/// <summary>Who may say what about a record: the officer's opinion, the controller's decision on it, her waiver of the assessment.</summary>
[Trait("Kind", "pages")]
public sealed class RecordOpinionTests(RegistryFixture registry)
{
    private const string Refusal = "La commune maintient ce traitement jusqu’au prochain conseil.";

    [Fact]
    public async Task The_officer_gives_an_opinion_and_the_controller_decides_what_follows()
    {
        var town = await Town.FoundAsync(registry);
        var reference = await town.AddRecordAsync(complete: true, sheet => sheet.Purposes.LegalBases[0].Basis = "LEGITIMATE_INTERESTS");
        using var officer = await town.EnterAsync("DPO");
        using var correspondent = await town.EnterAsync("CORRESPONDENT");
        using var mayor = await town.EnterAsync("LEGAL_REPRESENTATIVE");
        var (sheet, page) = ($"{town.Home}/traitements/{reference}", $"{town.Home}/traitements/{reference}/avis");
        Assert.Contains("V-18", (await correspondent.GetAsync(sheet)).Text);

        var given = await officer.PressAsync(await officer.GetAsync(page), "Donner cet avis", ("Form.Conclusion", "UNFAVOURABLE"), ("Form.Opinion", "Cette base n’est pas ouverte à la commune."));
        Assert.True(given.Status == HttpStatusCode.Redirect, given.ToString());
        var read = await correspondent.GetAsync(sheet);
        Assert.DoesNotContain("V-18", read.Text);
        Assert.Contains("Cette base n’est pas ouverte à la commune.", read.Text);
        Assert.DoesNotContain("Décider de la suite", read.Text);
        Assert.Contains("Avis du délégué donné", (await officer.GetAsync(sheet + "/historique")).Text);

        Assert.Contains("Décider de la suite", (await mayor.GetAsync(sheet)).Text);
        var open = await mayor.GetAsync(page);
        var unexplained = await mayor.PressAsync(open, "Enregistrer la décision", ("Answer.Decision", "NOT_FOLLOWED"), ("Answer.Reason", "Non."));
        Assert.Contains("vingt caractères", unexplained.Text);
        Assert.Equal("Non.", unexplained.Html.QuerySelector("[name='Answer.Reason']")!.TextContent);
        Assert.Equal(HttpStatusCode.Redirect, (await mayor.PressAsync(open, "Enregistrer la décision", ("Answer.Decision", "NOT_FOLLOWED"), ("Answer.Reason", Refusal))).Status);
        Assert.Contains(Refusal, (await correspondent.GetAsync(sheet + "/imprimer")).Text);
        Assert.Contains(Refusal, (await officer.GetAsync(sheet + "/historique")).Text);
        // Decided once: the same form again, or another one, changes nothing.
        Assert.Equal(HttpStatusCode.Conflict, (await mayor.PressAsync(open, "Enregistrer la décision", ("Answer.Decision", "FOLLOWED"))).Status);
        // It blocks nothing and stays out of what is published.
        foreach (var (who, act) in new[] { (correspondent, "soumettre"), (officer, "relire"), (officer, "valider"), (mayor, "publier") }) await ActAsync(who, town, reference, act);
        Assert.DoesNotContain(Refusal, await TextAsync("select content from app.record_version where organisation_id = @Id", town));
        Assert.Contains(Refusal, (await mayor.GetAsync(sheet + "/imprimer")).Text);
    }

    [Fact]
    [Trait("S", "5")]
    public async Task Nobody_writes_in_the_place_of_the_other()
    {
        var town = await Town.FoundAsync(registry);
        var reference = await town.AddRecordAsync(complete: true);
        var page = $"{town.Home}/traitements/{reference}/avis";
        using var officer = await town.EnterAsync("DPO");
        (string, string)[] opinion = [("Form.Conclusion", "FAVOURABLE"), ("Form.Opinion", "Rien à redire."), ("Form.GivenOn.Day", "1"), ("Form.GivenOn.Month", "2"), ("Form.GivenOn.Year", "2026"), ("Form.Subject", "PROCESSING"), ("Form.Seen", "0")];
        foreach (var kind in new[] { "LEGAL_REPRESENTATIVE", "CORRESPONDENT", "DPO_ASSISTANT", "SERVICE_CONTRIBUTOR" })
        {
            using var other = await town.EnterAsync(kind);
            Assert.Equal(kind == "SERVICE_CONTRIBUTOR" ? HttpStatusCode.Forbidden : HttpStatusCode.OK, (await other.GetAsync(page)).Status);
            Assert.Equal(HttpStatusCode.Forbidden, (await other.PostAsync(page, [("__RequestVerificationToken", await TokenAsync(other)), .. opinion])).Status);
        }
        var form = Forms.Of(await officer.GetAsync(page)).Single();
        Assert.Equal(HttpStatusCode.Redirect, (await officer.PostAsync(page, form.With(opinion))).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await officer.PostAsync(page, form.With(opinion))).Status);  // sent twice, given once (S-92)
        var decided = await officer.PostAsync(page + "?handler=Decide", ("__RequestVerificationToken", await TokenAsync(officer)), ("Answer.Number", "1"), ("Answer.Decision", "FOLLOWED"));
        Assert.Equal(HttpStatusCode.Forbidden, decided.Status);
        Assert.Equal("1", await TextAsync("select count(*)::text from app.record_opinion where organisation_id = @Id and decision is null", town));
        // The program itself cannot rewrite what she said.
        var refused = await Assert.ThrowsAsync<PostgresException>(() => registry.WorkAsync(Scope.ForOrganisation(town.Id), async (db, _) =>
            await (await db.OpenAsync()).ExecuteAsync("update record_opinion set opinion = 'Autre chose' where organisation_id = @Id", new { town.Id })));
        Assert.Equal("42501", refused.SqlState);
    }

    [Fact]
    [Trait("S", "5")]
    public async Task Only_the_controller_signs_that_a_record_goes_on_without_its_assessment()
    {
        var town = await Town.FoundAsync(registry);
        var reference = await town.AddRecordAsync(complete: true, sheet => (sheet.Dpia.Conclusion, sheet.Dpia.Reason) = ("REQUIRED_CRITERIA", "deux critères"));
        var sheet = $"{town.Home}/traitements/{reference}";
        using var correspondent = await town.EnterAsync("CORRESPONDENT");
        using var officer = await town.EnterAsync("DPO");
        using var mayor = await town.EnterAsync("LEGAL_REPRESENTATIVE");
        // No box for it in the form of the sheet, and what is posted all the same is not heard.
        var edit = await correspondent.GetAsync(sheet + "/modifier/aipd");
        Assert.Null(edit.Html.QuerySelector("[name='Form.WaiverReason']"));
        var forged = Forms.Of(edit).Single().With(("Form.WaiverReason", "Signé par moi"), ("Form.WaivedBy", "La maire"), ("Form.Reason", "deux critères au moins"), ("next", "back"));
        Assert.Equal(HttpStatusCode.Redirect, (await correspondent.PostAsync(sheet + "/modifier/aipd", forged)).Status);
        Assert.Contains("V-14", (await correspondent.GetAsync(sheet)).Text);
        Assert.DoesNotContain("Signé par moi", await TextAsync("select sheet::text from app.processing_record where organisation_id = @Id", town));
        Assert.Equal(HttpStatusCode.Forbidden, (await officer.GetAsync(sheet + "/sans-analyse-d-impact")).Status);

        Assert.Contains("/sans-analyse-d-impact", (await mayor.GetAsync(sheet)).Html.Source.Text);
        var page = await mayor.GetAsync(sheet + "/sans-analyse-d-impact");
        Assert.Contains("vingt caractères", (await mayor.PressAsync(page, "Décider de publier sans analyse", ("Form.Reason", "Urgent"))).Text);
        Assert.Equal(HttpStatusCode.Redirect, (await mayor.PressAsync(page, "Décider de publier sans analyse", ("Form.Reason", Refusal))).Status);
        var read = await correspondent.GetAsync(sheet);
        Assert.DoesNotContain("V-14", read.Text);
        Assert.Contains("Sans l’analyse d’impact requise", read.Text);
        Assert.Contains("Personne LEGAL_REPRESENTATIVE", read.Html.QuerySelector(".flash-late")!.TextContent);
        Assert.Contains("Publication sans analyse d’impact décidée", (await officer.GetAsync(sheet + "/historique")).Text);
        Assert.Contains("sans AIPD, décidé", (await correspondent.GetAsync(town.Home + "/traitements")).Text);

        foreach (var (who, act) in new[] { (correspondent, "soumettre"), (officer, "relire"), (officer, "valider"), (mayor, "publier") }) await ActAsync(who, town, reference, act);
        Assert.Contains(Refusal, (await mayor.GetAsync(sheet + "/versions/1")).Html.QuerySelector(".flash-late")!.TextContent);
        Assert.Contains(Refusal, (await mayor.GetAsync(sheet + "/imprimer")).Html.QuerySelector(".flash-late")!.TextContent);
        Assert.Equal(HttpStatusCode.Conflict, (await mayor.GetAsync(sheet + "/sans-analyse-d-impact")).Status);
    }

    [Fact]
    [Trait("S", "5")]
    public async Task The_note_on_the_exemption_of_article_30_is_written_by_the_officer_alone()
    {
        var town = await Town.FoundAsync(registry);
        var reference = await town.AddRecordAsync(complete: true);
        var path = $"{town.Home}/traitements/{reference}/modifier/publication";
        using var correspondent = await town.EnterAsync("CORRESPONDENT");
        using var officer = await town.EnterAsync("DPO");
        var hers = await correspondent.GetAsync(path);
        Assert.Null(hers.Html.QuerySelector("[name='Form.Exemption30_5Note']"));
        await correspondent.PostAsync(path, Forms.Of(hers).Single().With(("Form.Exemption30_5", "true"), ("Form.Exemption30_5Note", "Le délégué est d’accord"), ("next", "back")));
        Assert.Contains("V-19", (await correspondent.GetAsync($"{town.Home}/traitements/{reference}")).Text);
        var his = Forms.Of(await officer.GetAsync(path)).Single();
        await officer.PostAsync(path, his.With(("Form.Exemption30_5Note", "Traitement occasionnel, vu le 3 mars"), ("next", "back")));
        Assert.DoesNotContain("V-19", (await correspondent.GetAsync($"{town.Home}/traitements/{reference}")).Text);
        // Who edits the part afterwards leaves the note as it is.
        await correspondent.PostAsync(path, Forms.Of(await correspondent.GetAsync(path)).Single().With(("Form.InternalNotes", "À revoir"), ("next", "back")));
        Assert.Contains("vu le 3 mars", (await correspondent.GetAsync($"{town.Home}/traitements/{reference}")).Text);
    }

    private static async Task ActAsync(Visit who, Town town, string reference, string act)
    {
        var page = await who.GetAsync($"{town.Home}/traitements/{reference}/actes/{act}");
        var form = Assert.Single(Forms.Of(page));
        var fields = act == "publier" ? form.With(("Form.Reason", "Première version")) : form.With();
        var done = await who.PostAsync(page.Path, fields);
        Assert.True(done.Status == HttpStatusCode.Redirect, done.ToString());
    }

    private static async Task<string> TokenAsync(Visit visit) =>
        (await visit.GetAsync("/mon-compte")).Html.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;

    private async Task<string> TextAsync(string sql, Town town)
    {
        await using var connection = await registry.SuperuserAsync();
        return await connection.ExecuteScalarAsync<string>(sql, new { town.Id }) ?? "";
    }
}
