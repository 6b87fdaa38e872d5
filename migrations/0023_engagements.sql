-- Recourse to processors and their own processors (GDPR 28), what article 28 asks of a text, attested controls, corrections of applications (domain §2.3, §2.5).
set role app_owner;

-- Covered and half of what is partial, over what applies; null when nothing was checked. The lists sort by it, so it stands in a column that follows the document.
create function app.article28_score(sheet jsonb) returns numeric
language sql immutable strict parallel safe set search_path = pg_catalog, pg_temp as $$
  select round(sum(case i ->> 'status' when 'COVERED' then 1 when 'PARTIAL' then 0.5 else 0 end) / nullif(count(*), 0), 4)
    from jsonb_path_query(sheet, '$.article28.items[*]') i
   where i ->> 'status' in ('COVERED', 'PARTIAL', 'MISSING')
$$;
revoke execute on function app.article28_score from public;
grant execute on function app.article28_score to app_web;
alter table app.convention add column article28_score numeric generated always as (app.article28_score(sheet)) stored;

create table app.processor_engagement (
  organisation_id    uuid not null references app.organisation,
  id                 uuid not null,
  third_party_id     uuid not null,
  service            text not null check (length(service) between 1 and 500),
  -- The convention may be kept by the other side: its text is read where it stands.
  keeper_id          uuid,
  convention_id      uuid,
  contract_reference text check (length(contract_reference) between 1 and 500),
  record_id          uuid,
  start_on           date not null,
  expires_on         date check (expires_on >= start_on),
  ended_on           date check (ended_on >= start_on),
  sheet              jsonb not null check (pg_column_size(sheet) < 1000000),
  article28_score    numeric generated always as (app.article28_score(sheet)) stored,
  version            int not null default 1,
  created_at         timestamptz not null,
  updated_at         timestamptz not null,
  updated_by         text not null,
  primary key (organisation_id, id),
  foreign key (organisation_id, third_party_id) references app.third_party (organisation_id, id),
  foreign key (organisation_id, record_id) references app.processing_record (organisation_id, id),
  foreign key (keeper_id, convention_id) references app.convention (organisation_id, id),
  check ((keeper_id is null) = (convention_id is null)),
  check (convention_id is not null or contract_reference is not null)
);
create index processor_engagement_party on app.processor_engagement (organisation_id, third_party_id);
create index processor_engagement_convention on app.processor_engagement (organisation_id, convention_id);

-- A further processor, as it was announced. General authorisation: the controller has thirty days to object, silence accepts.
create table app.sub_processor (
  organisation_id uuid not null,
  id              uuid not null,
  engagement_id   uuid not null,
  parent_id       uuid,
  name            text not null check (length(name) between 1 and 200),
  service         text not null check (length(service) between 1 and 500),
  announced_on    date not null,
  mode            text not null check (mode in ('GENERAL', 'SPECIFIC')),
  objection_on    date generated always as (case mode when 'GENERAL' then announced_on + 30 end) stored,
  decision        text not null default 'PENDING' check (decision in ('PENDING', 'ACCEPTED', 'OBJECTED')),
  decided_on      date check (decided_on >= announced_on),
  decided_by      text check (length(decided_by) <= 200),
  tacit           boolean not null default false,
  reason          text check (length(reason) <= 2000),
  sheet           jsonb not null check (pg_column_size(sheet) < 1000000),
  version         int not null default 1,
  recorded_at     timestamptz not null,
  primary key (organisation_id, id),
  foreign key (organisation_id, engagement_id) references app.processor_engagement (organisation_id, id),
  foreign key (organisation_id, parent_id) references app.sub_processor (organisation_id, id),
  check ((decision = 'PENDING') = (decided_on is null)),
  check (not tacit or (decision = 'ACCEPTED' and mode = 'GENERAL')),
  check (decision <> 'OBJECTED' or reason is not null)
);
create index sub_processor_of on app.sub_processor (organisation_id, engagement_id);
create index sub_processor_clock on app.sub_processor (announced_on) where decision = 'PENDING' and mode = 'GENERAL';

