using Microsoft.Extensions.Localization;
using Registry.Documents;
using Registry.Features.Records;
using Registry.Features.Shared;

namespace Registry.Features.Conventions;

/// <summary>What a meeting of a convention looks at: what was done since the last one, what is due, what was measured.</summary>
public sealed class MeetingDocuments(ConventionDesk desk, IndicatorStore indicators, EscalationStore escalations, IStringLocalizer t) : IDocumentSource
{
    private const int MonthsOfFirstLook = 3;

    public IReadOnlyList<string> Codes { get; } = ["DOC_QUARTERLY_SUPPORT"];

    public async Task<DocumentContent?> BuildAsync(string code, string reference)
    {
        if (await desk.ReadAsync(reference) is not { } reading) return null;
        var (convention, life, today) = (reading.Convention, reading.Life, reading.Today);
        var held = life.Meetings.Where(meeting => meeting.HeldOn is not null).MaxBy(meeting => meeting.HeldOn);
        var next = life.Meetings.Where(meeting => meeting.HeldOn is null && meeting.PlannedOn >= today).MinBy(meeting => meeting.PlannedOn);
        var since = held?.HeldOn ?? today.AddMonths(-MonthsOfFirstLook);
        var names = reading.Obligations.Where(one => one.Row.Code is not null).ToLookup(one => one.Row.Code!, one => one.Row.Text);
        var states = reading.ReadsIndicators ? IndicatorState.List(reading.Sheet, await indicators.ListAsync(convention)) : [];
        return new($"Support de réunion, convention {convention.Reference}", convention.Id, reference, Filling.Of(
            ("number", convention.Reference), ("title", convention.Title), ("since", Dates.Full(since)),
            ("lastMeeting", held is null ? null : $"{SheetValues.Label("CommitteeKind", held.Kind)} du {Dates.Full(held.HeldOn!.Value)}"), ("lastDecisions", held?.Decisions),
            ("nextMeeting", next is null ? null : $"{SheetValues.Label("CommitteeKind", next.Kind)} du {Dates.Full(next.PlannedOn)}"), ("agenda", next?.Agenda),
            ("done", Filling.Each(life.Proofs.Where(proof => proof.DoneOn >= since).OrderBy(proof => proof.DoneOn), proof => (object?)Filling.Of(
                ("on", Dates.Full(proof.DoneOn)), ("what", names[proof.Code].FirstOrDefault() ?? proof.Code), ("proof", proof.Document), ("by", $"{proof.GivenBy}, {proof.ContributorName}")))),
            ("counts", Filling.Each(reading.Obligations.GroupBy(one => one.Status).OrderByDescending(group => group.Count()), group => (object?)Filling.Of(("state", SheetValues.Label("ObligationStatus", group.Key)), ("number", group.Count())))),
            ("due", Filling.Each(reading.Obligations.Where(one => one.Status is ObligationState.Overdue or ObligationState.DueSoon).OrderBy(one => one.DueOn), one => (object?)Filling.Of(
                ("what", one.Row.Text), ("who", Filling.Cell(SheetValues.Label("DebtorSide", one.Row.Debtor))), ("on", Filling.Cell(one.DueOn is { } due ? Dates.Full(due) : null)), ("state", SheetValues.Label("ObligationStatus", one.Status))))),
            ("indicators", Filling.Each(states, state => (object?)Filling.Of(
                ("code", state.Row.Code), ("what", Filling.Cell(state.Row.Engagement ?? state.Row.Indicator)), ("target", Filling.Cell(state.Row.TargetText)),
                ("value", state.Measures is [var newest, ..] ? $"{newest.Value} (au {Dates.Full(newest.PeriodTo)})" : "–"), ("verdict", SheetValues.Label("IndicatorStatus", state.Status))))),
            ("events", Filling.Each(life.Events.Where(one => one.On >= since).OrderBy(one => one.On), one => (object?)Filling.Of(
                ("on", Dates.Full(one.On)), ("what", string.Join(", ", new[] { SheetValues.Label("ConventionEventKind", one.Kind), one.Document, one.Note }.Where(text => !string.IsNullOrEmpty(text))))))),
            ("escalations", Filling.Each((await escalations.ListAsync(convention)).Where(one => one.HappenedOn >= since), one => (object?)Filling.Of(("on", Dates.Full(one.HappenedOn)), ("to", one.ToFunction), ("reason", one.Reason)))),
            ("dates", Filling.Each(reading.Dates.Where(date => date.Kind != "OBLIGATION").Take(6), date => (object?)Filling.Of(("on", Dates.Full(date.On)), ("what", t.Get(ConventionDate.Word(date.Kind)) + (date.Subject.Length > 0 ? $", {date.Subject}" : "")))))));
    }
}
