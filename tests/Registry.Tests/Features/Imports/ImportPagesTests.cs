using System.Net;
using System.Text;
using Dapper;
using Registry.Data;
using Registry.Features.Imports;
using Registry.Features.Records;
using Registry.Tests.Features.Records;
using Registry.Tests.Support;

namespace Registry.Tests.Features.Imports;

/// <summary>An import from the choice of the file to its way back, through the pages.</summary>
[Trait("Kind", "pages")]
public sealed class ImportPagesTests(RegistryFixture registry)
{
    [Theory]
    [InlineData("xlsx")]
    [InlineData("ods")]
    [InlineData("csv")]
    [InlineData("json")]
    public async Task A_register_exported_from_one_organisation_is_the_same_in_another(string format)
    {
        var (from, to) = (await Town.FoundAsync(registry), await Town.FoundAsync(registry));
        for (var seed = 1; seed <= 3; seed++)
        {
            var sample = SampleSheets.Random(seed * 7);
            sample.Identification.Title = $"Fiche {seed}";
            SheetText.Clean(sample);
            foreach (var data in sample.People.DataCategories) data.RetentionRule = sample.Retention.Rules.FirstOrDefault()?.Id;
            await from.AddRecordAsync(change: sheet => Replace(sheet, sample));
        }
        using var giver = await from.EnterAsync("DPO");
        var export = await giver.PostAsync($"{from.Home}/traitements/exporter", ("__RequestVerificationToken", await giver.TokenAsync()), ("Form.Format", format), ("Form.Text", "travail"), ("Form.Notes", "true"));
        var file = await ExportPagesTests.BytesAsync(export);

        using var officer = await to.EnterAsync("DPO");
        var preview = await UploadAsync(officer, to, "registre." + format, file);
        Assert.True(preview.Text.Contains("Nouvelles fiches", StringComparison.Ordinal), preview.ToString());
        Assert.Contains("Importer 3 nouvelles fiches", preview.Text);
        Assert.Equal(HttpStatusCode.Redirect, (await officer.PressAsync(preview, "Importer 3 nouvelles fiches")).Status);
        var (given, taken) = (await SheetsAsync(from), await SheetsAsync(to));
        Assert.Equal(3, taken.Count);
        foreach (var (title, sheet) in given)
        {
            // Only the controller's representative decides to go on without an assessment: no file does it for her.
            foreach (var section in SheetSections.All) SheetForm.KeepReserved(section.Get(sheet), section.New(), role => role == Registry.Access.Role.Dpo);
            Assert.Empty(SheetDifferences.Compare(Placed(sheet), Placed(taken[title])).Select(one => $"{one.Path}: {one.Old} / {one.New}"));
        }
        // Each has its line, with the hash of the file; the same file again brings nothing.
        await using var connection = await registry.SuperuserAsync();
        Assert.Equal(3, await connection.ExecuteScalarAsync<int>("select count(*)::int from history.event where organisation_id = @Id and action = 'RECORD_IMPORTED'", new { to.Id }));
        var again = await UploadAsync(officer, to, "registre." + format, file);
        Assert.DoesNotContain("Importer 1", again.Text);
        Assert.Contains("Nouvelles fiches : 0", Plain(again.Text));
    }

    [Fact]
    [Trait("S", "92")]
    public async Task Sent_twice_it_is_imported_once_and_undone_while_nobody_has_touched_it()
    {
        var town = await Town.FoundAsync(registry);
        using var officer = await town.EnterAsync("CORRESPONDENT");
        var preview = await UploadAsync(officer, town, "registre.csv", Csv("Nom du traitement;Finalité", "Cantine;Nourrir", "Crèche;Garder"));
        var done = await officer.PressAsync(preview, "Importer 2 nouvelles fiches");
        var twice = await officer.PressAsync(preview, "Importer 2 nouvelles fiches");
        Assert.Equal(done.Location, twice.Location);
        Assert.Equal(2, (await SheetsAsync(town)).Count);
        var report = await officer.GetAsync(done.Location!);
        Assert.Contains("Fiches ajoutées en brouillon : 2", Plain(report.Text));
        await town.WriteAsync("update processing_record set version = version + 1, updated_at = now() where number = 1 and organisation_id in (select organisation_id from register_import where id = @id)", Guid.Parse(done.Location!.Split('/')[^1]));
        var undone = await officer.PressAsync(report, "Annuler l’import");
        Assert.Equal(HttpStatusCode.Redirect, undone.Status);
        Assert.Equal(["Cantine"], (await SheetsAsync(town)).Keys);
        await using var connection = await registry.SuperuserAsync();
        Assert.Null(await connection.ExecuteScalarAsync<byte[]?>("select content from app.register_import where organisation_id = @Id", new { town.Id }));
    }

