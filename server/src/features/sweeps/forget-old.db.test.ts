import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { waitFor } from '@waxos/process/poll';
import { newId } from '../../db/ids.ts';
import { jobs } from '../../db/schema/jobs.ts';
import { gateways } from '../../db/schema/gateways.ts';
import { passwordResets } from '../../db/schema/password-resets.ts';
import { signInSessions } from '../../db/schema/sign-in-sessions.ts';
import { beginGateway, claimLink } from '../../farm/link/claim-link.ts';
import { addNode } from '../../farm/nodes/add-node.ts';
import { arriveOwner, PASSWORD, type Person } from '../../testing/people.ts';
import { openTestGateway, type TestGateway } from '../../testing/test-gateway.ts';
import { forgetOld } from './forget-old.ts';

const DAY_MS = 24 * 60 * 60_000;

let gateway: TestGateway;
let owner: Person;

beforeAll(async () => {
  gateway = await openTestGateway();
  owner = await arriveOwner(gateway, 'Harbour');
});
afterAll(() => gateway.close());

const count = () =>
  gateway.services.doors.withSystem('sweep', async ({ db }) => ({ sessions: await db.$count(signInSessions), resets: await db.$count(passwordResets), jobs: await db.$count(jobs) }));

// Two rows a batch: whatever there is to forget takes several.
const sweep = () => forgetOld(gateway.services.doors, 2);

const signIn = () => gateway.call.mutate('auth.signIn', { email: owner.email, password: PASSWORD });

test('sessions and reset links go when their time is over and not before, jobs a week after they were done', async () => {
  await gateway.call.mutate('auth.requestPasswordReset', { email: owner.email });
  await gateway.postBox.letterTo(owner.email);
  await waitFor(async () => (await gateway.services.doors.withSystem('sweep', ({ db }) => db.select().from(jobs))).find(({ finishedAt }) => finishedAt !== null), { timeoutMs: 10_000, what: 'the job to be done' });
  await sweep();
  expect(await count()).toEqual({ sessions: 1, resets: 1, jobs: 1 });

  gateway.clock.advance(60 * 60_000);
  await sweep();
  expect(await count()).toEqual({ sessions: 1, resets: 0, jobs: 1 });

  gateway.clock.advance(7 * DAY_MS);
  await signIn();
  await sweep();
  expect(await count()).toEqual({ sessions: 1, resets: 0, jobs: 0 });
});

test('a session in use survives every sweep until its thirty days are over', async () => {
  const { cookie = '' } = await signIn();
  for (let day = 0; day < 29; day += 1) {
    gateway.clock.advance(DAY_MS);
    await sweep();
    expect((await gateway.call.query('account.get', undefined, { cookie })).error).toBeUndefined();
  }
  gateway.clock.advance(DAY_MS);
  await sweep();
  expect((await count()).sessions).toBe(0);
});

test('a job that failed for good is kept with its reason', async () => {
  const now = gateway.clock.now();
  await gateway.services.doors.withSystem('sweep', (tx) =>
    tx.db.insert(jobs).values({ id: newId(), name: 'password_reset.mail', key: 'failed', payload: {}, createdAt: now, dueAt: now, failedAt: now, lastError: 'no such mailbox' }),
  );
  gateway.clock.advance(60 * DAY_MS);
  await sweep();
  expect(await gateway.services.doors.withSystem('sweep', (tx) => tx.db.select().from(jobs))).toMatchObject([{ key: 'failed', lastError: 'no such mailbox' }]);
});

test('a gateway that has been silent for a day is forgotten, and no generation of its links comes twice', async () => {
  const { doors } = gateway.services;
  const { id: nodeId } = await doors.withSystem('nodes', (tx) => addNode(tx, { name: 'north' }));
  const [silent, claimed] = [newId(), { hello: { node: 'north', protocol: 1, instance: 'north', version: '1', memoryBudgetBytes: 1, running: [] }, nodeId }];
  await doors.withSystem('node-link', (tx) => beginGateway(tx, silent));
  await doors.withSystem('node-link', (tx) => claimLink(tx, { ...claimed, gatewayId: silent }));
  await sweep();
  const known = () => doors.withSystem('sweep', async ({ db }) => (await db.select({ id: gateways.id }).from(gateways)).map(({ id }) => id));
  expect(await known()).toContain(silent);
  await doors.withSystem('sweep', ({ db }) => db.update(gateways).set({ seenAt: new Date(Date.now() - DAY_MS - 60_000) }).where(eq(gateways.id, silent)));
  await sweep();
  const [other, ...more] = await known();
  expect([other === silent, more]).toEqual([false, []]);
  const again = await doors.withSystem('node-link', (tx) => claimLink(tx, { ...claimed, gatewayId: other ?? '' }));
  expect(again?.claim.generation).toBe(2);
});
