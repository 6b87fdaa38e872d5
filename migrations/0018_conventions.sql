-- Conventions (domain §2.4, §2.5, §3.4). The organisation that keeps one writes it; the parties read it where they are organisations of the program. The
-- text is one document (D-4); what lists, clocks and other features ask for stands in columns.
set role app_owner;

create table app.convention (
  organisation_id      uuid not null references app.organisation,
  id                   uuid not null,
  number               int not null,
  title                text not null check (length(title) between 1 and 300),
  kinds                text[] not null default '{}',
  status               text not null default 'DRAFT' check (status in ('DRAFT', 'DELIBERATED', 'SIGNED', 'IN_FORCE', 'NOTICE_GIVEN', 'TERMINATED',
                         'REVERSIBILITY', 'RESTITUTED', 'DESTRUCTION_PROVED', 'CLOSED', 'ABANDONED')),
  -- A party that reads may not reach the keeper: its name and its calendar stand here.
  keeper_name          text not null,
  territory            text not null,
  good_friday_observed boolean not null default false,
  signed_on            date,
  effective_on         date,
  renewals             int not null default 0 check (renewals >= 0),
  notice_on            date,
  ends_on              date,
  end_reason           text check (end_reason in ('EXPIRY', 'MAX_DURATION', 'NON_RENEWAL', 'UNILATERAL', 'SERVICE_STOP', 'DISSOLUTION', 'FAULT', 'MUTUAL', 'REPLACED')),
  restituted_on        date,
  destroyed_on         date,
  evaluated_on         date,
  -- Computed from the text and its life by the program whenever one of them changes: lists sort by it, the clock finds its work by it.
  period_last_on       date,
  next_on              date,
  next_kind            text,
  next_subject         text,
  looks_again_on       date,
  computed_at          timestamptz not null default now(),
  tracked_on           date not null,
  sheet                jsonb not null check (pg_column_size(sheet) < 1000000),
  version              int not null default 1,
  created_at           timestamptz not null,
  updated_at           timestamptz not null,
  updated_by           text not null,
  primary key (organisation_id, id),
  unique (organisation_id, number),
  check (effective_on is not null or status in ('DRAFT', 'DELIBERATED', 'SIGNED', 'ABANDONED')),
  check (signed_on is not null or status in ('DRAFT', 'DELIBERATED', 'ABANDONED')),
  check (ends_on is null or effective_on is null or ends_on >= effective_on - 1)
);
create index convention_next on app.convention (next_on, organisation_id);
create index convention_clock on app.convention (looks_again_on) where looks_again_on is not null;

-- The parties as other features ask for them: who serves whom, under which convention, in which role. Nothing is deleted from the web: a party that the
-- text no longer names keeps its row, off.
create table app.convention_party (
  organisation_id       uuid not null,
  convention_id         uuid not null,
  position              int not null check (position >= 0),
  name                  text not null check (length(name) between 1 and 500),
  party_organisation_id uuid references app.organisation,
  role                  text check (role in ('PROVIDER', 'BENEFICIARY', 'PARTNER')),
  gdpr_role             text,
  signatory_function    text,
  active                boolean not null default true,
  primary key (organisation_id, convention_id, position),
  foreign key (organisation_id, convention_id) references app.convention (organisation_id, id)
);
create index convention_party_of on app.convention_party (party_organisation_id, role) where party_organisation_id is not null;

create table app.convention_event (
  organisation_id uuid not null,
  id              uuid not null,
  convention_id   uuid not null,
  kind            text not null check (kind ~ '^[A-Z_]{1,40}$'),
  happened_on     date not null,
  document        text check (length(document) <= 500),
  note            text check (length(note) <= 20000),
  recorded_at     timestamptz not null,
  primary key (organisation_id, id),
  foreign key (organisation_id, convention_id) references app.convention (organisation_id, id)
);
create index convention_event_of on app.convention_event (organisation_id, convention_id, happened_on);

