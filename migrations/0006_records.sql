-- The record of processing (GDPR 30(1), domain §2.2). The sheet is one document (D-4); beside it stand the columns that lists filter on.
set role app_owner;

-- Human numbers: T-0001, C-001… unique in an organisation, increasing, gaps allowed.
create table app.reference_counter (
  organisation_id uuid not null references app.organisation,
  kind            text not null check (kind in ('T')),
  last            int not null,
  primary key (organisation_id, kind)
);
call app.keep_apart('app.reference_counter', 'content_organisations');

create table app.processing_record (
  organisation_id   uuid not null references app.organisation,
  id                uuid not null,
  number            int not null,
  title             text not null check (length(title) between 1 and 150),
  domain            text,
  unit              text,
  status            text not null check (status in ('DRAFT', 'SUBMITTED', 'IN_REVIEW', 'CHANGES_REQUESTED', 'VALIDATED', 'PUBLISHED',
                      'IN_REVISION', 'ARCHIVED', 'ABANDONED')),
  sheet             jsonb not null check (pg_column_size(sheet) < 1000000),
  model_code        text,
  completeness      int not null check (completeness between 0 and 100),
  sensitive         boolean not null,
  minors            boolean not null,
  dpia_due          boolean not null,
  published_version int,
  next_review_on    date,
  author_id         uuid,
  submitted_at      timestamptz,
  review_due_on     date,
  validated_at      timestamptz,
  validated_by      text,
  version           int not null default 1,
  created_at        timestamptz not null,
  updated_at        timestamptz not null,
  updated_by        text not null,
  primary key (organisation_id, id),
  unique (organisation_id, number)
);
create unique index processing_record_title on app.processing_record (organisation_id, lower(title)) where status not in ('ARCHIVED', 'ABANDONED');
create index processing_record_status on app.processing_record (organisation_id, status, number);
call app.keep_apart('app.processing_record', 'content_organisations');

-- A published version: the exact text that was hashed, frozen. Only the day it is superseded is added later.
create table app.record_version (
  organisation_id uuid not null,
  record_id       uuid not null,
  number          int not null check (number > 0),
  content         text not null,
  sha256          text not null check (sha256 = encode(sha256(convert_to(content, 'UTF8')), 'hex')),
  change_summary  text not null check (length(change_summary) between 1 and 500),
  published_at    timestamptz not null,
  published_by    text not null,
  validated_by    text,
  superseded_at   timestamptz,
  primary key (organisation_id, record_id, number),
  foreign key (organisation_id, record_id) references app.processing_record (organisation_id, id)
);
call app.keep_apart('app.record_version', 'content_organisations');
revoke update on app.record_version from app_web;
grant update (superseded_at) on app.record_version to app_web;
create function app.version_is_frozen() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if tg_op <> 'UPDATE' or (new.organisation_id, new.record_id, new.number, new.content, new.sha256, new.change_summary, new.published_at, new.published_by, new.validated_by)
     is distinct from (old.organisation_id, old.record_id, old.number, old.content, old.sha256, old.change_summary, old.published_at, old.published_by, old.validated_by) then
    raise exception 'a published version is frozen' using errcode = '42501';
  end if;
  return new;
end $$;
create trigger frozen before update or delete on app.record_version for each row execute function app.version_is_frozen();
create trigger frozen_truncate before truncate on app.record_version execute function app.version_is_frozen();
reset role;
