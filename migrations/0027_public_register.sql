-- The public register (CRPA L311-1, domain §4): what citizens read of the versions in force. What may be read stands in a table of its own, made when a
-- version is published, archived or hidden, or a setting changes, in that very transaction: app_public can read it and no sheet. A row is always computed
-- by the database from the version in force, whatever a statement tries to write into it.
set role app_owner;

-- One row for each organisation that has decided on its register; without one it is closed.
create table app.public_register (
  organisation_id      uuid primary key references app.organisation,
  enabled              boolean not null,
  show_processor_names boolean not null,
  show_officer_name    boolean not null,
  version              int not null default 1,
  updated_at           timestamptz not null,
  updated_by           text not null
);
call app.keep_apart('app.public_register', 'content_organisations');

-- A decision on one sheet, beside what its text says of itself: hidden by either, it is hidden.
create table app.sheet_visibility (
  organisation_id uuid not null,
  record_id       uuid not null,
  hidden          boolean not null,
  reason          text check (length(reason) between 1 and 500),
  decided_at      timestamptz not null,
  decided_by      text not null,
  primary key (organisation_id, record_id),
  foreign key (organisation_id, record_id) references app.processing_record (organisation_id, id),
  check (hidden = (reason is not null))
);
call app.keep_apart('app.sheet_visibility', 'content_organisations');

-- Empty but for its number, a row is a sheet that was public once: the web deletes no row.
create table app.public_sheet (
  organisation_id uuid not null,
  number          int not null,
  record_id       uuid not null,
  title           text,
  domain          text,
  published_on    date,
  document        jsonb,
  words           tsvector,
  primary key (organisation_id, number),
  foreign key (organisation_id, record_id) references app.processing_record (organisation_id, id),
  check ((document is null) = (title is null) and (document is null) = (published_on is null) and (document is null) = (words is null))
);
call app.keep_apart('app.public_sheet', 'content_organisations');

-- Of an object, or of each object of a list, the fields that are named and nothing else.
create function app.only_fields(part jsonb, variadic fields text[]) returns jsonb language sql immutable parallel safe set search_path = pg_catalog, pg_temp as $$
  select coalesce(jsonb_object_agg(f.key, f.value), '{}')
    from jsonb_each(case jsonb_typeof(part) when 'object' then part else '{}' end) f where f.key = any (fields)
$$;
create function app.only_fields_of_rows(list jsonb, variadic fields text[]) returns jsonb language sql immutable parallel safe set search_path = pg_catalog, pg_temp as $$
  select coalesce(jsonb_agg(app.only_fields(r.value, variadic fields) order by r.place), '[]')
    from jsonb_array_elements(case jsonb_typeof(list) when 'array' then list else '[]' end) with ordinality r (value, place)
$$;

