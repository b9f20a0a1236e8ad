-- The numbers of a workspace, real ones and pretend ones. What a device is decides which browser runs it and what that
-- browser may reach (real ones never the sandbox, pretend ones never WhatsApp), so its kind is settled when it is made.
create table devices (
  workspace_id uuid not null constraint devices_workspace_fkey references workspaces on delete cascade,
  id uuid not null,
  kind text not null constraint devices_kind_known check (kind in ('whatsapp', 'sandbox')),
  name text not null,
  -- As it is dialled, once linked.
  phone_number text constraint devices_phone_number_form check (phone_number ~ '^\+[1-9][0-9]{4,14}$'),
  state text not null constraint devices_state_known check (state in (
    'stopped', 'starting', 'qr', 'pairing', 'passkey_required', 'authenticating', 'syncing', 'ready',
    'degraded', 'reconnecting', 'logged_out', 'conflict', 'banned', 'failed')),
  -- A code that pages put into words; nothing stands still without one.
  state_reason text constraint devices_state_reason_form check (state_reason ~ '^[a-z][a-z_]{0,59}$'),
  -- The name as it was: who accepted the risk stays readable when they have left.
  created_by_name text not null,
  created_at timestamptz not null,
  risk_acknowledged_at timestamptz,
  removed_at timestamptz,
  constraint devices_pkey primary key (workspace_id, id),
  constraint devices_state_reason_given check (state not in ('stopped', 'failed') or state_reason is not null),
  -- Only a real number can be banned by WhatsApp, and nobody has one here without having accepted that.
  constraint devices_risk_acknowledged check ((kind = 'whatsapp') = (risk_acknowledged_at is not null))
);
create unique index devices_name_key on devices (workspace_id, lower(name)) where removed_at is null;
select protect_tenant_table('devices');

-- Removed devices stay, as what their conversations belong to.
revoke update, delete on devices from waxos_app, waxos_system;
grant update (name, phone_number, state, state_reason, removed_at) on devices to waxos_app, waxos_system;

-- The grants hold our two roles; this holds the owner of the table as well.
create function refuse_device_kind_change() returns trigger language plpgsql as $$
begin
  raise exception 'the kind of a device cannot change' using errcode = 'check_violation', constraint = 'devices_kind_settled', table = 'devices';
end $$;
revoke execute on function refuse_device_kind_change() from public;
create trigger devices_kind_settled before update on devices
  for each row when (old.kind is distinct from new.kind) execute function refuse_device_kind_change();
