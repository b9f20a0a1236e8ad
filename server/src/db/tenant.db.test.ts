import { inspect } from 'node:util';
import { stoppedClock } from '@waxos/process/clock';
import { waitFor } from '@waxos/process/poll';
import { openTestDatabase, type TestDatabase } from '@waxos/standalone/testing/database';
import { eq, gt, sql } from 'drizzle-orm';
import postgres from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SystemActor } from './actor.ts';
import { newId } from './ids.ts';
import { prepareQuery } from './prepared-query.ts';
import { jobs } from './schema/jobs.ts';
import { workspaceCursors } from './schema/workspace-cursors.ts';
import { workspaceEvents } from './schema/workspace-events.ts';
import { workspaces } from './schema/workspaces.ts';
import { openDoors, type Doors, type ReadTx, type Tx } from './tenant.ts';

let database: TestDatabase;
let doors: Doors;
let ours: SystemActor;
let theirs: SystemActor;

const arrive = async (name: string): Promise<SystemActor> => {
  const workspaceId = newId();
  await doors.withSystem('setup', async (tx) => {
    await tx.db.insert(workspaces).values({ id: workspaceId, name, createdAt: tx.now });
    await tx.db.insert(workspaceCursors).values({ workspaceId });
  });
  return { kind: 'system', workspaceId, name: 'Waxos', permissions: [], address: '' };
};

beforeAll(async () => {
  database = await openTestDatabase();
  doors = openDoors({ appUrl: database.appUrl, systemUrl: database.systemUrl, poolSize: 3, clock: stoppedClock(new Date('2026-01-05T09:00:00Z')) });
  ours = await arrive('Ours');
  theirs = await arrive('Theirs');
});
afterAll(async () => {
  await doors.close();
  await database.close();
});

const names = (actor: SystemActor): Promise<string[]> => doors.withTenant(actor, async (tx) => (await tx.db.select().from(workspaces)).map((row) => row.name));

test('a workspace sees its own rows and no others, also when it asks for all', async () => {
  expect(await names(ours)).toEqual(['Ours']);
  expect(await names(theirs)).toEqual(['Theirs']);
});

test("a workspace can neither change, delete nor insert another's rows", async () => {
  const changed = await doors.withTenant(ours, (tx) => tx.db.update(workspaces).set({ name: 'Taken' }).where(eq(workspaces.id, theirs.workspaceId)).returning());
  const deleted = await doors.withTenant(ours, (tx) => tx.db.delete(workspaceCursors).where(eq(workspaceCursors.workspaceId, theirs.workspaceId)).returning());
  expect([changed, deleted]).toEqual([[], []]);
  const insert = doors.withTenant(ours, (tx) =>
    tx.db.insert(workspaceEvents).values({ workspaceId: theirs.workspaceId, seq: 1, event: { type: 'workspace.updated', name: 'x' }, occurredAt: tx.now }),
  );
  await expect(insert).rejects.toMatchObject({ cause: { message: expect.stringContaining('row-level security') } });
  expect(await names(theirs)).toEqual(['Theirs']);
});

test('without a workspace the application role sees nothing at all', async () => {
  const sql = postgres(database.appUrl, { max: 1 });
  expect(await sql`select count(*)::int as seen from workspaces`).toEqual([{ seen: 0 }]);
  await sql.end();
});

test('a query prepared beforehand runs inside whichever transaction asks it, and in none without', async () => {
  const all = prepareQuery((db) => db.select({ name: workspaces.name }).from(workspaces).where(gt(workspaces.createdAt, sql.placeholder('after'))));
  const ask = (actor: SystemActor) => doors.withTenant(actor, (tx) => tx.run(all, { after: new Date(0) }), 'reading');
  const answers = await Promise.all([ask(ours), ask(theirs), ask(ours)]);
  expect(answers).toEqual([[{ name: 'Ours' }], [{ name: 'Theirs' }], [{ name: 'Ours' }]]);
  let kept: ReadTx | undefined;
  await doors.withTenant(ours, async (tx) => void (kept = tx), 'reading');
  await expect(async () => kept?.run(all, { after: new Date(0) })).rejects.toMatchObject({ cause: { message: expect.stringContaining('after its transaction had ended') } });
});

test('the workspace of one transaction is forgotten by the next on the same connection', async () => {
  const one = openDoors({ appUrl: database.appUrl, systemUrl: database.systemUrl, poolSize: 1, clock: stoppedClock(new Date()) });
  const setting = async (actor: SystemActor): Promise<unknown> => one.withTenant(actor, (tx) => tx.db.execute(sql`select current_workspace_id() as id`).then((rows) => rows[0]?.['id']));
  expect(await setting(ours)).toBe(ours.workspaceId);
  expect(await setting(theirs)).toBe(theirs.workspaceId);
  await one.close();
});

