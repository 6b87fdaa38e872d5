-- No event, no commit (S-60), on both sides: a row that moves from one organisation to another needs its line in either chain. 0004 asked
-- the chain where the row arrives alone.
set role app_owner;
grant create on schema history to app_guard;
reset role;

set role app_guard;
create or replace function history.require_event() returns trigger
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  touched uuid[];
  organisation uuid;
begin
  if tg_table_name = 'organisation' then
    if tg_op <> 'INSERT' then touched := touched || old.id; end if;
    if tg_op <> 'DELETE' then touched := touched || new.id; end if;
  else
    if tg_op <> 'INSERT' then touched := touched || coalesce(old.organisation_id, '00000000-0000-0000-0000-000000000000'); end if;
    if tg_op <> 'DELETE' then touched := touched || coalesce(new.organisation_id, '00000000-0000-0000-0000-000000000000'); end if;
  end if;
  if touched[1] = touched[2] then touched := touched[1:1]; end if;  -- nearly always: it stays where it is
  foreach organisation in array touched loop
    if not exists (select from history.chain c
                    where c.organisation_id = organisation and c.last_transaction = pg_current_xact_id()) then
      raise exception 'a change of %.% without its event', tg_table_schema, tg_table_name using errcode = '42501';
    end if;
  end loop;
  return null;
end $$;
reset role;

set role app_owner;
revoke create on schema history from app_guard;
reset role;
