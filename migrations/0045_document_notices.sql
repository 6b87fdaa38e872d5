-- What an issued document was filled with, so that the page says when the data have moved since; and who was told of it by mail.
set role app_owner;
alter table app.issued_document add values_sha256 text check (values_sha256 ~ '^[0-9a-f]{64}$');
create table app.document_notice (
  organisation_id uuid not null,
  id              uuid not null,
  document_id     uuid not null,
  person_id       uuid not null,
  person_name     text not null check (length(person_name) <= 200),
  sent_at         timestamptz not null,
  sent_by         text not null check (length(sent_by) <= 200),
  primary key (organisation_id, id),
  foreign key (organisation_id, document_id) references app.issued_document (organisation_id, id) on delete cascade
);
create index document_notice_of on app.document_notice (organisation_id, document_id, sent_at);
call app.keep_apart('app.document_notice', 'content_organisations');
revoke update on app.document_notice from app_web;
reset role;
