using Dapper;
using Registry.Data;
using Registry.Facts;
using Registry.Features.Conventions;
using Registry.Features.Shared;
using Registry.Features.Systems;
using Registry.Jobs;

namespace Registry.Features.Controls;

/// <summary>Attestations that end and reviews of who has access, at D-30 and D; corrections to be applied, at D-30 and D, and late from the day after (domain §5).</summary>
public sealed class ControlAlerts(Db db) : IAlertSource
{
    public const string PatchDue = "AL_PATCH_DUE";
    public const string PatchLate = "AL_PATCH_LATE";
    public const string AccessReview = "AL_ACCESS_REVIEW";

    public IReadOnlyList<string> Codes { get; } = [PatchDue, PatchLate, AccessReview, ConventionAlerts.Expires, ConventionAlerts.Expired];

    private sealed record Line
    {
        public required Guid Id { get; init; }

        /// <summary>Of the attested control; null for a correction and for a review of access.</summary>
        public string? Code { get; init; }
        public required string Subject { get; init; }
        public required DateOnly On { get; init; }

        public bool Review { get; init; }

        /// <summary>Where it is acted on, below the address of the organisation.</summary>
        public required string Place { get; init; }
    }

    public async Task<IReadOnlyList<DueAlert>> ListAsync(AlertDay day)
    {
        var connection = await db.OpenAsync();
        var lines = await connection.QueryAsync<Line>(
            """
            select a.id, a.code, coalesce(c.title, s.name) as subject, a.valid_until as on,
                   case when s.id is not null then 'applications/' || s.id
                        when c.organisation_id = @Organisation then 'conventions/C-' || lpad(c.number::text, greatest(3, length(c.number::text)), '0')
                        else 'conventions/' || c.id end || '/controles' as place, false as review
              from (select distinct on (convention_id, information_system_id, code) id, code, keeper_id, convention_id, information_system_id, organisation_id, valid_until
                      from control_attestation
                     where organisation_id = @Organisation and not withdrawn
                     order by convention_id, information_system_id, code, attested_on desc, recorded_at desc) a
              left join convention c on c.organisation_id = a.keeper_id and c.id = a.convention_id
              left join information_system s on s.organisation_id = a.organisation_id and s.id = a.information_system_id
             where a.valid_until <= @Today + 30
               and (s.active or c.status in ('SIGNED', 'IN_FORCE', 'NOTICE_GIVEN'))
             union all
            select p.id, null, s.name || ' · ' || p.label, p.due_on, 'applications/' || s.id || '/correctifs', false
              from patch_record p
              join information_system s on s.organisation_id = p.organisation_id and s.id = p.information_system_id and s.active
             where p.organisation_id = @Organisation and p.applied_on is null and p.due_on <= @Today + 30
             union all
            select s.id, null, s.name, (s.access_reviewed_on + make_interval(months => @ReviewMonths))::date, 'applications/' || s.id, true
              from information_system s
             where s.organisation_id = @Organisation and s.active and s.access_reviewed_on + make_interval(months => @ReviewMonths) <= @Today + 30
            """,
            new { day.Organisation, day.Today, SystemForm.ReviewMonths });
        return [.. lines.Select(line => Alert(line, day))];
    }

    private static DueAlert Alert(Line line, AlertDay day)
    {
        var offset = AlertSteps.Reached(line.On, day.Today, line is { Code: null, Review: false } ? [-30, 0, 1] : [-30, 0])!.Value;
        var subject = line.Code is null ? line.Subject : Languages.InFrench(() => $"{line.Subject} · {Vocabulary.Current.Label("ControlCode", line.Code)}");
        return new()
        {
            Code = line.Review ? AccessReview : line.Code is null ? offset > 0 ? PatchLate : PatchDue : offset < 0 ? ConventionAlerts.Expires : ConventionAlerts.Expired,
            ObjectType = "CONTROL", ObjectId = line.Id, Step = AlertSteps.Name(line.On, offset), Level = offset > 0 ? AlertLevel.Overdue : AlertLevel.Warning, DueOn = line.On,
            Subject = new string([.. subject.Take(250).Select(letter => char.IsControl(letter) ? ' ' : letter)]), Path = $"/o/{day.Slug}/{line.Place}",
            Ladder = [Rung.Of("CORRESPONDENT", "CONTRACT_MANAGER", "DPO"), Rung.Of("LEGAL_REPRESENTATIVE", "ELECTED_DELEGATE")],
        };
    }
}
