-- The account of a year for a whole territory (domain §4, document 23), and the accounts of all its bodies as one order (D-10).
set role app_owner;
grant select on app.processing_record, app.record_opinion, app.training to app_guard;
create policy guard_counts on app.processing_record for select to app_guard using (true);
create policy guard_counts on app.record_opinion for select to app_guard using (true);
create policy guard_counts on app.training for select to app_guard using (true);
grant create on schema app to app_guard;
reset role;
set role app_guard;
-- Numbers of the territory as a whole, and of no body (X-08): for those appointed to this very area. Who works over another area that its lead belongs to learns nothing.
create function app.area_year(lead uuid, area uuid, first_day date, last_day date, today date) returns table (part text, name text, number bigint)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp rows 100 as $$
#variable_conflict use_column
begin
  if not exists (select from app.appointment a join app.organisation o on o.id = a.organisation_id
                  where a.person_id = app.current_person() and a.organisation_id = lead and a.area_id = area and a.kind in ('DPO', 'DPO_ASSISTANT', 'AREA_EXECUTIVE')
                    and (now() at time zone o.time_zone)::date between a.start_on and coalesce(a.end_on, 'infinity')) then
    return;
  end if;
  return query
  with bodies as materialized (
    select distinct o.id, o.time_zone from app.mutualisation m join app.organisation o on o.id = m.organisation_id
     where m.area_id = area and last_day between m.from_on and coalesce(m.to_on, 'infinity') and o.status <> 'CLOSED'
  ), records as materialized (
    select b.id as body, r.published_version is not null as in_force, r.next_review_on, r.sensitive, r.dpia_due, r.domain
      from bodies b join app.processing_record r on r.organisation_id = b.id where r.status not in ('ARCHIVED', 'ABANDONED')
  ), breaches as materialized (
    select b.id as body, x.notified_at, x.notified_late, x.people_status
      from bodies b join app.breach x on x.organisation_id = b.id
     where x.kind = 'BREACH' and x.status <> 'DISMISSED' and (coalesce(x.aware_at, x.reported_at) at time zone b.time_zone)::date between first_day and last_day
  ), requests as materialized (
    select b.id as body, q.ended_on, q.due_on, q.rights
      from bodies b join app.rights_request q on q.organisation_id = b.id where q.received_on between first_day and last_day
  ), opinions as materialized (
    select o.decision from bodies b join app.record_opinion o on o.organisation_id = b.id where o.given_on between first_day and last_day
  ), trainings as materialized (
    select t.headcount from bodies b join app.training t on t.organisation_id = b.id where t.held_on between first_day and last_day
  ), shares as materialized (
    select b.id, count(r.body) as there, count(r.body) filter (where r.in_force) as in_force from bodies b left join records r on r.body = b.id group by b.id
  )
  select 'FIGURE', f.name, f.number from (values
    ('bodies', (select count(*) from bodies)),
    ('records', (select count(*) from records)),
    ('inForce', (select count(*) from records where in_force)),
    ('overdue', (select count(*) from records where in_force and next_review_on < today)),
    ('sensitive', (select count(*) from records where sensitive)),
    ('assessments', (select count(*) from records where sensitive and dpia_due)),
    ('breaches', (select count(*) from breaches)),
    ('notified', (select count(*) from breaches where notified_at is not null)),
    ('notifiedLate', (select count(*) from breaches where notified_late)),
    ('informed', (select count(*) from breaches where people_status = 'INFORMED')),
    ('bodiesWithBreach', (select count(distinct body) from breaches)),
    ('requests', (select count(*) from requests)),
    ('requestsAnswered', (select count(*) from requests where ended_on is not null)),
    ('requestsLate', (select count(*) from requests where ended_on > due_on)),
    ('requestsOpen', (select count(*) from requests where ended_on is null)),
    ('bodiesWithRequest', (select count(distinct body) from requests)),
    ('opinions', (select count(*) from opinions)),
    ('trainings', (select count(*) from trainings)),
    ('trained', (select coalesce(sum(headcount), 0) from trainings))) as f (name, number)
  union all select 'DOMAIN', coalesce(domain, ''), count(*) from records where in_force group by 2
  union all select 'RIGHT', one.code, count(*) from requests, unnest(rights) as one (code) group by 2
  union all select 'DECISION', coalesce(decision, ''), count(*) from opinions group by 2
  union all select 'REGISTER', case when there = 0 then 'EMPTY' when in_force = there then 'WHOLE' when in_force * 2 >= there then 'MOST' when in_force > 0 then 'SOME' else 'DRAFTS' end, count(*) from shares group by 2;
end $$;
revoke execute on function app.area_year from public;
grant execute on function app.area_year to app_owner, app_web;
reset role;
set role app_owner;
revoke create on schema app from app_guard;

-- One order makes the account of each body of an area; it is kept with the body that leads it.
create table app.report_order (
  organisation_id uuid not null references app.organisation,
  id              uuid not null,
  area_id         uuid not null,
  year            int not null check (year between 1900 and 2100),
  status          text not null check (status in ('RUNNING', 'DONE')),
  person_id       uuid not null,
  person_name     text not null check (length(person_name) <= 200),
  ordered_at      timestamptz not null,
  finished_at     timestamptz,
  primary key (organisation_id, id)
);
call app.keep_apart('app.report_order', 'content_organisations');
create unique index report_order_one on app.report_order (organisation_id, area_id) where status = 'RUNNING';

create table app.report_target (
  organisation_id uuid not null,
  order_id        uuid not null,
  target_id       uuid not null references app.organisation,
  name            text not null,
  -- Known before it is made: a second attempt makes no second one.
  document_id     uuid not null,
  status          text not null check (status in ('WAITING', 'DONE', 'REFUSED')),
  reason          text check (length(reason) <= 500),
  settled_at      timestamptz,
  primary key (organisation_id, order_id, target_id),
  foreign key (organisation_id, order_id) references app.report_order (organisation_id, id)
);
call app.keep_apart('app.report_target', 'content_organisations');

-- The job learns which orders wait and in whose name; the work itself is done in that person's name, under her policies.
create policy worker on app.report_order for select to app_worker using (status = 'RUNNING');
grant select (organisation_id, id, status, person_id, person_name) on app.report_order to app_worker;
reset role;
