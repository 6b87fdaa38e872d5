-- What an organisation asks of its provider (domain §2.10, §3.5): access requests and restorations. The row belongs to the organisation that asks. The people of
-- the provider reach it through the convention it is asked under, while that one runs (X-05), and nothing else of that organisation: what they need to know of
-- it stands in the row, and what they do is a line of its chain.
set role app_owner;

create table app.provider_request (
  organisation_id   uuid not null references app.organisation,
  id                uuid not null,
  nature            text not null check (nature in ('ACCESS', 'RESTORATION')),
  year              int not null check (year between 1900 and 2100),
  number            int not null check (number > 0),
  origin            text not null default 'BENEFICIARY' check (origin in ('BENEFICIARY', 'PROVIDER')),
  convention_id     uuid not null,
  provider_id       uuid not null references app.organisation,
  -- Neither side reaches the other's row in app.organisation.
  provider_name     text not null,
  organisation_name text not null,
  kind              text check (kind in ('GRANT_ACCESS', 'REVOKE_ACCESS', 'CHANGE_RIGHTS', 'RESET_PASSWORD_OUT_OF_PROCEDURE', 'REQUEST_CONNECTION_LOGS')),
  system            text not null check (length(system) between 1 and 200),
  content           jsonb not null check (pg_column_size(content) < 100000),
  status            text not null check (status in ('DRAFT', 'SUBMITTED', 'REJECTED_NOT_AUTHORISED', 'IN_PROGRESS', 'EXECUTED', 'TECHNICALLY_IMPOSSIBLE', 'FAILED',
                      'NOTIFIED', 'ARCHIVED', 'CANCELLED')),
  requested_by_id   uuid,
  requested_by      text not null,
  created_at        timestamptz not null,
  -- The proof of §2.10: the appointment under which it was handed over, and in words as they stood on that day.
  authority_id      uuid,
  authority         text check (length(authority) <= 500),
  submitted_at      timestamptz,
  told_at           timestamptz,
  taken_at          timestamptz,
  taken_by_id       uuid,
  taken_by          text,
  ended_at          timestamptz,
  ended_by          text,
  note              text check (length(note) <= 4000),
  notified_at       timestamptz,
  archived_at       timestamptz,
  version           int not null default 1,
  updated_at        timestamptz not null,
  primary key (organisation_id, id),
  unique (organisation_id, nature, year, number),
  check ((nature = 'ACCESS') = (kind is not null)),
  check (origin = 'BENEFICIARY' or nature = 'RESTORATION'),
  check (nature = 'ACCESS' or status not in ('DRAFT', 'TECHNICALLY_IMPOSSIBLE', 'CANCELLED')),
  check (nature = 'RESTORATION' or status <> 'FAILED'),
  check (status in ('DRAFT', 'REJECTED_NOT_AUTHORISED') or submitted_at is not null)
);
create index provider_request_queue on app.provider_request (provider_id, status);
create index provider_request_system on app.provider_request (status, notified_at);
create index provider_request_announced on app.provider_request (organisation_id) where origin = 'PROVIDER' and told_at is null;

-- What was done on a day, by the provider as a rule; written once.
create table app.provider_request_entry (
  organisation_id uuid not null,
  id              uuid not null,
  request_id      uuid not null,
  happened_at     timestamptz not null,
  text            text not null check (length(text) between 1 and 4000),
  made_at         timestamptz not null,
  made_by         text not null,
  primary key (organisation_id, id),
  foreign key (organisation_id, request_id) references app.provider_request (organisation_id, id)
);
create index provider_request_entry_of on app.provider_request_entry (organisation_id, request_id, happened_at);

grant create on schema app to app_guard;
grant create on schema history to app_guard;
reset role;
set role app_guard;

