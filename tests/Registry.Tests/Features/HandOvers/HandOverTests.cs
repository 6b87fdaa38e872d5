using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AngleSharp;
using Dapper;
using Registry.Features.HandOvers;
using Registry.Features.Records;
using Registry.Tests.Documents;
using Registry.Tests.Features.Records;
using Registry.Tests.Support;

namespace Registry.Tests.Features.HandOvers;

/// <summary>The register for an authority: as it stood on a day, with what it takes to check it without us.</summary>
[Trait("Kind", "pages")]
public sealed class HandOverTests(RegistryFixture registry)
{
    private static readonly DateTimeOffset March = new(2026, 3, 10, 9, 0, 0, TimeSpan.Zero), June = new(2026, 6, 10, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task An_officer_hands_out_the_register_and_an_outsider_checks_it_from_the_file_alone()
    {
        var town = await Town.FoundAsync(registry);
        var reference = await town.AddPublishedRecordAsync(registry, March, sheet => (sheet.Identification.Title, sheet.Publication.InternalNotes) = ("Titre de mars <b>", "entre nous"));
        await town.PublishAsync(registry, reference, June, sheet => sheet.Identification.Title = "Titre de juin");
        await town.AddRecordAsync();
        using var officer = await town.EnterAsync("DPO");

        var archive = await HandOutAsync(officer, town, "15", "4", "2026");
        using var zip = new ZipArchive(new MemoryStream(archive));
        Assert.Equal(["LISEZ-MOI.txt", "SHA256SUMS", "VERIFICATION.json", "historique/lignes.jsonl", "registre.html", "registre.json", "registre.xlsx", $"versions/{reference}-v1.json"],
            zip.Entries.Select(entry => entry.FullName).Order(StringComparer.Ordinal));
        foreach (var sum in Text(zip, "SHA256SUMS").TrimEnd('\n').Split('\n'))
            Assert.Equal(sum[..64], Convert.ToHexStringLower(SHA256.HashData(Bytes(zip, sum[66..]))));

        // What was in force in April, in each of the three readings of the register.
        using var json = JsonDocument.Parse(Bytes(zip, "registre.json"));
        var record = json.RootElement.GetProperty("organisations")[0].GetProperty("records")[0];
        Assert.Equal(1, json.RootElement.GetProperty("recordCount").GetInt32());
        Assert.Equal("2026-04-15", json.RootElement.GetProperty("about").GetProperty("asOf").GetString());
        Assert.Equal("Titre de mars <b>", SheetJson.Read(record.GetProperty("sheet").GetRawText()).Identification.Title);
        var rows = ReadTables.Xlsx(Bytes(zip, "registre.xlsx"))[0].Rows;
        Assert.Equal("Titre de mars <b>", Assert.Single(rows.Skip(1))[Array.IndexOf(rows[0], "Nom du traitement")]);
        var html = await BrowsingContext.New(Configuration.Default).OpenAsync(answer => answer.Content(Text(zip, "registre.html")), TestContext.Current.CancellationToken);
        Assert.Equal($"{reference} · Titre de mars <b>", html.QuerySelector("h2")!.TextContent);
        Assert.Empty(html.QuerySelectorAll("script, link, img, iframe, b, [src], [href], [onclick], [style]"));

        // The chain of proof: text, hash, line that published it, lines that follow one another.
        var lines = Text(zip, "historique/lignes.jsonl").TrimEnd('\n').Split('\n').Select(line => JsonDocument.Parse(line).RootElement).ToList();
        var (previous, published) = ((string?)null, new List<string>());
        foreach (var line in lines)
        {
            var body = line.GetProperty("body").GetString()!;
            Assert.Equal(line.GetProperty("hash").GetString(), Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(body))));
            if (previous is not null) Assert.Equal(previous, body.Split('|')[1]);
            previous = line.GetProperty("hash").GetString();
            if (!line.TryGetProperty("details", out var details)) continue;
            var commitment = HMACSHA256.HashData(Convert.FromHexString(line.GetProperty("salt").GetString()!), Encoding.UTF8.GetBytes(details.GetString()!));
            Assert.EndsWith($"64:{Convert.ToHexStringLower(commitment)},", body);
            published.Add(details.GetString()!);
        }
        var frozen = Convert.ToHexStringLower(SHA256.HashData(Bytes(zip, $"versions/{reference}-v1.json")));
        Assert.Contains(published, words => words.Contains($"{reference} v1 sha256:{frozen}", StringComparison.Ordinal));

