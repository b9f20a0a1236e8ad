import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openTestDatabase, type TestDatabase } from '@waxos/standalone/testing/database';
import postgres from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestGateway } from './test-gateway.ts';
import { runGateway } from './run-gateway.ts';

let database: TestDatabase;
let env: Record<string, string>;

beforeAll(async () => {
  database = await openTestDatabase();
  env = { PORT: '0', DATABASE_APP_URL: database.appUrl, DATABASE_SYSTEM_URL: database.systemUrl, SECRET_KEY: 'k'.repeat(43), SERVE_WEB: 'false', PUBLIC_URL: 'http://waxos.test', OBJECT_STORE_DIR: join(tmpdir(), 'waxos-test-objects') };
});
afterAll(() => database.close());

/** What a gateway printed that did not start. */
const printedBy = async (changed: Record<string, string>): Promise<string> => {
  const gateway = runGateway({ ...env, ...changed });
  expect(await gateway.ended).toBe(1);
  return gateway.printed();
};

test('a gateway does not start as a superuser, which would switch row-level security off, and says so in one sentence', async () => {
  expect(await printedBy({ DATABASE_APP_URL: database.superuserUrl })).toMatch(/^DATABASE_APP_URL signs in as postgres, a superuser, whom row-level security does not bind: [^\n]*\.\n$/);
});

test('a gateway does not start on a database that has no migration, some, or more than it knows', async () => {
  const empty = await openTestDatabase({ content: 'empty' });
  expect(await printedBy({ DATABASE_APP_URL: empty.appUrl, DATABASE_SYSTEM_URL: empty.systemUrl })).toMatch(/^The database lacks migrations: run npm start [^\n]*\.\n$/);
  await empty.close();
  const other = await openTestDatabase();
  const urls = { DATABASE_APP_URL: other.appUrl, DATABASE_SYSTEM_URL: other.systemUrl };
  const sql = postgres(other.ownerUrl, { max: 1 });
  await sql`delete from migrations where number = (select max(number) from migrations)`;
  expect(await printedBy(urls)).toMatch(/^The database lacks migrations: run npm start [^\n]*\.\n$/);
  await sql`insert into migrations (number, name, hash) values (9999, '9999_from_the_future.sql', 'x')`;
  expect(await printedBy(urls)).toMatch(/^The database is newer than this program \(it has migration 9999_from_the_future\.sql\)\. [^\n]*\.\n$/);
  await sql.end();
  await other.close();
});

test('a gateway with another SECRET_KEY than the first one of its database does not start, and one with the same does', async () => {
  const first = await openTestGateway({ SECRET_KEY: 'a'.repeat(43) });
  const urls = { DATABASE_APP_URL: first.database.appUrl, DATABASE_SYSTEM_URL: first.database.systemUrl };
  expect(await printedBy({ ...urls, SECRET_KEY: 'b'.repeat(43) })).toMatch(/^SECRET_KEY is not the one that this database was sealed with: [^\n]*\.\n$/);
  const second = runGateway({ ...env, ...urls, SECRET_KEY: 'a'.repeat(43) });
  await second.isUp();
  second.signal('SIGTERM');
  expect(await second.ended).toBe(0);
  await first.close();
});
