-- The responsibility matrix of a convention (domain §2.5). The one being written is one document; each issued version is a frozen copy with its hash: it is
-- what the parties were told, and what breaches and requests ask.
set role app_owner;

create table app.responsibility_matrix (
  organisation_id uuid not null,
  convention_id   uuid not null,
  sheet           jsonb not null check (pg_column_size(sheet) < 1000000),
  version         int not null default 1,
  updated_at      timestamptz not null,
  updated_by      text not null,
  primary key (organisation_id, convention_id),
  foreign key (organisation_id, convention_id) references app.convention (organisation_id, id)
);

create table app.responsibility_matrix_version (
  organisation_id uuid not null,
  convention_id   uuid not null,
  number          int not null check (number >= 1),
  content         text not null check (length(content) between 2 and 1000000),
  sha256          text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  note            text check (length(note) <= 500),
  issued_at       timestamptz not null,
  issued_by       text not null,
  primary key (organisation_id, convention_id, number),
  foreign key (organisation_id, convention_id) references app.responsibility_matrix (organisation_id, convention_id)
);

call app.keep_apart('app.responsibility_matrix', 'convention_organisations');
call app.keep_apart('app.responsibility_matrix_version', 'convention_organisations');
-- A version stays as it was issued.
revoke update on app.responsibility_matrix_version from app_web;

-- The parties read both, as they read the convention.
create policy party on app.responsibility_matrix for select to app_web using (convention_id = any ((select app.read_conventions())::uuid[]));
create policy party on app.responsibility_matrix_version for select to app_web using (convention_id = any ((select app.read_conventions())::uuid[]));
reset role;