-- What citizens may read of a sheet, named field by field: a field that the product gains later is hidden until somebody names it here. Same shape as the
-- sheet. Recipients are their kinds; processors are the kind of third party, with their names where the organisation shows them.
create function app.redacted(organisation uuid, sheet jsonb, show_names boolean, on_day date) returns jsonb language sql stable set search_path = pg_catalog, pg_temp as $$
  select jsonb_strip_nulls(jsonb_build_object(
    'identification', app.only_fields(sheet -> 'identification', 'title', 'domain'),
    'purposes', app.only_fields(sheet -> 'purposes', 'purpose', 'subPurposes', 'withdrawalMeans')
      || jsonb_build_object('legalBases', app.only_fields_of_rows(sheet #> '{purposes,legalBases}', 'basis', 'reference', 'appliesTo')),
    'people', jsonb_build_object(
      'dataSubjects', app.only_fields_of_rows(sheet #> '{people,dataSubjects}', 'category', 'detail', 'minors', 'vulnerable'),
      'dataCategories', app.only_fields_of_rows(sheet #> '{people,dataCategories}', 'category', 'detail')),
    'sensitive', app.only_fields(sheet -> 'sensitive', 'specialPresent', 'offencesPresent', 'nirUsed'),
    'recipients', jsonb_build_object('recipients', (
      select coalesce(jsonb_agg(jsonb_build_object('kind', k.kind) order by k.place), '[]')
        from (select r.value ->> 'kind' as kind, min(r.place) as place
                from jsonb_array_elements(case jsonb_typeof(sheet #> '{recipients,recipients}') when 'array' then sheet #> '{recipients,recipients}' else '[]' end) with ordinality r (value, place)
               where r.value ->> 'kind' <> '' group by 1) k)),
    'transfers', jsonb_build_object('transfers', app.only_fields_of_rows(sheet #> '{transfers,transfers}', 'mechanism', 'country')),
    'retention', jsonb_build_object('rules', app.only_fields_of_rows(sheet #> '{retention,rules}',
      'scope', 'activeDuration', 'activeCriterion', 'activeTrigger', 'intermediateDuration', 'intermediateNote', 'final', 'source')),
    'information', app.only_fields(sheet -> 'information', 'rightsNotes', 'rightsContact'),
    'publication', app.only_fields(sheet -> 'publication', 'publicNote'),
    'processorCategories', (
      select coalesce(jsonb_agg(jsonb_build_object('category', c.category, 'count', c.count, 'names', case when show_names then c.names end) order by c.category), '[]')
        from (select coalesce(t.role, 'PROCESSOR') as category, count(*) as count, jsonb_agg(p.value ->> 'name' order by p.value ->> 'name') filter (where p.value ->> 'name' <> '') as names
                from jsonb_array_elements(case jsonb_typeof(sheet #> '{processors,processors}') when 'array' then sheet #> '{processors,processors}' else '[]' end) p (value)
                left join app.third_party t on t.organisation_id = organisation and t.id::text = p.value ->> 'thirdPartyId'
               -- Who no longer works on the data is no processor.
               where coalesce(p.value ->> 'endOn', '9999') >= on_day::text
               group by 1) c)))
$$;

-- Whatever is written into a row, it says what the version in force says of itself in public, or nothing.
create function app.public_sheet_is_redacted() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  select r.number, s.content #>> '{identification,title}', s.content #>> '{identification,domain}', (v.published_at at time zone o.time_zone)::date,
         app.redacted(r.organisation_id, s.content, p.show_processor_names, (v.published_at at time zone o.time_zone)::date),
         app.search_words(s.content #>> '{identification,title}', concat_ws(' ', s.content #>> '{purposes,purpose}', s.content #>> '{purposes,subPurposes}'))
    into new.number, new.title, new.domain, new.published_on, new.document, new.words
    from app.processing_record r
    join app.organisation o on o.id = r.organisation_id
    join app.public_register p on p.organisation_id = r.organisation_id and p.enabled
    join app.record_version v on v.organisation_id = r.organisation_id and v.record_id = r.id and v.number = r.published_version
   cross join lateral (select v.content::jsonb as content) s
    left join app.sheet_visibility d on d.organisation_id = r.organisation_id and d.record_id = r.id
   where r.organisation_id = new.organisation_id and r.id = new.record_id and r.status not in ('ARCHIVED', 'ABANDONED')
     and s.content #>> '{publication,publicVisibility}' is distinct from 'HIDDEN' and not coalesce(d.hidden, false)
     and s.content #>> '{identification,title}' <> '';
  if not found then
    select r.number, null, null, null, null, null into new.number, new.title, new.domain, new.published_on, new.document, new.words
      from app.processing_record r where r.organisation_id = new.organisation_id and r.id = new.record_id;
  end if;
  return new;
end $$;
create trigger redacted before insert or update on app.public_sheet for each row execute function app.public_sheet_is_redacted();

-- One at a time in an organisation: a version published while a setting changes must be judged by the setting that comes to stand.
create function app.publish_sheets(organisation uuid, only_record uuid) returns void language plpgsql volatile set search_path = pg_catalog, pg_temp as $$
begin
  perform pg_advisory_xact_lock(hashtextextended('public register ' || organisation::text, 0));
  if not exists (select from app.public_register p where p.organisation_id = organisation) then return; end if;
  insert into app.public_sheet as s (organisation_id, number, record_id)
  select r.organisation_id, r.number, r.id from app.processing_record r
   where r.organisation_id = organisation and (only_record is null or r.id = only_record) and r.published_version is not null
  on conflict (organisation_id, number) do update set record_id = excluded.record_id;
end $$;
create function app.public_register_follows() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if tg_table_name = 'public_register' then perform app.publish_sheets(new.organisation_id, null);
  elsif tg_table_name = 'processing_record' then perform app.publish_sheets(new.organisation_id, new.id);
  else perform app.publish_sheets(new.organisation_id, new.record_id);
  end if;
  return null;
end $$;
create trigger published after insert on app.record_version for each row execute function app.public_register_follows();
create trigger published after update of status on app.processing_record for each row
  when (new.published_version is not null and new.status is distinct from old.status) execute function app.public_register_follows();
create trigger published after insert or update on app.sheet_visibility for each row execute function app.public_register_follows();
create trigger published after insert or update on app.public_register for each row execute function app.public_register_follows();
revoke execute on function app.only_fields, app.only_fields_of_rows, app.redacted, app.public_sheet_is_redacted, app.publish_sheets, app.public_register_follows from public;
grant execute on function app.only_fields, app.only_fields_of_rows, app.redacted, app.publish_sheets to app_web;

-- Citizens read rows that say something, of bodies that are there.
grant select (organisation_id, number, title, domain, published_on, document, words) on app.public_sheet to app_public;
create policy public on app.public_sheet for select to app_public using (document is not null and organisation_id in (select o.id from app.organisation o));
grant select (organisation_id, enabled) on app.public_register to app_public;
create policy public on app.public_register for select to app_public using (enabled);
grant execute on function app.folded, app.search_query to app_public;
grant select on app.public_register to app_guard;
create policy guard on app.public_register for select to app_guard using (true);
grant execute on function app.officer_of to app_guard;
grant create on schema app to app_guard;
reset role;

set role app_guard;
-- The officer's name, where the organisation has decided to show it: who holds the office today, not who held it when a sheet was published.
create function app.public_officer(organisation uuid) returns text
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select d.officer
    from app.public_register r
    join app.organisation o on o.id = r.organisation_id
   cross join lateral app.officer_of(o.id, (now() at time zone o.time_zone)::date) d
   where r.organisation_id = organisation and r.enabled and r.show_officer_name and o.status = 'ACTIVE'
$$;
revoke execute on function app.public_officer from public;
grant execute on function app.public_officer to app_owner, app_public;
reset role;
set role app_owner;
revoke create on schema app from app_guard;
reset role;
