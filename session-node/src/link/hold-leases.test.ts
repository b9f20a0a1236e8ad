import { waitFor } from '@waxos/process/poll';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { holdLeases, type Leases } from './hold-leases.ts';

let now: number;
let ended: string[];
let ending: string[];
let leases: Leases;

beforeEach(() => {
  now = 1_000;
  ended = [];
  ending = [];
  leases = holdLeases({ now: () => now, ending: (device, epoch) => void ending.push(`${device} ${epoch}`), expired: (device, epoch) => void ended.push(`${device} ${epoch}`), lookMs: 1 });
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

test('a lease that nobody renews is given up ten seconds before its end, a short one in its last third, and is over at its end', async () => {
  leases.take({ device: 'long', epoch: 1, until: 61_000 });
  leases.take({ device: 'short', epoch: 1, until: 16_000 });
  now = 10_999;
  await waitFor(() => (ending.length === 0 && leases.isGood('short', 1) ? true : undefined), { timeoutMs: 1_000, what: 'nothing' });
  now = 11_000;
  await waitFor(() => (ending.length > 0 ? true : undefined), { timeoutMs: 2_000, what: 'the short one' });
  now = 50_999;
  await untilEnded(1);
  expect([ending, ended]).toEqual([['short 1'], ['short 1']]);
  now = 51_000;
  await waitFor(() => (ending.length > 1 ? true : undefined), { timeoutMs: 2_000, what: 'the long one' });
  expect([leases.isGood('long', 1), ended]).toEqual([true, ['short 1']]);
  now = 61_000;
  await untilEnded(2);
});

test('what is given up is not taken up again by a late renewal, and is not killed before that ends', async () => {
  leases.take({ device: 'a', epoch: 1, until: 31_000 });
  now = 22_000;
  await waitFor(() => (ending.length > 0 ? true : undefined), { timeoutMs: 2_000, what: 'its end to near' });
  leases.take({ device: 'a', epoch: 1, until: 60_000 });
  now = 40_000;
  await new Promise((resolve) => setImmediate(resolve));
  expect([ending, ended]).toEqual([['a 1'], []]);
});

test('after a jump of the clock no lease is good until it is renewed, and one that was set back ends no later for it', async () => {
  leases.take({ device: 'a', epoch: 1, until: 61_000 });
  leases.take({ device: 'b', epoch: 1, until: 61_000 });
  now -= 600;
  leases.doubt(-600);
  expect([leases.isGood('a', 1), leases.untilOf('b', 1), leases.isDoubted('b', 1), leases.isDoubted('b', 2)]).toEqual([false, 0, true, false]);
  // Shorter than it was, but known again.
  leases.take({ device: 'a', epoch: 1, until: 60_500 });
  expect(leases.untilOf('a', 1)).toBe(60_500);
  now = 60_400;
  await untilEnded(1);
  expect(ended).toEqual(['b 1']);
});
