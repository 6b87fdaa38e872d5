-- The work of the shared officer in an organisation (domain §2.6): the proposal of days that the controller validates, the plan of actions, the days spent, the monthly
-- statement that the controller validates, what the officer recommends and what the controller decides of it, audits and what they found.
set role app_owner;

create table app.mission (
  organisation_id uuid not null references app.organisation,
  id              uuid not null,
  title           text not null check (length(title) between 1 and 200),
  keeper_id       uuid,
  convention_id   uuid,
  phase           text not null check (phase in ('PROPOSAL', 'INITIAL_COMPLIANCE', 'ONGOING_MUTUALISATION', 'ENDED')),
  initial_days    numeric(5,1) not null check (initial_days >= 0),
  ongoing_days    numeric(5,1) not null check (ongoing_days >= 0),
  daily_rate      numeric(12,2) not null check (daily_rate >= 0),
  annual_fee      numeric(12,2) check (annual_fee >= 0),
  preparation     text check (length(preparation) <= 20000),
  sent_on         date,
  validated_on    date,
  validated_by    text,
  initial_from    date,
  ongoing_from    date,
  ended_on        date,
  version         int not null default 1,
  updated_at      timestamptz not null,
  updated_by      text not null,
  primary key (organisation_id, id),
  foreign key (keeper_id, convention_id) references app.convention (organisation_id, id),
  check ((keeper_id is null) = (convention_id is null)),
  check (phase = 'PROPOSAL' or validated_on is not null)
);
-- The next proposal may be written while a mission runs; two never run at once.
create unique index mission_running on app.mission (organisation_id) where phase in ('INITIAL_COMPLIANCE', 'ONGOING_MUTUALISATION');
call app.keep_apart('app.mission', 'content_organisations');

create table app.mission_action (
  organisation_id uuid not null,
  id              uuid not null,
  mission_id      uuid not null,
  title           text not null check (length(title) between 1 and 500),
  priority        text not null check (priority in ('P1', 'P2', 'P3', 'P4')),
  responsible     text not null check (length(responsible) between 1 and 500),
  due_on          date not null,
  status          text not null check (status in ('TODO', 'IN_PROGRESS', 'BLOCKED', 'DONE', 'CANCELLED')),
  done_on         date,
  evidence        text check (length(evidence) <= 500),
  version         int not null default 1,
  updated_at      timestamptz not null,
  updated_by      text not null,
  primary key (organisation_id, id),
  foreign key (organisation_id, mission_id) references app.mission (organisation_id, id),
  check ((status = 'DONE') = (done_on is not null))
);
create index mission_action_of on app.mission_action (organisation_id, mission_id);
call app.keep_apart('app.mission_action', 'content_organisations');

create table app.intervention (
  organisation_id uuid not null,
  id              uuid not null,
  mission_id      uuid not null,
  held_on         date not null,
  days            numeric(3,1) not null check (days in (0.5, 1.0)),
  performed_by    text not null check (length(performed_by) between 1 and 500),
  place           text not null check (place in ('ON_SITE', 'AT_PROVIDER', 'REMOTE')),
  kind            text not null check (kind in ('AUDIT', 'RECORD', 'TRAINING', 'ADVICE', 'BREACH', 'RIGHTS', 'DPIA', 'CONTRACTS', 'MEETING', 'OTHER')),
  summary         text not null check (length(summary) between 1 and 2000),
  status          text not null check (status in ('PLANNED', 'DONE', 'CANCELLED')),
  version         int not null default 1,
  updated_at      timestamptz not null,
  updated_by      text not null,
  primary key (organisation_id, id),
  foreign key (organisation_id, mission_id) references app.mission (organisation_id, id)
);
create index intervention_of on app.intervention (organisation_id, mission_id, held_on);
call app.keep_apart('app.intervention', 'content_organisations');

-- What was sent stays as it was sent: its days and its amount are kept with it.
create table app.monthly_statement (
  organisation_id uuid not null,
  id              uuid not null,
  mission_id      uuid not null,
  month           date not null check (extract(day from month) = 1),
  status          text not null check (status in ('DRAFT', 'SENT', 'VALIDATED', 'DISPUTED', 'CORRECTED', 'INVOICED')),
  total_days      numeric(5,1),
  amount          numeric(12,2),
  sent_on         date,
  sent_by         text,
  due_on          date,
  late_on         date,
  validated_on    date,
  validated_by    text,
  dispute         text check (length(dispute) <= 2000),
  disputed_by     text,
  invoiced_on     date,
  version         int not null default 1,
  updated_at      timestamptz not null,
  primary key (organisation_id, id),
  unique (organisation_id, month),
  foreign key (organisation_id, mission_id) references app.mission (organisation_id, id),
  check (status not in ('SENT', 'VALIDATED', 'INVOICED') or (total_days > 0 and amount is not null and sent_on is not null and due_on is not null and late_on is not null)),
  check (status not in ('VALIDATED', 'INVOICED') or validated_on is not null)
);
call app.keep_apart('app.monthly_statement', 'content_organisations');

