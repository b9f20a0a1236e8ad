import type postgres from 'postgres';

/** One table that belongs to workspaces, as the catalogue tells. */
export interface TenantTable {
  name: string;
  owner: string;
  key: string;
  enabled: boolean;
  forced: boolean;
  policies: { name: string; roles: string[]; using: string | null; check: string | null }[];
  /** Primary, unique and exclusion keys that lack the workspace. */
  loose_keys: string[];
  /** Foreign keys whose `set null` names no column of its own. */
  emptying_keys: string[];
}

/** Every table with a workspace id, and `workspaces` itself by its id. */
export const inspectTenantTables = async (sql: postgres.Sql): Promise<TenantTable[]> => {
  const rows = await sql<TenantTable[]>`
    with tables as (
      select c.oid, c.relname::text as name, pg_get_userbyid(c.relowner)::text as owner, c.relrowsecurity as enabled, c.relforcerowsecurity as forced, a.attname::text as key, a.attnum
      from pg_class c join pg_attribute a on a.attrelid = c.oid
      where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not a.attisdropped
        and (a.attname = 'workspace_id' or (c.relname = 'workspaces' and a.attname = 'id')))
    select t.name, t.owner, t.key, t.enabled, t.forced,
      (select coalesce(jsonb_agg(jsonb_build_object('name', p.policyname, 'roles', p.roles, 'using', p.qual, 'check', p.with_check)), '[]')
         from pg_policies p where p.schemaname = 'public' and p.tablename = t.name) as policies,
      (select coalesce(jsonb_agg(i.indexrelid::regclass::text), '[]') from pg_index i
         where i.indrelid = t.oid and i.indisunique and not t.attnum = any ((i.indkey::int2[])[0:i.indnkeyatts - 1])) as loose_keys,
      (select coalesce(jsonb_agg(f.conname), '[]') from pg_constraint f
         where f.conrelid = t.oid and f.contype = 'f' and f.confdeltype = 'n' and t.attnum = any (coalesce(f.confdelsetcols, f.conkey))) as emptying_keys
    from tables t order by t.name`;
  return [...rows];
};

export const tenantTableFaults = (table: TenantTable): string[] => {
  const binding = `(${table.key} = current_workspace_id())`;
  const forApp = table.policies.filter((policy) => policy.roles.some((role) => role === 'waxos_app' || role === 'public'));
  const faults = [
    ...(table.enabled ? [] : ['row-level security is not enabled']),
    ...(table.forced ? [] : ['row-level security is not forced']),
    ...(['waxos_app', 'waxos_system'].includes(table.owner) ? [`owned by ${table.owner}`] : []),
    ...(forApp.length > 0 ? [] : ['no policy binds waxos_app to its workspace']),
    ...forApp.flatMap((policy) => (policy.using === binding && (policy.check ?? binding) === binding ? [] : [`policy ${policy.name} lets waxos_app beyond its workspace`])),
    ...table.loose_keys.map((key) => `key ${key} does not contain the workspace`),
    ...table.emptying_keys.map((key) => `on delete set null of ${key} would empty the workspace too`),
  ];
  return faults.map((fault) => `${table.name}: ${fault}`);
};
