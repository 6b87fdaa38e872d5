using Registry.Access;
using Registry.Documents;
using Registry.Facts;
using Registry.Features.Shared;

namespace Registry.Features.Records;

/// <summary>The screening before an impact assessment (GDPR 35) on paper: what was ticked, what the register proposes, what a person concluded.</summary>
public sealed class ScreeningDocuments(RecordStore store, RecordDesk desk, Visitor visitor) : IDocumentSource
{
    public IReadOnlyList<string> Codes { get; } = ["DOC_DPIA_SCREENING"];

    public async Task<DocumentContent?> BuildAsync(string code, string reference)
    {
        if (await store.FindAsync(reference) is not { } record) return null;
        var version = record.PublishedVersion is { } number ? await store.FindVersionAsync(record.Id, number) : null;
        if (version is null && !desk.ReadsDrafts(record.AuthorId == visitor.PersonId)) return null;
        var sheet = version is null ? record.ReadSheet() : SheetJson.Read(version.Content);
        var dpia = sheet.Dpia;
        var criteria = Vocabulary.Current.Terms("DpiaCriterion").Select(term => (term.Label, Met: dpia.Criteria.Contains(term.Code))).ToList();
        List<object?> Named(string list, IEnumerable<string> codes) => Filling.Each(codes, one => SheetValues.Label(list, one));
        return new($"Pré-examen d’analyse d’impact, fiche {record.Reference}", record.Id, record.Reference, Filling.Of(
            ("number", record.Reference), ("title", sheet.Identification.Title), ("unit", Filling.Cell(sheet.Identification.Unit)), ("purpose", Filling.Cell(sheet.Purposes.Purpose)), ("draft", version is null), ("version", version?.Number),
            ("criteria", Filling.Each(criteria, one => (object?)Filling.Of(("name", one.Label), ("met", one.Met ? "oui" : "non")))), ("met", criteria.Count(one => one.Met)),
            ("cases", Filling.Each(dpia.Article35Cases, one => (object?)SheetValues.Text(typeof(DpiaSection).GetProperty(nameof(DpiaSection.Article35Cases))!, one))),
            ("required", Named("DpiaRequiredType", dpia.RequiredListHits)), ("exempt", Named("DpiaExemptType", dpia.ExemptListHits)), ("legal", dpia.LegalAssessment),
            ("suggestion", SheetValues.Label("DpiaConclusion", dpia.Suggestion)), ("conclusion", dpia.Conclusion is { } conclusion ? SheetValues.Label("DpiaConclusion", conclusion) : null),
            ("differs", dpia.Conclusion is not null && dpia.Conclusion != dpia.Suggestion), ("reason", dpia.Reason), ("decidedOn", dpia.DecidedOn is { } day ? Dates.Full(day) : null),
            ("status", dpia.DpiaStatus is { } status ? SheetValues.Label("DpiaStatus", status) : null),
            ("waiver", dpia.Waived ? dpia.WaiverReason : null), ("waivedBy", dpia.WaivedBy), ("waivedOn", dpia.WaivedOn is { } waived ? Dates.Full(waived) : null)));
    }
}
