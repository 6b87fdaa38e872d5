-- A convention makes a provider of one organisation and a client of another: incidents of the provider open files there, and its chain takes lines of the
-- provider. So nobody names as a party an organisation that she does not reach herself; the pages already refuse it, now the database does too.
set role app_owner;
grant create on schema app to app_guard;
reset role;
set role app_guard;
create function app.party_within_reach() returns trigger
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare p text[] := app.context();
begin
  -- A job works for the keeper itself and takes the parties from the text that people saved.
  if new.party_organisation_id is null or p[1] = 'o' or new.party_organisation_id = any (app.organisations()) then return new; end if;
  -- A party that the convention names already may move to another line of the text.
  if exists (select from app.convention_party x
              where x.organisation_id = new.organisation_id and x.convention_id = new.convention_id and x.party_organisation_id = new.party_organisation_id) then
    return new;
  end if;
  raise exception 'a party out of reach' using errcode = '42501';
end $$;
revoke execute on function app.party_within_reach from public;
grant execute on function app.party_within_reach to app_owner, app_web;
reset role;
set role app_owner;
revoke create on schema app from app_guard;
create trigger party_within_reach before insert or update on app.convention_party for each row execute function app.party_within_reach();

-- The copy that a processor writes for a controller comes from the processor that received the request, under the convention that binds the two.
create policy bound_copies on app.authority_request as restrictive for insert to app_web
  with check (side <> 'CONTROLLER' or organisation_id = any ((select app.convention_organisations())::uuid[])
              or processor_id = any ((select app.convention_organisations())::uuid[])
                 and exists (select from app.providers_of(organisation_id) o where o.convention_id = authority_request.convention_id and o.provider_id = processor_id));
reset role;
