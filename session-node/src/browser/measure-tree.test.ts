import { expect, test } from 'vitest';
import { openMeasure, parseHeld } from './measure-tree.ts';
import type { ProcessEntry } from './read-processes.ts';

const browser = { pid: 10, startTicks: 7 };
const processes: ProcessEntry[] = [
  { ...browser, parent: 1, group: 10 },
  { pid: 11, startTicks: 8, parent: 10, group: 10 },
  { pid: 12, startTicks: 9, parent: 1, group: 12 },
];

const open = (sizes: Record<number, number>) => {
  let now = 0;
  let reads = 0;
  const measure = openMeasure({
    list: () => Promise.resolve(processes),
    read: (pid) => {
      reads += 1;
      return Promise.resolve(sizes[pid] ?? 0);
    },
    now: () => now,
  });
  /** How many processes were walked for it. */
  const lookAt = async (ms: number, mark = browser): Promise<{ bytes: number; walked: number }> => {
    now = ms;
    const before = reads;
    const bytes = await measure(mark);
    return { bytes, walked: reads - before };
  };
  return { lookAt };
};

test('a session is what its browser and all that it begot hold, in memory and swapped out, what is shared counted in shares', () => {
  expect(parseHeld('Rss:  900 kB\nPss:   12 kB\nPss_Anon: 4 kB\nSwap:  40 kB\nSwapPss:  8 kB\n')).toBe(20 * 1_024);
  expect(parseHeld('Rss:  900 kB\nPss:   12 kB\n')).toBe(12 * 1_024);
  expect(parseHeld('')).toBe(0);
});

test('a browser that stands still is looked at less and less often, and one that grows every five seconds', async () => {
  const sizes = { 10: 100, 11: 50, 12: 1_000 };
  const { lookAt } = open(sizes);
  expect(await lookAt(0)).toEqual({ bytes: 150, walked: 2 });
  expect(await lookAt(4_000)).toEqual({ bytes: 150, walked: 0 });
  expect(await lookAt(5_000)).toEqual({ bytes: 150, walked: 2 });
  expect(await lookAt(14_000)).toEqual({ bytes: 150, walked: 0 });
  expect(await lookAt(15_000)).toEqual({ bytes: 150, walked: 2 });
  sizes[11] = 90;
  expect(await lookAt(34_000)).toEqual({ bytes: 150, walked: 0 });
  expect(await lookAt(35_000)).toEqual({ bytes: 190, walked: 2 });
  expect(await lookAt(40_000)).toEqual({ bytes: 190, walked: 2 });
});

test('a browser is never taken for the one that had its number before', async () => {
  const { lookAt } = open({ 10: 100, 11: 50 });
  await lookAt(0);
  expect(await lookAt(1_000, { pid: 10, startTicks: 99 })).toEqual({ bytes: 0, walked: 0 });
});
