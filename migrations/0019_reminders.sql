-- Mail that leaves (S-93), reminders (S-94), calendars.
set role app_owner;

-- A worker takes a row by a lease of its own and marks it under that lease only: whoever comes too late marks nothing. The Message-ID is
-- given at the first try and never changes: a mail that went out twice, because a server was killed between sending and marking, is one mail
-- for the mailbox that gets it. Given up: after 72 hours of tries it waits for the operator.
alter table app.outbox_mail
  add column message_id   text check (length(message_id) <= 300 and message_id !~ '[[:space:]<>]'),
  add column lease        uuid,
  add column leased_until timestamptz,
  add column first_try_at timestamptz,
  add column given_up_at  timestamptz,
  add constraint outbox_mail_end check (sent_at is null or given_up_at is null);
drop index app.outbox_mail_due;
create index outbox_mail_due on app.outbox_mail (due_at) where sent_at is null and given_up_at is null;
create index outbox_mail_given_up on app.outbox_mail (given_up_at) where given_up_at is not null;

-- The operator sees which mails wait, never what they say, and may have one tried again.
create policy operator on app.outbox_mail for select to app_web
  using ('00000000-0000-0000-0000-000000000000' = any ((select app.organisations())::uuid[]));
create policy operator_again on app.outbox_mail for update to app_web
  using ('00000000-0000-0000-0000-000000000000' = any ((select app.organisations())::uuid[]))
  with check ('00000000-0000-0000-0000-000000000000' = any ((select app.organisations())::uuid[]));
grant select (id, recipient, subject, created_at, due_at, sent_at, attempts, last_error, first_try_at, given_up_at) on app.outbox_mail to app_web;
grant update (due_at, attempts, first_try_at, given_up_at) on app.outbox_mail to app_web;
reset role;
