-- What every later migration relies on: the workspace of a transaction, and the one way a table becomes a tenant's.
-- The roles waxos_app and waxos_system exist before the first migration; whoever runs it becomes the owner.

revoke all on schema public from public;
grant usage on schema public to waxos_app, waxos_system;

-- The workspace that `withTenant` set for this transaction, or null outside of one: then no policy lets a row through.
create function current_workspace_id() returns uuid
  language sql stable parallel safe
  return nullif(current_setting('waxos.workspace_id', true), '')::uuid;

-- Row-level security enabled and forced, one policy for each of the two roles, and the grants.
-- `append_only` leaves out update and delete for the application: nobody rewrites the past through it.
create function protect_tenant_table(tenant_table regclass, key_column name default 'workspace_id', append_only boolean default false)
  returns void language plpgsql as $$
begin
  execute format('alter table %s enable row level security', tenant_table);
  execute format('alter table %s force row level security', tenant_table);
  execute format(
    'create policy tenant on %s for all to waxos_app using (%I = current_workspace_id()) with check (%I = current_workspace_id())',
    tenant_table, key_column, key_column);
  execute format('create policy system on %s for all to waxos_system using (true) with check (true)', tenant_table);
  execute format('grant select, insert%s on %s to waxos_app', case when append_only then '' else ', update, delete' end, tenant_table);
  execute format('grant select, insert, update, delete on %s to waxos_system', tenant_table);
end $$;

revoke execute on function protect_tenant_table(regclass, name, boolean) from public;
