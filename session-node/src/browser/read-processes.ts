import { readdirSync, readFileSync } from 'node:fs';

export interface ProcessEntry {
  pid: number;
  parent: number;
  group: number;
  /** Clock ticks since boot; with the pid it names one process for ever. */
  startTicks: number;
}

/** What names one process, whoever gets its number later. */
export type ProcessMark = Pick<ProcessEntry, 'pid' | 'startTicks'>;

let scan: Promise<ProcessEntry[]> | undefined;

/**
 * Every live process; a zombie is none. Empty where there is no /proc. Whoever asks in one turn shares a look: many
 * browsers end together when a node drains. It is read at once, since each file through the thread pool costs ten times more.
 */
export const readProcesses = (): Promise<ProcessEntry[]> => {
  scan ??= new Promise((resolve) => {
    setImmediate(() => {
      scan = undefined;
      const names = attempt(() => readdirSync('/proc')) ?? [];
      resolve(names.filter((name) => /^\d+$/.test(name)).flatMap((name) => findProcess(Number(name)) ?? []));
    });
  });
  return scan;
};

export const findProcess = (pid: number): ProcessEntry | undefined => {
  const stat = attempt(() => readFileSync(`/proc/${pid}/stat`, 'latin1'));
  return stat === undefined ? undefined : parseStat(stat);
};

/** A process may end between any two looks at it. */
const attempt = <T>(look: () => T): T | undefined => {
  try {
    return look();
  } catch {
    // Absent, which is the answer.
    return undefined;
  }
};

/** The program's name stands in brackets and may hold any character, brackets too. */
export const parseStat = (stat: string): ProcessEntry | undefined => {
  const [state, ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  if (state === undefined || state === 'Z' || state === 'X') return undefined;
  const [parent, group] = rest;
  const startTicks = rest[18];
  return { pid: Number.parseInt(stat, 10), parent: Number(parent), group: Number(group), startTicks: Number(startTicks) };
};

/** The process itself, everything it begot, and everything of its process group. */
export const treeOf = (root: ProcessMark, processes: readonly ProcessEntry[]): ProcessEntry[] => {
  const found = new Map<number, ProcessEntry>();
  const isRoot = (entry: ProcessEntry): boolean => entry.pid === root.pid && entry.startTicks === root.startTicks;
  // A group outlives its leader, but its number is free for another only when all of it is gone.
  const taken = processes.some((entry) => entry.pid === root.pid && !isRoot(entry));
  const isOurs = (entry: ProcessEntry): boolean => isRoot(entry) || found.has(entry.parent) || (!taken && entry.group === root.pid && entry.startTicks >= root.startTicks);
  for (let before = -1; before !== found.size; ) {
    before = found.size;
    for (const entry of processes) if (isOurs(entry)) found.set(entry.pid, entry);
  }
  return [...found.values()];
};
