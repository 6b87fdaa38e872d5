using System.Globalization;
using Registry.Access;
using Registry.Documents;
using Registry.Facts;
using Registry.Features.Records;
using Registry.Features.Shared;

namespace Registry.Features.AnnualReports;

/// <summary>The officer's account of a year to those at the head (GDPR 38(3)): the year that ended, in its first three months after; else the running one.</summary>
public sealed class AnnualReportDocuments(AnnualFiguresStore store, Visitor visitor, TimeProvider clock) : IDocumentSource
{
    private const int LastMonthOfReport = 3;

    public IReadOnlyList<string> Codes { get; } = ["DOC_ANNUAL_REPORT"];

    public async Task<DocumentContent?> BuildAsync(string code, string reference)
    {
        var today = visitor.Organisation.Today(clock);
        var year = today.Month <= LastMonthOfReport ? today.Year - 1 : today.Year;
        var (from, end) = (new DateOnly(year, 1, 1), new DateOnly(year, 12, 31));
        var to = end < today ? end : today;
        var figures = await store.ReadAsync(from, to, today);
        return new($"Bilan annuel {year} de la protection des données, {visitor.Organisation.Name}", null, "", Filling.Of(
            ("year", year.ToString(CultureInfo.InvariantCulture)), ("from", Dates.Full(from)), ("to", Dates.Full(to)), ("running", to < end),
            ("inForce", figures.InForce), ("drafts", figures.Drafts), ("published", figures.Published), ("overdue", figures.Overdue), ("sensitive", figures.Sensitive), ("assessments", figures.Assessments),
            ("domains", Counted(figures.Domains, domain => RecordModels.Domains.TryGetValue(domain, out var known) ? known.Fr : "Sans domaine")),
            ("opinions", figures.Opinions.Sum(one => one.Number)), ("opinionRows", Counted(figures.Opinions, decision => decision.Length == 0 ? "Réponse attendue" : SheetValues.Label("OpinionDecision", decision))),
            ("breaches", figures.Breaches), ("notified", figures.Notified), ("notifiedLate", figures.NotifiedLate), ("informed", figures.Informed),
            ("requests", figures.Requests), ("requestsAnswered", figures.RequestsAnswered), ("requestsLate", figures.RequestsLate), ("requestsOpen", figures.RequestsOpen),
            ("rights", Counted(figures.Rights, right => Vocabulary.Current.Label("RightType", right))),
            ("trainings", figures.Trainings), ("trained", figures.Trained), ("conventions", figures.Conventions)));
    }

    private static List<object?> Counted(IEnumerable<CountedName> counted, Func<string, string> name) =>
        Filling.Each(counted, one => (object?)Filling.Of(("name", name(one.Name)), ("number", one.Number)));
}