        using var own = JsonDocument.Parse(Bytes(zip, "VERIFICATION.json"));
        Assert.Equal("INTACT", own.RootElement.GetProperty("result").GetString());
        Assert.Equal(lines.Count, own.RootElement.GetProperty("history").GetProperty("lines").GetInt32());
        var readMe = Text(zip, "LISEZ-MOI.txt");
        Assert.DoesNotContain("{{", readMe, StringComparison.Ordinal);
        Assert.Contains("Remis à : CNIL contrôles (demande 2026-7)", readMe);
        Assert.DoesNotContain("entre nous", string.Concat(zip.Entries.Where(entry => entry.Name != "registre.xlsx").Select(entry => Text(zip, entry.FullName))), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("S", "65")]
    public async Task The_act_is_a_line_of_the_history_and_stays_on_the_list_with_its_file()
    {
        var town = await Town.FoundAsync(registry);
        await town.AddPublishedRecordAsync(registry, March);
        using var mayor = await town.EnterAsync("LEGAL_REPRESENTATIVE");
        var archive = await HandOutAsync(mayor, town, "15", "4", "2026");
        var list = await mayor.GetAsync($"{town.Home}/mises-a-disposition");
        Assert.Contains("CNIL contrôles", list.Text);
        Assert.Contains("Personne LEGAL_REPRESENTATIVE", list.Text);
        await using var connection = await registry.SuperuserAsync();
        var lines = (await connection.QueryAsync<(string Action, string Role, string Details)>(
            "select e.action, e.role, d.details from history.event e join history.detail d using (organisation_id, sequence) where e.organisation_id = @Id and e.object_type = 'HAND_OVER' order by e.sequence",
            new { town.Id })).ToList();
        Assert.Equal(["REGISTER_HANDED_OVER", "HAND_OVER_DOWNLOADED"], lines.Select(line => line.Action));
        Assert.Equal("CONTROLLER_REP", lines[0].Role);
        Assert.All(lines, line => Assert.Contains("sha256:" + Convert.ToHexStringLower(SHA256.HashData(archive)), line.Details));
        Assert.Contains("registre au 15/04/2026", lines[0].Details);
        Assert.Contains("Contrôle sur pièces", lines[0].Details);
    }

    [Fact]
    public async Task A_text_that_was_altered_is_named_in_the_file_and_on_the_page()
    {
        var town = await Town.FoundAsync(registry);
        var reference = await town.AddPublishedRecordAsync(registry, March);
        await using (var connection = await registry.SuperuserAsync())
            await connection.ExecuteAsync(
                """
                set session_replication_role = replica;
                update app.record_version set content = replace(content, 'civil', 'devil'), sha256 = encode(sha256(convert_to(replace(content, 'civil', 'devil'), 'UTF8')), 'hex') where organisation_id = @Id
                """, new { town.Id });
        using var officer = await town.EnterAsync("DPO");
        using var zip = new ZipArchive(new MemoryStream(await HandOutAsync(officer, town, "15", "4", "2026")));
        using var own = JsonDocument.Parse(Bytes(zip, "VERIFICATION.json"));
        Assert.Equal("FAULTS", own.RootElement.GetProperty("result").GetString());
        Assert.Contains($"{reference} v1 : aucune ligne de l’historique n’a publié ce texte", own.RootElement.GetProperty("versions").GetProperty("faults")[0].GetString());
        Assert.Contains("des écarts ont été trouvés", Text(zip, "LISEZ-MOI.txt"));
        Assert.Contains("écarts trouvés", (await officer.GetAsync($"{town.Home}/mises-a-disposition")).Text);
    }

    [Fact]
    public async Task A_register_without_any_version_on_that_day_is_an_empty_one()
    {
        var town = await Town.FoundAsync(registry);
        await town.AddPublishedRecordAsync(registry, June);
        using var officer = await town.EnterAsync("DPO");
        using var zip = new ZipArchive(new MemoryStream(await HandOutAsync(officer, town, "1", "1", "2026")));
        Assert.Contains("Aucune fiche", Text(zip, "registre.html"));
        Assert.Single(ReadTables.Xlsx(Bytes(zip, "registre.xlsx"))[0].Rows);
        Assert.Equal("", Text(zip, "historique/lignes.jsonl"));
    }

