using System.Net;
using Dapper;
using Registry.Tests.Features.Records;
using Registry.Tests.Support;

namespace Registry.Tests.Features.Documents;

/// <summary>The officer changes the words of a document, tries them, keeps them, compares and goes back.</summary>
[Trait("Kind", "pages")]
public sealed class TemplatePagesTests(RegistryFixture registry)
{
    private static readonly DateTimeOffset March = new(2026, 3, 10, 9, 0, 0, TimeSpan.Zero);
    private const string Sheet = "DOC_REGISTER_SHEET";

    [Fact]
    public async Task A_changed_sentence_stands_in_the_next_document_of_every_body_and_never_in_one_that_was_issued()
    {
        var town = await Town.FoundAsync(registry);
        var reference = await town.AddPublishedRecordAsync(registry, March);
        using var officer = await town.EnterAsync("DPO");
        using var correspondent = await town.EnterAsync("CORRESPONDENT");
        var paper = $"{town.Home}/documents/{Sheet}?objet={reference}";
        var make = Forms.Of(await officer.GetAsync(paper)).Single(one => one.Action.Contains("Issue", StringComparison.Ordinal));
        var issued = (await officer.PostAsync($"{town.Home}/documents/{Sheet}{make.Action}", make.With())).Location!;

        var lead = $"/o/communaute-{town.LeadId:n}/documents/modeles/{Sheet}?portee=delegue";
        await KeepAsync(officer, lead, text => "Phrase du délégué pour tous.\n\n" + text);
        Assert.Contains("Phrase du délégué pour tous.", (await correspondent.GetAsync(paper)).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Phrase du délégué pour tous.", (await correspondent.GetAsync(issued)).Text, StringComparison.Ordinal);

        // The body's own text comes before; without it the officer's comes back, then the shipped one.
        var own = $"{town.Home}/documents/modeles/{Sheet}";
        await KeepAsync(officer, own, text => text.Replace("Phrase du délégué pour tous.", "Phrase de la commune.", StringComparison.Ordinal));
        var seen = (await correspondent.GetAsync(paper)).Text;
        Assert.Contains("Phrase de la commune.", seen, StringComparison.Ordinal);
        Assert.DoesNotContain("Phrase du délégué pour tous.", seen, StringComparison.Ordinal);
        Assert.Contains("Phrase de la commune.", (await officer.GetAsync(own + "/versions")).Html.QuerySelector("ins")!.TextContent, StringComparison.Ordinal);
        await officer.PostAsync(own + "?handler=Restore", (await FormAsync(officer, own)).With());
        Assert.Contains("Phrase du délégué pour tous.", (await correspondent.GetAsync(paper)).Text, StringComparison.Ordinal);
        await officer.PostAsync(lead + "&handler=Restore", (await FormAsync(officer, lead)).With());
        Assert.DoesNotContain("Phrase", (await correspondent.GetAsync(paper)).Html.QuerySelector("article.document")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Phrase de la commune.", (await officer.GetAsync(own + "?reprendre=1")).Html.QuerySelector("textarea")!.TextContent, StringComparison.Ordinal);

        await using var connection = await registry.SuperuserAsync();
        Assert.Equal(["TEMPLATE_RESTORED", "TEMPLATE_WRITTEN"], await connection.QueryAsync<string>("select action from history.event where organisation_id = @Id and action like 'TEMPLATE%' order by action", new { town.Id }));
        Assert.Equal(["TEMPLATE_RESTORED", "TEMPLATE_WRITTEN"], await connection.QueryAsync<string>("select action from history.event where organisation_id = @LeadId and action like 'TEMPLATE%' order by action", new { town.LeadId }));
    }

    [Fact]
    [Trait("S", "13")]
    public async Task A_name_that_nothing_fills_is_refused_with_its_line_and_nothing_typed_is_lost()
    {
        var town = await Town.FoundAsync(registry);
        using var officer = await town.EnterAsync("DPO");
        var at = $"{town.Home}/documents/modeles/{Sheet}";
        var refused = await officer.PostAsync(at, (await FormAsync(officer, at)).With(("Form.Body", "Une ligne.\n\nNuméro {{number}}, {{motDePasse}}.")));
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Contains("Ligne 3, « motDePasse »", refused.Text.Replace('\u00A0', ' '), StringComparison.Ordinal);
        Assert.Contains("{{motDePasse}}", refused.Html.QuerySelector("textarea")!.TextContent, StringComparison.Ordinal);
        foreach (var (body, says) in new[] { (new string('x', 210_000), "200 Ko"), ("{{#if draft}}", "pas fermé"), ("", "Écrivez le texte"), ("a\u0001b", "invisible") })
            Assert.Contains(says, (await officer.PostAsync(at, (await FormAsync(officer, at)).With(("Form.Body", body)))).Text.Replace('\u00A0', ' ').Replace('\u202F', ' '), StringComparison.Ordinal);
        await using var connection = await registry.SuperuserAsync();
        Assert.Equal(0, await connection.ExecuteScalarAsync<int>("select count(*)::int from app.document_template_text where organisation_id = @Id", new { town.Id }));
    }

    [Fact]
    public async Task A_text_is_tried_on_sample_and_on_real_data_without_being_kept()
    {
        var town = await Town.FoundAsync(registry);
        var reference = await town.AddPublishedRecordAsync(registry, March, sheet => sheet.Identification.Title = "Titre véritable");
        using var officer = await town.EnterAsync("DPO");
        var at = $"{town.Home}/documents/modeles/{Sheet}";
        var form = await FormAsync(officer, at);
        var sample = await officer.PostAsync(at + "?handler=Preview", form.With(("Form.Body", "Essai <script>alert(1)</script> {{number}}")));
        var article = sample.Html.QuerySelector("#apercu article.document")!;
        Assert.Contains("[la référence de la fiche]", article.TextContent, StringComparison.Ordinal);
        Assert.Empty(article.QuerySelectorAll("script"));
        var real = await officer.PostAsync(at + "?handler=Preview", form.With(("Form.Body", "Essai {{title}}"), ("Form.On", reference)));
        Assert.Contains("Essai Titre véritable", real.Html.QuerySelector("#apercu article.document")!.TextContent, StringComparison.Ordinal);
        var nothing = await officer.PostAsync(at + "?handler=Preview", form.With(("Form.On", "T-9999")));
        Assert.Contains("Rien ne porte cette référence", nothing.Text, StringComparison.Ordinal);
        await using var connection = await registry.SuperuserAsync();
        Assert.Equal(0, await connection.ExecuteScalarAsync<int>("select count(*)::int from app.document_template_text where organisation_id = @Id", new { town.Id }));
    }

    [Fact]
    [Trait("S", "92")]
    public async Task Two_who_write_at_once_are_told_and_a_form_sent_twice_makes_one_version()
    {
        var town = await Town.FoundAsync(registry);
        using var officer = await town.EnterAsync("DPO");
        var at = $"{town.Home}/documents/modeles/{Sheet}";
        var (one, other) = (await FormAsync(officer, at), await FormAsync(officer, at));
        for (var i = 0; i < 2; i++) Assert.Equal(HttpStatusCode.Redirect, (await officer.PostAsync(at, one.With(("Form.Body", "Le premier.")))).Status);
        var late = await officer.PostAsync(at, other.With(("Form.Body", "Le second.")));
        Assert.Equal(HttpStatusCode.Conflict, late.Status);
        Assert.Contains("Le second.", late.Html.QuerySelector("textarea")!.TextContent, StringComparison.Ordinal);
        await using var connection = await registry.SuperuserAsync();
        Assert.Equal("Le premier.", await connection.QuerySingleAsync<string>("select body from app.document_template_text where organisation_id = @Id", new { town.Id }));
    }

    [Fact]
    public async Task A_release_that_changes_the_shipped_text_is_shown_and_one_that_drops_a_name_does_not_stop_the_document()
    {
        var town = await Town.FoundAsync(registry);
        var reference = await town.AddPublishedRecordAsync(registry, March);
        using var officer = await town.EnterAsync("DPO");
        var at = $"{town.Home}/documents/modeles/{Sheet}";
        await KeepAsync(officer, at, text => "Le mien.\n\n" + text);
        await using var connection = await registry.SuperuserAsync();
        await connection.ExecuteAsync("set session_replication_role = replica; update app.document_template_text set shipped_body = 'Phrase livrée autrefois.' where organisation_id = @Id; set session_replication_role = origin", new { town.Id });
        Assert.Contains("Le texte livré a changé depuis", (await officer.GetAsync($"{town.Home}/documents/modeles")).Text, StringComparison.Ordinal);
        Assert.Contains("Le texte livré a changé depuis que vous avez écrit le vôtre", (await officer.GetAsync(at)).Text, StringComparison.Ordinal);
        Assert.Contains("Phrase livrée autrefois", (await officer.GetAsync(at + "/versions")).Html.QuerySelector("del")!.TextContent, StringComparison.Ordinal);

        await connection.ExecuteAsync("set session_replication_role = replica; update app.document_template_text set body = 'Un {{nomDisparu}}.' where organisation_id = @Id; set session_replication_role = origin", new { town.Id });
        var seen = await officer.GetAsync($"{town.Home}/documents/{Sheet}?objet={reference}");
        Assert.Equal(HttpStatusCode.OK, seen.Status);
        Assert.Contains("nomDisparu", seen.Text, StringComparison.Ordinal);
        Assert.Contains(reference, seen.Html.QuerySelector("article.document")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("S", "2")]
    public async Task What_is_not_there_is_not_found_and_a_text_for_all_is_written_where_the_officer_is_employed()
    {
        var town = await Town.FoundAsync(registry);
        using var officer = await town.EnterAsync("DPO");
        foreach (var path in new[] { "DOC_RIEN", $"{Sheet}?portee=delegue", $"{Sheet}?portee=rien", $"{Sheet}?reprendre=7", $"{Sheet}/versions?version=7", $"{Sheet}/versions?portee=delegue" })
            Assert.Equal(HttpStatusCode.NotFound, (await officer.GetAsync($"{town.Home}/documents/modeles/{path}")).Status);
    }

    private static async Task KeepAsync(Visit officer, string at, Func<string, string> change)
    {
        var form = await FormAsync(officer, at);
        var answer = await officer.PostAsync(at, form.With(("Form.Body", change(form.Fields.Single(field => field.Name == "Form.Body").Value)), ("Form.Note", "Une phrase changée")));
        Assert.True(answer.Status == HttpStatusCode.Redirect, answer.Text);
    }

    private static async Task<SentForm> FormAsync(Visit officer, string at) => Forms.Of(await officer.GetAsync(at)).Single(form => form.Fields.Any(field => field.Name == "Form.Body"));
}
