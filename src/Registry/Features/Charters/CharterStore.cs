using Dapper;
using Registry.Access;
using Registry.Data;

namespace Registry.Features.Charters;

/// <summary>The charter of an organisation, its versions and who signed them. Everybody in office here is to sign: whoever comes later is expected from her first day.</summary>
public sealed class CharterStore(Db db, Visitor visitor, TimeProvider clock)
{
    private Guid Organisation => visitor.Organisation.Id;
    private DateOnly Today => visitor.Organisation.Today(clock);

    /// <summary>The newest first: that one is in force.</summary>
    public async Task<IReadOnlyList<CharterVersion>> VersionsAsync()
    {
        var connection = await db.OpenAsync();
        return (await connection.QueryAsync<CharterVersion>(
            "select id, number, title, body, note, issued_at, issued_by from charter_version where organisation_id = @Organisation order by number desc limit 100", new { Organisation })).AsList();
    }

    public async Task<CharterVersion?> InForceAsync()
    {
        var connection = await db.OpenAsync();
        return await connection.QuerySingleOrDefaultAsync<CharterVersion>(
            "select id, number, title, body, note, issued_at, issued_by from charter_version where organisation_id = @Organisation order by number desc limit 1", new { Organisation });
    }

    /// <summary>Those in office today, with what each did about a version. An auditor comes for a month and signs nothing; the officer of an area signs where she is employed.</summary>
    public async Task<IReadOnlyList<Signer>> SignersAsync(Guid version, Guid? person = null)
    {
        var connection = await db.OpenAsync();
        return (await connection.QueryAsync<Signer>(
            """
            select p.id as person_id, p.first_name || ' ' || p.last_name as name, array_agg(distinct a.kind) as kinds, coalesce(s.decision, 'EXPECTED') as status, s.signed_at, s.reason
              from appointment a
              join person p on p.id = a.person_id
              left join lateral (select decision, signed_at, reason from charter_signature c
                                  where c.organisation_id = @Organisation and c.version_id = @version and c.person_id = p.id
                                  order by c.signed_at desc limit 1) s on true
             where a.organisation_id = @Organisation and a.area_id is null and a.kind not in ('AUDITOR', 'PLATFORM_ADMIN')
               and @Today between a.start_on and coalesce(a.end_on, 'infinity') and (@person::uuid is null or p.id = @person)
             group by p.id, p.first_name, p.last_name, s.decision, s.signed_at, s.reason
             order by s.decision is not distinct from 'SIGNED', p.last_name collate "fr-x-icu", p.first_name, p.id
             limit 2000
            """,
            new { Organisation, version, person, Today })).AsList();
    }

    /// <summary>The number it got; null when the same form was sent before.</summary>
    public async Task<int?> IssueAsync(Guid id, string title, string body, string? note)
    {
        var connection = await db.OpenAsync();
        await connection.ExecuteAsync("select pg_advisory_xact_lock(hashtextextended(@form, 37))", new { form = $"{Organisation}" });
        return await connection.ExecuteScalarAsync<int?>(
            """
            insert into charter_version (organisation_id, id, number, title, body, note, issued_at, issued_by)
            select @Organisation, @id, coalesce(max(number), 0) + 1, @title, @body, @note, @now, @by from charter_version where organisation_id = @Organisation
            on conflict do nothing
            returning number
            """,
            new { Organisation, id, title, body, note, now = clock.GetUtcNow(), by = visitor.Name });
    }

    /// <summary>False when she did so before.</summary>
    public async Task<bool> DecideAsync(CharterVersion version, Guid person, string name, string decision, string? reason)
    {
        var connection = await db.OpenAsync();
        return await connection.ExecuteAsync(
            """
            insert into charter_signature (organisation_id, id, version_id, person_id, person_name, decision, reason, signed_at)
            values (@Organisation, @entry, @Id, @person, @name, @decision, @reason, @now)
            on conflict do nothing
            """,
            new { Organisation, entry = Guid.CreateVersion7(), version.Id, person, name, decision, reason, now = clock.GetUtcNow() }) == 1;
    }
}