-- Whose requests the context keeps: those of the organisations whose content it reaches, and those that a delegate of the correspondent hands over.
create function app.request_organisations() returns uuid[]
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare p text[] := app.context();
begin
  if p is null or p[1] = 's' then return '{}'; end if;
  if p[1] = 'o' then return array[p[2]::uuid]; end if;
  return app.content_organisations()
      || coalesce((select array_agg(distinct r.organisation_id) from app.current_roles() r where r.kind = 'CORRESPONDENT_DELEGATE'), '{}');
end $$;

-- The running conventions under which the context's own body is the provider: of a person, where she stands at the help desk or answers for conventions.
create function app.helped_conventions() returns uuid[]
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare p text[] := app.context();
begin
  if p is null or p[1] = 's' then return '{}'; end if;
  return coalesce((
    with mine as materialized (
      select p[2]::uuid as id where p[1] = 'o'
       union
      select r.organisation_id from app.current_roles() r where r.kind in ('HELPDESK_AGENT', 'CONTRACT_MANAGER'))
    select array_agg(distinct c.id)
      from mine m
      join app.convention_party x on x.party_organisation_id = m.id and x.role = 'PROVIDER' and x.active
      join app.convention c on c.organisation_id = x.organisation_id and c.id = x.convention_id
     where c.status in ('IN_FORCE', 'NOTICE_GIVEN', 'REVERSIBILITY', 'RESTITUTED')), '{}');
end $$;

-- Whom those conventions serve.
create function app.helped_organisations() returns uuid[]
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return coalesce((select array_agg(distinct x.party_organisation_id) from app.convention_party x
                    where x.convention_id = any (app.helped_conventions()) and x.active and x.role is distinct from 'PROVIDER' and x.party_organisation_id is not null), '{}');
end $$;

-- Only the designated correspondent, or her delegate within the scope of her letter; a job works for the organisation itself.
create function app.may_ask(organisation uuid, nature text) returns boolean
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare p text[] := app.context();
begin
  if p is null or p[1] = 's' then return false; end if;
  if p[1] = 'o' then return organisation = p[2]::uuid; end if;
  return exists (select from app.current_roles() r
                  where r.organisation_id = organisation
                    and (r.kind = 'CORRESPONDENT'
                      or r.kind = 'CORRESPONDENT_DELEGATE' and case nature when 'ACCESS' then 'ACCESS_REQUESTS' else 'RESTORATIONS' end = any (r.delegation_scope)));
end $$;

-- The providers that an organisation within reach may ask, each under a convention that runs; a delegate of the correspondent reads no convention.
create function app.providers_of(organisation uuid) returns table (convention_id uuid, title text, provider_id uuid, provider_name text)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select c.id, c.title, o.id, o.name
    from app.convention_party b
    join app.convention c on c.organisation_id = b.organisation_id and c.id = b.convention_id
    join app.convention_party x on x.organisation_id = c.organisation_id and x.convention_id = c.id and x.role = 'PROVIDER' and x.active
    join app.organisation o on o.id = x.party_organisation_id
   where b.party_organisation_id = organisation and b.active and b.role is distinct from 'PROVIDER'
     and c.status in ('IN_FORCE', 'NOTICE_GIVEN', 'REVERSIBILITY', 'RESTITUTED')
     and (organisation = any (app.organisations()) or organisation = any (app.helped_organisations()))
$$;

-- The organisations that a provider serves, for its own people: name and clock, nothing else of them.
create function app.clients_of(provider uuid) returns table (convention_id uuid, title text, organisation_id uuid, name text, slug text, time_zone text, territory text, good_friday_observed boolean)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select c.id, c.title, o.id, o.name, o.slug, o.time_zone, o.territory, o.good_friday_observed
    from app.convention_party x
    join app.convention c on c.organisation_id = x.organisation_id and c.id = x.convention_id
    join app.convention_party b on b.organisation_id = c.organisation_id and b.convention_id = c.id and b.active and b.role is distinct from 'PROVIDER'
    join app.organisation o on o.id = b.party_organisation_id
   where x.party_organisation_id = provider and x.role = 'PROVIDER' and x.active and c.id = any (app.helped_conventions()) and provider = any (app.organisations())
