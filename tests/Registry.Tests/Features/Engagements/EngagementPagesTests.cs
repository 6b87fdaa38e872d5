using System.Globalization;
using System.Net;
using AngleSharp.Dom;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Registry.Features.Engagements;
using Registry.Tests.Support;

namespace Registry.Tests.Features.Engagements;

/// <summary>Recourse to processors, those they turn to in turn, and what silence does.</summary>
[Trait("Kind", "pages")]
public sealed class EngagementPagesTests(RegistryFixture registry)
{
    private static DateOnly Today => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(DateTimeOffset.UtcNow, TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris")).DateTime);

    private static (string, string)[] On(string field, DateOnly day) =>
        [($"{field}.Day", day.Day.ToString(CultureInfo.InvariantCulture)), ($"{field}.Month", day.Month.ToString(CultureInfo.InvariantCulture)), ($"{field}.Year", day.Year.ToString(CultureInfo.InvariantCulture))];

    [Fact]
    [Trait("S", "90")]
    [Trait("S", "92")]
    public async Task A_recourse_is_described_once_and_bad_input_is_said_by_its_field()
    {
        var town = await Town.FoundAsync(registry);
        var record = await town.AddRecordAsync();
        var (convention, _, _) = await TownConvention.AddAsync(registry, town, "Hébergement");
        using var correspondent = await town.EnterAsync("CORRESPONDENT");
        var form = Forms.Of(await correspondent.GetAsync($"{town.Home}/sous-traitants/nouveau")).Single();
        var empty = await correspondent.PostAsync(form.Action, form.With());
        Assert.Equal(HttpStatusCode.BadRequest, empty.Status);
        foreach (var error in new[] { "Nommez le sous-traitant.", "Dites ce que le sous-traitant fait pour l’organisme.", "Indiquez depuis quand." }) Assert.Contains(error, empty.Text);
        (string, string)[] good = [("Form.Processor", "Hébergeur du Léon"), ("Form.Service", "Hébergement de la paie"), .. On("Form.StartOn", new(2025, 3, 1))];
        var wrong = await correspondent.PostAsync(form.Action, form.With([.. good, .. On("Form.EndedOn", new(2025, 2, 1)), .. On("Form.ExpiresOn", new(2024, 2, 1))]));
        Assert.Equal(HttpStatusCode.BadRequest, wrong.Status);
        foreach (var error in new[] { "La fin est avant le début.", "L’échéance est avant le début.", "Choisissez la convention, ou donnez la référence du contrat." }) Assert.Contains(error, wrong.Text);
        Assert.Contains("Choisissez dans la liste.", (await correspondent.PostAsync(form.Action, form.With([.. good, ("Form.Convention", "C-999 · Inventée")]))).Text);
        good = [.. good, ("Form.Convention", $"{convention} · Hébergement"), ("Form.Authorisation", "GENERAL")];
        var added = await correspondent.PostAsync(form.Action, form.With(good));
        Assert.True(added.Status == HttpStatusCode.Redirect, added.ToString());
        Assert.Equal(added.Location, (await correspondent.PostAsync(form.Action, form.With(good))).Location);
        await using var connection = await registry.SuperuserAsync();
        Assert.Equal(1, await connection.ExecuteScalarAsync<int>("select count(*) from app.processor_engagement where organisation_id = @Id and convention_id is not null", new { town.Id }));
        Assert.Equal(1, await connection.ExecuteScalarAsync<int>("select count(*) from app.third_party where organisation_id = @Id", new { town.Id }));
        var page = await correspondent.GetAsync(added.Location!);
        Assert.Contains("Le contrôle est celui de la convention", page.Text);
        Assert.Contains("Hébergeur du Léon", (await correspondent.GetAsync($"{town.Home}/sous-traitants")).Text);

        // Two people at once: the second sees both texts, keeps hers, and saves it knowingly.
        var (first, second) = (Forms.Of(await correspondent.GetAsync(added.Location + "/modifier")).Single(), Forms.Of(await correspondent.GetAsync(added.Location + "/modifier")).Single());
        Assert.Equal(HttpStatusCode.Redirect, (await correspondent.PostAsync(first.Action, first.With(("Form.Service", "Hébergement et sauvegarde"), ("Form.Record", $"{record} · {await TitleAsync(town, record)}")))).Status);
        var stale = await correspondent.PostAsync(second.Action, second.With(("Form.Service", "Sauvegarde")));
        Assert.Equal(HttpStatusCode.Conflict, stale.Status);
        Assert.Contains("Hébergement et sauvegarde", stale.Html.QuerySelector("main table")!.TextContent);
        Assert.Equal(HttpStatusCode.Redirect, (await correspondent.PostAsync(second.Action, Forms.Of(stale).Single().With())).Status);
        // A transfer outside the Union says under which safeguard.
        page = await correspondent.GetAsync(added.Location + "/modifier");
        page = await correspondent.PostAsync(page.Path, [.. Forms.Of(page).Single().With(), ("rows", "add:Transfers")]);
        form = Forms.Of(page).Single();
        Assert.Contains("indiquez la garantie du transfert", (await correspondent.PostAsync(form.Action, form.With(("Form.Transfers[0].Country", "US")))).Text);
        Assert.Contains("ce n’est pas un transfert", (await correspondent.PostAsync(form.Action, form.With(("Form.Transfers[0].Country", "IE")))).Text);
        Assert.Equal(HttpStatusCode.Redirect, (await correspondent.PostAsync(form.Action, form.With(("Form.Transfers[0].Country", "US"), ("Form.Transfers[0].Mechanism", "SCC")))).Status);
        Assert.Contains("Clauses contractuelles types", (await correspondent.GetAsync(added.Location!)).Text);
    }

    private async Task<string?> TitleAsync(Town town, string reference)
    {
        await using var connection = await registry.SuperuserAsync();
        return await connection.ExecuteScalarAsync<string?>("select title from app.processing_record where organisation_id = @Id and number = @number", new { town.Id, number = int.Parse(reference[2..], CultureInfo.InvariantCulture) });
    }

    [Fact]
    [Trait("S", "5")]
    public async Task The_representative_decides_in_time_and_nobody_else()
    {
        var town = await Town.FoundAsync(registry);
        var (engagement, declaration) = await TownEngagement.AddAsync(registry, town, "Hébergeur", Today.AddDays(-10));
        var (_, late) = await TownEngagement.AddAsync(registry, town, "Tardif", Today.AddDays(-31));
        using var mayor = await town.EnterAsync("LEGAL_REPRESENTATIVE");
        using var officer = await town.EnterAsync("DPO");
        var at = $"{town.Home}/sous-traitants/{engagement}";
        Assert.Contains("opposition possible jusqu’au", (await officer.GetAsync(at)).Text);
        Assert.Equal(HttpStatusCode.Forbidden, (await officer.GetAsync($"{at}/declarations/{declaration}/decision")).Status);
        // A declaration of another engagement does not stand under this one.
        Assert.Equal(HttpStatusCode.NotFound, (await mayor.GetAsync($"{at}/declarations/{late}/decision")).Status);
        var (first, second) = (Forms.Of(await mayor.GetAsync($"{at}/declarations/{declaration}/decision")).Single(), Forms.Of(await mayor.GetAsync($"{at}/declarations/{declaration}/decision")).Single());
        var wordless = await mayor.PostAsync(first.Action, first.With(("Form.Act", "s-opposer"), ("Form.Reason", "non")));
        Assert.Equal(HttpStatusCode.BadRequest, wordless.Status);
        Assert.Contains("vingt caractères", wordless.Text);
        Assert.Equal(HttpStatusCode.Redirect, (await mayor.PostAsync(first.Action, first.With(("Form.Act", "s-opposer"), ("Form.Reason", "Aucune garantie sur la localisation des sauvegardes.")))).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await mayor.PostAsync(second.Action, second.With(("Form.Act", "accepter")))).Status);
        var page = await officer.GetAsync(at);
        Assert.Contains("Aucune garantie sur la localisation des sauvegardes.", page.Html.QuerySelector("#ulterieurs")!.TextContent);
        Assert.Contains("Opposition à un sous-traitant ultérieur", page.Text);
        await using var connection = await registry.SuperuserAsync();
        Assert.Equal("OBJECTED", await connection.ExecuteScalarAsync<string>("select decision from app.sub_processor where id = @declaration", new { declaration }));
    }

