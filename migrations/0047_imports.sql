-- A register that comes in from a file: what was read stands here, sealed, between its reading and the import, a day at most; then only what became of it.
set role app_owner;
create table app.register_import (
  organisation_id uuid not null references app.organisation,
  id              uuid not null,
  status          text not null check (status in ('READ', 'DONE', 'UNDONE', 'DROPPED', 'EXPIRED')),
  sha256          text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  from_json       boolean not null,
  content         bytea check (octet_length(content) <= 67108864),
  choice          jsonb not null,
  added           int not null default 0 check (added >= 0),
  identical       int not null default 0 check (identical >= 0),
  skipped         int not null default 0 check (skipped >= 0),
  left_out        int not null default 0 check (left_out >= 0),
  received_at     timestamptz not null,
  received_by     text not null check (length(received_by) <= 200),
  finished_at     timestamptz,
  version         int not null default 1,
  primary key (organisation_id, id),
  check ((content is not null) = (status = 'READ'))
);
create index register_import_latest on app.register_import (organisation_id, received_at desc);
call app.keep_apart('app.register_import', 'content_organisations');

-- Which column was which field, by the headings of the file: proposed again when such a file comes back.
create table app.import_mapping (
  organisation_id uuid not null references app.organisation,
  signature       text not null check (signature ~ '^[0-9a-f]{64}$'),
  columns         jsonb not null,
  updated_at      timestamptz not null,
  updated_by      text not null check (length(updated_by) <= 200),
  primary key (organisation_id, signature)
);
call app.keep_apart('app.import_mapping', 'content_organisations');

-- The impact assessment of a record as the CNIL's tool writes it: text that was read, checked and numbered anew, given back as it stands here.
create table app.record_assessment (
  organisation_id uuid not null,
  record_id       uuid not null,
  document        text not null check (octet_length(document) <= 10485760),
  sha256          text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  version         int not null check (version > 0),
  attached_at     timestamptz not null,
  attached_by     text not null check (length(attached_by) <= 200),
  primary key (organisation_id, record_id),
  foreign key (organisation_id, record_id) references app.processing_record (organisation_id, id)
);
call app.keep_apart('app.record_assessment', 'content_organisations');
reset role;
