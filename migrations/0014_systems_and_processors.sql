-- What processings run on and who works for the organisation (domain §2.3), what it does for others (article 30(2)), and what it decides
-- with others (article 26). Each is a document with its columns beside it, as a sheet is (D-4).
set role app_owner;

-- Every kind of thing has its own numbers (domain table 2.0); which ones exist is the program's matter.
alter table app.reference_counter drop constraint if exists reference_counter_kind_check;
alter table app.reference_counter add constraint reference_counter_kind_check check (kind ~ '^[A-Z]{1,3}$');

create table app.third_party (
  organisation_id      uuid not null references app.organisation,
  id                   uuid not null,
  name                 text not null check (length(name) between 1 and 200),
  role                 text,
  country              text check (country ~ '^[A-Z]{2}$'),
  siren                text check (siren ~ '^[0-9]{9}$'),
  siret                text check (siret ~ '^[0-9]{14}$'),
  group_parent_country text check (group_parent_country ~ '^[A-Z]{2}$'),
  sheet                jsonb not null check (pg_column_size(sheet) < 1000000),
  active               boolean not null default true,
  version              int not null default 1,
  created_at           timestamptz not null,
  updated_at           timestamptz not null,
  updated_by           text not null,
  primary key (organisation_id, id)
);
create unique index third_party_name on app.third_party (organisation_id, lower(name));
call app.keep_apart('app.third_party', 'content_organisations');

create table app.information_system (
  organisation_id    uuid not null references app.organisation,
  id                 uuid not null,
  name               text not null check (length(name) between 1 and 200),
  vendor_id          uuid,
  hosting            text,
  criticality        int check (criticality between 1 and 4),
  end_of_life_on     date,
  access_reviewed_on date,
  sheet              jsonb not null check (pg_column_size(sheet) < 1000000),
  active             boolean not null default true,
  version            int not null default 1,
  created_at         timestamptz not null,
  updated_at         timestamptz not null,
  updated_by         text not null,
  primary key (organisation_id, id),
  foreign key (organisation_id, vendor_id) references app.third_party (organisation_id, id)
);
create unique index information_system_name on app.information_system (organisation_id, lower(name));
create index information_system_vendor on app.information_system (organisation_id, vendor_id);
call app.keep_apart('app.information_system', 'content_organisations');

create table app.joint_controllership (
  organisation_id uuid not null references app.organisation,
  id              uuid not null,
  subject         text not null check (length(subject) between 1 and 200),
  start_on        date not null,
  end_on          date,
  sheet           jsonb not null check (pg_column_size(sheet) < 1000000),
  version         int not null default 1,
  created_at      timestamptz not null,
  updated_at      timestamptz not null,
  updated_by      text not null,
  primary key (organisation_id, id),
  check (end_on is null or end_on >= start_on)
);
create unique index joint_controllership_subject on app.joint_controllership (organisation_id, lower(subject));
call app.keep_apart('app.joint_controllership', 'content_organisations');

-- What sheets name must not vanish (D-4). Nothing is deleted from the web: a link that no text holds any more keeps its row, off.
create table app.record_system (
  organisation_id       uuid not null,
  record_id             uuid not null,
  information_system_id uuid not null,
  in_draft              boolean not null,
  in_force              boolean not null,
  primary key (organisation_id, record_id, information_system_id),
  foreign key (organisation_id, record_id) references app.processing_record (organisation_id, id),
  foreign key (organisation_id, information_system_id) references app.information_system (organisation_id, id)
);
create index record_system_of on app.record_system (organisation_id, information_system_id);
call app.keep_apart('app.record_system', 'content_organisations');

create table app.record_third_party (
  organisation_id uuid not null,
  record_id       uuid not null,
  third_party_id  uuid not null,
  in_draft        boolean not null,
  in_force        boolean not null,
  primary key (organisation_id, record_id, third_party_id),
  foreign key (organisation_id, record_id) references app.processing_record (organisation_id, id),
  foreign key (organisation_id, third_party_id) references app.third_party (organisation_id, id)
);
create index record_third_party_of on app.record_third_party (organisation_id, third_party_id);
call app.keep_apart('app.record_third_party', 'content_organisations');