    [Fact]
    [Trait("S", "60")]
    [Trait("S", "90")]
    public async Task The_proof_that_obligations_were_passed_on_may_come_later_and_leaves_its_line()
    {
        var town = await Town.FoundAsync(registry);
        var (engagement, declaration) = await TownEngagement.AddAsync(registry, town, "Hébergeur", Today.AddDays(-10));
        var (_, other) = await TownEngagement.AddAsync(registry, town, "Autre", Today.AddDays(-10));
        using var correspondent = await town.EnterAsync("CORRESPONDENT");
        using var mayor = await town.EnterAsync("LEGAL_REPRESENTATIVE");
        var at = $"{town.Home}/sous-traitants/{engagement}";
        var link = (await correspondent.GetAsync(at)).Html.QuerySelector($"#ulterieurs a[href$='{declaration}/preuve']")!.GetAttribute("href")!;
        Assert.Equal(HttpStatusCode.Forbidden, (await mayor.GetAsync(link)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await correspondent.GetAsync($"{at}/declarations/{other}/preuve")).Status);
        var (first, second) = (Forms.Of(await correspondent.GetAsync(link)).Single(), Forms.Of(await correspondent.GetAsync(link)).Single());
        Assert.Contains("quel document reprend les obligations", (await correspondent.PostAsync(first.Action, first.With(("Form.Proof", " ")))).Text);
        Assert.Equal(HttpStatusCode.Redirect, (await correspondent.PostAsync(first.Action, first.With(("Form.Proof", "Avenant 2 du 3 mars")))).Status);
        var late = await correspondent.PostAsync(second.Action, second.With(("Form.Proof", "Avenant 3")));
        Assert.Equal(HttpStatusCode.Conflict, late.Status);
        Assert.Contains("Avenant 2 du 3 mars", late.Text);
        Assert.Contains("Avenant 3", late.Html.QuerySelector("[name='Form.Proof']")!.TextContent);
        var page = await mayor.GetAsync(at);
        Assert.Contains("Avenant 2 du 3 mars", page.Html.QuerySelector("#ulterieurs")!.TextContent);
        Assert.Contains("preuve des obligations répercutées", page.Text);
    }