    [Fact]
    public async Task Faults_are_said_by_row_and_column_and_nothing_comes_in_until_they_are_left_out()
    {
        var town = await Town.FoundAsync(registry);
        using var officer = await town.EnterAsync("DPO");
        var preview = await UploadAsync(officer, town, "registre.csv", Csv(
            "Nom du traitement;Rôle de l’organisme;Mise en œuvre le;Révision tous les (mois)", "Cantine;Responsable de traitement;01/09/2024;12", ";Chef;31/02/2024;mille", "Crèche;CONTROLLER;45292;600"));
        var text = Plain(preview.Text);
        Assert.Contains("« Chef » n’est pas dans la liste de ce champ.", text);
        Assert.Contains("« 31/02/2024 » n’est pas une date", text);
        Assert.Contains("« mille » n’est pas un nombre entier.", text);
        Assert.Contains("Indiquez un nombre de mois entre 1 et 60.", text);
        var faults = preview.Html.QuerySelectorAll("#faults ~ table tbody tr").Select(row => (row.Children[0].TextContent, row.Children[1].TextContent)).ToList();
        Assert.Equal([("3", "B"), ("3", "C"), ("3", "D"), ("4", "D")], faults);
        var refused = await officer.PressAsync(preview, "Importer 1 nouvelle fiche");
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Empty(await SheetsAsync(town));
        Assert.Equal(HttpStatusCode.Redirect, (await officer.PressAsync(preview, "Importer 1 nouvelle fiche", ("Form.LeaveOut", "true"))).Status);
        Assert.Equal(new DateOnly(2024, 9, 1), Assert.Single(await SheetsAsync(town)).Value.Identification.ImplementedOn);
    }

