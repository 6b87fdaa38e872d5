-- What a person reaches is looked up once for each transaction, not at each table of each statement: for an officer of 300 communes that
-- was most of a page's time. It is kept in a setting of the transaction, which any statement may write; so it carries a seal made with
-- the key that no role of the application can read, over the context and the moment the transaction began. Without its seal it is
-- looked up again.
-- And a transaction may be narrowed to one organisation, the one whose pages the person is on, by its address in the signed context:
-- 'p|<person>|<expiry>|<slug>'. It then reaches no other, whatever its statements ask.
set role app_owner;
grant create on schema app to app_guard;
reset role;
set role app_guard;

create type app.granted as (kind text, area_wide boolean, delegation_scope text[], organisations uuid[]);

-- The active appointments of a person by kind, as in 0003; with an address, in that organisation only, asked from its side.
create function app.granted_to(me uuid, only_slug text) returns app.granted[]
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  paris date := (now() at time zone 'Europe/Paris')::date;  -- of nearly all; the others pay for their own
  here uuid;
  today date;
begin
  if only_slug is null then
    return (select coalesce(array_agg(row(g.kind, g.area_wide, g.delegation_scope, g.organisations)::app.granted), '{}')
              from (select held.kind, held.area_wide, held.delegation_scope, array_agg(held.id) as organisations
                      from (select a.organisation_id as id, a.kind, a.area_id is not null as area_wide, a.delegation_scope
                              from app.appointment a
                              join app.organisation o on o.id = a.organisation_id
                             where a.person_id = me
                               and case when o.time_zone = 'Europe/Paris' then paris else (now() at time zone o.time_zone)::date end
                                   between a.start_on and coalesce(a.end_on, 'infinity')
                             union
                            select m.organisation_id, a.kind, true, a.delegation_scope
                              from app.appointment a
                              join app.mutualisation m on m.area_id = a.area_id and m.organisation_id <> a.organisation_id
                              join app.organisation o on o.id = m.organisation_id
                              cross join lateral (select case when o.time_zone = 'Europe/Paris' then paris else (now() at time zone o.time_zone)::date end) t (today)
                             where a.person_id = me
                               and t.today between a.start_on and coalesce(a.end_on, 'infinity') and t.today between m.from_on and coalesce(m.to_on, 'infinity')
                             union
                            select '00000000-0000-0000-0000-000000000000', a.kind, true, a.delegation_scope
                              from app.appointment a
                             where a.person_id = me and a.kind = 'PLATFORM_ADMIN' and current_date between a.start_on and coalesce(a.end_on, 'infinity')) held
                     group by held.kind, held.area_wide, held.delegation_scope) g);
  end if;
  select o.id, (now() at time zone o.time_zone)::date into here, today from app.organisation o where o.slug = only_slug;
  return (select coalesce(array_agg(distinct row(a.kind, a.area_wide, a.delegation_scope, array[a.id])::app.granted), '{}')
            from (select here as id, a.kind, a.area_id is not null as area_wide, a.delegation_scope
                    from app.appointment a
                   where a.person_id = me and a.start_on <= today and coalesce(a.end_on, 'infinity') >= today
                     and (a.organisation_id = here
                       or a.area_id in (select m.area_id from app.mutualisation m where m.organisation_id = here and today between m.from_on and coalesce(m.to_on, 'infinity')))
                   union all
                  select '00000000-0000-0000-0000-000000000000', a.kind, true, a.delegation_scope
                    from app.appointment a
                   where a.person_id = me and a.kind = 'PLATFORM_ADMIN' and current_date between a.start_on and coalesce(a.end_on, 'infinity')) a);
end $$;

-- Of a context that app.context has let pass.
create function app.reach_of(p text[]) returns app.granted[]
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  kept text := coalesce(current_setting('app.reach', true), '');
  bound text;
  k guard.context_key;
  found app.granted[];
begin
  if p is null or p[1] <> 'p' then return '{}'; end if;
  select * into k from guard.context_key;
  bound := 'reach|' || current_setting('app.ctx') || '|' || extract(epoch from transaction_timestamp())::text || '|';
  if kept <> '' and current_setting('app.reach_seal', true) = encode(sha256(k.outer_pad || sha256(k.inner_pad || convert_to(bound || kept, 'UTF8'))), 'hex') then
    return kept::app.granted[];
  end if;
  found := app.granted_to(p[2]::uuid, p[4]);
  kept := found::text;
  perform set_config('app.reach', kept, true),
          set_config('app.reach_seal', encode(sha256(k.outer_pad || sha256(k.inner_pad || convert_to(bound || kept, 'UTF8'))), 'hex'), true);
  return found;
end $$;

