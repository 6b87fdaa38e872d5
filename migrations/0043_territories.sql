-- One counter for a whole intercommunality: which bodies belong to it is public.
set role app_owner;
grant select (organisation_id) on app.mutualisation_area to app_public;
grant select (member_of_id) on app.organisation to app_public;
reset role;
