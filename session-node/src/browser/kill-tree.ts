import { setTimeout as pause } from 'node:timers/promises';
import { readProcesses, treeOf, type ProcessMark } from './read-processes.ts';

/**
 * Kills a process with all that belongs to it, and resolves when /proc shows none of them. Those that were seen once are
 * remembered: after their parent they belong to nobody.
 */
export const killTree = async (root: ProcessMark, known: readonly ProcessMark[] = []): Promise<void> => {
  const seen = new Map(known.map((entry) => [entry.pid, entry.startTicks]));
  for (let round = 0; ; round += 1) {
    const left = await findLeft(root, seen);
    if (left.length === 0) return;
    for (const pid of left) signal(pid);
    await pause(Math.min(5 * 2 ** round, 200));
  }
};

const findLeft = async (root: ProcessMark, seen: Map<number, number>): Promise<number[]> => {
  const processes = await readProcesses();
  // Where there is no /proc, as on a Mac, the group has to do.
  if (processes.length === 0) return isThere(-root.pid) ? [-root.pid] : [];
  const tree = treeOf(root, processes);
  const orphans = processes.filter((entry) => seen.get(entry.pid) === entry.startTicks).flatMap((entry) => treeOf(entry, processes));
  const left = new Map([...tree, ...orphans].map((entry) => [entry.pid, entry]));
  for (const entry of left.values()) seen.set(entry.pid, entry.startTicks);
  return [...left.keys()];
};

const signal = (pid: number): void => {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if (!isAbsent(error)) throw error;
  }
};

const isThere = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return !isAbsent(error);
  }
};

/** It ended between the look and the kill. */
const isAbsent = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ESRCH';
