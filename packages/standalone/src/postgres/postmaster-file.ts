import { readFile, rm } from 'node:fs/promises';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { waitFor } from '@waxos/process/poll';
import { codeOf } from '../bad-start.ts';

/** What a running PostgreSQL writes into its folder; the fifth and later lines appear as it goes on. */
interface PostmasterFile {
  pid: number;
  port: number | undefined;
  isReady: boolean;
}

export const readPostmasterFile = async (dir: string): Promise<PostmasterFile | undefined> => {
  try {
    const lines = (await readFile(join(dir, 'postmaster.pid'), 'utf8')).split('\n').map((line) => line.trim());
    const pid = Number(lines[0]);
    if (!Number.isInteger(pid) || pid <= 0) return undefined;
    return { pid, port: Number(lines[3]) || undefined, isReady: lines[7] === 'ready' };
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
};

/**
 * Ends a PostgreSQL that outlived its launcher, and clears the file of one that did not. Only a process that has this very
 * folder on its command line is touched; the caller holds the claim on the folder, so nobody else may be using it.
 */
export const endLeftover = async (dir: string): Promise<void> => {
  const file = await readPostmasterFile(dir);
  if (file === undefined) return;
  if (isOurs(file.pid, dir)) {
    process.kill(file.pid, 'SIGINT');
    await waitFor(() => (isOurs(file.pid, dir) ? undefined : true), { timeoutMs: 30_000, what: `the PostgreSQL left over from an earlier start (${file.pid}) to end` });
  }
  // Its pid may be somebody else's by now, and PostgreSQL would take that for another postmaster.
  await rm(join(dir, 'postmaster.pid'), { force: true });
};

const isOurs = (pid: number, dir: string): boolean => {
  const shown = spawnSync('/bin/sh', ['-c', 'if [ -r /proc/$1/cmdline ]; then tr "\\0" " " < /proc/$1/cmdline; else ps -o command= -p "$1"; fi', 'sh', String(pid)], { encoding: 'utf8' });
  return shown.stdout.includes(`-D ${dir} `);
};