    [Fact]
    public async Task The_form_sent_twice_hands_out_once_and_says_what_is_missing()
    {
        var town = await Town.FoundAsync(registry);
        using var officer = await town.EnterAsync("DPO");
        var form = Assert.Single(Forms.Of(await officer.GetAsync($"{town.Home}/mises-a-disposition/nouvelle")));
        var missing = await officer.PostAsync(form.Action, form.With());
        Assert.Contains("Indiquez l’autorité qui demande le registre.", missing.Text);
        Assert.Contains("Indiquez pourquoi le registre est remis.", missing.Text);
        Assert.Contains("ne peut pas être à venir", (await officer.PostAsync(form.Action, form.With(("Form.AsOf.Year", "2099"), ("Form.Authority", "CNIL"), ("Form.Reason", "Contrôle")))).Text);
        Assert.Contains("Indiquez l’autorité qui demande le registre.", (await officer.PostAsync(form.Action, form.With(("Form.Authority", "\u200b\u2060"), ("Form.Reason", "Contrôle")))).Text);
        var sent = form.With(("Form.Authority", "CNIL"), ("Form.Reason", "Contrôle"));
        for (var i = 0; i < 2; i++) Assert.Equal($"{town.Home}/mises-a-disposition", (await officer.PostAsync(form.Action, sent)).Location);
        await using var connection = await registry.SuperuserAsync();
        Assert.Equal(1, await connection.ExecuteScalarAsync<int>("select count(*)::int from app.hand_over where organisation_id = @Id", new { town.Id }));
    }