$$;

-- Of a provider's people, a chain takes the lines of what this very transaction did for a request under a convention that runs, and nothing else.
create function app.helps_with(organisation uuid, object uuid) returns boolean
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare now_writing bigint := pg_current_xact_id()::text::bigint % 4294967296;
begin
  return exists (select from app.provider_request r
                  where r.organisation_id = organisation and (object is null or r.id = object) and r.convention_id = any (app.helped_conventions())
                    and (r.xmin::text::bigint = now_writing
                      or exists (select from app.provider_request_entry e where e.organisation_id = organisation and e.request_id = r.id and e.xmin::text::bigint = now_writing)))
      or exists (select from app.authority_request r
                  where r.organisation_id = organisation and (object is null or r.id = object) and r.convention_id = any (app.helped_conventions()) and r.xmin::text::bigint = now_writing);
end $$;

-- As 0022, and whom the context helps.
create or replace function history.head(organisation uuid, out sequence bigint, out hash bytea)
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  if (organisation = '00000000-0000-0000-0000-000000000000' and app.context() is null and session_user <> 'app_signin')
     or (organisation <> '00000000-0000-0000-0000-000000000000' and not organisation = any (app.organisations()) and app.incident_passage(organisation) is null
         and not app.helps_with(organisation, null)) then
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
          or p_action not in ('PROVIDER_INCIDENT_REACHED', 'PROVIDER_INCIDENT_SHARED'))
     and not (p_action in ('PROVIDER_REQUEST_SUBMITTED', 'PROVIDER_REQUEST_STEPPED', 'PROVIDER_REQUEST_NOTED', 'AUTHORITY_REQUEST_RECEIVED') and p_object_type in ('PROVIDER_REQUEST', 'AUTHORITY_REQUEST') and app.helps_with(p_organisation, p_object_id)) then
    raise exception 'a provider says that it alerted, what it shared and what it did for a request, nothing else' using errcode = '42501';
  end if;
  insert into history.event values (p_organisation, p_sequence, p_recorded_at, p_person, p_role, p_action, p_object_type, p_object_id,
    p_outcome, p_request_id, p_commitment, p_body, p_hash, p_seal);
  insert into history.detail values (p_organisation, p_sequence, p_salt, p_details);
  update history.chain c set sequence = p_sequence, hash = p_hash, last_transaction = pg_current_xact_id()
   where c.organisation_id = p_organisation;
end $$;

revoke execute on function app.request_organisations, app.helped_conventions, app.helped_organisations, app.may_ask, app.providers_of, app.clients_of, app.helps_with from public;
grant execute on function app.request_organisations, app.helped_conventions, app.helped_organisations, app.may_ask, app.providers_of, app.clients_of
  to app_owner, app_web, app_signin, app_worker, app_public;
reset role;
set role app_owner;
revoke create on schema app from app_guard;
revoke create on schema history from app_guard;

call app.keep_apart('app.provider_request', 'request_organisations');
call app.keep_apart('app.provider_request_entry', 'request_organisations');
revoke update on app.provider_request_entry from app_web;

-- After a convention has closed, the provider's people still read what they did themselves (X-05).
create policy provider_reads on app.provider_request for select to app_web
  using (status not in ('DRAFT', 'REJECTED_NOT_AUTHORISED')
         and (convention_id = any ((select app.helped_conventions())::uuid[]) or taken_by_id = (select app.current_person())));
create policy provider_acts on app.provider_request for update to app_web
  using (status in ('SUBMITTED', 'IN_PROGRESS') and convention_id = any ((select app.helped_conventions())::uuid[]))
  with check (status in ('IN_PROGRESS', 'EXECUTED', 'TECHNICALLY_IMPOSSIBLE', 'FAILED') and convention_id = any ((select app.helped_conventions())::uuid[]));
