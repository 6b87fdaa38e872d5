-- The officer's own text of a document (domain §2.12, F30): for one body, or for all that she serves, kept then in the body that employs her, as her library of models is.
-- Versions are added and never changed; one without a text says that the shipped one is used again.
set role app_owner;
create table app.document_template_text (
  organisation_id uuid not null references app.organisation,
  id              uuid not null,
  code            text not null check (code ~ '^DOC_[A-Z0-9_]+$'),
  scope           text not null check (scope in ('AREA', 'BODY')),
  number          int not null check (number > 0),
  body            text check (octet_length(body) between 1 and 204800),
  -- What the program shipped on that day: a later release that changes it is shown as a comparison.
  shipped_body    text not null check (octet_length(shipped_body) <= 204800),
  note            text check (length(note) <= 500),
  written_at      timestamptz not null,
  written_by      text not null,
  primary key (organisation_id, id),
  unique (organisation_id, code, scope, number)
);
call app.keep_apart('app.document_template_text', 'content_organisations');
revoke update on app.document_template_text from app_web;
-- The bodies that the officer serves write with her words.
create policy served on app.document_template_text for select to app_web
  using (scope = 'AREA' and organisation_id = any ((select app.library_organisations())::uuid[]));
reset role;
