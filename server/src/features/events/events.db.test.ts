import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Client } from '../../testing/call.ts';
import { arriveOwner, dataOf, type Person } from '../../testing/people.ts';
import { openTestGateway, type TestGateway } from '../../testing/test-gateway.ts';
import { forgetEvents } from './forget-events.ts';

const DAY_MS = 24 * 60 * 60_000;

let gateway: TestGateway;
let owner: Person;
let program: Client;

beforeAll(async () => {
  gateway = await openTestGateway({ SIGN_UP: 'open' });
  owner = await arriveOwner(gateway, 'Harbour');
  const made = await gateway.call.mutate('apiKeys.create', { name: 'A reader', scopes: ['workspace.read', 'workspace.update'], expiresInDays: null }, owner.client);
  program = { apiKey: dataOf<{ key: string }>(made).key };
});
afterAll(() => gateway.close());

interface Listed {
  cursor: number;
  reload: boolean;
  events: { seq: number; event: { type: string; name?: string } }[];
}

const list = async (after?: number): Promise<Listed> => dataOf<Listed>(await gateway.call.query('events.list', after === undefined ? {} : { after }, program));

const rename = async (name: string): Promise<void> => {
  dataOf(await gateway.call.mutate('workspaces.update', { name }, program));
};

test('from a cursor on come all events, in order, without a gap, and a cursor that goes on from there', async () => {
  const { cursor } = await list();
  const names = ['one', 'two', 'three'];
  for (const name of names) await rename(name);
  const listed = await list(cursor);
  expect(listed.events.map(({ seq, event }) => [seq - cursor, event.name])).toEqual([[1, 'one'], [2, 'two'], [3, 'three']]);
  expect(await list(listed.cursor)).toEqual({ cursor: listed.cursor, reload: false, events: [] });
  expect((await list(cursor + 1)).events.map(({ event }) => event.name)).toEqual(['two', 'three']);
});

test('changes at the same time get numbers without a gap', async () => {
  const { cursor } = await list();
  await Promise.all(Array.from({ length: 12 }, (_unused, index) => rename(`name ${index}`)));
  const { events } = await list(cursor);
  expect(events.map(({ seq }) => seq - cursor)).toEqual(Array.from({ length: 12 }, (_unused, index) => index + 1));
  expect(new Set(events.map(({ event }) => event.name)).size).toBe(12);
});

test('more events than a page come page by page', async () => {
  const { cursor } = await list();
  await gateway.services.doors.withSystem('sweep', async (tx) => {
    for (let index = 0; index < 450; index += 1) tx.publish(owner.workspaceId, { type: 'workspace.updated', name: `number ${index}` });
  });
  const seen: (string | undefined)[] = [];
  let page = await list(cursor);
  while (page.events.length > 0) {
    seen.push(...page.events.map(({ event }) => event.name));
    page = await list(page.cursor);
  }
  expect(seen).toEqual(Array.from({ length: 450 }, (_unused, index) => `number ${index}`));
});

test('a cursor from the future, as after a restored backup, is told to reload', async () => {
  const { cursor } = await list();
  expect(await list(cursor + 1)).toEqual({ cursor, reload: true, events: [] });
  expect((await list(cursor)).reload).toBe(false);
});

test('a cursor older than what is kept is told to reload; one at the edge is not', async () => {
  const { cursor: old } = await list();
  await rename('forgotten');
  gateway.clock.advance(7 * DAY_MS);
  await rename('kept');
  gateway.clock.advance(1);
  await gateway.services.doors.withSystem('sweep', (tx) => forgetEvents(tx, 1000));
  expect(await list(old)).toMatchObject({ reload: true, events: [] });
  expect((await list(old + 1)).events.map(({ event }) => event.name)).toEqual(['kept']);
  await gateway.services.doors.withSystem('sweep', (tx) => forgetEvents(tx, 1000));
  expect((await list(old + 1)).reload).toBe(false);
});

test('two workspaces count apart, and neither sees what happens in the other', async () => {
  const rival = await arriveOwner(gateway, 'Lagoon');
  const { cursor } = await list();
  dataOf(await gateway.call.mutate('workspaces.update', { name: 'Lagoon two' }, rival.client));
  expect(await list(cursor)).toEqual({ cursor, reload: false, events: [] });
  expect(dataOf<Listed>(await gateway.call.query('events.list', { after: 0 }, rival.client)).events.map(({ seq, event }) => [seq, event.type])).toEqual([[1, 'member.joined'], [2, 'workspace.updated']]);
});