    [Fact]
    [Trait("S", "2")]
    public async Task Only_officer_and_representative_hand_out_and_a_file_of_another_town_is_not_found()
    {
        var (town, other) = (await Town.FoundAsync(registry), await Town.FoundAsync(registry));
        using (var mayor = await other.EnterAsync("LEGAL_REPRESENTATIVE")) await HandOutAsync(mayor, other, "15", "4", "2026");
        await using var connection = await registry.SuperuserAsync();
        var theirs = await connection.ExecuteScalarAsync<Guid>("select id from app.hand_over where organisation_id = @Id", new { other.Id });
        foreach (var kind in new[] { "CORRESPONDENT", "DPO_ASSISTANT", "AUDITOR" })
        {
            using var visit = await town.EnterAsync(kind);
            var token = await visit.TokenAsync();
            Assert.Equal(HttpStatusCode.OK, (await visit.GetAsync($"{town.Home}/mises-a-disposition")).Status);
            Assert.Equal(HttpStatusCode.Forbidden, (await visit.GetAsync($"{town.Home}/mises-a-disposition/nouvelle")).Status);
            Assert.Equal(HttpStatusCode.Forbidden, (await visit.PostAsync($"{town.Home}/mises-a-disposition/nouvelle", ("__RequestVerificationToken", token), ("Form.Id", Guid.NewGuid().ToString()), ("Form.Authority", "x"), ("Form.Reason", "x"))).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await visit.PostAsync($"{town.Home}/mises-a-disposition/{theirs}/dossier", ("__RequestVerificationToken", token))).Status);
        }
    }

    [Fact]
    [Trait("S", "84")]
    public async Task A_download_counts_among_the_ten_files_of_an_hour()
    {
        var town = await Town.FoundAsync(registry);
        using var officer = await town.EnterAsync("DPO");
        await HandOutAsync(officer, town, "15", "4", "2026");
        var list = await officer.GetAsync($"{town.Home}/mises-a-disposition");
        Assert.Empty(Forms.Of(list));
        var form = Forms.Of(await officer.GetAsync(list.Html.QuerySelector("main td a[href$='/dossier']")!.GetAttribute("href")!)).Single();
        for (var taken = 2; taken < 10; taken++) Assert.Equal(HttpStatusCode.OK, (await officer.PostAsync(form.Action, form.With())).Status);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await officer.PostAsync(form.Action, form.With())).Status);
    }

    [Fact]
    [Trait("S", "7")]
    public void A_file_is_taken_again_after_a_recent_second_factor_only() => Assert.True(Attribute.IsDefined(typeof(DownloadModel), typeof(Registry.Identity.RecentSecondFactorAttribute)));

    [Fact]
    [Trait("S", "65")]
    public async Task What_a_page_refuses_by_itself_is_written_down_once()
    {
        var town = await Town.FoundAsync(registry);
        using var auditor = await town.EnterAsync("CORRESPONDENT");
        Assert.Equal(HttpStatusCode.Forbidden, (await auditor.GetAsync($"{town.Home}/mises-a-disposition/nouvelle")).Status);
        await using var connection = await registry.SuperuserAsync();
        Assert.Equal(1, await connection.ExecuteScalarAsync<int>(
            "select count(*)::int from history.event e join app.appointment a on a.person_id = e.person_id where a.organisation_id = @Id and e.action = 'ACCESS_REFUSED' and e.outcome = 'REFUSED'", new { town.Id }));
    }

    [Fact]
    public async Task The_register_of_a_day_holds_what_was_in_force_at_its_end()
    {
        var town = await Town.FoundAsync(registry);
        // Half past eleven at night on the last day of March, in Paris.
        var late = await town.AddPublishedRecordAsync(registry, new DateTimeOffset(2026, 3, 31, 21, 30, 0, TimeSpan.Zero));
        var gone = await town.AddPublishedRecordAsync(registry, March);
        await town.ArchiveAsync(registry, gone);
        var changed = await town.AddPublishedRecordAsync(registry, March);
        await town.PublishAsync(registry, changed, June);

        Assert.Empty(await OnAsync(new DateOnly(2026, 3, 9)));
        Assert.Equal(string.Join(", ", $"{gone} v1", $"{changed} v1"), string.Join(", ", await OnAsync(new DateOnly(2026, 3, 30))));
        Assert.Equal(string.Join(", ", $"{late} v1", $"{gone} v1", $"{changed} v1"), string.Join(", ", await OnAsync(new DateOnly(2026, 3, 31))));
        Assert.Equal(string.Join(", ", $"{late} v1", $"{gone} v1", $"{changed} v2"), string.Join(", ", await OnAsync(new DateOnly(2026, 6, 10))));
        Assert.Equal(string.Join(", ", $"{late} v1", $"{changed} v2"), string.Join(", ", await OnAsync(DateOnly.FromDateTime(DateTime.UtcNow))));

        Task<string[]> OnAsync(DateOnly day) => registry.WorkAsync(Registry.Data.Scope.ForOrganisation(town.Id), async (db, _) =>
        {
            var register = new RegisterOnDay(db, PublishedRecords.Visitor(town), TimeProvider.System);
            return (await register.NextAsync(register.EndOf(day))).Select(entry => $"{entry.Reference} v{entry.VersionNumber}").ToArray();
        });
    }

    private static async Task<byte[]> HandOutAsync(Visit visit, Town town, string day, string month, string year)
    {
        var page = await visit.GetAsync($"{town.Home}/mises-a-disposition/nouvelle");
        var made = await visit.PressAsync(page, "Préparer le dossier", ("Form.AsOf.Day", day), ("Form.AsOf.Month", month), ("Form.AsOf.Year", year),
            ("Form.Authority", "CNIL contrôles"), ("Form.Reference", "demande 2026-7"), ("Form.Reason", "Contrôle sur pièces"));
        Assert.True(made.Status == HttpStatusCode.Redirect, made.ToString());
        var list = await visit.GetAsync(made.Location!);
        var form = Forms.Of(await visit.GetAsync(list.Html.QuerySelector("main td a[href$='/dossier']")!.GetAttribute("href")!)).Single();
        return await ExportPagesTests.BytesAsync(await visit.PostAsync(form.Action, form.With()));
    }

    private static byte[] Bytes(ZipArchive zip, string path)
    {
        using var stream = zip.GetEntry(path)!.Open();
        var memory = new MemoryStream();
        stream.CopyTo(memory);
        return memory.ToArray();
    }

    private static string Text(ZipArchive zip, string path) => Encoding.UTF8.GetString(Bytes(zip, path));
}
