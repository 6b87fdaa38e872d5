using System.Net;
using Dapper;
using Registry.Features.Records;
using Registry.Tests.Support;

namespace Registry.Tests.Features.Records;

/// <summary>What a record carries from one state to the next, through the real pages: the officer's comment, the body's number, the end.</summary>
[Trait("Kind", "pages")]
public sealed class RecordEndTests(RegistryFixture registry)
{
    [Fact]
    public async Task A_body_without_its_number_publishes_nothing_and_is_led_to_its_profile()
    {
        var town = await Town.FoundAsync(registry);
        var life = await Life.BeginAsync(registry, town);
        await ExecuteAsync("update app.organisation set siren = null where id = @Id", town);
        await life.DoAsync("soumettre", "relire", "valider");
        Assert.Contains("numéro SIREN", (await life.Mayor.GetAsync(life.Sheet)).Text);
        var page = await life.Mayor.GetAsync(life.Sheet + "/actes/publier");
        Assert.Empty(Forms.Of(page));
        Assert.Equal($"{town.Home}/profil", page.Html.QuerySelectorAll("main .flash a").Single().GetAttribute("href"));
        var token = (await life.Mayor.GetAsync("/mon-compte")).Html.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        var seen = await TextAsync("select version::text from app.processing_record where organisation_id = @Id", town);
        Assert.Equal(HttpStatusCode.BadRequest, (await life.Mayor.PostAsync(page.Path, ("__RequestVerificationToken", token), ("Form.Seen", seen), ("Form.Reason", "Première"))).Status);
        Assert.Equal("VALIDATED", await TextAsync("select status from app.processing_record where organisation_id = @Id", town));

        await ExecuteAsync("update app.organisation set siren = '212902126' where id = @Id", town);
        await life.DoAsync("publier");
        Assert.Contains("SIREN 212902126", (await life.Mayor.GetAsync(life.Sheet + "/versions/1")).Text);
    }

    [Fact]
    public async Task The_end_and_the_fate_of_the_data_stand_on_the_archived_record_until_it_is_reopened()
    {
        var town = await Town.FoundAsync(registry);
        var life = await Life.BeginAsync(registry, town);
        await life.DoAsync("soumettre", "relire", "valider", "publier", "archiver");
        const string end = "Le traitement a pris fin le 1er février 2026.";
        foreach (var page in new[] { "", "/imprimer", "/versions/1" })
        {
            var text = Plain(await life.Officer.GetAsync(life.Sheet + page));
            Assert.Contains(end, text);
            Assert.Contains("Données : éliminées avec le visa des archives.", text);
        }
        Assert.Equal("2026-02-01 PURGED", await TextAsync("select ended_on || ' ' || data_fate from app.processing_record where organisation_id = @Id", town));
        await life.DoAsync("rouvrir");
        Assert.DoesNotContain(end, Plain(await life.Officer.GetAsync(life.Sheet)));
        Assert.Equal("true", await TextAsync("select (ended_on is null and data_fate is null)::text from app.processing_record where organisation_id = @Id", town));
        Assert.Contains("1er février 2026", Plain(await life.Officer.GetAsync(life.Sheet + "/historique")));
    }

    [Fact]
    public async Task What_is_to_be_corrected_stands_above_the_sheet_until_it_is_submitted_again()
    {
        var town = await Town.FoundAsync(registry);
        var life = await Life.BeginAsync(registry, town);
        await life.DoAsync("soumettre", "relire", "demander-des-corrections");
        foreach (var page in new[] { life.Sheet, life.Sheet + "/modifier/destinataires" })
        {
            var told = (await life.Correspondent.GetAsync(page)).Html.QuerySelector("main .flash-soon")!.TextContent;
            Assert.Contains("Une raison", told);
            Assert.Contains("par Personne DPO, le ", told);
        }
        await life.DoAsync("soumettre");
        Assert.DoesNotContain("Corrections demandées", (await life.Correspondent.GetAsync(life.Sheet)).Html.QuerySelector("main .flash-soon")?.TextContent ?? "");
        Assert.Equal("true", await TextAsync("select (correction_comment is null and correction_by is null and correction_at is null)::text from app.processing_record where organisation_id = @Id", town));
    }

