using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Documents;
using Registry.Facts;
using Registry.Features.Records;
using Registry.Features.Shared;

namespace Registry.Features.Breaches;

/// <summary>The register of article 33(5) as a table: facts, effects, remedies (the three that the law names), the clock, and the decisions.</summary>
public sealed class BreachColumns
{
    private sealed record Column(string Title, int Width, Func<RegisterRow, BreachSheet, object?> Cell);

    private const int Short = 14, Usual = 24, Wide = 48;
    private readonly IReadOnlyList<Column> _columns;

    public BreachColumns(IStringLocalizer t, CurrentOrganisation organisation, string? copyOf)
    {
        var (zone, words) = (organisation.Zone, Vocabulary.Current);
        DateTime? Local(DateTimeOffset? at) => at is { } moment ? TimeZoneInfo.ConvertTime(moment, zone).DateTime : null;
        string? Labels(string list, IReadOnlyList<string> codes) => codes.Count == 0 ? null : string.Join('\n', codes.Select(code => words.Label(list, code)));
        string? Said(RegisterRow row, string kind) => string.Join('\n', row.Entries.Where(entry => entry.Kind == kind)
            .Select(entry => $"{Dates.Instant(entry.HappenedAt, zone)} : {string.Join(" – ", new[] { BreachWords.Of(entry, key => t.Get(key)).Title, BreachWords.Of(entry, key => t.Get(key)).Text }.Where(part => part is not null))}")) is { Length: > 0 } said ? said : null;
        List<Column> columns =
        [
            new(t.Get("Organisme"), Usual, (_, _) => organisation.Name),
            new(t.Get("Référence"), Short, (row, _) => row.Breach.Reference),
            new(t.Get("Violation"), Wide, (row, _) => row.Breach.Title),
            new(t.Get("État"), Short, (row, _) => t.Get(BreachStates.Word(row.Breach.State.Status))),
            new(t.Get("Signalée le"), Short, (row, _) => Local(row.Breach.ReportedAt)),
            new(t.Get("Début de la violation"), Short, (row, _) => Local(row.Breach.StartedAt)),
            new(t.Get("Fin de la violation"), Short, (row, _) => Local(row.Breach.EndedAt)),
            new(t.Get("Prise de connaissance"), Short, (row, _) => Local(row.Breach.AwareAt)),
            new(t.Get("Limite stricte"), Short, (row, _) => Local(row.Breach.NotifyBy)),
            new(t.Get("Description"), Wide, (_, sheet) => sheet.Facts.Description),
            new(t.Get("Nature"), Usual, (_, sheet) => Labels("BreachNature", sheet.Facts.Natures)),
            new(t.Get("Origine de l’incident"), Usual, (_, sheet) => words.Label("BreachOrigin", sheet.Facts.Origin)),
            new(t.Get("Cause"), Usual, (_, sheet) => words.Label("BreachCause", sheet.Facts.Cause)),
            new(t.Get("Catégories de données"), Wide, (_, sheet) => Labels("DataCategory", sheet.People.DataCategories)),
            new(t.Get("Catégories de personnes"), Wide, (_, sheet) => Labels("DataSubjectCategory", sheet.People.SubjectCategories)),
            new(t.Get("Nombre approximatif de personnes"), Short, (_, sheet) => PeoplePart.Range(sheet.People.SubjectsAtLeast, sheet.People.SubjectsAtMost)),
            new(t.Get("Conséquences probables"), Wide, (_, sheet) => Labels("BreachConsequence", sheet.Measures.Consequences)),
            new(t.Get("Préjudices possibles pour les personnes"), Wide, (_, sheet) => Labels("BreachHarm", sheet.Measures.Harms)),
            new(t.Get("Risque"), Short, (row, _) => row.Breach.RiskLevel is { } level ? words.Label("BreachRiskLevel", level) : null),
            new(t.Get("Mesures qui étaient en place"), Wide, (_, sheet) => sheet.Measures.MeasuresBefore),
            new(t.Get("Mesures prises"), Wide, (_, sheet) => sheet.Measures.MeasuresTaken),
            new(t.Get("Mesures prévues"), Wide, (_, sheet) => sheet.Measures.MeasuresPlanned),
            new(t.Get("CNIL"), Usual, (row, _) => words.Label("CnilNotificationStatus", row.Breach.AuthorityStatus)),
            new(t.Get("Première notification"), Short, (row, _) => Local(row.Breach.NotifiedAt)),
            new(t.Get("Hors délai"), Short, (row, _) => row.Breach.NotifiedLate ? t.Get("Oui") : null),
            new(t.Get("Notifications"), Wide, (row, _) => Said(row, EntryKinds.Notification)),
            new(t.Get("Information des personnes"), Usual, (row, _) => words.Label("SubjectsInformationStatus", row.Breach.PeopleStatus)),
            new(t.Get("Communications"), Wide, (row, _) => Said(row, EntryKinds.Communication)),
            new(t.Get("Décisions"), Wide, (row, _) => Said(row, EntryKinds.Decision)),
            new(t.Get("Close le"), Short, (row, _) => Local(row.Breach.ClosedAt)),
        ];
        if (copyOf is not null) columns.Add(new(t.Get("Copie remise à"), Usual, (_, _) => copyOf));
        _columns = columns;
    }

    public IReadOnlyList<TableColumn> Heads => [.. _columns.Select(column => new TableColumn(column.Title, column.Width))];

    public IReadOnlyList<object?> Row(RegisterRow row)
    {
        var sheet = row.Breach.ReadSheet();
        return [.. _columns.Select(column => column.Cell(row, sheet) is string { Length: 0 } ? null : column.Cell(row, sheet))];
    }
}
