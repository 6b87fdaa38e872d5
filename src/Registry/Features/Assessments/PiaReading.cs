using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Registry.Features.Assessments;

public sealed record PiaRisk(string Title, int Severity, int Likelihood, int SeverityLeft, int LikelihoodLeft);

public sealed record PiaAnswer(string Label, string Text, IReadOnlyList<string> Items, int? Level);

/// <summary>An assessment as a page shows it. Its texts are those of a rich editor: only their words are kept, never their markup.</summary>
public sealed partial class PiaReading(PiaDocument document)
{
    private readonly JsonObject _pia = document.Root["pia"]!.AsObject();
    private readonly Dictionary<int, JsonObject> _answers = document.Root["answers"]!.AsArray().Select(item => item!.AsObject()).DistinctBy(item => PiaDocument.Whole(item["reference_to"])).ToDictionary(item => PiaDocument.Whole(item["reference_to"])!.Value, item => item["data"]!.AsObject());
    private readonly Dictionary<string, JsonObject> _evaluations = document.Root["evaluations"]!.AsArray().Select(item => item!.AsObject()).DistinctBy(item => PiaDocument.Said(item["reference_to"])).ToDictionary(item => PiaDocument.Said(item["reference_to"]));

    public string Name => Said("name");
    public int? Status => PiaDocument.Whole(_pia["status"]);
    public string Author => Said("author_name");
    public string Evaluator => Said("evaluator_name");
    public string Validator => Said("validator_name");
    public string OfficerOpinion => Said("dpo_opinion");
    public string Officers => Said("dpos_names");
    public string PeopleOpinion => Said("concerned_people_opinion");
    public string Rejection => Said("rejection_reason");
    public string Adjustments => Said("applied_adjustments");

    public IReadOnlyList<PiaRisk> Risks => [.. PiaQuestions.Feared.Select(one =>
    {
        var left = _evaluations.GetValueOrDefault(one.Evaluation)?["gauges"];
        return new PiaRisk(one.Title, Gauge(one.First + 4) ?? 0, Gauge(one.First + 5) ?? 0, PiaDocument.Whole(left?["x"]) ?? 0, PiaDocument.Whole(left?["y"]) ?? 0);
    })];

    public IReadOnlyList<(string Title, IReadOnlyList<PiaAnswer> Answers)> Chapters => [.. PiaQuestions.Chapters
        .Select(chapter => (chapter.Title, (IReadOnlyList<PiaAnswer>)[.. chapter.Questions.Where(question => _answers.ContainsKey(question.Number))
            .Select(question => new PiaAnswer(question.Label, Plain(PiaDocument.Said(_answers[question.Number]["text"])), Items(_answers[question.Number]), Gauge(question.Number) is > 0 and var level ? level : null))
            .Where(answer => answer.Text.Length > 0 || answer.Items.Count > 0 || answer.Level is not null)]))
        .Where(chapter => chapter.Item2.Count > 0)];

    public IReadOnlyList<(string Title, string Content, int? Judgement, string Action)> Measures => [.. document.Root["measures"]!.AsArray().Select(item => item!.AsObject()).Select(item =>
    {
        var evaluation = _evaluations.GetValueOrDefault($"3.1.{PiaDocument.Said(item["id"])}");
        return (PiaDocument.Said(item["title"]), Plain(PiaDocument.Said(item["content"])), PiaDocument.Whole(evaluation?["status"]), Plain(PiaDocument.Said(evaluation?["action_plan_comment"])));
    })];

    private int? Gauge(int question) => _answers.TryGetValue(question, out var data) ? PiaDocument.Whole(data["gauge"]) : null;

    private static List<string> Items(JsonObject data) => data["list"] is JsonArray list ? [.. list.Select(item => Plain(PiaDocument.Said(item))).Where(text => text.Length > 0)] : [];

    private string Said(string name) => Plain(PiaDocument.Said(_pia[name]));

    private static string Plain(string text) => Blank().Replace(WebUtility.HtmlDecode(WithoutTags(text)).Replace('\u00A0', ' '), "\n\n").Trim();

    // One walk: a pattern would look for the end of each of a thousand signs that have none.
    private static string WithoutTags(string text)
    {
        var (words, at) = (new StringBuilder(text.Length), 0);
        while (text.IndexOf('<', at) is var from and >= 0 && text.IndexOf('>', from) is var to and >= 0)
        {
            words.Append(text, at, from - at);
            if (EndsLine(text.AsSpan(from + 1, to - from - 1).TrimStart())) words.Append('\n');
            at = to + 1;
        }
        return words.Append(text, at, text.Length - at).ToString();
    }

    private static bool EndsLine(ReadOnlySpan<char> tag)
    {
        foreach (var name in LineEnds)
            if (tag.StartsWith(name, StringComparison.OrdinalIgnoreCase)) return true;
        return false;
    }

    private static readonly string[] LineEnds = ["br", "/p", "/li", "/div", "/h1", "/h2", "/h3", "/h4", "/h5", "/h6"];

    [GeneratedRegex(@"\n\s*\n\s*", RegexOptions.CultureInvariant, 2000)]
    private static partial Regex Blank();
}
