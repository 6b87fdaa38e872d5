using System.Globalization;
using Dapper;
using Registry.Data;
using Registry.Facts;
using Registry.Jobs;

namespace Registry.Features.Appointments;

/// <summary>Offices that end, at D-60, D-15 and D, and each day that a body has no officer or no correspondent (domain §5).</summary>
public sealed class AppointmentAlerts(Db db) : IAlertSource
{
    public const string Ending = "AL_APPOINTMENT_END";
    public const string NoOfficer = "AL_DPO_MISSING";
    public const string NoCorrespondent = "AL_CORRESPONDENT_MISSING";

    /// <summary>How long after its last day an end that was missed is still told.</summary>
    private const int Late = 7;

    private static readonly string[] Representatives = ["LEGAL_REPRESENTATIVE", "ELECTED_DELEGATE"];

    public IReadOnlyList<string> Codes { get; } = [Ending, NoOfficer, NoCorrespondent];

    public async Task<IReadOnlyList<DueAlert>> ListAsync(AlertDay day)
    {
        var connection = await db.OpenAsync();
        // An auditor's month ends by itself and nobody follows her. An end that somebody of the same office outlasts leaves no gap.
        var ending = await connection.QueryAsync<(Guid Id, string Kind, DateOnly EndOn)>(
            """
            select a.id, a.kind, a.end_on
              from appointment a
             where a.organisation_id = @Organisation and a.kind not in ('AUDITOR', 'PLATFORM_ADMIN') and a.end_on between @Today - @Late and @Today + 60
               and not exists (select from appointment other
                                where other.organisation_id = a.organisation_id and other.kind = a.kind and other.id <> a.id
                                  and other.start_on <= a.end_on + 1 and coalesce(other.end_on, 'infinity') > a.end_on)
            """,
            new { day.Organisation, day.Today, Late });
        var missing = await connection.QuerySingleOrDefaultAsync<(string Name, bool Officer, bool Correspondent)>(
            """
            select o.name,
                   not exists (select from appointment a
                                left join mutualisation m on m.area_id = a.area_id and m.organisation_id = o.id and @Today between m.from_on and coalesce(m.to_on, 'infinity')
                                where a.kind = 'DPO' and (a.organisation_id = o.id or m.organisation_id is not null) and @Today between a.start_on and coalesce(a.end_on, 'infinity')),
                   not exists (select from appointment a where a.organisation_id = o.id and a.kind = 'CORRESPONDENT' and @Today between a.start_on and coalesce(a.end_on, 'infinity'))
              from organisation o
             where o.id = @Organisation and o.type not in ('COMPANY', 'ASSOCIATION', 'STATE_BODY')
            """,
            new { day.Organisation, day.Today });
        var alerts = ending.Select(one =>
        {
            var offset = AlertSteps.Reached(one.EndOn, day.Today, -60, -15, 0)!.Value;
            var level = offset switch { -60 => AlertLevel.Info, -15 => AlertLevel.Warning, _ => AlertLevel.Urgent };
            return new DueAlert
            {
                Code = Ending, ObjectType = "APPOINTMENT", ObjectId = one.Id, Step = AlertSteps.Name(one.EndOn, offset), Level = level, DueOn = one.EndOn,
                // The office and not who holds it: mails name nobody.
                Subject = Vocabulary.Current.Find("AppointmentKind", one.Kind)?.French ?? one.Kind,
                Path = $"/o/{day.Slug}/designations", Ladder = [Rung.Of([.. Representatives, "DPO"]), Rung.Of("DGS")],
            };
        }).ToList();
        if (missing.Officer) alerts.Add(Missing(NoOfficer, AlertLevel.Urgent, Rung.Of(Representatives), Rung.Of("DGS", "CORRESPONDENT")));
        if (missing.Correspondent) alerts.Add(Missing(NoCorrespondent, AlertLevel.Warning, Rung.Of([.. Representatives, "DPO"])));
        return alerts;

        DueAlert Missing(string code, AlertLevel level, params Rung[] ladder) => new()
        {
            Code = code, ObjectType = "ORGANISATION", ObjectId = day.Organisation, Step = day.Today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), Level = level,
            Subject = missing.Name, Path = $"/o/{day.Slug}/designations", Ladder = ladder,
        };
    }
}
