import { stoppedClock } from '@waxos/process/clock';
import { openTestDatabase, type TestDatabase } from '@waxos/standalone/testing/database';
import { asc } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { NewJob } from '../db/effects.ts';
import { newId } from '../db/ids.ts';
import { jobs } from '../db/schema/jobs.ts';
import { openDoors, type Doors } from '../db/tenant.ts';
import { newJob } from './jobs.ts';
import { runDueJobs, type JobRunners } from './run-jobs.ts';

const SECOND_MS = 1000;
const HOUR_MS = 60 * 60 * SECOND_MS;

let database: TestDatabase;
let doors: Doors;
const clock = stoppedClock(new Date('2026-01-05T09:00:00Z'));

beforeAll(async () => {
  database = await openTestDatabase();
  doors = openDoors({ appUrl: database.appUrl, systemUrl: database.systemUrl, poolSize: 9, clock });
});
afterAll(async () => {
  await doors.close();
  await database.close();
});
beforeEach(async () => {
  await doors.withSystem('worker', (tx) => tx.db.delete(jobs));
});

const reset = (id = newId()): NewJob => newJob('password_reset.mail', id, { passwordResetId: id });

const enqueue = (...listed: NewJob[]): Promise<void> =>
  doors.withSystem('account', async (tx) => {
    for (const job of listed) tx.enqueue(null, job);
  });

const rows = () => doors.withSystem('worker', (tx) => tx.db.select().from(jobs).orderBy(asc(jobs.id)));

/** Runs what is due with runners that keep what they were given. */
const runWith = async (run: (passwordResetId: string) => Promise<void>): Promise<{ ran: number; failures: string[] }> => {
  const failures: string[] = [];
  const runners: JobRunners = { 'invitation.mail': async () => undefined, 'password_reset.mail': ({ passwordResetId }) => run(passwordResetId) };
  const ran = await runDueJobs(doors, runners, (_job, error) => void failures.push(error instanceof Error ? error.message : 'unknown'));
  return { ran, failures };
};

const fail = async (): Promise<void> => {
  throw new Error('the mail server is away');
};

test('a job that is done is finished and does not run again', async () => {
  const done: string[] = [];
  const id = newId();
  await enqueue(reset(id));
  const run = async (passwordResetId: string) => void done.push(passwordResetId);
  expect((await runWith(run)).ran).toBe(1);
  expect((await runWith(run)).ran).toBe(0);
  expect(done).toEqual([id]);
  expect(await rows()).toMatchObject([{ attempts: 1, finishedAt: clock.now(), failedAt: null }]);
});

test('a job that fails is tried again later and later, at last once an hour, and given up after ten tries with its reason', async () => {
  await enqueue(reset());
  const waits: number[] = [];
  for (let attempt = 1; attempt < 10; attempt += 1) {
    expect(await runWith(fail)).toEqual({ ran: 1, failures: ['the mail server is away'] });
    const [row] = await rows();
    expect(row).toMatchObject({ attempts: attempt, lastError: 'the mail server is away', finishedAt: null, failedAt: null, claimedUntil: null });
    const waitMs = (row?.dueAt.getTime() ?? 0) - clock.now().getTime();
    waits.push(waitMs / SECOND_MS);
    clock.advance(waitMs - 1);
    expect((await runWith(fail)).ran).toBe(0);
    clock.advance(1);
  }
  expect(waits).toEqual([5, 10, 20, 40, 80, 160, 320, 640, 1280]);
  await runWith(fail);
  expect(await rows()).toMatchObject([{ attempts: 10, failedAt: clock.now(), lastError: 'the mail server is away' }]);
  clock.advance(24 * HOUR_MS);
  expect((await runWith(fail)).ran).toBe(0);
});

test('a job that fails once and then works is finished', async () => {
  await enqueue(reset());
  await runWith(fail);
  clock.advance(5 * SECOND_MS);
  expect((await runWith(async () => undefined)).failures).toEqual([]);
  expect(await rows()).toMatchObject([{ attempts: 2, finishedAt: clock.now() }]);
});

