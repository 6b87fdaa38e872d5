using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Dapper;
using Registry.Access;
using Registry.Features.Records;
using Registry.Tests.Documents;
using Registry.Tests.Support;

namespace Registry.Tests.Features.Records;

/// <summary>Who takes which register out, what is in the file and what the history keeps of it.</summary>
[Trait("Kind", "pages")]
public sealed class ExportPagesTests(RegistryFixture registry)
{
    [Fact]
    public async Task The_form_of_the_list_gives_the_register_under_the_filter_of_the_list()
    {
        var town = await Town.FoundAsync(registry);
        var published = await town.AddPublishedRecordAsync(registry);
        await town.AddPublishedRecordAsync(registry, change: sheet => sheet.Identification.Title = "Cantine scolaire");
        var draft = await town.AddRecordAsync();
        using var officer = await town.EnterAsync("DPO");

        var list = await officer.GetAsync($"{town.Home}/traitements?q=cantine&etat=publiees");
        var link = list.Html.QuerySelectorAll("main .acts a").Single(a => a.TextContent.Trim() == "Exporter").GetAttribute("href")!;
        var page = await officer.GetAsync(link);
        Assert.Contains("recherche « cantine »", page.Text.Replace('\u00A0', ' ').Replace('\u202F', ' '));
        var filtered = await officer.PressAsync(page, "Télécharger le fichier");
        Assert.Equal($"registre-{town.Slug}-{DateTime.UtcNow:yyyy-MM-dd}.xlsx", filtered.Raw.Content.Headers.ContentDisposition!.FileName);
        Assert.Equal(["Cantine scolaire"], Titles(await BytesAsync(filtered)));
        var about = ReadTables.Xlsx(await BytesAsync(filtered))[1].Rows;
        Assert.Contains(about, row => Equals(row[1], "cantine"));
        Assert.Contains(about, row => row[0] is string label && label.StartsWith("Exporté par", StringComparison.Ordinal) && row[1] is string by && by.StartsWith("Personne DPO", StringComparison.Ordinal));

        Assert.Equal(2, Titles(await BytesAsync(await ExportAsync(officer, $"{town.Home}/traitements/exporter", "xlsx"))).Count);
        var working = ReadTables.Csv(await BytesAsync(await ExportAsync(officer, $"{town.Home}/traitements/exporter", "csv", "travail")));
        Assert.Equal([published, "T-0002", draft], working.Skip(1).Select(row => row[Array.IndexOf(working[0], "Référence")]));
        Assert.Equal("Brouillon", working[3][Array.IndexOf(working[0], "État")]);
    }

    [Fact]
    public async Task One_record_is_exported_in_every_format_and_reads_back()
    {
        var town = await Town.FoundAsync(registry);
        var reference = await town.AddPublishedRecordAsync(registry);
        await town.AddPublishedRecordAsync(registry);
        using var officer = await town.EnterAsync("DPO");
        foreach (var format in new[] { "xlsx", "ods", "csv", "json" })
        {
            var answer = await ExportAsync(officer, $"{town.Home}/traitements/exporter?fiche={reference}", format);
            Assert.Equal($"fiche-{town.Slug}-{reference.ToLowerInvariant()}-{DateTime.UtcNow:yyyy-MM-dd}.{format}", answer.Raw.Content.Headers.ContentDisposition!.FileName);
            var file = await BytesAsync(answer);
            switch (format)
            {
                case "xlsx": Assert.Single(Titles(file)); break;
                case "ods": Assert.Equal(reference, ReadTables.Ods(file)[0].Rows[1][3]); break;
                case "csv": Assert.Equal(reference, ReadTables.Csv(file)[1][3]); break;
                default:
                    using (var read = JsonDocument.Parse(file))
                    {
                        var record = read.RootElement.GetProperty("organisations")[0].GetProperty("records")[0];
                        Assert.Equal(record.GetProperty("sha256").GetString(), SheetJson.Sha256(record.GetProperty("sheet").GetRawText()));
                    }
                    break;
            }
            Assert.Equal(HttpStatusCode.NotFound, (await officer.GetAsync($"{town.Home}/traitements/exporter?fiche=T-0099")).Status);
        }
        var history = await officer.GetAsync($"{town.Home}/traitements/{reference}/historique");
        Assert.Contains("Fiche exportée", history.Text);
    }