-- Evidence is the contributor's own row: the provider proves what it owes, the keeper what it does (F12).
create table app.convention_proof (
  organisation_id  uuid not null references app.organisation,
  id               uuid not null,
  keeper_id        uuid not null,
  convention_id    uuid not null,
  code             text not null check (length(code) between 1 and 500),
  done_on          date not null,
  covers_to        date check (covers_to >= done_on),
  document         text not null check (length(document) between 1 and 500),
  note             text check (length(note) <= 20000),
  given_by         text not null,
  contributor_name text not null,
  withdrawn        boolean not null default false,
  recorded_at      timestamptz not null,
  primary key (organisation_id, id),
  foreign key (keeper_id, convention_id) references app.convention (organisation_id, id)
);
create index convention_proof_of on app.convention_proof (keeper_id, convention_id);

create table app.convention_meeting (
  organisation_id uuid not null,
  id              uuid not null,
  convention_id   uuid not null,
  kind            text not null,
  planned_on      date not null,
  held_on         date,
  status          text not null default 'PLANNED' check (status in ('PLANNED', 'HELD', 'MINUTES_SENT', 'CANCELLED')),
  agenda          text check (length(agenda) <= 20000),
  attendees       text check (length(attendees) <= 20000),
  decisions       text check (length(decisions) <= 20000),
  minutes         text check (length(minutes) <= 500),
  minutes_sent_on date,
  version         int not null default 1,
  recorded_at     timestamptz not null,
  primary key (organisation_id, id),
  foreign key (organisation_id, convention_id) references app.convention (organisation_id, id),
  check ((status in ('HELD', 'MINUTES_SENT')) = (held_on is not null)),
  check (minutes_sent_on is null or minutes_sent_on >= held_on)
);
create index convention_meeting_of on app.convention_meeting (organisation_id, convention_id, planned_on);

-- A revision keeps what it was computed from: a sheet of a past year must come out the same.
create table app.convention_price (
  organisation_id uuid not null,
  id              uuid not null,
  convention_id   uuid not null,
  year            int not null check (year between 1900 and 2100),
  p0              numeric not null check (p0 > 0),
  fixed_part      numeric not null,
  indexed_part    numeric not null,
  mode            text not null check (mode in ('RATIO_ONLY', 'EACH_STEP')),
  syntec0         numeric not null check (syntec0 > 0),
  march           numeric not null check (march > 0),
  link            numeric check (link > 0),
  savings         numeric not null default 0 check (savings >= 0),
  price           numeric not null check (price >= 0),
  applies_from    date not null,
  recorded_by     text not null,
  recorded_at     timestamptz not null,
  primary key (organisation_id, id),
  unique (organisation_id, convention_id, year),
  foreign key (organisation_id, convention_id) references app.convention (organisation_id, id)
);

grant select on app.convention, app.convention_party to app_guard;
create policy guard on app.convention for select to app_guard using (true);
create policy guard on app.convention_party for select to app_guard using (true);
grant create on schema app to app_guard;
reset role;
set role app_guard;

-- Whose conventions the context keeps: those of the organisations whose content it reaches, and for the people of a provider those of their own body (F10).
create function app.convention_organisations() returns uuid[]
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare p text[] := app.context();
begin
  if p is null or p[1] = 's' then return '{}'; end if;
  if p[1] = 'o' then return array[p[2]::uuid]; end if;
  return app.content_organisations()
      || coalesce((select array_agg(distinct r.organisation_id) from app.current_roles() r where r.kind in ('CONTRACT_MANAGER', 'HELPDESK_AGENT')), '{}');
end $$;

