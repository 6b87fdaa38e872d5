-- The chain of who changed what (D-5, S-60 to S-62): one chain for each organisation and one, under the nil id, for the platform.
-- An event's hash covers the hash before it; `seal` signs that hash with a key kept outside the database, so that not even a
-- superuser can write a plausible event. What an event says in words is in `detail`, committed to by a salted HMAC: it can be
-- erased one day without breaking the chain.
set role app_owner;

create table history.chain (
  organisation_id  uuid primary key,
  sequence         bigint not null default 0,
  hash             bytea not null default '\x',
  last_transaction xid8
);
create table history.event (
  organisation_id uuid not null,
  sequence        bigint not null,
  recorded_at     timestamptz not null,
  person_id       uuid,
  role            text not null,
  action          text not null,
  object_type     text not null,
  object_id       uuid,
  outcome         text not null,
  request_id      text not null,
  commitment      bytea not null,
  body            text not null,
  hash            bytea not null,
  seal            bytea not null,
  primary key (organisation_id, sequence)
);
create index event_object on history.event (organisation_id, object_id, sequence);
create table history.detail (
  organisation_id uuid not null,
  sequence        bigint not null,
  salt            bytea not null,
  details         text not null,
  primary key (organisation_id, sequence),
  foreign key (organisation_id, sequence) references history.event
);

create function history.refuse() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  raise exception 'history is written once: % on % is refused', tg_op, tg_table_name using errcode = '42501';
end $$;
create trigger written_once before update or delete on history.event for each row execute function history.refuse();
create trigger never_emptied before truncate on history.event execute function history.refuse();
create trigger written_once before update or delete on history.detail for each row execute function history.refuse();
create trigger never_emptied before truncate on history.detail execute function history.refuse();
create trigger never_emptied before truncate on history.chain execute function history.refuse();
create trigger never_removed before delete on history.chain for each row execute function history.refuse();

alter table history.chain enable row level security;
alter table history.chain force row level security;
alter table history.event enable row level security;
alter table history.event force row level security;
alter table history.detail enable row level security;
alter table history.detail force row level security;
create policy guard on history.chain to app_guard using (true) with check (true);
create policy guard on history.event to app_guard using (true) with check (true);
create policy guard on history.detail to app_guard using (true) with check (true);
create policy backup on history.chain for select to app_backup using (true);
create policy backup on history.event for select to app_backup using (true);
create policy backup on history.detail for select to app_backup using (true);
create policy web on history.event for select to app_web
  using (organisation_id = any ((select app.content_organisations())::uuid[]));
create policy web on history.detail for select to app_web
  using (organisation_id = any ((select app.content_organisations())::uuid[]));
grant select, insert, update on history.chain to app_guard;
grant select, insert on history.event, history.detail to app_guard;
grant select on history.event, history.detail to app_web;
grant select on history.chain, history.event, history.detail to app_backup;
grant create on schema history to app_guard;
reset role;

set role app_guard;
-- Locks the head of a chain until the end of the transaction and tells where it stands.
create function history.head(organisation uuid, out sequence bigint, out hash bytea)
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  if (organisation = '00000000-0000-0000-0000-000000000000' and app.context() is null and session_user <> 'app_signin')
     or (organisation <> '00000000-0000-0000-0000-000000000000' and not organisation = any (app.organisations())) then
    raise exception 'chain out of reach' using errcode = '42501';
  end if;
  insert into history.chain (organisation_id) values (organisation) on conflict do nothing;
  select c.sequence, c.hash into sequence, hash from history.chain c where c.organisation_id = organisation for update;
end $$;

-- A field with its length in bytes before it: no two lists of fields give the same text.
create function history.field(value text) returns text language sql immutable set search_path = pg_catalog, pg_temp as $$
  select octet_length(convert_to(coalesce(value, ''), 'UTF8')) || ':' || coalesce(value, '') || ','
$$;

