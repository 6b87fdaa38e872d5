using System.Net;
using Dapper;
using Registry.Features.Records;
using Registry.Tests.Support;

namespace Registry.Tests.Features.Records;

/// <summary>Versions beside each other, an earlier text back as a draft, the register of a day, and a copy of a sheet.</summary>
[Trait("Kind", "pages")]
public sealed class VersionPagesTests(RegistryFixture registry)
{
    private static void Purpose(Sheet sheet, string purpose) => sheet.Purposes.Purpose = purpose;

    [Fact]
    public async Task Two_versions_stand_field_by_field_with_words_marked_and_what_is_alike_folded()
    {
        var town = await Town.FoundAsync(registry);
        var reference = await town.AddPublishedRecordAsync(registry, change: sheet => Purpose(sheet, "Tenir les registres de la commune"));
        await town.PublishAsync(registry, reference, change: sheet => Purpose(sheet, "Tenir les registres et délivrer les actes de la commune"));
        using var officer = await town.EnterAsync("DPO");
        var at = $"{town.Home}/traitements/{reference}/comparer";
        var page = await officer.GetAsync(at + "?de=1&a=2");
        Assert.Contains("et délivrer les actes", page.Html.QuerySelector("#finalites ins")!.TextContent);
        Assert.Contains("champs identiques", page.Html.QuerySelector("#finalites details")!.TextContent);
        Assert.Null(page.Html.QuerySelector("#publication"));
        Assert.Contains("parties identiques", page.Text);
        Assert.Contains("et délivrer les actes", (await officer.GetAsync(at + "?de=2&a=1")).Html.QuerySelector("#finalites del")!.TextContent);
        Assert.Contains("et délivrer les actes", (await officer.GetAsync(at)).Html.QuerySelector("#finalites ins")!.TextContent);
        Assert.Contains("Les deux textes sont les mêmes", (await officer.GetAsync(at + "?de=1&a=1")).Text);
        foreach (var wrong in new[] { "?de=1&a=3", "?de=0&a=1", "?de=x&a=1", "?de=1&a=courant" }) Assert.Equal(HttpStatusCode.NotFound, (await officer.GetAsync(at + wrong)).Status);
        Assert.Contains(at, (await officer.GetAsync($"{town.Home}/traitements/{reference}")).Html.Source.Text);
    }

    [Fact]
    public async Task The_working_text_is_compared_by_who_reads_drafts_and_by_nobody_else()
    {
        var town = await Town.FoundAsync(registry);
        var reference = await town.AddPublishedRecordAsync(registry);
        using var officer = await town.EnterAsync("DPO");
        using var auditor = await town.EnterAsync("AUDITOR");
        var record = $"{town.Home}/traitements/{reference}";
        await officer.PressAsync(await officer.GetAsync(record + "/actes/ouvrir-une-revision"), "Ouvrir une révision", ("Form.Reason", "Nouveau service"));
        var form = Forms.Of(await officer.GetAsync(record + "/modifier/finalites")).Single();
        await officer.PostAsync(record + "/modifier/finalites", form.With(("Form.Purpose", "Un texte en préparation"), ("next", "back")));
        Assert.Contains("Un texte en préparation", (await officer.GetAsync(record + "/comparer?de=1&a=courant")).Text);
        Assert.Equal(HttpStatusCode.NotFound, (await auditor.GetAsync(record + "/comparer?de=1&a=courant")).Status);
        Assert.DoesNotContain("Un texte en préparation", (await auditor.GetAsync(record + "/comparer")).Text);
    }

    [Fact]
    public async Task An_earlier_text_comes_back_as_a_revision_with_the_internal_notes_of_now()
    {
        var town = await Town.FoundAsync(registry);
        var reference = await town.AddPublishedRecordAsync(registry, change: sheet => Purpose(sheet, "Le premier texte"));
        await town.PublishAsync(registry, reference, change: sheet =>
        {
            Purpose(sheet, "Le second texte");
            sheet.Publication.InternalNotes = "À revoir avec le notaire";
        });
        using var correspondent = await town.EnterAsync("CORRESPONDENT");
        using var mayor = await town.EnterAsync("LEGAL_REPRESENTATIVE");
        var record = $"{town.Home}/traitements/{reference}";
        Assert.Contains("/versions/1/reprendre", (await correspondent.GetAsync(record + "/versions/1")).Html.Source.Text);
        Assert.DoesNotContain("/reprendre", (await correspondent.GetAsync(record + "/versions/2")).Html.Source.Text);
        Assert.Equal(HttpStatusCode.Forbidden, (await mayor.GetAsync(record + "/versions/1/reprendre")).Status);
        var page = await correspondent.GetAsync(record + "/versions/1/reprendre");
        var done = await correspondent.PressAsync(page, "Reprendre ce texte");
        Assert.True(done.Status == HttpStatusCode.Redirect, done.ToString());
        var sheet = await correspondent.GetAsync(record);
        Assert.Contains("En révision", sheet.Text);
        Assert.Contains("Le premier texte", sheet.Html.QuerySelector("#finalites")!.TextContent);
        Assert.Contains("À revoir avec le notaire", sheet.Text);
        Assert.Contains("Le second texte", (await correspondent.GetAsync(record + "/versions/2")).Text);  // still in force
        var history = (await correspondent.GetAsync(record + "/historique")).Text;
        Assert.Contains("Retour au texte d’une version", history);
        Assert.Contains("Révision ouverte", history);
        Assert.Equal(HttpStatusCode.Conflict, (await correspondent.PressAsync(page, "Reprendre ce texte")).Status);  // sent twice
    }

