import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { readProcesses, treeOf, type ProcessEntry } from '@waxos/session-node/browser/read-processes';

/** What a tree of processes holds, in bytes of proportional set size: a page that n processes share counts 1/n for each. */
export interface Held {
  processes: number;
  bytes: number;
  /** Of it, what no file backs; the rest is programs and libraries, and what they map. */
  anonymousBytes: number;
  /** Of the root itself, a process of Node. */
  rootBytes: number;
}

export const listTree = async (pid: number): Promise<ProcessEntry[]> => {
  const processes = await readProcesses();
  const root = processes.find((entry) => entry.pid === pid);
  if (root === undefined) throw new Error(`process ${pid} has ended`);
  return treeOf(root, processes);
};

export const measurePss = async (pid: number): Promise<Held> => {
  const held: Held = { processes: 0, bytes: 0, anonymousBytes: 0, rootBytes: 0 };
  for (const entry of await listTree(pid)) {
    // One that has ended meanwhile holds nothing.
    const rollup = await readFile(`/proc/${entry.pid}/smaps_rollup`, 'latin1').catch(() => '');
    const bytes = readKb(rollup, 'Pss');
    held.processes += 1;
    held.bytes += bytes;
    held.anonymousBytes += readKb(rollup, 'Pss_Anon');
    if (entry.pid === pid) held.rootBytes = bytes;
  }
  return held;
};

const readKb = (text: string, name: string): number => Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(text)?.[1] ?? 0) * 1_024;

/** Linux counts processor time in hundredths of a second for whoever asks, whatever it counts in itself. */
const ticksPerSecond = 100;

/** Seconds of processor that the tree used in so long; of those who ended meanwhile nothing is known. */
export const measureCpu = async (pid: number, forMs: number): Promise<number> => {
  const before = await readTicks(pid);
  await pause(forMs);
  const after = await readTicks(pid);
  let ticks = 0;
  for (const [key, used] of after) ticks += used - (before.get(key) ?? 0);
  return ticks / ticksPerSecond;
};

const readTicks = async (pid: number): Promise<Map<string, number>> => {
  const found = new Map<string, number>();
  for (const entry of await listTree(pid)) {
    const stat = await readFile(`/proc/${entry.pid}/stat`, 'latin1').catch(() => '');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    found.set(`${entry.pid} ${entry.startTicks}`, Number(fields[11] ?? 0) + Number(fields[12] ?? 0));
  }
  return found;
};

/** What the machine could still give without swapping. */
export const readFreeBytes = async (): Promise<number> => readKb(await readFile('/proc/meminfo', 'latin1'), 'MemAvailable');
