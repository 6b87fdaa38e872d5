using Dapper;
using Registry.Access;
using Registry.Data;

namespace Registry.Features.AnnualReports;

/// <summary>Every question asked about the orders of annual reports. They are kept with the body that leads the area.</summary>
public sealed class ReportOrderStore(Db db, Visitor visitor, TimeProvider clock)
{
    /// <summary>Null when there is no such area, or the visitor is not its officer today.</summary>
    public async Task<ReportArea?> AreaAsync(Guid area)
    {
        var connection = await db.OpenAsync();
        return await connection.QuerySingleOrDefaultAsync<ReportArea>(
            """
            select a.id, a.name, o.id as lead_id, o.slug as lead_slug,
                   (select count(*)::int from mutualisation m where m.area_id = a.id and (now() at time zone o.time_zone)::date between m.from_on and coalesce(m.to_on, 'infinity')) as bodies
              from mutualisation_area a
              join organisation o on o.id = a.organisation_id
             where a.id = @area and app.serves_area(a.id, o.id)
            """,
            new { area });
    }

    public async Task<IReadOnlyList<ReportOrder>> ListAsync(ReportArea area)
    {
        var connection = await db.OpenAsync();
        return (await connection.QueryAsync<ReportOrder>(
            """
            select r.organisation_id, r.id, r.area_id, r.year, r.status, r.person_id, r.person_name, r.ordered_at, r.finished_at, count(t.target_id)::int as bodies,
                   (count(*) filter (where t.status = 'DONE'))::int as made, (count(*) filter (where t.status = 'REFUSED'))::int as refused
              from report_order r
              left join report_target t on t.organisation_id = r.organisation_id and t.order_id = r.id
             where r.organisation_id = @LeadId and r.area_id = @Id
             group by r.organisation_id, r.id
             order by r.ordered_at desc
             limit 50
            """,
            new { area.LeadId, area.Id })).AsList();
    }

    public async Task<ReportOrder?> FindAsync(Guid lead, Guid id)
    {
        var connection = await db.OpenAsync();
        return await connection.QuerySingleOrDefaultAsync<ReportOrder>(
            """
            select r.organisation_id, r.id, r.area_id, r.year, r.status, r.person_id, r.person_name, r.ordered_at, r.finished_at, count(t.target_id)::int as bodies,
                   (count(*) filter (where t.status = 'DONE'))::int as made, (count(*) filter (where t.status = 'REFUSED'))::int as refused
              from report_order r
              left join report_target t on t.organisation_id = r.organisation_id and t.order_id = r.id
             where r.organisation_id = @lead and r.id = @id
             group by r.organisation_id, r.id
            """,
            new { lead, id });
    }

    public async Task<IReadOnlyList<ReportTarget>> TargetsAsync(ReportOrder order)
    {
        var connection = await db.OpenAsync();
        return (await connection.QueryAsync<ReportTarget>(
            """
            select t.target_id, t.name, o.slug, t.document_id, t.status, t.reason, d.prefix, d.year, d.number
              from report_target t
              left join organisation o on o.id = t.target_id
              left join issued_document d on d.organisation_id = t.target_id and d.id = t.document_id
             where t.organisation_id = @OrganisationId and t.order_id = @Id
             order by t.status = 'REFUSED' desc, t.name collate "fr-x-icu", t.target_id
            """,
            new { order.OrganisationId, order.Id })).AsList();
    }

    /// <summary>One for each body that the area serves today. False when one of this area is under way, or one bears that id already (S-92).</summary>
    public async Task<bool> AddAsync(ReportArea area, Guid id, int year)
    {
        var connection = await db.OpenAsync();
        return await connection.ExecuteScalarAsync<int>(
            """
            with added as (
              insert into report_order (organisation_id, id, area_id, year, status, person_id, person_name, ordered_at)
              values (@LeadId, @id, @area, @year, 'RUNNING', @PersonId, @Name, @now) on conflict do nothing
              returning organisation_id, id
            ), targets as (
              insert into report_target (organisation_id, order_id, target_id, name, document_id, status)
              select x.organisation_id, x.id, o.id, o.name, gen_random_uuid(), 'WAITING'
                from added x
                join mutualisation m on m.area_id = @area
                join organisation o on o.id = m.organisation_id
               where o.status <> 'CLOSED' and (now() at time zone o.time_zone)::date between m.from_on and coalesce(m.to_on, 'infinity')
            )
            select count(*)::int from added
            """,
            new { area.LeadId, id, area = area.Id, year, visitor.PersonId, visitor.Name, now = clock.GetUtcNow() }) == 1;
    }

    /// <summary>What failed waits again, and the whole goes on in the name of who asks. False when there is nothing to do.</summary>
    public async Task<bool> ResumeAsync(ReportOrder order)
    {
        var connection = await db.OpenAsync();
        return await connection.ExecuteScalarAsync<int>(
            """
            with again as (
              update report_target set status = 'WAITING', reason = null, settled_at = null
               where organisation_id = @OrganisationId and order_id = @Id and status = 'REFUSED'
              returning 1
            ), moved as (
              update report_order set status = 'RUNNING', finished_at = null, person_id = @PersonId, person_name = @Name
               where organisation_id = @OrganisationId and id = @Id and (status = 'RUNNING' or exists (select from again))
              returning 1
            )
            select count(*)::int from moved
            """,
            new { order.OrganisationId, order.Id, visitor.PersonId, visitor.Name }) == 1;
    }

    /// <summary>The next body, held until the transaction ends; two workers never meet on one.</summary>
    public async Task<ReportTarget?> NextAsync(ReportOrder order)
    {
        var connection = await db.OpenAsync();
        return await connection.QuerySingleOrDefaultAsync<ReportTarget>(
            """
            select t.target_id, t.name, (select o.slug from organisation o where o.id = t.target_id) as slug, t.document_id, t.status
              from report_target t
             where t.organisation_id = @OrganisationId and t.order_id = @Id and t.status = 'WAITING'
             order by t.target_id
             limit 1
               for update of t skip locked
            """,
            new { order.OrganisationId, order.Id });
    }

    public async Task SettleAsync(ReportOrder order, ReportTarget target, string? reason)
    {
        var connection = await db.OpenAsync();
        await connection.ExecuteAsync(
            """
            update report_target set status = case when @reason::text is null then 'DONE' else 'REFUSED' end, reason = @reason, settled_at = @now
             where organisation_id = @OrganisationId and order_id = @Id and target_id = @TargetId
            """,
            new { order.OrganisationId, order.Id, target.TargetId, reason, now = clock.GetUtcNow() });
    }

    /// <summary>False while another worker still holds a body: whoever comes last ends the order.</summary>
    public async Task<bool> EndAsync(ReportOrder order)
    {
        var connection = await db.OpenAsync();
        return await connection.ExecuteAsync(
            """
            update report_order set status = 'DONE', finished_at = @now
             where organisation_id = @OrganisationId and id = @Id and status = 'RUNNING'
               and not exists (select from report_target t where t.organisation_id = @OrganisationId and t.order_id = @Id and t.status = 'WAITING')
            """,
            new { order.OrganisationId, order.Id, now = clock.GetUtcNow() }) == 1;
    }
}
