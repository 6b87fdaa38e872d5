-- Drafts that survive, the text before the last save, comments by section, and the yearly review (domain §2.2, §3.1, S-90, S-92).
set role app_owner;

-- What somebody is typing in one section, as her form would post it: hers alone, whoever else reaches the organisation. It is no change of
-- the record, so it leaves no event (the catalogue test has the reason). Saving or giving it up empties it; nothing is deleted from the web.
create table app.record_draft (
  organisation_id uuid not null,
  person_id       uuid not null,
  record_id       uuid not null,
  section         text not null check (length(section) <= 40),
  form            text check (length(form) <= 1500000),
  seen            text not null check (length(seen) <= 64),
  saved_at        timestamptz not null,
  primary key (organisation_id, person_id, record_id, section),
  foreign key (organisation_id, record_id) references app.processing_record (organisation_id, id)
);
alter table app.record_draft enable row level security;
alter table app.record_draft force row level security;
create policy web on app.record_draft to app_web
  using (organisation_id = any ((select app.content_organisations())::uuid[]) and person_id = (select app.current_person()))
  with check (organisation_id = any ((select app.content_organisations())::uuid[]) and person_id = (select app.current_person()));
create policy backup on app.record_draft for select to app_backup using (true);
grant select, insert, update on app.record_draft to app_web;
grant select on app.record_draft to app_backup;

-- What a section said before its last save, so that whoever saved can take it back. The history tells old and new in words people read;
-- those are not the document, and the history is never read to write content.
create table app.record_before (
  organisation_id uuid not null,
  record_id       uuid not null,
  section         text not null check (length(section) <= 40),
  content         text not null,
  -- The section as that save left it: when it says something else by now, somebody has saved after.
  after_sha256    text not null,
  person_id       uuid not null,
  saved_at        timestamptz not null,
  primary key (organisation_id, record_id, section),
  foreign key (organisation_id, record_id) references app.processing_record (organisation_id, id)
);
call app.keep_apart('app.record_before', 'content_organisations');

-- What the service and the officer say to each other beside a section. A reserved one is the officer's and her assistants' own, and the
-- database itself keeps it from everybody else.
create table app.record_comment (
  organisation_id uuid not null,
  id              uuid not null,
  record_id       uuid not null,
  section         text not null check (length(section) <= 40),
  text            text not null check (length(text) between 1 and 2000),
  reserved        boolean not null,
  author_id       uuid not null,
  written_by      text not null,
  written_at      timestamptz not null,
  settled_at      timestamptz,
  settled_by      text,
  primary key (organisation_id, id),
  foreign key (organisation_id, record_id) references app.processing_record (organisation_id, id),
  check ((settled_at is null) = (settled_by is null))
);
create index record_comment_record on app.record_comment (organisation_id, record_id, written_at);
call app.keep_apart('app.record_comment', 'content_organisations');
revoke update on app.record_comment from app_web;
grant update (settled_at, settled_by) on app.record_comment to app_web;
create policy reserved on app.record_comment as restrictive to app_web
  using (not reserved or organisation_id in (select r.organisation_id from app.current_roles() r where r.kind in ('DPO', 'DPO_ASSISTANT')))
  with check (not reserved or organisation_id in (select r.organisation_id from app.current_roles() r where r.kind in ('DPO', 'DPO_ASSISTANT')));

-- When somebody last looked at what is in force and said that it still holds.
alter table app.processing_record
  add column confirmed_at timestamptz,
  add column confirmed_by text,
  add constraint processing_record_confirmed check ((confirmed_at is null) = (confirmed_by is null));
create index processing_record_review on app.processing_record (organisation_id, next_review_on) where status in ('PUBLISHED', 'IN_REVISION');

-- The end of a review: what was confirmed and what stays open, as it was said that day. Written once.
create table app.review_statement (
  organisation_id uuid not null references app.organisation,
  number          int not null check (number > 0),
  form_id         uuid not null,
  content         text not null check (length(content) <= 2000000),
  sha256          text not null check (sha256 = encode(sha256(convert_to(content, 'UTF8')), 'hex')),
  made_at         timestamptz not null,
  made_by         text not null,
  primary key (organisation_id, number),
  unique (organisation_id, form_id)
);
call app.keep_apart('app.review_statement', 'content_organisations');
revoke update on app.review_statement from app_web;
reset role;
