using System.Net;
using AngleSharp.Dom;
using Dapper;
using Registry.Features.Records;
using Registry.Tests.Support;

namespace Registry.Tests.Features.Records;

/// <summary>Adding and editing records through their forms.</summary>
[Trait("Kind", "pages")]
public sealed class RecordPagesTests(RegistryFixture registry)
{
    [Fact]
    public async Task A_record_is_begun_from_a_model_of_the_library()
    {
        var town = await Town.FoundAsync(registry);
        using var correspondent = await town.EnterAsync("CORRESPONDENT");
        var library = await correspondent.GetAsync($"{town.Home}/traitements/nouveau");
        var form = Forms.Of(library).First(form => form.Fields.Any(field => field.Name == "Form.Model"));
        var model = RecordModels.Find(form.Fields.Single(field => field.Name == "Form.Model").Value)!;
        var added = await correspondent.PostAsync(form.Action, form.With());
        Assert.Equal($"{town.Home}/traitements/T-0001", added.Location);
        var sheet = await correspondent.GetAsync(added.Location!);
        Assert.Contains(model.TitleFr, sheet.Text);
        Assert.Contains("Brouillon", sheet.Text);
        Assert.Contains("La fiche T-0001 est ajoutée", sheet.Text);
        Assert.Contains("déjà repris ici", (await correspondent.GetAsync($"{town.Home}/traitements/nouveau")).Text);
    }

