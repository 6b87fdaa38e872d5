-- Public holidays are computed by the program (HolidayCalendar, no database). What the rules cannot know, a decree, a custom, a mistake of ours, is a correction
-- of a territory on a day: the operator adds it, everybody's deadlines are counted with it. It is the platform's, under the nil id.
set role app_owner;
create table app.holiday_correction (
  organisation_id uuid not null default '00000000-0000-0000-0000-000000000000' check (organisation_id = '00000000-0000-0000-0000-000000000000'),
  id              uuid not null,
  territory       text not null check (territory ~ '^[A-Z_]{1,40}$'),
  day             date not null check (day between '2000-01-01' and '2099-12-31'),
  -- A holiday that the rules do not know, or one of theirs that is none.
  is_holiday      boolean not null,
  name            text not null check (length(name) between 1 and 100 and name !~ '[[:cntrl:]]'),
  reason          text not null check (length(reason) between 1 and 500),
  made_at         timestamptz not null,
  made_by         text not null check (length(made_by) <= 200),
  withdrawn_at    timestamptz,
  -- What was computed before is computed anew.
  changed_at      timestamptz not null generated always as (coalesce(withdrawn_at, made_at)) stored,
  primary key (organisation_id, id)
);
create unique index holiday_correction_day on app.holiday_correction (organisation_id, territory, day) where withdrawn_at is null;
call app.keep_apart('app.holiday_correction', 'organisations');
-- What is a holiday is public.
create policy everybody on app.holiday_correction for select to app_web, app_public, app_worker, app_signin using (true);
grant select on app.holiday_correction to app_public, app_worker, app_signin;

-- The corrections that count for a territory, as HolidayCorrection reads them: +2026-05-28 and its name, or - for a day that is none.
create function app.holidays_of(territory text) returns text[]
language sql stable set search_path = pg_catalog, pg_temp as $$
  select coalesce(array_agg(case when h.is_holiday then '+' else '-' end || to_char(h.day, 'YYYY-MM-DD') || ' ' || h.name order by h.day), '{}')
    from app.holiday_correction h
   where h.organisation_id = '00000000-0000-0000-0000-000000000000' and h.territory = holidays_of.territory and h.withdrawn_at is null
$$;
revoke execute on function app.holidays_of from public;
grant execute on function app.holidays_of to app_web, app_public, app_worker, app_signin;

-- The job that counts the clocks of requests anew sees which they are and when they were last written.
create policy worker on app.rights_request for select to app_worker using (true);
grant select (organisation_id, id, year, number, ended_on, updated_at) on app.rights_request to app_worker;
grant select (territory) on app.organisation to app_worker;
grant select (territory) on app.convention to app_worker;
reset role;
