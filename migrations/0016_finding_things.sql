-- Applications and third parties are found with the records: rows of their own kinds in app.search_entry, as 0012 foresaw.
set role app_owner;
alter table app.search_entry drop constraint search_entry_kind_check;
alter table app.search_entry add constraint search_entry_kind_check check (kind in ('RECORD', 'SYSTEM', 'THIRD_PARTY'));

-- An abandoned draft is found in the archives of the list only; said here, so that a search over many registers looks into no record for it.
alter table app.search_entry add column kept boolean not null default true;
create or replace function app.record_is_found() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  insert into app.search_entry as e (organisation_id, kind, id, kept, words)
  values (new.organisation_id, 'RECORD', new.id, new.status <> 'ABANDONED',
          app.search_words(new.title, concat_ws(' ', new.sheet #>> '{purposes,purpose}', new.unit, array_to_string(new.tags, ' '))))
  on conflict (organisation_id, kind, id) do update set words = excluded.words, kept = excluded.kept where e.words <> excluded.words or e.kept <> excluded.kept;
  return null;
end $$;
drop trigger found on app.processing_record;
create trigger found after insert or update of title, unit, sheet, tags, status on app.processing_record for each row execute function app.record_is_found();

-- An application answers to its vendor's name, and to whoever holds the machines. What is switched off weighs least: a search sorts by weight
-- before it joins anything.
create function app.words_of(thing app.information_system) returns tsvector language sql stable set search_path = pg_catalog, pg_temp as $$
  select case when thing.active then words else setweight(words, 'D') end
    from app.search_words(thing.name, concat_ws(' ',
           (select v.name from app.third_party v where v.organisation_id = thing.organisation_id and v.id = thing.vendor_id), thing.sheet ->> 'hostedBy', thing.sheet ->> 'hostingDetail')) words
$$;
create function app.words_of(thing app.third_party) returns tsvector language sql immutable set search_path = pg_catalog, pg_temp as $$
  select case when thing.active then words else setweight(words, 'D') end from app.search_words(thing.name, concat_ws(' ', thing.siren, thing.siret)) words
$$;
create function app.system_is_found() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  insert into app.search_entry as e (organisation_id, kind, id, words) values (new.organisation_id, 'SYSTEM', new.id, app.words_of(new))
  on conflict (organisation_id, kind, id) do update set words = excluded.words where e.words <> excluded.words;
  return null;
end $$;
create function app.third_party_is_found() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  insert into app.search_entry as e (organisation_id, kind, id, words) values (new.organisation_id, 'THIRD_PARTY', new.id, app.words_of(new))
  on conflict (organisation_id, kind, id) do update set words = excluded.words where e.words <> excluded.words;
  if tg_op = 'UPDATE' and new.name <> old.name then
    update app.search_entry e set words = app.words_of(s)
      from app.information_system s
     where s.organisation_id = new.organisation_id and s.vendor_id = new.id
       and e.organisation_id = s.organisation_id and e.kind = 'SYSTEM' and e.id = s.id;
  end if;
  return null;
end $$;
revoke execute on function app.words_of(app.information_system), app.words_of(app.third_party), app.system_is_found, app.third_party_is_found from public;
grant execute on function app.words_of(app.information_system), app.words_of(app.third_party) to app_web;

-- The rows that are there already: nothing happened to them, so there is no event; and the owner, too, is kept out by forced policies.
alter table app.information_system no force row level security;
alter table app.third_party no force row level security;
alter table app.search_entry no force row level security;
alter table app.search_entry disable trigger proved;
alter table app.processing_record no force row level security;
update app.search_entry e set kept = false from app.processing_record r where r.organisation_id = e.organisation_id and r.id = e.id and r.status = 'ABANDONED';
alter table app.processing_record force row level security;
insert into app.search_entry (organisation_id, kind, id, words)
select s.organisation_id, 'SYSTEM', s.id, app.words_of(s) from app.information_system s
 union all
select p.organisation_id, 'THIRD_PARTY', p.id, app.words_of(p) from app.third_party p;
alter table app.search_entry enable trigger proved;
alter table app.search_entry force row level security;
alter table app.third_party force row level security;
alter table app.information_system force row level security;

create trigger found after insert or update of name, vendor_id, sheet, active on app.information_system for each row execute function app.system_is_found();
create trigger found after insert or update of name, siren, siret, active on app.third_party for each row execute function app.third_party_is_found();
reset role;
