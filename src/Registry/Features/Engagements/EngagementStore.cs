using Dapper;
using Registry.Access;
using Registry.Data;
using Registry.Features.Conventions;
using Registry.Features.Records;

namespace Registry.Features.Engagements;

/// <summary>The organisation's recourse to processors.</summary>
public sealed class EngagementStore(Db db, Visitor visitor, TimeProvider clock)
{
    private Guid Organisation => visitor.Organisation.Id;

    public async Task<IReadOnlyList<EngagementLine>> ListAsync(Guid? party, int limit, int offset)
    {
        var connection = await db.OpenAsync();
        return (await connection.QueryAsync<EngagementLine>(
            """
            select e.id, e.third_party_id, p.name as processor, e.service, coalesce(c.title, e.contract_reference) as reference, e.expires_on, e.ended_on,
                   coalesce(c.article28_score, e.article28_score)::float8 as score,
                   (select count(*) from sub_processor s where s.organisation_id = e.organisation_id and s.engagement_id = e.id and s.decision = 'PENDING')::int as pending,
                   count(*) over ()::int as total
              from processor_engagement e
              join third_party p on p.organisation_id = e.organisation_id and p.id = e.third_party_id
              left join convention c on c.organisation_id = e.keeper_id and c.id = e.convention_id
             where e.organisation_id = @Organisation and (@party::uuid is null or e.third_party_id = @party)
             order by e.ended_on is not null, p.name collate "fr-x-icu", e.start_on, e.id
             limit @limit offset @offset
            """,
            new { Organisation, party, limit, offset })).AsList();
    }

    /// <summary>Processors without a check or below what is enough: of one organisation, or of all that the person reaches.</summary>
    public async Task<IReadOnlyList<WeakLine>> WeakAsync(Guid? organisation, int limit, int offset)
    {
        var connection = await db.OpenAsync();
        return (await connection.QueryAsync<WeakLine>(
            """
            with weak as (
              select e.organisation_id, 'E' as kind, e.id, p.name as processor, e.service as subject, null::int as number, coalesce(c.article28_score, e.article28_score) as score
                from processor_engagement e
                join third_party p on p.organisation_id = e.organisation_id and p.id = e.third_party_id
                left join convention c on c.organisation_id = e.keeper_id and c.id = e.convention_id
               where e.ended_on is null and coalesce(c.article28_score, e.article28_score, 0) < @Enough
               union all
              select c.organisation_id, 'C', c.id,
                     (select string_agg(x.name, ', ' order by x.position) from convention_party x where x.organisation_id = c.organisation_id and x.convention_id = c.id and x.active and x.gdpr_role = any (@processing)),
                     c.title, c.number, c.article28_score
                from convention c
               where c.status in ('SIGNED', 'IN_FORCE', 'NOTICE_GIVEN') and coalesce(c.article28_score, 0) < @Enough
                 and exists (select from convention_party x where x.organisation_id = c.organisation_id and x.convention_id = c.id and x.active and x.gdpr_role = any (@processing))
                 and not exists (select from processor_engagement e where e.organisation_id = c.organisation_id and e.convention_id = c.id)
               union all
              select p.organisation_id, 'P', p.id, p.name, null, null, null
                from third_party p
               where p.active and p.role = any (@processing)
                 and exists (select from record_third_party u where u.organisation_id = p.organisation_id and u.third_party_id = p.id and (u.in_draft or u.in_force))
                 and not exists (select from processor_engagement e where e.organisation_id = p.organisation_id and e.third_party_id = p.id)
                 and not exists (select from convention_party x where x.organisation_id = p.organisation_id and x.active and lower(x.name) = lower(p.name) and x.gdpr_role = any (@processing))
            )
            select w.organisation_id, o.slug, o.name as organisation, w.kind, w.id, w.processor, w.subject, w.number, w.score::float8 as score, count(*) over ()::int as total
              from weak w
              join organisation o on o.id = w.organisation_id
             where @organisation::uuid is null or w.organisation_id = @organisation
             order by w.score nulls first, o.name collate "fr-x-icu", w.processor collate "fr-x-icu", w.id
             limit @limit offset @offset
            """,
            new { organisation, Article28.Enough, processing = new[] { "PROCESSOR", "SUB_PROCESSOR", "PROCESSOR_AND_DPO_PROVIDER" }, limit, offset })).AsList();
    }