    [Fact]
    public async Task Silence_accepts_after_thirty_days_once_and_an_objection_comes_too_late()
    {
        var town = await Town.FoundAsync(registry);
        var (_, inTime) = await TownEngagement.AddAsync(registry, town, "Dernier jour", Today.AddDays(-30));
        var (written, specific) = await TownEngagement.AddAsync(registry, town, "Spécifique", Today.AddDays(-300), "SPECIFIC");
        var (engagement, late) = await TownEngagement.AddAsync(registry, town, "Tardif", Today.AddDays(-31));
        using var mayor = await town.EnterAsync("LEGAL_REPRESENTATIVE");
        var form = Forms.Of(await mayor.GetAsync($"{town.Home}/sous-traitants/{engagement}/declarations/{late}/decision")).Single();
        var refused = await mayor.PostAsync(form.Action, form.With(("Form.Act", "s-opposer"), ("Form.Reason", "Nous n’en voulons pas du tout.")));
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Contains("le silence vaut accord", refused.Text);
        var clock = registry.Services.GetRequiredService<SubProcessorClock>();
        // Several instances look at once: one of them accepts.
        await Task.WhenAll(clock.WorkAsync(TestContext.Current.CancellationToken), clock.WorkAsync(TestContext.Current.CancellationToken));
        await clock.WorkAsync(TestContext.Current.CancellationToken);
        await using var connection = await registry.SuperuserAsync();
        var decided = (await connection.QueryAsync<(Guid Id, string Decision, bool Tacit)>("select id, decision, tacit from app.sub_processor where organisation_id = @Id", new { town.Id })).ToDictionary(row => row.Id);
        Assert.Equal(("PENDING", false), (decided[inTime].Decision, decided[inTime].Tacit));
        Assert.Equal(("PENDING", false), (decided[specific].Decision, decided[specific].Tacit));
        Assert.Equal(("ACCEPTED", true), (decided[late].Decision, decided[late].Tacit));
        Assert.Equal(1, await connection.ExecuteScalarAsync<int>("select count(*) from history.event where organisation_id = @Id and action = 'SUB_PROCESSOR_UNOPPOSED'", new { town.Id }));
        var page = await mayor.GetAsync($"{town.Home}/sous-traitants/{engagement}");
        Assert.Contains("Accepté, sans objection", page.Html.QuerySelector("#ulterieurs")!.TextContent.Replace('\u00A0', ' '));
        Assert.Contains("accord écrit attendu", (await mayor.GetAsync($"{town.Home}/sous-traitants/{written}")).Text);
    }

