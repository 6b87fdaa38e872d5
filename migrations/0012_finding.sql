-- Finding things again: labels on records, kept views of a list, one narrow table of searchable words (design §5, S-56).
set role app_owner;

-- Labels are the reader's own order: part of no published text.
alter table app.processing_record add column tags text[] not null default '{}' check (cardinality(tags) <= 12);
-- A sheet is some thousand bytes, the columns of the lists two hundred: with the sheets out of line, a list reads ten times less.
alter table app.processing_record set (toast_tuple_target = 128);

-- A view of a list that a person keeps; organisation_id is null for the list over all organisations. `opens` is the one that opens by itself.
-- Without a query it was taken away: the web deletes no row (S-50).
create table app.saved_view (
  organisation_id uuid references app.organisation,
  person_id       uuid not null references app.person (id),
  name            text not null check (length(name) between 1 and 80),
  query           text check (length(query) <= 2000),
  opens           boolean not null default false,
  unique nulls not distinct (organisation_id, person_id, name)
);
alter table app.saved_view enable row level security;
alter table app.saved_view force row level security;
create policy web on app.saved_view to app_web
  using (person_id = (select app.current_person()) and (organisation_id is null or organisation_id = any ((select app.content_organisations())::uuid[])))
  with check (person_id = (select app.current_person()) and (organisation_id is null or organisation_id = any ((select app.content_organisations())::uuid[])));
create policy backup on app.saved_view for select to app_backup using (true);
grant select, insert, update on app.saved_view to app_web;
grant select on app.saved_view to app_backup;

-- Lower case, no accents, words with one space between them. Nothing from contrib, which not every installation has.
create function app.folded(value text) returns text language sql immutable parallel safe set search_path = pg_catalog, pg_temp as $$
  select btrim(regexp_replace(translate(replace(replace(replace(lower(value), 'œ', 'oe'), 'Œ', 'oe'), 'æ', 'ae'),
    'àáâãäåçèéêëìíîïñòóôõöùúûüýÿÀÁÂÃÄÅÇÈÉÊËÌÍÎÏÑÒÓÔÕÖÙÚÛÜÝ', 'aaaaaaceeeeiiiinooooouuuuyyaaaaaaceeeeiiiinooooouuuuy'), '[^a-z0-9]+', ' ', 'g'))
$$;

-- Each word as it stands (for beginnings of words) and as its French stem, with and without its accents: the stemmer knows "publiée", not "publiee".
create function app.search_words(title text, others text) returns tsvector language sql immutable parallel safe set search_path = pg_catalog, pg_temp as $$
  select setweight(to_tsvector('pg_catalog.simple', app.folded(title)) || to_tsvector('pg_catalog.french', app.folded(title)) || to_tsvector('pg_catalog.french', title), 'A')
      || setweight(to_tsvector('pg_catalog.simple', app.folded(others)) || to_tsvector('pg_catalog.french', app.folded(others)) || to_tsvector('pg_catalog.french', others), 'C')
$$;

-- All words must be found, in any of these forms; words that French leaves out are left out, unless there are no others.
-- The caller gives words of letters and digits only.
create function app.search_query(typed text[]) returns tsquery language plpgsql immutable parallel safe set search_path = pg_catalog, pg_temp as $$
declare
  word text;
  stem tsquery;
  form tsquery;
  wanted tsquery;
  bare tsquery;
begin
  foreach word in array typed loop
    if app.folded(word) = '' then continue; end if;
    stem := to_tsquery('pg_catalog.french', app.folded(word)) || to_tsquery('pg_catalog.french', word);
    form := to_tsquery('pg_catalog.simple', app.folded(word) || ':*');
    bare := case when bare is null then form else bare && form end;
    if numnode(stem) > 0 then wanted := case when wanted is null then form || stem else wanted && (form || stem) end; end if;
  end loop;
  return coalesce(wanted, bare);