    [Fact]
    [Trait("S", "92")]
    public async Task The_same_form_sent_many_times_at_once_adds_one_record()
    {
        var town = await Town.FoundAsync(registry);
        using var correspondent = await town.EnterAsync("CORRESPONDENT");
        var empty = Forms.Of(await correspondent.GetAsync($"{town.Home}/traitements/nouveau")).Single(form => form.Fields.Any(field => field.Name == "Form.Title"));
        var sent = empty.With(("Form.Title", "Inscriptions à la médiathèque"));
        var first = await correspondent.PostAsync(empty.Action, sent);
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => correspondent.PostAsync(empty.Action, sent)));
        Assert.All(answers.Append(first), answer => Assert.Equal($"{town.Home}/traitements/T-0001", answer.Location));

        var other = empty.With(("Form.Title", "Cantine"), ("Form.Id", Guid.CreateVersion7().ToString()));
        answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => correspondent.PostAsync(empty.Action, other)));
        Assert.All(answers, answer => Assert.Equal($"{town.Home}/traitements/T-0002", answer.Location));
        Assert.Equal(2, await CountAsync("select count(*) from app.processing_record where organisation_id = @Id", town));
        Assert.Equal(2, await CountAsync("select count(*) from history.event where organisation_id = @Id and action = 'RECORD_ADDED'", town));
    }

    [Fact]
    public async Task A_name_that_another_sheet_bears_is_refused_and_kept_in_the_box()
    {
        var town = await Town.FoundAsync(registry);
        using var correspondent = await town.EnterAsync("CORRESPONDENT");
        var page = await correspondent.GetAsync($"{town.Home}/traitements/nouveau");
        var form = Forms.Of(page).Single(form => form.Fields.Any(field => field.Name == "Form.Title"));
        await correspondent.PostAsync(form.Action, form.With(("Form.Title", "Cantine")));
        var again = Forms.Of(await correspondent.GetAsync($"{town.Home}/traitements/nouveau")).Single(form => form.Fields.Any(field => field.Name == "Form.Title"));
        var refused = await correspondent.PostAsync(again.Action, again.With(("Form.Title", "CANTINE")));
        Assert.Contains("Une fiche porte déjà ce nom", refused.Text);
        Assert.Equal("CANTINE", refused.Html.QuerySelector("[name='Form.Title']")!.GetAttribute("value"));
        var nameless = await correspondent.PostAsync(again.Action, again.With(("Form.Title", "  ")));
        Assert.Contains("Donnez un nom au traitement.", nameless.Text);
    }

    public static TheoryData<string> Sections => [.. SheetSections.All.Select(section => section.Key)];

    /// <summary>Whatever its section, a part is opened, its texts changed, its lists grown and shortened without script, saved, and read back.</summary>
    [Theory, MemberData(nameof(Sections))]
    public async Task A_part_is_saved_and_read_back(string section)
    {
        var town = await Town.FoundAsync(registry);
        var reference = await town.AddRecordAsync();
        using var correspondent = await town.EnterAsync("CORRESPONDENT");
        var path = $"{town.Home}/traitements/{reference}/modifier/{section}";
        var page = await correspondent.GetAsync(path);
        var before = page.Html.QuerySelectorAll("main [name^='Form.']").Length;

        foreach (var add in page.Html.QuerySelectorAll("button[name=rows][value^='add:']").Select(button => button.GetAttribute("value")!))
        {
            var grown = await PressRowsAsync(correspondent, page, add);
            Assert.True(grown.Html.QuerySelectorAll("main [name^='Form.']").Length > page.Html.QuerySelectorAll("main [name^='Form.']").Length, $"{add} adds nothing");
            page = grown;
        }
        var filled = new Dictionary<string, string>();
        foreach (var field in Forms.Of(page).Single().Fields.Where(field => field.Kind == FormFieldKind.Text && !field.Name.EndsWith(".Day", StringComparison.Ordinal) && !field.Name.EndsWith(".Month", StringComparison.Ordinal) && !field.Name.EndsWith(".Year", StringComparison.Ordinal)))
            if (page.Html.GetElementsByName(field.Name)[0].GetAttribute("inputmode") != "numeric") filled[field.Name] = $"Rempli {filled.Count}";
        var saved = await correspondent.PostAsync(path, Forms.Of(page).Single().With([.. filled.Select(field => (field.Key, field.Value)), ("next", "back")]));
        Assert.True(saved.Status == HttpStatusCode.Redirect, saved.ToString());
        Assert.Equal($"{town.Home}/traitements/{reference}#{section}", saved.Location);

        var read = await correspondent.GetAsync(path);
        foreach (var text in filled.Values) Assert.True(read.Html.QuerySelectorAll("main input, main textarea").Any(box => Typed(box) == text), $"{text} is not there after saving");
        if (filled.Count > 0) Assert.Contains("Rempli 0", (await correspondent.GetAsync($"{town.Home}/traitements/{reference}")).Text);

        if (read.Html.QuerySelector("button[name=rows][value^='remove:']")?.GetAttribute("value") is { } remove)
        {
            var shorter = await PressRowsAsync(correspondent, read, remove);
            Assert.True(shorter.Html.QuerySelectorAll("main [name^='Form.']").Length < read.Html.QuerySelectorAll("main [name^='Form.']").Length);
            Assert.Equal(HttpStatusCode.Redirect, (await correspondent.PostAsync(path, Forms.Of(shorter).Single().With(("next", "back")))).Status);
            var last = await correspondent.GetAsync(path);
            Assert.Equal(shorter.Html.QuerySelectorAll("main [name^='Form.']").Length, last.Html.QuerySelectorAll("main [name^='Form.']").Length);
        }
        Assert.True(before > 0);
    }

    [Fact]
    [Trait("S", "90")]
    public async Task Two_people_who_save_the_same_part_both_keep_their_text()
    {
        var town = await Town.FoundAsync(registry);
        var reference = await town.AddRecordAsync();
        using var correspondent = await town.EnterAsync("CORRESPONDENT");
        using var officer = await town.EnterAsync("DPO");
        var path = $"{town.Home}/traitements/{reference}/modifier/finalites";
        var (hers, his) = (Forms.Of(await correspondent.GetAsync(path)).Single(), Forms.Of(await officer.GetAsync(path)).Single());

        Assert.Equal(HttpStatusCode.Redirect, (await correspondent.PostAsync(path, hers.With(("Form.Purpose", "Le texte de la correspondante"), ("next", "back")))).Status);
        var conflict = await officer.PostAsync(path, his.With(("Form.Purpose", "Le texte du délégué"), ("next", "back")));
        Assert.Equal(HttpStatusCode.Conflict, conflict.Status);
        Assert.Contains("Le texte de la correspondante", conflict.Html.QuerySelector("main table")!.TextContent);
        Assert.Contains("Le texte du délégué", conflict.Html.QuerySelector("main table")!.TextContent);
        Assert.Equal("Le texte du délégué", Typed(conflict.Html.GetElementsByName("Form.Purpose")[0]));

        Assert.Equal(HttpStatusCode.Redirect, (await officer.PostAsync(path, Forms.Of(conflict).Single().With(("Form.Purpose", "Les deux textes"), ("next", "back")))).Status);
        Assert.Equal("Les deux textes", Typed((await correspondent.GetAsync(path)).Html.GetElementsByName("Form.Purpose")[0]));
        var history = (await officer.GetAsync($"{town.Home}/traitements/{reference}/historique")).Text;
        Assert.Contains("Le texte de la correspondante", history);
        Assert.Contains("Les deux textes", history);
    }

    [Fact]
    [Trait("S", "90")]
    public async Task Two_people_who_save_different_parts_do_not_meet()
    {
        var town = await Town.FoundAsync(registry);
        var reference = await town.AddRecordAsync();
        using var correspondent = await town.EnterAsync("CORRESPONDENT");
        using var officer = await town.EnterAsync("DPO");
        var at = $"{town.Home}/traitements/{reference}/modifier/";
        var (hers, his) = (Forms.Of(await correspondent.GetAsync(at + "finalites")).Single(), Forms.Of(await officer.GetAsync(at + "publication")).Single());
        Assert.Equal(HttpStatusCode.Redirect, (await correspondent.PostAsync(at + "finalites", hers.With(("Form.Purpose", "Sa finalité"), ("next", "back")))).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await officer.PostAsync(at + "publication", his.With(("Form.InternalNotes", "Sa note"), ("next", "back")))).Status);
        Assert.Equal("Sa finalité", Typed((await officer.GetAsync(at + "finalites")).Html.GetElementsByName("Form.Purpose")[0]));
        Assert.Equal("Sa note", Typed((await officer.GetAsync(at + "publication")).Html.GetElementsByName("Form.InternalNotes")[0]));
    }

    [Fact]
    public async Task Saving_what_nobody_changed_leaves_no_event()
    {
        var town = await Town.FoundAsync(registry);
        var reference = await town.AddRecordAsync();
        using var correspondent = await town.EnterAsync("CORRESPONDENT");
        foreach (var section in SheetSections.All)
        {
            var path = $"{town.Home}/traitements/{reference}/modifier/{section.Key}";
            var form = Forms.Of(await correspondent.GetAsync(path)).Single();
            Assert.Equal(HttpStatusCode.Redirect, (await correspondent.PostAsync(path, form.With(("next", "back")))).Status);
        }
        Assert.Equal(0, await CountAsync("select count(*) from history.event where organisation_id = @Id and action = 'RECORD_CHANGED'", town));
    }

    private static string Typed(IElement box) => box switch
    {
        AngleSharp.Html.Dom.IHtmlTextAreaElement area => area.Value,
        AngleSharp.Html.Dom.IHtmlInputElement input => input.Value,
        _ => "",
    };

    private static Task<Answer> PressRowsAsync(Visit visit, Answer page, string command)
    {
        var form = Forms.Of(page).Single();
        return visit.PostAsync(form.Action, [.. form.With().Where(field => field.Name != "next"), ("rows", command)]);
    }

    private async Task<int> CountAsync(string sql, Town town)
    {
        await using var connection = await registry.SuperuserAsync();
        return await connection.ExecuteScalarAsync<int>(sql, new { town.Id });
    }
}
