-- A delegation is given inside one organisation: the key says so, or an id from elsewhere would be kept (S-55).
set role app_owner;
alter table app.appointment add unique (organisation_id, id);
alter table app.appointment drop constraint appointment_delegated_from_fkey;
alter table app.appointment add foreign key (organisation_id, delegated_from) references app.appointment (organisation_id, id);
reset role;
