-- Mail that leaves (S-93), reminders (S-94), calendars.
set role app_owner;

-- A worker takes a row by a lease of its own and marks it under that lease only: whoever comes too late marks nothing. The Message-ID is
-- given at the first try and never changes: a mail that went out twice, because a server was killed between sending and marking, is one mail
-- for the mailbox that gets it. Given up: after 72 hours of tries it waits for the operator.
alter table app.outbox_mail
  add column message_id   text check (length(message_id) <= 300 and message_id !~ '[[:space:]<>]'),
  add column lease        uuid,
  add column leased_until timestamptz,
  add column first_try_at timestamptz,
  add column given_up_at  timestamptz,
  add constraint outbox_mail_end check (sent_at is null or given_up_at is null);
drop index app.outbox_mail_due;
create index outbox_mail_due on app.outbox_mail (due_at) where sent_at is null and given_up_at is null;
create index outbox_mail_given_up on app.outbox_mail (given_up_at) where given_up_at is not null;

-- The operator sees which mails wait, never what they say, and may have one tried again.
create policy operator on app.outbox_mail for select to app_web
  using ('00000000-0000-0000-0000-000000000000' = any ((select app.organisations())::uuid[]));
create policy operator_again on app.outbox_mail for update to app_web
  using ('00000000-0000-0000-0000-000000000000' = any ((select app.organisations())::uuid[]))
  with check ('00000000-0000-0000-0000-000000000000' = any ((select app.organisations())::uuid[]));
grant select (id, recipient, subject, created_at, due_at, sent_at, attempts, last_error, first_try_at, given_up_at) on app.outbox_mail to app_web;
grant update (due_at, attempts, first_try_at, given_up_at) on app.outbox_mail to app_web;

-- A reminder (domain §5): once for each object and step. It is told rung by rung: who stands on the first rung hears of it at once, the next ones
-- when nobody has said that she knows. It settles by itself when what it was about is no longer so.
create table app.alert (
  organisation_id uuid not null references app.organisation,
  id              uuid not null,
  code            text not null check (code ~ '^AL_[A-Z0-9_]{1,50}$'),
  object_type     text not null check (length(object_type) between 1 and 40),
  object_id       uuid not null,
  step            text not null check (length(step) between 1 and 60),
  level           text not null check (level in ('INFO', 'WARNING', 'URGENT', 'OVERDUE')),
  -- What it is about, by its reference and title: no name of a person, mails carry it.
  subject         text not null check (length(subject) between 1 and 300 and subject !~ '[\r\n]'),
  path            text not null check (path ~ '^/[^/]' and length(path) <= 300),
  due_on          date,
  weekends        boolean not null,
  -- Kinds of appointment or person:<id>, a space between those of one rung, a bar between rungs.
  ladder          text not null check (length(ladder) between 1 and 1000),
  rung            int not null default 0,
  next_rung_at    timestamptz,
  raised_at       timestamptz not null,
  acknowledged_at timestamptz,
  acknowledged_by text check (length(acknowledged_by) <= 200),
  settled_at      timestamptz,
  primary key (organisation_id, id),
  unique (organisation_id, code, object_id, step),
  check ((acknowledged_at is null) = (acknowledged_by is null))
);
create index alert_open on app.alert (organisation_id) where acknowledged_at is null and settled_at is null;
call app.keep_apart('app.alert', 'content_organisations');

-- Who was told. Where she no longer reaches the organisation she sees it no longer.
create table app.notice (
  organisation_id uuid not null,
  alert_id        uuid not null,
  person_id       uuid not null,
  place           int not null,
  told_at         timestamptz not null,
  mail_due_at     timestamptz,
  mailed_at       timestamptz,
  primary key (organisation_id, alert_id, person_id),
  foreign key (organisation_id, alert_id) references app.alert (organisation_id, id)
);
create index notice_person on app.notice (person_id, organisation_id);
create index notice_mail on app.notice (mail_due_at) where mailed_at is null;
alter table app.notice enable row level security;
alter table app.notice force row level security;
create policy web on app.notice to app_web
  using (organisation_id = any ((select app.content_organisations())::uuid[]))
  with check (organisation_id = any ((select app.content_organisations())::uuid[]));
-- Offices without the content of a register (the provider's help desk, the executive) are told too, each her own.
create policy own on app.notice to app_web
  using (person_id = (select app.current_person()) and organisation_id = any ((select app.organisations())::uuid[]))
  with check (person_id = (select app.current_person()) and organisation_id = any ((select app.organisations())::uuid[]));
create policy backup on app.notice for select to app_backup using (true);
create policy worker on app.notice to app_worker using (true) with check (true);
grant select, insert on app.notice to app_web;
grant update (mailed_at) on app.notice to app_web;
grant select on app.notice to app_backup;
grant select (person_id, place, told_at, mail_due_at, mailed_at), update (mail_due_at) on app.notice to app_worker;
create policy told on app.alert to app_web
  using (organisation_id = any ((select app.organisations())::uuid[])
         and exists (select from app.notice n where n.organisation_id = alert.organisation_id and n.alert_id = alert.id and n.person_id = (select app.current_person())))
  with check (organisation_id = any ((select app.organisations())::uuid[]));

-- Which period a job has done for which organisation (S-94).
create table app.job_run (
  organisation_id uuid not null references app.organisation,
  job             text not null check (length(job) between 1 and 40),
  period          text not null check (length(period) between 1 and 40),
  ended_at        timestamptz not null,
  primary key (organisation_id, job, period)
);
alter table app.job_run enable row level security;
alter table app.job_run force row level security;
create policy web on app.job_run to app_web
  using (organisation_id = any ((select app.organisations())::uuid[])) with check (organisation_id = any ((select app.organisations())::uuid[]));
create policy worker on app.job_run for select to app_worker using (true);
create policy backup on app.job_run for select to app_backup using (true);
grant select, insert on app.job_run to app_web;
grant select on app.job_run to app_worker, app_backup;

-- A job asks which organisations there are and what time it is there, nothing else of them.
create policy worker on app.organisation for select to app_worker using (true);
grant select (id, slug, time_zone, status) on app.organisation to app_worker;

-- The secret address of a person's calendar, kept hashed; a new one takes its place, none revokes it.
create table identity.calendar (
  person_id  uuid primary key,
  token_hash bytea not null unique,
  made_at    timestamptz not null
);
grant select, insert, update, delete on identity.calendar to app_signin;
grant select on identity.calendar to app_backup;
reset role;
