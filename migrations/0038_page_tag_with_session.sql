-- One question a request instead of two: where the page that somebody asks for stands is told together with who she is, to the role that looks
-- sessions up, and only as a digest, from which nothing can be read. See app.page_tag of 0017 for what it is made of.
set role app_owner;
grant create on schema app to app_guard;
reset role;
set role app_guard;
drop function app.page_tag(text);

create function app.page_tag(person uuid, slug text) returns text
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  here uuid;
  today date;
begin
  select o.id, (now() at time zone o.time_zone)::date into here, today from app.organisation o where o.slug = page_tag.slug;
  return (select encode(sha256(convert_to(concat_ws('|', held.offices, today,
                        (select concat_ws('|', c.sequence, c.hash::text) from history.chain c where c.organisation_id = here),
                        (select string_agg(row(v.name, v.query, v.opens)::text, '|' order by v.name)
                           from app.saved_view v where v.person_id = page_tag.person and v.organisation_id = here)), 'UTF8')), 'base64')
            from (select string_agg(row(a.kind, a.area_id, a.delegation_scope)::text, '|' order by a.id) as offices
                    from app.appointment a
                    left join app.mutualisation m
                      on m.area_id = a.area_id and m.organisation_id = here and today between m.from_on and coalesce(m.to_on, 'infinity')
                   where a.person_id = page_tag.person and today between a.start_on and coalesce(a.end_on, 'infinity')
                     and (a.organisation_id = here or m.organisation_id = here or a.kind = 'PLATFORM_ADMIN')
                  having bool_or(a.organisation_id = here or m.organisation_id = here)) held);
end $$;
revoke execute on function app.page_tag from public;
grant execute on function app.page_tag to app_signin;
reset role;
set role app_owner;
revoke create on schema app from app_guard;
reset role;
