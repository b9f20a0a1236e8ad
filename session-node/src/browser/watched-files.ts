import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ProcessMark } from './read-processes.ts';

/** What a node and the watchdog beside it share: until when the node is known to live, and which browsers are its own. */
const deadlineFile = 'deadline';
const browsersFile = 'browsers';

export const writeDeadline = (dir: string, at: Date): Promise<void> => replace(join(dir, deadlineFile), String(at.getTime()));

/** A line each of pid and start; no schema library, since the watchdog is to stay small. */
export const writeBrowsers = (dir: string, marks: readonly ProcessMark[]): Promise<void> => replace(join(dir, browsersFile), marks.map(({ pid, startTicks }) => `${pid} ${startTicks}\n`).join(''));

/** A machine's monotonic clock stands still while it is suspended, so the deadline is one of the wall clock. */
export const readDeadline = async (dir: string): Promise<number> => Number(await readFile(join(dir, deadlineFile), 'utf8'));

export const readBrowsers = async (dir: string): Promise<ProcessMark[]> => {
  const text = await readFile(join(dir, browsersFile), 'utf8').catch(() => '');
  return [...text.matchAll(/^(\d+) (\d+)$/gm)].map(([, pid, startTicks]) => ({ pid: Number(pid), startTicks: Number(startTicks) }));
};

const replace = async (path: string, text: string): Promise<void> => {
  await writeFile(`${path}.draft`, text, { mode: 0o600 });
  await rename(`${path}.draft`, path);
};