    [Fact]
    public async Task A_draft_is_exported_as_the_working_sheet_it_is()
    {
        var town = await Town.FoundAsync(registry);
        var draft = await town.AddRecordAsync();
        using var correspondent = await town.EnterAsync("CORRESPONDENT");
        var page = await correspondent.GetAsync($"{town.Home}/traitements/exporter?fiche={draft}");
        Assert.Contains("pas encore de version publiée", page.Text);
        Assert.Single(Titles(await BytesAsync(await correspondent.PressAsync(page, "Télécharger le fichier"))));
    }

    [Fact]
    [Trait("S", "65")]
    public async Task Each_export_is_a_line_of_the_history_with_the_hash_of_the_file()
    {
        var town = await Town.FoundAsync(registry);
        await town.AddPublishedRecordAsync(registry);
        using var officer = await town.EnterAsync("DPO");
        var file = await BytesAsync(await ExportAsync(officer, $"{town.Home}/traitements/exporter", "json"));
        var line = await LastAsync(town, "REGISTER_EXPORTED");
        Assert.Contains("1 fiche · versions en vigueur", line);
        Assert.Contains("sha256:" + Convert.ToHexStringLower(SHA256.HashData(file)), line);
        Assert.Contains("Registre exporté", (await officer.GetAsync($"{town.Home}/journal")).Text);
    }

    [Fact]
    [Trait("S", "1")]
    public async Task Those_without_the_letter_E_export_nothing()
    {
        var town = await Town.FoundAsync(registry);
        var reference = await town.AddPublishedRecordAsync(registry);
        foreach (var kind in TwoTowns.Kinds)
        {
            using var visit = await town.EnterAsync(kind);
            var may = Rights.Allows(Function.ReadRecords, Right.Export, Roles.Of(kind));
            var token = await visit.TokenAsync();
            foreach (var path in new[] { $"{town.Home}/traitements/exporter", $"{town.Home}/traitements/exporter?fiche={reference}", "/organismes/exporter" })
            {
                Assert.Equal(may ? HttpStatusCode.OK : HttpStatusCode.Forbidden, (await visit.GetAsync(path)).Status);
                Assert.Equal(may ? HttpStatusCode.OK : HttpStatusCode.Forbidden, (await visit.PostAsync(path, ("__RequestVerificationToken", token), ("Form.Format", "csv"))).Status);
            }
            var list = await visit.GetAsync($"{town.Home}/traitements");
            if (list.Status == HttpStatusCode.OK) Assert.Equal(may, list.Html.QuerySelectorAll("main a").Any(a => a.TextContent.Trim() == "Exporter"));
        }
    }

    [Fact]
    public async Task Who_reads_published_sheets_only_gets_the_versions_in_force_without_notes_and_a_copy_that_bears_her_name()
    {
        var town = await Town.FoundAsync(registry);
        var reference = await town.AddPublishedRecordAsync(registry, change: sheet => (sheet.Identification.Title, sheet.Publication.InternalNotes) = ("Titre publié", "entre nous"));
        await ChangeTitleAsync(town, reference, "Titre en travail");
        await town.AddRecordAsync();
        using var auditor = await town.EnterAsync("AUDITOR");
        var token = await auditor.TokenAsync();
        var answer = await auditor.PostAsync($"{town.Home}/traitements/exporter", ("__RequestVerificationToken", token), ("Form.Format", "csv"), ("Form.Text", "travail"), ("Form.Notes", "true"));
        var rows = ReadTables.Csv(await BytesAsync(answer));
        Assert.Equal("Titre publié", Assert.Single(rows.Skip(1))[Array.IndexOf(rows[0], "Nom du traitement")]);
        Assert.DoesNotContain("Notes internes", rows[0]);
        Assert.Contains("Exporté par Personne AUDITOR", (string?)rows[1][Array.IndexOf(rows[0], "Copie remise à")]);
        Assert.DoesNotContain("entre nous", Encoding.UTF8.GetString(await BytesAsync(answer)), StringComparison.Ordinal);
        Assert.Empty(ReadTables.Csv(await BytesAsync(await ExportAsync(auditor, $"{town.Home}/traitements/exporter?q=Titre+en+travail", "csv"))).Skip(1));
        Assert.Equal(HttpStatusCode.NotFound, (await auditor.GetAsync($"{town.Home}/traitements/exporter?fiche=T-0002")).Status);
    }

