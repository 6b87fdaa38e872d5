-- Requests of persons who exercise a right (GDPR 12, 15 to 22; domain §2.8, §3.3). What the law counts with stands in columns; who asks and what she writes
-- (P3, S-46) is sealed by the program before it comes here: neither the owner of the database nor a backup reads it.
set role app_owner;
create table app.rights_request (
  organisation_id uuid not null references app.organisation,
  id              uuid not null,
  year            int not null check (year between 1900 and 2100),
  number          int not null check (number > 0),
  channel         text not null check (channel in ('EMAIL', 'POST', 'REGISTERED_POST', 'PHONE', 'IN_PERSON', 'PORTAL')),
  rights          text[] not null,
  status          text not null check (status in ('RECEIVED', 'ACKNOWLEDGED', 'IDENTITY_PENDING', 'CLARIFICATION_PENDING', 'IN_PROGRESS', 'ANSWER_READY', 'ANSWERED',
                    'REFUSED', 'NO_REPLY_FROM_REQUESTER', 'FORWARDED', 'WITHDRAWN', 'CLOSED')),
  received_on     date not null,
  -- Computed by RequestClock whenever the row is written; never typed.
  due_on          date not null,
  expires_at      timestamptz not null,
  suspended_since date,
  extended        boolean not null default false,
  outcome         text check (outcome in ('FULL', 'PARTIAL', 'REFUSED', 'NO_DATA', 'FORWARDED', 'ABANDONED')),
  -- The day on which the person was answered for good, whatever the answer.
  ended_on        date,
  closed_on       date,
  purge_on        date,
  -- Days and reasons by code: what happened to the clock and to the decision. No word of the person.
  course          jsonb not null check (pg_column_size(course) < 100000),
  content         bytea not null check (length(content) < 400000),
  version         int not null default 1,
  registered_at   timestamptz not null,
  registered_by   text not null,
  updated_at      timestamptz not null,
  updated_by      text not null,
  primary key (organisation_id, id),
  unique (organisation_id, year, number),
  check ((status in ('ANSWERED', 'REFUSED', 'NO_REPLY_FROM_REQUESTER', 'FORWARDED', 'WITHDRAWN', 'CLOSED')) = (ended_on is not null)),
  check ((status = 'CLOSED') = (closed_on is not null)),
  check ((closed_on is null) = (purge_on is null))
);
-- What is still to be answered, over all organisations within reach.
create index rights_request_open on app.rights_request (organisation_id, due_on) where ended_on is null;
call app.keep_apart('app.rights_request', 'content_organisations');

-- What was done on a day and why, never rewritten. The words are sealed as the request is: a reason may name the person.
create table app.rights_request_entry (
  organisation_id uuid not null,
  id              uuid not null,
  request_id      uuid not null,
  act             text not null,
  happened_on     date not null,
  content         bytea not null check (length(content) < 100000),
  made_at         timestamptz not null,
  made_by         text not null,
  primary key (organisation_id, id),
  foreign key (organisation_id, request_id) references app.rights_request (organisation_id, id)
);
create index rights_request_entry_of on app.rights_request_entry (organisation_id, request_id, made_at);
call app.keep_apart('app.rights_request_entry', 'content_organisations');
revoke update on app.rights_request_entry from app_web;
reset role;
