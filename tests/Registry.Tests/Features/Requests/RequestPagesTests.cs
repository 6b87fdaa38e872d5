using System.Net;
using System.Text;
using Dapper;
using Registry.Features.Requests;
using Registry.Tests.Support;

namespace Registry.Tests.Features.Requests;

/// <summary>The pages of requests: written down with the day they came, handled step by step, kept from those they do not concern.</summary>
[Trait("Kind", "pages")]
public sealed class RequestPagesTests(RegistryFixture registry)
{
    private const string Words = "Je voudrais la copie de tout ce que la mairie garde sur ma famille.";

    [Fact]
    public async Task A_letter_is_written_down_with_its_day_and_the_form_sent_twice_makes_one()
    {
        var town = await Town.FoundAsync(registry);
        using var correspondent = await town.EnterAsync("CORRESPONDENT");
        var form = Forms.Of(await correspondent.GetAsync($"{town.Home}/demandes/nouvelle")).Single();
        var filled = form.With(
        [
            ("Form.Channel", "POST"), ("Form.Rights", "ACCESS"), ("Form.Text", Words), ("Form.LastName", "Personne"), ("Form.Post", "1 rue Haute"), ("Form.Capacity", "SELF"),
            ("Form.ReceivedOn.Day", "30"), ("Form.ReceivedOn.Month", "1"), ("Form.ReceivedOn.Year", "2026"),
        ]);
        var added = await correspondent.PostAsync(form.Action, filled);
        Assert.True(added.Status == HttpStatusCode.Redirect, added.ToString());
        Assert.EndsWith("/demandes/D-2026-001", added.Location, StringComparison.Ordinal);
        Assert.Equal(added.Location, (await correspondent.PostAsync(form.Action, filled)).Location);
        Assert.Equal(1, await CountAsync("select count(*) from app.rights_request where organisation_id = @Id", town));
        Assert.Equal(1, await CountAsync("select count(*) from history.event where organisation_id = @Id and action = 'REQUEST_RECEIVED'", town));
        // A month from 30 January 2026 ends on Saturday 28 February: the answer is due on Monday 2 March.
        Assert.Equal(1, await CountAsync("select count(*) from app.rights_request where organisation_id = @Id and due_on = '2026-03-02'", town));
        var page = await correspondent.GetAsync(added.Location!);
        Assert.Contains(Words, page.Text);
        Assert.Contains("28 février 2026", Plain(page.Html.QuerySelector(".why")!.TextContent));
        Assert.Contains("2 mars 2026", Plain(page.Html.QuerySelector(".lead")!.TextContent));
        Assert.Contains("D-2026-001", (await correspondent.GetAsync($"{town.Home}/demandes?etat=retard")).Html.QuerySelector("main")!.TextContent);
    }

    [Fact]
    public async Task A_day_to_come_and_a_person_who_cannot_be_answered_are_refused_and_nothing_typed_is_lost()
    {
        var town = await Town.FoundAsync(registry);
        using var correspondent = await town.EnterAsync("CORRESPONDENT");
        var form = Forms.Of(await correspondent.GetAsync($"{town.Home}/demandes/nouvelle")).Single();
        var tomorrow = town.Organisation.Today(TimeProvider.System).AddDays(1);
        var refused = await correspondent.PostAsync(form.Action, form.With(
        [
            ("Form.Channel", "PHONE"), ("Form.Text", Words), ("Form.LastName", "Personne"), ("Form.Capacity", "MANDATED"),
            ("Form.ReceivedOn.Day", $"{tomorrow.Day}"), ("Form.ReceivedOn.Month", $"{tomorrow.Month}"), ("Form.ReceivedOn.Year", $"{tomorrow.Year}"),
        ]));
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Contains("dans le futur", refused.Text);
        Assert.Contains("au moins un moyen de répondre", refused.Text);
        Assert.Contains("personne concernée", refused.Html.QuerySelector(".error-summary")!.TextContent);
        Assert.Contains(Words, refused.Html.QuerySelector("textarea[name='Form.Text']")!.TextContent);
        Assert.Equal(0, await CountAsync("select count(*) from app.rights_request where organisation_id = @Id", town));
    }

