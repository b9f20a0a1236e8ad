import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { findProcess, readProcesses, treeOf, type ProcessEntry, type ProcessMark } from '@waxos/session-node/browser/read-processes';

/** A browser of a running node, with its renderers. */
export interface FoundBrowser {
  mark: ProcessMark;
  /** Undefined where it is warm, and nobody's yet. */
  device: string | undefined;
  renderers: ProcessMark[];
  tree: ProcessMark[];
}

export const findBrowsers = async (nodePid: number): Promise<FoundBrowser[]> => {
  const root = findProcess(nodePid);
  if (root === undefined) return [];
  const processes = await readProcesses();
  const tree = treeOf(root, processes);
  return tree.flatMap((entry) => {
    const argv = readArgv(entry.pid);
    if (!argv.some((argument) => argument.startsWith('--user-data-dir=')) || argv.some((argument) => argument.startsWith('--type='))) return [];
    const own = treeOf(entry, processes);
    return [{ mark: entry, device: deviceOf(entry.pid), tree: own, renderers: own.filter(isRenderer) }];
  });
};

/** Chromium writes its children's arguments as one line. */
const isRenderer = ({ pid }: ProcessEntry): boolean => /(^|[ \0])--type=renderer([ \0]|$)/.test(read(`/proc/${pid}/cmdline`));

export const readArgv = (pid: number): string[] => read(`/proc/${pid}/cmdline`).split('\0');

/** By the files that it holds open: the folder of a warm browser was named otherwise when it was started. */
const deviceOf = (pid: number): string | undefined => {
  const open = attempt(() => readdirSync(`/proc/${pid}/fd`)) ?? [];
  for (const fd of open) {
    const path = attempt(() => readlinkSync(`/proc/${pid}/fd/${fd}`)) ?? '';
    const found = /\/profiles\/([\w-]{36})\/session\//.exec(path)?.[1];
    if (found !== undefined) return found;
  }
  return undefined;
};

/** Everything that names the run's folder in its arguments or its environment: nodes, watchdogs, browsers and their helpers. */
export const listOfRun = async (folder: string): Promise<ProcessEntry[]> => (await readProcesses()).filter(({ pid }) => pid !== process.pid && (read(`/proc/${pid}/cmdline`).includes(folder) || read(`/proc/${pid}/environ`).includes(folder)));

const read = (path: string): string => attempt(() => readFileSync(path, 'latin1')) ?? '';

const attempt = <T>(look: () => T): T | undefined => {
  try {
    return look();
  } catch {
    // It ended while it was looked at.
    return undefined;
  }
};
