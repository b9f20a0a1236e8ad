import type { DeviceState } from '@waxos/contract/devices';
import { beforeEach, expect, test } from 'vitest';
import { keepFleet, type Fleet, type KeptSession } from './keep-fleet.ts';

const mb = 1_024 * 1_024;
const minute = 60_000;

let now: number;
let told: string[];
let fleet: Fleet;

beforeEach(() => {
  now = 0;
  told = [];
  fleet = keepFleet({ budgetBytes: 4_000 * mb, ownBytes: () => 50 * mb, now: () => now, random: () => 0.5 });
});

interface Pretended {
  bytes?: number;
  state?: DeviceState;
  quiet?: boolean;
  economy?: boolean;
  asleep?: boolean;
}
const pretend = (name: string, { bytes = 80 * mb, state = 'ready', quiet = true, economy = false, asleep = false }: Pretended = {}): [string, KeptSession] => [
  name,
  { state: () => state, measureBytes: () => Promise.resolve(bytes), isQuiet: () => quiet, standing: () => ({ activeAt: 0, pressing: false, asleep, economy }), nudge: ({ is }) => void told.push(`${name} ${is}`) },
];

test('memory is what the sessions and the node take', async () => {
  await fleet.look(new Map([pretend('a'), pretend('b')]));
  expect(fleet.usedBytes()).toBe(210 * mb);
  await fleet.look(new Map([pretend('b')]));
  expect(fleet.measured()).toEqual([80 * mb]);
});

test('a session that outgrew the others is restarted at a quiet moment, and not soon after it was ready', async () => {
  const others = ['b', 'c', 'd', 'e'].map((name) => pretend(name));
  await fleet.look(new Map([pretend('a', { bytes: 400 * mb }), ...others]));
  expect(told).toEqual([]);
  now = 31 * minute;
  await fleet.look(new Map([pretend('a', { bytes: 400 * mb, quiet: false }), ...others]));
  expect(told).toEqual([]);
  await fleet.look(new Map([pretend('a', { bytes: 400 * mb }), ...others]));
  expect(told).toEqual(['a restart']);
});

test('an economical session sleeps when nothing happens and wakes after a while; any other stays awake', async () => {
  now = 60 * minute;
  const all = (asleep: boolean) => new Map([pretend('thrifty', { economy: true, asleep, state: asleep ? 'reconnecting' : 'ready' }), pretend('awake')]);
  await fleet.look(all(false));
  now += 3 * minute;
  await fleet.look(all(false));
  expect(told).toEqual(['thrifty sleep']);
  await fleet.look(all(true));
  expect(told).toHaveLength(1);
  now += 17 * minute;
  await fleet.look(all(true));
  expect(told).toEqual(['thrifty sleep', 'thrifty wake']);
});

test('a session on its way is left alone', async () => {
  const syncing = new Map([pretend('a', { state: 'syncing', economy: true, bytes: 900 * mb }), pretend('b'), pretend('c'), pretend('d'), pretend('e')]);
  await fleet.look(syncing);
  now = 60 * minute;
  await fleet.look(syncing);
  expect(told).toEqual([]);
});
