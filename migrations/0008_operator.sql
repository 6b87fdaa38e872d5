-- The platform's own people: the operator belongs to no organisation, her row and her appointment are the platform's.
set role app_owner;
create policy platform on app.person to app_web
  using (organisation_id is null and '00000000-0000-0000-0000-000000000000' = any ((select app.organisations())::uuid[]))
  with check (organisation_id is null and '00000000-0000-0000-0000-000000000000' = any ((select app.organisations())::uuid[]));
create policy platform on app.appointment to app_web
  using (organisation_id is null and '00000000-0000-0000-0000-000000000000' = any ((select app.organisations())::uuid[]))
  with check (organisation_id is null and '00000000-0000-0000-0000-000000000000' = any ((select app.organisations())::uuid[]));
reset role;
