using System.Net;
using System.Text;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Registry.Data;
using Registry.Features.Ageing;
using Registry.Features.Requests;
using Registry.Tests.Support;

namespace Registry.Tests.Features.Requests;

/// <summary>Files on the pages: what proves who she is comes in once and goes when it was looked at; what the answer brings is hers for three months.</summary>
[Trait("Kind", "pages")]
public sealed class FilePagesTests(RegistryFixture registry)
{
    private const string Canary = "Quintessence-Valombreuse";

    [Fact]
    [Trait("S", "82")]
    public async Task A_proof_comes_in_once_by_its_link_and_is_erased_when_the_identity_is_decided()
    {
        var town = await Town.FoundAsync(registry);
        var reference = await TownRequest.AddAsync(registry, town);
        var home = $"{town.Home}/demandes/{reference}";
        using var correspondent = await town.EnterAsync("CORRESPONDENT");
        await Citizen.ActAsync(correspondent, home, "demander-l-identite", ("Form.Reason", "Deux personnes portent ce nom."));
        var link = Assert.Single(await Citizen.LinksAsync(registry, town));
        using var citizen = registry.Browse();
        // Opened twice, by her and by the scanner of her mail: nothing is used up.
        await citizen.GetAsync(link);
        var page = await citizen.GetAsync(link);
        var form = Forms.Of(page).Single();
        var nothing = await citizen.UploadAsync(form, "Files");
        Assert.Equal(HttpStatusCode.BadRequest, nothing.Status);
        Assert.Contains("Choisissez un fichier", nothing.Html.QuerySelector(".error-summary")!.TextContent);
        var wrong = await citizen.UploadAsync(Forms.Of(await citizen.GetAsync(link)).Single(), "Files", ("carte.pdf", Papers.Pdf("/OpenAction << /S /JavaScript >>")));
        Assert.Equal(HttpStatusCode.BadRequest, wrong.Status);
        Assert.Contains("contient un programme", wrong.Text);
        var docx = await citizen.UploadAsync(Forms.Of(await citizen.GetAsync(link)).Single(), "Files", ("carte.docx", Papers.Docx()));
        Assert.Contains("Types acceptés : PDF, JPEG et PNG", docx.Text.Replace('\u00A0', ' ').Replace('\u202F', ' '));
        var six = await citizen.UploadAsync(Forms.Of(await citizen.GetAsync(link)).Single(), "Files", [.. Enumerable.Range(0, 6).Select(i => ($"{i}.pdf", Papers.Pdf()))]);
        Assert.Contains("cinq fichiers au plus", six.Text);
        var sent = await citizen.UploadAsync(Forms.Of(await citizen.GetAsync(link)).Single(), "Files", ($"{Canary}.pdf", Papers.Pdf()), ("carte.jpg", Papers.Jpeg(exif: Canary)));
        Assert.True(sent.Status == HttpStatusCode.OK, sent.ToString());
        Assert.Contains("Votre justificatif est arrivé", sent.Text);
        Assert.Contains("Ce lien ne sert plus", (await citizen.GetAsync(link)).Text);
        Assert.Contains("Ce lien ne sert plus", (await citizen.UploadAsync(form, "Files", ("x.pdf", Papers.Pdf()))).Text);
        Assert.Equal(2, await CountAsync("select count(*)::int from app.request_file where organisation_id = @Id and kind = 'IDENTITY'", town));

        // The handler is told, sees them wait, and cannot open what nobody has scanned.
        var file = await correspondent.GetAsync(home);
        Assert.Contains("aucun antivirus n’est relié", file.Html.QuerySelector("#justificatifs")!.TextContent);
        Assert.Empty(file.Html.QuerySelectorAll("#justificatifs a"));
        Assert.Equal(1, await CountAsync("select count(*)::int from app.alert where organisation_id = @Id and code = 'AL_RIGHTS_PROOF'", town));
        await using var connection = await registry.SuperuserAsync();
        var ids = (await connection.QueryAsync<Guid>("select id from app.request_file where organisation_id = @Id order by id", new { town.Id })).ToList();
        var shut = await correspondent.GetAsync($"{home}/fichiers/{ids[0]}");
        Assert.Equal(HttpStatusCode.Conflict, (await correspondent.PostAsync(shut.Path, Forms.Of(shut).Single().With())).Status);
        Assert.True(await TownFile.JudgeAsync(registry, town, ids[0], RequestFileState.Clean));
        var open = Forms.Of(await correspondent.GetAsync($"{home}/fichiers/{ids[0]}")).Single();
        using var download = await correspondent.DownloadAsync(open);
        Assert.Equal(Papers.Pdf(), await download.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        Assert.Equal("attachment", download.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Equal("sandbox; default-src 'none'", download.Headers.GetValues("Content-Security-Policy").Single());
        // The auditor judges how requests are handled, not who asked.
        using var auditor = await town.EnterAsync("AUDITOR");
        Assert.Equal(HttpStatusCode.Forbidden, (await auditor.GetAsync($"{home}/fichiers/{ids[0]}")).Status);

        Assert.NotNull(file.Html.QuerySelector($"main a[href='{home}/actes/reprendre']:not(.button)"));
        await Citizen.ActAsync(correspondent, home, "reprendre", ("Form.Method", "ID_COPY"));
        Assert.Equal(0, await CountAsync("select (select count(*) from app.request_file where organisation_id = @Id)::int + (select count(*) from app.request_file_part where organisation_id = @Id)::int + (select count(*) from app.request_file_scan where organisation_id = @Id)::int", town));
        Assert.Equal(HttpStatusCode.NotFound, (await correspondent.GetAsync($"{home}/fichiers/{ids[0]}")).Status);
        var after = await correspondent.GetAsync(home);
        Assert.Contains("Identité", after.Text);
        Assert.DoesNotContain(Canary, await DumpAsync(connection, town));
    }

    [Fact]
    [Trait("S", "82")]
    [Trait("S", "92")]
    public async Task Of_two_deposits_at_once_one_is_kept()
    {
        var town = await Town.FoundAsync(registry);
        var reference = await TownRequest.AddAsync(registry, town);
        using var correspondent = await town.EnterAsync("CORRESPONDENT");
        await Citizen.ActAsync(correspondent, $"{town.Home}/demandes/{reference}", "demander-l-identite", ("Form.Reason", "Deux personnes portent ce nom."));
        var link = (await Citizen.LinksAsync(registry, town)).Single();
        var visits = Enumerable.Range(0, 4).Select(_ => registry.Browse()).ToList();
        var open = new List<(Visit Visit, SentForm Form)>();
        foreach (var visit in visits) open.Add((visit, Forms.Of(await visit.GetAsync(link)).Single()));
        var answers = await Task.WhenAll(open.Select(one => one.Visit.UploadAsync(one.Form, "Files", ("carte.pdf", Papers.Pdf()))));
        Assert.Equal(1, answers.Count(answer => answer.Text.Contains("est arrivé", StringComparison.Ordinal)));
        Assert.Equal(3, answers.Count(answer => answer.Text.Contains("Ce lien ne sert plus", StringComparison.Ordinal)));
        Assert.Equal(1, await CountAsync("select count(*)::int from app.request_file where organisation_id = @Id", town));
        visits.ForEach(visit => visit.Dispose());
    }

    [Fact]
    [Trait("S", "72")]
    public async Task An_answer_leaves_with_its_pieces_checked_and_to_a_checked_recipient_and_is_hers_for_three_months()
    {
        var town = await Town.FoundAsync(registry);
        var today = town.Organisation.Today(TimeProvider.System);
        var reference = await TownRequest.AddAsync(registry, town, receivedOn: today.AddDays(-5), status: RequestStatus.InProgress);
        var home = $"{town.Home}/demandes/{reference}";
        using var correspondent = await town.EnterAsync("CORRESPONDENT");
        using var mayor = await town.EnterAsync("LEGAL_REPRESENTATIVE");
        var pieces = await correspondent.GetAsync(home + "/pieces");
        Assert.Contains("Aucun antivirus n’est relié", pieces.Text);
        var refused = await correspondent.UploadAsync(Upload(pieces), "Files", ("copie.docx", Papers.Docx(("word/vbaProject.bin", "x"))));
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        var added = await correspondent.UploadAsync(Upload(await correspondent.GetAsync(home + "/pieces")), "Files", ("Copie des données é.csv", Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat($"{Canary};rue des Tilleuls\n", 40_000)))), ("photo.png", Papers.Png()));
        Assert.True(added.Status == HttpStatusCode.Redirect, added.ToString());
        await using var connection = await registry.SuperuserAsync();
        var ids = (await connection.QueryAsync<Guid>("select id from app.request_file where organisation_id = @Id order by media", new { town.Id })).ToList();
        Assert.DoesNotContain(Canary, await DumpAsync(connection, town));
        // One is taken away again; what was never there is not found.
        var list = await correspondent.GetAsync(home + "/pieces");
        var remove = Forms.Of(list).First(form => form.Action.Contains("Remove", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.NotFound, (await correspondent.PostAsync(remove.Action, remove.With(("piece", Guid.NewGuid().ToString())))).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await correspondent.PostAsync(remove.Action, remove.With(("piece", ids[1].ToString())))).Status);
        Assert.Equal(1, await CountAsync("select count(*)::int from app.request_file where organisation_id = @Id", town));

        await Citizen.ActAsync(correspondent, home, "reponse-prete", ("Form.Outcome", "FULL"), ("Form.Masked", "true"), ("Form.Reason", "Voici ce que nous avons."));
        Assert.Contains("n’est pas déclarée sans danger", (await mayor.GetAsync(home + "/actes/repondre")).Text);
        Assert.True(await TownFile.JudgeAsync(registry, town, ids[0], RequestFileState.Clean));
        var step = await mayor.GetAsync(home + "/actes/repondre");
        Assert.Contains("personne@exemple.example", step.Html.QuerySelector("main")!.TextContent);
        Assert.Contains("Copie des données", step.Html.QuerySelector("main")!.TextContent);
        var form = Forms.Of(step).Single();
        var careless = await mayor.PostAsync(form.Action, form.With(("Form.Channel", "PORTAL")));
        Assert.Equal(HttpStatusCode.BadRequest, careless.Status);
        Assert.Contains("Vérifiez à qui la réponse part", careless.Html.QuerySelector(".error-summary")!.TextContent);
        using var citizen = await Citizen.EnterAsync(registry, town, reference);
        Assert.DoesNotContain("Copie des données", (await Citizen.OpenAsync(citizen, town)).Text);
        await Citizen.ActAsync(mayor, home, "repondre", ("Form.Channel", "PORTAL"), ("Form.Recipient", "true"));

        var page = await Citizen.OpenAsync(citizen, town);
        Assert.Contains("Voici ce que nous avons.", page.Text);
        using var download = await citizen.DownloadAsync(Citizen.FormTo(page, "/pieces/"));
        Assert.StartsWith(Canary, await download.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal("attachment; filename=\"Copie des donn?es ?.csv\"; filename*=UTF-8''Copie%20des%20donn%C3%A9es%20%C3%A9.csv", string.Join("", download.Content.Headers.GetValues("Content-Disposition")).Replace("_", "?", StringComparison.Ordinal));
        Assert.Equal("nosniff", download.Headers.GetValues("X-Content-Type-Options").Single());
        // What was sent cannot be taken back, and somebody who does not know the code is given nothing.
        Assert.Equal(HttpStatusCode.Conflict, (await correspondent.PostAsync(remove.Action, remove.With(("piece", ids[0].ToString())))).Status);
        using var stranger = registry.Browse();
        var token = Forms.Of(await stranger.GetAsync($"/c/{town.Slug}/suivi")).Single();
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.PostAsync($"/c/{town.Slug}/suivi/pieces/{ids[0]}", token.With())).Status);
        var other = await TownRequest.AddAsync(registry, town);
        using var neighbour = await Citizen.EnterAsync(registry, town, other);
        Assert.Equal(HttpStatusCode.NotFound, (await neighbour.PostAsync($"/c/{town.Slug}/suivi/pieces/{ids[0]}", Citizen.FormTo(await Citizen.OpenAsync(neighbour, town), "Message").With())).Status);

