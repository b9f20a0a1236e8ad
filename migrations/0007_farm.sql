-- Which session nodes there are, which gateway holds the link of each, and which node may run which device.
-- Nodes and gateways belong to no workspace: only the system role sees them.

create table nodes (
  id uuid not null constraint nodes_pkey primary key,
  name text not null constraint nodes_name_form check (name ~ '^[a-z0-9]([a-z0-9.-]{0,61}[a-z0-9])?$'),
  token_hash text not null constraint nodes_token_key unique,
  -- After a rotation the token before still opens, until the node has come with the new one.
  previous_token_hash text constraint nodes_previous_token_key unique,
  token_rotated_at timestamptz not null,
  -- What the operator wants of it. Whether it is there is told by seen_at.
  mode text not null default 'ready' constraint nodes_mode_known check (mode in ('ready', 'cordoned', 'draining')),
  region text not null default '',
  labels text[] not null default '{}',
  -- As it said itself, the last time it came.
  version text,
  protocol integer,
  -- Where it runs; as another one it cannot tell what became of the browsers of the one before.
  instance text,
  memory_budget_bytes bigint,
  load jsonb,
  created_at timestamptz not null,
  -- Since when it takes sessions: a new one gets its fair share slowly.
  joined_at timestamptz,
  seen_at timestamptz,
  revoked_at timestamptz
);
create unique index nodes_name_key on nodes (name) where revoked_at is null;

create table gateways (
  id uuid not null constraint gateways_pkey primary key,
  started_at timestamptz not null,
  seen_at timestamptz not null
);

-- Who owns the link to a node. A newer generation ends whatever an older one still does.
create table node_links (
  node_id uuid not null constraint node_links_pkey primary key constraint node_links_node_fkey references nodes on delete cascade,
  generation bigint not null,
  -- The row outlives its gateway, so that no generation comes twice.
  gateway_id uuid constraint node_links_gateway_fkey references gateways on delete set null,
  claimed_at timestamptz not null,
  -- Null while the node is connected.
  ended_at timestamptz
);
create index node_links_gateway_idx on node_links (gateway_id);
grant select, insert, update, delete on nodes, gateways, node_links to waxos_system;

-- What people want of a device; what it is at is told by its session.
alter table devices
  add column wanted text not null default 'stopped' constraint devices_wanted_known check (wanted in ('running', 'stopped', 'logged_out')),
  add column browser text not null default 'headless_shell' constraint devices_browser_known check (browser in ('headless_shell', 'chromium')),
  add column economy boolean not null default false,
  add column paced boolean not null default true,
  add column history_days integer not null default 30 constraint devices_history_days_range check (history_days between 0 and 3650),
  -- A pairing code instead of a QR is asked for this number.
  add column pair_with text constraint devices_pair_with_form check (pair_with ~ '^[0-9]{7,15}$'),
  add column region text not null default '',
  add column state_since timestamptz,
  add column progress integer constraint devices_progress_range check (progress between 0 and 100),
  add column lid text constraint devices_lid_form check (lid ~ '^[0-9]{5,20}$'),
  add column push_name text,
  add column linked_at timestamptz;
grant update (wanted, browser, economy, paced, history_days, pair_with, region, state_since, progress, lid, push_name, linked_at) on devices to waxos_app, waxos_system;

-- Which node may run a device, and until when. The row stays when the lease is over, so that no epoch comes twice.
create table device_leases (
  workspace_id uuid not null,
  device_id uuid not null,
  node_id uuid constraint device_leases_node_fkey references nodes on delete set null (node_id),
  epoch bigint not null constraint device_leases_epoch_positive check (epoch > 0),
  granted_at timestamptz not null,
  expires_at timestamptz not null,
  -- The node was first heard to run it. Until then it is not renewed for ever: its start may never have come there.
  running_at timestamptz,
  -- The node said itself that nothing of it runs any more.
  released_at timestamptz,
  -- It is to be closed here, and to run elsewhere.
  leaving_at timestamptz,
  -- The last epoch whose browser was closed cleanly: what such a profile lacks was never sent.
  clean_epoch bigint,
  -- It ran out, and that was seen: told once.
  expired_at timestamptz,
  constraint device_leases_pkey primary key (workspace_id, device_id),
  constraint device_leases_device_fkey foreign key (workspace_id, device_id) references devices on delete cascade
-- Heartbeats move expires_at all the time: no index on it, and room in each page, so that they touch the row alone.
) with (fillfactor = 50);
create index device_leases_node_idx on device_leases (node_id) where released_at is null;
-- A node names devices; the workspace is told by the lease.
create index device_leases_device_idx on device_leases (device_id);
select protect_tenant_table('device_leases');
-- Members may see where a device runs; who decides it is the farm.
revoke insert, update, delete on device_leases from waxos_app;

-- How much of what a device told is in the database: written in the transaction that put it there.
create table device_readings (
  workspace_id uuid not null,
  device_id uuid not null,
  epoch bigint not null,
  seq bigint not null,
  constraint device_readings_pkey primary key (workspace_id, device_id),
  constraint device_readings_device_fkey foreign key (workspace_id, device_id) references devices on delete cascade
);
select protect_tenant_table('device_readings');

-- What a node told and nobody understood: kept with why, counted, and in nobody's way.
create table parked_events (
  workspace_id uuid not null,
  id uuid not null,
  device_id uuid not null,
  epoch bigint not null,
  seq bigint not null,
  type text not null,
  reason text not null,
  event jsonb not null,
  parked_at timestamptz not null,
  taken_up_at timestamptz,
  constraint parked_events_pkey primary key (workspace_id, id),
  constraint parked_events_seq_key unique (workspace_id, device_id, epoch, seq),
  constraint parked_events_device_fkey foreign key (workspace_id, device_id) references devices on delete cascade
);
select protect_tenant_table('parked_events');
-- They hold people's words as a stranger's page gave them: ingest puts them there, and only the operator reads them.
revoke all on parked_events from waxos_app;
grant insert on parked_events to waxos_app;

-- The QR or the pairing code that a device shows now. Whoever has it can link the number, so it is in no event and no log.
create table device_codes (
  workspace_id uuid not null,
  device_id uuid not null,
  kind text not null constraint device_codes_kind_known check (kind in ('qr', 'code')),
  value text not null,
  expires_at timestamptz not null,
  constraint device_codes_pkey primary key (workspace_id, device_id),
  constraint device_codes_device_fkey foreign key (workspace_id, device_id) references devices on delete cascade
);
select protect_tenant_table('device_codes');
