-- Documents as they were issued (domain §2.12, §4): the text that all their forms are made of, what it was filled with, one number, one hash. Never rewritten.
set role app_owner;
create table app.issued_document (
  organisation_id   uuid not null references app.organisation,
  id                uuid not null,
  year              int not null check (year between 1900 and 2100),
  number            int not null check (number > 0),
  prefix            text not null check (prefix ~ '^[A-Z]{2,6}$'),
  code              text not null check (code ~ '^DOC_[A-Z0-9_]+$'),
  title             text not null check (length(title) between 1 and 500),
  -- What it is about: found again from there.
  about             text not null,
  object_id         uuid,
  object_reference  text not null check (length(object_reference) <= 200),
  language          text not null,
  template_version  text not null,
  -- Where it holds data of citizens the program seals it, as the file itself is (S-46).
  sealed            boolean not null,
  content           bytea not null check (length(content) < 24000000),
  sha256            text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  -- A letter about a request goes with the request, when its time has come.
  rights_request_id uuid,
  issued_at         timestamptz not null,
  issued_by         text not null,
  issued_by_id      uuid,
  primary key (organisation_id, id),
  unique (organisation_id, year, number),
  foreign key (organisation_id, rights_request_id) references app.rights_request (organisation_id, id) on delete cascade,
  check (rights_request_id is null or sealed)
);
create index issued_document_about on app.issued_document (organisation_id, about, object_reference);
create index issued_document_of on app.issued_document (organisation_id, rights_request_id) where rights_request_id is not null;
call app.keep_apart('app.issued_document', 'content_organisations');
revoke update on app.issued_document from app_web;
reset role;
