-- The life of an area: a body leaves it, comes back or joins another; its officers follow one another.
set role app_owner;
grant create on schema app to app_guard;

alter table app.mutualisation add end_reason text check (length(end_reason) between 1 and 500);
alter table app.mutualisation add check (end_reason is null or to_on is not null);
-- A body that left may come back: the same area, another time.
alter table app.mutualisation drop constraint mutualisation_pkey;
alter table app.mutualisation add primary key (organisation_id, area_id, from_on);
create index appointment_area on app.appointment (area_id) where area_id is not null;
grant update (to_on, end_reason) on app.mutualisation to app_guard;

-- A body sees the officers who served it, not those who came to the area after it left or had gone before it joined.
drop policy officer on app.appointment;
create policy officer on app.appointment for select to app_web
  using (kind = 'DPO' and area_id is not null
         and exists (select from app.mutualisation m
                      where m.area_id = appointment.area_id and m.from_on <= coalesce(appointment.end_on, 'infinity')
                        and coalesce(m.to_on, 'infinity') >= appointment.start_on));
-- Ended before it began, an appointment is cancelled: its last day is the day before its first, and no question between the two finds it.
alter table app.appointment drop constraint appointment_check;
alter table app.appointment add constraint appointment_check check (end_on is null or end_on >= start_on - 1);
reset role;

set role app_guard;
-- Does the context serve this area as its officer today, in the time of the organisation that the question is about?
create function app.serves_area(area uuid, organisation uuid) returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select exists (select from app.appointment a join app.organisation o on o.id = organisation
                  where a.person_id = app.current_person() and a.kind = 'DPO' and a.area_id = area
                    and (now() at time zone o.time_zone)::date between a.start_on and coalesce(a.end_on, 'infinity'))
$$;

-- Ends the time of a body in an area, by the area's officer. The last day is today at the earliest: what was done under an open
-- door stays done. False when the body is no longer in the area, or is in the next one by then.
create function app.leave_area(organisation uuid, area uuid, last_day date, reason text) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  today date := (select (now() at time zone o.time_zone)::date from app.organisation o where o.id = organisation);
  following date;
begin
  if not app.serves_area(area, organisation) or not organisation = any (app.organisations()) then
    raise exception 'not the officer of this area' using errcode = '42501';
  end if;
  if last_day < today or coalesce(trim(reason), '') = '' then
    raise exception 'a body leaves from today on, and for a reason' using errcode = '22023';
  end if;
  perform pg_advisory_xact_lock(hashtextextended(organisation::text, 9));
  -- Putting an announced exit off must not run into a later membership.
  select min(m.from_on) into following from app.mutualisation m where m.organisation_id = organisation and m.from_on > today;
  if last_day >= following then return false; end if;
  update app.mutualisation m set to_on = last_day, end_reason = reason
   where m.organisation_id = organisation and m.area_id = area and today between m.from_on and coalesce(m.to_on, 'infinity');
  return found;
end $$;

-- Entrusts a body that no area serves any more to the officer of an area. Only the body itself decides that, through whoever
-- represents it: nobody draws an existing organisation into her own area (app.join_area). Says what stands in the way, null when done.
create function app.entrust(organisation uuid, area uuid, since date) returns text
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  today date := (select (now() at time zone o.time_zone)::date from app.organisation o where o.id = organisation);
begin
  if not exists (select from app.current_roles() r
                  where r.organisation_id = organisation and r.kind in ('LEGAL_REPRESENTATIVE', 'ELECTED_DELEGATE', 'DGS') and not r.area_wide) then
    raise exception 'not a representative of this body' using errcode = '42501';
  end if;
  if since < today then return 'PAST'; end if;
  perform pg_advisory_xact_lock(hashtextextended(organisation::text, 9));
  if exists (select from app.mutualisation m where m.organisation_id = organisation and coalesce(m.to_on, 'infinity') >= since) then return 'SERVED'; end if;
  if exists (select from app.mutualisation_area m where m.organisation_id = organisation) then return 'LEADS'; end if;
  if exists (select from app.appointment a where a.organisation_id = organisation and a.kind = 'DPO'
                and coalesce(a.end_on, 'infinity') >= greatest(since, a.start_on)) then return 'OFFICER'; end if;
  if not exists (select from app.areas_to_join() x where x.id = area) then return 'AREA'; end if;
  insert into app.mutualisation (organisation_id, area_id, from_on) values (organisation, area, since);
  return null;
end $$;

-- The areas of the platform that have an officer, with the body that leads each: both are public, the page for citizens says so.
create function app.areas_to_join() returns table (id uuid, name text, lead text)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select m.id, m.name, o.name
    from app.mutualisation_area m
    join app.organisation o on o.id = m.organisation_id
   where o.status = 'ACTIVE' and app.current_person() is not null
     and exists (select from app.appointment a where a.area_id = m.id and a.kind = 'DPO'
                    and (now() at time zone o.time_zone)::date <= coalesce(a.end_on, 'infinity'))
$$;

-- What happened to an area, for its officer and for the operator, who reads no other history (F32): who served it, who left.
create function app.area_history(area uuid)
returns table (sequence bigint, recorded_at timestamptz, role text, action text, object_type text, object_id uuid, outcome text, hash text, details_text text)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select e.sequence, e.recorded_at, e.role, e.action, e.object_type, e.object_id, e.outcome, encode(e.hash, 'hex'), d.details
    from app.mutualisation_area m
    join history.event e on e.organisation_id = m.organisation_id and e.object_id = m.id
    join history.detail d on d.organisation_id = e.organisation_id and d.sequence = e.sequence
   where m.id = area
     and (app.serves_area(area, m.organisation_id) or exists (select from app.current_roles() r where r.kind = 'PLATFORM_ADMIN'))
   order by e.sequence desc
   limit 50
$$;

revoke execute on function app.serves_area, app.leave_area, app.entrust, app.areas_to_join, app.area_history from public;
grant execute on function app.serves_area, app.leave_area, app.entrust, app.areas_to_join, app.area_history to app_owner, app_web;
reset role;

set role app_owner;
revoke create on schema app from app_guard;
reset role;
