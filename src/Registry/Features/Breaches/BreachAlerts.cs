using System.Globalization;
using Dapper;
using Registry.Data;
using Registry.Jobs;

namespace Registry.Features.Breaches;

/// <summary>
/// Files whose 72 hours run without what the authority expects, at 24, 48, 60 and 66 hours after the controller became aware, at 72 and each 12
/// hours from then on; and complements owed after an initial notification, at 48 and 72 hours and each week (GDPR 33(1), 33(4); domain §5).
/// Counted in hours, weekends included.
/// </summary>
public sealed class BreachAlerts(Db db) : IAlertSource
{
    public const string Complement = "AL_BREACH_COMPLEMENT";
    private const int Limit = 72;

    private static readonly (int Hours, string Code)[] Steps =
        [(24, "AL_BREACH_T24"), (48, "AL_BREACH_T48"), (60, "AL_BREACH_T60"), (66, "AL_BREACH_T66"), (Limit, "AL_BREACH_OVERDUE")];

    private static readonly string[] Concerned = ["LEGAL_REPRESENTATIVE", "ELECTED_DELEGATE", "CORRESPONDENT", "DPO"];

    public IReadOnlyList<string> Codes { get; } = [.. Steps.Select(step => step.Code), Complement];

    public bool ByTheHour => true;

    public async Task<IReadOnlyList<DueAlert>> ListAsync(AlertDay day)
    {
        var connection = await db.OpenAsync();
        var files = await connection.QueryAsync<(Guid Id, int Year, int Number, string Status, string Authority, string People, DateTimeOffset AwareAt, DateTimeOffset? NotifiedAt)>(
            """
            select id, year, number, status, authority_status, people_status, aware_at, notified_at
              from breach
             where organisation_id = @Organisation and kind = 'BREACH' and aware_at is not null and status not in ('DISMISSED', 'CLOSED')
               and authority_status in ('UNDECIDED', 'TO_NOTIFY', 'INITIAL_SENT')
            """,
            new { day.Organisation });
        return [.. files.Select(file => Due(
            new(BreachStates.Parse(file.Status), BreachStates.ParseAuthority(file.Authority), BreachStates.ParsePeople(file.People)), file.AwareAt, file.NotifiedAt, day.Now) is not { } due ? null : new DueAlert
        {
            Code = due.Code, ObjectType = Breach.ObjectType, ObjectId = file.Id, Step = due.Step, Level = due.Level,
            Subject = Breach.ReferenceOf(Breach.BreachKind, file.Year, file.Number, null),
            Path = $"/o/{day.Slug}/violations/{Breach.ReferenceOf(Breach.BreachKind, file.Year, file.Number, null)}",
            Ladder = [Rung.Of(Concerned), Rung.Of("DGS", "DPO_ASSISTANT")], Weekends = true, Patience = TimeSpan.FromHours(4),
        }).OfType<DueAlert>()];
    }

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
