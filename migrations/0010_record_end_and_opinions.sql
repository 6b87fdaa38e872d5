-- How a processing ended, what the officer wants corrected, and her opinions with what the controller decided on them (domain §2.2, §2.6, §3.1).
set role app_owner;

-- The end and the fate of the data belong to an archived record: reopening clears them, the history keeps them.
-- The officer's comment stands on the sheet until it is submitted again. The waiver of the controller (V-14) is a flag of the lists.
alter table app.processing_record
  add column ended_on           date,
  add column data_fate          text check (data_fate in ('RETURNED', 'PURGED', 'ARCHIVED')),
  add column correction_comment text check (length(correction_comment) between 1 and 500),
  add column correction_by      text,
  add column correction_at      timestamptz,
  add column dpia_waived        boolean not null default false,
  add constraint processing_record_ended check (status = 'ARCHIVED' or (ended_on is null and data_fate is null)),
  add constraint processing_record_correction check (status = 'CHANGES_REQUESTED' or (correction_comment is null and correction_by is null and correction_at is null));

-- An opinion is given once and never rewritten; the one thing added later is what the controller decided.
create table app.record_opinion (
  organisation_id uuid not null,
  record_id       uuid not null,
  number          int not null check (number > 0),
  subject         text not null check (subject in ('PROCESSING', 'DPIA')),
  conclusion      text not null check (conclusion in ('FAVOURABLE', 'FAVOURABLE_WITH_RESERVES', 'UNFAVOURABLE')),
  opinion         text not null check (length(opinion) between 1 and 5000),
  -- She judged a sheet that rests on legitimate interests: what V-18 waits for.
  on_legitimate_interests boolean not null,
  given_on        date not null,
  given_by        text not null,
  recorded_at     timestamptz not null,
  decision        text check (decision in ('FOLLOWED', 'PARTLY_FOLLOWED', 'NOT_FOLLOWED')),
  decision_reason text check (length(decision_reason) <= 500),
  decided_at      timestamptz,
  decided_by      text,
  primary key (organisation_id, record_id, number),
  foreign key (organisation_id, record_id) references app.processing_record (organisation_id, id),
  check ((decision is null) = (decided_at is null) and (decision is null) = (decided_by is null)),
  check (decision is null or decision = 'FOLLOWED' or length(decision_reason) >= 20)
);
call app.keep_apart('app.record_opinion', 'content_organisations');
revoke update on app.record_opinion from app_web;
grant update (decision, decision_reason, decided_at, decided_by) on app.record_opinion to app_web;
reset role;
