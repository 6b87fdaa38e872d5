-- Breach files are kept five years after their closure, incidents without breach two (domain §6); somebody may hold one back while a dispute lasts. What goes is the
-- file, what was stated of it, the help that was asked for it, the documents made of it, and the words that the history keeps of it: the lines of the chain stay, and
-- one more line, without a word of content, says whose words were erased. `verify` accepts missing words only where such a line stands.
set role app_owner;
alter table app.breach add column held boolean not null default false;
alter table app.breach add check (not held or status in ('CLOSED', 'DISMISSED'));
create index breach_ending on app.breach (organisation_id, closed_at) where closed_at is not null;

-- The day on which the file goes, in the body's own calendar; null while it lives.
create function app.breach_ends_on(kind text, status text, closed_at timestamptz, zone text) returns date
language sql immutable parallel safe set search_path = pg_catalog, pg_temp as $$
  select case when status in ('CLOSED', 'DISMISSED')
              then ((closed_at at time zone zone)::date + case when kind = 'INCIDENT' or status = 'DISMISSED' then interval '2 years' else interval '5 years' end)::date end
$$;
revoke execute on function app.breach_ends_on from public;
grant execute on function app.breach_ends_on to app_web, app_guard;

grant delete on app.breach, app.breach_entry, app.provider_request, app.provider_request_entry, app.alert, app.notice, app.issued_document,
                app.provider_incident, app.provider_incident_state, app.provider_incident_file to app_guard;
grant select on app.breach_entry, app.issued_document, app.provider_incident_state to app_guard;
create policy guard_erases on app.breach for delete to app_guard using (status in ('CLOSED', 'DISMISSED') and not held);
create policy guard on app.breach_entry to app_guard using (true);
create policy guard_breaches on app.issued_document to app_guard using (rights_request_id is null);
create policy guard_erases on app.provider_incident for delete to app_guard using (true);
create policy guard on app.provider_incident_state to app_guard using (true);
grant create on schema app, history to app_guard;

-- Of the words only those of what is there no more, and only from within the functions of the guard.
create function history.refuse_words() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if tg_op = 'DELETE' and current_user = 'app_guard' and exists (
       select from history.event e
        where e.organisation_id = old.organisation_id and e.sequence = old.sequence and e.action <> 'CONTENT_ERASED'
          and case e.object_type
                when 'BREACH' then not exists (select from app.breach b where b.organisation_id = e.organisation_id and b.id = e.object_id)
                when 'PROVIDER_REQUEST' then not exists (select from app.provider_request r where r.organisation_id = e.organisation_id and r.id = e.object_id)
                when 'PROVIDER_INCIDENT' then not exists (select from app.provider_incident i where i.organisation_id = e.organisation_id and i.id = e.object_id)
                else false end)
  then return old; end if;
  raise exception 'history is written once: % on % is refused', tg_op, tg_table_name using errcode = '42501';
end $$;
revoke execute on function history.refuse_words from public;
drop trigger written_once on history.detail;
create trigger written_once before update or delete on history.detail for each row execute function history.refuse_words();
grant delete on history.detail to app_guard;
reset role;

set role app_guard;
-- Only a job of the organisation, and only what is past its day. What was erased, for the lines that say so.
create function app.purge_breaches(today date) returns table (what text, object_type text, object_id uuid)
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  p text[] := app.context();
  mine uuid;
  files uuid[];
  tickets uuid[];
  incidents uuid[];
begin
  if p is null or p[1] <> 'o' then raise exception 'only a job of the organisation erases breaches' using errcode = '42501'; end if;
  mine := p[2]::uuid;
  select coalesce(array_agg(b.id), '{}') into files
    from app.breach b join app.organisation o on o.id = b.organisation_id
   where b.organisation_id = mine and not b.held and app.breach_ends_on(b.kind, b.status, b.closed_at, o.time_zone) <= today;
  select coalesce(array_agg(r.id), '{}') into tickets from app.provider_request r where r.organisation_id = mine and r.breach_id = any (files);
  return query select case when b.kind = 'INCIDENT' or b.status = 'DISMISSED' then 'INCIDENTS' else 'BREACHES' end, 'BREACH', b.id from app.breach b where b.organisation_id = mine and b.id = any (files);
  return query select 'TICKETS', 'PROVIDER_REQUEST', r.id from app.provider_request r where r.organisation_id = mine and r.id = any (tickets);
  delete from app.provider_request_entry e where e.organisation_id = mine and e.request_id = any (tickets);
  delete from app.provider_request r where r.organisation_id = mine and r.id = any (tickets);
  delete from app.issued_document d where d.organisation_id = mine and d.rights_request_id is null and d.object_id = any (files);
  delete from app.breach_entry e where e.organisation_id = mine and e.breach_id = any (files);
  delete from app.breach b where b.organisation_id = mine and b.id = any (files);
  -- On the side of a provider: an incident of which no body keeps a file any more, five years after it was told.
  select coalesce(array_agg(i.id), '{}') into incidents
    from app.provider_incident i
   where i.organisation_id = mine and i.reported_at < today - interval '5 years'
     and not exists (select from app.provider_incident_file f join app.breach b on b.organisation_id = f.reached_id and b.provider_incident_id = f.incident_id
                      where f.organisation_id = mine and f.incident_id = i.id);
  return query select 'PROVIDER_INCIDENTS', 'PROVIDER_INCIDENT', i from unnest(incidents) i;
  delete from app.provider_incident_file f where f.organisation_id = mine and f.incident_id = any (incidents);
  delete from app.provider_incident_state s where s.organisation_id = mine and s.incident_id = any (incidents);
  delete from app.provider_incident i where i.organisation_id = mine and i.id = any (incidents);
  files := files || tickets || incidents;
  delete from app.work_mark m where m.organisation_id = mine and m.object_id = any (files);
  delete from app.notice n using app.alert a where n.organisation_id = mine and a.organisation_id = mine and a.id = n.alert_id and a.object_id = any (files);
  delete from app.alert a where a.organisation_id = mine and a.object_id = any (files);
  delete from history.detail d using history.event e
   where d.organisation_id = mine and e.organisation_id = mine and e.sequence = d.sequence and e.object_id = any (files);
end $$;
revoke execute on function app.purge_breaches from public;
grant execute on function app.purge_breaches to app_owner, app_web;
reset role;
set role app_owner;
revoke create on schema app, history from app_guard;
reset role;
