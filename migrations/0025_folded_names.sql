-- The search over all bodies reads their names without accents and signs: kept beside them, not folded again for each body at each search.
set role app_owner;
alter table app.organisation add column folded text not null
  generated always as (app.folded(name || ' ' || coalesce(short_name, '') || ' ' || coalesce(siren, '') || ' ' || coalesce(insee_code, '') || ' ' || coalesce(city, ''))) stored;
reset role;
