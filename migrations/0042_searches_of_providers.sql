-- The help desk of a provider that is a body here answers its own part of a request of a person (domain §2.8, T-RR-07): it reads the line of the search sheet that was
-- addressed to it, while the request is open and the convention runs, and writes what it found. Nothing else of the request, and of the person only what the line says.
set role app_owner;
alter table app.rights_request_search
  add column provider_id    uuid references app.organisation,
  -- What the provider needs to know of a row, a record and a body that it does not reach.
  add column place          text check (length(place) between 1 and 1000),
  add column body_name      text,
  add column body_reference text,
  add check (provider_id is null or convention_id is not null and place is not null and body_name is not null and body_reference is not null);
create index rights_request_search_asked on app.rights_request_search (provider_id, state) where provider_id is not null;
grant create on schema app to app_guard;
grant create on schema history to app_guard;
reset role;
set role app_guard;

-- The bodies at whose help desk the context stands: as 0024 has it for conventions.
create function app.helpdesk_bodies() returns uuid[]
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare p text[] := app.context();
begin
  if p is null or p[1] = 's' then return '{}'; end if;
  if p[1] = 'o' then return array[p[2]::uuid]; end if;
  return coalesce((select array_agg(distinct r.organisation_id) from app.current_roles() r where r.kind in ('HELPDESK_AGENT', 'CONTRACT_MANAGER')), '{}');
end $$;

-- Once the person has her answer nobody has to search any more, nor to read for whom it was.
create function app.search_waits(organisation uuid, request uuid) returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select exists (select from app.rights_request r where r.organisation_id = organisation and r.id = request and r.ended_on is null)
$$;

-- As 0024, and the line of a search sheet.
create or replace function app.helps_with(organisation uuid, object uuid) returns boolean
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare now_writing bigint := pg_current_xact_id()::text::bigint % 4294967296;
begin
  return exists (select from app.provider_request r
                  where r.organisation_id = organisation and (object is null or r.id = object) and r.convention_id = any (app.helped_conventions())
                    and (r.xmin::text::bigint = now_writing
                      or exists (select from app.provider_request_entry e where e.organisation_id = organisation and e.request_id = r.id and e.xmin::text::bigint = now_writing)))
      or exists (select from app.authority_request r
                  where r.organisation_id = organisation and (object is null or r.id = object) and r.convention_id = any (app.helped_conventions()) and r.xmin::text::bigint = now_writing)
      or exists (select from app.rights_request_search s
                  where s.organisation_id = organisation and (object is null or s.request_id = object) and s.provider_id = any (app.helpdesk_bodies())
                    and s.convention_id = any (app.helped_conventions()) and s.xmin::text::bigint = now_writing);
end $$;

-- As 0024; what a provider found is one line more that it may leave.
create or replace function history.append(
  p_organisation uuid, p_sequence bigint, p_previous bytea, p_recorded_at timestamptz, p_person uuid, p_role text, p_action text,
  p_object_type text, p_object_id uuid, p_outcome text, p_request_id text, p_commitment bytea, p_body text, p_hash bytea, p_seal bytea,
  p_salt bytea, p_details text) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare h record;
