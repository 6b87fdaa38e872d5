-- The officer's own library (domain §2.2): models made from a record, from one of the product's or from nothing, in frozen revisions; and
-- rollouts, which take models into many registers, or a model's new revision into its copies. A model belongs to the body that
-- employs the officer; the bodies she serves read it.
set role app_owner;
grant create on schema app to app_guard;
reset role;
set role app_guard;
-- The libraries of the officers who serve a body today. An officer keeps one for all the bodies that she serves, in the body that employs her:
-- it may lie outside what a commune reaches.
create function app.libraries_of(bodies uuid[]) returns uuid[]
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select coalesce(array_agg(distinct kept.organisation_id), '{}')
    from app.appointment serving
    left join app.mutualisation m on m.area_id = serving.area_id and current_date between m.from_on and coalesce(m.to_on, 'infinity')
    join app.appointment kept on kept.person_id = serving.person_id and kept.kind = 'DPO' and current_date between kept.start_on and coalesce(kept.end_on, 'infinity')
   where serving.kind = 'DPO' and current_date between serving.start_on and coalesce(serving.end_on, 'infinity')
     and (serving.organisation_id = any (bodies) or m.organisation_id = any (bodies))
$$;
create function app.library_organisations() returns uuid[]
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select app.content_organisations() || app.libraries_of(app.content_organisations())
$$;
-- For one body, of those that the context reaches.
create function app.library_of(organisation uuid) returns uuid[]
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select case when organisation = any (app.content_organisations()) then organisation || app.libraries_of(array[organisation]) else '{}' end
$$;
revoke execute on function app.libraries_of, app.library_organisations, app.library_of from public;
grant execute on function app.library_organisations, app.library_of to app_owner, app_web;
reset role;
set role app_owner;
revoke create on schema app from app_guard;

create table app.record_model (
  organisation_id    uuid not null references app.organisation,
  id                 uuid not null,
  code               text not null check (code ~ '^[A-Z0-9_-]{3,60}$'),
  title              text not null check (length(title) between 1 and 150),
  domain             text,
  organisation_types text[] not null check (cardinality(organisation_types) > 0),
  sheet              jsonb not null check (pg_column_size(sheet) < 1000000),
  revision           int not null default 0 check (revision >= 0),
  changed            boolean not null default true,
  retired            boolean not null default false,
  version            int not null default 1,
  created_at         timestamptz not null,
  updated_at         timestamptz not null,
  updated_by         text not null,
  primary key (organisation_id, id),
  unique (organisation_id, code)
);
call app.keep_apart('app.record_model', 'content_organisations');
create policy served on app.record_model for select to app_web using (organisation_id = any ((select app.library_organisations())::uuid[]));

-- What a model said when it was given out: a copy remembers which one it was taken from.
create table app.record_model_revision (
  organisation_id uuid not null,
  model_id        uuid not null,
  number          int not null check (number > 0),
  sheet           jsonb not null,
  note            text not null check (length(note) between 1 and 500),
  issued_at       timestamptz not null,
  issued_by       text not null,
  primary key (organisation_id, model_id, number),
  foreign key (organisation_id, model_id) references app.record_model (organisation_id, id)
);
call app.keep_apart('app.record_model_revision', 'content_organisations');
create policy served on app.record_model_revision for select to app_web using (organisation_id = any ((select app.library_organisations())::uuid[]));
revoke update on app.record_model_revision from app_web;

-- Which revision of its model a sheet has seen: taken, or examined and settled. A model of the product begins with 1, so all copies there are have seen 1.
alter table app.processing_record add model_revision int not null default 1 check (model_revision > 0), add rollout_id uuid;
create index processing_record_model on app.processing_record (organisation_id, model_code, model_revision) where model_code is not null;
create index processing_record_rollout on app.processing_record (organisation_id, rollout_id) where rollout_id is not null;

create table app.rollout (
  organisation_id uuid not null references app.organisation,
  id              uuid not null,
  kind            text not null check (kind in ('ADOPT', 'REVISE')),
  -- CODE@revision: what is given out is what was looked at, even if the model changes meanwhile.
  models          text[] not null check (cardinality(models) > 0),
  status          text not null check (status in ('PREPARED', 'RUNNING', 'DONE', 'UNDOING', 'UNDONE', 'DROPPED')),
  person_id       uuid not null,
  person_name     text not null,
  prepared_at     timestamptz not null,
  started_at      timestamptz,
  finished_at     timestamptz,
  primary key (organisation_id, id)
);
call app.keep_apart('app.rollout', 'content_organisations');
create index rollout_unfinished on app.rollout (status) where status in ('RUNNING', 'UNDOING');

create table app.rollout_target (
  organisation_id uuid not null,
  rollout_id      uuid not null,
  target_id       uuid not null references app.organisation,
  status          text not null check (status in ('WAITING', 'DONE', 'REFUSED', 'UNDONE')),
  changed         int not null default 0,
  skipped         int not null default 0,
  kept            int not null default 0,
  reason          text check (length(reason) <= 500),
  primary key (organisation_id, rollout_id, target_id),
  foreign key (organisation_id, rollout_id) references app.rollout (organisation_id, id)
);
call app.keep_apart('app.rollout_target', 'content_organisations');

-- The job learns which rollouts wait and in whose name; the work itself is done in that person's name, under her policies.
create policy worker on app.rollout for select to app_worker using (status in ('RUNNING', 'UNDOING'));
grant select (organisation_id, id, status, person_id, person_name) on app.rollout to app_worker;
reset role;
