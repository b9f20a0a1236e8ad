import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { readProcesses, treeOf, type ProcessEntry, type ProcessMark } from '../read-processes.ts';

const stillTimeoutMs = 2_000;

/**
 * Does its work while no process of a browser runs. What its databases have on the disk then is what a killed browser
 * leaves, which they are made to survive; copied while they write, a table and the list of tables would not fit together.
 * If the node ends in the middle, its watchdog kills what stands still.
 */
export const whileHeld = async <T>(root: ProcessMark, work: () => Promise<T>): Promise<T> => {
  const held = new Map<number, ProcessEntry>();
  try {
    await holdAll(root, held);
    return await work();
  } finally {
    for (const pid of held.keys()) signal(pid, 'SIGCONT');
  }
};

const holdAll = async (root: ProcessMark, held: Map<number, ProcessEntry>): Promise<void> => {
  for (const until = performance.now() + stillTimeoutMs; ; ) {
    const tree = treeOf(root, await readProcesses());
    if (tree.length === 0) throw new Error('The browser is gone.');
    for (const entry of tree.filter(({ pid }) => !held.has(pid))) {
      held.set(entry.pid, entry);
      signal(entry.pid, 'SIGSTOP');
    }
    if (tree.every(({ pid }) => standsStill(pid))) return;
    if (performance.now() > until) throw new Error('The browser does not stand still.');
    await pause(2);
  }
};

/** All its threads: the one that was asked may stop before the one that writes. */
const standsStill = (pid: number): boolean => {
  try {
    return readdirSync(`/proc/${pid}/task`).every((thread) => /\) [TtZX] /.test(readFileSync(`/proc/${pid}/task/${thread}/stat`, 'latin1')));
  } catch {
    // It ended between two looks; the next one knows.
    return false;
  }
};

const signal = (pid: number, name: 'SIGSTOP' | 'SIGCONT'): void => {
  try {
    process.kill(pid, name);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
};