create policy provider_adds on app.provider_request for insert to app_web
  with check (origin = 'PROVIDER' and status = 'SUBMITTED' and convention_id = any ((select app.helped_conventions())::uuid[])
              and organisation_id = any ((select app.helped_organisations())::uuid[]));
-- Whoever writes it: what is handed over was asked by somebody who may, of a provider whose convention runs.
create policy authority_add on app.provider_request as restrictive for insert to app_web
  with check (exists (select from app.providers_of(organisation_id) o where o.convention_id = provider_request.convention_id and o.provider_id = provider_request.provider_id)
              and (status in ('DRAFT', 'REJECTED_NOT_AUTHORISED') or origin = 'PROVIDER' or app.may_ask(organisation_id, nature)));
create policy authority_change on app.provider_request as restrictive for update to app_web using (true)
  with check (status <> 'SUBMITTED' or app.may_ask(organisation_id, nature)
              and exists (select from app.providers_of(organisation_id) o where o.convention_id = provider_request.convention_id and o.provider_id = provider_request.provider_id));

create policy provider_reads on app.provider_request_entry for select to app_web
  using (exists (select from app.provider_request r where r.organisation_id = provider_request_entry.organisation_id and r.id = provider_request_entry.request_id));
create policy provider_adds on app.provider_request_entry for insert to app_web
  with check (exists (select from app.provider_request r where r.organisation_id = provider_request_entry.organisation_id and r.id = provider_request_entry.request_id
                         and r.convention_id = any ((select app.helped_conventions())::uuid[])));

-- What was asked stays as it was asked, whoever saves.
create function app.asked_stays() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if old.status <> 'DRAFT' and (old.organisation_id, old.id, old.nature, old.year, old.number, old.origin, old.convention_id, old.provider_id, old.kind, old.system, old.content, old.requested_by_id, old.authority_id, old.submitted_at)
     is distinct from (new.organisation_id, new.id, new.nature, new.year, new.number, new.origin, new.convention_id, new.provider_id, new.kind, new.system, new.content, new.requested_by_id, new.authority_id, new.submitted_at) then
    raise exception 'what was asked of a provider is not rewritten' using errcode = '42501';
  end if;
  return new;
end $$;
revoke execute on function app.asked_stays from public;
create trigger asked_stays before update on app.provider_request for each row execute function app.asked_stays();

create policy provider_requests on app.reference_counter to app_web
  using (kind ~ '^(HAB|RES)-[0-9]{4}$' and (organisation_id = any ((select app.request_organisations())::uuid[]) or organisation_id = any ((select app.helped_organisations())::uuid[])))
  with check (kind ~ '^(HAB|RES)-[0-9]{4}$' and (organisation_id = any ((select app.request_organisations())::uuid[]) or organisation_id = any ((select app.helped_organisations())::uuid[])));

-- The job finds what is to be told and archived; the work itself goes through the organisation's own context.
create policy worker on app.provider_request for select to app_worker using (true);
grant select (organisation_id, id, status, origin, told_at, notified_at) on app.provider_request to app_worker;
reset role;

