-- The operator's part (S-50): `registry roles` runs it as a role that may create roles, at the first deployment and again whenever this
-- file has changed; it may run any number of times. All other files but 0001 are run by app_migrator.
do $$
begin
  if not exists (select from pg_roles where rolname = 'app_migrator') then
    create role app_migrator login noinherit;
  end if;
  execute format('grant connect on database %I to app_migrator', current_database());
end $$;
-- It has no right of its own: a migration says `set role app_owner` or `set role app_guard` for what it does.
grant app_owner, app_guard to app_migrator;
grant select, insert on public.migration to app_migrator;

-- With the role, not with the connection: a pooler hands one connection to many and does not pass on what each asked for at its start.
alter role app_web    set search_path = app;
alter role app_signin set search_path = app;
alter role app_public set search_path = app;
alter role app_worker set search_path = app;
alter role app_backup set search_path = app;
alter role app_web    set statement_timeout = '5s';
alter role app_signin set statement_timeout = '5s';
alter role app_public set statement_timeout = '5s';
alter role app_worker set statement_timeout = '5s';
alter role app_web    set lock_timeout = '4s';
alter role app_signin set lock_timeout = '4s';
alter role app_public set lock_timeout = '4s';
alter role app_worker set lock_timeout = '4s';
-- What a page calls saved is on disk, whatever the server is set to.
alter role app_web    set synchronous_commit = on;
alter role app_signin set synchronous_commit = on;
alter role app_worker set synchronous_commit = on;
-- The pages read little, by index, mostly from memory: a page of the table costs them hardly more there than the next one; what is compiled
-- for one question would not be used twice.
alter role app_web    set random_page_cost = 1.1;
alter role app_web    set jit = off;
alter role app_public set random_page_cost = 1.1;
alter role app_public set jit = off;
