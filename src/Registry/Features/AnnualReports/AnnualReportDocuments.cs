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
    public const string Code = "DOC_ANNUAL_REPORT";
    private const string Consolidated = "DOC_ANNUAL_REPORT_CONSOLIDATED";
    private const int LastMonthOfReport = 3;

    private static readonly string[] Alone =
    [
        "bodies", "records", "inForce", "overdue", "sensitive", "assessments", "breaches", "bodiesWithBreach", "notified", "notifiedLate", "informed",
        "requests", "bodiesWithRequest", "requestsAnswered", "requestsLate", "requestsOpen", "opinions", "trainings", "trained",
    ];

    private static readonly (string Code, string Name)[] Shares =
    [
        ("WHOLE", "Toutes publiées"), ("MOST", "La moitié ou plus"), ("SOME", "Moins de la moitié"), ("DRAFTS", "Aucune, le registre est en préparation"), ("EMPTY", "Registre vide"),
    ];

    public IReadOnlyList<string> Codes { get; } = [Code, Consolidated];

    /// <summary>The year that is accounted for on that day.</summary>
    public static int YearOn(DateOnly day) => day.Month <= LastMonthOfReport ? day.Year - 1 : day.Year;

    public async Task<DocumentContent?> BuildAsync(string code, string reference)
    {
        var today = visitor.Organisation.Today(clock);
        var year = YearOn(today);
        var (from, end) = (new DateOnly(year, 1, 1), new DateOnly(year, 12, 31));
        var to = end < today ? end : today;
        (string, object?)[] period = [("year", year.ToString(CultureInfo.InvariantCulture)), ("from", Dates.Full(from)), ("to", Dates.Full(to)), ("running", to < end)];
        if (code == Consolidated)
            return Guid.TryParse(reference, out var area) && await store.ReadAreaAsync(area, from, to, today) is { } whole
                ? new($"Bilan annuel {year} consolidé, {whole.Area}", area, reference, Filling.Of([.. period, .. Territory(whole)])) : null;
        var figures = await store.ReadAsync(from, to, today);
        return new($"Bilan annuel {year} de la protection des données, {visitor.Organisation.Name}", null, "", Filling.Of([.. period,
            ("inForce", figures.InForce), ("drafts", figures.Drafts), ("published", figures.Published), ("overdue", figures.Overdue), ("sensitive", figures.Sensitive), ("assessments", figures.Assessments),
            ("domains", Counted(figures.Domains, Domain)), ("opinions", figures.Opinions.Sum(one => one.Number)), ("opinionRows", Counted(figures.Opinions, Decision)),
            ("breaches", figures.Breaches), ("notified", figures.Notified), ("notifiedLate", figures.NotifiedLate), ("informed", figures.Informed),
            ("requests", figures.Requests), ("requestsAnswered", figures.RequestsAnswered), ("requestsLate", figures.RequestsLate), ("requestsOpen", figures.RequestsOpen),
            ("rights", Counted(figures.Rights, RightName)), ("trainings", figures.Trainings), ("trained", figures.Trained), ("conventions", figures.Conventions)]));
    }

    private static IEnumerable<(string, object?)> Territory(AreaFigures whole)
    {
        var (answered, late) = (whole.Figure("requestsAnswered"), whole.Figure("requestsLate"));
        return
        [
            .. Alone.Select(name => (name, (object?)whole.Figure(name))), ("area", whole.Area),
            // Rounded down: a late answer never shows as none.
            ("onTime", answered == 0 ? null : $"{100 * (answered - late) / answered} %"),
            ("registers", Counted(Shares.Select(share => new CountedName(share.Name, whole.Counts["REGISTER"].FirstOrDefault(one => one.Name == share.Code)?.Number ?? 0)).Where(one => one.Number > 0), name => name)),
            ("domains", Counted(whole.Counts["DOMAIN"], Domain)), ("opinionRows", Counted(whole.Counts["DECISION"], Decision)),
            // By type only above the bodies: what came to one body is its own, however many the area has.
            ("rights", Counted(whole.Counts["RIGHT"].Where(_ => whole.Figure("bodiesWithRequest") > 1), RightName)),
        ];
    }

    private static string Domain(string domain) => RecordModels.Domains.TryGetValue(domain, out var known) ? known.Fr : "Sans domaine";

    private static string RightName(string right) => Vocabulary.Current.Label("RightType", right);

    private static string Decision(string decision) => decision.Length == 0 ? "Réponse attendue" : SheetValues.Label("OpinionDecision", decision);

    private static List<object?> Counted(IEnumerable<CountedName> counted, Func<string, string> name) =>
        Filling.Each(counted, one => (object?)Filling.Of(("name", name(one.Name)), ("number", one.Number)));
}