test('a transaction handed out dies at commit', async () => {
  let kept: Tx | undefined;
  await doors.withTenant(ours, async (tx) => {
    kept = tx;
    await tx.db.select().from(workspaces);
  });
  const late = async (): Promise<unknown> => kept?.db.select().from(workspaces);
  await expect(late()).rejects.toMatchObject({ cause: { message: expect.stringContaining('after its transaction had ended') } });
});

test('work that throws leaves nothing behind, neither rows nor effects', async () => {
  const failing = doors.withTenant(ours, async (tx) => {
    tx.publish({ type: 'workspace.updated', name: 'Never' });
    tx.enqueue({ name: 'never', key: 'never', payload: {} });
    await tx.db.update(workspaces).set({ name: 'Never' });
    throw new Error('changed my mind');
  });
  await expect(failing).rejects.toThrow('changed my mind');
  expect(await names(ours)).toEqual(['Ours']);
  expect(await doors.withTenant(ours, (tx) => tx.db.select().from(jobs).where(eq(jobs.key, 'never')))).toEqual([]);
});

test('work that failed on some other connection is rolled back too, and is no part of the next transaction', async () => {
  const one = openDoors({ appUrl: database.appUrl, systemUrl: database.systemUrl, poolSize: 1, clock: stoppedClock(new Date()) });
  const failing = one.withTenant(ours, async (tx) => {
    await tx.db.update(workspaces).set({ name: 'Never' });
    throw Object.assign(new Error('the mail server is away'), { code: 'ECONNREFUSED' });
  });
  await expect(failing).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  await one.withTenant(theirs, (tx) => tx.db.select().from(workspaces));
  await one.close();
  expect(await names(ours)).toEqual(['Ours']);
});

test('a statement that fails says which, and repeats none of its parameters', async () => {
  const failing = doors.withTenant(ours, (tx) => tx.db.update(workspaces).set({ id: theirs.workspaceId, name: 'nobody may read this in a log' }));
  const error: unknown = await failing.catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ message: expect.stringContaining('update "workspaces"'), cause: { code: '42501' } });
  expect(inspect(error, { depth: 9, showHidden: false })).not.toContain('nobody may read this');
});

test('what one transaction reads belongs to one moment', async () => {
  const seen = await doors.withTenant(
    ours,
    async (tx) => {
      const before = await tx.db.select().from(workspaceCursors);
      await doors.withTenant(ours, async (writing) => writing.publish({ type: 'workspace.updated', name: 'meanwhile' }));
      return [before, await tx.db.select().from(workspaceCursors)];
    },
    'reading',
  );
  expect(seen[1]).toEqual(seen[0]);
});

test('a failed statement that nobody looked at does not pass for a commit', async () => {
  const careless = doors.withTenant(ours, async (tx) => {
    await tx.db.execute(sql`select 1/0`).catch(() => undefined);
    return 'fine';
  });
  await expect(careless).rejects.toThrow('rolled back');
});

test('events and jobs appear with the commit, the events numbered without a gap', async () => {
  const before = await doors.withTenant(ours, (tx) => tx.db.select().from(workspaceEvents));
  await doors.withTenant(ours, async (tx) => {
    for (const name of ['a', 'b', 'c']) tx.publish({ type: 'workspace.updated', name });
    tx.enqueue({ name: 'count', key: 'once', payload: { n: 1 } });
    tx.enqueue({ name: 'count', key: 'once', payload: { n: 2 } });
  });
  const after = await doors.withTenant(ours, (tx) => tx.db.select().from(workspaceEvents).orderBy(workspaceEvents.seq));
  expect(after.slice(before.length).map(({ seq, event }) => [seq, 'name' in event && event.name])).toEqual([
    [before.length + 1, 'a'],
    [before.length + 2, 'b'],
    [before.length + 3, 'c'],
  ]);
  const enqueued = await doors.withTenant(ours, (tx) => tx.db.select().from(jobs).where(eq(jobs.key, 'once')));
  expect(enqueued.map((job) => job.payload)).toEqual([{ n: 1 }]);
});

