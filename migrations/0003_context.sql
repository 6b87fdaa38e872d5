-- The signed context (D-3, S-52). The application says, signed with a key that no role of its own can read, for whom this
-- transaction works: 'p|<person>|<expiry>' a person, 'o|<organisation>|<expiry>' a job on one organisation, 's||<expiry>' the
-- platform itself (first administrator). What a person reaches is looked up here and now from her appointments.
set role app_owner;
grant create on schema app to app_guard;
reset role;
set role app_guard;

create function app.context() returns text[]
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  c text := current_setting('app.ctx', true);
  signed bytea;
  expected bytea;
  p text[];
begin
  if coalesce(c, '') = '' then return null; end if;  -- after a commit the setting reads '', not null
  select sha256(k.outer_pad || sha256(k.inner_pad || convert_to(c, 'UTF8'))) into expected from guard.context_key k;
  signed := decode(current_setting('app.mac', true), 'hex');
  -- Without a key, or without a signature, nothing is signed: two nulls must not agree.
  if expected is null or signed is null or signed <> expected then
    raise exception 'context refused' using errcode = '42501';
  end if;
  p := string_to_array(c, '|');
  if p[3]::bigint < extract(epoch from clock_timestamp()) then
    raise exception 'context expired' using errcode = '42501';
  end if;
  return p;
end $$;

create function app.current_person() returns uuid
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare p text[] := app.context();
begin
  return case when p[1] = 'p' then p[2]::uuid end;
end $$;

-- The active appointments of the person, one line for each organisation they open. An appointment holds from its first to its
-- last day included, in the time zone of the organisation.
create function app.current_roles() returns table (organisation_id uuid, kind text, area_wide boolean, delegation_scope text[])
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select o.id, a.kind, a.area_id is not null, a.delegation_scope
    from app.appointment a
    join app.organisation o on o.id = a.organisation_id
   where a.person_id = app.current_person()
     and (now() at time zone o.time_zone)::date between a.start_on and coalesce(a.end_on, 'infinity')
   union all
  select o.id, a.kind, true, a.delegation_scope
    from app.appointment a
    join app.mutualisation m on m.area_id = a.area_id and m.organisation_id <> a.organisation_id
    join app.organisation o on o.id = m.organisation_id
   where a.person_id = app.current_person()
     and (now() at time zone o.time_zone)::date between a.start_on and coalesce(a.end_on, 'infinity')
     and (now() at time zone o.time_zone)::date between m.from_on and coalesce(m.to_on, 'infinity')
   union all
  select '00000000-0000-0000-0000-000000000000', a.kind, true, a.delegation_scope
    from app.appointment a
   where a.person_id = app.current_person() and a.kind = 'PLATFORM_ADMIN'
     and current_date between a.start_on and coalesce(a.end_on, 'infinity')
$$;

-- Organisations whose existence and profile the context reaches; the nil id stands for the platform.
create function app.organisations() returns uuid[]
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare p text[] := app.context();
begin
  if p is null then return '{}'; end if;
  if p[1] = 'o' then return array[p[2]::uuid]; end if;
  if p[1] = 's' or exists (select from app.current_roles() r where r.kind = 'PLATFORM_ADMIN') then
    return (select array_agg(o.id) from app.organisation o) || '00000000-0000-0000-0000-000000000000'::uuid;
  end if;
  return coalesce((select array_agg(distinct r.organisation_id) from app.current_roles() r), '{}');
end $$;

-- Organisations whose business content the context reaches: the operator and the executive have none (S-09, X-08), the processor's
-- people reach a commune through a convention only (X-05), a correspondent's delegate only the requests that she submits.
create function app.content_organisations() returns uuid[]
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare p text[] := app.context();
begin
  if p is null or p[1] = 's' then return '{}'; end if;
  if p[1] = 'o' then return array[p[2]::uuid]; end if;
  return coalesce((select array_agg(distinct r.organisation_id) from app.current_roles() r
                    where r.kind not in ('PLATFORM_ADMIN', 'AREA_EXECUTIVE', 'HELPDESK_AGENT', 'CONTRACT_MANAGER', 'CORRESPONDENT_DELEGATE')), '{}');