    [Fact]
    public async Task A_version_that_the_officer_never_saw_says_so_wherever_it_is_read()
    {
        var town = await Town.FoundAsync(registry);
        var life = await Life.BeginAsync(registry, town);
        await life.DoAsync("soumettre");
        await ExecuteAsync("update app.processing_record set submitted_at = now() - interval '32 days' where organisation_id = @Id", town);
        await life.DoAsync("publier-sans-relecture");
        foreach (var page in new[] { "", "/imprimer", "/versions/1" }) Assert.Contains("Non revue par le délégué.", (await life.Mayor.GetAsync(life.Sheet + page)).Text);
        Assert.Contains("non revue", (await life.Mayor.GetAsync(town.Home + "/traitements")).Html.QuerySelectorAll(".tag").Select(tag => tag.TextContent));
    }

    [Fact]
    public async Task The_services_of_the_organisation_are_offered_and_another_may_be_typed()
    {
        var town = await Town.FoundAsync(registry);
        var life = await Life.BeginAsync(registry, town);
        await ExecuteAsync("insert into app.org_unit (organisation_id, id, name, active) values (@Id, gen_random_uuid(), 'Enfance', true), (@Id, gen_random_uuid(), 'Ancien', false)", town);
        var path = life.Sheet + "/modifier/identification";
        var page = await life.Correspondent.GetAsync(path);
        var box = page.Html.QuerySelector("[name='Form.Unit']")!;
        Assert.Equal(["Enfance"], page.Html.GetElementById(box.GetAttribute("list")!)!.QuerySelectorAll("option").Select(option => option.GetAttribute("value")));
        Assert.Equal(HttpStatusCode.Redirect, (await life.Correspondent.PostAsync(path, Forms.Of(page).Single().With(("Form.Unit", "Un service libre"), ("next", "back")))).Status);
        Assert.Contains("Un service libre", (await life.Correspondent.GetAsync(life.Sheet)).Text);
    }

    [Fact]
    public async Task Confirming_the_planned_measures_names_them_and_settles_what_was_missing()
    {
        var town = await Town.FoundAsync(registry);
        var reference = await town.AddRecordAsync();
        using var correspondent = await town.EnterAsync("CORRESPONDENT");
        var path = $"{town.Home}/traitements/{reference}/modifier/securite";
        var page = await correspondent.GetAsync(path);
        var named = page.Html.QuerySelectorAll(".confirm-all li").Select(line => line.TextContent).ToList();
        Assert.NotEmpty(named);
        Assert.Equal(named, page.Html.QuerySelectorAll(".measures tbody th").Select(name => name.TextContent.Trim()));
        Assert.Contains("V-08", page.Html.QuerySelector("aside")!.TextContent);
        var form = Forms.Of(page).Single();
        var pressed = await correspondent.PostAsync(path, [.. form.With().Where(field => field.Name != "next"), ("rows", "confirm:Measures")]);
        Assert.Null(pressed.Html.QuerySelector(".confirm-all"));
        Assert.DoesNotContain("V-08", pressed.Html.QuerySelector("aside")!.TextContent);
    }

    [Fact]
    public async Task Who_submits_is_told_what_the_model_only_proposed()
    {
        var town = await Town.FoundAsync(registry);
        var reference = await town.AddRecordAsync();
        using var correspondent = await town.EnterAsync("CORRESPONDENT");
        var page = await correspondent.GetAsync($"{town.Home}/traitements/{reference}/actes/soumettre");
        var points = SheetToConfirm.Read(RecordModels.Find("ETAT_CIVIL")!.ToSheet());
        var point = points.First(one => one.SectionKey is "conservation" or "sous-traitants");
        Assert.Contains("personne ne les a encore confirmés", page.Text);
        var lines = page.Html.QuerySelectorAll("main form li").Select(line => line.TextContent).ToList();
        Assert.Contains(lines, line => line.Contains(point.Arguments[0], StringComparison.Ordinal));
        Assert.Equal(1, lines.Count(line => line.Contains("mention d’information", StringComparison.Ordinal)));  // V-16 says it already
    }

