using System.Globalization;
using Dapper;
using Registry.Data;
using Registry.Deadlines;
using Registry.Features.Responsibilities;
using Registry.Jobs;

namespace Registry.Features.Breaches;

/// <summary>
/// Files whose 72 hours run without what the authority expects, at 24, 48, 60 and 66 hours after the controller became aware, at 72 and each 12
/// hours from then on; and complements owed after an initial notification, at 48 and 72 hours and each week (GDPR 33(1), 33(4); domain §5).
/// Counted in hours, weekends included; told in the order of the convention's responsibility matrix.
/// </summary>
public sealed class BreachAlerts(Db db, Responsibilities.Responsibilities responsibilities) : IAlertSource
{
    public const string Complement = "AL_BREACH_COMPLEMENT";
    private const int Limit = 72;

    private static readonly (int Hours, string Code)[] Steps =
        [(24, "AL_BREACH_T24"), (48, "AL_BREACH_T48"), (60, "AL_BREACH_T60"), (66, "AL_BREACH_T66"), (Limit, "AL_BREACH_OVERDUE")];

    public IReadOnlyList<string> Codes { get; } = [.. Steps.Select(step => step.Code), Complement];

    public bool ByTheHour => true;

    public async Task<IReadOnlyList<DueAlert>> ListAsync(AlertDay day)
    {
        var connection = await db.OpenAsync();
        var files = await connection.QueryAsync<(Guid Id, int Year, int Number, string Status, string Authority, string People, DateTimeOffset AwareAt, DateTimeOffset? NotifiedAt, Guid? Convention)>(
            """
            select b.id, b.year, b.number, b.status, b.authority_status, b.people_status, b.aware_at, b.notified_at, f.convention_id
              from breach b
              left join provider_incident_file f on f.reached_id = b.organisation_id and f.incident_id = b.provider_incident_id
             where b.organisation_id = @Organisation and b.kind = 'BREACH' and b.aware_at is not null and b.status not in ('DISMISSED', 'CLOSED')
               and b.authority_status in ('UNDECIDED', 'TO_NOTIFY', 'INITIAL_SENT')
            """,
            new { day.Organisation });
        var alerts = new List<DueAlert>();
        foreach (var convention in files.Select(file => (file, due: DueOf(file, day.Now))).Where(one => one.due is not null).GroupBy(one => one.file.Convention))
        {
            var first = AlertOrder.Of(convention.Key is { } id ? await responsibilities.OfAsync(id, Duties.Breach) : null, day.Organisation);
            foreach (var (file, due) in convention)
            {
                var reference = Breach.ReferenceOf(Breach.BreachKind, file.Year, file.Number, null);
                alerts.Add(new()
                {
                    Code = due!.Value.Code, ObjectType = Breach.ObjectType, ObjectId = file.Id, Step = due.Value.Step, Level = due.Value.Level, DueOn = LimitOf(file.Authority, file.AwareAt, file.NotifiedAt, day.Zone), Subject = reference,
                    Path = $"/o/{day.Slug}/violations/{reference}", Ladder = [Rung.Of(first), Rung.Of(AlertOrder.Next)], Weekends = true, Patience = TimeSpan.FromHours(4),
                });
            }
        }
        return alerts;
    }

    /// <summary>The day of the limit where the file lives; of a complement, which has none in the law, the day that the authority advises.</summary>
    private static DateOnly LimitOf(string authority, DateTimeOffset awareAt, DateTimeOffset? notifiedAt, TimeZoneInfo zone) =>
        authority == BreachStates.Code(AuthorityStatus.InitialSent) && notifiedAt is { } sent ? BreachClock.ComplementTarget(sent, zone).DueOn : BreachClock.Start(awareAt, zone).Strict.DueOn;

    private static (string Code, string Step, AlertLevel Level)? DueOf(
        (Guid Id, int Year, int Number, string Status, string Authority, string People, DateTimeOffset AwareAt, DateTimeOffset? NotifiedAt, Guid? Convention) file, DateTimeOffset now) =>
        Due(new(BreachStates.Parse(file.Status), BreachStates.ParseAuthority(file.Authority), BreachStates.ParsePeople(file.People)), file.AwareAt, file.NotifiedAt, now);

    /// <summary>The last step that has come; null before the first and when nothing is expected any more.</summary>
    public static (string Code, string Step, AlertLevel Level)? Due(BreachState state, DateTimeOffset awareAt, DateTimeOffset? notifiedAt, DateTimeOffset now)
    {
        if (state.Authority == AuthorityStatus.InitialSent && notifiedAt is { } sent)
        {
            var waited = (int)(now - sent).TotalHours;
            var week = 24 * 7;
            int? hours = waited < 48 ? null : waited < Limit ? 48 : Limit + (waited - Limit) / week * week;
            return hours is { } step ? (Complement, Name(sent, step), AlertLevel.Urgent) : null;
        }
        if (!BreachStates.Runs(state)) return null;
        var elapsed = (int)(now - awareAt).TotalHours;
        var reached = Steps.LastOrDefault(step => step.Hours <= elapsed);
        if (reached.Code is null) return null;
        return reached.Hours < Limit
            ? (reached.Code, Name(awareAt, reached.Hours), AlertLevel.Urgent)
            : (reached.Code, Name(awareAt, Limit + (elapsed - Limit) / 12 * 12), AlertLevel.Overdue);
    }

    private static string Name(DateTimeOffset from, int hours) => string.Create(CultureInfo.InvariantCulture, $"{from.UtcDateTime:yyyy-MM-ddTHH:mmZ} +{hours} h");
}