    [Fact]
    [Trait("S", "62")]
    public async Task A_version_says_which_line_of_the_history_published_it_and_when_that_no_longer_holds()
    {
        var town = await Town.FoundAsync(registry);
        var reference = await town.AddPublishedRecordAsync(registry);
        using var officer = await town.EnterAsync("DPO");
        var path = $"{town.Home}/traitements/{reference}/versions/1";
        Assert.Contains("exactement celui qui a été publié", (await officer.GetAsync(path)).Text);

        await using var connection = await registry.SuperuserAsync();
        await connection.ExecuteAsync(
            """
            set session_replication_role = replica;
            update app.record_version set content = replace(content, 'État civil', 'Etat civil'), sha256 = encode(sha256(convert_to(replace(content, 'État civil', 'Etat civil'), 'UTF8')), 'hex')
             where organisation_id = @Id;
            """, new { town.Id });
        Assert.Contains("Aucune ligne de l’historique n’a publié ce texte", (await officer.GetAsync(path)).Text);
        // Forged on both sides: the line now names the new text, but its seal does not.
        await connection.ExecuteAsync(
            """
            update history.detail d set details = regexp_replace(d.details, 'sha256:[0-9a-f]{64}', 'sha256:' || v.sha256)
              from app.record_version v, history.event e
             where v.organisation_id = @Id and e.organisation_id = @Id and e.action = 'RECORD_PUBLISHED' and d.organisation_id = @Id and d.sequence = e.sequence;
            """, new { town.Id });
        Assert.Contains("n’est plus celle qui a été écrite", (await officer.GetAsync(path)).Text);
    }

    [Fact]
    public async Task The_register_of_a_day_names_the_versions_in_force_at_its_end()
    {
        var town = await Town.FoundAsync(registry);
        var first = await town.AddPublishedRecordAsync(registry, new DateTimeOffset(2025, 3, 10, 9, 0, 0, TimeSpan.Zero), sheet => sheet.Identification.Title = "Ancien nom " + town.Id);
        await town.PublishAsync(registry, first, new DateTimeOffset(2025, 6, 30, 22, 30, 0, TimeSpan.Zero), sheet => sheet.Identification.Title = "Nouveau nom " + town.Id);
        using var auditor = await town.EnterAsync("AUDITOR");
        var at = $"{town.Home}/traitements/au";
        Assert.Contains("Aucune version en vigueur", (await auditor.GetAsync(at + "?jour=2025-03-09")).Text);
        Assert.Contains("Ancien nom", (await auditor.GetAsync(at + "?jour=2025-03-10")).Text);
        // Half past midnight in Paris: the first of July there, though the server still counts June.
        Assert.Contains("Ancien nom", (await auditor.GetAsync(at + "?jour=2025-06-30")).Text);
        var july = await auditor.GetAsync(at + "?jour=2025-07-01");
        Assert.Contains("Nouveau nom", july.Text);
        Assert.Equal($"{town.Home}/traitements/{first}/versions/2", july.Html.QuerySelector("main th a")!.GetAttribute("href"));
        Assert.Equal(HttpStatusCode.OK, (await auditor.GetAsync(at)).Status);
        Assert.Equal("?jour=2025-07-01", (await auditor.GetAsync(at + "?On.Day=1&On.Month=7&On.Year=2025")).Location);
        foreach (var wrong in new[] { "?jour=demain", "?jour=2999-01-01", "?jour=2025-02-30", "?On.Day=31&On.Month=2&On.Year=2025" })
            Assert.NotEmpty((await auditor.GetAsync(at + wrong)).Html.QuerySelectorAll("#error-summary"));
    }

    [Fact]
    [Trait("S", "92")]
    public async Task A_copy_takes_the_text_and_neither_state_nor_versions_nor_what_was_signed()
    {
        var town = await Town.FoundAsync(registry);
        var reference = await town.AddPublishedRecordAsync(registry, change: sheet =>
        {
            Purpose(sheet, "Une finalité à reprendre");
            sheet.Publication.InternalNotes = "Entre nous";
            (sheet.Dpia.Conclusion, sheet.Dpia.WaiverReason, sheet.Dpia.WaivedBy) = ("REQUIRED_CRITERIA", "Décidé par la maire", "Madame la maire");
        });
        using var correspondent = await town.EnterAsync("CORRESPONDENT");
        var page = await correspondent.GetAsync($"{town.Home}/traitements/{reference}/copier");
        var same = await correspondent.PressAsync(page, "Copier la fiche", ("Form.Title", page.Html.QuerySelector("h1")!.TextContent.Split('«', '»')[1].Trim('\u00a0', '\u202f', ' ')));
        Assert.Equal(HttpStatusCode.BadRequest, same.Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await correspondent.PressAsync(page, "Copier la fiche")).Status);
        var title = "Copie " + town.Id;
        var made = await correspondent.PressAsync(page, "Copier la fiche", ("Form.Title", title));
        Assert.True(made.Status == HttpStatusCode.Redirect, made.ToString());
        Assert.Equal(made.Location, (await correspondent.PressAsync(page, "Copier la fiche", ("Form.Title", title))).Location);
        var copy = await correspondent.GetAsync(made.Location!);
        Assert.Contains("Brouillon", copy.Html.QuerySelector(".lead")!.TextContent);
        Assert.Contains("Une finalité à reprendre", copy.Text);
        foreach (var not in new[] { "Entre nous", "Madame la maire", "Décidé par la maire" }) Assert.DoesNotContain(not, copy.Text);
        await using var connection = await registry.SuperuserAsync();
        Assert.Equal(2, await connection.ExecuteScalarAsync<int>("select count(*)::int from app.processing_record where organisation_id = @Id", new { town.Id }));
    }
}
