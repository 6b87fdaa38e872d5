-- The work inside a request of a person (domain §2.8, T-RR-07): where her data is looked for, who was asked, what came of it.
set role app_owner;

create table app.rights_request_search (
  organisation_id uuid not null,
  id              uuid not null,
  request_id      uuid not null,
  number          int not null check (number > 0),
  -- Where to look: a record, an application, or whatever the service that is asked keeps.
  record_id       uuid,
  system_id       uuid,
  -- Of whom it is asked, under the name it had then: a service, or a processor under a convention.
  asked_of        text not null check (length(asked_of) between 1 and 500),
  unit_id         uuid,
  keeper_id       uuid,
  convention_id   uuid,
  due_on          date not null,
  state           text not null check (state in ('ASKED', 'FOUND', 'NOTHING', 'WITHDRAWN')),
  searched_on     date,
  -- What is looked for, what was found and by whom: it may name the person, so the program seals it (S-46).
  content         bytea not null check (length(content) < 200000),
  version         int not null default 1,
  asked_at        timestamptz not null,
  asked_by        text not null,
  updated_at      timestamptz not null,
  updated_by      text not null,
  primary key (organisation_id, id),
  unique (organisation_id, request_id, number),
  foreign key (organisation_id, request_id) references app.rights_request (organisation_id, id),
  foreign key (organisation_id, record_id) references app.processing_record (organisation_id, id),
  foreign key (organisation_id, system_id) references app.information_system (organisation_id, id),
  foreign key (organisation_id, unit_id) references app.org_unit (organisation_id, id),
  foreign key (keeper_id, convention_id) references app.convention (organisation_id, id),
  check ((unit_id is null) <> (convention_id is null)),
  check ((keeper_id is null) = (convention_id is null)),
  check (unit_id is not null or record_id is not null or system_id is not null),
  check ((searched_on is not null) = (state in ('FOUND', 'NOTHING')))
);
call app.keep_apart('app.rights_request_search', 'content_organisations');

-- Who asks again is recognised without opening a file: each mark is a keyed hash of her folded name with one address, made by the program for this body alone.
alter table app.rights_request add column requester_marks bytea[] not null default '{}';
reset role;
