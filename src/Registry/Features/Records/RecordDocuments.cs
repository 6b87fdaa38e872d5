using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Documents;
using Registry.Features.Shared;

namespace Registry.Features.Records;

/// <summary>The register on paper: the whole of it as it is in force, or one sheet, in the order of the CNIL (GDPR 30(1)).</summary>
public sealed class RecordDocuments(RecordStore store, RecordOpinionStore opinions, RecordDesk desk, RegisterOnDay register, Visitor visitor, IStringLocalizer t, TimeProvider clock) : IDocumentSource
{
    private const string Full = "DOC_REGISTER_FULL", One = "DOC_REGISTER_SHEET", Opinion = "DOC_OPINION";

    public IReadOnlyList<string> Codes { get; } = [Full, One, Opinion];

    public Task<DocumentContent?> BuildAsync(string code, string reference) => code switch { Full => RegisterAsync(), Opinion => OpinionAsync(reference), _ => SheetAsync(reference) };

    private async Task<DocumentContent?> RegisterAsync()
    {
        var (now, entries) = (clock.GetUtcNow(), new List<RegisterEntry>());
        for (var batch = await register.NextAsync(now); batch.Count > 0; batch = await register.NextAsync(now, batch[^1].Number)) entries.AddRange(batch);
        return new($"Registre des activités de traitement de {visitor.Organisation.Name}", null, "", Filling.Of(
            ("count", entries.Count),
            ("records", Filling.Each(entries, entry => (object?)Values(entry.ReadSheet(), entry.Reference, entry.VersionNumber, entry.PublishedAt, entry.ValidatedBy, entry.Sha256)))));
    }

    private async Task<DocumentContent?> SheetAsync(string reference)
    {
        if (await store.FindAsync(reference) is not { } record) return null;
        var version = record.PublishedVersion is { } number ? await store.FindVersionAsync(record.Id, number) : null;
        if (version is null && !desk.ReadsDrafts(record.AuthorId == visitor.PersonId)) return null;
        var sheet = version is null ? record.ReadSheet() : SheetJson.Read(version.Content);
        sheet.Publication.InternalNotes = null;
        var values = Values(sheet, record.Reference, version?.Number, version?.PublishedAt, version?.ValidatedBy, version?.Sha256);
        if (desk.ReadsOpinions)
            values["opinions"] = Filling.Each((await opinions.ListAsync(record.Id)).Where(opinion => version?.SupersededAt is not { } until || opinion.RecordedAt < until), opinion => (object?)Filling.Of(
                ("number", opinion.Number), ("on", Dates.Full(opinion.GivenOn)), ("by", opinion.GivenBy), ("conclusion", SheetValues.Label("OpinionConclusion", opinion.Conclusion)), ("text", opinion.Opinion),
                ("decision", opinion.Decision is { } decision ? SheetValues.Label("OpinionDecision", decision) : "attendue du représentant de l’organisme"), ("reason", opinion.DecisionReason)));
        return new($"Fiche {record.Reference} : {sheet.Identification.Title}", record.Id, record.Reference, values);
    }

    /// <summary>The newest opinion on the sheet, with what was decided on it.</summary>
    private async Task<DocumentContent?> OpinionAsync(string reference)
    {
        if (!desk.ReadsOpinions || await store.FindAsync(reference) is not { } record || await opinions.ListAsync(record.Id) is not [var opinion, ..]) return null;
        var sheet = record.ReadSheet();
        return new($"Avis du délégué n° {opinion.Number} sur la fiche {record.Reference}", record.Id, record.Reference, Filling.Of(
            ("number", opinion.Number), ("record", record.Reference), ("title", sheet.Identification.Title), ("purpose", sheet.Purposes.Purpose), ("unit", Filling.Cell(sheet.Identification.Unit)),
            ("onAssessment", opinion.Subject == RecordOpinion.OnAssessment), ("on", Dates.Full(opinion.GivenOn)), ("by", opinion.GivenBy), ("conclusion", SheetValues.Label("OpinionConclusion", opinion.Conclusion)), ("text", opinion.Opinion),
            ("decided", !opinion.Waits), ("decision", opinion.Decision is { } decision ? SheetValues.Label("OpinionDecision", decision) : null), ("reason", opinion.DecisionReason),
            ("decidedOn", opinion.DecidedAt is { } at ? Dates.Instant(at, visitor.Organisation.Zone) : null), ("decidedBy", opinion.DecidedBy), ("decisionDueOn", Dates.Full(opinion.DecisionDueOn))));
    }

    private Dictionary<string, object?> Values(Sheet sheet, string reference, int? version, DateTimeOffset? publishedAt, string? validatedBy, string? sha256)
    {
        var reader = new SheetReader(t, sheet);
        var stamp = sheet.Stamp;
        return Filling.Of(
            ("number", reference), ("title", sheet.Identification.Title), ("unit", Filling.Cell(sheet.Identification.Unit)), ("purpose", sheet.Purposes.Purpose),
            ("version", version), ("publishedOn", publishedAt is { } at ? Dates.Instant(at, visitor.Organisation.Zone) : null), ("validatedBy", validatedBy), ("draft", version is null), ("sha256", sha256),
            ("stampController", stamp?.Controller), ("stampContact", stamp?.ControllerContact), ("stampOfficer", stamp?.Officer), ("stampOfficerContact", stamp?.OfficerContact),
            ("sections", Filling.Each(SheetSections.All.Where(section => section.Key != "publication").Select(section => (section, Fields: reader.Read(section))).Where(one => one.Fields.Count > 0),
                one => (object?)Filling.Of(("title", t.Get(one.section.Title)), ("fields", ReadFields.Fill(one.Fields))))));
    }
}
