-- Effects are rows of the transaction that causes them; sockets and queues only wake whoever reads them.

-- One counter row a workspace. Its lock is held until commit, so that numbers become visible in their order
-- and a reader who has seen n has seen all before it. A sequence gives no such thing.
create table workspace_cursors (
  workspace_id uuid not null constraint workspace_cursors_pkey primary key
    constraint workspace_cursors_workspace_fkey references workspaces on delete cascade,
  last_seq bigint not null default 0,
  -- Events up to this one are gone; an older cursor is told to reload.
  forgotten_seq bigint not null default 0
);
select protect_tenant_table('workspace_cursors');

create table workspace_events (
  workspace_id uuid not null constraint workspace_events_workspace_fkey references workspaces on delete cascade,
  seq bigint not null,
  event jsonb not null,
  occurred_at timestamptz not null,
  constraint workspace_events_pkey primary key (workspace_id, seq)
);
create index workspace_events_occurred_idx on workspace_events (occurred_at);
select protect_tenant_table('workspace_events');

-- A job without a workspace belongs to an account, such as a password reset; the application role cannot see it.
create table jobs (
  workspace_id uuid constraint jobs_workspace_fkey references workspaces on delete cascade,
  id uuid not null,
  name text not null,
  -- Whoever enqueues the same key twice gets one job.
  key text not null,
  payload jsonb not null,
  created_at timestamptz not null,
  due_at timestamptz not null,
  attempts integer not null default 0,
  -- A worker that dies leaves its claim to run out; the sweep takes the job up again.
  claimed_until timestamptz,
  finished_at timestamptz,
  failed_at timestamptz,
  last_error text,
  constraint jobs_id_key unique nulls not distinct (workspace_id, id),
  constraint jobs_key_key unique nulls not distinct (workspace_id, key)
);
create index jobs_due_idx on jobs (due_at) where finished_at is null and failed_at is null;
create index jobs_finished_idx on jobs (finished_at) where finished_at is not null;
select protect_tenant_table('jobs');
