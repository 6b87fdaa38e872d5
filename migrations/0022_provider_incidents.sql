-- An incident at a provider (GDPR 33(2), domain §3.2): said once by the provider, it opens one file in each body that the provider serves. What the provider
-- says is kept by the provider and read in the file; what the body writes and decides stays in the body's own rows and chain.
set role app_owner;

create table app.provider_incident (
  organisation_id uuid not null references app.organisation,
  id              uuid not null,
  year            int not null check (year between 1900 and 2100),
  number          int not null check (number > 0),
  -- A body that reads may not reach the provider: its name stands here.
  provider_name   text not null check (length(provider_name) between 1 and 200),
  title           text not null check (length(title) between 1 and 200),
  started_at      timestamptz,
  noticed_at      timestamptz not null,
  ended_at        timestamptz,
  sheet           jsonb not null check (pg_column_size(sheet) < 1000000),
  version         int not null default 1,
  reported_at     timestamptz not null,
  reported_by     text not null,
  updated_at      timestamptz not null,
  updated_by      text not null,
  primary key (organisation_id, id),
  unique (organisation_id, year, number),
  check (noticed_at >= started_at),
  check (ended_at >= started_at)
);
-- What was shared on a day, whole: the files show what their bodies knew then.
create table app.provider_incident_state (
  organisation_id uuid not null,
  incident_id     uuid not null,
  number          int not null check (number > 0),
  content         jsonb not null check (pg_column_size(content) < 1000000),
  made_at         timestamptz not null,
  made_by         text not null,
  primary key (organisation_id, incident_id, number),
  foreign key (organisation_id, incident_id) references app.provider_incident (organisation_id, id)
);
-- Whom it reached, under which convention, and when: that moment starts the body's own clock.
create table app.provider_incident_file (
  organisation_id uuid not null,
  incident_id     uuid not null,
  reached_id      uuid not null references app.organisation,
  keeper_id       uuid not null,
  convention_id   uuid not null,
  target_hours    int not null check (target_hours between 0 and 1000),
  told_at         timestamptz not null,
  -- The transaction that last crossed into that body.
  passage         xid8 not null,
  primary key (organisation_id, incident_id, reached_id),
  foreign key (organisation_id, incident_id) references app.provider_incident (organisation_id, id),
  foreign key (keeper_id, convention_id) references app.convention (organisation_id, id)
);
create unique index provider_incident_file_reached on app.provider_incident_file (reached_id, incident_id);

call app.keep_apart('app.provider_incident', 'convention_organisations');
call app.keep_apart('app.provider_incident_state', 'convention_organisations');
call app.keep_apart('app.provider_incident_file', 'convention_organisations');
revoke update on app.provider_incident_state from app_web;
-- Only the function that checks the provider's right and the convention writes here.
revoke insert, update on app.provider_incident_file from app_web;

-- The body reads what concerns it, never whom else it concerns.
create policy concerned on app.provider_incident_file for select to app_web using (reached_id = any ((select app.content_organisations())::uuid[]));
create policy concerned on app.provider_incident for select to app_web
  using (id in (select f.incident_id from app.provider_incident_file f where f.reached_id = any ((select app.content_organisations())::uuid[])));
create policy concerned on app.provider_incident_state for select to app_web
  using (incident_id in (select f.incident_id from app.provider_incident_file f where f.reached_id = any ((select app.content_organisations())::uuid[])));

create policy provider_incidents on app.reference_counter to app_web
  using (kind ~ '^IP-[0-9]{4}$' and organisation_id = any ((select app.convention_organisations())::uuid[]))
  with check (kind ~ '^IP-[0-9]{4}$' and organisation_id = any ((select app.convention_organisations())::uuid[]));

-- A file names only an incident that reached its body.
alter table app.breach add constraint breach_provider_incident foreign key (organisation_id, provider_incident_id) references app.provider_incident_file (reached_id, incident_id);
create unique index breach_of_incident on app.breach (organisation_id, provider_incident_id) where provider_incident_id is not null;
-- Asked every minute: what was reported lately and is still open.
create index breach_lately on app.breach (reported_at) where status in ('REPORTED', 'ASSESSING');