begin
  select * into h from history.head(p_organisation);
  if h.sequence + 1 <> p_sequence or h.hash <> p_previous or sha256(convert_to(p_body, 'UTF8')) <> p_hash
     or p_body is distinct from '1|' || encode(p_previous, 'hex') || '|' || history.field(p_organisation::text) || history.field(p_sequence::text)
       || history.field(to_char(p_recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')) || history.field(p_person::text)
       || history.field(p_role) || history.field(p_action) || history.field(p_object_type) || history.field(p_object_id::text)
       || history.field(p_outcome) || history.field(p_request_id) || history.field(encode(p_commitment, 'hex')) then
    raise exception 'this event does not follow the chain' using errcode = '42501';
  end if;
  -- Sign-in knows its person by other means than a context; everybody else is who the context says.
  if session_user <> 'app_signin' and p_person is distinct from app.current_person() then
    raise exception 'this event names somebody else' using errcode = '42501';
  end if;
  if p_organisation <> '00000000-0000-0000-0000-000000000000' and not p_organisation = any (app.organisations())
     and (p_object_type <> 'BREACH' or p_object_id is distinct from app.incident_passage(p_organisation)
          or p_action not in ('PROVIDER_INCIDENT_REACHED', 'PROVIDER_INCIDENT_SHARED'))
     and not (p_action = 'REQUEST_SEARCH_ANSWERED' and p_object_type = 'RIGHTS_REQUEST' and app.helps_with(p_organisation, p_object_id))
     and not (p_action in ('PROVIDER_REQUEST_SUBMITTED', 'PROVIDER_REQUEST_STEPPED', 'PROVIDER_REQUEST_NOTED', 'AUTHORITY_REQUEST_RECEIVED') and p_object_type in ('PROVIDER_REQUEST', 'AUTHORITY_REQUEST') and app.helps_with(p_organisation, p_object_id)) then
    raise exception 'a provider says that it alerted, what it shared and what it did for a request, nothing else' using errcode = '42501';
  end if;
  insert into history.event values (p_organisation, p_sequence, p_recorded_at, p_person, p_role, p_action, p_object_type, p_object_id,
    p_outcome, p_request_id, p_commitment, p_body, p_hash, p_seal);
  insert into history.detail values (p_organisation, p_sequence, p_salt, p_details);
  update history.chain c set sequence = p_sequence, hash = p_hash, last_transaction = pg_current_xact_id()
   where c.organisation_id = p_organisation;
end $$;

revoke execute on function app.helpdesk_bodies, app.search_waits from public;
grant execute on function app.helpdesk_bodies, app.search_waits to app_owner, app_web, app_signin, app_worker, app_public;
reset role;
set role app_owner;
revoke create on schema app from app_guard;
revoke create on schema history from app_guard;

create policy provider_reads on app.rights_request_search for select to app_web
  using (provider_id = any ((select app.helpdesk_bodies())::uuid[]) and convention_id = any ((select app.helped_conventions())::uuid[])
         and state <> 'WITHDRAWN' and app.search_waits(organisation_id, request_id));
create policy provider_answers on app.rights_request_search for update to app_web
  using (state = 'ASKED' and provider_id = any ((select app.helpdesk_bodies())::uuid[]) and convention_id = any ((select app.helped_conventions())::uuid[])
         and app.search_waits(organisation_id, request_id))
  with check (state in ('FOUND', 'NOTHING') and provider_id = any ((select app.helpdesk_bodies())::uuid[]) and convention_id = any ((select app.helped_conventions())::uuid[]));
-- Only the provider of a running convention that serves the body is asked.
create policy provider_asked on app.rights_request_search as restrictive for insert to app_web
  with check (provider_id is null or exists (select from app.providers_of(organisation_id) o where o.convention_id = rights_request_search.convention_id and o.provider_id = rights_request_search.provider_id));

create function app.search_stays() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if (old.organisation_id, old.id, old.request_id, old.number, old.record_id, old.system_id, old.asked_of, old.unit_id, old.keeper_id, old.convention_id, old.provider_id, old.place, old.body_name, old.body_reference, old.due_on, old.asked_at, old.asked_by)
     is distinct from (new.organisation_id, new.id, new.request_id, new.number, new.record_id, new.system_id, new.asked_of, new.unit_id, new.keeper_id, new.convention_id, new.provider_id, new.place, new.body_name, new.body_reference, new.due_on, new.asked_at, new.asked_by) then
    raise exception 'what was asked to be searched is not rewritten' using errcode = '42501';
  end if;
  return new;
end $$;
revoke execute on function app.search_stays from public;
create trigger search_stays before update on app.rights_request_search for each row execute function app.search_stays();
reset role;
