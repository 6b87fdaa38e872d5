-- Files of the requests of persons (S-70 to S-73): what proves who she is, and what the answer brings her. The bytes stand here, in sealed parts, and not in a
-- folder: a file is kept, handed over and erased in the transaction of what it belongs to (docs/decisions/0010).
set role app_owner;

create table app.request_file (
  organisation_id uuid not null,
  id              uuid not null,
  request_id      uuid not null,
  kind            text not null check (kind in ('IDENTITY', 'ANSWER')),
  media           text not null check (media in ('PDF', 'JPEG', 'PNG', 'DOCX', 'XLSX', 'ODT', 'ODS', 'CSV')),
  size            int not null check (size between 1 and 10485760),
  parts           int not null check (parts between 1 and 40),
  -- How the sender called it, sealed: it may name somebody. The key of the file, wrapped by the program's.
  name            bytea not null check (length(name) < 1000),
  key             bytea not null check (length(key) < 200),
  -- What the scanner said; until then nobody is given the file, and with another word than CLEAN never.
  verdict         text check (verdict in ('CLEAN', 'INFECTED', 'UNREADABLE')),
  judged_at       timestamptz,
  -- The day on which it is erased, whatever happens to the request.
  expires_on      date,
  added_at        timestamptz not null,
  added_by        text not null,
  primary key (organisation_id, id),
  -- Whatever removes the request, its files go with it.
  foreign key (organisation_id, request_id) references app.rights_request (organisation_id, id) on delete cascade,
  check ((verdict is null) = (judged_at is null)),
  check (kind <> 'IDENTITY' or expires_on is not null)
);
create index request_file_of on app.request_file (organisation_id, request_id);
create index request_file_ending on app.request_file (organisation_id, expires_on) where expires_on is not null;
call app.keep_apart('app.request_file', 'content_organisations');
revoke update on app.request_file from app_web;
grant update (verdict, judged_at, expires_on) on app.request_file to app_web;

create table app.request_file_part (
  organisation_id uuid not null,
  file_id         uuid not null,
  place           int not null check (place >= 0),
  content         bytea not null check (length(content) between 30 and 262300),
  primary key (organisation_id, file_id, place),
  foreign key (organisation_id, file_id) references app.request_file (organisation_id, id) on delete cascade
);
-- Sealed bytes do not shrink: trying would only cost time.
alter table app.request_file_part alter column content set storage external;
call app.keep_apart('app.request_file_part', 'content_organisations');
revoke update on app.request_file_part from app_web;

-- The queue of the scanner (S-72): as with mail, a worker takes a row by a lease of its own.
create table app.request_file_scan (
  organisation_id uuid not null,
  file_id         uuid not null,
  due_at          timestamptz not null,
  lease           uuid,
  leased_until    timestamptz,
  attempts        int not null default 0,
  primary key (organisation_id, file_id),
  foreign key (organisation_id, file_id) references app.request_file (organisation_id, id) on delete cascade
);
create index request_file_scan_due on app.request_file_scan (due_at);
alter table app.request_file_scan enable row level security;
alter table app.request_file_scan force row level security;
create policy web on app.request_file_scan to app_web
  using (organisation_id = any ((select app.content_organisations())::uuid[])) with check (organisation_id = any ((select app.content_organisations())::uuid[]));
create policy worker on app.request_file_scan to app_worker using (true) with check (true);
create policy backup on app.request_file_scan for select to app_backup using (true);
grant select, insert on app.request_file_scan to app_web;
grant select, update, delete on app.request_file_scan to app_worker;
grant select on app.request_file_scan to app_backup;

grant select, delete on app.request_file to app_guard;
create policy guard on app.request_file to app_guard using (true);
grant create on schema app to app_guard;
reset role;

set role app_guard;
-- Nothing is deleted from the web, but a proof of identity is the day it was looked at, and a piece of an answer may be taken back as long as the answer is not sent.
create function app.erase_request_file(file uuid) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  delete from app.request_file f using app.rights_request r
   where f.id = file and f.organisation_id = any (app.content_organisations()) and r.organisation_id = f.organisation_id and r.id = f.request_id
     and (f.kind = 'IDENTITY' or r.ended_on is null);
  return found;
end $$;

-- Only a job of the organisation, and only what is past the day that the file itself bears. A dispute holds the pieces of an answer, never a proof of identity.
create function app.purge_request_files(today date) returns int
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  p text[] := app.context();
  gone int;
begin
  if p is null or p[1] <> 'o' then raise exception 'only a job of the organisation erases files' using errcode = '42501'; end if;
  delete from app.request_file f using app.rights_request r
   where f.organisation_id = p[2]::uuid and f.expires_on <= today and r.organisation_id = f.organisation_id and r.id = f.request_id
     and not (f.kind = 'ANSWER' and r.held and f.verdict = 'CLEAN');
  get diagnostics gone = row_count;
  return gone;
end $$;
revoke execute on function app.erase_request_file, app.purge_request_files from public;
grant execute on function app.erase_request_file, app.purge_request_files to app_owner, app_web;
reset role;
set role app_owner;
revoke create on schema app from app_guard;
reset role;
