using System.Globalization;
using Dapper;
using Registry.Data;
using Registry.Deadlines;
using Registry.Features.Responsibilities;
using Registry.Jobs;

namespace Registry.Features.Breaches;

/// <summary>
/// A file that has just been opened. Whoever answers for it, works on it and advises hears of it at once, weekends included (T-BR-01). What a provider opened is
/// repeated each hour, twenty-four times at most, until one of them says that she knows or takes the file up (domain §3.2, processor chain). And a provider
/// that took longer than its convention gives it is told to the officer (article 33(2)).
/// </summary>
public sealed class BreachEntryAlerts(Db db, Responsibilities.Responsibilities responsibilities) : IAlertSource
{
    public const string Reported = "AL_BREACH_REPORTED", FromProvider = "AL_PROVIDER_INCIDENT", Late = "AL_PROCESSOR_ALERT_LATE";
    private const int MostRepeats = 24;
    private static readonly TimeSpan Patience = TimeSpan.FromHours(1);

    private sealed record File
    {
        public required Guid Id { get; init; }
        public required int Year { get; init; }
        public required int Number { get; init; }
        public required string Status { get; init; }
        public required DateTimeOffset ReportedAt { get; init; }
        public DateTimeOffset? ProcessorAwareAt { get; init; }
        public DateTimeOffset? ControllerAlertedAt { get; init; }
        public DateTimeOffset? DpoInformedAt { get; init; }
        public Guid? ConventionId { get; init; }
        public int? TargetHours { get; init; }
        public required bool Acknowledged { get; init; }
    }

    public IReadOnlyList<string> Codes { get; } = [Reported, FromProvider, Late];

    public bool ByTheHour => true;

    public async Task<IReadOnlyList<DueAlert>> ListAsync(AlertDay day)
    {
        var connection = await db.OpenAsync();
        var files = (await connection.QueryAsync<File>(
            """
            select b.id, b.year, b.number, b.status, b.reported_at, b.processor_aware_at, b.controller_alerted_at, b.dpo_informed_at, f.convention_id, f.target_hours,
                   exists (select from alert a where a.organisation_id = b.organisation_id and a.object_id = b.id and a.code in (@Reported, @FromProvider) and a.acknowledged_at is not null) as acknowledged
              from breach b
              left join provider_incident_file f on f.reached_id = b.organisation_id and f.incident_id = b.provider_incident_id
             where b.organisation_id = @Organisation and b.kind = 'BREACH' and b.status not in ('HANDLED', 'DISMISSED', 'CLOSED')
            """,
            new { day.Organisation, Reported, FromProvider })).AsList();
        var alerts = new List<DueAlert>();
        foreach (var convention in files.GroupBy(file => file.ConventionId))
        {
            var first = AlertOrder.Of(convention.Key is { } id && convention.Any(file => EntryOf(file, day.Now) is not null) ? await responsibilities.OfAsync(id, Duties.Breach) : null, day.Organisation);
            foreach (var file in convention)
            {
                if (EntryOf(file, day.Now) is var (code, hours)) alerts.Add(Alert(day, file, code, Step(file, hours), Ladder(first, hours)));
                if (ProcessorAlert.Measure(file.ProcessorAwareAt, file.ControllerAlertedAt, file.DpoInformedAt, file.TargetHours ?? ProcessorAlert.DefaultTargetHours) is { IsTargetExceeded: true })
                    alerts.Add(Alert(day, file, Late, "once", [Rung.Of("DPO"), Rung.Of("DPO_ASSISTANT")]));
            }
        }
        return alerts;
    }

    /// <summary>Which alert of its opening a file still deserves, and after how many hours; null when somebody knows, or for what is old.</summary>
    private static (string Code, int Hours)? EntryOf(File file, DateTimeOffset now)
    {
        if (file.Acknowledged) return null;
        if (file.ConventionId is not null) return file.Status == "REPORTED" ? (FromProvider, Math.Clamp((int)(now - file.ReportedAt).TotalHours, 0, MostRepeats)) : null;
        return file.Status is "REPORTED" or "ASSESSING" && now - file.ReportedAt < TimeSpan.FromHours(72) ? (Reported, 0) : null;
    }

    // What is repeated after an hour goes to the next ones at once: those before have had their hour.
    private static Rung[] Ladder(string[] first, int hours) => hours == 0 ? [Rung.Of(first), Rung.Of(AlertOrder.Next)] : [Rung.Of([.. first, .. AlertOrder.Next])];

    private static string Step(File file, int hours) => string.Create(CultureInfo.InvariantCulture, $"{file.ReportedAt.UtcDateTime:yyyy-MM-ddTHH:mmZ} +{hours} h");

    private static DueAlert Alert(AlertDay day, File file, string code, string step, IReadOnlyList<Rung> ladder)
    {
        var reference = Breach.ReferenceOf(Breach.BreachKind, file.Year, file.Number, null);
        return new()
        {
            Code = code, ObjectType = Breach.ObjectType, ObjectId = file.Id, Step = step, Level = AlertLevel.Urgent, Subject = reference, Path = $"/o/{day.Slug}/violations/{reference}",
            Ladder = ladder, Weekends = true, Patience = Patience,
        };
    }
}
