-- A request goes when its time has come (R-PU-1; domain §6): its sheet, its words, its steps and its searches. What remains is a line of the statistic, which
-- names nobody. Somebody may hold it back while a dispute lasts; the reason stands among its steps.
set role app_owner;
alter table app.rights_request add column held boolean not null default false;
alter table app.rights_request add check (not held or closed_on is not null);
create index rights_request_ending on app.rights_request (organisation_id, purge_on) where purge_on is not null;

create table app.rights_request_tally (
  organisation_id uuid not null references app.organisation,
  id              uuid not null,
  month           date not null check (month = date_trunc('month', month)),
  rights          text[] not null,
  outcome         text not null,
  -- From receipt to the last word, without the days on which the clock stood still.
  days            int not null,
  on_time         boolean not null,
  primary key (organisation_id, id)
);
call app.keep_apart('app.rights_request_tally', 'content_organisations');
revoke insert, update on app.rights_request_tally from app_web;
grant select, insert on app.rights_request_tally to app_guard;
grant select, delete on app.rights_request, app.rights_request_entry, app.rights_request_search to app_guard;
create policy guard on app.rights_request_tally to app_guard using (true) with check (true);
create policy guard on app.rights_request to app_guard using (true);
create policy guard on app.rights_request_entry to app_guard using (true);
create policy guard on app.rights_request_search to app_guard using (true);
grant create on schema app to app_guard;
reset role;

set role app_guard;
-- Only a job of the organisation, and only what is past the date that the file itself bears. The neutralised days are those of the clock: the deadline that
-- counted, less the month or the three that it gave.
create function app.purge_requests(today date) returns int
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  p text[] := app.context();
  mine uuid;
  gone uuid[];
begin
  if p is null or p[1] <> 'o' then raise exception 'only a job of the organisation erases requests' using errcode = '42501'; end if;
  mine := p[2]::uuid;
  select array_agg(r.id) into gone from app.rights_request r where r.organisation_id = mine and r.purge_on <= today and not r.held;
  if gone is null then return 0; end if;
  insert into app.rights_request_tally (organisation_id, id, month, rights, outcome, days, on_time)
  select mine, gen_random_uuid(), date_trunc('month', r.received_on), r.rights, coalesce(r.outcome, 'ABANDONED'),
         greatest(0, r.ended_on - r.received_on - coalesce((select sum((q ->> 'suppliedOn')::date - (q ->> 'requestedOn')::date)::int
                                                              from jsonb_array_elements(r.course -> 'questions') q where q ->> 'suppliedOn' is not null), 0)),
         r.ended_on <= r.due_on
    from app.rights_request r
   where r.organisation_id = mine and r.id = any (gone);
  delete from app.rights_request_search where organisation_id = mine and request_id = any (gone);
  delete from app.rights_request_entry where organisation_id = mine and request_id = any (gone);
  delete from app.rights_request where organisation_id = mine and id = any (gone);
  return cardinality(gone);
end $$;
revoke execute on function app.purge_requests from public;
grant execute on function app.purge_requests to app_owner, app_web;
reset role;
set role app_owner;
revoke create on schema app from app_guard;
reset role;
