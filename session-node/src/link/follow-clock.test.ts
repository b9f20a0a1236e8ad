import { waitFor } from '@waxos/process/poll';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { followClock, type GatewayClock } from './follow-clock.ts';

let wall: number;
let steady: number;
let jumps: number[];
let clock: GatewayClock;

const pass = (ms: number): void => {
  wall += ms;
  steady += ms;
};

beforeEach(() => {
  wall = 1_800_000_000_000;
  steady = 5_000;
  jumps = [];
  clock = followClock({ wall: () => wall, steady: () => steady, jumped: (by) => void jumps.push(by), lookMs: 1 });
});
afterEach(() => clock.close());

test.each([300_000, -300_000])('a lease of a gateway whose clock is %i ms off ends in time, and never late however slow its answer was', (off) => {
  for (const [there, back] of [[0, 0], [4_000, 0], [0, 4_000], [3_000, 3_000]] as const) {
    const asked = clock.ask();
    pass(there);
    const gatewayNow = wall + off;
    pass(back);
    clock.learn(asked, gatewayNow);
    const until = gatewayNow + 30_000;
    const own = clock.toOwn(until) ?? Number.NaN;
    // Where the answer came at once it is exact; else it is early by what the question took.
    expect(until - off - own).toBe(there);
    expect(clock.toGateway(own)).toBe(until);
  }
});

test('before the first answer nothing is known', () => {
  expect(clock.toOwn(wall)).toBeUndefined();
});

test.each([120_000, -120_000])('a clock that jumps by %i ms is noticed by itself, and nothing reckoned before it holds', async (by) => {
  clock.learn(clock.ask(), wall);
  const asked = clock.ask();
  wall += by;
  await waitFor(() => (jumps.length > 0 ? true : undefined), { timeoutMs: 2_000, what: 'the jump' });
  expect(jumps).toEqual([by]);
  expect(clock.toOwn(wall)).toBeUndefined();
  // An answer to what was asked before the jump says nothing of the time after it.
  clock.learn(asked, wall);
  expect(clock.toOwn(wall)).toBeUndefined();
  clock.learn(clock.ask(), wall);
  expect(clock.toOwn(wall)).toBe(wall);
});

test('time that passes while the node is frozen, and small corrections, are no jump', () => {
  clock.learn(clock.ask(), wall);
  pass(3_600_000);
  clock.look();
  for (let i = 0; i < 100; i += 1) {
    pass(250);
    wall += 20;
    clock.look();
  }
  expect(jumps).toEqual([]);
});
