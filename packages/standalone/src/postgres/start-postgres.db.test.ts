import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { waitFor } from '@waxos/process/poll';
import postgres from 'postgres';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { checkoutDir } from '../config.ts';
import { makeSecrets } from '../secrets.ts';
import { readPostmasterFile } from './postmaster-file.ts';
import { startPostgres, type RunningPostgres } from './start-postgres.ts';

let dataDir = '';
let clusterDir = '';
let running: RunningPostgres | undefined;
const passwords = makeSecrets();

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'waxos-cluster-'));
});
afterEach(async () => {
  await running?.stop();
  running = undefined;
  await rm(dataDir, { recursive: true, force: true });
  // Root may have had to keep it elsewhere.
  if (clusterDir !== '' && dirname(clusterDir) !== dataDir) await rm(dirname(clusterDir), { recursive: true, force: true });
});

const start = async ({ durable = false } = {}): Promise<RunningPostgres> => {
  running = await startPostgres({ dataDir, checkoutDir, logFile: join(dataDir, 'logs', 'postgres.log'), passwords, durable });
  clusterDir = running.dir;
  return running;
};

const query = async (url: string, text: string): Promise<object[]> => {
  const sql = postgres(url, { max: 1, onnotice: () => undefined });
  try {
    return [...(await sql.unsafe<object[]>(text))];
  } finally {
    await sql.end();
  }
};

const isGone = (pid: number): true | undefined => {
  try {
    process.kill(pid, 0);
    return undefined;
  } catch {
    // ESRCH: there is no such process any more.
    return true;
  }
};

test('a second start has the data of the first, and stopping leaves no process', async () => {
  const first = await start();
  await query(first.urls.ownerUrl, 'create schema kept; create table kept.rows as select 1 as one');
  await first.stop();
  expect(isGone(first.pid)).toBe(true);
  const second = await start();
  expect(await query(second.urls.ownerUrl, 'select one from kept.rows')).toEqual([{ one: 1 }]);
});

test('the folder of an interrupted initdb never counts, and is removed', async () => {
  const leftover = join(dataDir, 'postgres.initdb-99999999', 'cluster');
  await mkdir(leftover, { recursive: true });
  await writeFile(join(leftover, 'PG_VERSION'), '17\n');
  const { dir } = await start();
  const names = await readdir(dirname(dir));
  expect(names.filter((name) => name.startsWith(basename(dir)))).toEqual([basename(dir)]);
});

test('an incomplete folder, and one of another PostgreSQL, are each refused in one sentence and left as they are', async () => {
  const dir = join(dataDir, 'postgres');
  await mkdir(dir);
  await writeFile(join(dir, 'base'), '');
  await expect(start()).rejects.toThrow(/^The database folder \S+ is incomplete \(PG_VERSION is missing\): [^\n]*\.$/);
  await writeFile(join(dir, 'PG_VERSION'), '16\n');
  await expect(start()).rejects.toThrow(/^The database folder \S+ is incomplete \(global\/pg_control is missing\): [^\n]*\.$/);
  await mkdir(join(dir, 'global'));
  await writeFile(join(dir, 'global', 'pg_control'), '');
  await expect(start()).rejects.toThrow(/^The database folder \S+ was made by PostgreSQL 16 and this is PostgreSQL 17: [^\n]*\.$/);
  expect((await readdir(dir)).toSorted()).toEqual(['PG_VERSION', 'base', 'global']);
});

test('a database whose secrets.json is gone is refused in one sentence and left as it is', async () => {
  const first = await start();
  await first.stop();
  const refused = startPostgres({ dataDir, checkoutDir, logFile: join(dataDir, 'logs', 'postgres.log'), passwords: makeSecrets(), durable: false });
  await expect(refused).rejects.toThrow(/^The database in \S+ was made with another secrets\.json than the one in \S+: put that file back, or remove \S+ to begin with an empty database\.$/);
  expect((await start()).dir).toBe(first.dir);
});

test('after a kill with -9 the next start recovers what was committed', async () => {
  const first = await start({ durable: true });
  await query(first.urls.ownerUrl, 'create schema kept; create table kept.rows as select 1 as one');
  process.kill(first.pid, 'SIGKILL');
  await first.ended;
  const second = await start();
  expect(await query(second.urls.ownerUrl, 'select one from kept.rows')).toEqual([{ one: 1 }]);
});

test('a PostgreSQL that is left over on the folder is ended by the next start', async () => {
  const first = await start();
  expect((await readPostmasterFile(first.dir))?.pid).toBe(first.pid);
  const second = await start();
  await waitFor(() => isGone(first.pid), { timeoutMs: 10_000, what: 'the first one to be gone' });
  expect(second.pid).not.toBe(first.pid);
});

test('the three roles can log in and do nothing that would get them around row-level security', async () => {
  const { urls } = await start();
  for (const [url, role] of [[urls.ownerUrl, 'waxos_owner'], [urls.appUrl, 'waxos_app'], [urls.systemUrl, 'waxos_system']] as const) {
    expect(await query(url, 'select rolname, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication from pg_roles where rolname = current_user')).toEqual([
      { rolname: role, rolsuper: false, rolbypassrls: false, rolcreaterole: false, rolcreatedb: false, rolreplication: false },
    ]);
  }
});

test('the database sorts and folds by the builtin C.UTF-8, and listens on the loopback address alone', async () => {
  const { urls } = await start();
  expect(await query(urls.appUrl, 'select datlocprovider, datlocale, pg_encoding_to_char(encoding) as encoding from pg_database where datname = current_database()')).toEqual([
    { datlocprovider: 'b', datlocale: 'C.UTF-8', encoding: 'UTF8' },
  ]);
  expect(await query(urls.superuserUrl, `select name, setting from pg_settings where name in ('listen_addresses', 'unix_socket_directories') order by name`)).toEqual([
    { name: 'listen_addresses', setting: '127.0.0.1' },
    { name: 'unix_socket_directories', setting: '' },
  ]);
});
