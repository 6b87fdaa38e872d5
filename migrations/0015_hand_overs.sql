-- The register put at the disposal of an authority (X-16): what was asked, by whom, and the very file that was handed out, so that it can be shown
-- again. Written once: the web role may add and read, nothing else.
set role app_owner;
create table app.hand_over (
  organisation_id   uuid not null references app.organisation,
  id                uuid not null,
  as_of             date not null,
  authority         text not null check (length(authority) between 1 and 200),
  request_reference text check (length(request_reference) <= 200),
  reason            text not null check (length(reason) between 1 and 2000),
  records           int not null check (records >= 0),
  versions          int not null check (versions >= 0),
  intact            boolean not null,
  file_name         text not null check (length(file_name) <= 200),
  archive           bytea not null check (octet_length(archive) < 268435456),
  sha256            text not null check (sha256 = encode(sha256(archive), 'hex')),
  made_at           timestamptz not null,
  made_by           text not null,
  primary key (organisation_id, id)
);
-- A ZIP does not get smaller.
alter table app.hand_over alter column archive set storage external;
call app.keep_apart('app.hand_over', 'content_organisations');
revoke update on app.hand_over from app_web;

-- How much somebody has taken out lately (S-84).
create index event_export on history.event (person_id, recorded_at) where action in ('RECORD_EXPORTED', 'REGISTER_EXPORTED', 'REGISTER_HANDED_OVER', 'HAND_OVER_DOWNLOADED');
reset role;
