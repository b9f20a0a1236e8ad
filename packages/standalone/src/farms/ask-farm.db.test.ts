import { systemClock } from '@waxos/process/clock';
import { openDoors, type Doors } from '@waxos/server/db/tenant';
import { findNodeByToken } from '@waxos/server/farm/nodes/find-node-by-token';
import { listNodes } from '@waxos/server/farm/nodes/list-nodes';
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

test.each([
  ['dance north-2', 'Use one of: status; nodes list; nodes add NAME'],
  ['drain', 'Use one of'],
  ['drain nowhere', 'There is no node nowhere.'],
  ['nodes add Capital', 'A node cannot be called Capital'],
  ['nodes add north-2', 'There is a node north-2 already.'],
])('%s is refused in one sentence', async (question, sentence) => {
  await expect(ask(question)).rejects.toThrow(sentence);
});