        Assert.Equal(Registry.Deadlines.Purge.AnswerAttachments(today).On, DateOnly.FromDateTime(await connection.QuerySingleAsync<DateTime>("select expires_on::timestamp from app.request_file where id = @id", new { id = ids[0] })));
        await connection.ExecuteAsync("set session_replication_role = replica; update app.request_file set expires_on = current_date - 1 where id = @id; set session_replication_role = origin", new { id = ids[0] });
        Assert.True(await registry.Services.GetRequiredService<AgeingRunner>().AgeAsync(town.Id));
        Assert.Equal(0, await CountAsync("select (select count(*) from app.request_file where organisation_id = @Id)::int + (select count(*) from app.request_file_part where organisation_id = @Id)::int", town));
        Assert.Contains("Voici ce que nous avons.", (await Citizen.OpenAsync(citizen, town)).Text);
    }

    [Fact]
    [Trait("S", "70")]
    public async Task A_request_and_a_body_have_their_quota()
    {
        var town = await Town.FoundAsync(registry);
        var reference = await TownRequest.AddAsync(registry, town, status: RequestStatus.InProgress);
        await TownFile.AddAsync(registry, town, reference);
        using var correspondent = await town.EnterAsync("CORRESPONDENT");
        await using var connection = await registry.SuperuserAsync();
        await connection.ExecuteAsync(
            """
            set session_replication_role = replica;
            insert into app.request_file (organisation_id, id, request_id, kind, media, size, parts, name, key, added_at, added_by)
            select organisation_id, gen_random_uuid(), request_id, kind, media, 10485760, parts, name, key, added_at, added_by from app.request_file, generate_series(1, 20) where organisation_id = @Id;
            set session_replication_role = origin
            """, new { town.Id });
        var (before, home) = (await CountAsync("select count(*)::int from app.request_file where organisation_id = @Id", town), $"{town.Home}/demandes/{reference}/pieces");
        // Their names are sealed for other rows: the page that lists them would not open. The store is asked as the page asks it.
        await Assert.ThrowsAnyAsync<Xunit.Sdk.XunitException>(() => TownFile.AddAsync(registry, town, reference));
        Assert.Equal(before, await CountAsync("select count(*)::int from app.request_file where organisation_id = @Id", town));
    }

    [Fact]
    [Trait("S", "10")]
    [Trait("S", "70")]
    public async Task A_body_of_thirty_megabytes_is_let_in_where_files_are_taken_and_nowhere_else()
    {
        await using var served = new ServedRegistry(registry);
        var town = await Town.FoundAsync(registry);
        foreach (var (path, length, expected) in new[] { ($"/c/{town.Slug}/suivi/justificatif/jeton", 32 * 1024 * 1024, 413), ($"/c/{town.Slug}/suivi/justificatif/jeton", 2 * 1024 * 1024, 400), ($"/c/{town.Slug}/demande", 2 * 1024 * 1024, 413) })
            Assert.Equal(expected, ServedRegistry.StatusOf(await served.RawAsync($"POST {path}", body: string.Join('&', Enumerable.Range(0, length / 100_000).Select(i => $"x{i}={new string('a', 100_000)}")))));
    }

    [Fact]
    [Trait("S", "50")]
    [Trait("S", "73")]
    public async Task Nobody_erases_what_is_not_hers_to_erase()
    {
        var (town, other) = (await Town.FoundAsync(registry), await Town.FoundAsync(registry));
        var reference = await TownRequest.AddAsync(registry, town);
        var file = await TownFile.AddAsync(registry, town, reference);
        var foreign = await other.AppointAsync("DPO");
        Assert.False(await registry.WorkAsync(Scope.ForPerson(foreign), async (db, _) => await (await db.OpenAsync()).ExecuteScalarAsync<bool>("select app.erase_request_file(@file)", new { file })));
        foreach (var sql in new[] { "delete from request_file", "delete from request_file_part", "update request_file set name = '\\x00'", "update request_file_part set content = '\\x00'", "select app.purge_request_files('2099-01-01')", "select app.forget_request_links()" })
            await Assert.ThrowsAsync<PostgresException>(() => registry.WorkAsync(Scope.ForPerson(foreign), async (db, _) => await (await db.OpenAsync()).ExecuteAsync(sql)));
        Assert.Equal(1, await CountAsync("select count(*)::int from app.request_file where organisation_id = @Id", town));
    }

    private static SentForm Upload(Answer page) => Forms.Of(page).Single(form => !form.Action.Contains("Remove", StringComparison.Ordinal));

    private async Task<int> CountAsync(string sql, Town town)
    {
        await using var connection = await registry.SuperuserAsync();
        return await connection.ExecuteScalarAsync<int>(sql, new { town.Id });
    }

    private static Task<string> DumpAsync(NpgsqlConnection connection, Town town) => Planted.DumpAsync(connection, town.Id);
}
