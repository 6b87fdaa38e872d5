using Dapper;
using Registry.Access;
using Registry.Data;

namespace Registry.Features.Organisations;

/// <summary>Every question asked about organisations: the list within reach, one profile, a new one.</summary>
public sealed class OrganisationStore(Db db, Visitor visitor, TimeProvider clock)
{
    public async Task<IReadOnlyList<OrganisationLine>> ListAsync(string? text, int limit, int offset)
    {
        var connection = await db.OpenAsync();
        return (await connection.QueryAsync<OrganisationLine>(
            """
            select o.slug, o.name, o.type, o.department_name,
                   (select string_agg(a.name, ', ') from mutualisation m join mutualisation_area a on a.id = m.area_id where m.organisation_id = o.id
                      and current_date between m.from_on and coalesce(m.to_on, 'infinity')) as area,
                   coalesce(r.records, 0)::int as records, coalesce(r.published, 0)::int as published,
                   coalesce(r.to_review, 0)::int as to_review, coalesce(r.to_publish, 0)::int as to_publish
              from (select id, slug, name, type, department_name
                      from organisation
                     where status <> 'CLOSED' and (@text is null or name ilike @text or short_name ilike @text or siren like @text or insee_code like @text)
                     order by name collate "fr-x-icu", id
                     limit @limit offset @offset) o
              left join lateral (select count(*) filter (where status not in ('ARCHIVED', 'ABANDONED')) as records,
                                        count(*) filter (where published_version is not null and status <> 'ARCHIVED') as published,
                                        count(*) filter (where status in ('SUBMITTED', 'IN_REVIEW')) as to_review,
                                        count(*) filter (where status = 'VALIDATED') as to_publish
                                   from processing_record where organisation_id = o.id) r on true
             order by o.name collate "fr-x-icu", o.id
            """,
            new { text = Pattern.Containing(text), limit, offset })).AsList();
    }

    public async Task<int> CountAsync(string? text)
    {
        var connection = await db.OpenAsync();
        return await connection.ExecuteScalarAsync<int>(
            """
            select count(*)::int from organisation
             where status <> 'CLOSED' and (@text is null or name ilike @text or short_name ilike @text or siren like @text or insee_code like @text)
            """,
            new { text = Pattern.Containing(text) });
    }

    public async Task<Organisation> ReadAsync()
    {
        var connection = await db.OpenAsync();
        return await connection.QuerySingleAsync<Organisation>(
            """
            select id, slug, name, short_name, type, siren, siret, insee_code, address, postal_code, city, phone, email, website, population,
                   staff_count, department_code, department_name, territory, time_zone, good_friday_observed, accent, rights_contact_email,
                   rights_contact_post, version
              from organisation
             where id = @Id
            """,
            new { visitor.Organisation.Id });
    }

    public async Task<bool> SaveAsync(Organisation profile)
    {
        var connection = await db.OpenAsync();
        return await connection.ExecuteAsync(
            """
            update organisation
               set short_name = @ShortName, siren = @Siren, siret = @Siret, address = @Address, postal_code = @PostalCode, city = @City,
                   phone = @Phone, email = @Email, website = @Website, staff_count = @StaffCount, good_friday_observed = @GoodFridayObserved,
                   accent = @Accent, rights_contact_email = @RightsContactEmail, rights_contact_post = @RightsContactPost,
                   updated_at = now(), version = version + 1
             where id = @Id and version = @Version
            """,
            profile) == 1;
    }

    /// <summary>Whether the platform already keeps this commune or this SIREN. That it does is public: its page for citizens says so.</summary>
    public async Task<bool> AddAsync(Organisation added)
    {
        var connection = await db.OpenAsync();
        return await connection.ExecuteAsync(
            """
            insert into organisation (id, slug, name, short_name, type, siren, siret, insee_code, address, postal_code, city, population,
                   department_code, department_name, territory, time_zone, good_friday_observed, accent)
            values (@Id, @Slug, @Name, @ShortName, @Type, @Siren, @Siret, @InseeCode, @Address, @PostalCode, @City, @Population,
                   @DepartmentCode, @DepartmentName, @Territory, @TimeZone, @GoodFridayObserved, @Accent)
            on conflict do nothing
            """,
            added) == 1;
    }

    public async Task<string?> SlugOfAsync(Guid id)
    {
        var connection = await db.OpenAsync();
        return await connection.ExecuteScalarAsync<string?>("select slug from organisation where id = @id", new { id });
    }

    public async Task JoinAreaAsync(Guid organisation, Guid area, DateOnly since)
    {
        var connection = await db.OpenAsync();
        await connection.ExecuteAsync("select app.join_area(@organisation, @area, @since)", new { organisation, area, since });
    }

    /// <summary>The areas the visitor serves as their officer, or all of them for the operator.</summary>
    public async Task<IReadOnlyList<Area>> AreasAsync()
    {
        var connection = await db.OpenAsync();
        return (await connection.QueryAsync<Area>(
            """
            select m.id, m.name
              from mutualisation_area m
             where exists (select from appointment a where a.person_id = @PersonId and current_date between a.start_on and coalesce(a.end_on, 'infinity')
                              and ((a.kind = 'DPO' and a.area_id = m.id) or a.kind = 'PLATFORM_ADMIN'))
             order by m.name
            """,
            new { visitor.PersonId })).AsList();
    }

    public async Task<IReadOnlyList<Officer>> OfficersAsync()
    {
        var connection = await db.OpenAsync();
        return (await connection.QueryAsync<Officer>(
            """
            select a.kind, p.first_name || ' ' || p.last_name as name, p.job, p.email, greatest(a.start_on, s.from_on) as since
              from appointment a
              join person p on p.id = a.person_id
              left join mutualisation s on s.area_id = a.area_id and s.organisation_id = @Id and a.organisation_id <> @Id
                                       and @today between s.from_on and coalesce(s.to_on, 'infinity')
             where (a.organisation_id = @Id or s.organisation_id is not null)
               and @today between a.start_on and coalesce(a.end_on, 'infinity')
               and a.kind in ('DPO', 'CORRESPONDENT', 'LEGAL_REPRESENTATIVE', 'ELECTED_DELEGATE', 'DGS')
             order by array_position(array['LEGAL_REPRESENTATIVE', 'ELECTED_DELEGATE', 'DGS', 'DPO', 'CORRESPONDENT'], a.kind), a.start_on
            """,
            new { visitor.Organisation.Id, today = visitor.Organisation.Today(clock) })).AsList();
    }
}
