create table workspaces (
  id uuid not null constraint workspaces_pkey primary key,
  name text not null,
  locale text not null default 'en',
  time_zone text not null default 'UTC',
  created_at timestamptz not null
);
select protect_tenant_table('workspaces', 'id');
-- Deleting one would take its audit log along, which the application may not rewrite.
revoke delete on workspaces from waxos_app;

create table members (
  workspace_id uuid not null constraint members_workspace_fkey references workspaces on delete cascade,
  id uuid not null,
  account_id uuid not null constraint members_account_fkey references accounts on delete cascade,
  role text not null constraint members_role_known check (role in ('owner', 'admin', 'agent', 'viewer')),
  joined_at timestamptz not null,
  constraint members_pkey primary key (workspace_id, id),
  constraint members_account_key unique (workspace_id, account_id)
);
create index members_account_idx on members (account_id);
select protect_tenant_table('members');

create table invitations (
  workspace_id uuid not null constraint invitations_workspace_fkey references workspaces on delete cascade,
  id uuid not null,
  email text not null constraint invitations_email_is_lower check (email = lower(email)),
  role text not null constraint invitations_role_known check (role in ('owner', 'admin', 'agent', 'viewer')),
  -- The name as it was: the mail and the list stay readable when the inviting member has left.
  invited_by_name text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  -- Part of the link, so that sending it again or revoking it ends the older links.
  link_version integer not null default 1,
  accepted_at timestamptz,
  revoked_at timestamptz,
  constraint invitations_pkey primary key (workspace_id, id)
);
create unique index invitations_open_email_key on invitations (workspace_id, email) where accepted_at is null and revoked_at is null;
create index invitations_id_idx on invitations (id);
select protect_tenant_table('invitations');

create table api_keys (
  workspace_id uuid not null constraint api_keys_workspace_fkey references workspaces on delete cascade,
  id uuid not null,
  name text not null,
  prefix text not null,
  key_mac text not null,
  scopes text[] not null,
  created_by_name text not null,
  created_at timestamptz not null,
  expires_at timestamptz,
  last_used_at timestamptz,
  revoked_at timestamptz,
  constraint api_keys_pkey primary key (workspace_id, id)
);
create index api_keys_id_idx on api_keys (id);
select protect_tenant_table('api_keys');

create table audit_entries (
  workspace_id uuid not null constraint audit_entries_workspace_fkey references workspaces on delete cascade,
  id uuid not null,
  at timestamptz not null,
  action text not null,
  actor_kind text not null constraint audit_entries_actor_known check (actor_kind in ('member', 'api_key', 'system')),
  actor_id uuid,
  actor_name text not null,
  subject text not null,
  address text not null,
  details jsonb not null,
  constraint audit_entries_pkey primary key (workspace_id, id)
);
create index audit_entries_action_idx on audit_entries (workspace_id, action, id);
select protect_tenant_table('audit_entries', append_only => true);

-- A member may see who the fellow members are: these columns, of accounts in the same workspace.
grant select (id, email, name, totp_confirmed_at) on accounts to waxos_app;
alter table accounts enable row level security;
alter table accounts force row level security;
create policy fellow_members on accounts for select to waxos_app
  using (exists (select 1 from members where members.account_id = accounts.id and members.workspace_id = current_workspace_id()));
create policy system on accounts for all to waxos_system using (true) with check (true);
