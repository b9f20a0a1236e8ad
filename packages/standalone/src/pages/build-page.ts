import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { waitFor } from '@waxos/process/poll';
import { claim } from '../../launch/claim.mjs';
import { BadStart, codeOf, refuseForFolder } from '../bad-start.ts';
import type { Environment } from '../config.ts';
import { stampPage } from './page-stamp.ts';

interface BuildOptions {
  checkoutDir: string;
  logFile: string;
  environment: Environment;
  signal: AbortSignal;
}

const claimTimeoutMs = 180_000;

/** Builds the page unless the one that is there was built from these very sources; whether it did. */
export const buildPage = async (options: BuildOptions): Promise<boolean> => {
  const { checkoutDir, signal } = options;
  const stampFile = join(checkoutDir, 'web', 'dist', '.built-from');
  const stamp = await stampPage(checkoutDir);
  if ((await readOrNothing(stampFile)) === stamp) return false;
  try {
    const release = await waitFor(async () => (await claim(join(checkoutDir, '.waxos', 'page.lock'))).release, { timeoutMs: claimTimeoutMs, what: 'another build of the page', signal });
    try {
      if ((await readOrNothing(stampFile)) === stamp) return false;
      // vite empties the folder and we stamp last, so an interrupted build is never taken for a whole one.
      await rm(stampFile, { force: true });
      await runVite(options);
      await writeFile(`${stampFile}.new`, stamp);
      await rename(`${stampFile}.new`, stampFile);
      return true;
    } finally {
      await release();
    }
  } catch (error) {
    throw refuseForFolder(error, join(checkoutDir, 'web', 'dist'));
  }
};

/** Where vite's program is; it is a tool of the web's, not ours. */
const findVite = (checkoutDir: string): string => join(dirname(createRequire(join(checkoutDir, 'web', 'package.json')).resolve('vite/package.json')), 'bin', 'vite.js');

const runVite = async ({ checkoutDir, logFile, environment, signal }: BuildOptions): Promise<void> => {
  await mkdir(dirname(logFile), { recursive: true, mode: 0o700 });
  const log = openSync(logFile, 'w', 0o600);
  try {
    const vite = spawn(process.execPath, [findVite(checkoutDir), 'build'], { cwd: join(checkoutDir, 'web'), env: { ...environment, NODE_ENV: 'production' }, stdio: ['ignore', log, log], signal });
    const how = await new Promise<string>((resolve) => {
      vite.once('error', (error) => resolve(error.message));
      vite.once('close', (code, endedBy) => resolve(code === null ? String(endedBy) : `exit code ${code}`));
    });
    signal.throwIfAborted();
    if (how !== 'exit code 0') throw new BadStart(await whyNotBuilt(logFile, how));
  } finally {
    closeSync(log);
  }
};

const whyNotBuilt = async (logFile: string, how: string): Promise<string> => {
  const said = (await readOrNothing(logFile)) ?? '';
  if (/ENOSPC/.test(said)) return 'The page cannot be built, since the disk is full: make room and start again.';
  if (/EACCES|EPERM|EROFS/.test(said)) return 'The page cannot be built, since web/dist may not be written: change its owner and start again.';
  return `The page cannot be built (${how}); what vite said is in ${logFile}.`;
};

const readOrNothing = async (path: string): Promise<string | undefined> => {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
};
