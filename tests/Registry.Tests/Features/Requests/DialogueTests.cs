using System.Net;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Registry.Features.Ageing;
using Registry.Features.Requests;
using Registry.History;
using Registry.Tests.Support;

namespace Registry.Tests.Features.Requests;

/// <summary>The dialogue on the citizen's page, the link for a lost code, and that nothing of it is left when its time has come.</summary>
[Trait("Kind", "pages")]
public sealed class DialogueTests(RegistryFixture registry)
{
    private const string Canary = "Quintessence-Valombreuse";

    [Fact]
    [Trait("S", "18")]
    [Trait("S", "92")]
    public async Task The_person_and_the_handler_write_to_each_other_and_mails_say_only_that_something_is_new()
    {
        var town = await Town.FoundAsync(registry);
        var reference = await TownRequest.AddAsync(registry, town, status: RequestStatus.InProgress);
        var home = $"{town.Home}/demandes/{reference}";
        using var citizen = await Citizen.EnterAsync(registry, town, reference);
        var form = Citizen.FormTo(await Citizen.OpenAsync(citizen, town), "Message");
        var empty = await citizen.PostAsync(form.Action, form.With(("Text", " ")));
        Assert.Equal(HttpStatusCode.BadRequest, empty.Status);
        Assert.Contains("Écrivez votre message", empty.Html.QuerySelector(".error-summary")!.TextContent);
        var far = await citizen.PostAsync(form.Action, form.With(("Text", new string('a', RequestMessage.Longest + 1))));
        Assert.Equal(HttpStatusCode.BadRequest, far.Status);
        Assert.Equal(RequestMessage.Longest + 1, far.Html.QuerySelector("textarea")!.TextContent.Trim().Length);
        // A double click is one message.
        for (var i = 0; i < 2; i++) Assert.Equal(HttpStatusCode.Redirect, (await citizen.PostAsync(form.Action, form.With(("Text", $"Le dossier est au nom de {Canary}.")))).Status);
        Assert.Equal(1, await CountAsync("select count(*)::int from app.request_message where organisation_id = @Id", town));
        Assert.Equal(1, await CountAsync("select count(*)::int from app.alert where organisation_id = @Id and code = 'AL_RIGHTS_MESSAGE' and settled_at is null", town));

        using var correspondent = await town.EnterAsync("CORRESPONDENT");
        Assert.Contains($"Le dossier est au nom de {Canary}.", (await correspondent.GetAsync(home)).Html.QuerySelector("#echanges")!.TextContent);
        using var auditor = await town.EnterAsync("AUDITOR");
        Assert.DoesNotContain(Canary, (await auditor.GetAsync(home)).Html.Source.Text);
        var writing = Forms.Of(await correspondent.GetAsync(home + "/messages/nouveau")).Single();
        Assert.Equal(HttpStatusCode.Redirect, (await correspondent.PostAsync(writing.Action, writing.With(("Form.Text", $"Merci {Canary}, nous cherchons.")))).Status);
        Assert.Contains($"Merci {Canary}, nous cherchons.", (await Citizen.OpenAsync(citizen, town)).Html.QuerySelector(".dialogue")!.TextContent);
        await using var connection = await registry.SuperuserAsync();
        var mail = await connection.QuerySingleAsync<string>("select subject || body from app.outbox_mail where organisation_id = @Id", new { town.Id });
        Assert.Contains("du nouveau", mail);
        var kept = await Planted.DumpAsync(connection, town.Id);
        foreach (var word in Planted.FormsOf(Canary)) Assert.DoesNotContain(word, kept);

        // Who leaves is nobody again, and what she then sends is kept for her to copy.
        var leave = Citizen.FormTo(await Citizen.OpenAsync(citizen, town), "Leave");
        await citizen.PostAsync(leave.Action, leave.With());
        var late = await citizen.PostAsync(form.Action, form.With(("Text", "Encore un mot.")));
        Assert.Contains("Encore un mot.", late.Text);
        Assert.Contains("Numéro de la demande", late.Text);
        Assert.Equal(2, await CountAsync("select count(*)::int from app.request_message where organisation_id = @Id", town));
    }