    public async Task<Engagement?> FindAsync(Guid id, bool toChange = false)
    {
        var connection = await db.OpenAsync();
        if (toChange) await connection.ExecuteAsync("select pg_advisory_xact_lock(hashtextextended(@form, 23))", new { form = $"{Organisation}/{id}" });
        return await connection.QuerySingleOrDefaultAsync<Engagement>(
            """
            select e.id, e.third_party_id, p.name as processor, e.service, e.keeper_id, e.convention_id, c.number as convention_number, c.title as convention_title, c.keeper_name,
                   c.article28_score::float8 as convention_score, e.record_id, r.number as record_number, r.title as record_title, e.ended_on, e.sheet::text as sheet_json, e.version
              from processor_engagement e
              join third_party p on p.organisation_id = e.organisation_id and p.id = e.third_party_id
              left join convention c on c.organisation_id = e.keeper_id and c.id = e.convention_id
              left join processing_record r on r.organisation_id = e.organisation_id and r.id = e.record_id
             where e.organisation_id = @Organisation and e.id = @id
            """,
            new { Organisation, id });
    }

    /// <summary>What the form offers, in one round trip.</summary>
    public async Task<EngagementChoices> ChoicesAsync()
    {
        var connection = await db.OpenAsync();
        await using var answers = await connection.QueryMultipleAsync(
            """
            select name from third_party where organisation_id = @Organisation and active order by name collate "fr-x-icu";
            select c.organisation_id as keeper_id, c.id, c.number, c.title, c.keeper_name
              from convention c
             where c.status not in ('CLOSED', 'ABANDONED')
               and (c.organisation_id = @Organisation
                    or (c.organisation_id, c.id) in (select x.organisation_id, x.convention_id from convention_party x where x.active and x.party_organisation_id = @Organisation))
             order by c.organisation_id <> @Organisation, c.number, c.id limit 500;
            select id, number, title from processing_record where organisation_id = @Organisation and status not in ('ARCHIVED', 'ABANDONED') order by number limit 2000
            """,
            new { Organisation });
        return new([.. await answers.ReadAsync<string>()], [.. await answers.ReadAsync<KnownText>()], [.. await answers.ReadAsync<KnownRecord>()]);
    }

    public async Task<string?> PartyNameAsync(Guid party)
    {
        var connection = await db.OpenAsync();
        return await connection.ExecuteScalarAsync<string?>("select name from third_party where organisation_id = @Organisation and id = @party", new { Organisation, party });
    }

    /// <summary>False when the same form was sent before.</summary>
    public async Task<bool> AddAsync(Guid id, EngagementSheet sheet, Guid party, KnownText? text, KnownRecord? record)
    {
        var connection = await db.OpenAsync();
        return await connection.ExecuteAsync(
            """
            insert into processor_engagement (organisation_id, id, third_party_id, service, keeper_id, convention_id, contract_reference, record_id, start_on, expires_on, ended_on, sheet, created_at, updated_at, updated_by)
            values (@Organisation, @id, @party, @Service, @keeper, @convention, @ContractReference, @record, @StartOn, @ExpiresOn, @EndedOn, @sheet::jsonb, @now, @now, @by)
            on conflict do nothing
            """,
            Parameters(id, sheet, party, text, record, 0)) == 1;
    }

    /// <summary>False when somebody saved it meanwhile.</summary>
    public async Task<bool> SaveAsync(Guid id, EngagementSheet sheet, Guid party, KnownText? text, KnownRecord? record, int version)
    {
        var connection = await db.OpenAsync();
        return await connection.ExecuteAsync(
            """
            update processor_engagement
               set third_party_id = @party, service = @Service, keeper_id = @keeper, convention_id = @convention, contract_reference = @ContractReference, record_id = @record,
                   start_on = @StartOn, expires_on = @ExpiresOn, ended_on = @EndedOn, sheet = @sheet::jsonb, updated_at = @now, updated_by = @by, version = version + 1
             where organisation_id = @Organisation and id = @id and version = @version
            """,
            Parameters(id, sheet, party, text, record, version)) == 1;
    }

    /// <summary>The check of article 28 alone; false when somebody saved meanwhile.</summary>
    public async Task<bool> CheckAsync(Guid id, EngagementSheet sheet, int version)
    {
        var connection = await db.OpenAsync();
        return await connection.ExecuteAsync(
            """
            update processor_engagement set sheet = @sheet::jsonb, updated_at = @now, updated_by = @by, version = version + 1
             where organisation_id = @Organisation and id = @id and version = @version
            """,
            new { Organisation, id, version, sheet = SheetJson.WritePart(sheet), now = clock.GetUtcNow(), by = visitor.Name }) == 1;
    }

    private object Parameters(Guid id, EngagementSheet sheet, Guid party, KnownText? text, KnownRecord? record, int version) => new
    {
        Organisation, id, party, sheet.Terms.Service, keeper = text?.KeeperId, convention = text?.Id, sheet.Terms.ContractReference, record = record?.Id, sheet.Terms.StartOn, sheet.Terms.ExpiresOn, sheet.Terms.EndedOn,
        sheet = SheetJson.WritePart(sheet), version, now = clock.GetUtcNow(), by = visitor.Name,
    };
}
