using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Documents;
using Registry.Facts;
using Registry.Features.Shared;

namespace Registry.Features.Breaches;

/// <summary>What articles 33 and 34 ask to be written: the register, the file for the authority, the letter to the persons, and why the authority was not told.</summary>
public sealed class BreachDocuments(BreachDesk desk, BreachExport export, Visitor visitor, IStringLocalizer t) : IDocumentSource
{
    private const string Register = "DOC_BREACH_REGISTER", Notification = "DOC_CNIL_NOTIFICATION", Letter = "DOC_SUBJECT_LETTER";

    public IReadOnlyList<string> Codes { get; } = [Register, Notification, Letter, "DOC_NO_NOTIFICATION_NOTE"];

    private TimeZoneInfo Zone => visitor.Organisation.Zone;

    public async Task<DocumentContent?> BuildAsync(string code, string reference)
    {
        if (code == Register) return await RegisterAsync();
        // An incident without personal data is none of article 33.
        if (await desk.ReadAsync(reference) is not { Breach.IsIncident: false } reading) return null;
        var (breach, about) = (reading.Breach, $"{reading.Breach.Reference} : {reading.Breach.Title}");
        return code switch
        {
            Notification => new($"Dossier de notification {about}", breach.Id, breach.Reference, await NotificationAsync(reading)),
            // What the persons receive is not called by our number.
            Letter => new("Information sur une violation de vos données personnelles", breach.Id, breach.Reference, LetterOf(reading)),
            _ => new($"Note de non-notification {about}", breach.Id, breach.Reference, Note(reading)),
        };
    }

    private async Task<DocumentContent?> RegisterAsync()
    {
        var rows = await export.AllAsync(year: null);
        var columns = new BreachColumns(t, visitor.Organisation, null);
        var heads = columns.Heads;
        return new($"Registre des violations de {visitor.Organisation.Name}", null, "", Filling.Of(
            ("count", rows.Count), ("notified", rows.Count(row => row.Breach.NotifiedAt is not null)),
            ("breaches", Filling.Each(rows, row => (object?)Filling.Of(
                ("number", row.Breach.Reference), ("title", row.Breach.Title), ("state", t.Get(BreachStates.Word(row.Breach.State.Status))),
                ("aware", Filling.Cell(Moment(row.Breach.AwareAt))), ("risk", Filling.Cell(Label("BreachRiskLevel", row.Breach.RiskLevel))), ("authority", Label("CnilNotificationStatus", row.Breach.AuthorityStatus)),
                ("fields", Filling.Each(heads.Zip(columns.Row(row)).Skip(3).Where(cell => cell.Second is not null), cell => (object?)Filling.Of(
                    ("label", cell.First.Title), ("text", cell.Second is DateTime at ? Dates.Instant(new DateTimeOffset(at, TimeSpan.Zero), TimeZoneInfo.Utc) : $"{cell.Second}")))))))));
    }

    private async Task<Dictionary<string, object?>> NotificationAsync(BreachReading reading)
    {
        var sections = await desk.DossierAsync(reading);
        return Filling.Of(
            ("number", reading.Breach.Reference), ("title", reading.Breach.Title),
            ("missing", Filling.Each(Dossier.Missing(sections), field => (object?)field.Label)),
            ("due", Moment(reading.Breach.NotifyBy)), ("late", reading.Breach.NotifiedLate),
            ("sections", Filling.Each(sections, section => (object?)Filling.Of(("title", section.Title), ("fields", Filling.Each(section.Fields.Where(field => field.Text is not null || field.Missing), field => (object?)Filling.Of(("label", field.Label), ("text", field.Text))))))),
            ("steps", Filling.Each(reading.Clock?.Strict.Steps ?? [], step => (object?)step.Sentence)),
            ("timeline", Filling.Each(reading.Entries, entry => (object?)Filling.Of(("at", Dates.Instant(entry.HappenedAt, Zone)), ("what", BreachWords.Of(entry, key => t.Get(key)).Title)))));
    }

    private Dictionary<string, object?> LetterOf(BreachReading reading)
    {
        var (breach, sheet) = (reading.Breach, reading.Sheet);
        return Filling.Of(
            ("happened", sheet.Facts.Description ?? sheet.Facts.Title), ("on", breach.StartedAt is { } at ? Day(at) : null), ("found", breach.AwareAt is { } aware ? Day(aware) : null),
            ("data", Labels("DataCategory", sheet.People.DataCategories)), ("dataNote", sheet.People.DataNote),
            ("consequences", Labels("BreachConsequence", sheet.Measures.Consequences)), ("harms", Labels("BreachHarm", sheet.Measures.Harms)),
            ("taken", sheet.Measures.MeasuresTaken), ("planned", sheet.Measures.MeasuresPlanned), ("notified", breach.NotifiedAt is { } sent ? Day(sent) : null),
            ("confidentiality", sheet.Facts.Natures.Contains("CONFIDENTIALITY")), ("availability", sheet.Facts.Natures.Contains("AVAILABILITY")));
    }

    private Dictionary<string, object?> Note(BreachReading reading)
    {
        var (breach, sheet, risk) = (reading.Breach, reading.Sheet, reading.Risk);
        var decided = reading.Entries.LastOrDefault(entry => entry.Kind == EntryKinds.Decision && entry.Read<StepTaken>().Act == "ne-pas-notifier");
        return Filling.Of(
            ("number", breach.Reference), ("title", breach.Title), ("description", sheet.Facts.Description ?? sheet.Facts.Title), ("aware", Moment(breach.AwareAt)), ("natures", Labels("BreachNature", sheet.Facts.Natures)),
            ("data", Labels("DataCategory", sheet.People.DataCategories)), ("people", Labels("DataSubjectCategory", sheet.People.SubjectCategories)), ("count", PeoplePart.Range(sheet.People.SubjectsAtLeast, sheet.People.SubjectsAtMost)),
            ("before", sheet.Measures.MeasuresBefore), ("taken", sheet.Measures.MeasuresTaken), ("unintelligible", sheet.Measures.DataUnintelligible == true), ("backup", sheet.Measures.BackupAvailable == true),
            ("severity", Label("SeverityLevel", risk?.Severity)), ("likelihood", Label("LikelihoodLevel", risk?.Likelihood)), ("level", Label("BreachRiskLevel", risk?.Level ?? breach.RiskLevel)), ("riskReason", risk?.Reason),
            ("decided", decided is not null), ("decidedOn", decided is null ? null : Dates.Instant(decided.HappenedAt, Zone)), ("decidedBy", decided?.MadeBy), ("reason", decided?.Read<StepTaken>().Reason));
    }

    private string Day(DateTimeOffset at) => Dates.Full(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, Zone).DateTime));

    private string? Moment(DateTimeOffset? at) => at is { } moment ? Dates.Instant(moment, Zone) : null;

    private static string? Label(string list, string? code) => string.IsNullOrEmpty(code) ? null : Vocabulary.Current.Label(list, code);

    private static List<object?> Labels(string list, IEnumerable<string> codes) => Filling.Each(codes, code => (object?)Vocabulary.Current.Label(list, code));
}
