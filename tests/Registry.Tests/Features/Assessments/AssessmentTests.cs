using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Dapper;
using Registry.Features.Assessments;
using Registry.Features.Records;
using Registry.Tests.Support;

namespace Registry.Tests.Features.Assessments;

/// <summary>Impact assessments in the form of the CNIL's tool, in both directions.</summary>
[Trait("Kind", "pages")]
public sealed class AssessmentTests(RegistryFixture registry)
{
    /// <summary>As the tool writes it: every question answered, measures with the ids of its own database, fields that we do not know.</summary>
    private static JsonObject Sample()
    {
        var answers = new JsonArray();
        foreach (var question in PiaQuestions.Chapters.SelectMany(chapter => chapter.Questions).Select(question => question.Number))
            answers.Add(new JsonObject { ["id"] = 900 + question, ["pia_id"] = 7, ["reference_to"] = question, ["data"] = new JsonObject { ["text"] = question < 300 ? $"<p>Réponse &amp; <strong>détail</strong> {question}</p><p>suite</p>" : null, ["gauge"] = question % 10 == 5 && question > 300 ? 3 : question % 10 == 6 && question > 300 ? 2 : null, ["list"] = question is > 320 and < 330 ? new JsonArray("perte d’intimité", "usurpation") : new JsonArray() } });
        return new JsonObject
        {
            ["pia"] = new JsonObject { ["id"] = 7, ["name"] = "Vidéoprotection", ["status"] = 3, ["author_name"] = "Service police", ["evaluator_name"] = "Délégué", ["validator_name"] = "Maire", ["dpo_opinion"] = "Favorable", ["structure_data"] = new JsonObject { ["inconnu"] = true }, ["progress"] = 87.5 },
            ["answers"] = answers,
            ["measures"] = new JsonArray(new JsonObject { ["id"] = 41, ["pia_id"] = 7, ["title"] = "Chiffrement", ["content"] = "<p>AES</p>", ["placeholder"] = "PIA_LGL_CHIF" }, new JsonObject { ["id"] = 57, ["pia_id"] = 7, ["title"] = "Journalisation", ["content"] = null }),
            ["evaluations"] = new JsonArray(
                new JsonObject { ["reference_to"] = "3.1.57", ["status"] = 2, ["action_plan_comment"] = "garder 6 mois" }, new JsonObject { ["reference_to"] = "3.1.41", ["status"] = 3 },
                new JsonObject { ["reference_to"] = "3.2", ["status"] = 3, ["gauges"] = new JsonObject { ["x"] = 2, ["y"] = 1 } }, new JsonObject { ["reference_to"] = "2.1.211", ["status"] = 0 }),
            ["comments"] = new JsonArray(new JsonObject { ["reference_to"] = "3.1.57", ["description"] = "à revoir" }, new JsonObject { ["reference_to"] = 111, ["description"] = "clair" }),
        };
    }

    [Fact]
    public async Task An_assessment_comes_in_is_read_and_goes_out_equal_but_for_the_numbers_of_its_measures()
    {
        var town = await Town.FoundAsync(registry);
        var reference = await town.AddRecordAsync();
        using var officer = await town.EnterAsync("DPO");
        var path = $"{town.Home}/traitements/{reference}/analyse-d-impact";
        var text = Sample().ToJsonString();
        foreach (var file in new[] { Encoding.UTF8.GetBytes(text), [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(text)], Zipped(text) })
        {
            var page = await officer.GetAsync(path);
            var answer = await officer.UploadAsync(Forms.Of(page).Single(form => form.Fields.Any(field => field.Name == "Form.Version")), "Source", ("export", file));
            Assert.True(answer.Status == HttpStatusCode.Redirect, answer.ToString());
        }
        var shown = await officer.GetAsync(path);
        foreach (var words in new[] { "Vidéoprotection", "Validation signée", "Réponse & détail 111", "perte d’intimité", "Chiffrement", "Améliorable · garder 6 mois", "Favorable" }) Assert.Contains(words, shown.Text);
        Assert.DoesNotContain("<strong>", shown.Text, StringComparison.Ordinal);
        var risk = shown.Html.QuerySelectorAll("#risks ~ table tbody tr")[0].Children.Select(cell => cell.TextContent.Trim()).ToList();
        Assert.Equal(["Accès illégitime aux données", "Importante (3)", "Limitée (2)", "Limitée (2)", "Négligeable (1)"], risk);

        var expected = Sample();
        (expected["measures"]![0]!["id"], expected["measures"]![1]!["id"]) = (1, 2);
        (expected["evaluations"]![0]!["reference_to"], expected["evaluations"]![1]!["reference_to"], expected["comments"]![0]!["reference_to"]) = ("3.1.2", "3.1.1", "3.1.2");
        var export = await officer.DownloadAsync(Forms.Of(shown).Single(form => form.Action.Contains("Export", StringComparison.Ordinal)));
        var exported = await export.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(JsonNode.DeepEquals(expected, JsonNode.Parse(exported)), exported);
        // What went out comes back in as it is.
        Assert.Equal(exported, PiaDocument.Read(Encoding.UTF8.GetBytes(exported)).Document!.Text);
        await using var connection = await registry.SuperuserAsync();
        Assert.Equal([1, 1], await connection.QueryAsync<int>("select count(*)::int from history.event where organisation_id = @Id and action in ('ASSESSMENT_ATTACHED', 'ASSESSMENT_EXPORTED') group by action", new { town.Id }));
    }