create or replace function app.current_roles() returns table (organisation_id uuid, kind text, area_wide boolean, delegation_scope text[])
language plpgsql stable security definer set search_path = pg_catalog, pg_temp rows 1000 as $$
#variable_conflict use_column
begin
  return query select o.id, g.kind, g.area_wide, g.delegation_scope from unnest(app.reach_of(app.context())) g, unnest(g.organisations) as o (id);
end $$;

create or replace function app.organisations() returns uuid[]
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  p text[] := app.context();
  held app.granted;
  answer uuid[] := '{}';
  platform boolean := p[1] = 's';
begin
  if p is null then return '{}'; end if;
  if p[1] = 'o' then return array[p[2]::uuid]; end if;
  foreach held in array app.reach_of(p) loop
    platform := platform or held.kind = 'PLATFORM_ADMIN';
    answer := answer || held.organisations;
  end loop;
  if platform then
    return (select array_agg(o.id) from app.organisation o where p[4] is null or o.slug = p[4]) || '00000000-0000-0000-0000-000000000000'::uuid;
  end if;
  return answer;
end $$;

create or replace function app.content_organisations() returns uuid[]
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  p text[] := app.context();
  held app.granted;
  answer uuid[] := '{}';
begin
  if p is null or p[1] = 's' then return '{}'; end if;
  if p[1] = 'o' then return array[p[2]::uuid]; end if;
  foreach held in array app.reach_of(p) loop
    if held.kind not in ('PLATFORM_ADMIN', 'AREA_EXECUTIVE', 'HELPDESK_AGENT', 'CONTRACT_MANAGER', 'CORRESPONDENT_DELEGATE') then
      answer := answer || held.organisations;
    end if;
  end loop;
  return answer;
end $$;

-- How far the person's appointments go in all, for the bar of a page that shows one organisation: a number, and whether she works over
-- several. For that the day of Paris will do.
create function app.reach_size(out organisations int, out over_area boolean)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  me uuid := app.current_person();
  today date := (now() at time zone 'Europe/Paris')::date;
begin
  select count(distinct held.id), coalesce(bool_or(held.area_wide), false) or count(distinct held.id) > 1 into organisations, over_area
    from (select a.organisation_id as id, a.area_id is not null or a.kind = 'PLATFORM_ADMIN' as area_wide
            from app.appointment a
           where a.person_id = me and a.start_on <= today and coalesce(a.end_on, 'infinity') >= today
           union all
          select m.organisation_id, true
            from app.appointment a
            join app.mutualisation m on m.area_id = a.area_id
           where a.person_id = me and a.start_on <= today and coalesce(a.end_on, 'infinity') >= today
             and today between m.from_on and coalesce(m.to_on, 'infinity')) held;
end $$;

-- By what a page that shows the content of one organisation, and nothing else, is known to be the same: where the chain of the organisation
-- stands (no change without its line), what the person holds there, the views she keeps, the day it is there. Null where she reaches nothing.
create function app.page_tag(slug text) returns text
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  p text[] := app.context();
  held app.granted[];
begin
  if p[1] is distinct from 'p' then return null; end if;
  held := app.granted_to(p[2]::uuid, page_tag.slug);
  return (select concat_ws('|', held::text, (now() at time zone o.time_zone)::date, c.sequence, c.hash::text,
                 (select string_agg(row(v.name, v.query, v.opens)::text, '|' order by v.name) from app.saved_view v where v.person_id = p[2]::uuid and v.organisation_id = o.id))
            from app.organisation o
            left join history.chain c on c.organisation_id = o.id
           where o.slug = page_tag.slug and exists (select from unnest(held) g where o.id = any (g.organisations)));
end $$;

-- What it was looked up from has changed in this very transaction.
create function app.reach_moves() returns trigger
language plpgsql volatile set search_path = pg_catalog, pg_temp as $$
begin
  perform set_config('app.reach', '', true);
  return null;
end $$;
revoke execute on function app.granted_to, app.reach_of, app.reach_size, app.page_tag, app.reach_moves from public;
grant execute on function app.reach_size, app.page_tag to app_owner, app_web, app_signin, app_worker, app_public;
grant execute on function app.reach_moves to app_owner;
reset role;
set role app_owner;
revoke create on schema app from app_guard;
grant select on app.saved_view to app_guard;
create policy guard on app.saved_view for select to app_guard using (true);
create trigger reach_moves after insert or update or delete on app.appointment for each statement execute function app.reach_moves();
create trigger reach_moves after insert or update or delete on app.mutualisation for each statement execute function app.reach_moves();
create trigger reach_moves after insert or update or delete on app.organisation for each statement execute function app.reach_moves();
reset role;
