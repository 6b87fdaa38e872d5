-- T-CV-08: when a convention has come to its end, its provider is still asked to revoke, to trace and to give back; nobody is let in any more.
set role app_owner;
grant create on schema app to app_guard;
reset role;
set role app_guard;
-- Of what binds an organisation to its providers, the conventions that are over and not yet settled; for those whom providers_of answers.
create function app.ending_conventions(organisation uuid) returns setof uuid
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select p.convention_id from app.providers_of(organisation) p join app.convention c on c.id = p.convention_id where c.status in ('REVERSIBILITY', 'RESTITUTED')
$$;
revoke execute on function app.ending_conventions from public;
grant execute on function app.ending_conventions to app_owner, app_web;
reset role;
set role app_owner;
revoke create on schema app from app_guard;
create policy restitution_only_add on app.provider_request as restrictive for insert to app_web
  with check (status <> 'SUBMITTED' or coalesce(kind, '') not in ('GRANT_ACCESS', 'CHANGE_RIGHTS', 'RESET_PASSWORD_OUT_OF_PROCEDURE')
              or convention_id not in (select app.ending_conventions(organisation_id)));
create policy restitution_only_change on app.provider_request as restrictive for update to app_web using (true)
  with check (status <> 'SUBMITTED' or coalesce(kind, '') not in ('GRANT_ACCESS', 'CHANGE_RIGHTS', 'RESET_PASSWORD_OUT_OF_PROCEDURE')
              or convention_id not in (select app.ending_conventions(organisation_id)));
reset role;