    [Fact]
    public async Task A_record_without_an_assessment_gives_the_tool_a_file_to_begin_with()
    {
        var town = await Town.FoundAsync(registry);
        var reference = await town.AddRecordAsync(complete: true, sheet => sheet.Identification.Title = "État civil <b>");
        using var officer = await town.EnterAsync("DPO");
        var page = await officer.GetAsync($"{town.Home}/traitements/{reference}/analyse-d-impact");
        Assert.Contains("Aucune analyse jointe", page.Text);
        var file = await (await officer.DownloadAsync(Forms.Of(page).Single(form => form.Action.Contains("Export", StringComparison.Ordinal)))).Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        var (document, refusal) = PiaDocument.Read(file);
        Assert.True(document is not null, refusal?.Message);
        var reading = new PiaReading(document);
        Assert.Equal(("État civil <b>", (int?)0), (PiaDocument.Said(document.Root["pia"]!["name"]), reading.Status));
        Assert.Contains(reading.Chapters, chapter => chapter.Answers.Any(answer => answer.Label == "Fondement" && answer.Text.Contains("Obligation légale", StringComparison.Ordinal)));
        Assert.Equal(RecordModels.Find("ETAT_CIVIL")!.ToSheet().Security.Measures.Count, reading.Measures.Count);
    }

    [Fact]
    [Trait("S", "15")]
    public async Task What_is_no_export_of_the_tool_is_refused_with_its_place()
    {
        foreach (var (place, change) in new (string, Action<JsonObject>)[]
        {
            ("pia", root => root.Remove("pia")), ("comments", root => root.Remove("comments")), ("pia.status", root => root["pia"]!["status"] = 9), ("answers[0].reference_to", root => root["answers"]![0]!["reference_to"] = 999),
            ("answers[1].data", root => root["answers"]![1]!["data"] = "texte"), ("answers[2].data.gauge", root => root["answers"]![2]!["data"]!["gauge"] = 5), ("answers[3].data.list", root => root["answers"]![3]!["data"]!["list"] = new JsonArray(new JsonObject())),
            ("measures[0].id", root => root["measures"]![0]!["id"] = "x"), ("evaluations[0].reference_to", root => root["evaluations"]![0]!["reference_to"] = "4.1"), ("evaluations[2].gauges", root => root["evaluations"]![2]!["gauges"]!["x"] = 7), ("measures[1]", root => root["measures"]!.AsArray()[1] = 3),
        })
        {
            var root = Sample();
            change(root);
            var (document, refusal) = PiaDocument.Read(Encoding.UTF8.GetBytes(root.ToJsonString()));
            Assert.True(document is null && refusal!.Arguments[0].Equals(place), $"{place}: {refusal?.Arguments[0]}");
        }
        foreach (var file in new[] { "{"u8.ToArray(), "[]"u8.ToArray(), "7"u8.ToArray(), Encoding.UTF8.GetBytes(new string('[', 4000)), "PK\x03\x04xx"u8.ToArray(), Encoding.UTF8.GetBytes("""{"pia":{"name":"\ud800"},"pia":{}}"""), Zipped(new string(' ', PiaDocument.Largest + 5)), [0xFF, 0xFE] })
            Assert.NotNull(PiaDocument.Read(file).Refusal);
        var town = await Town.FoundAsync(registry);
        var reference = await town.AddRecordAsync();
        using var officer = await town.EnterAsync("DPO");
        var page = await officer.GetAsync($"{town.Home}/traitements/{reference}/analyse-d-impact");
        var answer = await officer.UploadAsync(Forms.Of(page).Single(form => form.Fields.Any(field => field.Name == "Form.Version")), "Source", ("pia.json", "{}"u8.ToArray()));
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Contains("il y manque", answer.Text);
    }

    [Fact]
    [Trait("S", "15")]
    public void A_half_of_a_character_where_nothing_looks_is_refused_and_no_text_is_longer_than_the_others()
    {
        foreach (var broken in new[] { "\"inconnu\":\"\\ud800\"", "\"\\ud800\":1", "\"inconnu\":{\"a\":[\"\\udc00\"]}" })
            Assert.NotNull(PiaDocument.Read(Encoding.UTF8.GetBytes("{" + broken + "," + Sample().ToJsonString()[1..])).Refusal);
        foreach (var name in new[] { "dpos_names", "dpo_opinion", "concerned_people_opinion", "rejection_reason", "applied_adjustments" }) Refused("pia." + name, root => root["pia"]![name] = new string('a', 200_001));
        Refused("evaluations[0].action_plan_comment", root => root["evaluations"]![0]!["action_plan_comment"] = new string('a', 200_001));

        static void Refused(string place, Action<JsonObject> change)
        {
            var root = Sample();
            change(root);
            Assert.Equal(place, PiaDocument.Read(Encoding.UTF8.GetBytes(root.ToJsonString())).Refusal?.Arguments[0]);
        }
    }

    [Fact]
    public void Markup_is_taken_away_in_one_walk()
    {
        var root = Sample();
        foreach (var (markup, words) in new[] { ("<p>a</p>< BR/>b<li>c</LI >d <b>e</b>&lt;i&gt; 1 < 2", "a\n\nbc\nd e<i> 1 < 2"), (new string('<', 200_000), new string('<', 200_000)), ("<br" + string.Concat(Enumerable.Repeat("<br ", 40_000)), "<br" + string.Concat(Enumerable.Repeat("<br ", 40_000)).TrimEnd()) })
        {
            root["pia"]!["dpo_opinion"] = markup;
            var watch = System.Diagnostics.Stopwatch.StartNew();
            Assert.Equal(words, new PiaReading(PiaDocument.Parse(root.ToJsonString())).OfficerOpinion);
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(30), $"{watch.Elapsed}");
        }
    }

    private static byte[] Zipped(string text)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        using (var entry = zip.CreateEntry("export_pia.json").Open()) entry.Write(Encoding.UTF8.GetBytes(text));
        return stream.ToArray();
    }
}