test('of two interleaved transactions no cursor skips a row: the later number is never seen before the earlier one', async () => {
  const arrived = Promise.withResolvers<void>();
  const mayCommit = Promise.withResolvers<void>();
  const writer = postgres(database.systemUrl, { max: 1 });
  // The first one takes its number and holds its commit back, as a slow gateway would.
  const slow = writer.begin(async (tx) => {
    const [row] = await tx`update workspace_cursors set last_seq = last_seq + 1 where workspace_id = ${theirs.workspaceId} returning last_seq`;
    await tx`insert into workspace_events values (${theirs.workspaceId}, ${row?.['last_seq']}, '{"type":"workspace.updated","name":"slow"}', now())`;
    arrived.resolve();
    await mayCommit.promise;
  });
  await arrived.promise;
  let fastDone = false;
  const fast = doors.withTenant(theirs, async (tx) => tx.publish({ type: 'workspace.updated', name: 'fast' })).then(() => (fastDone = true));
  const reader = postgres(database.superuserUrl, { max: 1 });
  const waiting = () => reader`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
  await waitFor(async () => (await waiting())[0], { timeoutMs: 10_000, what: 'the second writer to wait for the first' });
  const seen = (): Promise<number[]> => doors.withTenant(theirs, async (tx) => (await tx.db.select().from(workspaceEvents).orderBy(workspaceEvents.seq)).map((row) => row.seq));
  expect([fastDone, await seen()]).toEqual([false, []]);
  mayCommit.resolve();
  await Promise.all([slow, fast]);
  expect(await seen()).toEqual([1, 2]);
  await Promise.all([writer.end(), reader.end()]);
});

test('a connection lost in the middle ends its transaction for good, and never runs on inside a stranger’s', async () => {
  const one = openDoors({ appUrl: database.appUrl, systemUrl: database.systemUrl, poolSize: 1, clock: stoppedClock(new Date()) });
  const superuser = postgres(database.superuserUrl, { max: 1 });
  const cut = Promise.withResolvers<void>();
  const begun = Promise.withResolvers<number>();
  let late: Promise<unknown> | undefined;
  const lost = one.withTenant(ours, async (tx) => {
    const [row] = await tx.db.execute<{ pid: number }>(sql`select pg_backend_pid() as pid`);
    begun.resolve(row?.pid ?? 0);
    await cut.promise;
    late = tx.db.select().from(workspaces).then((rows) => rows);
    return late;
  });
  lost.catch(() => undefined);
  await superuser`select pg_terminate_backend(${await begun.promise})`;
  await expect(lost).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  const held = Promise.withResolvers<void>();
  const entered = Promise.withResolvers<void>();
  const stranger = one.withTenant(theirs, async (tx) => {
    await tx.db.select().from(workspaces);
    entered.resolve();
    await held.promise;
    return tx.db.select().from(workspaces);
  });
  await entered.promise;
  cut.resolve();
  await waitFor(() => late, { timeoutMs: 5_000, what: 'the late statement' }).catch(() => undefined);
  await expect(late).rejects.toMatchObject({ cause: { code: 'UNAVAILABLE' } });
  held.resolve();
  expect((await stranger).map((row) => row.name)).toEqual(['Theirs']);
  await Promise.all([one.close(), superuser.end()]);
});

test('a database that is away is UNAVAILABLE, not a bug', async () => {
  const away = openDoors({ appUrl: 'postgres://waxos_app:x@127.0.0.1:1/none', systemUrl: database.systemUrl, poolSize: 1, clock: stoppedClock(new Date()) });
  await expect(away.withTenant(ours, (tx) => tx.db.select().from(workspaces))).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  await away.close();
});

test('no foreign key reaches from one workspace into another, and the check finds one that does', async () => {
  const superuser = postgres(database.superuserUrl, { max: 1 });
  const loose = () => superuser`
    select f.conname as name from pg_constraint f
    join pg_attribute own on own.attrelid = f.conrelid and own.attname = 'workspace_id'
    join pg_attribute far on far.attrelid = f.confrelid and far.attname = 'workspace_id'
    where f.contype = 'f' and not exists (
      select 1 from unnest(f.conkey, f.confkey) as pair(own_column, far_column) where own_column = own.attnum and far_column = far.attnum)`;
  expect([...(await loose())]).toEqual([]);
  await superuser.unsafe(`
    create table teams (workspace_id uuid not null, id uuid not null unique, primary key (workspace_id, id));
    create table posts (workspace_id uuid not null, team_id uuid, other_id uuid,
      constraint posts_whole_fkey foreign key (workspace_id, team_id) references teams on delete cascade,
      constraint posts_crossed_fkey foreign key (other_id, team_id) references teams on delete cascade,
      constraint posts_loose_fkey foreign key (team_id) references teams (id) on delete cascade)`);
  expect((await loose()).map((row) => String(row['name'])).toSorted()).toEqual(['posts_crossed_fkey', 'posts_loose_fkey']);
  await superuser.unsafe('drop table posts, teams');
  await superuser.end();
});