-- Which conventions of others the context reads: those that bind its organisation, once the text has left its author's desk. The people of a provider
-- stop at the closure (X-05), contributors and delegates never begin (F10); the executive reads what the bodies of her area keep.
create function app.read_conventions() returns uuid[]
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare p text[] := app.context();
begin
  if p is null or p[1] = 's' then return '{}'; end if;
  if p[1] = 'o' then
    return coalesce((select array_agg(distinct c.id) from app.convention_party x join app.convention c on c.organisation_id = x.organisation_id and c.id = x.convention_id
                      where x.active and x.party_organisation_id = p[2]::uuid and c.status not in ('DRAFT', 'ABANDONED')), '{}');
  end if;
  return coalesce((
    with held as materialized (select distinct r.organisation_id, r.kind from app.current_roles() r)
    select array_agg(distinct readable.id)
      from (select c.id
              from held h
              join app.convention_party x on x.party_organisation_id = h.organisation_id and x.active
              join app.convention c on c.organisation_id = x.organisation_id and c.id = x.convention_id
             where c.status not in ('DRAFT', 'ABANDONED')
               and h.kind not in ('PLATFORM_ADMIN', 'CORRESPONDENT_DELEGATE', 'SERVICE_CONTRIBUTOR', 'SECURITY_OFFICER')
               and (c.status <> 'CLOSED' or h.kind not in ('CONTRACT_MANAGER', 'HELPDESK_AGENT'))
             union all
            select c.id from held h join app.convention c on c.organisation_id = h.organisation_id where h.kind = 'AREA_EXECUTIVE') readable), '{}');
end $$;
revoke execute on function app.convention_organisations, app.read_conventions from public;
grant execute on function app.convention_organisations, app.read_conventions to app_owner, app_web, app_signin, app_worker, app_public;
reset role;
set role app_owner;
revoke create on schema app from app_guard;

call app.keep_apart('app.convention', 'convention_organisations');
call app.keep_apart('app.convention_party', 'convention_organisations');
call app.keep_apart('app.convention_event', 'convention_organisations');
call app.keep_apart('app.convention_proof', 'convention_organisations');
call app.keep_apart('app.convention_meeting', 'convention_organisations');
call app.keep_apart('app.convention_price', 'convention_organisations');
-- What happened and what was proved stays as it was written; a proof is only withdrawn.
revoke update on app.convention_event, app.convention_proof, app.convention_price from app_web;
grant update (withdrawn) on app.convention_proof to app_web;

create policy party on app.convention for select to app_web using (id = any ((select app.read_conventions())::uuid[]));
create policy party on app.convention_party for select to app_web using (convention_id = any ((select app.read_conventions())::uuid[]));
create policy party on app.convention_event for select to app_web using (convention_id = any ((select app.read_conventions())::uuid[]));
create policy party on app.convention_meeting for select to app_web using (convention_id = any ((select app.read_conventions())::uuid[]));
create policy party on app.convention_price for select to app_web using (convention_id = any ((select app.read_conventions())::uuid[]));
create policy party on app.convention_proof for select to app_web
  using (keeper_id = any ((select app.convention_organisations())::uuid[]) or convention_id = any ((select app.read_conventions())::uuid[]));
-- Nobody proves anything about a convention that she does not keep or read.
create policy bound on app.convention_proof as restrictive for insert to app_web
  with check (keeper_id = any ((select app.convention_organisations())::uuid[]) or convention_id = any ((select app.read_conventions())::uuid[]));

create policy conventions on app.reference_counter to app_web
  using (kind = 'C' and organisation_id = any ((select app.convention_organisations())::uuid[]))
  with check (kind = 'C' and organisation_id = any ((select app.convention_organisations())::uuid[]));

-- The clock finds whose turn it is, and what a party proved since the keeper's dates were computed; the work itself goes through the organisation's own context.
create policy worker on app.convention for select to app_worker using (true);
grant select (organisation_id, id, looks_again_on, computed_at) on app.convention to app_worker;
create policy worker on app.convention_proof for select to app_worker using (true);
grant select (keeper_id, convention_id, recorded_at) on app.convention_proof to app_worker;
reset role;
