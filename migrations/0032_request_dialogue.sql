-- What a person and the body write to each other about a request, and the links that let her in (S-81, S-82).
set role app_owner;

create table app.request_message (
  organisation_id uuid not null,
  id              uuid not null,
  request_id      uuid not null,
  author          text not null check (author in ('PERSON', 'BODY')),
  content         bytea not null check (length(content) < 200000),
  written_at      timestamptz not null,
  -- Who of the body wrote it; the person is named nowhere but in her request.
  written_by      text,
  primary key (organisation_id, id),
  foreign key (organisation_id, request_id) references app.rights_request (organisation_id, id) on delete cascade,
  check ((author = 'BODY') = (written_by is not null))
);
create index request_message_of on app.request_message (organisation_id, request_id, written_at);
call app.keep_apart('app.request_message', 'content_organisations');
revoke update on app.request_message from app_web;

-- 256 bits of which the hash is kept: one opens the page of a request once, the other takes a proof of identity once.
create table app.request_link (
  organisation_id uuid not null,
  token_hash      bytea not null check (length(token_hash) = 32),
  request_id      uuid not null,
  purpose         text not null check (purpose in ('ENTER', 'DEPOSIT')),
  made_at         timestamptz not null,
  expires_at      timestamptz not null,
  used_at         timestamptz,
  primary key (organisation_id, token_hash),
  foreign key (organisation_id, request_id) references app.rights_request (organisation_id, id) on delete cascade
);
create index request_link_of on app.request_link (organisation_id, request_id, purpose);
call app.keep_apart('app.request_link', 'content_organisations');
revoke update on app.request_link from app_web;
grant update (used_at) on app.request_link to app_web;

-- Whoever says that her code is lost leaves an address here, known or not: the page does the same work for each (S-81), and a job looks afterwards.
create table app.lost_code (
  organisation_id uuid not null references app.organisation,
  id              uuid not null,
  address         bytea not null check (length(address) < 1000),
  asked_at        timestamptz not null,
  lease           uuid,
  leased_until    timestamptz,
  primary key (organisation_id, id)
);
create index lost_code_asked on app.lost_code (asked_at);
alter table app.lost_code enable row level security;
alter table app.lost_code force row level security;
create policy web on app.lost_code to app_web
  using (organisation_id = any ((select app.content_organisations())::uuid[])) with check (organisation_id = any ((select app.content_organisations())::uuid[]));
create policy worker on app.lost_code to app_worker using (true) with check (true);
create policy backup on app.lost_code for select to app_backup using (true);
grant select, insert on app.lost_code to app_web;
grant select (organisation_id, id, asked_at, lease, leased_until), update (lease, leased_until), delete on app.lost_code to app_worker;
grant select on app.lost_code to app_backup;

-- By which a link finds the requests of an address while every file stays sealed: a keyed hash, of this body alone. Files of before get theirs when they are next saved.
alter table app.rights_request add column address_mark bytea;
create index rights_request_address on app.rights_request (organisation_id, address_mark) where address_mark is not null;

grant select, delete on app.request_link to app_guard;
create policy guard on app.request_link to app_guard using (true);
grant create on schema app to app_guard;
reset role;

set role app_guard;
-- A link that is over says nothing any more.
create function app.forget_request_links() returns int
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  p text[] := app.context();
  gone int;
begin
  if p is null or p[1] <> 'o' then raise exception 'only a job of the organisation forgets links' using errcode = '42501'; end if;
  delete from app.request_link l where l.organisation_id = p[2]::uuid and l.expires_at < now() - interval '1 day';
  get diagnostics gone = row_count;
  return gone;
end $$;
revoke execute on function app.forget_request_links from public;
grant execute on function app.forget_request_links to app_owner, app_web;
reset role;
set role app_owner;
revoke create on schema app from app_guard;
reset role;