    [Fact]
    [Trait("S", "46")]
    public async Task What_a_person_wrote_is_in_no_column_no_event_and_no_list()
    {
        var town = await Town.FoundAsync(registry);
        var reference = await TownRequest.AddAsync(registry, town, Words);
        using var correspondent = await town.EnterAsync("CORRESPONDENT");
        var home = $"{town.Home}/demandes/{reference}";
        await ActAsync(correspondent, home, "accuser-reception", ("Form.Reason", Words));
        await using var connection = await registry.SuperuserAsync();
        var kept = await connection.QueryAsync<(string Row, byte[] Content)>("select (to_jsonb(r) - 'content')::text, content from app.rights_request r where organisation_id = @Id", new { town.Id });
        var entries = await connection.QueryAsync<(string Row, byte[] Content)>("select (to_jsonb(e) - 'content')::text, content from app.rights_request_entry e where organisation_id = @Id", new { town.Id });
        Assert.All(kept.Concat(entries), row =>
        {
            Assert.DoesNotContain("ma famille", row.Row);
            Assert.DoesNotContain("personne@exemple", row.Row);
            Assert.DoesNotContain("ma famille", Encoding.UTF8.GetString(row.Content));
        });
        Assert.DoesNotContain("ma famille", string.Concat(await connection.QueryAsync<string>("select to_jsonb(e)::text from history.event e where organisation_id = @Id", new { town.Id })));
        Assert.DoesNotContain("Personne", (await correspondent.GetAsync($"{town.Home}/demandes")).Html.QuerySelector("main table")!.TextContent);
        // Moved to another body, the text does not open.
        var other = await Town.FoundAsync(registry);
        var theirs = await TownRequest.AddAsync(registry, other, "Autre chose");
        await connection.ExecuteAsync("set session_replication_role = replica; update app.rights_request set content = (select content from app.rights_request where organisation_id = @From) where organisation_id = @To; set session_replication_role = origin", new { From = town.Id, To = other.Id });
        await Assert.ThrowsAnyAsync<System.Security.Cryptography.CryptographicException>(() => registry.WorkAsync(Registry.Data.Scope.ForOrganisation(other.Id), (db, _) =>
            new RequestStore(db, Registry.Tests.Features.Records.PublishedRecords.Visitor(other), registry.Keys, TimeProvider.System).FindAsync(theirs)));
    }

    [Fact]
    [Trait("S", "65")]
    public async Task Reading_a_file_leaves_one_line_an_hour_and_an_auditor_reads_it_masked()
    {
        var town = await Town.FoundAsync(registry);
        var home = $"{town.Home}/demandes/{await TownRequest.AddAsync(registry, town, Words)}";
        using var officer = await town.EnterAsync("DPO");
        for (var i = 0; i < 3; i++) Assert.Contains(Words, (await officer.GetAsync(home)).Text);
        Assert.Equal(1, await CountAsync("select count(*) from history.event where organisation_id = @Id and action = 'REQUEST_READ'", town));
        using var auditor = await town.EnterAsync("AUDITOR");
        var masked = await auditor.GetAsync(home);
        Assert.Equal(HttpStatusCode.OK, masked.Status);
        Assert.DoesNotContain(Words, masked.Text);
        Assert.DoesNotContain("personne@exemple", masked.Text);
        using var contributor = await town.EnterAsync("SERVICE_CONTRIBUTOR");
        Assert.NotEqual(HttpStatusCode.OK, (await contributor.GetAsync(home)).Status);
    }

    [Fact]
    public async Task From_the_letter_to_the_signed_answer_each_step_is_taken_by_whom_it_is_for()
    {
        var town = await Town.FoundAsync(registry);
        var home = $"{town.Home}/demandes/{await TownRequest.AddAsync(registry, town, Words)}";
        using var correspondent = await town.EnterAsync("CORRESPONDENT");
        using var mayor = await town.EnterAsync("LEGAL_REPRESENTATIVE");
        Assert.Equal(HttpStatusCode.Conflict, (await correspondent.GetAsync(home + "/actes/reponse-prete")).Status);
        await ActAsync(correspondent, home, "accuser-reception");
        await ActAsync(correspondent, home, "instruire", ("Form.Method", "FILE_MATCH"));
        Assert.Equal(HttpStatusCode.Forbidden, (await correspondent.GetAsync(home + "/actes/refuser")).Status);
        var form = Forms.Of(await correspondent.GetAsync(home + "/actes/reponse-prete")).Single();
        var refused = await correspondent.PostAsync(form.Action, form.With([("Form.Outcome", "PARTIAL"), ("Form.Reason", "Voici vos données.")]));
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Contains("révèle une autre personne", refused.Text);
        Assert.Contains("au moins un motif", refused.Text);
        Assert.Contains("Voici vos données.", refused.Html.QuerySelector("textarea[name='Form.Reason']")!.TextContent);
        await ActAsync(correspondent, home, "reponse-prete", ("Form.Outcome", "FULL"), ("Form.Reason", "Voici vos données."), ("Form.Masked", "true"));
        Assert.Equal(HttpStatusCode.Forbidden, (await correspondent.GetAsync(home + "/actes/repondre")).Status);
        await ActAsync(mayor, home, "repondre", ("Form.Channel", "REGISTERED_POST"), ("Form.Recipient", "true"));
        await ActAsync(correspondent, home, "clore");
        var page = await correspondent.GetAsync(home);
        Assert.Contains("Le dossier s’efface le", page.Text);
        Assert.Equal(5, await CountAsync("select count(*) from history.event where organisation_id = @Id and action = 'REQUEST_STEPPED'", town));
        var today = town.Organisation.Today(TimeProvider.System);
        Assert.Equal(1, await CountAsync($"select count(*) from app.rights_request where organisation_id = @Id and purge_on = '{today.AddYears(5):yyyy-MM-dd}'", town));
    }

