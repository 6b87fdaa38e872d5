-- An operator of the platform belongs to no organisation: her person and her appointment have none, which a policy that compares
-- organisations cannot let through. The platform itself (first administrator, S-41) and its operators reach these rows.
set role app_owner;
create policy platform on app.person to app_web
  using (organisation_id is null and '00000000-0000-0000-0000-000000000000' = any ((select app.organisations())::uuid[]))
  with check (organisation_id is null and '00000000-0000-0000-0000-000000000000' = any ((select app.organisations())::uuid[]));
create policy platform on app.appointment to app_web
  using (organisation_id is null and '00000000-0000-0000-0000-000000000000' = any ((select app.organisations())::uuid[]))
  with check (organisation_id is null and '00000000-0000-0000-0000-000000000000' = any ((select app.organisations())::uuid[]));
reset role;
