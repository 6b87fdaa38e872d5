using System.Globalization;

namespace Registry.Features.Records;

/// <summary>A proposal of the library that a person has to confirm or replace.</summary>
public sealed record ToConfirm(string SectionKey, string FieldPath, string MessageKey, IReadOnlyList<string> Arguments, string? Confidence = null)
{
    public string Message => string.Format(CultureInfo.InvariantCulture, MessageKey, [.. Arguments]);
}

/// <summary>
/// What the author of a sheet taken from the library still has to look at: the least certain durations first. It is read from the sheet as it
/// stands, so a point goes away when it is settled and the banner needs no memory of its own.
/// </summary>
public static class SheetToConfirm
{
    private const string Duration = "Confirmez la durée de « {0} » : c’est une proposition.";
    private const string DurationByRule = "Vérifiez la durée de « {0} » avec les archives départementales.";
    private const string Measures = "Dites quelles mesures de sécurité sont en place : {0} sont seulement prévues.";
    private const string Conclusion = "Concluez sur l’analyse d’impact. La bibliothèque propose : {0}.";
    private const string Transfer = "Vérifiez les transferts : {0}.";
    private const string Processors = "Nommez vos sous-traitants. D’ordinaire : {0}.";
    private const string JointControllers = "Voyez si un autre organisme décide avec vous : {0}.";
    private const string Notice = "Indiquez où se trouve la mention d’information.";

    public static IReadOnlyList<string> AllMessageKeys { get; } =
        [Duration, DurationByRule, Measures, Conclusion, Transfer, Processors, JointControllers, Notice];

    public static IReadOnlyList<ToConfirm> Read(Sheet sheet)
    {
        if (RecordModels.Find(sheet.ModelCode) is not { } model) return [];
        var points = new List<ToConfirm>();
        points.AddRange(Durations(sheet, "LOW", Duration));
        points.AddRange(Durations(sheet, "MEDIUM", DurationByRule));
        var planned = sheet.Security.Measures.Count(row => row.Status == "PLANNED");
        if (planned > 0) points.Add(new("securite", "Measures", Measures, [planned.ToString(CultureInfo.InvariantCulture)]));
        if (string.IsNullOrEmpty(sheet.Dpia.Conclusion))
            points.Add(new("aipd", "Conclusion", Conclusion, [SheetValues.Label("DpiaConclusion", model.ProposedDpiaConclusion)]));
        // The remark of the library stays in the line until somebody has written what really happens.
        if (model.TransferNote is { } note && sheet.Transfers.Transfers.Exists(row => row.DerogationNote == note))
            points.Add(new("transferts", "Transfers", Transfer, [note]));
        if (model.TypicalProcessors.Count > 0 && sheet.Processors.Processors.Count == 0)
            points.Add(new("sous-traitants", "Processors", Processors, [string.Join(" ; ", model.TypicalProcessors)]));
        if (model.TypicalJointControllers.Count > 0 && sheet.Identification.JointControllers.Count == 0)
            points.Add(new("identification", "JointControllers", JointControllers, [string.Join(" ; ", model.TypicalJointControllers)]));
        if (string.IsNullOrEmpty(sheet.Information.NoticeReference) && string.IsNullOrEmpty(sheet.Information.ExemptionReason))
            points.Add(new("information", "NoticeReference", Notice, []));
        return points;
    }

    private static IEnumerable<ToConfirm> Durations(Sheet sheet, string confidence, string key) =>
        sheet.Retention.Rules.Index()
            .Where(rule => rule.Item.Confidence == confidence && !rule.Item.ArchivesAgreed)
            .Select(rule => new ToConfirm("conservation", $"Rules[{rule.Index}].ActiveDuration", key, [rule.Item.Scope ?? ""], confidence));
}