    [Fact]
    [Trait("S", "81")]
    public async Task A_pass_opens_one_request_of_one_body_for_half_an_hour()
    {
        var (town, other) = (await Town.FoundAsync(registry), await Town.FoundAsync(registry));
        var reference = await TownRequest.AddAsync(registry, town);
        await TownRequest.AddAsync(registry, other);
        using var citizen = await Citizen.EnterAsync(registry, town, reference);
        Assert.Contains("Votre reçu", (await Citizen.OpenAsync(citizen, town)).Text);
        Assert.DoesNotContain("Votre reçu", (await citizen.GetAsync($"/c/{other.Slug}/suivi")).Text);
        var value = citizen.Cookie(FollowPass.Cookie)!;
        using var thief = registry.Browse();
        var parts = value.Split('.');
        foreach (var forged in new[] { $"{await Citizen.IdAsync(registry, other, "D-2026-001"):n}.{parts[1]}.{parts[2]}", $"{parts[0]}.{long.Parse(parts[1], null) + 600}.{parts[2]}", value[..^1] + (value[^1] == '0' ? '1' : '0') })
        {
            thief.Cookies.Add(new Uri("https://localhost/"), new Cookie(FollowPass.Cookie, forged));
            Assert.DoesNotContain("Votre reçu", (await Citizen.OpenAsync(thief, town)).Text);
        }
        var clock = new SetClock { Now = DateTimeOffset.UtcNow + FollowPass.Life + TimeSpan.FromSeconds(5) };
        var http = new Microsoft.AspNetCore.Http.DefaultHttpContext();
        http.Request.Headers.Cookie = $"{FollowPass.Cookie}={value}";
        Assert.NotNull(new FollowPass(registry.Keys, TimeProvider.System).Read(http, town.Slug));
        Assert.Null(new FollowPass(registry.Keys, clock).Read(http, town.Slug));
    }

    [Fact]
    [Trait("S", "81")]
    [Trait("S", "19")]
    public async Task A_lost_code_is_answered_by_a_link_that_works_once_and_opening_it_changes_nothing()
    {
        var (town, other) = (await Town.FoundAsync(registry), await Town.FoundAsync(registry));
        var reference = await TownRequest.AddAsync(registry, town);
        await TownRequest.AddAsync(registry, town, requester: new("Autre", "Personne", "autre@exemple.example", null, null));
        await TownRequest.AddAsync(registry, other);
        using var citizen = registry.Browse();
        var form = Forms.Of(await citizen.GetAsync($"/c/{town.Slug}/suivi/code-perdu")).Single();
        Assert.Equal(HttpStatusCode.BadRequest, (await citizen.PostAsync(form.Action, form.With(("Email", "pas une adresse")))).Status);
        var known = await citizen.PostAsync(form.Action, form.With(("Email", "PERSONNE@exemple.example")));
        var unknown = await citizen.PostAsync(form.Action, form.With(("Email", "inconnue@exemple.example")));
        Assert.Equal(HttpStatusCode.OK, known.Status);
        Assert.Contains("Si une demande existe", known.Text);
        Assert.Equal(known.Html.QuerySelector("main")!.InnerHtml, unknown.Html.QuerySelector("main")!.InnerHtml);
        Assert.Equal(0, await CountAsync("select count(*)::int from app.outbox_mail where organisation_id = @Id", town));
        await registry.Services.GetRequiredService<LostCodes>().RoundAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, await CountAsync("select count(*)::int from app.lost_code where organisation_id = @Id", town));
        var link = Assert.Single(await Citizen.LinksAsync(registry, town));
        Assert.Empty(await Citizen.LinksAsync(registry, other));
        Assert.Equal(1, await CountAsync("select count(*)::int from app.outbox_mail where organisation_id = @Id and recipient ilike 'personne@exemple.example'", town));