-- The columns and the hashed text must say the same, the person must be the one whose context this is. The seal cannot be checked here,
-- its key being elsewhere: `registry verify` does.
create function history.append(
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
  insert into history.event values (p_organisation, p_sequence, p_recorded_at, p_person, p_role, p_action, p_object_type, p_object_id,
    p_outcome, p_request_id, p_commitment, p_body, p_hash, p_seal);
  insert into history.detail values (p_organisation, p_sequence, p_salt, p_details);
  update history.chain c set sequence = p_sequence, hash = p_hash, last_transaction = pg_current_xact_id()
   where c.organisation_id = p_organisation;
end $$;

-- No event, no commit (S-60): at commit each changed row asks whether its chain grew in this transaction.
create function history.require_event() returns trigger
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare organisation uuid;
begin
  if tg_table_name = 'organisation' then
    if tg_op = 'DELETE' then organisation := old.id; else organisation := new.id; end if;
  elsif tg_op = 'DELETE' then organisation := old.organisation_id;
  else organisation := new.organisation_id;
  end if;
  if not exists (select from history.chain c
                  where c.organisation_id = coalesce(organisation, '00000000-0000-0000-0000-000000000000')
                    and c.last_transaction = pg_current_xact_id()) then
    raise exception 'a change of %.% without its event', tg_table_schema, tg_table_name using errcode = '42501';
  end if;
  return null;
end $$;
revoke execute on all functions in schema history from public;
grant execute on all functions in schema history to app_owner, app_web, app_signin, app_worker;
reset role;

set role app_owner;
revoke create on schema history from app_guard;

-- What makes a table a table of the house: policies on and forced, the web role sees only what its context reaches, backups
-- read all, every change needs its event. `reach` names the function of 0003 that the policy asks.
create procedure app.keep_apart(target regclass, reach text) language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  execute format('alter table %s enable row level security', target);
  execute format('alter table %s force row level security', target);
  execute format('create policy web on %s to app_web using (organisation_id = any ((select app.%I())::uuid[])) '
                 'with check (organisation_id = any ((select app.%2$I())::uuid[]))', target, reach);
  execute format('create policy backup on %s for select to app_backup using (true)', target);
  execute format('create constraint trigger proved after insert or update or delete on %s deferrable initially deferred '
                 'for each row execute function history.require_event()', target);
  execute format('grant select, insert, update on %s to app_web', target);
  execute format('grant select on %s to app_backup', target);
end $$;
revoke execute on procedure app.keep_apart from public;

call app.keep_apart('app.org_unit', 'organisations');
call app.keep_apart('app.mutualisation_area', 'organisations');
call app.keep_apart('app.mutualisation', 'organisations');
call app.keep_apart('app.person', 'organisations');
call app.keep_apart('app.appointment', 'organisations');
-- An organisation joins an area through app.join_area alone.
revoke insert, update on app.mutualisation from app_web;
-- Appointments give every right: writing one takes the right to appoint, whatever statement tries.
create policy appointers_add on app.appointment as restrictive for insert to app_web
  with check ((select app.may_appoint(organisation_id, kind, area_id)));
create policy appointers_change on app.appointment as restrictive for update to app_web
  using ((select app.may_appoint(organisation_id, kind, area_id))) with check ((select app.may_appoint(organisation_id, kind, area_id)));

-- The organisation is its own tenant: its id is the key.
alter table app.organisation enable row level security;
alter table app.organisation force row level security;
create policy web_read on app.organisation for select to app_web using (id = any ((select app.organisations())::uuid[]));
create policy web_change on app.organisation for update to app_web
  using (id = any ((select app.organisations())::uuid[])) with check (id = any ((select app.organisations())::uuid[]));
create policy web_create on app.organisation for insert to app_web with check ((select app.may_create_organisation()));
create policy backup on app.organisation for select to app_backup using (true);
create constraint trigger proved after insert or update or delete on app.organisation deferrable initially deferred
  for each row execute function history.require_event();
grant select, insert, update on app.organisation to app_web;
grant select on app.organisation to app_backup;

-- One's own appointments and oneself are always in sight; so is the officer who serves the organisation, whose body may be out of reach.
create policy own on app.appointment for select to app_web using (person_id = (select app.current_person()));
create policy officer on app.appointment for select to app_web
  using (kind = 'DPO' and area_id in (select m.area_id from app.mutualisation m));
create policy own on app.person for select to app_web using (id = (select app.current_person()));
create policy appointed on app.person for select to app_web using (id in (select a.person_id from app.appointment a));
create policy served on app.mutualisation_area for select to app_web using (id in (select m.area_id from app.mutualisation m));

-- The platform's own people: the operator belongs to no organisation, her row and her appointment are the platform's.
create policy platform on app.person to app_web
  using (organisation_id is null and '00000000-0000-0000-0000-000000000000' = any ((select app.organisations())::uuid[]))
  with check (organisation_id is null and '00000000-0000-0000-0000-000000000000' = any ((select app.organisations())::uuid[]));
create policy platform on app.appointment to app_web
  using (organisation_id is null and '00000000-0000-0000-0000-000000000000' = any ((select app.organisations())::uuid[]))
  with check (organisation_id is null and '00000000-0000-0000-0000-000000000000' = any ((select app.organisations())::uuid[]));

-- Mail leaves only from here (S-93). organisation_id is null for mail about an account.
create table app.outbox_mail (
  organisation_id uuid references app.organisation,
  id              uuid primary key,
  recipient       text not null check (length(recipient) <= 254 and recipient !~ '[\r\n]'),
  subject         text not null check (length(subject) <= 200 and subject !~ '[\r\n]'),
  body            text not null check (length(body) <= 20000),
  created_at      timestamptz not null,
  due_at          timestamptz not null,
  sent_at         timestamptz,
  attempts        int not null default 0,
  last_error      text
);
create index outbox_mail_due on app.outbox_mail (due_at) where sent_at is null;
alter table app.outbox_mail enable row level security;
alter table app.outbox_mail force row level security;
create policy web on app.outbox_mail for insert to app_web with check (organisation_id = any ((select app.organisations())::uuid[]));
create policy signin on app.outbox_mail to app_signin using (organisation_id is null) with check (organisation_id is null);
create policy worker on app.outbox_mail to app_worker using (true) with check (true);
create policy backup on app.outbox_mail for select to app_backup using (true);
grant insert on app.outbox_mail to app_web;
grant select, insert on app.outbox_mail to app_signin;
grant select, update on app.outbox_mail to app_worker;
grant select on app.outbox_mail to app_backup;
reset role;