    [Fact]
    public async Task The_worklist_names_the_act_and_shows_how_the_time_runs()
    {
        var town = await Town.FoundAsync(registry);
        var life = await Life.BeginAsync(registry, town);
        await life.DoAsync("soumettre");
        var line = (await life.Officer.GetAsync("/")).Html.QuerySelectorAll("table.work tbody tr").Single(row => row.TextContent.Contains(life.Reference, StringComparison.Ordinal));
        Assert.StartsWith("Relire", line.QuerySelector(".acts a:not(.plain)")!.TextContent);
        Assert.Equal(life.Sheet + "/actes/relire", line.QuerySelector(".acts a:not(.plain)")!.GetAttribute("href"));
        Assert.NotNull(line.QuerySelector(".deadline .bar"));
        await life.DoAsync("relire", "valider");
        line = (await life.Officer.GetAsync("/")).Html.QuerySelectorAll("table.work tbody tr").Single(row => row.TextContent.Contains(life.Reference, StringComparison.Ordinal));
        Assert.StartsWith("Ouvrir", line.QuerySelector(".acts a:not(.plain)")!.TextContent);  // it waits for the mayor
        Assert.Null(line.QuerySelector(".deadline .bar"));
    }

    [Fact]
    public async Task A_page_of_the_sheet_reads_the_text_of_one_version_only()
    {
        var town = await Town.FoundAsync(registry);
        var life = await Life.BeginAsync(registry, town);
        await life.DoAsync("soumettre", "relire", "valider", "publier", "ouvrir-une-revision", "soumettre", "relire", "valider", "publier", "ouvrir-une-revision");
        foreach (var page in new[] { "", "/modifier/finalites" })
        {
            Answer? answer = null;
            var statements = await StatementCounter.CountAsync(async () => answer = await life.Correspondent.GetAsync(life.Sheet + page));
            Assert.Equal(HttpStatusCode.OK, answer!.Status);
            var texts = statements.Where(statement => statement.Contains("content, sha256", StringComparison.Ordinal)).ToList();
            Assert.Contains("and number = ", Assert.Single(texts));
        }
        Assert.Contains("Version 1", (await life.Correspondent.GetAsync(life.Sheet)).Html.QuerySelector("aside")!.TextContent);
    }

    private static string Plain(Answer page) => page.Text.Replace('\u00A0', ' ').Replace('\u202F', ' ');

    private async Task ExecuteAsync(string sql, Town town)
    {
        await using var connection = await registry.SuperuserAsync();
        await connection.ExecuteAsync("set session_replication_role = replica");
        await connection.ExecuteAsync(sql, new { town.Id });
        await connection.ExecuteAsync("set session_replication_role = origin");
    }

    private async Task<string> TextAsync(string sql, Town town)
    {
        await using var connection = await registry.SuperuserAsync();
        return await connection.ExecuteScalarAsync<string>(sql, new { town.Id }) ?? "";
    }

    /// <summary>A complete record and the three people who move it.</summary>
    private sealed record Life(string Reference, string Sheet, Visit Correspondent, Visit Officer, Visit Mayor)
    {
        public static async Task<Life> BeginAsync(RegistryFixture registry, Town town)
        {
            var reference = await town.AddRecordAsync(complete: true);
            return new Life(reference, $"{town.Home}/traitements/{reference}", await town.EnterAsync("CORRESPONDENT"), await town.EnterAsync("DPO"), await town.EnterAsync("LEGAL_REPRESENTATIVE"));
        }

        public async Task DoAsync(params string[] acts)
        {
            foreach (var act in acts)
            {
                var who = act is "relire" or "valider" or "demander-des-corrections" ? Officer : act is "publier" or "publier-sans-relecture" or "archiver" ? Mayor : Correspondent;
                var page = await who.GetAsync($"{Sheet}/actes/{act}");
                Assert.True(Forms.Of(page).Count == 1, page.ToString());
                (string, string)[] all = [("Form.Reason", "Une raison"), ("Form.EndedOn.Day", "1"), ("Form.EndedOn.Month", "2"), ("Form.EndedOn.Year", "2026"), ("Form.DataFate", "PURGED")];
                var done = await who.PostAsync(page.Path, Forms.Of(page)[0].With(all));
                Assert.True(done.Status == HttpStatusCode.Redirect, done.ToString());
            }
        }
    }
}
