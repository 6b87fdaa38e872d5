-- The charter that all users of an organisation sign, the trainings it held (domain §2.11; conventions S 4.e, C 8), and what a convention's service indicators were
-- measured at, and when its course was taken to the next level.
set role app_owner;

-- A version stays as it was issued: it is what people signed. The next one makes everybody's signature expected anew.
create table app.charter_version (
  organisation_id uuid not null references app.organisation,
  id              uuid not null,
  number          int not null check (number > 0),
  title           text not null check (length(title) between 1 and 200),
  body            text not null check (length(body) between 1 and 100000),
  note            text check (length(note) <= 500),
  issued_at       timestamptz not null,
  issued_by       text not null,
  primary key (organisation_id, id),
  unique (organisation_id, number)
);
create table app.charter_signature (
  organisation_id uuid not null,
  id              uuid not null,
  version_id      uuid not null,
  person_id       uuid not null,
  person_name     text not null,
  decision        text not null check (decision in ('SIGNED', 'REFUSED')),
  reason          text check (length(reason) <= 500),
  signed_at       timestamptz not null,
  primary key (organisation_id, id),
  unique (organisation_id, version_id, person_id, decision),
  foreign key (organisation_id, version_id) references app.charter_version (organisation_id, id),
  check (decision = 'SIGNED' or reason is not null)
);
call app.keep_apart('app.charter_version', 'content_organisations');
call app.keep_apart('app.charter_signature', 'content_organisations');
revoke update on app.charter_version, app.charter_signature from app_web;
-- Whoever works for the organisation reads what she is to sign, the help desk and the delegate of the correspondent too; the operator does not work for it.
create policy own_body on app.charter_version for select to app_web
  using (organisation_id in (select r.organisation_id from app.current_roles() r where r.kind <> 'PLATFORM_ADMIN'));
create policy own on app.charter_signature for select to app_web using (person_id = (select app.current_person()));
create policy own_sign on app.charter_signature for insert to app_web
  with check (organisation_id in (select r.organisation_id from app.current_roles() r where r.kind <> 'PLATFORM_ADMIN'));
-- Nobody signs for somebody else, whatever statement tries; a job has no person.
create policy oneself on app.charter_signature as restrictive for insert to app_web
  with check ((select app.current_person()) is null or person_id = (select app.current_person()));

create table app.training (
  organisation_id uuid not null references app.organisation,
  id              uuid not null,
  kind            text not null check (kind in ('INITIAL', 'MIGRATION', 'AWARENESS', 'CHARTER', 'CRISIS_EXERCISE')),
  held_on         date not null,
  topic           text not null check (length(topic) between 1 and 500),
  trainer         text check (length(trainer) <= 500),
  attendees       text check (length(attendees) <= 20000),
  headcount       int check (headcount between 0 and 100000),
  evidence        text check (length(evidence) <= 500),
  version         int not null default 1,
  recorded_at     timestamptz not null,
  recorded_by     text not null,
  primary key (organisation_id, id)
);
create index training_of on app.training (organisation_id, held_on desc);
call app.keep_apart('app.training', 'content_organisations');

-- A measure is the contributor's own row, as a proof is (0018): the provider measures what it promised.
create table app.indicator_measure (
  organisation_id  uuid not null references app.organisation,
  id               uuid not null,
  keeper_id        uuid not null,
  convention_id    uuid not null,
  code             text not null check (length(code) between 1 and 500),
  period_from      date not null,
  period_to        date not null check (period_to >= period_from),
  value            text not null check (length(value) between 1 and 100),
  met              boolean,
  note             text check (length(note) <= 2000),
  given_by         text not null,
  contributor_name text not null,
  withdrawn        boolean not null default false,
  recorded_at      timestamptz not null,
  primary key (organisation_id, id),
  foreign key (keeper_id, convention_id) references app.convention (organisation_id, id)
);
create index indicator_measure_of on app.indicator_measure (keeper_id, convention_id);
call app.keep_apart('app.indicator_measure', 'convention_organisations');
revoke update on app.indicator_measure from app_web;
grant update (withdrawn) on app.indicator_measure to app_web;
create policy party on app.indicator_measure for select to app_web
  using (keeper_id = any ((select app.convention_organisations())::uuid[]) or convention_id = any ((select app.read_conventions())::uuid[]));
create policy bound on app.indicator_measure as restrictive for insert to app_web
  with check (keeper_id = any ((select app.convention_organisations())::uuid[]) or convention_id = any ((select app.read_conventions())::uuid[]));

-- A difference that was taken to the next function of the convention's ladder; written once.
create table app.convention_escalation (
  organisation_id uuid not null,
  id              uuid not null,
  convention_id   uuid not null,
  step            int not null check (step between 1 and 50),
  from_function   text not null check (length(from_function) between 1 and 500),
  to_function     text not null check (length(to_function) between 1 and 500),
  reason          text not null check (length(reason) between 1 and 2000),
  happened_on     date not null,
  recorded_by     text not null,
  recorded_at     timestamptz not null,
  primary key (organisation_id, id),
  foreign key (organisation_id, convention_id) references app.convention (organisation_id, id)
);
create index convention_escalation_of on app.convention_escalation (organisation_id, convention_id, happened_on);
call app.keep_apart('app.convention_escalation', 'convention_organisations');
revoke update on app.convention_escalation from app_web;
create policy party on app.convention_escalation for select to app_web using (convention_id = any ((select app.read_conventions())::uuid[]));
reset role;
