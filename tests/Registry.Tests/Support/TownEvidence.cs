using Dapper;

namespace Registry.Tests.Support;

/// <summary>What stands in the database of a town, seen by the superuser: a test that says "nothing was written" compares before and after.</summary>
public static class TownEvidence
{
    private const string Tables =
        """
        select n.nspname || '.' || c.relname
          from pg_class c join pg_namespace n on n.oid = c.relnamespace
         where n.nspname in ('app', 'history') and c.relkind = 'r'
           and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'organisation_id' and not a.attisdropped)
         order by 1
        """;

    /// <summary>Every row of the town and of the body that leads its area, in one text.</summary>
    public static async Task<string> OfAsync(RegistryFixture registry, Town town)
    {
        await using var connection = await registry.SuperuserAsync();
        var all = new List<string>();
        Guid[] ids = [town.Id, town.LeadId];
        foreach (var table in await connection.QueryAsync<string>(Tables))
            all.AddRange((await connection.QueryAsync<string>($"select t::text from {table} t where organisation_id = any(@ids) order by 1", new { ids })).Select(row => $"{table} {row}"));
        all.AddRange((await connection.QueryAsync<string>("select t::text from app.organisation t where id = any(@ids) order by 1", new { ids })).Select(row => "app.organisation " + row));
        return string.Join('\n', all);
    }

    public static async Task<IReadOnlyList<string>> TenantTablesAsync(RegistryFixture registry)
    {
        await using var connection = await registry.SuperuserAsync();
        return [.. await connection.QueryAsync<string>(Tables)];
    }

    /// <summary>One id of each kind that the town holds: what an attacker might have got hold of.</summary>
    public static async Task<IReadOnlyDictionary<string, Guid>> IdsAsync(RegistryFixture registry, Town town)
    {
        await using var connection = await registry.SuperuserAsync();
        return (await connection.QueryAsync<(string Kind, Guid Id)>(
            """
            select 'person', (select id from app.person where organisation_id = @Id limit 1)
             union all select 'correspondent', (select id from app.appointment where organisation_id = @Id and kind = 'CORRESPONDENT' limit 1)
             union all select 'unit', (select id from app.org_unit where organisation_id = @Id limit 1)
             union all select 'record', (select id from app.processing_record where organisation_id = @Id limit 1)
             union all select 'system', (select id from app.information_system where organisation_id = @Id limit 1)
             union all select 'third party', (select id from app.third_party where organisation_id = @Id limit 1)
             union all select 'agreement', (select id from app.joint_controllership where organisation_id = @Id limit 1)
             union all select 'activity', (select id from app.processor_activity where organisation_id = @Id limit 1)
             union all select 'breach', (select id from app.breach where organisation_id = @Id limit 1)
             union all select 'alert', (select id from app.alert where organisation_id = @Id limit 1)
             union all select 'request', (select id from app.provider_request where organisation_id = @Id limit 1)
             union all select 'inquiry', (select id from app.authority_request where organisation_id = @Id limit 1)
             union all select 'convention', (select id from app.convention where organisation_id = @Id limit 1)
             union all select 'meeting', (select id from app.convention_meeting where organisation_id = @Id limit 1)
             union all select 'engagement', (select id from app.processor_engagement where organisation_id = @Id limit 1)
             union all select 'further processor', (select id from app.sub_processor where organisation_id = @Id limit 1)
             union all select 'search', (select id from app.rights_request_search where organisation_id = @Id limit 1)
             union all select 'area', @AreaId
             union all select 'organisation', @Id
            """, new { town.Id, town.AreaId })).ToDictionary(row => row.Kind, row => row.Id);
    }
}
