using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Localization;
using Registry.Features.Records;
using Registry.Features.Shared;

namespace Registry.Features.Assessments;

/// <summary>An assessment begun from a sheet: what the register knows already is written into the tool's form, the risks are left to those who assess them.</summary>
public sealed class PiaDraft(IStringLocalizer t)
{
    public PiaDocument Of(Sheet sheet, string author, DateTimeOffset now)
    {
        var at = now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        var reader = new SheetReader(t, sheet);
        var answers = new JsonArray();
        foreach (var (number, text) in new[]
        {
            (111, sheet.Identification.Description ?? sheet.Purposes.Purpose), (112, Words(sheet.Identification, nameof(IdentificationSection.GdprRole), nameof(IdentificationSection.Owner), nameof(IdentificationSection.JointControllers), nameof(IdentificationSection.JointArrangement))),
            (121, Words(sheet.People, nameof(PeopleSection.DataSubjects), nameof(PeopleSection.DataCategories))), (122, Words(sheet.People, nameof(PeopleSection.CollectionMeans))), (123, Words(sheet.Processors, nameof(ProcessorsSection.Systems), nameof(ProcessorsSection.PaperFiles))),
            (211, Words(sheet.Purposes, nameof(PurposesSection.Purpose), nameof(PurposesSection.SubPurposes))), (212, Words(sheet.Purposes, nameof(PurposesSection.LegalBases))), (215, Words(sheet.Retention, nameof(RetentionSection.Rules))),
            (221, Words(sheet.Information, nameof(InformationSection.Channels), nameof(InformationSection.NoticeReference))), (222, Words(sheet.Purposes, nameof(PurposesSection.ConsentMeans), nameof(PurposesSection.WithdrawalMeans))),
            (226, Words(sheet.Processors, nameof(ProcessorsSection.Processors))), (227, Words(sheet.Transfers, nameof(TransfersSection.Transfers))),
        })
            if (!string.IsNullOrWhiteSpace(text))
                answers.Add(new JsonObject { ["pia_id"] = 1, ["reference_to"] = number, ["data"] = new JsonObject { ["text"] = Rich(text), ["gauge"] = null, ["list"] = new JsonArray() }, ["created_at"] = at });
        var measures = new JsonArray();
        foreach (var (index, measure) in sheet.Security.Measures.Index())
            measures.Add(new JsonObject { ["id"] = index + 1, ["pia_id"] = 1, ["title"] = SheetValues.Label("SecurityMeasure", measure.Measure), ["content"] = Rich(string.Join("\n", new[] { SheetValues.Label("MeasureStatus", measure.Status), measure.Note }.Where(text => !string.IsNullOrWhiteSpace(text)))), ["placeholder"] = null, ["created_at"] = at });
        return new(new JsonObject
        {
            ["pia"] = new JsonObject { ["id"] = 1, ["name"] = sheet.Identification.Title, ["category"] = "", ["author_name"] = author, ["evaluator_name"] = "", ["validator_name"] = "", ["status"] = 0, ["progress"] = 0, ["is_example"] = 0, ["created_at"] = at },
            ["answers"] = answers, ["measures"] = measures, ["evaluations"] = new JsonArray(), ["comments"] = new JsonArray(),
        });

        string Words(object part, params string[] fields)
        {
            var left = SheetText.Fields(part.GetType()).Select(field => field.Name).Except(fields).ToHashSet();
            return string.Join("\n", reader.Read(part, left).Select(field => $"{field.Label} : {(field.Table is { } table ? string.Join(" ; ", table.Rows.Select(row => string.Join(", ", row.Where(cell => cell.Length > 0)))) : field.Lines is { } lines ? string.Join(" ; ", lines) : field.Text)}"));
        }
    }

    private static string Rich(string text) => string.Concat(text.Split('\n').Select(line => $"<p>{WebUtility.HtmlEncode(line)}</p>"));
}