create table app.record_joint_controllership (
  organisation_id         uuid not null,
  record_id               uuid not null,
  joint_controllership_id uuid not null,
  in_draft                boolean not null,
  in_force                boolean not null,
  primary key (organisation_id, record_id, joint_controllership_id),
  foreign key (organisation_id, record_id) references app.processing_record (organisation_id, id),
  foreign key (organisation_id, joint_controllership_id) references app.joint_controllership (organisation_id, id)
);
create index record_joint_controllership_of on app.record_joint_controllership (organisation_id, joint_controllership_id);
call app.keep_apart('app.record_joint_controllership', 'content_organisations');

-- The links follow the sheet whoever writes it: page, library, import. An id that is not this organisation's links nothing. A version that
-- is published holds what the working text held.
create function app.link_record() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  -- Many sheets name nothing, and a library may bring thousands at once.
  if new.sheet::text !~ '"(systemId|thirdPartyId|jointAgreementId)"'
     and (tg_op = 'INSERT' or (new.published_version is not distinct from old.published_version and old.sheet::text !~ '"(systemId|thirdPartyId|jointAgreementId)"')) then
    return null;
  end if;
  insert into app.record_system as l (organisation_id, record_id, information_system_id, in_draft, in_force)
  select distinct new.organisation_id, new.id, s.id, true, false
    from jsonb_path_query(new.sheet, '$.processors.systems[*].systemId') named
    join app.information_system s on s.organisation_id = new.organisation_id and s.id::text = named #>> '{}'
      on conflict (organisation_id, record_id, information_system_id) do update set in_draft = true where not l.in_draft;
  update app.record_system l set in_draft = false
   where l.organisation_id = new.organisation_id and l.record_id = new.id and l.in_draft
     and not exists (select from jsonb_path_query(new.sheet, '$.processors.systems[*].systemId') named where named #>> '{}' = l.information_system_id::text);

  insert into app.record_third_party as l (organisation_id, record_id, third_party_id, in_draft, in_force)
  select distinct new.organisation_id, new.id, s.id, true, false
    from jsonb_path_query(new.sheet, '$.processors.processors[*].thirdPartyId') named
    join app.third_party s on s.organisation_id = new.organisation_id and s.id::text = named #>> '{}'
      on conflict (organisation_id, record_id, third_party_id) do update set in_draft = true where not l.in_draft;
  update app.record_third_party l set in_draft = false
   where l.organisation_id = new.organisation_id and l.record_id = new.id and l.in_draft
     and not exists (select from jsonb_path_query(new.sheet, '$.processors.processors[*].thirdPartyId') named where named #>> '{}' = l.third_party_id::text);

  insert into app.record_joint_controllership as l (organisation_id, record_id, joint_controllership_id, in_draft, in_force)
  select new.organisation_id, new.id, s.id, true, false
    from app.joint_controllership s
   where s.organisation_id = new.organisation_id and s.id::text = new.sheet #>> '{identification,jointAgreementId}'
      on conflict (organisation_id, record_id, joint_controllership_id) do update set in_draft = true where not l.in_draft;
  update app.record_joint_controllership l set in_draft = false
   where l.organisation_id = new.organisation_id and l.record_id = new.id and l.in_draft
     and l.joint_controllership_id::text is distinct from new.sheet #>> '{identification,jointAgreementId}';

  if tg_op = 'UPDATE' and new.published_version is distinct from old.published_version then
    update app.record_system l set in_force = in_draft where l.organisation_id = new.organisation_id and l.record_id = new.id and in_force <> in_draft;
    update app.record_third_party l set in_force = in_draft where l.organisation_id = new.organisation_id and l.record_id = new.id and in_force <> in_draft;
    update app.record_joint_controllership l set in_force = in_draft where l.organisation_id = new.organisation_id and l.record_id = new.id and in_force <> in_draft;
  end if;
  return null;
end $$;
create trigger linked after insert or update of sheet, published_version on app.processing_record for each row execute function app.link_record();

-- The sheet with the names that what it links to bears today. A published version keeps its own text.
create function app.with_current_names(p_organisation uuid, p_sheet jsonb) returns jsonb
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  named jsonb := p_sheet;
  agreement text;
begin
  if jsonb_path_exists(named, '$.processors.systems[*].systemId') then
    named := jsonb_set(named, '{processors,systems}', (
      select jsonb_agg(case when s.id is null then i.item else jsonb_set(i.item, '{name}', to_jsonb(s.name)) end order by i.place)
        from jsonb_array_elements(named #> '{processors,systems}') with ordinality i (item, place)
        left join app.information_system s on s.organisation_id = p_organisation and s.id::text = i.item ->> 'systemId'));
  end if;
  if jsonb_path_exists(named, '$.processors.processors[*].thirdPartyId') then
    named := jsonb_set(named, '{processors,processors}', (
      select jsonb_agg(case when s.id is null then i.item else jsonb_set(i.item, '{name}', to_jsonb(s.name)) end order by i.place)
        from jsonb_array_elements(named #> '{processors,processors}') with ordinality i (item, place)
        left join app.third_party s on s.organisation_id = p_organisation and s.id::text = i.item ->> 'thirdPartyId'));
  end if;
  select j.subject into agreement from app.joint_controllership j
   where j.organisation_id = p_organisation and j.id::text = named #>> '{identification,jointAgreementId}';
  if agreement is not null then named := jsonb_set(named, '{identification,jointArrangement}', to_jsonb(agreement)); end if;
  return named;
end $$;
revoke execute on function app.link_record, app.with_current_names from public;
grant execute on function app.with_current_names to app_web;

-- Known to the bar of the organisation's pages without a question of its own.
alter table app.organisation add column acts_as_processor boolean not null default false;

grant create on schema app to app_guard;
reset role;
set role app_guard;
-- Whose register of processor (article 30(2)) the context reaches: the processor's own manager keeps hers, and sees nothing else of it (X-11).
create function app.processor_organisations() returns uuid[]
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare p text[] := app.context();
begin
  if p is null or p[1] = 's' then return '{}'; end if;
  if p[1] = 'o' then return array[p[2]::uuid]; end if;
  return app.content_organisations()
      || coalesce((select array_agg(distinct r.organisation_id) from app.current_roles() r where r.kind = 'CONTRACT_MANAGER'), '{}');
end $$;
revoke execute on function app.processor_organisations from public;
grant execute on function app.processor_organisations to app_owner, app_web, app_signin, app_worker, app_public;
reset role;
set role app_owner;
revoke create on schema app from app_guard;

-- One line for each controller and kind of work. The processor's name stands in the line: the controller who reads it may not reach the processor.
create table app.processor_activity (
  organisation_id uuid not null references app.organisation,
  id              uuid not null,
  number          int not null,
  processor_name  text not null,
  controller_id   uuid references app.organisation,
  controller_name text not null check (length(controller_name) between 1 and 200),
  start_on        date not null,
  end_on          date,
  status          text not null default 'ACTIVE' check (status in ('ACTIVE', 'ENDED')),
  sheet           jsonb not null check (pg_column_size(sheet) < 1000000),
  version         int not null default 1,
  created_at      timestamptz not null,
  updated_at      timestamptz not null,
  updated_by      text not null,
  primary key (organisation_id, id),
  unique (organisation_id, number),
  check ((status = 'ENDED') = (end_on is not null)),
  check (end_on is null or end_on >= start_on)
);
create index processor_activity_controller on app.processor_activity (controller_id) where controller_id is not null;
call app.keep_apart('app.processor_activity', 'processor_organisations');
-- A controller reads what is written about the work done for it (F09).
create policy concerned on app.processor_activity for select to app_web using (controller_id = any ((select app.content_organisations())::uuid[]));
create policy processor on app.reference_counter to app_web
  using (kind = 'ST' and organisation_id = any ((select app.processor_organisations())::uuid[]))
  with check (kind = 'ST' and organisation_id = any ((select app.processor_organisations())::uuid[]));
reset role;
