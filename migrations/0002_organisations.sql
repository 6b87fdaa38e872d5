-- The tenant is the organisation (D-2): commune, CCAS, syndicate, intercommunality.
set role app_owner;

create table app.organisation (
  id                   uuid primary key,
  slug                 text not null unique check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(slug) <= 80),
  name                 text not null check (length(name) between 1 and 200),
  short_name           text check (length(short_name) <= 60),
  type                 text not null check (type in ('COMMUNE', 'COMMUNE_NOUVELLE', 'CCAS', 'CIAS', 'CAISSE_DES_ECOLES',
                         'COMMUNAUTE_COMMUNES', 'COMMUNAUTE_AGGLOMERATION', 'COMMUNAUTE_URBAINE', 'METROPOLE', 'SYNDICAT_COMMUNES',
                         'SYNDICAT_MIXTE', 'POLE_METROPOLITAIN', 'PETR', 'CENTRE_GESTION', 'ETABLISSEMENT_PUBLIC_LOCAL', 'SEM_SPL',
                         'ASSOCIATION', 'COMPANY', 'STATE_BODY')),
  parent_id            uuid references app.organisation,
  member_of_id         uuid references app.organisation,
  siren                text check (siren ~ '^[0-9]{9}$'),
  siret                text check (siret ~ '^[0-9]{14}$'),
  insee_code           text check (insee_code ~ '^[0-9AB]{5}$'),
  rna                  text check (rna ~ '^W[0-9]{9}$'),
  address              text check (length(address) <= 500),
  postal_code          text check (postal_code ~ '^[0-9]{5}$'),
  city                 text check (length(city) <= 200),
  phone                text check (length(phone) <= 40),
  email                text check (length(email) <= 254),
  website              text check (length(website) <= 500),
  population           int check (population >= 0),
  staff_count          int check (staff_count >= 0),
  department_code      text,
  department_name      text,
  territory            text not null check (territory in ('METRO', 'ALSACE_MOSELLE', 'GUADELOUPE', 'MARTINIQUE', 'GUYANE', 'REUNION',
                         'MAYOTTE', 'SAINT_BARTHELEMY', 'SAINT_MARTIN')),
  time_zone            text not null,
  good_friday_observed boolean not null default false,
  accent               text not null default 'petrole' check (accent in ('petrole', 'outremer', 'foret', 'prune', 'ocre', 'ardoise')),
  rights_contact_email text check (length(rights_contact_email) <= 254),
  rights_contact_post  text check (length(rights_contact_post) <= 500),
  dpo_cnil_number      text check (length(dpo_cnil_number) <= 60),
  dpo_cnil_on          date,
  status               text not null default 'ACTIVE' check (status in ('ACTIVE', 'SUSPENDED', 'CLOSED')),
  version              int not null default 1,
  created_at           timestamptz not null default now(),
  updated_at           timestamptz not null default now(),
  check (type not in ('COMMUNE', 'COMMUNE_NOUVELLE') or insee_code is not null)
);
-- A commune is one tenant for the whole platform: that it is kept here is public (its public page says so).
create unique index organisation_commune on app.organisation (insee_code) where type in ('COMMUNE', 'COMMUNE_NOUVELLE') and status <> 'CLOSED';
create index organisation_name on app.organisation (lower(name));

-- A service or direction of the organisation.
create table app.org_unit (
  organisation_id uuid not null references app.organisation,
  id              uuid not null,
  name            text not null check (length(name) between 1 and 200),
  email           text check (length(email) <= 254),
  active          boolean not null default true,
  version         int not null default 1,
  primary key (organisation_id, id)
);
create unique index org_unit_name on app.org_unit (organisation_id, lower(name));

-- The bodies that one shared officer serves (espace mutualisé), led by the body that employs her.
create table app.mutualisation_area (
  organisation_id  uuid not null references app.organisation,
  id               uuid not null unique,
  name             text not null check (length(name) between 1 and 200),
  dpo_public_email text check (length(dpo_public_email) <= 254),
  version          int not null default 1,
  primary key (organisation_id, id)
);
create table app.mutualisation (
  organisation_id uuid not null references app.organisation,
  area_id         uuid not null references app.mutualisation_area (id),
  from_on         date not null,
  to_on           date,
  primary key (organisation_id, area_id),
  check (to_on is null or to_on >= from_on)
);
create index mutualisation_area_members on app.mutualisation (area_id, organisation_id);

-- A person is described by her work only: no private data. The body she belongs to keeps the row.
create table app.person (
  organisation_id uuid references app.organisation,
  id              uuid primary key,
  title           text check (length(title) <= 40),
  first_name      text not null check (length(first_name) between 1 and 100),
  last_name       text not null check (length(last_name) between 1 and 100),
  job             text check (length(job) <= 200),
  email           text check (length(email) <= 254),
  phone           text check (length(phone) <= 40),
  version         int not null default 1
);
create index person_organisation on app.person (organisation_id);

-- The only source of rights: who, what, for which body, in writing, from when to when, delegated by whom (domain §1.2, §2.1).
-- area_id set: for every body of the area (officer, assistant or executive of its lead). organisation_id null: the platform's operator.
create table app.appointment (
  organisation_id  uuid references app.organisation,
  id               uuid primary key,
  person_id        uuid not null references app.person (id),
  kind             text not null check (kind in ('LEGAL_REPRESENTATIVE', 'ELECTED_DELEGATE', 'DGS', 'DPO', 'DPO_ASSISTANT', 'CORRESPONDENT',
                     'CORRESPONDENT_DELEGATE', 'SECURITY_OFFICER', 'HELPDESK_AGENT', 'CONTRACT_MANAGER', 'SERVICE_CONTRIBUTOR', 'AUDITOR',
                     'AREA_EXECUTIVE', 'PLATFORM_ADMIN')),
  area_id          uuid,
  start_on         date not null,
  end_on           date,
  act_type         text not null check (act_type in ('LETTER', 'DELIBERATION', 'ARRETE', 'CONVENTION')),
  act_reference    text check (length(act_reference) <= 200),
  act_date         date not null,
  signed_by        text check (length(signed_by) <= 200),
  delegated_from   uuid,
  delegation_scope text[] not null default '{}' check (delegation_scope <@ array['ACCESS_REQUESTS', 'RESTORATIONS', 'RECORD_PUBLICATION',
                     'STATEMENT_VALIDATION', 'BREACH_DECISION', 'RIGHTS_ANSWER', 'RECORD_VALIDATION']),
  end_reason       text check (end_reason in ('TERM', 'REPLACEMENT', 'RESIGNATION', 'REVOCATION', 'DEPARTURE', 'CONVENTION_END', 'OTHER')),
  version          int not null default 1,
  unique (organisation_id, id),
  foreign key (organisation_id, delegated_from) references app.appointment (organisation_id, id),
  foreign key (organisation_id, area_id) references app.mutualisation_area (organisation_id, id),
  check (end_on is null or end_on >= start_on),
  check (area_id is null or kind in ('DPO', 'DPO_ASSISTANT', 'AREA_EXECUTIVE')),
  check ((organisation_id is null) = (kind = 'PLATFORM_ADMIN')),
  check (kind <> 'CORRESPONDENT_DELEGATE' or delegated_from is not null),
  check (kind <> 'AUDITOR' or end_on is not null)
);
create index appointment_person on app.appointment (person_id);
create index appointment_organisation on app.appointment (organisation_id, kind);
reset role;