create table app.audit (
  organisation_id uuid not null references app.organisation,
  id              uuid not null,
  kind            text not null check (kind in ('GDPR', 'SECURITY', 'RGS', 'RGAA', 'DPIA', 'PROCESSOR', 'INITIAL_IT', 'CNIL')),
  scope           text not null check (length(scope) between 1 and 500),
  auditor         text not null check (length(auditor) between 1 and 500),
  planned_on      date,
  held_on         date,
  report          text check (length(report) <= 500),
  version         int not null default 1,
  updated_at      timestamptz not null,
  updated_by      text not null,
  primary key (organisation_id, id)
);
call app.keep_apart('app.audit', 'content_organisations');

create table app.audit_finding (
  organisation_id uuid not null,
  id              uuid not null,
  audit_id        uuid not null,
  finding         text not null check (length(finding) between 1 and 2000),
  severity        text not null check (severity in ('CRITICAL', 'MAJOR', 'MINOR', 'OBSERVATION')),
  rule            text check (length(rule) <= 500),
  remedy          text check (length(remedy) <= 2000),
  closed_on       date,
  version         int not null default 1,
  updated_at      timestamptz not null,
  updated_by      text not null,
  primary key (organisation_id, id),
  foreign key (organisation_id, audit_id) references app.audit (organisation_id, id)
);
create index audit_finding_of on app.audit_finding (organisation_id, audit_id);
call app.keep_apart('app.audit_finding', 'content_organisations');

create table app.recommendation (
  organisation_id uuid not null references app.organisation,
  id              uuid not null,
  number          int not null check (number > 0),
  kind            text not null check (kind in ('COMPLIANCE', 'SECURITY_RULE', 'ORGANISATION', 'CONTRACT', 'RETENTION', 'INFORMATION', 'INSURANCE')),
  origin          text not null check (origin in ('OPINION', 'AUDIT', 'BREACH', 'VISIT', 'OTHER')),
  finding_id      uuid,
  title           text not null check (length(title) between 1 and 200),
  wording         text not null check (length(wording) between 1 and 4000),
  priority        text not null check (priority in ('P1', 'P2', 'P3', 'P4')),
  due_on          date,
  responsible     text check (length(responsible) <= 500),
  status          text not null check (status in ('PROPOSED', 'ACCEPTED', 'DECLINED', 'IN_PROGRESS', 'DONE', 'VERIFIED', 'CANCELLED')),
  proposed_on     date not null,
  proposed_by     text not null,
  decided_on      date,
  decided_by      text,
  decline_reason  text check (length(decline_reason) between 20 and 2000),
  progress        int not null default 0 check (progress between 0 and 100),
  evidence        text check (length(evidence) <= 500),
  done_on         date,
  verified_on     date,
  verified_by     text,
  version         int not null default 1,
  updated_at      timestamptz not null,
  primary key (organisation_id, id),
  unique (organisation_id, number),
  unique (organisation_id, finding_id),
  foreign key (organisation_id, finding_id) references app.audit_finding (organisation_id, id),
  check (status <> 'DECLINED' or (decline_reason is not null and decided_on is not null)),
  check (status not in ('DONE', 'VERIFIED') or evidence is not null)
);
create index recommendation_open on app.recommendation (organisation_id, due_on) where status in ('ACCEPTED', 'IN_PROGRESS');
call app.keep_apart('app.recommendation', 'content_organisations');

-- An opinion on something else than a sheet; one on a sheet stands beside it (0010). A draft has no conclusion yet.
create table app.officer_opinion (
  organisation_id  uuid not null references app.organisation,
  id               uuid not null,
  number           int not null check (number > 0),
  subject          text not null check (subject in ('BREACH', 'RIGHTS', 'CONVENTION', 'SECURITY', 'PROJECT', 'TRANSFER', 'PUBLICATION', 'OTHER')),
  title            text not null check (length(title) between 1 and 200),
  about            text check (length(about) <= 100),
  question         text not null check (length(question) between 1 and 4000),
  asked_by         text not null,
  asked_on         date not null,
  status           text not null check (status in ('DRAFT', 'ISSUED', 'ACKNOWLEDGED', 'DECIDED', 'CLOSED', 'WITHDRAWN')),
  conclusion       text check (conclusion in ('FAVOURABLE', 'FAVOURABLE_WITH_RESERVES', 'UNFAVOURABLE', 'INFORMATION')),
  body             text check (length(body) <= 10000),
  issued_on        date,
  issued_by        text,
  acknowledged_on  date,
  acknowledged_by  text,
  decision         text check (decision in ('FOLLOWED', 'PARTLY_FOLLOWED', 'NOT_FOLLOWED')),
  decision_reason  text check (length(decision_reason) <= 2000),
  decided_on       date,
  decided_by       text,
  withdrawn_reason text check (length(withdrawn_reason) <= 2000),
  version          int not null default 1,
  updated_at       timestamptz not null,
  primary key (organisation_id, id),
  unique (organisation_id, number),
  check (status = 'DRAFT' or (conclusion is not null and body is not null and issued_on is not null)),
  check (status not in ('DECIDED', 'CLOSED') or decision is not null),
  check (decision is null or decision = 'FOLLOWED' or length(decision_reason) >= 20)
);
call app.keep_apart('app.officer_opinion', 'content_organisations');
reset role;
