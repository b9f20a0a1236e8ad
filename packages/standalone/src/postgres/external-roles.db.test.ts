import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import postgres from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkoutDir } from '../config.ts';
import { makeSecrets } from '../secrets.ts';
import { useExternalDatabase } from './external-database.ts';
import { startPostgres, type RunningPostgres } from './start-postgres.ts';

// A server of its own: roles belong to all its databases, and other tests need theirs.
const passwords = makeSecrets();
let dataDir = '';
let running: RunningPostgres;
let sql: postgres.Sql;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'waxos-roles-'));
  running = await startPostgres({ dataDir, checkoutDir, logFile: join(dataDir, 'logs', 'postgres.log'), passwords, durable: false });
  sql = postgres(running.urls.superuserUrl, { max: 1, onnotice: () => undefined });
  await sql.unsafe('drop owned by waxos_app, waxos_system; drop role waxos_app, waxos_system; grant connect on database waxos to public');
});
afterAll(async () => {
  await sql.end();
  await running.stop();
  await rm(dataDir, { recursive: true, force: true });
  // Root may have had to keep it elsewhere.
  if (dirname(running.dir) !== dataDir) await rm(dirname(running.dir), { recursive: true, force: true });
});

const use = () => useExternalDatabase({ ownerUrl: running.urls.ownerUrl, appUrl: undefined, systemUrl: undefined, passwords });

test('the roles are made where they are missing, and a found one that row-level security does not bind is refused', async () => {
  await expect(use(), 'who may not make roles').rejects.toThrow(/^The login of DATABASE_URL may not make roles: [^\n]*DATABASE_APP_URL and DATABASE_SYSTEM_URL\.$/);
  await sql`alter role waxos_owner createrole`;
  expect(await use()).toMatchObject({ appUrl: running.urls.appUrl, systemUrl: running.urls.systemUrl });
  expect(await sql`select rolname, rolconfig from pg_roles where rolname in ('waxos_app', 'waxos_system') order by 1`, 'with limits for what hangs').toEqual(
    ['waxos_app', 'waxos_system'].map((rolname) => ({ rolname, rolconfig: ['statement_timeout=30s', 'idle_in_transaction_session_timeout=60s'] })),
  );
  await sql`alter role waxos_app bypassrls`;
  await expect(use()).rejects.toThrow(/^DATABASE_APP_URL signs in as waxos_app, whom row-level security does not bind: [^\n]*\.$/);
  await sql`alter role waxos_app superuser`;
  await expect(use()).rejects.toThrow(/^DATABASE_APP_URL signs in as waxos_app, a superuser, [^\n]*\.$/);
});