    [Fact]
    public async Task The_clock_stands_still_while_the_identity_is_asked_and_an_extension_counts_once()
    {
        var town = await Town.FoundAsync(registry);
        var today = town.Organisation.Today(TimeProvider.System);
        var home = $"{town.Home}/demandes/{await TownRequest.AddAsync(registry, town, Words, today.AddDays(-20))}";
        using var correspondent = await town.EnterAsync("CORRESPONDENT");
        using var mayor = await town.EnterAsync("LEGAL_REPRESENTATIVE");
        await ActAsync(correspondent, home, "demander-l-identite", [("Form.Reason", "Deux personnes de ce nom habitent à cette adresse."), .. On(today.AddDays(-10))]);
        Assert.Contains("suspendu depuis", (await correspondent.GetAsync(home)).Text);
        // Nobody ends the file before the person had her sixty days.
        Assert.Contains("attendez encore", (await correspondent.GetAsync(home + "/actes/sans-reponse")).Text);
        var early = Forms.Of(await correspondent.GetAsync(home + "/actes/reprendre")).Single();
        var before = await correspondent.PostAsync(early.Action, early.With([("Form.Method", "ID_COPY"), .. On(today.AddDays(-11))]));
        Assert.Equal(HttpStatusCode.BadRequest, before.Status);
        Assert.Contains("avant le jour où vous l’avez demandé", before.Text);
        await ActAsync(correspondent, home, "reprendre", [("Form.Method", "ID_COPY"), .. On(today.AddDays(-3))]);
        var expected = Registry.Deadlines.RequestClock.Compute(today.AddDays(-20), town.Organisation.Calendar, [new(today.AddDays(-10), today.AddDays(-3))]).Due.DueOn;
        Assert.Equal(1, await CountAsync($"select count(*) from app.rights_request where organisation_id = @Id and due_on = '{expected:yyyy-MM-dd}'", town));
        await ActAsync(mayor, home, "prolonger", ("Form.Extension", "COMPLEXITY"), ("Form.Reason", "Trois services gardent des archives."));
        Assert.Equal(1, await CountAsync("select count(*) from app.rights_request where organisation_id = @Id and extended", town));
        Assert.Contains("déjà été prolongé", (await mayor.GetAsync(home + "/actes/prolonger")).Text);
    }

    [Fact]
    public async Task An_extension_after_the_last_day_and_a_bare_refusal_are_refused_with_the_rule()
    {
        var town = await Town.FoundAsync(registry);
        var today = town.Organisation.Today(TimeProvider.System);
        var home = $"{town.Home}/demandes/{await TownRequest.AddAsync(registry, town, Words, today.AddDays(-60), RequestStatus.InProgress)}";
        using var mayor = await town.EnterAsync("LEGAL_REPRESENTATIVE");
        Assert.Contains("sans effet", (await mayor.GetAsync(home + "/actes/prolonger")).Text);
        var form = Forms.Of(await mayor.GetAsync(home + "/actes/refuser")).Single();
        var refused = await mayor.PostAsync(form.Action, form.With([("Form.Reason", "Non.")]));
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Contains("Choisissez au moins un motif", refused.Text);
        Assert.Contains("50 caractères", Plain(refused.Text));
    }

    [Fact]
    public async Task Two_who_step_at_once_lose_nothing()
    {
        var town = await Town.FoundAsync(registry);
        var home = $"{town.Home}/demandes/{await TownRequest.AddAsync(registry, town, Words)}";
        using var correspondent = await town.EnterAsync("CORRESPONDENT");
        using var officer = await town.EnterAsync("DPO");
        var hers = Forms.Of(await correspondent.GetAsync(home + "/actes/retirer")).Single();
        await ActAsync(officer, home, "accuser-reception");
        var late = await correspondent.PostAsync(hers.Action, hers.With([("Form.Reason", "Elle l’a écrit hier.")]));
        Assert.Equal(HttpStatusCode.Conflict, late.Status);
        Assert.Contains("Elle l’a écrit hier.", late.Html.QuerySelector("textarea[name='Form.Reason']")!.TextContent);
    }

    private static string Plain(string typeset) => typeset.Replace('\u00a0', ' ').Replace('\u202f', ' ');

    private static (string, string)[] On(DateOnly day) => [("Form.On.Day", $"{day.Day}"), ("Form.On.Month", $"{day.Month}"), ("Form.On.Year", $"{day.Year}")];

    private static async Task ActAsync(Visit visit, string home, string slug, params (string, string)[] fields)
    {
        var page = await visit.GetAsync($"{home}/actes/{slug}");
        Assert.True(page.Status == HttpStatusCode.OK, page.ToString());
        var form = Forms.Of(page).Single();
        var done = await visit.PostAsync(form.Action, form.With(fields));
        Assert.True(done.Status == HttpStatusCode.Redirect, done.ToString());
    }

    private async Task<int> CountAsync(string sql, Town town)
    {
        await using var connection = await registry.SuperuserAsync();
        return await connection.ExecuteScalarAsync<int>(sql, new { town.Id });
    }
}
