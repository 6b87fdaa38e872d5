using Dapper;
using Registry.Access;
using Registry.Data;
using Registry.Jobs;

namespace Registry.Features.Charters;

/// <summary>Whether the visitor has still to sign the charter here: her first page says so until she has.</summary>
public sealed class CharterDue(Db db, Visitor visitor, TimeProvider clock)
{
    /// <summary>The title of the version in force, or null.</summary>
    public async Task<string?> FindAsync()
    {
        var connection = await db.OpenAsync();
        return await connection.ExecuteScalarAsync<string?>(
            """
            select v.title
              from charter_version v
             where v.organisation_id = @Id and v.number = (select max(number) from charter_version where organisation_id = @Id)
               and exists (select from appointment a where a.organisation_id = @Id and a.person_id = @PersonId and a.area_id is null and a.kind not in ('AUDITOR', 'PLATFORM_ADMIN')
                              and @today between a.start_on and coalesce(a.end_on, 'infinity'))
               and not exists (select from charter_signature s where s.organisation_id = @Id and s.version_id = v.id and s.person_id = @PersonId and s.decision = 'SIGNED')
            """,
            new { visitor.Organisation.Id, visitor.PersonId, today = visitor.Organisation.Today(clock) });
    }
}

/// <summary>A month after a version was issued, and each month after, the correspondent hears how many have not signed it.</summary>
public sealed class CharterAlerts(Db db) : IAlertSource
{
    private const string Missing = "AL_CHARTER_MISSING";
    private const int Patience = 30, Years = 3;

    public IReadOnlyList<string> Codes { get; } = [Missing];

    public async Task<IReadOnlyList<DueAlert>> ListAsync(AlertDay day)
    {
        var connection = await db.OpenAsync();
        var version = await connection.QuerySingleOrDefaultAsync<(Guid Id, int Number, DateOnly IssuedOn, int Waiting)?>(
            """
            select v.id, v.number, (v.issued_at at time zone 'UTC')::date,
                   (select count(distinct a.person_id)::int from appointment a
                     where a.organisation_id = v.organisation_id and a.area_id is null and a.kind not in ('AUDITOR', 'PLATFORM_ADMIN') and @Today between a.start_on and coalesce(a.end_on, 'infinity')
                       and not exists (select from charter_signature s where s.organisation_id = v.organisation_id and s.version_id = v.id and s.person_id = a.person_id and s.decision = 'SIGNED'))
              from charter_version v
             where v.organisation_id = @Organisation
             order by v.number desc
             limit 1
            """,
            new { day.Organisation, day.Today });
        if (version is not { Waiting: > 0 } open || AlertSteps.Reached(open.IssuedOn, day.Today, [.. Enumerable.Range(1, 12 * Years).Select(month => month * Patience)]) is not { } offset) return [];
        return
        [
            new DueAlert
            {
                Code = Missing, ObjectType = CharterVersion.ObjectType, ObjectId = open.Id, Step = AlertSteps.Name(open.IssuedOn, offset), Level = AlertLevel.Info,
                Subject = $"Version {open.Number} · {open.Waiting}", Path = $"/o/{day.Slug}/charte", Ladder = [Rung.Of("CORRESPONDENT"), Rung.Of("DPO")],
            },
        ];
    }
}