    [Fact]
    public async Task A_name_that_is_there_already_is_ignored_or_added_as_the_person_says()
    {
        var town = await Town.FoundAsync(registry);
        await town.AddRecordAsync(change: sheet => sheet.Identification.Title = "Cantine");
        using var officer = await town.EnterAsync("DPO");
        var file = Csv("Nom du traitement;Finalité", "cantine;Autre chose", "Crèche;Garder");
        var preview = await UploadAsync(officer, town, "registre.csv", file);
        Assert.Equal(HttpStatusCode.BadRequest, (await officer.PressAsync(preview, "Importer 1 nouvelle fiche")).Status);
        await officer.PressAsync(preview, "Importer 1 nouvelle fiche", ("Form.Taken", "ignorer"));
        Assert.Equal(["Cantine", "Crèche"], (await SheetsAsync(town)).Keys.Order());
        var second = await UploadAsync(officer, town, "registre.csv", file);
        Assert.Equal(HttpStatusCode.Redirect, (await officer.PressAsync(second, "Importer 0 nouvelles fiches", ("Form.Taken", "ajouter"))).Status);
        Assert.Equal(["Cantine", "cantine (importée)", "Crèche"], (await SheetsAsync(town)).Keys.Order(StringComparer.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task The_columns_of_another_register_are_proposed_corrected_and_remembered()
    {
        var town = await Town.FoundAsync(registry);
        using var officer = await town.EnterAsync("DPO");
        var file = Encoding.Latin1.GetBytes("Registre de la commune;;;;;\r\nIntitulé du traitement;Service gestionnaire;Objectif;Durée de conservation;Personnes concernées;Colonne maison\r\nÉtat civil;Accueil;Tenir les actes;75 ans;Agents, Élus;Notaires\r\n");
        var columns = await UploadAsync(officer, town, "ancien.csv", file);
        Assert.Contains("Colonnes du fichier", columns.Text);
        var proposed = columns.Html.QuerySelectorAll("select[name^='Form.Map']").Select(select => ((AngleSharp.Html.Dom.IHtmlSelectElement)select).Value).ToList();
        Assert.Equal(["identification.Title", "identification.Unit", "finalites.Purpose", "conservation.Rules", "personnes.DataSubjects", ""], proposed);
        var chosen = await officer.PressAsync(columns, "Voir ce qui serait importé", ("Form.Map[5]", "destinataires.Recipients"));
        Assert.Equal(HttpStatusCode.Redirect, chosen.Status);
        await officer.PressAsync(await officer.GetAsync(chosen.Location!), "Importer 1 nouvelle fiche");
        var sheet = (await SheetsAsync(town))["État civil"];
        Assert.Equal("P75Y", Assert.Single(sheet.Retention.Rules).ActiveDuration);
        Assert.Equal(["STAFF", "ELECTED"], sheet.People.DataSubjects.Select(row => row.Category));
        Assert.Equal("Notaires", Assert.Single(sheet.Recipients.Recipients).Label);
        // Another file with the same headings: the correction is there already.
        var next = await UploadAsync(officer, town, "suivant.csv", Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(file).Replace("État civil", "Cimetière", StringComparison.Ordinal)));
        Assert.Equal("destinataires.Recipients", ((AngleSharp.Html.Dom.IHtmlSelectElement)next.Html.QuerySelector("select[name='Form.Map[5]']")!).Value);
    }

    [Fact]
    public async Task The_empty_workbook_has_every_field_and_comes_back_without_a_row()
    {
        var town = await Town.FoundAsync(registry);
        using var officer = await town.EnterAsync("DPO");
        foreach (var format in new[] { "xlsx", "ods" })
        {
            var answer = await officer.GetAsync($"{town.Home}/traitements/importer/modele?format={format}");
            var file = await ExportPagesTests.BytesAsync(answer);
            var (book, _) = ImportFile.Read("modele." + format, file);
            Assert.Equal(SheetSections.All.Sum(section => SheetText.Fields(section.Type).Count(field => !Attribute.IsDefined(field, typeof(RowKeyAttribute)))), book!.Tables[0].Rows[0].Cells.Count);
        }
    }

    [Fact]
    public async Task Two_people_import_the_same_file_at_once_and_one_of_them_did_it()
    {
        var town = await Town.FoundAsync(registry);
        using var one = await town.EnterAsync("DPO");
        using var other = await town.EnterAsync("CORRESPONDENT");
        var preview = await UploadAsync(one, town, "registre.csv", Csv("Nom du traitement", "Cantine"));
        var hers = await other.GetAsync(preview.Path);
        var answers = await Task.WhenAll(one.PressAsync(preview, "Importer 1 nouvelle fiche"), other.PressAsync(hers, "Importer 1 nouvelle fiche"));
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Redirect, answer.Status));
        Assert.Single(await SheetsAsync(town));
    }

    internal static byte[] Csv(params string[] lines) => Encoding.UTF8.GetBytes(string.Join("\r\n", lines) + "\r\n");

    /// <summary>Chooses the file and follows to the page that it leads to; a refusal is that page itself.</summary>
    internal static async Task<Answer> UploadAsync(Visit visit, Town town, string name, byte[] file)
    {
        var form = Forms.Of(await visit.GetAsync($"{town.Home}/traitements/importer")).Single();
        var answer = await visit.UploadAsync(form, "Source", (name, file));
        while (answer.Status == HttpStatusCode.Redirect) answer = await visit.GetAsync(answer.Location!);
        return answer;
    }

    internal static string Plain(string text) => text.Replace('\u00A0', ' ').Replace('\u202F', ' ');

    private static void Replace(Sheet sheet, Sheet by)
    {
        sheet.ModelCode = by.ModelCode;
        foreach (var section in SheetSections.All) section.Set(sheet, section.Get(by));
    }

    private static Sheet Placed(Sheet sheet)
    {
        var places = sheet.Retention.Rules.Index().ToDictionary(rule => rule.Item.Id!, rule => $"r{rule.Index}");
        foreach (var rule in sheet.Retention.Rules) rule.Id = places[rule.Id!];
        foreach (var data in sheet.People.DataCategories) data.RetentionRule = data.RetentionRule is { } id ? places.GetValueOrDefault(id) : null;
        return sheet;
    }

    private async Task<Dictionary<string, Sheet>> SheetsAsync(Town town)
    {
        await using var connection = await registry.SuperuserAsync();
        return (await connection.QueryAsync<(string Title, string Sheet)>("select title, sheet::text from app.processing_record where organisation_id = @Id and status <> 'ABANDONED' order by number", new { town.Id }))
            .ToDictionary(row => row.Title, row => SheetJson.Read(row.Sheet));
    }
}