grant select on app.provider_incident, app.alert, app.responsibility_matrix_version to app_guard;
grant select, insert, update on app.provider_incident_file, app.reference_counter to app_guard;
grant select, insert on app.breach to app_guard;
create policy guard on app.provider_incident for select to app_guard using (true);
create policy guard on app.provider_incident_file to app_guard using (true) with check (true);
create policy guard on app.responsibility_matrix_version for select to app_guard using (true);
create policy guard on app.alert for select to app_guard using (true);
create policy guard_reads on app.breach for select to app_guard using (true);
create policy guard_opens on app.breach for insert to app_guard with check (provider_incident_id is not null and status = 'REPORTED');
create policy guard on app.reference_counter to app_guard using (kind ~ '^V-[0-9]{4}$') with check (kind ~ '^V-[0-9]{4}$');
grant create on schema app, history to app_guard;
reset role;

set role app_guard;
-- The people of the provider through whom it alerts, or a job that works for it.
create function app.speaks_for_provider(provider uuid) returns boolean
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare p text[] := app.context();
begin
  if p[1] = 'o' then return p[2]::uuid = provider; end if;
  return exists (select from app.current_roles() r where r.organisation_id = provider and r.kind in ('HELPDESK_AGENT', 'CONTRACT_MANAGER'));
end $$;

