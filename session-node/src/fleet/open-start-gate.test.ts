import { waitFor } from '@waxos/process/poll';
import { afterEach, expect, test } from 'vitest';
import { openStartGate, stageOf, type StartGate } from './open-start-gate.ts';

const mb = 1_024 * 1_024;
let gate: StartGate;
let usedBytes: number;
let stages: Map<string, ReturnType<typeof stageOf>>;
afterEach(() => gate.close());

const open = (budgetBytes: number, options: Partial<Parameters<typeof openStartGate>[0]> = {}): void => {
  usedBytes = 0;
  stages = new Map();
  gate = openStartGate({
    load: () => ({ budgetBytes, usedBytes, processors: 2, cpuShare: 1, loopDelayMs: 0 }),
    measured: () => [100 * mb],
    stageOf: (device) => stages.get(device) ?? 'settled',
    lookMs: 1,
    ...options,
  });
};
/** Starts that end when they are told to, in the order of their beginning. */
const askFor = (names: readonly string[], of: (name: string) => { linking?: boolean } = () => ({})) => {
  const begun: { name: string; end: () => void }[] = [];
  const all = names.map((name) => gate.within({ device: name, linking: false, failures: 0, activeAt: 0, askedAt: 0, ...of(name) }, () => new Promise<void>((resolve) => begun.push({ name, end: resolve }))));
  return { begun, all: Promise.allSettled(all) };
};
const until = (what: string, look: () => boolean) => waitFor(() => (look() ? true : undefined), { timeoutMs: 2_000, what });

test('only some start at a time, and all in the end', async () => {
  open(100_000 * mb, { now: () => 0 });
  const { begun, all } = askFor(Array.from({ length: 12 }, (_, index) => `device ${index}`));
  for (let ended = 0; ended < 12; ended += 1) {
    await until('the next', () => begun.length > ended);
    expect(begun.length).toBeLessThanOrEqual(ended + 4);
    begun[ended]?.end();
  }
  expect((await all).every(({ status }) => status === 'fulfilled')).toBe(true);
});

test('whoever looks at a QR goes before those who wait already', async () => {
  open(100_000 * mb, { now: () => 0 });
  const { begun, all } = askFor(['a', 'b', 'c', 'd', 'e', 'qr'], (name) => ({ linking: name === 'qr' }));
  await until('four', () => begun.length === 4);
  begun[0]?.end();
  await until('the next', () => begun.length === 5);
  expect(begun[4]?.name).toBe('qr');
  for (let ended = 1; ended < 6; ended += 1) {
    await until('the next', () => begun.length > ended);
    begun[ended]?.end();
  }
  await all;
});

test('where memory is used up nobody starts, and nobody waits for ever', async () => {
  let now = 0;
  open(400 * mb, { now: () => now, waitMs: 1_000 });
  usedBytes = 350 * mb;
  const { begun, all } = askFor(['a']);
  expect(gate.hasRoom(1)).toBe(false);
  now = 1_001;
  expect((await all).map(({ status }) => status)).toEqual(['rejected']);
  expect(begun).toEqual([]);
  usedBytes = 0;
  expect(gate.hasRoom(1)).toBe(true);
});

test('for processors that others keep busy whoever has room waits as long as it takes, and is refused by nobody', async () => {
  let now = 0;
  open(4_000 * mb, { now: () => now, waitMs: 1_000, stageOf: () => 'settled', load: () => ({ budgetBytes: 4_000 * mb, usedBytes, processors: 2, cpuShare: 1, loopDelayMs: 500 }) });
  const { begun, all } = askFor(['a', 'b', 'c']);
  for (const count of [1, 2, 3]) {
    await until(`start ${count}`, () => begun.length === count);
    now += 100_000;
    begun[count - 1]?.end();
  }
  expect((await all).map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'fulfilled']);
});

test('a start that fails gives its place back, and an end refuses whoever waits', async () => {
  open(300 * mb);
  const wanted = { device: 'a', linking: false, failures: 0, activeAt: 0, askedAt: Date.now() };
  await expect(gate.within(wanted, () => Promise.reject(new Error('no browser')))).rejects.toThrow('no browser');
  expect(await gate.within(wanted, () => Promise.resolve('started'))).toBe('started');
  usedBytes = 300 * mb;
  const waits = gate.within(wanted, () => Promise.resolve());
  gate.close();
  await expect(waits).rejects.toThrow('This node ends.');
});

test('whose page still loads keeps its turn, whose history comes gives it on, and one that hangs holds nobody up for ever', async () => {
  let now = 0;
  open(100_000 * mb, { now: () => now });
  for (const name of ['a', 'b', 'c', 'd']) stages.set(name, 'loading');
  const { begun, all } = askFor(['a', 'b', 'c', 'd', 'e', 'f', 'g']);
  await until('four', () => begun.length === 4);
  for (const one of begun.slice()) one.end();
  expect(gate.isCalm()).toBe(false);
  stages.set('a', stageOf('syncing'));
  await until('the next', () => begun.length === 5);
  expect(begun[4]?.name).toBe('e');
  stages.set('b', stageOf('ready'));
  await until('the one behind it', () => begun.length === 6);
  now = 16_000;
  await until('the last', () => begun.length === 7);
  for (const one of begun) one.end();
  expect((await all).every(({ status }) => status === 'fulfilled')).toBe(true);
  expect(gate.isCalm()).toBe(true);
});

test('a session that syncs has memory kept for what it will become', async () => {
  open(400 * mb, { now: () => 0 });
  stages.set('a', 'syncing');
  stages.set('b', 'syncing');
  const { begun, all } = askFor(['a', 'b']);
  await until('both', () => begun.length === 2);
  for (const one of begun) one.end();
  await all;
  expect(gate.hasRoom(1)).toBe(false);
  stages.clear();
  expect(gate.hasRoom(1)).toBe(true);
});