call app.keep_apart('app.processor_engagement', 'content_organisations');
call app.keep_apart('app.sub_processor', 'content_organisations');
-- The clock finds which silence has lasted; the work itself goes through the organisation's own context.
create policy worker on app.sub_processor for select to app_worker using (true);
grant select (organisation_id, id, decision, mode, objection_on) on app.sub_processor to app_worker;

-- A control of a convention or of an application, as somebody attested it: the contributor's own row, as a proof is (0018).
create table app.control_attestation (
  organisation_id       uuid not null references app.organisation,
  id                    uuid not null,
  keeper_id             uuid,
  convention_id         uuid,
  information_system_id uuid,
  code                  text not null check (code ~ '^[A-Z_0-9]{1,60}$'),
  parameters            jsonb not null default '{}' check (jsonb_typeof(parameters) = 'object' and pg_column_size(parameters) < 10000),
  status                text not null check (status in ('PLANNED', 'IN_PLACE', 'ATTESTED', 'PARTIAL', 'NOT_APPLICABLE', 'DECLINED')),
  attested_by           text not null check (length(attested_by) between 1 and 200),
  attested_on           date not null,
  valid_until           date check (valid_until >= attested_on),
  evidence              text check (length(evidence) <= 500),
  note                  text check (length(note) <= 2000),
  recorded_by           text not null,
  contributor_name      text not null,
  withdrawn             boolean not null default false,
  recorded_at           timestamptz not null,
  primary key (organisation_id, id),
  foreign key (keeper_id, convention_id) references app.convention (organisation_id, id),
  foreign key (organisation_id, information_system_id) references app.information_system (organisation_id, id),
  check ((keeper_id is null) = (convention_id is null)),
  check ((convention_id is null) <> (information_system_id is null)),
  check (status <> 'ATTESTED' or evidence is not null)
);
create index control_attestation_convention on app.control_attestation (keeper_id, convention_id) where convention_id is not null;
create index control_attestation_system on app.control_attestation (organisation_id, information_system_id) where information_system_id is not null;
call app.keep_apart('app.control_attestation', 'convention_organisations');
revoke update on app.control_attestation from app_web;
grant update (withdrawn) on app.control_attestation to app_web;
create policy party on app.control_attestation for select to app_web
  using (keeper_id = any ((select app.convention_organisations())::uuid[]) or convention_id = any ((select app.read_conventions())::uuid[]));
-- Nobody attests anything of a convention that she does not keep or read, nor sees applications through the conventions of her body.
create policy bound on app.control_attestation as restrictive for insert to app_web
  with check (case when information_system_id is null then keeper_id = any ((select app.convention_organisations())::uuid[]) or convention_id = any ((select app.read_conventions())::uuid[])
                   else organisation_id = any ((select app.content_organisations())::uuid[]) end);
create policy content on app.control_attestation as restrictive for select to app_web
  using (information_system_id is null or organisation_id = any ((select app.content_organisations())::uuid[]));

-- A correction of an application: published by its maker, applied here, within sixty days.
create table app.patch_record (
  organisation_id       uuid not null,
  id                    uuid not null,
  information_system_id uuid not null,
  label                 text not null check (length(label) between 1 and 200),
  published_on          date not null,
  due_on                date not null generated always as (published_on + 60) stored,
  applied_on            date check (applied_on >= published_on),
  recorded_by           text not null,
  recorded_at           timestamptz not null,
  primary key (organisation_id, id),
  foreign key (organisation_id, information_system_id) references app.information_system (organisation_id, id)
);
create index patch_record_of on app.patch_record (organisation_id, information_system_id, published_on);
call app.keep_apart('app.patch_record', 'content_organisations');
reset role;
