import { systemClock } from '@waxos/process/clock';
import { newId } from '@waxos/server/db/ids';
import { parkedEvents } from '@waxos/server/db/schema/parked-events';
import { openDoors, type Doors } from '@waxos/server/db/tenant';
import { findNodeByToken } from '@waxos/server/farm/nodes/find-node-by-token';
import { listNodes } from '@waxos/server/farm/nodes/list-nodes';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestDatabase, type TestDatabase } from '../testing/database.ts';
import { askFarm } from './ask-farm.ts';

let database: TestDatabase;
let doors: Doors;

beforeAll(async () => {
  database = await openTestDatabase();
  doors = openDoors({ appUrl: database.appUrl, systemUrl: database.systemUrl, poolSize: 3, clock: systemClock });
});
afterAll(async () => {
  await doors.close();
  await database.close();
});

const ask = async (question: string): Promise<string[]> => {
  const lines: string[] = [];
  await askFarm({ doors, print: (line) => void lines.push(line) }, question.split(' '));
  return lines;
};
const tokenIn = (lines: string[]): string => /^NODE_TOKEN=(\S+)$/.exec(lines.at(-1) ?? '')?.[1] ?? '';
const find = (token: string) => doors.withSystem('nodes', (tx) => findNodeByToken(tx, token));
const modeOf = async (name: string) => (await doors.withSystem('nodes', listNodes)).find((node) => node.name === name)?.mode;

test('a node is added, rotated and revoked from the shell, and its tokens are those that open', async () => {
  expect(await ask('nodes list')).toEqual(['There are no nodes: npm run farm -- nodes add NAME']);
  const first = tokenIn(await ask('nodes add north-1'));
  expect(await find(first)).toMatchObject({ name: 'north-1' });
  const second = tokenIn(await ask('nodes rotate north-1'));
  expect(await find(second)).toMatchObject({ name: 'north-1' });
  expect(await find(first)).toBeUndefined();
  expect(await ask('nodes list')).toEqual(['north-1: away, ready, 0 devices']);
  await ask('nodes revoke north-1');
  expect(await find(second)).toBeUndefined();
});

test('a node is drained, cordoned and taken back', async () => {
  await ask('nodes add north-2');
  for (const [deed, mode] of [['drain', 'draining'], ['cordon', 'cordoned'], ['ready', 'ready']]) {
    expect(await ask(`${deed} north-2`)).toEqual([expect.stringContaining('north-2 ')]);
    expect(await modeOf('north-2')).toBe(mode);
  }
});

test('the status tells nodes, devices, commands and what nobody understood', async () => {
  expect((await ask('status')).slice(-3)).toEqual(['devices: none', 'commands: none', 'parked events: 0']);
});

test('what nobody understood is listed by where it came from and why, without what it says', async () => {
  expect(await ask('parked')).toEqual(['Nothing is parked.']);
  const [workspaceId, deviceId] = [newId(), newId()];
  await doors.withSystem('nodes', async ({ db }) => {
    await db.execute(sql`insert into workspaces (id, name, created_at) values (${workspaceId}::uuid, 'Harbour', now())`);
    await db.execute(sql`
      insert into devices (workspace_id, id, kind, name, state, state_reason, created_by_name, created_at)
      values (${workspaceId}::uuid, ${deviceId}::uuid, 'sandbox', 'Desk', 'stopped', 'no_node', 'Nobody', now())`);
    await db.insert(parkedEvents).values({ workspaceId, id: newId(), deviceId, epoch: 2, seq: 7, type: 'message.seen', reason: 'event.message.at: invalid_type', event: { words: 'of somebody' }, parkedAt: new Date() });
  });
  expect(await ask('parked')).toEqual([expect.stringMatching(new RegExp(`^\\S+ workspace ${workspaceId} device ${deviceId} 2/7 message\\.seen: event\\.message\\.at: invalid_type$`))]);
  expect((await ask('status')).at(-1)).toBe('parked events: 1');
});

test.each([
  ['dance north-2', 'Use one of: status; parked; nodes list; nodes add NAME'],
  ['drain', 'Use one of'],
  ['drain nowhere', 'There is no node nowhere.'],
  ['nodes add Capital', 'A node cannot be called Capital'],
  ['nodes add north-2', 'There is a node north-2 already.'],
])('%s is refused in one sentence', async (question, sentence) => {
  await expect(ask(question)).rejects.toThrow(sentence);
});
