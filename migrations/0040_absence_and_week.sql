-- Who reads for somebody while she is away, and whether she gets her list by mail on Mondays. Both are a person's own word: nobody's rights change.
set role app_owner;
-- Kept with the body that she belongs to; the operator belongs to none.
create table app.absence (
  organisation_id uuid references app.organisation,
  person_id       uuid not null,
  person_name     text not null check (length(person_name) <= 200),
  cover_id        uuid not null check (cover_id <> person_id),
  from_on         date not null,
  to_on           date not null check (to_on between from_on and from_on + 180),
  ended           boolean not null default false,
  unique nulls not distinct (organisation_id, person_id)
);
create index absence_person on app.absence (person_id);
create index absence_cover on app.absence (cover_id);
alter table app.absence enable row level security;
alter table app.absence force row level security;
create policy web on app.absence to app_web using (person_id = (select app.current_person())) with check (person_id = (select app.current_person()));
-- A job of an organisation tells the cover of those in office there; the cover sees for whom she reads.
create policy cover on app.absence for select to app_web using (cover_id = (select app.current_person()));
create policy appointed on app.absence for select to app_web using (person_id in (select a.person_id from app.appointment a));
create policy backup on app.absence for select to app_backup using (true);
grant select, insert, update on app.absence to app_web;
grant select on app.absence to app_backup;

create table app.weekly_summary (
  organisation_id uuid references app.organisation,
  person_id       uuid not null,
  wanted          boolean not null default true,
  last_on         date,
  unique nulls not distinct (organisation_id, person_id)
);
create index weekly_summary_person on app.weekly_summary (person_id);
alter table app.weekly_summary enable row level security;
alter table app.weekly_summary force row level security;
create policy web on app.weekly_summary to app_web using (person_id = (select app.current_person())) with check (person_id = (select app.current_person()));
create policy worker on app.weekly_summary for select to app_worker using (true);
create policy backup on app.weekly_summary for select to app_backup using (true);
grant select, insert, update on app.weekly_summary to app_web;
grant select on app.weekly_summary to app_worker, app_backup;
-- Whom a week is summed up for.
create policy worker on app.appointment for select to app_worker using (true);
grant select (person_id, kind, start_on, end_on) on app.appointment to app_worker;
reset role;
