-- Sign-in (S-30 to S-41). These tables belong to no organisation: no policy, but one role alone reads them, app_signin, which in turn
-- reads nothing else. Named only inside Identity/. There is no foreign key to app.person: another issuer of identities must be able
-- to take the place of this schema.
set role app_owner;

create table identity.account (
  id             uuid primary key,
  person_id      uuid not null unique,
  name           text not null check (length(name) between 1 and 200),
  email          text not null check (length(email) <= 254),
  email_key      text not null unique check (length(email_key) <= 254),
  -- Only so that no password is built on it (S-30).
  organisation   text check (length(organisation) <= 200),
  locale         text not null default 'fr' check (locale in ('fr', 'en')),
  administrator  boolean not null default false,
  status         text not null check (status in ('INVITED', 'ACTIVE', 'DISABLED')),
  password_hash  text,
  -- Encrypted (S-46). The step of the last accepted code: none is accepted twice (S-34).
  totp_secret    bytea,
  totp_last_step bigint not null default 0,
  -- A demonstration account has a code and nothing to sign in with: it opens by a button on loopback, in demo mode only.
  demo_code      text unique check (length(demo_code) <= 60),
  demo_label     text check (length(demo_label) <= 200),
  created_at     timestamptz not null,
  version        int not null default 1,
  check ((demo_code is null) = (demo_label is null)),
  check (demo_code is null or (password_hash is null and totp_secret is null))
);

-- The cookie holds 256 random bits, the table their SHA-256. A row that is gone is a session that has ended.
create table identity.session (
  id               uuid primary key,
  token_hash       bytea not null unique,
  account_id       uuid not null references identity.account on delete cascade,
  created_at       timestamptz not null,
  last_seen_at     timestamptz not null,
  second_factor_at timestamptz not null,
  agent            text not null check (length(agent) <= 80)
);
create index session_account on identity.session (account_id);

create table identity.passkey (
  credential_id     bytea primary key,
  account_id        uuid not null references identity.account on delete cascade,
  name              text not null check (length(name) between 1 and 100),
  public_key        bytea not null,
  created_at        timestamptz not null,
  sign_count        bigint not null,
  transports        text[] not null,
  user_verified     boolean not null,
  backup_eligible   boolean not null,
  backed_up         boolean not null,
  attestation       bytea not null,
  client_data       bytea not null
);
create index passkey_account on identity.passkey (account_id);

create table identity.recovery_code (
  account_id uuid not null references identity.account on delete cascade,
  code_hash  bytea not null,
  primary key (account_id, code_hash)
);

-- One-time links sent by mail: 256 bits, kept as their SHA-256.
create table identity.link (
  token_hash bytea primary key,
  account_id uuid not null references identity.account on delete cascade,
  purpose    text not null check (purpose in ('INVITATION', 'RESET', 'CANCEL_REENROLMENT')),
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at    timestamptz
);
create index link_account on identity.link (account_id);

-- A person halfway through: password given, second factor not yet; or a link opened and the rest to do.
create table identity.passage (
  token_hash    bytea primary key,
  account_id    uuid not null references identity.account on delete cascade,
  purpose       text not null check (purpose in ('SIGN_IN', 'STEP_UP', 'RESET', 'INVITATION', 'REENROLMENT')),
  link_hash     bytea,
  session_id    uuid,
  verified_at   timestamptz,
  passkey_state text,
  return_path   text check (length(return_path) <= 2000),
  created_at    timestamptz not null,
  expires_at    timestamptz not null
);
create index passage_account on identity.passage (account_id);

-- Failures (S-32). The key is an HMAC of what is counted (account, device, network): neither e-mail nor address is readable here.
create table identity.throttle (
  key               bytea primary key,
  failures          int not null,
  window_started_at timestamptz not null,
  tries_today       int not null,
  day_started_at    timestamptz not null,
  blocked_until     timestamptz
);
create index throttle_age on identity.throttle (day_started_at);

-- A lost second factor (S-35): opened by an administrator who checked the identity, ready a day later, cancelled from the mail.
create table identity.reenrolment (
  id           uuid primary key,
  account_id   uuid not null references identity.account on delete cascade,
  opened_by    uuid not null,
  reason       text not null check (length(reason) between 1 and 500),
  opened_at    timestamptz not null,
  ready_at     timestamptz not null,
  expires_at   timestamptz not null,
  cancelled_at timestamptz,
  used_at      timestamptz
);
create unique index reenrolment_open on identity.reenrolment (account_id) where cancelled_at is null and used_at is null;

-- Keys of the framework's Data Protection, each encrypted under the key file before it comes here (S-46).
create table identity.data_protection_key (
  name       text primary key,
  xml        text not null,
  created_at timestamptz not null
);

grant select, insert, update on identity.account, identity.reenrolment to app_signin;
grant select, insert, update, delete on identity.session, identity.passkey, identity.recovery_code, identity.link, identity.passage,
  identity.throttle to app_signin;
grant select, insert on identity.data_protection_key to app_signin;
grant select on all tables in schema identity to app_backup;
reset role;