    [Fact]
    public async Task Internal_notes_go_with_the_working_sheets_of_one_organisation_when_asked_and_never_with_all()
    {
        var town = await Town.FoundAsync(registry);
        await town.AddPublishedRecordAsync(registry, change: sheet => sheet.Publication.InternalNotes = "entre nous");
        using var officer = await town.EnterAsync("DPO");
        var token = await officer.TokenAsync();
        Assert.True(await SaysAsync($"{town.Home}/traitements/exporter", "travail", "true"));
        Assert.Contains("notes internes comprises", await LastAsync(town, "REGISTER_EXPORTED"));
        Assert.False(await SaysAsync($"{town.Home}/traitements/exporter", "travail", "false"));
        Assert.False(await SaysAsync($"{town.Home}/traitements/exporter", "vigueur", "true"));
        Assert.False(await SaysAsync("/organismes/exporter", "travail", "true"));

        async Task<bool> SaysAsync(string path, string text, string notes)
        {
            var answer = await officer.PostAsync(path, ("__RequestVerificationToken", token), ("Form.Format", "json"), ("Form.Text", text), ("Form.Notes", notes));
            Assert.Equal(HttpStatusCode.OK, answer.Status);
            return Encoding.UTF8.GetString(await BytesAsync(answer)).Contains("entre nous", StringComparison.Ordinal);
        }
    }

    [Fact]
    [Trait("S", "65")]
    public async Task No_file_leaves_for_a_form_that_cannot_be_read_since_its_line_would_not_be_kept()
    {
        var town = await Town.FoundAsync(registry);
        await town.AddPublishedRecordAsync(registry);
        using var officer = await town.EnterAsync("DPO");
        var token = await officer.TokenAsync();
        foreach (var path in new[] { $"{town.Home}/traitements/exporter", "/organismes/exporter" })
            foreach (var (format, text, notes) in new[] { ("csv", "vigueur", "peut-être"), ("exe", "vigueur", "false"), ("csv", "tout", "false"), ("", "", "false") })
            {
                var answer = await officer.PostAsync(path, ("__RequestVerificationToken", token), ("Form.Format", format), ("Form.Text", text), ("Form.Notes", notes));
                Assert.Equal("text/html", answer.Raw.Content.Headers.ContentType?.MediaType);
                Assert.NotNull(answer.Html.QuerySelector(".error-summary"));
            }
        await using var connection = await registry.SuperuserAsync();
        Assert.Equal(0, await connection.ExecuteScalarAsync<int>("select count(*)::int from history.event where organisation_id = @Id and action = 'REGISTER_EXPORTED'", new { town.Id }));
    }

    [Fact]
    public async Task All_registers_are_one_table_and_every_organisation_in_it_is_told()
    {
        var town = await Town.FoundAsync(registry);
        await town.AddPublishedRecordAsync(registry);
        using var officer = await town.EnterAsync("DPO");
        var page = await officer.GetAsync("/organismes/exporter");
        var answer = await officer.PressAsync(page, "Télécharger le fichier", ("Form.Format", "json"));
        using var read = JsonDocument.Parse(await BytesAsync(answer));
        Assert.Equal(2, read.RootElement.GetProperty("organisations").GetArrayLength());  // the commune and the body that leads its area
        Assert.Equal(1, read.RootElement.GetProperty("recordCount").GetInt32());
        Assert.Contains("1 fiche", await LastAsync(town, "REGISTER_EXPORTED"));
        await using var connection = await registry.SuperuserAsync();
        Assert.Equal(1, await connection.ExecuteScalarAsync<int>("select count(*)::int from history.event where organisation_id = @LeadId and action = 'REGISTER_EXPORTED'", new { town.LeadId }));
    }

