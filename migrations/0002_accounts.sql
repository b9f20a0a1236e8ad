-- A person's login. It belongs to no workspace, so only the system role may touch it; of a fellow member the
-- application sees the columns granted at the end of 0003, and no others.
create table accounts (
  id uuid not null constraint accounts_pkey primary key,
  email text not null constraint accounts_email_key unique constraint accounts_email_is_lower check (email = lower(email)),
  name text not null,
  password_hash text not null,
  locale text not null default 'en',
  theme text not null default 'system' constraint accounts_theme_known check (theme in ('system', 'light', 'dark')),
  -- Sealed with the key of the installation; present but unconfirmed while the person is still scanning it.
  totp_secret_sealed text,
  totp_confirmed_at timestamptz,
  -- The last accepted 30-second step: a code that was seen over somebody's shoulder does not work a second time.
  totp_last_step bigint not null default 0,
  created_at timestamptz not null
);

create table recovery_codes (
  id uuid not null constraint recovery_codes_pkey primary key,
  account_id uuid not null constraint recovery_codes_account_fkey references accounts on delete cascade,
  code_mac text not null,
  used_at timestamptz,
  constraint recovery_codes_code_key unique (account_id, code_mac)
);

create table sign_in_sessions (
  id uuid not null constraint sign_in_sessions_pkey primary key,
  account_id uuid not null constraint sign_in_sessions_account_fkey references accounts on delete cascade,
  token_hash text not null constraint sign_in_sessions_token_key unique,
  -- After a rotation the token before still opens for some seconds: requests that were on their way must not sign anybody out.
  previous_token_hash text constraint sign_in_sessions_previous_token_key unique,
  rotated_at timestamptz,
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at timestamptz not null,
  address text not null,
  user_agent text not null
);
create index sign_in_sessions_account_idx on sign_in_sessions (account_id);
create index sign_in_sessions_expires_idx on sign_in_sessions (expires_at);

-- The link in the mail is made from the id and the installation's key, so no row here can be turned into a link.
create table password_resets (
  id uuid not null constraint password_resets_pkey primary key,
  account_id uuid not null constraint password_resets_account_fkey references accounts on delete cascade,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz
);
create index password_resets_account_idx on password_resets (account_id);

grant select, insert, update, delete on accounts, recovery_codes, sign_in_sessions, password_resets to waxos_system;
