using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Documents;
using Registry.Features.Shared;

namespace Registry.Features.Records;

/// <summary>What people are told (GDPR 13, 14), and the clause a processor signs (28(3)), both born from the version in force.</summary>
public sealed class NoticeDocuments(RecordStore store, IStringLocalizer t) : IDocumentSource
{
    private const string Clause = "DOC_PROCESSOR_CLAUSE";

    public IReadOnlyList<string> Codes { get; } = ["DOC_INFORMATION_NOTICE", "DOC_INFORMATION_NOTICE_SHORT", Clause];

    public async Task<DocumentContent?> BuildAsync(string code, string reference)
    {
        // Nothing is announced that is not in force.
        if (await store.FindAsync(reference) is not { PublishedVersion: { } number } record || await store.FindVersionAsync(record.Id, number) is not { } version) return null;
        var sheet = SheetJson.Read(version.Content);
        var title = (code == Clause ? "Clause de protection des données : " : "Information sur vos données : ") + sheet.Identification.Title;
        return new(title, record.Id, record.Reference, code == Clause ? ClauseValues(sheet) : NoticeValues(sheet));
    }

    private Dictionary<string, object?> NoticeValues(Sheet sheet)
    {
        var bases = sheet.Purposes.LegalBases.Where(row => row.Basis is not null).ToList();
        bool On(string basis) => bases.Exists(row => row.Basis == basis);
        var direct = sheet.People.DataCategories.Exists(row => row.Source is null or "DATA_SUBJECT" or "PARENT_OR_REP" or "DEVICE");
        var sources = sheet.People.DataCategories.Select(row => row.Source).Where(source => source is "OTHER_ADMINISTRATION" or "PUBLIC_SOURCE" or "THIRD_PARTY" or "INTERNAL").Distinct().ToList();
        var transfers = sheet.Transfers.Transfers.Where(row => row.Mechanism is not null and not TransfersSection.None).ToList();
        return Filling.Of(
            ("title", sheet.Identification.Title), ("purpose", sheet.Purposes.Purpose), ("subPurposes", sheet.Purposes.SubPurposes.Cast<object?>().ToList()), ("joint", sheet.Identification.JointControllers.Cast<object?>().ToList()),
            ("bases", Filling.Each(bases, row => (object?)Filling.Of(("basis", SheetValues.Label("LegalBasis", row.Basis)), ("reference", row.Reference), ("for", row.AppliesTo)))),
            ("data", Filling.Each(sheet.People.DataCategories, row => (object?)Filling.Of(("category", SheetValues.Label("DataCategory", row.Category)), ("detail", row.Detail), ("mandatory", row.Mandatory)))),
            ("mandatory", sheet.People.DataCategories.Exists(row => row.Mandatory)), ("direct", direct), ("sources", sources.Select(source => (object?)SheetValues.Label("DataSource", source)).ToList()),
            ("recipients", Filling.Each(sheet.Recipients.Recipients, row => (object?)(row.Label ?? SheetValues.Label("RecipientKind", row.Kind)))),
            ("processors", Filling.Each(sheet.Processors.Processors.Where(row => row.EndOn is null), row => (object?)(row.Service ?? row.Name))),
            ("retention", Filling.Each(sheet.Retention.Rules, rule => (object?)Filling.Of(("scope", rule.Scope ?? Say("L’ensemble des données", "All the data")), ("duration", Duration(rule))))),
            ("transfers", Filling.Each(transfers, row => (object?)$"{(row.Country is { } country ? Countries.Name(country) : row.Recipient)} ({SheetValues.Label("TransferMechanism", row.Mechanism)})")),
            ("automated", sheet.Sensitive.AutomatedDecision == true), ("logic", sheet.Sensitive.AutomatedDecisionLogic), ("significance", sheet.Sensitive.AutomatedDecisionSignificance),
            // GDPR 17(3)(b), 20(1), 21(1): which rights there are follows from the basis.
            ("consent", On("CONSENT")), ("withdrawal", sheet.Purposes.WithdrawalMeans), ("objection", On("PUBLIC_TASK") || On("LEGITIMATE_INTERESTS")), ("portability", On("CONSENT") || On("CONTRACT")),
            ("erasure", On("CONSENT") || On("CONTRACT") || On("LEGITIMATE_INTERESTS")), ("interests", On("LEGITIMATE_INTERESTS")), ("rightsNotes", sheet.Information.RightsNotes), ("rightsContact", sheet.Information.RightsContact));
    }

    private Dictionary<string, object?> ClauseValues(Sheet sheet) => Filling.Of(
        ("title", sheet.Identification.Title), ("purpose", sheet.Purposes.Purpose),
        ("processor", sheet.Processors.Processors.Find(row => row.EndOn is null) is { } first ? first.Name : null), ("service", sheet.Processors.Processors.Find(row => row.EndOn is null)?.Service),
        ("contract", sheet.Processors.Processors.Find(row => row.EndOn is null)?.ContractReference),
        ("people", Filling.Each(sheet.People.DataSubjects, row => (object?)Join(", ", SheetValues.Label("DataSubjectCategory", row.Category), row.Detail))),
        ("data", Filling.Each(sheet.People.DataCategories, row => (object?)Join(", ", SheetValues.Label("DataCategory", row.Category), row.Detail))),
        ("special", sheet.Sensitive.SpecialPresent == true || sheet.Sensitive.OffencesPresent == true || sheet.Sensitive.NirUsed == true),
        ("retention", Filling.Each(sheet.Retention.Rules, rule => (object?)Filling.Of(("scope", rule.Scope ?? "L’ensemble des données"), ("duration", Duration(rule))))),
        ("measures", Filling.Each(sheet.Security.Measures, row => (object?)Join(" : ", SheetValues.Label("SecurityMeasure", row.Measure), row.Note))),
        ("missing", Filling.Each(sheet.Processors.Processors.SelectMany(row => row.Art28Missing).Distinct(), item => (object?)SheetValues.Label("Art28Item", item))));

    private string? Duration(RetentionRule rule)
    {
        var active = string.IsNullOrEmpty(rule.ActiveDuration) ? rule.ActiveCriterion
            : Join(" ", SheetValues.Duration(rule.ActiveDuration, key => t.Get(key)), rule.ActiveTrigger is null ? null : $"{Say("à partir de :", "from:")} {SheetValues.Label("RetentionTrigger", rule.ActiveTrigger).ToLowerInvariant()}");
        var then = string.IsNullOrEmpty(rule.IntermediateDuration) ? null : $"{Say("puis", "then")} {SheetValues.Duration(rule.IntermediateDuration, key => t.Get(key))} {Say("en archivage intermédiaire", "in intermediate archives")}";
        return Join(", ", active, then) is { Length: > 0 } text ? text : null;
    }

    private static string Say(string french, string english) => Languages.IsEnglish ? english : french;

    private static string Join(string between, params string?[] parts) => string.Join(between, parts.Where(part => !string.IsNullOrWhiteSpace(part)));
}
