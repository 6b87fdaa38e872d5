-- Who may connect, and as what (S-50). Roles belong to the whole cluster, so each is made only when it is missing.
-- app_owner owns everything and cannot log in; app_guard alone reads the context key and runs the reviewed
-- security-definer functions; the others log in with only what they need. None of them can bypass a policy.
do $$
declare
  role text;
begin
  foreach role in array array['app_owner', 'app_guard'] loop
    if not exists (select from pg_roles where rolname = role) then
      execute format('create role %I nologin noinherit', role);
    end if;
  end loop;
  foreach role in array array['app_web', 'app_signin', 'app_public', 'app_worker', 'app_backup'] loop
    if not exists (select from pg_roles where rolname = role) then
      execute format('create role %I login noinherit', role);
    end if;
  end loop;
  execute format('grant app_owner, app_guard, app_backup to %I', current_user);
end $$;

revoke create on schema public from public;
do $$ begin
  execute format('revoke all on database %I from public', current_database());
  execute format('grant connect on database %I to app_web, app_signin, app_public, app_worker, app_backup', current_database());
  execute format('grant create on database %I to app_owner', current_database());
end $$;

-- app: business tables. history: the chain of who changed what. guard: the context key. identity: sign-in.
create schema app authorization app_owner;
create schema history authorization app_owner;
create schema identity authorization app_owner;
create schema guard authorization app_guard;
grant usage on schema app to app_web, app_signin, app_worker, app_public, app_backup, app_guard;
grant usage on schema history to app_web, app_signin, app_worker, app_backup, app_guard;
grant usage on schema identity to app_signin, app_backup;

set role app_guard;
-- One row: the two padded halves of the HMAC-SHA256 key, put there by `registry migrate` and replaced by each run of it.
create table guard.context_key (
  only_row   boolean primary key default true check (only_row),
  inner_pad  bytea not null,
  outer_pad  bytea not null
);
reset role;