-- Requests of authorities (domain §2.10, §3.5; convention B 2.4): received by a processor, they are redirected to the controller. Each side has a row of its own
-- under the same id. Until it is redirected the controller has none: where the law imposes secrecy there is nothing to be seen, whatever a statement asks.
set role app_owner;
create table app.authority_request (
  organisation_id   uuid not null references app.organisation,
  id                uuid not null,
  side              text not null check (side in ('PROCESSOR', 'CONTROLLER')),
  year              int not null check (year between 1900 and 2100),
  number            int not null check (number > 0),
  convention_id     uuid not null,
  processor_id      uuid not null references app.organisation,
  processor_name    text not null,
  controller_id     uuid not null references app.organisation,
  controller_name   text not null,
  received_on       date not null,
  authority         text not null check (length(authority) between 1 and 200),
  kind              text not null check (kind in ('JUDICIAL', 'ADMINISTRATIVE', 'TAX', 'CNIL', 'OTHER')),
  legal_reference   text check (length(legal_reference) <= 500),
  data_concerned    text not null check (length(data_concerned) between 1 and 2000),
  status            text not null check (status in ('RECEIVED', 'REDIRECTED', 'SECRECY_IMPOSED', 'ACKNOWLEDGED', 'CLOSED')),
  redirect_by       date not null,
  redirected_at     timestamptz,
  redirected_by     text,
  letter            text check (length(letter) <= 20000),
  secrecy_reference text check (length(secrecy_reference) <= 500),
  acknowledged_at   timestamptz,
  acknowledged_by   text,
  answer            text check (length(answer) <= 4000),
  closed_at         timestamptz,
  closed_by         text,
  created_at        timestamptz not null,
  created_by        text not null,
  version           int not null default 1,
  updated_at        timestamptz not null,
  primary key (organisation_id, id),
  unique (organisation_id, year, number),
  check (organisation_id = case side when 'PROCESSOR' then processor_id else controller_id end),
  check (side = 'CONTROLLER' and status in ('REDIRECTED', 'ACKNOWLEDGED', 'CLOSED') or side = 'PROCESSOR' and status in ('RECEIVED', 'REDIRECTED', 'SECRECY_IMPOSED')),
  check (status in ('RECEIVED', 'SECRECY_IMPOSED') or redirected_at is not null and letter is not null),
  check (status <> 'SECRECY_IMPOSED' or secrecy_reference is not null)
);
grant create on schema app to app_guard;
reset role;
set role app_guard;

-- Who keeps a secret that the law imposes: those who represent the processor and those who work for its clients. Its officer may serve the controller too.
create function app.secret_organisations() returns uuid[]
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare p text[] := app.context();
begin
  if p is null or p[1] = 's' then return '{}'; end if;
  if p[1] = 'o' then return array[p[2]::uuid]; end if;
  return coalesce((select array_agg(distinct r.organisation_id) from app.current_roles() r
                    where r.kind in ('LEGAL_REPRESENTATIVE', 'ELECTED_DELEGATE', 'DGS', 'HELPDESK_AGENT', 'CONTRACT_MANAGER') and not r.area_wide), '{}');
end $$;
revoke execute on function app.secret_organisations from public;
grant execute on function app.secret_organisations to app_owner, app_web, app_signin, app_worker, app_public;
reset role;
set role app_owner;
revoke create on schema app from app_guard;

call app.keep_apart('app.authority_request', 'convention_organisations');
create policy secrecy on app.authority_request as restrictive for all to app_web
  using (status <> 'SECRECY_IMPOSED' or organisation_id = any ((select app.secret_organisations())::uuid[]));
-- The copy that the controller gets, with the line in its chain; afterwards the processor reads what became of it.
create policy processor_copies on app.authority_request for insert to app_web
  with check (side = 'CONTROLLER' and status = 'REDIRECTED' and convention_id = any ((select app.helped_conventions())::uuid[]) and organisation_id = any ((select app.helped_organisations())::uuid[]));
create policy processor_follows on app.authority_request for select to app_web
  using (side = 'CONTROLLER' and convention_id = any ((select app.helped_conventions())::uuid[]));
create policy authority_requests on app.reference_counter to app_web
  using (kind ~ '^REQ-[0-9]{4}$' and (organisation_id = any ((select app.convention_organisations())::uuid[]) or organisation_id = any ((select app.helped_organisations())::uuid[])))
  with check (kind ~ '^REQ-[0-9]{4}$' and (organisation_id = any ((select app.convention_organisations())::uuid[]) or organisation_id = any ((select app.helped_organisations())::uuid[])));

