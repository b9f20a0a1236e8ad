import { readFile } from 'node:fs/promises';
import { readProcesses, treeOf, type ProcessEntry, type ProcessMark } from './read-processes.ts';

interface MeasureParts {
  list?: () => Promise<ProcessEntry[]>;
  read?: (pid: number) => Promise<number>;
  now?: () => number;
}

interface Sum {
  startTicks: number;
  at: number;
  value: Promise<number>;
  standsMs: number;
}

const scanAgeMs = 1_000;
const shortestMs = 5_000;
const longestMs = 40_000;
/** What a page gives and takes while nothing happens. */
const stillShare = 0.03;

/**
 * Proportional set size: what is shared among browsers is counted once over all of them. Looking costs a walk through a
 * process's page tables, which is most of what an idle node does, so one look at /proc serves all browsers for a second,
 * and a sum stands for five, or for longer where the one before was the same.
 */
export const openMeasure = ({ list = readProcesses, read = readHeld, now = () => performance.now() }: MeasureParts = {}): ((root: ProcessMark) => Promise<number>) => {
  let scan: { at: number; value: Promise<ProcessEntry[]> } | undefined;
  const sums = new Map<number, Sum>();
  const listOnce = (): Promise<ProcessEntry[]> => {
    if (scan === undefined || now() - scan.at >= scanAgeMs) scan = { at: now(), value: list() };
    return scan.value;
  };
  return (root) => {
    for (const [pid, { at }] of sums) if (now() - at > 2 * longestMs) sums.delete(pid);
    const found = sums.get(root.pid);
    // The number of a process that has ended is given to another.
    const before = found?.startTicks === root.startTicks ? found : undefined;
    if (before !== undefined && now() - before.at < before.standsMs) return before.value;
    const look = async (): Promise<number> => {
      const sizes = await Promise.all(treeOf(root, await listOnce()).map(({ pid }) => read(pid)));
      const bytes = sizes.reduce((sum, size) => sum + size, 0);
      if (before !== undefined && isStill(await before.value.catch(() => 0), bytes)) sum.standsMs = Math.min(2 * before.standsMs, longestMs);
      return bytes;
    };
    const sum: Sum = { startTicks: root.startTicks, at: now(), value: Promise.resolve(0), standsMs: shortestMs };
    sum.value = look();
    sums.set(root.pid, sum);
    return sum.value;
  };
};

const isStill = (before: number, after: number): boolean => Math.abs(after - before) <= before * stillShare;

/** 0 for one that has ended since it was listed. */
const readHeld = async (pid: number): Promise<number> => parseHeld(await readFile(`/proc/${pid}/smaps_rollup`, 'latin1').catch(() => ''));

/** What is swapped out counts whole: it comes back when its session has something to do, and so may all of them at once. */
export const parseHeld = (rollup: string): number => {
  const read = (name: string): number => Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(rollup)?.[1] ?? 0) * 1024;
  return read('Pss') + read('SwapPss');
};