        using var scanner = registry.Browse();
        var events = await CountAsync("select count(*)::int from history.event where organisation_id = @Id", town);
        for (var i = 0; i < 3; i++) await scanner.GetAsync(link);
        Assert.Equal(events, await CountAsync("select count(*)::int from history.event where organisation_id = @Id", town));
        Assert.DoesNotContain("Votre reçu", (await Citizen.OpenAsync(scanner, town)).Text);
        // The link of one body opens nothing in another.
        Assert.Contains("ne sert plus", (await citizen.GetAsync(link.Replace(town.Slug, other.Slug, StringComparison.Ordinal))).Text);
        var button = Forms.Of(await citizen.GetAsync(link)).Single();
        Assert.Equal(HttpStatusCode.Redirect, (await citizen.PostAsync(button.Action, button.With())).Status);
        Assert.Contains(reference, (await Citizen.OpenAsync(citizen, town)).Html.QuerySelector("h1")!.TextContent);
        var again = await citizen.PostAsync(button.Action, button.With());
        Assert.Contains("ne sert plus", again.Text);
        Assert.Equal(BareMain(again, link), BareMain(await citizen.GetAsync(link[..^4] + "AAAA"), link[..^4] + "AAAA"));
        // An hour later an unused one is over as well.
        var second = Forms.Of(await citizen.GetAsync($"/c/{town.Slug}/suivi/code-perdu")).Single();
        await citizen.PostAsync(second.Action, second.With(("Email", "personne@exemple.example")));
        await registry.Services.GetRequiredService<LostCodes>().RoundAsync(TestContext.Current.CancellationToken);
        await using var connection = await registry.SuperuserAsync();
        await connection.ExecuteAsync("set session_replication_role = replica; update app.request_link set expires_at = now() - interval '1 second' where organisation_id = @Id; set session_replication_role = origin", new { town.Id });
        Assert.Contains("ne sert plus", (await citizen.GetAsync((await Citizen.LinksAsync(registry, town))[^1])).Text);
    }

    [Fact]
    [Trait("S", "84")]
    public async Task After_ten_tries_from_one_network_links_and_codes_wait_a_quarter_of_an_hour()
    {
        var town = await Town.FoundAsync(registry);
        using var robot = registry.Browse();
        var form = Forms.Of(await robot.GetAsync($"/c/{town.Slug}/suivi/code-perdu")).Single();
        for (var i = 0; i < 10; i++) Assert.Equal(HttpStatusCode.OK, (await robot.PostAsync(form.Action, form.With(("Email", $"a{i}@exemple.example")))).Status);
        var over = await robot.PostAsync(form.Action, form.With(("Email", "a@exemple.example")));
        Assert.Equal(HttpStatusCode.TooManyRequests, over.Status);
        Assert.Equal("900", over.Raw.Headers.GetValues("Retry-After").Single());
        var follow = Forms.Of(await robot.GetAsync($"/c/{town.Slug}/suivi")).Single();
        Assert.Equal(HttpStatusCode.TooManyRequests, (await robot.PostAsync(follow.Action, follow.With(("Number", "D-2026-001"), ("Code", "0000 0000 0000 0000")))).Status);
    }

    /// <summary>S-103: after the purge nothing planted is left in any table, as text or as bytes, and the chain still verifies.</summary>
    [Fact]
    [Trait("S", "103")]
    [Trait("S", "73")]
    public async Task A_purged_request_leaves_no_word_no_file_and_no_message_and_the_chain_holds()
    {
        var town = await Town.FoundAsync(registry);
        var today = town.Organisation.Today(TimeProvider.System);
        var reference = await TownRequest.AddAsync(registry, town, $"Je suis {Canary}.", today.AddDays(-20), RequestStatus.InProgress, new("Mona", Canary, $"{Canary}@exemple.example".ToLowerInvariant(), null, null));
        var home = $"{town.Home}/demandes/{reference}";
        using var correspondent = await town.EnterAsync("CORRESPONDENT");
        using var mayor = await town.EnterAsync("LEGAL_REPRESENTATIVE");
        using var citizen = await Citizen.EnterAsync(registry, town, reference);
        var form = Citizen.FormTo(await Citizen.OpenAsync(citizen, town), "Message");
        await citizen.PostAsync(form.Action, form.With(("Text", $"Je suis {Canary}.")));
        await TownFile.AddAsync(registry, town, reference, name: $"{Canary}.csv", content: System.Text.Encoding.UTF8.GetBytes($"{Canary};1\n"));
        var file = await SingleAsync<Guid>("select id from app.request_file where organisation_id = @Id", town);
        await TownFile.JudgeAsync(registry, town, file, RequestFileState.Clean);
        await Citizen.ActAsync(correspondent, home, "reponse-prete", ("Form.Outcome", "FULL"), ("Form.Masked", "true"), ("Form.Reason", $"Voici, {Canary}."));
        await Citizen.ActAsync(mayor, home, "repondre", ("Form.Channel", "PORTAL"), ("Form.Recipient", "true"));
        await Citizen.ActAsync(correspondent, home, "clore");
        var lost = Forms.Of(await citizen.GetAsync($"/c/{town.Slug}/suivi/code-perdu")).Single();
        await citizen.PostAsync(lost.Action, lost.With(("Email", $"{Canary}@exemple.example".ToLowerInvariant())));
        await registry.Services.GetRequiredService<LostCodes>().RoundAsync(TestContext.Current.CancellationToken);
        Assert.True(await SingleAsync<int>("select count(*)::int from app.request_link where organisation_id = @Id", town) > 0);

        await LookAsync(async connection =>
        {
            // Five years later, and its mails gone a year after they left.
            await connection.ExecuteAsync("set session_replication_role = replica; update app.rights_request set purge_on = @today where organisation_id = @Id; update app.outbox_mail set sent_at = now() - interval '13 months' where organisation_id = @Id; set session_replication_role = origin", new { town.Id, today });
        });
        var runner = registry.Services.GetRequiredService<AgeingRunner>();
        Assert.True(await runner.AgeAsync(town.Id));
        await runner.ForgetMailAsync(TestContext.Current.CancellationToken);
        await LookAsync(async connection =>
        {
            var kept = await Planted.DumpAsync(connection, town.Id);
            foreach (var word in Planted.FormsOf(Canary)) Assert.DoesNotContain(word, kept, StringComparison.OrdinalIgnoreCase);
            foreach (var table in new[] { "rights_request", "rights_request_entry", "request_file", "request_file_part", "request_file_scan", "request_message", "request_link", "lost_code" })
                Assert.DoesNotContain(await connection.QueryAsync<Guid>($"select organisation_id from app.{table}"), id => id == town.Id);
            Assert.Equal(1, await connection.ExecuteScalarAsync<int>("select count(*)::int from app.rights_request_tally where organisation_id = @Id", new { town.Id }));
        });
        var verified = await new Verification(registry.ConnectionString, registry.Keys).RunAsync();
        Assert.DoesNotContain(verified.Faults, fault => fault.Contains(town.Id.ToString(), StringComparison.Ordinal));
        Assert.Contains("Suivre ma demande", (await Citizen.OpenAsync(citizen, town)).Text);

        async Task LookAsync(Func<Npgsql.NpgsqlConnection, Task> work)
        {
            await using var connection = await registry.SuperuserAsync();
            await work(connection);
        }
    }

    private static string BareMain(Answer answer, string link)
    {
        foreach (var hidden in answer.Html.QuerySelectorAll("input[type=hidden]")) hidden.Remove();
        return answer.Html.QuerySelector("main")!.InnerHtml.Replace(link, "", StringComparison.Ordinal);
    }

    private Task<int> CountAsync(string sql, Town town) => SingleAsync<int>(sql, town);

    private async Task<T> SingleAsync<T>(string sql, Town town)
    {
        await using var connection = await registry.SuperuserAsync();
        return (await connection.ExecuteScalarAsync<T>(sql, new { town.Id }))!;
    }
}
