import postgres from 'postgres';
import { afterAll, expect, test } from 'vitest';
import { openTestDatabase } from '../testing/database.ts';

const database = await openTestDatabase();
afterAll(() => database.close());

const query = async <T extends object>(url: string, text: string): Promise<T[]> => {
  const sql = postgres(url, { max: 1 });
  try {
    return [...(await sql.unsafe<T[]>(text))];
  } finally {
    await sql.end();
  }
};

test('no login of ours is superuser, bypasses row-level security or makes roles', async () => {
  const roles = await query<{ rolname: string }>(
    database.appUrl,
    `select rolname from pg_roles where rolname like 'waxos\\_%' and rolcanlogin and not (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb) order by 1`,
  );
  expect(roles.map(({ rolname }) => rolname)).toEqual(['waxos_app', 'waxos_owner', 'waxos_system']);
});

test('the database sorts and folds by the builtin C.UTF-8', async () => {
  const [locale] = await query<object>(database.appUrl, 'select datlocprovider, datlocale, pg_encoding_to_char(encoding) as encoding from pg_database where datname = current_database()');
  expect(locale).toEqual({ datlocprovider: 'b', datlocale: 'C.UTF-8', encoding: 'UTF8' });
});

test('the tables are there for the application, which owns none of them', async () => {
  const [tables] = await query<{ all: number; own: number }>(
    database.appUrl,
    `select count(*)::int as all, count(*) filter (where tableowner = current_user)::int as own from pg_tables where schemaname = 'public'`,
  );
  expect(tables?.all).toBeGreaterThan(0);
  expect(tables?.own).toBe(0);
});
