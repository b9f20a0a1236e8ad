import { readFile } from 'node:fs/promises';
import { readProcesses, treeOf, type ProcessEntry, type ProcessMark } from './read-processes.ts';

const scanAgeMs = 1_000;
const valueAgeMs = 5_000;

interface Aged<T> {
  at: number;
  value: Promise<T>;
}

/**
 * Proportional set size: what is shared among browsers is counted once over all of them. Looking costs a walk through a
 * process's page tables, so one look at /proc serves all browsers for a second, and a sum stands for five.
 */
export const openMeasure = (): ((root: ProcessMark) => Promise<number>) => {
  let scan: Aged<ProcessEntry[]> | undefined;
  const sums = new Map<number, Aged<number>>();
  const readOnce = (): Promise<ProcessEntry[]> => {
    scan = fresh(scan, scanAgeMs) ?? { at: performance.now(), value: readProcesses() };
    return scan.value;
  };
  return (root) => {
    for (const [pid, sum] of sums) if (fresh(sum, valueAgeMs) === undefined) sums.delete(pid);
    const known = sums.get(root.pid);
    if (known !== undefined) return known.value;
    const value = readOnce().then(async (processes) => {
      const sizes = await Promise.all(treeOf(root, processes).map(({ pid }) => readProportional(pid)));
      return sizes.reduce((sum, size) => sum + size, 0);
    });
    sums.set(root.pid, { at: performance.now(), value });
    return value;
  };
};

const fresh = <T>(aged: Aged<T> | undefined, ageMs: number): Aged<T> | undefined => (aged !== undefined && performance.now() - aged.at < ageMs ? aged : undefined);

/** 0 for one that has ended since it was listed. */
const readProportional = async (pid: number): Promise<number> => parseProportional(await readFile(`/proc/${pid}/smaps_rollup`, 'latin1').catch(() => ''));

export const parseProportional = (rollup: string): number => Number(/^Pss:\s+(\d+) kB$/m.exec(rollup)?.[1] ?? 0) * 1024;
