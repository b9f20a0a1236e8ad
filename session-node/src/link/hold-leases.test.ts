import { waitFor } from '@waxos/process/poll';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { holdLeases, type Leases } from './hold-leases.ts';

let now: number;
let ended: string[];
let leases: Leases;

beforeEach(() => {
  now = 1_000;
  ended = [];
  leases = holdLeases({ now: () => now, expired: (device, epoch) => void ended.push(`${device} ${epoch}`), lookMs: 1 });
});
afterEach(() => leases.close());

const untilEnded = (count: number) => waitFor(() => (ended.length >= count ? true : undefined), { timeoutMs: 2_000, what: 'leases to end' });

test('a lease that is not renewed ends, once, and one that is renewed goes on', async () => {
  leases.take({ device: 'a', epoch: 1, until: 2_000 });
  leases.take({ device: 'b', epoch: 4, until: 2_000 });
  leases.take({ device: 'b', epoch: 4, until: 3_000 });
  now = 2_000;
  await untilEnded(1);
  now = 3_000;
  await untilEnded(2);
  expect(ended).toEqual(['a 1', 'b 4']);
  expect(leases.isGood('b', 4)).toBe(false);
});

test('a late answer neither shortens a lease nor gives it back to an older epoch', () => {
  leases.take({ device: 'a', epoch: 2, until: 3_000 });
  leases.take({ device: 'a', epoch: 2, until: 2_000 });
  leases.take({ device: 'a', epoch: 1, until: 9_000 });
  expect(leases.untilOf('a', 2)).toBe(3_000);
  expect(leases.isGood('a', 1)).toBe(false);
});

test('a lease is good only under its own epoch, and not from the moment it ends', () => {
  leases.take({ device: 'a', epoch: 2, until: 3_000 });
  expect(leases.isGood('a', 2)).toBe(true);
  expect(leases.isGood('a', 3)).toBe(false);
  now = 3_000;
  expect(leases.isGood('a', 2)).toBe(false);
});