    [Fact]
    public async Task The_officer_finds_every_processor_without_a_sufficient_check()
    {
        var town = await Town.FoundAsync(registry);
        var (weak, _) = await TownEngagement.AddAsync(registry, town, "Sans contrôle");
        await TownEngagement.AddAsync(registry, town, "Bien couvert", change: sheet => sheet.Article28 = new() { Items = [new() { Item = "AUDIT", Status = "COVERED" }, new() { Item = "SECURITY", Status = "PARTIAL" }] });
        await TownEngagement.AddAsync(registry, town, "Trop peu", change: sheet => sheet.Article28 = new() { Items = [new() { Item = "AUDIT", Status = "MISSING" }, new() { Item = "SECURITY", Status = "PARTIAL" }] });
        var (_, party) = await town.AddSystemAsync("Logiciel");
        await town.AddRecordAsync(change: sheet => sheet.Processors.Processors.Add(new() { Name = "Cité par une fiche", ThirdPartyId = party.ToString() }));
        var (convention, _, _) = await TownConvention.AddAsync(registry, town, "Convention jamais contrôlée");
        using var officer = await town.EnterAsync("DPO");
        foreach (var path in new[] { "/sous-traitants", $"{town.Home}/sous-traitants#a-controler" })
        {
            var page = await officer.GetAsync(path);
            Assert.Equal(HttpStatusCode.OK, page.Status);
            var lines = page.Html.QuerySelectorAll("main table a").Select(link => link.GetAttribute("href")!).ToList();
            Assert.Contains($"{town.Home}/sous-traitants/{weak}", lines);
            Assert.Contains($"{town.Home}/conventions/{convention}/article-28", lines);
            Assert.Contains($"{town.Home}/sous-traitants/nouveau?prestataire={party}", lines);
        }
        // Who only reads is led to what she may open.
        using var auditor = await town.EnterAsync("AUDITOR");
        foreach (var link in (await auditor.GetAsync($"{town.Home}/sous-traitants")).Html.QuerySelectorAll("main table a").Select(link => link.GetAttribute("href")!))
            Assert.Equal(HttpStatusCode.OK, (await auditor.GetAsync(link)).Status);
        var texts = (await officer.GetAsync("/sous-traitants")).Html.QuerySelectorAll("main tbody tr").Select(row => row.TextContent.Replace('\u202F', ' ').Replace('\u00A0', ' ')).ToList();
        Assert.Contains(texts, row => row.Contains("Trop peu") && row.Contains("25 %"));
        Assert.DoesNotContain(texts, row => row.Contains("Bien couvert"));
        using var correspondent = await town.EnterAsync("CORRESPONDENT");
        var checking = Forms.Of(await officer.GetAsync($"{town.Home}/sous-traitants/{weak}/article-28")).Single();
        Assert.Equal(HttpStatusCode.Forbidden, (await correspondent.GetAsync(checking.Action)).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await officer.PostAsync(checking.Action, checking.With(("Form.Items[3].Status", "COVERED"), ("Form.Items[3].Clause", "art. 4")))).Status);
        Assert.DoesNotContain("Sans contrôle", (await officer.GetAsync("/sous-traitants")).Html.QuerySelector("main table")!.TextContent);
    }

    [Fact]
    [Trait("S", "2")]
    [Trait("S", "4")]
    public async Task An_id_of_another_town_is_not_found()
    {
        var (ours, theirs) = (await Town.FoundAsync(registry), await Town.FoundAsync(registry));
        var (engagement, declaration) = await TownEngagement.AddAsync(registry, theirs, "Ailleurs");
        using var officer = await ours.EnterAsync("DPO");
        using var mayor = await ours.EnterAsync("LEGAL_REPRESENTATIVE");
        foreach (var rest in new[] { "", "/modifier", "/article-28", "/declarations/nouvelle" })
            Assert.Equal(HttpStatusCode.NotFound, (await officer.GetAsync($"{ours.Home}/sous-traitants/{engagement}{rest}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await mayor.GetAsync($"{ours.Home}/sous-traitants/{engagement}/declarations/{declaration}/decision")).Status);
        var form = Forms.Of(await officer.GetAsync($"{ours.Home}/sous-traitants/nouveau")).Single();
        Assert.Equal(HttpStatusCode.NotFound, (await officer.PostAsync($"{ours.Home}/sous-traitants/{engagement}/declarations/nouvelle", form.With(("Form.Name", "Intrus")))).Status);
        Assert.DoesNotContain("Ailleurs", (await officer.GetAsync("/sous-traitants")).Text);
    }

    [Fact]
    public async Task An_announcement_shows_its_chain()
    {
        var town = await Town.FoundAsync(registry);
        var (engagement, _) = await TownEngagement.AddAsync(registry, town, "Hébergeur");
        using var correspondent = await town.EnterAsync("CORRESPONDENT");
        var at = $"{town.Home}/sous-traitants/{engagement}";
        var form = Forms.Of(await correspondent.GetAsync(at + "/declarations/nouvelle")).Single();
        (string, string)[] said = [("Form.Name", "Centre d’appels"), ("Form.Under", "Sous-Hébergeur"), ("Form.Service", "Support"), ("Form.Country", "MA"), ("Form.Mode", "GENERAL")];
        var wrong = await correspondent.PostAsync(form.Action, form.With([.. said, .. On("Form.AnnouncedOn", Today.AddDays(3))]));
        Assert.Equal(HttpStatusCode.BadRequest, wrong.Status);
        Assert.Contains("Cette date est à venir", wrong.Text);
        Assert.Contains("indiquez la garantie du transfert", wrong.Text);
        Assert.Equal(HttpStatusCode.Redirect, (await correspondent.PostAsync(form.Action, form.With([.. said, ("Form.Mechanism", "SCC"), .. On("Form.AnnouncedOn", Today)]))).Status);
        var rows = (await correspondent.GetAsync(at)).Html.QuerySelectorAll("#ulterieurs tbody tr").Select(row => row.TextContent).ToList();
        Assert.Equal(2, rows.Count);
        Assert.Contains("↳ Centre d’appels", rows[1]);
        Assert.Contains("Maroc", rows[1]);
    }
}
