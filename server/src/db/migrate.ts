import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { waitFor } from '@waxos/process/poll';
import postgres from 'postgres';

/**
 * Plain numbered SQL, forward only, each file in one transaction with its own record: a run that died goes on
 * where it stopped. One runner at a time, by an advisory lock. A database that knows a migration which this program
 * does not is newer than the program, and is left alone.
 */
export class MigrationError extends Error {
  override name = 'MigrationError';
}

interface Migration {
  number: number;
  name: string;
  sql: string;
  hash: string;
}

interface MigrateOptions {
  ownerUrl: string;
  directory: string;
  /** How long another runner may hold us up. */
  lockTimeoutMs?: number;
  onStep?: (step: { name: string; done: number; total: number }) => void;
}

// Any fixed number will do; it only has to be the same in every release.
const LOCK_KEY = 7_205_759_403;
const LOCK_TIMEOUT_MS = 120_000;

export const migrate = async ({ ownerUrl, directory, lockTimeoutMs = LOCK_TIMEOUT_MS, onStep }: MigrateOptions): Promise<number> => {
  const migrations = await readMigrations(directory);
  const sql = postgres(ownerUrl, { max: 1, onnotice: () => undefined });
  try {
    await takeLock(sql, lockTimeoutMs);
    await sql`create table if not exists migrations (
      number integer not null constraint migrations_pkey primary key, name text not null, hash text not null, applied_at timestamptz not null default now())`;
    // So that a gateway can tell whether the schema is the one it knows.
    await sql`grant select on migrations to waxos_app, waxos_system`;
    const pending = pendingOf(migrations, await sql<AppliedRow[]>`select number, name, hash from migrations order by number`);
    for (const [index, migration] of pending.entries()) {
      await apply(sql, migration);
      onStep?.({ name: migration.name, done: index + 1, total: pending.length });
    }
    return pending.length;
  } finally {
    await sql.end();
  }
};

/** Held until the connection ends. */
const takeLock = async (sql: postgres.Sql, timeoutMs: number): Promise<void> => {
  const deadline = performance.now() + timeoutMs;
  const look = async (): Promise<true | undefined> => {
    const [lock] = await sql<{ taken: boolean }[]>`select pg_try_advisory_lock(${LOCK_KEY}) as taken`;
    if (lock?.taken === true) return true;
    if (performance.now() < deadline) return undefined;
    throw new MigrationError(`Another program has been migrating this database for ${timeoutMs / 1000} s: wait until it is done, or end it, and start again.`);
  };
  // The deadline above is the one that speaks; this one only has to be later.
  await waitFor(look, { timeoutMs: timeoutMs + 60_000, intervalMs: 100, what: 'the lock of the migrations' });
};

/** Their file names in the order of their numbers. */
export const listMigrations = async (directory: string): Promise<string[]> => (await readdir(directory)).filter((name) => name.endsWith('.sql')).toSorted();

/** What a program says of a database that has met a newer one. */
export const tooNew = (name: string): string => `The database is newer than this program (it has migration ${name}). Start the newer release, or restore a backup of before it.`;

const readMigrations = async (directory: string): Promise<Migration[]> => {
  const names = await listMigrations(directory);
  return Promise.all(
    names.map(async (name, index) => {
      const number = Number(name.slice(0, 4));
      if (number !== index + 1) throw new MigrationError(`Migration ${name} is out of order: expected number ${index + 1}.`);
      const sql = await readFile(join(directory, name), 'utf8');
      return { number, name, sql, hash: createHash('sha256').update(sql).digest('hex') };
    }),
  );
};

type AppliedRow = Pick<Migration, 'number' | 'name' | 'hash'>;

const pendingOf = (migrations: readonly Migration[], applied: readonly AppliedRow[]): Migration[] => {
  for (const row of applied) {
    const ours = migrations[row.number - 1];
    if (ours === undefined) throw new MigrationError(tooNew(row.name));
    if (ours.hash !== row.hash) throw new MigrationError(`Migration ${row.name} was changed after it had been applied. Restore the file as it was, and add a new one.`);
  }
  return migrations.slice(applied.length);
};

interface ForcedTable {
  oid: number;
  name: string;
}

/** FORCE binds the owner too, so a backfill would touch no row: it is lifted inside the migration's own transaction. */
const apply = async (sql: postgres.Sql, migration: Migration): Promise<void> => {
  await sql.begin(async (tx) => {
    const forced = await tx<ForcedTable[]>`
      select oid, oid::regclass::text as name from pg_class where relforcerowsecurity and relowner = (select oid from pg_roles where rolname = current_user)`;
    for (const { name } of forced) await tx.unsafe(`alter table ${name} no force row level security`);
    await tx.unsafe(migration.sql);
    // By oid: the migration may have dropped a table, or given it another name.
    const left = await tx<ForcedTable[]>`select oid, oid::regclass::text as name from pg_class where oid = any (${forced.map(({ oid }) => oid)}::oid[])`;
    for (const { name } of left) await tx.unsafe(`alter table ${name} force row level security`);
    await tx`insert into migrations (number, name, hash) values (${migration.number}, ${migration.name}, ${migration.hash})`;
  });
};