    [Fact]
    [Trait("S", "2")]
    public async Task What_somebody_may_not_export_there_is_not_in_the_file_of_all_registers()
    {
        var (own, other) = (await Town.FoundAsync(registry), await Town.FoundAsync(registry));
        await own.AddPublishedRecordAsync(registry);
        await other.AddPublishedRecordAsync(registry, change: sheet => sheet.Identification.Title = "Secret de l’autre");
        var person = await own.AppointAsync("CORRESPONDENT");
        await AlsoAsync(person, other, "SERVICE_CONTRIBUTOR");  // reads there, but may not export
        using var visit = await Town.SignInAsync(registry, person, "Personne CORRESPONDENT");
        Assert.Equal(HttpStatusCode.OK, (await visit.GetAsync($"{other.Home}/traitements")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await visit.GetAsync($"{other.Home}/traitements/exporter")).Status);
        var text = Encoding.UTF8.GetString(await BytesAsync(await ExportAsync(visit, "/organismes/exporter", "json", "travail")));
        Assert.Contains(own.Name, text);
        Assert.DoesNotContain("Secret de l’autre", text, StringComparison.Ordinal);
        Assert.DoesNotContain(other.Name, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_register_is_a_file_with_a_head_and_nothing_below()
    {
        var town = await Town.FoundAsync(registry);
        using var officer = await town.EnterAsync("DPO");
        foreach (var (format, table) in new[] { ("xlsx", Registry.Documents.TableFormat.Xlsx), ("ods", Registry.Documents.TableFormat.Ods), ("csv", Registry.Documents.TableFormat.Csv) })
            Assert.Single(ReadTables.Read(table, await BytesAsync(await ExportAsync(officer, $"{town.Home}/traitements/exporter", format)))[0].Rows);
        using var read = JsonDocument.Parse(await BytesAsync(await ExportAsync(officer, $"{town.Home}/traitements/exporter", "json")));
        Assert.Equal(0, read.RootElement.GetProperty("recordCount").GetInt32());
    }

    [Fact]
    [Trait("S", "84")]
    public async Task The_eleventh_export_within_an_hour_waits()
    {
        var town = await Town.FoundAsync(registry);
        using var officer = await town.EnterAsync("DPO");
        for (var i = 0; i < RegisterExport.MostInAnHour; i++)
            Assert.Equal(HttpStatusCode.OK, (await ExportAsync(officer, $"{town.Home}/traitements/exporter", "csv")).Status);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await ExportAsync(officer, $"{town.Home}/traitements/exporter", "csv")).Status);
        using var other = await town.EnterAsync("CORRESPONDENT");
        Assert.Equal(HttpStatusCode.OK, (await ExportAsync(other, $"{town.Home}/traitements/exporter", "csv")).Status);
    }

    internal static async Task<Answer> ExportAsync(Visit visit, string path, string format, string text = "vigueur") =>
        await visit.PostAsync(path, ("__RequestVerificationToken", await visit.TokenAsync()), ("Form.Format", format), ("Form.Text", text));

    internal static Task<byte[]> BytesAsync(Answer answer)
    {
        Assert.True(answer.Status == HttpStatusCode.OK && answer.Raw.Content.Headers.ContentDisposition?.DispositionType == "attachment", answer.ToString());
        return answer.Raw.Content.ReadAsByteArrayAsync();
    }

    private static List<object?> Titles(byte[] xlsx)
    {
        var rows = ReadTables.Xlsx(xlsx)[0].Rows;
        return [.. rows.Skip(1).Select(row => row[Array.IndexOf(rows[0], "Nom du traitement")])];
    }

    private async Task<string> LastAsync(Town town, string action)
    {
        await using var connection = await registry.SuperuserAsync();
        return await connection.QueryFirstAsync<string>(
            """
            select d.details from history.event e join history.detail d on d.organisation_id = e.organisation_id and d.sequence = e.sequence
             where e.organisation_id = @Id and e.action = @action order by e.sequence desc limit 1
            """, new { town.Id, action });
    }

    private Task<int> ChangeTitleAsync(Town town, string reference, string title) => registry.WorkAsync(Registry.Data.Scope.ForOrganisation(town.Id), async (db, journal) =>
    {
        var store = new RecordStore(db, PublishedRecords.Visitor(town), TimeProvider.System);
        var record = (await store.FindAsync(reference))!;
        var sheet = record.ReadSheet();
        sheet.Identification.Title = title;
        await store.SaveAsync(record, sheet, 100);
        journal.Record(new Registry.History.Event(town.Id, "TEST", "RECORD", record.Id, new Registry.History.EventDetails()));
        return 0;
    });

    private Task<int> AlsoAsync(Guid person, Town town, string kind) => registry.WorkAsync(Registry.Data.Scope.Platform, async (db, journal) =>
    {
        await (await db.OpenAsync()).ExecuteAsync(
            """
            insert into appointment (organisation_id, id, person_id, kind, start_on, act_type, act_date, delegation_scope)
            values (@organisation, @id, @person, @kind, '2024-01-01', 'LETTER', '2024-01-01', '{}')
            """, new { organisation = town.Id, id = Guid.CreateVersion7(), person, kind });
        journal.Record(new Registry.History.Event(town.Id, "TEST", "APPOINTMENT", null, new Registry.History.EventDetails()));
        return 0;
    });
}
