using System.Net;
using Dapper;
using Registry.Data;
using Registry.History;
using Registry.Tests.Features.Records;
using Registry.Tests.Support;

namespace Registry.Tests.Features.Documents;

/// <summary>The documents that look over a register, a year, a convention or an opinion, from data of a town.</summary>
[Trait("Kind", "pages")]
public sealed class OtherDocumentsTests(RegistryFixture registry)
{
    private static readonly DateTimeOffset March = new(2026, 3, 10, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    [Trait("S", "60")]
    public async Task The_public_register_on_paper_says_what_citizens_read_and_nothing_else()
    {
        var town = await Town.FoundAsync(registry);
        await TownPublicRegister.SetAsync(registry, town);
        var shown = await town.AddPublishedRecordAsync(registry, March, sheet =>
        {
            sheet.Identification.Title = "Prêts de la médiathèque";
            sheet.Processors.Systems.Add(new() { Name = "Logiciel Secretissime" });
            sheet.Publication.InternalNotes = "Note Confidentissime";
        });
        await town.AddPublishedRecordAsync(registry, March, sheet => (sheet.Identification.Title, sheet.Publication.PublicVisibility) = ("Vidéoprotection Cachée", "HIDDEN"));
        using var correspondent = await town.EnterAsync("CORRESPONDENT");
        var article = (await correspondent.GetAsync($"{town.Home}/documents/DOC_PUBLIC_REGISTER")).Html.QuerySelector("article.document")!.TextContent;
        Assert.Contains("Prêts de la médiathèque", article, StringComparison.Ordinal);
        Assert.Contains(shown, article, StringComparison.Ordinal);
        foreach (var hidden in new[] { "Secretissime", "Confidentissime", "Cachée" }) Assert.DoesNotContain(hidden, article, StringComparison.Ordinal);
        using var contributor = await town.EnterAsync("SERVICE_CONTRIBUTOR");
        Assert.Equal(HttpStatusCode.NotFound, (await contributor.GetAsync($"{town.Home}/documents/DOC_PUBLIC_REGISTER")).Status);
    }

    [Fact]
    public async Task The_account_of_a_year_counts_what_happened_in_it_and_draws_it()
    {
        var town = await Town.FoundAsync(registry);
        for (var i = 0; i < 3; i++) await town.AddPublishedRecordAsync(registry, March);
        await TownBreach.AddAsync(registry, town);
        await TownRequest.AddAsync(registry, town);
        using var officer = await town.EnterAsync("DPO");
        var seen = await officer.GetAsync($"{town.Home}/documents/DOC_ANNUAL_REPORT");
        Assert.Equal(HttpStatusCode.OK, seen.Status);
        var article = seen.Html.QuerySelector("article.document")!;
        Assert.Contains("Le registre compte 3 traitements en vigueur", article.TextContent, StringComparison.Ordinal);
        var chart = article.QuerySelector("figure.chart svg[role=img]")!;
        Assert.Contains(" 3", chart.GetAttribute("aria-label")!, StringComparison.Ordinal);
        Assert.NotNull(article.QuerySelector("figure.chart + .doc-table table"));
        using var executive = await town.EnterAsync("AREA_EXECUTIVE");
        Assert.NotEqual(HttpStatusCode.OK, (await executive.GetAsync($"{town.Home}/documents/DOC_ANNUAL_REPORT")).Status);
    }

    [Fact]
    public async Task An_opinion_is_printed_with_what_was_decided_and_there_is_none_without_it()
    {
        var town = await Town.FoundAsync(registry);
        var reference = await town.AddPublishedRecordAsync(registry, March);
        using var officer = await town.EnterAsync("DPO");
        var at = $"{town.Home}/documents/DOC_OPINION?objet={reference}";
        Assert.Equal(HttpStatusCode.NotFound, (await officer.GetAsync(at)).Status);
        await registry.WorkAsync(Scope.ForOrganisation(town.Id), async (db, journal) =>
        {
            await (await db.OpenAsync()).ExecuteAsync(
                """
                insert into record_opinion (organisation_id, record_id, number, subject, conclusion, opinion, on_legitimate_interests, given_on, given_by, recorded_at, decision, decision_reason, decided_at, decided_by)
                select organisation_id, id, 1, 'PROCESSING', 'FAVOURABLE_WITH_RESERVES', 'Réduire la durée à un an.', false, '2026-03-12', 'La déléguée', now(), 'NOT_FOLLOWED', 'La durée de deux ans tient au marché public.', now(), 'La maire'
                  from processing_record where organisation_id = @Id
                """, new { town.Id });
            journal.Record(new Event(town.Id, "TEST", "RECORD", null, new EventDetails()));
            return 0;
        });
        var article = (await officer.GetAsync(at)).Html.QuerySelector("article.document")!.TextContent;
        foreach (var said in new[] { "Réduire la durée à un an.", "La durée de deux ans tient au marché public.", "La maire" }) Assert.Contains(said, article, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Recipients_are_told_of_an_erasure_and_never_of_an_access()
    {
        var town = await Town.FoundAsync(registry);
        using var correspondent = await town.EnterAsync("CORRESPONDENT");
        var access = await TownRequest.AddAsync(registry, town);
        Assert.Equal(HttpStatusCode.NotFound, (await correspondent.GetAsync($"{town.Home}/documents/DOC_RECIPIENT_NOTICE?objet={access}")).Status);
        await using var connection = await registry.SuperuserAsync();
        await connection.ExecuteAsync("set session_replication_role = replica; update app.rights_request set rights = array['ERASURE'] where organisation_id = @Id; set session_replication_role = origin", new { town.Id });
        var seen = await correspondent.GetAsync($"{town.Home}/documents/DOC_RECIPIENT_NOTICE?objet={access}");
        Assert.Contains("Des données ont été effacées", seen.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Des données ont été rectifiées", seen.Text, StringComparison.Ordinal);
        // The letter goes to others than the person, and what was erased is to be written in it.
        Assert.Null(seen.Html.QuerySelector("article.document .addressee"));
        Assert.Contains("À compléter avant d’émettre", seen.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("DOC_RESTITUTION_MINUTES", "Sort des copies")]
    [InlineData("DOC_DESTRUCTION_CERTIFICATE", "Elle est irréversible")]
    [InlineData("DOC_QUARTERLY_SUPPORT", "Décisions de la réunion")]
    public async Task A_convention_gives_the_papers_of_its_end_and_of_its_meetings(string code, string says)
    {
        var town = await Town.FoundAsync(registry);
        var (convention, _, _) = await TownConvention.AddAsync(registry, town, "Hébergement des données");
        using var officer = await town.EnterAsync("DPO");
        var seen = await officer.GetAsync($"{town.Home}/documents/{code}?objet={convention}");
        Assert.Equal(HttpStatusCode.OK, seen.Status);
        var article = seen.Html.QuerySelector("article.document")!.TextContent;
        Assert.Contains(says, article, StringComparison.Ordinal);
        Assert.Contains("Hébergement des données", article, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("S", "18")]
    public async Task An_issued_register_says_that_its_data_moved_and_a_mail_about_it_carries_a_link_only()
    {
        var town = await Town.FoundAsync(registry);
        var reference = await town.AddPublishedRecordAsync(registry, March, sheet => sheet.Identification.Title = "Titre de mars");
        using var officer = await town.EnterAsync("DPO");
        var person = await town.AppointAsync("CORRESPONDENT");
        var at = $"{town.Home}/documents/DOC_REGISTER_SHEET";
        var form = Forms.Of(await officer.GetAsync($"{at}?objet={reference}")).Single(one => one.Action.Contains("Issue", StringComparison.Ordinal));
        var issued = (await officer.PostAsync(form.Action, form.With())).Location!;
        var seen = await officer.GetAsync(issued);
        Assert.DoesNotContain("Les données ont changé", seen.Text, StringComparison.Ordinal);
        await town.PublishAsync(registry, reference, March.AddMonths(3), sheet => sheet.Identification.Title = "Titre de juin");
        Assert.Contains("Les données ont changé", (await officer.GetAsync(issued)).Text, StringComparison.Ordinal);

        var notice = Forms.Of(seen).Single(one => one.Fields.Any(field => field.Name == "Form.Person"));
        var refused = await officer.PostAsync(issued + "?handler=Notice", notice.With(("Form.Person", person.ToString())));
        Assert.Contains("n’a pas de compte", refused.Text, StringComparison.Ordinal);
        Assert.Contains("ne peut pas lire", (await officer.PostAsync(issued + "?handler=Notice", notice.With(("Form.Person", Guid.NewGuid().ToString())))).Text, StringComparison.Ordinal);
        using var reader = await Town.SignInAsync(registry, person, "lectrice" + person.ToString("n"));
        for (var i = 0; i < 2; i++) Assert.Equal(HttpStatusCode.Redirect, (await officer.PostAsync(issued + "?handler=Notice", notice.With(("Form.Person", person.ToString())))).Status);
        await using var connection = await registry.SuperuserAsync();
        var body = Assert.Single(await connection.QueryAsync<string>("select body from app.outbox_mail where organisation_id = @Id", new { town.Id }));
        Assert.Contains(issued, body, StringComparison.Ordinal);
        Assert.DoesNotContain("Titre de mars", body, StringComparison.Ordinal);
        Assert.Equal(1, await connection.ExecuteScalarAsync<int>("select count(*)::int from history.event where organisation_id = @Id and action = 'DOCUMENT_SENT'", new { town.Id }));
    }
}