-- What ages away (domain §6): a job of the organisation itself asks for it, and what it took is told in the chain or the transaction is refused. Nothing younger
-- than these bounds can be taken by any statement.
grant select, delete on app.provider_request, app.provider_request_entry, app.authority_request, app.alert, app.notice, app.job_run to app_guard;
create policy guard on app.provider_request to app_guard using (true);
create policy guard on app.provider_request_entry to app_guard using (true);
create policy guard on app.authority_request to app_guard using (true);
create policy ageing on app.alert for delete to app_guard using (true);
create policy guard on app.notice to app_guard using (true);
create policy guard on app.job_run to app_guard using (true);
create index alert_age on app.alert (organisation_id, raised_at);
create index job_run_age on app.job_run (organisation_id, ended_at);
grant create on schema app to app_guard;
reset role;
set role app_guard;
create function app.age_away() returns table (what text, taken int)
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  p text[] := app.context();
  mine uuid;
begin
  if p is null or p[1] <> 'o' then raise exception 'only a job of the organisation lets things age away' using errcode = '42501'; end if;
  mine := p[2]::uuid;
  -- Three years for requests to a provider, twelve months for a draft that was left.
  delete from app.provider_request_entry e using app.provider_request r
   where e.organisation_id = mine and r.organisation_id = mine and r.id = e.request_id
     and (r.status in ('ARCHIVED', 'TECHNICALLY_IMPOSSIBLE', 'CANCELLED', 'REJECTED_NOT_AUTHORISED')
          and coalesce(r.archived_at, r.notified_at, r.ended_at, r.submitted_at, r.created_at) < now() - interval '3 years');
  return query with gone as (
    delete from app.provider_request r
     where r.organisation_id = mine
       and (r.status in ('ARCHIVED', 'TECHNICALLY_IMPOSSIBLE', 'CANCELLED', 'REJECTED_NOT_AUTHORISED')
            and coalesce(r.archived_at, r.notified_at, r.ended_at, r.submitted_at, r.created_at) < now() - interval '3 years'
         or r.status = 'DRAFT' and r.updated_at < now() - interval '12 months')
    returning 1)
  select 'PROVIDER_REQUESTS', count(*)::int from gone;
  -- Five years for those of authorities: after the closure on the controller's side, after the redirection on the processor's.
  return query with gone as (
    delete from app.authority_request r
     where r.organisation_id = mine and case r.side when 'CONTROLLER' then r.closed_at else r.redirected_at end < now() - interval '5 years'
    returning 1)
  select 'AUTHORITY_REQUESTS', count(*)::int from gone;
  -- Twelve months for reminders that are settled or that somebody took note of; what is still due a year after that is told anew.
  delete from app.notice n using app.alert a
   where n.organisation_id = mine and a.organisation_id = mine and a.id = n.alert_id
     and a.raised_at < now() - interval '12 months' and (a.acknowledged_at < now() - interval '12 months' or a.settled_at < now() - interval '12 months');
  return query with gone as (
    delete from app.alert a
     where a.organisation_id = mine and a.raised_at < now() - interval '12 months' and (a.acknowledged_at < now() - interval '12 months' or a.settled_at < now() - interval '12 months')
    returning 1)
  select 'ALERTS', count(*)::int from gone;
  return query with gone as (
    delete from app.job_run r where r.organisation_id = mine and r.ended_at < now() - interval '12 months'
    returning 1)
  select 'JOB_RUNS', count(*)::int from gone;
end $$;
revoke execute on function app.age_away from public;
grant execute on function app.age_away to app_owner, app_web;
reset role;
set role app_owner;
revoke create on schema app from app_guard;
-- Of a mail that left or was given up, recipient and subject stay for a year; its words were emptied when it left.
grant delete on app.outbox_mail to app_worker;
create index outbox_mail_age on app.outbox_mail ((coalesce(sent_at, given_up_at))) where sent_at is not null or given_up_at is not null;
reset role;
