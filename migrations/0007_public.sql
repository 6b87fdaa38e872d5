-- What a citizen may read without an account: who keeps her data and whom to write to. Columns are granted one by one.
set role app_owner;
grant select (id, slug, name, type, address, postal_code, city, phone, website, rights_contact_email, rights_contact_post, accent, status) on app.organisation to app_public;
grant select (organisation_id, area_id, from_on, to_on) on app.mutualisation to app_public;
grant select (id, name, dpo_public_email) on app.mutualisation_area to app_public;
create policy public on app.organisation for select to app_public using (status = 'ACTIVE');
create policy public on app.mutualisation for select to app_public using (true);
create policy public on app.mutualisation_area for select to app_public using (true);
reset role;