test('one that fails does not hold up the others', async () => {
  const [bad, ...good] = [newId(), newId(), newId(), newId()];
  await enqueue(...[bad, ...good].map((id) => reset(id)));
  const { ran } = await runWith((id) => (id === bad ? fail() : Promise.resolve()));
  expect(ran).toBe(4);
  expect((await rows()).filter(({ finishedAt }) => finishedAt !== null)).toHaveLength(3);
});

test('workers that look at the same time share the jobs, and none is taken twice', async () => {
  const ids = Array.from({ length: 40 }, () => newId());
  await enqueue(...ids.map((id) => reset(id)));
  const done: string[] = [];
  const work = async (): Promise<void> => {
    while ((await runWith(async (id) => void done.push(id))).ran > 0);
  };
  await Promise.all([work(), work(), work()]);
  expect(done.toSorted()).toEqual(ids.toSorted());
});

test('what a worker took up and died over is taken up again when its minute is over', async () => {
  await enqueue(reset());
  const dead = Promise.withResolvers<void>();
  const taken = Promise.withResolvers<void>();
  const dying = runWith(async () => {
    taken.resolve();
    await dead.promise;
  });
  await taken.promise;
  clock.advance(60 * SECOND_MS - 1);
  expect((await runWith(async () => undefined)).ran).toBe(0);
  clock.advance(1);
  expect((await runWith(async () => undefined)).ran).toBe(1);
  dead.resolve();
  await dying;
  expect(await rows()).toMatchObject([{ attempts: 2 }]);
});

test('a worker that comes back after its minute does not disturb the one that has the job now', async () => {
  await enqueue(reset());
  const late = Promise.withResolvers<void>();
  const running = Promise.withResolvers<void>();
  const [taken, retaken] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const stale = runWith(async () => {
    taken.resolve();
    await late.promise;
    await fail();
  });
  await taken.promise;
  clock.advance(60 * SECOND_MS);
  const current = runWith(async () => {
    retaken.resolve();
    await running.promise;
  });
  await retaken.promise;
  late.resolve();
  await stale;
  expect(await rows()).toMatchObject([{ attempts: 2, lastError: null, claimedUntil: new Date(clock.now().getTime() + 60 * SECOND_MS) }]);
  running.resolve();
  await current;
  expect(await rows()).toMatchObject([{ attempts: 2, finishedAt: clock.now(), failedAt: null }]);
});

test('a job over which ten workers died is given up, and kills no eleventh', async () => {
  await enqueue(reset());
  await doors.withSystem('worker', (tx) => tx.db.update(jobs).set({ attempts: 10, claimedUntil: clock.now() }));
  expect((await runWith(async () => undefined)).ran).toBe(0);
  expect(await rows()).toMatchObject([{ attempts: 10, finishedAt: null, failedAt: clock.now(), lastError: 'each worker died over it' }]);
});

test('the same key twice is one job', async () => {
  const id = newId();
  await enqueue(reset(id), reset(id));
  await enqueue(reset(id));
  expect(await rows()).toHaveLength(1);
});

test('a job of a later time waits for it', async () => {
  await enqueue({ ...reset(), dueAt: new Date(clock.now().getTime() + HOUR_MS) });
  expect((await runWith(async () => undefined)).ran).toBe(0);
  clock.advance(HOUR_MS);
  expect((await runWith(async () => undefined)).ran).toBe(1);
});

test('a job that no release knows, or whose payload is not what it should be, fails with a reason and harms nothing', async () => {
  await enqueue({ name: 'pigeon.send', key: newId(), payload: {} }, { name: 'toString', key: newId(), payload: {} }, { ...reset(), payload: { passwordResetId: 7 } });
  const { ran, failures } = await runWith(async () => undefined);
  expect(ran).toBe(3);
  expect(failures.toSorted()).toEqual([expect.stringContaining('passwordResetId'), expect.stringContaining('no job is called pigeon.send'), expect.stringContaining('no job is called toString')]);
});

test('a job of a transaction that was rolled back never was', async () => {
  const rolledBack = doors.withSystem('account', async (tx) => {
    tx.enqueue(null, reset());
    throw new Error('changed my mind');
  });
  await expect(rolledBack).rejects.toThrow('changed my mind');
  expect(await rows()).toEqual([]);
});
