using Dapper;
using Registry.Data;
using Registry.Features.Conventions;
using Registry.Jobs;

namespace Registry.Features.Engagements;

/// <summary>
/// Announcements whose objection ends, at D-7 and D, contracts and guarantees of processors that end, at D-30 and D (domain §5): those of third parties, of contracts and
/// of further processors.
/// </summary>
public sealed class EngagementAlerts(Db db) : IAlertSource
{
    public const string Objection = "AL_SUBPROCESSOR_OBJECTION";

    private static readonly string[] Controllers = ["LEGAL_REPRESENTATIVE", "ELECTED_DELEGATE", "CORRESPONDENT", "DPO"];

    public IReadOnlyList<string> Codes { get; } = [Objection, ConventionAlerts.Expires, ConventionAlerts.Expired];

    private sealed record Line
    {
        public required string Kind { get; init; }
        public required Guid Id { get; init; }
        public required Guid Page { get; init; }
        public required string Subject { get; init; }
        public required DateOnly On { get; init; }
        public required int Place { get; init; }
    }

    public async Task<IReadOnlyList<DueAlert>> ListAsync(AlertDay day)
    {
        var connection = await db.OpenAsync();
        var lines = await connection.QueryAsync<Line>(
            """
            select 'OBJECTION' as kind, s.id, s.engagement_id as page, s.name as subject, s.objection_on as on, 0 as place
              from sub_processor s
             where s.organisation_id = @Organisation and s.decision = 'PENDING' and s.objection_on between @Today and @Today + 7
             union all
            select 'CONTRACT', e.id, e.id, p.name, e.expires_on, -1
              from processor_engagement e
              join third_party p on p.organisation_id = e.organisation_id and p.id = e.third_party_id
             where e.organisation_id = @Organisation and e.ended_on is null and e.expires_on <= @Today + 30
             union all
            select 'GUARANTEE', e.id, e.id, p.name || ' · ' || coalesce(g.item ->> 'name', ''), (g.item ->> 'endsOn')::date, g.place::int
              from processor_engagement e
              join third_party p on p.organisation_id = e.organisation_id and p.id = e.third_party_id
             cross join lateral jsonb_path_query(e.sheet, '$.terms.guarantees[*]') with ordinality g (item, place)
             where e.organisation_id = @Organisation and e.ended_on is null and (g.item ->> 'endsOn')::date <= @Today + 30
             union all
            select 'GUARANTEE', s.id, s.engagement_id, s.name || ' · ' || coalesce(g.item ->> 'name', ''), (g.item ->> 'endsOn')::date, g.place::int
              from sub_processor s
              join processor_engagement e on e.organisation_id = s.organisation_id and e.id = s.engagement_id and e.ended_on is null
             cross join lateral jsonb_path_query(s.sheet, '$.guarantees[*]') with ordinality g (item, place)
             where s.organisation_id = @Organisation and s.decision <> 'OBJECTED' and (g.item ->> 'endsOn')::date <= @Today + 30
             union all
            select 'CERTIFICATE', p.id, p.id, p.name || ' · ' || coalesce(g.item ->> 'name', ''), (g.item ->> 'endsOn')::date, g.place::int
              from third_party p
             cross join lateral jsonb_path_query(p.sheet, '$.certifications[*]') with ordinality g (item, place)
             where p.organisation_id = @Organisation and p.active and (g.item ->> 'endsOn')::date <= @Today + 30
            """,
            new { day.Organisation, day.Today });
        return [.. lines.Select(line => line.Kind == "OBJECTION" ? Objected(line, day) : Ends(line, day))];
    }

    private static DueAlert Objected(Line line, AlertDay day)
    {
        var offset = AlertSteps.Reached(line.On, day.Today, -7, 0)!.Value;
        return Alert(line, day, Objection, AlertSteps.Name(line.On, offset), offset == 0 ? AlertLevel.Urgent : AlertLevel.Warning, $"/o/{day.Slug}/sous-traitants/{line.Page}#ulterieurs");
    }

    private static DueAlert Ends(Line line, AlertDay day)
    {
        var offset = AlertSteps.Reached(line.On, day.Today, -30, 0)!.Value;
        return Alert(line, day, offset < 0 ? ConventionAlerts.Expires : ConventionAlerts.Expired, $"{line.Place} {AlertSteps.Name(line.On, offset)}", AlertLevel.Warning,
            $"/o/{day.Slug}/{(line.Kind == "CERTIFICATE" ? "prestataires" : "sous-traitants")}/{line.Page}");
    }

    private static DueAlert Alert(Line line, AlertDay day, string code, string step, AlertLevel level, string path) => new()
    {
        Code = code, ObjectType = Engagement.ObjectType, ObjectId = line.Id, Step = step, Level = level, DueOn = line.On,
        Subject = new string([.. line.Subject.Take(250).Select(letter => char.IsControl(letter) ? ' ' : letter)]), Path = path,
        Ladder = code == Objection ? [Rung.Of(Controllers)] : [Rung.Of("CORRESPONDENT", "DPO")],
    };
}
