import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { openTestDatabase, type TestDatabase } from '@waxos/standalone/testing/database';
import { getTableColumns, getTableName, isTable, type Table } from 'drizzle-orm';
import postgres from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { inspectTenantTables, tenantTableFaults } from '../testing/catalogue.ts';

let database: TestDatabase;
let sql: postgres.Sql;

beforeAll(async () => {
  database = await openTestDatabase();
  sql = postgres(database.superuserUrl, { max: 1 });
});
afterAll(async () => {
  await sql.end();
  await database.close();
});

test('every table with a workspace id is forced, owned by neither role, and keyed by its workspace', async () => {
  const tables = await inspectTenantTables(sql);
  expect(tables.map((table) => table.name)).toEqual(
    expect.arrayContaining(['workspaces', 'members', 'invitations', 'api_keys', 'devices', 'audit_entries', 'workspace_cursors', 'workspace_events', 'jobs']),
  );
  expect(tables.flatMap(tenantTableFaults)).toEqual([]);
  process.stdout.write(`catalogue: ${tables.length} tenant tables, all forced\n`);
});

test('the check finds a table that was made without the helper, and every other fault it is there for', async () => {
  await sql.unsafe(`
    create table forgotten (workspace_id uuid not null, id uuid primary key);
    create table halfway (workspace_id uuid not null, id uuid not null, primary key (workspace_id, id));
    alter table halfway enable row level security;
    create table nulls (workspace_id uuid, id uuid, other uuid, constraint nulls_key unique (other));
    select protect_tenant_table('nulls');
    create table children (workspace_id uuid not null, member_id uuid, constraint children_member_fkey foreign key (workspace_id, member_id) references members on delete set null);
    select protect_tenant_table('children');
    alter table children owner to waxos_app;
    create policy loose on children for select to waxos_app using (true);`);
  const faults = (await inspectTenantTables(sql)).flatMap(tenantTableFaults);
  for (const fault of [
    'forgotten: row-level security is not enabled',
    'forgotten: row-level security is not forced',
    'forgotten: no policy binds waxos_app to its workspace',
    'forgotten: key forgotten_pkey does not contain the workspace',
    'halfway: row-level security is not forced',
    'nulls: key nulls_key does not contain the workspace',
    'children: on delete set null of children_member_fkey would empty the workspace too',
    'children: owned by waxos_app',
    'children: policy loose lets waxos_app beyond its workspace',
  ])
    expect(faults).toContain(fault);
  await sql.unsafe('drop table forgotten, halfway, nulls, children');
});

test('neither role is a superuser, bypasses row-level security, or may create anything', async () => {
  const roles = await sql`
    select rolname, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, has_schema_privilege(rolname, 'public', 'create') as creates
    from pg_roles where rolname in ('waxos_app', 'waxos_system') order by rolname`;
  const nothing = { rolsuper: false, rolbypassrls: false, rolcreaterole: false, rolcreatedb: false, creates: false };
  expect([...roles]).toEqual([
    { rolname: 'waxos_app', ...nothing },
    { rolname: 'waxos_system', ...nothing },
  ]);
});

test('the application role reads of an account only what fellow members may know', async () => {
  const columns = await sql`select column_name from information_schema.column_privileges where grantee = 'waxos_app' and table_name = 'accounts' order by column_name`;
  expect(columns.map((row) => row['column_name'])).toEqual(['email', 'id', 'name', 'totp_confirmed_at']);
});

test('the audit log is append-only for the application role', async () => {
  const grants = await sql`select privilege_type from information_schema.role_table_grants where grantee = 'waxos_app' and table_name = 'audit_entries' order by 1`;
  expect(grants.map((row) => row['privilege_type'])).toEqual(['INSERT', 'SELECT']);
  // A cascade runs as the owner of the table: whoever may delete the parent may delete the log.
  const parents = await sql`
    select confrelid::regclass::text as name from pg_constraint
    where conrelid = 'audit_entries'::regclass and contype = 'f' and confdeltype <> 'a' and confdeltype <> 'r' and has_table_privilege('waxos_app', confrelid, 'delete')`;
  expect([...parents]).toEqual([]);
});

const mirroredTables = async (): Promise<Table[]> => {
  const folder = join(import.meta.dirname, 'schema');
  const modules = await Promise.all((await readdir(folder)).map(async (file) => (await import(join(folder, file))) as Record<string, unknown>));
  return modules.flatMap((module) => Object.values(module).filter((value) => isTable(value)));
};

test('the drizzle tables mirror the database: same tables, columns, types and nullability', async () => {
  const mirrored = (await mirroredTables()).flatMap((table) =>
    Object.values(getTableColumns(table)).map((column) => `${getTableName(table)}.${column.name} ${column.getSQLType()}${column.notNull ? ' not null' : ''}`),
  );
  const real = await sql<{ line: string }[]>`
    select c.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod) || case when a.attnotnull then ' not null' else '' end as line
    from pg_class c join pg_attribute a on a.attrelid = c.oid
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped and c.relname <> 'migrations'`;
  expect(mirrored.length).toBeGreaterThan(50);
  expect(mirrored.toSorted()).toEqual(real.map((row) => row.line).toSorted());
});