-- Whom it serves today under a convention that runs (X-05); of several the one that makes it a processor, with a matrix, the youngest. The target of the alert
-- is that of the convention; without one, 24 hours.
create function app.incident_clients(provider uuid)
returns table (organisation_id uuid, name text, time_zone text, keeper_id uuid, convention_id uuid, target_hours int)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select distinct on (y.party_organisation_id) y.party_organisation_id, o.name, o.time_zone, c.organisation_id, c.id,
         coalesce((select max(substring(d ->> 'deadlineRule' from 'ALERT_TARGET_HOURS:([0-9]{1,3})$')::int)
                     from jsonb_array_elements(case when jsonb_typeof(c.sheet #> '{obligations,obligations}') = 'array' then c.sheet #> '{obligations,obligations}' else '[]' end) d), 24)
    from app.convention_party x
    join app.convention c on c.organisation_id = x.organisation_id and c.id = x.convention_id
    join app.convention_party y on y.organisation_id = c.organisation_id and y.convention_id = c.id
    join app.organisation o on o.id = y.party_organisation_id
   where x.party_organisation_id = provider and x.role = 'PROVIDER' and x.active and provider = any (app.convention_organisations())
     and c.status in ('IN_FORCE', 'NOTICE_GIVEN', 'REVERSIBILITY', 'RESTITUTED')
     and y.role = 'BENEFICIARY' and y.active and y.party_organisation_id <> provider and o.status <> 'CLOSED'
   order by y.party_organisation_id, coalesce(x.gdpr_role, '') not in ('PROCESSOR', 'SUB_PROCESSOR', 'PROCESSOR_AND_DPO_PROVIDER'),
            not exists (select from app.responsibility_matrix_version v where v.organisation_id = c.organisation_id and v.convention_id = c.id), c.effective_on desc nulls last, c.id
$$;

-- The file that this very transaction reached in that body, through the two functions below and by nothing else.
create function app.incident_passage(organisation uuid) returns uuid
language sql stable set search_path = pg_catalog, pg_temp as $$
  select b.id
    from app.provider_incident_file f
    join app.breach b on b.organisation_id = f.reached_id and b.provider_incident_id = f.incident_id
   where f.reached_id = organisation and f.passage = pg_current_xact_id()
$$;

-- Opens the file of each body: told now, reported, nothing decided. The dates come with it because the program computes them; what is told comes from the incident.
create function app.open_incident_files(
  provider uuid, incident uuid, bodies uuid[], years int[], limits timestamptz[], outer_limits timestamptz[], told timestamptz, content jsonb, reporter text)
returns table (organisation_id uuid, breach_id uuid, year int, number int)
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare said app.provider_incident;
begin
  if not app.speaks_for_provider(provider) then raise exception 'not a voice of this provider' using errcode = '42501'; end if;
  select * into said from app.provider_incident i where i.organisation_id = provider and i.id = incident;
  if said.id is null or exists (select from unnest(bodies) b (id) where not exists (select from app.incident_clients(provider) c where c.organisation_id = b.id)) then
    raise exception 'not served by this provider' using errcode = '42501';
  end if;
  insert into app.provider_incident_file (organisation_id, incident_id, reached_id, keeper_id, convention_id, target_hours, told_at, passage)
  select provider, incident, c.organisation_id, c.keeper_id, c.convention_id, c.target_hours, told, pg_current_xact_id()
    from app.incident_clients(provider) c where c.organisation_id = any (bodies)
      on conflict do nothing;
  -- In the order of their ids, as the chains are: two incidents of the same evening do not wait for each other in a circle.
  return query
    with fresh as (select b.id, b.year, b.strict, b.lenient
                     from unnest(bodies, years, limits, outer_limits) b (id, year, strict, lenient)
                     join app.provider_incident_file f on f.reached_id = b.id and f.incident_id = incident and f.passage = pg_current_xact_id()
                    where not exists (select from app.breach x where x.organisation_id = b.id and x.provider_incident_id = incident)),
         numbered as (insert into app.reference_counter (organisation_id, kind, last) select f.id, 'V-' || f.year, 1 from fresh f order by f.id
                          on conflict (organisation_id, kind) do update set last = reference_counter.last + 1
                      returning organisation_id, last)
    insert into app.breach (organisation_id, id, kind, year, number, provider_incident_id, title, status, started_at, ended_at, processor_aware_at, controller_alerted_at, aware_at, aware_source,
                            notify_by, outer_limit, sheet, reported_at, reported_by, updated_at, updated_by)
    select f.id, gen_random_uuid(), 'BREACH', f.year, n.last, incident, said.title, 'REPORTED', said.started_at, said.ended_at, said.noticed_at, told, told, 'ControllerAlerted',
           f.strict, f.lenient, content, told, reporter, told, reporter
      from fresh f join numbered n on n.organisation_id = f.id
    returning organisation_id, id, year, number;
end $$;

-- The provider has said more: the chain of each body it reached may take that line.
create function app.tell_incident_files(provider uuid, incident uuid) returns table (organisation_id uuid, breach_id uuid, year int, number int)
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
begin
  if not app.speaks_for_provider(provider) then raise exception 'not a voice of this provider' using errcode = '42501'; end if;
  update app.provider_incident_file f set passage = pg_current_xact_id() where f.organisation_id = provider and f.incident_id = incident;
  return query select b.organisation_id, b.id, b.year, b.number
                 from app.provider_incident_file f
                 join app.breach b on b.organisation_id = f.reached_id and b.provider_incident_id = f.incident_id
                where f.organisation_id = provider and f.incident_id = incident;
end $$;

-- What the provider learns of the files: that they were told, and who said so. Nothing of their content, state or decisions.
create function app.incident_receipts(provider uuid, incident uuid) returns table (name text, told_at timestamptz, acknowledged_at timestamptz, acknowledged_by text, taken_up boolean)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select o.name, f.told_at, seen.acknowledged_at, seen.acknowledged_by, b.status <> 'REPORTED'
    from app.provider_incident_file f
    join app.organisation o on o.id = f.reached_id
    join app.breach b on b.organisation_id = f.reached_id and b.provider_incident_id = f.incident_id
    left join lateral (select a.acknowledged_at, a.acknowledged_by from app.alert a
                        where a.organisation_id = f.reached_id and a.object_id = b.id and a.acknowledged_at is not null
                        order by a.acknowledged_at limit 1) seen on true
   where f.organisation_id = provider and f.incident_id = incident and provider = any (app.convention_organisations())
   order by o.name, f.reached_id
$$;

-- Which bodies have a clock in hours that may strike: a job asks it each quarter of an hour, for their ids alone. Every kind counted in hours adds its line.
create function app.bodies_with_clocks(at timestamptz) returns setof uuid
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select b.organisation_id from app.breach b
   where b.kind = 'BREACH' and b.status not in ('DISMISSED', 'CLOSED') and b.authority_status in ('UNDECIDED', 'TO_NOTIFY', 'INITIAL_SENT')
   union
  select a.organisation_id from app.alert a
   where a.acknowledged_at is null and a.settled_at is null and (a.object_type in ('BREACH', 'PROVIDER_INCIDENT') or a.next_rung_at <= at)
   union
  select f.organisation_id from app.provider_incident_file f
   where f.told_at > at - interval '72 hours'
$$;

-- And which have a file of which nobody has been told yet: asked every minute.
create function app.bodies_to_alert(at timestamptz) returns setof uuid
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select distinct b.organisation_id from app.breach b
   where b.kind = 'BREACH' and b.status in ('REPORTED', 'ASSESSING') and b.reported_at > at - interval '72 hours' and b.reported_at <= at
     and not exists (select from app.alert a where a.organisation_id = b.organisation_id and a.object_id = b.id and a.code in ('AL_BREACH_REPORTED', 'AL_PROVIDER_INCIDENT'))
$$;

-- A chain takes the lines of whoever reaches its body, and of a provider the two lines of an incident on the one file that it has just reached.
create or replace function history.head(organisation uuid, out sequence bigint, out hash bytea)
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  if (organisation = '00000000-0000-0000-0000-000000000000' and app.context() is null and session_user <> 'app_signin')
     or (organisation <> '00000000-0000-0000-0000-000000000000' and not organisation = any (app.organisations()) and app.incident_passage(organisation) is null) then
    raise exception 'chain out of reach' using errcode = '42501';
  end if;
  insert into history.chain (organisation_id) values (organisation) on conflict do nothing;
  select c.sequence, c.hash into sequence, hash from history.chain c where c.organisation_id = organisation for update;
end $$;

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
          or p_action not in ('PROVIDER_INCIDENT_REACHED', 'PROVIDER_INCIDENT_SHARED')) then
    raise exception 'a provider says that it alerted and what it shared, nothing else' using errcode = '42501';
  end if;
  insert into history.event values (p_organisation, p_sequence, p_recorded_at, p_person, p_role, p_action, p_object_type, p_object_id,
    p_outcome, p_request_id, p_commitment, p_body, p_hash, p_seal);
  insert into history.detail values (p_organisation, p_sequence, p_salt, p_details);
  update history.chain c set sequence = p_sequence, hash = p_hash, last_transaction = pg_current_xact_id()
   where c.organisation_id = p_organisation;
end $$;

revoke execute on function app.speaks_for_provider, app.incident_clients, app.incident_passage, app.open_incident_files, app.tell_incident_files, app.incident_receipts,
  app.bodies_with_clocks, app.bodies_to_alert from public;
grant execute on function app.incident_clients, app.open_incident_files, app.tell_incident_files, app.incident_receipts to app_web;
grant execute on function app.bodies_with_clocks, app.bodies_to_alert to app_worker;
reset role;

set role app_owner;
revoke create on schema app, history from app_guard;

-- Who is officer of a body on a day, and where she is written to: asked wherever a document or a file names her. It sees what its caller sees.
create function app.officer_of(organisation uuid, today date) returns table (officer text, officer_contact text)
language sql stable set search_path = pg_catalog, pg_temp as $$
  select p.first_name || ' ' || p.last_name, coalesce(m.dpo_public_email, p.email)
    from app.appointment a
    join app.person p on p.id = a.person_id
    left join app.mutualisation_area m on m.id = a.area_id
   where a.kind = 'DPO' and today between a.start_on and coalesce(a.end_on, 'infinity')
     and (a.organisation_id = organisation
          or a.area_id in (select x.area_id from app.mutualisation x where x.organisation_id = organisation and today between x.from_on and coalesce(x.to_on, 'infinity')))
   order by a.area_id nulls first, a.start_on desc
   limit 1
$$;
revoke execute on function app.officer_of from public;
grant execute on function app.officer_of to app_web;
reset role;
