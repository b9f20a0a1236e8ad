import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openTestDatabase, type TestDatabase } from '@waxos/standalone/testing/database';
import postgres from 'postgres';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { migrate, MigrationError } from './migrate.ts';

let database: TestDatabase;
let directory: string;
let sql: postgres.Sql;

beforeEach(async () => {
  database = await openTestDatabase({ content: 'empty' });
  directory = await mkdtemp(join(tmpdir(), 'waxos-migrations-'));
  await cp(join(import.meta.dirname, '../../../migrations'), directory, { recursive: true });
  sql = postgres(database.superuserUrl, { max: 1 });
});
afterEach(async () => {
  await sql.end();
  await rm(directory, { recursive: true });
  await database.close();
});

const run = (): Promise<number> => migrate({ ownerUrl: database.ownerUrl, directory });
const applied = async (): Promise<number[]> => (await sql`select number from migrations order by number`).map((row) => Number(row['number']));
const add = (name: string, text: string): Promise<void> => writeFile(join(directory, name), text);

test('an empty database gets every migration, and the second run finds nothing to do', async () => {
  const first = await run();
  expect(first).toBeGreaterThanOrEqual(4);
  expect(await applied()).toHaveLength(first);
  expect(await run()).toBe(0);
});

test('five runners at once apply each migration once', async () => {
  const counts = await Promise.all(Array.from({ length: 5 }, run));
  expect(counts.filter((count) => count > 0)).toHaveLength(1);
});

test('a runner that never ends holds others up for a time, and then they say so', async () => {
  // The same in every release.
  const key = 7_205_759_403;
  await sql`select pg_advisory_lock(${key})`;
  await expect(migrate({ ownerUrl: database.ownerUrl, directory, lockTimeoutMs: 200 })).rejects.toThrow(/^Another program has been migrating this database for 0\.2 s: .*\.$/);
  await sql`select pg_advisory_unlock(${key})`;
  expect(await run()).toBeGreaterThan(0);
});

test('a migration that fails halfway leaves nothing of itself, and the mended one goes on from there', async () => {
  const count = await run();
  const next = `000${count + 1}_next.sql`;
  await add(next, 'create table half (id uuid); select 1/0;');
  await expect(run()).rejects.toThrow('division by zero');
  expect(await sql`select to_regclass('half') as half`).toEqual([{ half: null }]);
  expect(await applied()).toHaveLength(count);
  await add(next, 'create table half (id uuid);');
  expect(await run()).toBe(1);
});

test('a database that knows more than this program is left alone', async () => {
  const count = await run();
  await sql`insert into migrations (number, name, hash) values (${count + 1}, '9999_from_the_future.sql', 'x')`;
  await expect(run()).rejects.toThrow(MigrationError);
  await expect(run()).rejects.toThrow('The database is newer than this program');
});

test('a migration changed after it was applied is refused', async () => {
  await run();
  const path = join(directory, '0002_accounts.sql');
  await writeFile(path, `${await readFile(path, 'utf8')}\n-- one more line`);
  await expect(run()).rejects.toThrow('0002_accounts.sql was changed after it had been applied');
});

test('a backfill reaches the rows of every workspace, and the tables are forced again afterwards, also one with a new name', async () => {
  const count = await run();
  await sql`insert into workspaces (id, name, created_at) values (gen_random_uuid(), 'one', now()), (gen_random_uuid(), 'two', now())`;
  await add(`000${count + 1}_backfill.sql`, "update workspaces set name = name || '!'; alter table api_keys rename to keys; drop table jobs;");
  await run();
  expect((await sql`select name from workspaces order by name`).map((row) => row['name'])).toEqual(['one!', 'two!']);
  expect(await sql`select count(*)::int as unforced from pg_class where relrowsecurity and not relforcerowsecurity`).toEqual([{ unforced: 0 }]);
});
