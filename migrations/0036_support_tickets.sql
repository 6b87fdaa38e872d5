-- Support tickets (domain §2.10, convention B 6): what is declared to the help desk of a provider, in the same queue, with the same journal. An incident may be declared
-- by anybody who works for the organisation, a demand by the correspondent or her delegate; the help of the provider is asked from the file of a breach (B 2.4).
set role app_owner;
alter table app.provider_request
  drop constraint provider_request_nature_check,
  drop constraint provider_request_kind_check,
  drop constraint provider_request_check,
  drop constraint provider_request_check2,
  add constraint provider_request_nature_check check (nature in ('ACCESS', 'RESTORATION', 'TICKET')),
  add constraint provider_request_kind_check check (case nature
    when 'ACCESS' then kind is not null and kind in ('GRANT_ACCESS', 'REVOKE_ACCESS', 'CHANGE_RIGHTS', 'RESET_PASSWORD_OUT_OF_PROCEDURE', 'REQUEST_CONNECTION_LOGS')
    when 'TICKET' then kind is not null and kind in ('INCIDENT', 'DEMAND', 'ASSISTANCE')
    else kind is null end),
  add constraint provider_request_draft_check check (nature = 'ACCESS' or status <> 'DRAFT'),
  add constraint provider_request_ends_check check (nature <> 'RESTORATION' or status not in ('TECHNICALLY_IMPOSSIBLE', 'CANCELLED')),
  add column priority text check (priority in ('P1', 'P2', 'P3', 'P4')),
  -- The breach whose origin the provider is asked to find.
  add column breach_id uuid,
  add constraint provider_request_breach foreign key (organisation_id, breach_id) references app.breach (organisation_id, id),
  add constraint provider_request_priority_of_tickets check ((nature = 'TICKET') = (priority is not null)),
  add constraint provider_request_breach_of_assistance check ((breach_id is not null) = (kind is not distinct from 'ASSISTANCE'));
create index provider_request_of_breach on app.provider_request (organisation_id, breach_id) where breach_id is not null;

alter policy provider_requests on app.reference_counter
  using (kind ~ '^(HAB|RES|AST)-[0-9]{4}$' and (organisation_id = any ((select app.request_organisations())::uuid[]) or organisation_id = any ((select app.helped_organisations())::uuid[])))
  with check (kind ~ '^(HAB|RES|AST)-[0-9]{4}$' and (organisation_id = any ((select app.request_organisations())::uuid[]) or organisation_id = any ((select app.helped_organisations())::uuid[])));
-- As 0024, but an incident or a call for help needs no letter.
alter policy authority_add on app.provider_request
  with check (exists (select from app.providers_of(organisation_id) o where o.convention_id = provider_request.convention_id and o.provider_id = provider_request.provider_id)
              and (status in ('DRAFT', 'REJECTED_NOT_AUTHORISED') or origin = 'PROVIDER' or nature = 'TICKET' and kind in ('INCIDENT', 'ASSISTANCE') or app.may_ask(organisation_id, nature)));
grant create on schema app to app_guard;
reset role;

-- As 0024; a letter for access or for restorations covers the small demands of every day.
set role app_guard;
create or replace function app.may_ask(organisation uuid, nature text) returns boolean
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare p text[] := app.context();
begin
  if p is null or p[1] = 's' then return false; end if;
  if p[1] = 'o' then return organisation = p[2]::uuid; end if;
  return exists (select from app.current_roles() r
                  where r.organisation_id = organisation
                    and (r.kind = 'CORRESPONDENT'
                      or r.kind = 'CORRESPONDENT_DELEGATE'
                         and r.delegation_scope && case nature when 'ACCESS' then array['ACCESS_REQUESTS'] when 'TICKET' then array['ACCESS_REQUESTS', 'RESTORATIONS'] else array['RESTORATIONS'] end));
end $$;
reset role;
set role app_owner;
revoke create on schema app from app_guard;
reset role;