end $$;

-- What can be found, a row for each thing; another table joins with a kind of its own and a trigger like that of records. Under row-level
-- security the operator @@ may use no index, so a search reads the rows of the organisations in reach: they are kept small, and together.
create table app.search_entry (
  organisation_id uuid not null references app.organisation,
  kind            text not null check (kind in ('RECORD')),
  id              uuid not null,
  words           tsvector not null,
  primary key (organisation_id, kind, id)
);
create function app.record_is_found() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  insert into app.search_entry as e (organisation_id, kind, id, words)
  values (new.organisation_id, 'RECORD', new.id,
          app.search_words(new.title, concat_ws(' ', new.sheet #>> '{purposes,purpose}', new.unit, array_to_string(new.tags, ' '))))
  on conflict (organisation_id, kind, id) do update set words = excluded.words where e.words <> excluded.words;
  return null;
end $$;
-- The rows that are there already; the owner, too, is kept out by forced policies.
alter table app.processing_record no force row level security;
insert into app.search_entry (organisation_id, kind, id, words)
select organisation_id, 'RECORD', id, app.search_words(title, concat_ws(' ', sheet #>> '{purposes,purpose}', unit))
  from app.processing_record;
alter table app.processing_record force row level security;
call app.keep_apart('app.search_entry', 'content_organisations');
revoke execute on function app.folded, app.search_words, app.search_query, app.record_is_found from public;
grant execute on function app.folded, app.search_words, app.search_query to app_web;
create trigger found after insert or update of title, unit, sheet, tags on app.processing_record for each row execute function app.record_is_found();
reset role;

-- What a page asks several times: as SQL the function was planned anew at each call, and asked who the person is for each row. Same answers.
set role app_owner;
grant create on schema app to app_guard;
reset role;
set role app_guard;
create or replace function app.current_roles() returns table (organisation_id uuid, kind text, area_wide boolean, delegation_scope text[])
language plpgsql stable security definer set search_path = pg_catalog, pg_temp rows 50 as $$
#variable_conflict use_column
declare me uuid := app.current_person();
begin
  if me is null then return; end if;
  return query
  select o.id, a.kind, a.area_id is not null, a.delegation_scope
    from app.appointment a
    join app.organisation o on o.id = a.organisation_id
   where a.person_id = me
     and (now() at time zone o.time_zone)::date between a.start_on and coalesce(a.end_on, 'infinity')
   union all
  select o.id, a.kind, true, a.delegation_scope
    from app.appointment a
    join app.mutualisation m on m.area_id = a.area_id and m.organisation_id <> a.organisation_id
    join app.organisation o on o.id = m.organisation_id
   where a.person_id = me
     and (now() at time zone o.time_zone)::date between a.start_on and coalesce(a.end_on, 'infinity')
     and (now() at time zone o.time_zone)::date between m.from_on and coalesce(m.to_on, 'infinity')
   union all
  select '00000000-0000-0000-0000-000000000000', a.kind, true, a.delegation_scope
    from app.appointment a
   where a.person_id = me and a.kind = 'PLATFORM_ADMIN'
     and current_date between a.start_on and coalesce(a.end_on, 'infinity');
end $$;
create or replace function app.organisations() returns uuid[]
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  p text[] := app.context();
  reach uuid[];
  platform boolean;
begin
  if p is null then return '{}'; end if;
  if p[1] = 'o' then return array[p[2]::uuid]; end if;
  if p[1] <> 's' then
    select array_agg(distinct r.organisation_id), bool_or(r.kind = 'PLATFORM_ADMIN') into reach, platform from app.current_roles() r;
    if platform is not true then return coalesce(reach, '{}'); end if;
  end if;
  return (select array_agg(o.id) from app.organisation o) || '00000000-0000-0000-0000-000000000000'::uuid;
end $$;
reset role;
set role app_owner;
revoke create on schema app from app_guard;
reset role;
