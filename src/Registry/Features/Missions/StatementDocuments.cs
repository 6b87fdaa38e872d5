using Registry.Documents;
using Registry.Facts;
using Registry.Features.Shared;

namespace Registry.Features.Missions;

/// <summary>The days of a month, their price, and where the controller validates them.</summary>
public sealed class StatementDocuments(MissionDesk desk) : IDocumentSource
{
    public IReadOnlyList<string> Codes { get; } = ["DOC_MONTHLY_STATEMENT"];

    public async Task<DocumentContent?> BuildAsync(string code, string reference)
    {
        if (await desk.ReadAsync(reference) is not { } reading) return null;
        var (mission, statement) = (reading.Mission, reading.Statement);
        return new($"État mensuel d’intervention, {Dates.LongMonth(statement.Month)}", statement.Id, statement.Reference, Filling.Of(
            ("month", Dates.LongMonth(statement.Month)), ("mission", mission.Title), ("convention", mission.ConventionTitle), ("phase", Vocabulary.Current.Label("CompliancePhase", MissionStates.Code(MissionPhase.InitialCompliance))),
            ("lines", Filling.Each(reading.Lines, line => (object?)Filling.Of(
                ("on", Dates.Full(line.HeldOn)), ("who", line.PerformedBy), ("where", Vocabulary.Current.Label("InterventionPlace", line.Place)), ("kind", Vocabulary.Current.Label("InterventionKind", line.Kind)),
                ("what", line.Summary), ("days", Mission.Days(line.Days))))),
            ("days", Mission.Days(reading.Days)), ("rate", Amounts.Euros(mission.DailyRate)), ("amount", Amounts.Euros(reading.Amount)),
            ("estimated", Mission.Days(mission.InitialDays)), ("used", Mission.Days(mission.InitialUsed)),
            ("status", Vocabulary.Current.Label("StatementStatus", statement.Status)), ("sentOn", statement.SentOn is { } sent ? Dates.Full(sent) : null), ("sentBy", statement.SentBy),
            ("dueOn", statement.DueOn is { } due ? Dates.Full(due) : null), ("validated", statement.ValidatedOn is not null),
            ("validatedOn", statement.ValidatedOn is { } validated ? Dates.Full(validated) : null), ("validatedBy", statement.ValidatedBy), ("disputed", statement.State == StatementStatus.Disputed), ("dispute", statement.Dispute)));
    }
}
