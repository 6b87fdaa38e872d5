-- What the people of an organisation say of a line of their list: who takes it, and until when it can wait, with its reason. It goes with a request that is
-- erased: a reason may say more than a reference.
set role app_owner;
create table app.work_mark (
  organisation_id uuid not null references app.organisation,
  object_type     text not null check (object_type ~ '^[A-Z_]{1,40}$'),
  object_id       uuid not null,
  assigned_to     uuid,
  assigned_name   text check (length(assigned_name) <= 200),
  put_off_until   date,
  put_off_by      uuid,
  reason          text check (length(reason) between 1 and 500),
  marked_at       timestamptz not null,
  marked_by       text not null check (length(marked_by) <= 200),
  version         int not null default 1,
  primary key (organisation_id, object_type, object_id),
  check ((assigned_to is null) = (assigned_name is null)),
  check ((put_off_until is null) = (reason is null) and (put_off_until is null) = (put_off_by is null))
);
call app.keep_apart('app.work_mark', 'content_organisations');
grant select, delete on app.work_mark to app_guard;
create policy guard on app.work_mark to app_guard using (true);

create function app.forget_mark() returns trigger language plpgsql volatile set search_path = pg_catalog, pg_temp as $$
begin
  delete from app.work_mark m where m.organisation_id = old.organisation_id and m.object_type = 'RIGHTS_REQUEST' and m.object_id = old.id;
  return null;
end $$;
revoke execute on function app.forget_mark from public;
grant execute on function app.forget_mark to app_guard;
create trigger forget_mark after delete on app.rights_request for each row execute function app.forget_mark();
reset role;