end $$;

-- May this context bring a new organisation in? The operator, or an officer who serves an area (F01).
create function app.may_create_organisation() returns boolean
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare p text[] := app.context();
begin
  if p is null then return false; end if;
  if p[1] = 's' then return true; end if;
  return exists (select from app.appointment a
                  where a.person_id = app.current_person()
                    and current_date between a.start_on and coalesce(a.end_on, 'infinity')
                    and (a.kind = 'PLATFORM_ADMIN' or (a.kind = 'DPO' and a.area_id is not null)));
end $$;

-- Puts an organisation made in this very transaction into an area that the context serves. Nobody can draw an existing
-- organisation into her own area: that would open it to her.
create function app.join_area(organisation uuid, area uuid, since date) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare p text[] := app.context();
begin
  -- A row that this transaction has merely updated looks new too: a new organisation has no area and no history yet.
  if p is null
     or not exists (select from app.organisation o
                     where o.id = organisation and o.xmin::text::bigint = pg_current_xact_id()::text::bigint % 4294967296)
     or exists (select from app.mutualisation m where m.organisation_id = organisation)
     or exists (select from app.appointment a where a.organisation_id = organisation)
     or exists (select from history.chain c where c.organisation_id = organisation) then
    raise exception 'only a new organisation can join an area' using errcode = '42501';
  end if;
  if p[1] <> 's' and not exists (select from app.appointment a
                  where a.person_id = app.current_person()
                    and current_date between a.start_on and coalesce(a.end_on, 'infinity')
                    and (a.kind = 'PLATFORM_ADMIN' or (a.kind = 'DPO' and a.area_id = area))) then
    raise exception 'not the officer of this area' using errcode = '42501';
  end if;
  insert into app.mutualisation (organisation_id, area_id, from_on) values (organisation, area, since);
end $$;
-- Who may name somebody, or end her naming (F04): the officer and the representatives of that organisation. The operator only gives
-- an area its officer when it has none, and herself colleagues.
create function app.may_appoint(organisation uuid, appointed_kind text, area uuid) returns boolean
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare p text[] := app.context();
begin
  if p is null then return false; end if;
  if p[1] = 's' then return true; end if;
  if p[1] <> 'p' then return false; end if;
  if exists (select from app.current_roles() r where r.kind = 'PLATFORM_ADMIN') then
    return (organisation is null and appointed_kind = 'PLATFORM_ADMIN') or (area is not null and appointed_kind = 'DPO');
  end if;
  return appointed_kind not in ('PLATFORM_ADMIN', 'AREA_EXECUTIVE')
    and exists (select from app.current_roles() r
                 where r.organisation_id = organisation
                   and (r.kind in ('LEGAL_REPRESENTATIVE', 'ELECTED_DELEGATE', 'DGS') and area is null or r.kind = 'DPO'));
end $$;

-- Does the person hold office where this context does not reach? Then her account is not this context's to keep.
create function app.appointed_elsewhere(person uuid) returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select exists (select from app.appointment a
                  where a.person_id = person and current_date between a.start_on and coalesce(a.end_on, 'infinity')
                    and not coalesce(a.organisation_id = any (app.organisations()), false))
$$;
revoke execute on all functions in schema app from public;
grant execute on all functions in schema app to app_owner, app_web, app_signin, app_worker, app_public;
reset role;
set role app_owner;
revoke create on schema app from app_guard;
grant select on app.organisation, app.person, app.mutualisation_area, app.mutualisation, app.appointment to app_guard;
grant insert on app.mutualisation to app_guard;
create policy guard on app.organisation for select to app_guard using (true);
create policy guard on app.appointment for select to app_guard using (true);
create policy guard on app.person for select to app_guard using (true);
create policy guard on app.mutualisation_area for select to app_guard using (true);
create policy guard on app.mutualisation to app_guard using (true) with check (true);
reset role;
