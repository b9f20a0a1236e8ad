import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { openTestDatabase, type TestDatabase } from '@waxos/standalone/testing/database';
import postgres from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findFreePort } from '../testing/free-port.ts';
import { checkDatabase } from './check-database.ts';
import { tryLogin } from './try-login.ts';

let database: TestDatabase;
let sql: postgres.Sql;
const made: string[] = [];

beforeAll(async () => {
  database = await openTestDatabase();
  sql = postgres(database.superuserUrl, { max: 1 });
});
afterAll(async () => {
  for (const role of made) await sql.unsafe(`drop owned by ${role}; drop role ${role}`);
  await sql.end();
  await database.close();
});

/** A login of the operator's own making, signed in to the database of this test. */
const makeLogin = async (attributes: string): Promise<{ role: string; url: string }> => {
  const role = `other_${randomUUID().slice(0, 8)}`;
  await sql.unsafe(`create role ${role} login password 'secret' ${attributes}; grant connect on database ${new URL(database.superuserUrl).pathname.slice(1)} to ${role}`);
  made.push(role);
  const url = new URL(database.appUrl);
  url.username = role;
  url.password = 'secret';
  return { role, url: url.href };
};

const check = (urls: { appUrl?: string; systemUrl?: string; awayTimeoutMs?: number }): Promise<void> =>
  checkDatabase({ appUrl: database.appUrl, systemUrl: database.systemUrl, awayTimeoutMs: 0, ...urls });

test('the two roles that row-level security binds are accepted', async () => {
  await expect(check({})).resolves.toBeUndefined();
});

test('a superuser, the owner of the tables, and each role in the place of the other are refused in one sentence without a password', async () => {
  const wrong = {
    'DATABASE_APP_URL signs in as postgres, a superuser': { appUrl: database.superuserUrl },
    'DATABASE_SYSTEM_URL signs in as postgres, a superuser': { systemUrl: database.superuserUrl },
    'DATABASE_APP_URL signs in as waxos_owner, who owns the table ': { appUrl: database.ownerUrl },
    'DATABASE_APP_URL signs in as waxos_system, who sees every workspace': { appUrl: database.systemUrl },
    'DATABASE_SYSTEM_URL signs in as waxos_app, who is not waxos_system': { systemUrl: database.appUrl },
  };
  for (const [sentence, urls] of Object.entries(wrong)) {
    const refused: unknown = await check(urls).catch((error: unknown) => error);
    expect(refused).toMatchObject({ name: 'DatabaseRefusal', message: expect.stringMatching(new RegExp(`^${sentence}[^\\n]*\\.$`)) });
    for (const url of [database.superuserUrl, database.ownerUrl, database.systemUrl]) expect(String(refused)).not.toContain(new URL(url).password);
  }
});

test('a role that bypasses row-level security, and one that can become what sees more, are refused', async () => {
  const bypassing = await makeLogin('bypassrls');
  const owning = await makeLogin('in role waxos_owner');
  const seeing = await makeLogin('in role waxos_system');
  const other = await makeLogin('in role waxos_app');
  await expect(check({ appUrl: bypassing.url })).rejects.toThrow(`signs in as ${bypassing.role}, whom row-level security does not bind`);
  await expect(check({ appUrl: owning.url })).rejects.toThrow(`signs in as ${owning.role}, who owns the table`);
  await expect(check({ appUrl: seeing.url })).rejects.toThrow(`signs in as ${seeing.role}, who sees every workspace`);
  await expect(check({ appUrl: other.url })).rejects.toThrow(`signs in as ${other.role}, who is not waxos_app`);
});

test('a database that does not answer in time is told by its variable', async () => {
  await expect(check({ systemUrl: 'postgres://waxos_system:hunter2@127.0.0.1:1/waxos' })).rejects.toThrow(/^DATABASE_SYSTEM_URL leads nowhere: nothing listens at 127\.0\.0\.1:1\.$/);
});

test('a database that begins to answer a little later is waited for', async () => {
  const port = await findFreePort();
  const later = new URL(database.appUrl);
  later.port = String(port);
  const checked = check({ appUrl: later.href, awayTimeoutMs: 20_000 });
  await expect(tryLogin({ variable: 'DATABASE_APP_URL', url: later.href })).rejects.toMatchObject({ reason: 'away' });
  const server = createServer((socket) => {
    const behind = connect(Number(new URL(database.appUrl).port), '127.0.0.1');
    socket.pipe(behind).pipe(socket);
    for (const end of [socket, behind]) end.on('error', () => [socket, behind].forEach((one) => one.destroy()));
  }).listen(port, '127.0.0.1');
  await once(server, 'listening');
  await expect(checked).resolves.toBeUndefined();
  server.close();
  await once(server, 'close');
});

test('a statement or a transaction of either role that hangs ends by itself', async () => {
  for (const url of [database.appUrl, database.systemUrl]) {
    const role = postgres(url, { max: 1 });
    expect(await role`select current_setting('statement_timeout') as statement, current_setting('idle_in_transaction_session_timeout') as idle`).toEqual([{ statement: '30s', idle: '1min' }]);
    await role.end();
  }
});
