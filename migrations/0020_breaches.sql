-- Security incidents and personal data breaches (domain §2.7, §3.2; articles 33 and 34): one file for each commune, its clock and its three states as
-- columns, what is told of it as one document, and what was stated on a day (assessments, decisions, notifications…) as lines that are never rewritten.
set role app_owner;

-- References that begin anew each year carry it in their kind: V-2026, I-2026.
alter table app.reference_counter drop constraint reference_counter_kind_check;
alter table app.reference_counter add constraint reference_counter_kind_check check (kind ~ '^[A-Z]{1,3}(-[0-9]{4})?$');

create table app.breach (
  organisation_id       uuid not null references app.organisation,
  id                    uuid not null,
  kind                  text not null check (kind in ('INCIDENT', 'BREACH')),
  year                  int not null check (year between 1900 and 2100),
  number                int check (number > 0),
  -- Kept when the incident turns out to be a breach: what was written down under it is still found.
  incident_number       int check (incident_number > 0),
  -- An incident at a provider that opened one file in each commune it serves; whoever keeps such incidents adds the key.
  provider_incident_id  uuid,
  title                 text not null check (length(title) between 1 and 200),
  status                text not null check (status in ('OPEN', 'REPORTED', 'ASSESSING', 'DISMISSED', 'CONFIRMED', 'HANDLED', 'CLOSED')),
  authority_status      text not null default 'UNDECIDED' check (authority_status in ('UNDECIDED', 'NOT_REQUIRED', 'TO_NOTIFY', 'INITIAL_SENT', 'COMPLETED', 'WITHDRAWN')),
  people_status         text not null default 'UNDECIDED' check (people_status in ('UNDECIDED', 'NOT_REQUIRED', 'EXEMPTED', 'TO_INFORM', 'INFORMED')),
  started_at            timestamptz,
  ended_at              timestamptz,
  processor_aware_at    timestamptz,
  controller_alerted_at timestamptz,
  dpo_informed_at       timestamptz,
  found_at              timestamptz,
  aware_at              timestamptz,
  aware_source          text check (aware_source in ('ControllerAlerted', 'DpoInformed', 'InternalFinding')),
  notify_by             timestamptz,
  outer_limit           timestamptz,
  risk_level            text check (risk_level in ('UNLIKELY', 'RISK', 'HIGH')),
  decided_at            timestamptz,
  notified_at           timestamptz,
  notified_late         boolean not null default false,
  closed_at             timestamptz,
  sheet                 jsonb not null check (pg_column_size(sheet) < 1000000),
  version               int not null default 1,
  reported_at           timestamptz not null,
  reported_by_id        uuid,
  reported_by           text not null,
  updated_at            timestamptz not null,
  updated_by            text not null,
  primary key (organisation_id, id),
  unique (organisation_id, year, number),
  unique (organisation_id, year, incident_number),
  check (number is not null or incident_number is not null),
  check ((kind = 'BREACH') = (number is not null)),
  check (kind = 'BREACH' or status in ('OPEN', 'CLOSED')),
  check (kind = 'INCIDENT' or status <> 'OPEN'),
  check ((aware_at is null) = (notify_by is null)),
  check (ended_at is null or started_at is null or ended_at >= started_at)
);
-- The clocks that run, over all organisations within reach.
create index breach_running on app.breach (organisation_id, notify_by) where status not in ('DISMISSED', 'CLOSED');
call app.keep_apart('app.breach', 'content_organisations');

-- Whoever serves the organisation may raise the alarm (F16), also who sees none of its content: a delegate of the correspondent. She reads back what she
-- raised until somebody takes it up, so that the same form sent twice finds it.
create policy reporter_adds on app.breach for insert to app_web
  with check (status in ('REPORTED', 'OPEN') and reported_by_id = (select app.current_person()) and organisation_id = any ((select app.organisations())::uuid[]));
create policy reporter_reads on app.breach for select to app_web
  using (status in ('REPORTED', 'OPEN') and reported_by_id = (select app.current_person()) and organisation_id = any ((select app.organisations())::uuid[]));
create policy reporter on app.reference_counter to app_web
  using (kind ~ '^[VI]-[0-9]{4}$' and organisation_id = any ((select app.organisations())::uuid[]))
  with check (kind ~ '^[VI]-[0-9]{4}$' and organisation_id = any ((select app.organisations())::uuid[]));

-- What was stated on a day. A later assessment supersedes an earlier one by standing after it; only the receipt of an alert is added to its line.
create table app.breach_entry (
  organisation_id uuid not null,
  id              uuid not null,
  breach_id       uuid not null,
  kind            text not null check (kind in ('ASSESSMENT', 'DECISION', 'NOTIFICATION', 'COMMUNICATION', 'EXCHANGE', 'TOLD', 'STEP')),
  happened_at     timestamptz not null,
  content         jsonb not null check (pg_column_size(content) < 1000000),
  acknowledged_at timestamptz,
  acknowledged_by text,
  made_at         timestamptz not null,
  made_by         text not null,
  primary key (organisation_id, id),
  foreign key (organisation_id, breach_id) references app.breach (organisation_id, id),
  check ((acknowledged_at is null) = (acknowledged_by is null))
);
create index breach_entry_of on app.breach_entry (organisation_id, breach_id, made_at);
call app.keep_apart('app.breach_entry', 'content_organisations');
revoke update on app.breach_entry from app_web;
grant update (acknowledged_at, acknowledged_by) on app.breach_entry to app_web;

-- How much somebody has taken out lately (S-84).
create index event_breach_export on history.event (person_id, recorded_at) where action = 'BREACH_REGISTER_EXPORTED';
reset role;
