import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { waitFor } from '@waxos/process/poll';
import { BadStart } from '../bad-start.ts';
import { sizeOf } from '../logs/size-of.ts';
import { guardProcess } from '../../launch/guard.mjs';
import type { ClusterFolder } from './cluster-folder.ts';
import { endLeftover, readPostmasterFile } from './postmaster-file.ts';

export interface Postmaster {
  port: number;
  pid: number;
  /** Fast shutdown: connections are cut, what was committed is written. Resolves when the process is gone. */
  stop: () => Promise<void>;
  /** Resolves when it ends, whoever ended it. */
  ended: Promise<void>;
}

interface PostmasterOptions {
  folder: ClusterFolder;
  logFile: string;
  /** Settings on top of PostgreSQL's own, such as `fsync`. */
  settings: Record<string, string>;
}

const attempts = 5;
const startTimeoutMs = 180_000;
const stopTimeoutMs = 30_000;

/** Runs PostgreSQL on a free port of the loopback address. */
export const runPostmaster = async (options: PostmasterOptions): Promise<Postmaster> => {
  await endLeftover(options.folder.dir);
  for (let attempt = 1; ; attempt += 1) {
    const begun = await attemptStart(options);
    if (typeof begun !== 'string') return begun;
    // Somebody else may have taken the port since we asked for a free one, and backends of a killed postmaster take a moment to leave.
    const mayPass = /Address already in use|could not create any TCP|shared memory block/.test(begun);
    if (!mayPass || attempt === attempts) throw new BadStart(begun);
  }
};

const attemptStart = async ({ folder, logFile, settings }: PostmasterOptions): Promise<Postmaster | string> => {
  const port = await findFreePort();
  const logFrom = await sizeOf(logFile);
  const child = spawnPostmaster(folder, logFile, { ...settings, port: String(port) });
  const gone = new Promise<void>((resolve) => {
    child.once('error', () => resolve());
    child.once('exit', () => resolve());
  });
  let isGone = false;
  void gone.then(() => (isGone = true));
  const ready = await waitFor(
    async () => {
      if (isGone) return { isReady: false };
      const file = await readPostmasterFile(folder.dir);
      return file?.pid === child.pid && file?.isReady === true ? { isReady: true } : undefined;
    },
    { timeoutMs: startTimeoutMs, what: 'PostgreSQL to start' },
  );
  if (!ready.isReady || child.pid === undefined) return whyNotStarted(logFile, logFrom);
  return { port, pid: child.pid, ended: gone, stop: () => stop(child, gone) };
};

const spawnPostmaster = (folder: ClusterFolder, logFile: string, settings: Record<string, string>): ChildProcess => {
  const { dir, identity, runtime } = folder;
  const flags = Object.entries({ ...settings, listen_addresses: '127.0.0.1', unix_socket_directories: '' });
  const log = openSync(logFile, 'a', 0o600);
  try {
    const child = spawn(join(runtime.programsDir, 'postgres'), ['-D', dir, ...flags.flatMap(([name, value]) => ['-c', `${name}=${value}`])], {
      ...(identity.isLent ? { uid: identity.uid, gid: identity.gid } : {}),
      cwd: '/',
      env: { LC_ALL: 'C', TZ: 'UTC' },
      // A group of its own: Ctrl-C must reach it from us, in order, after the gateway.
      detached: true,
      stdio: ['ignore', log, log],
    });
    if (child.pid !== undefined) {
      const guard = guardProcess({ pid: child.pid, signal: 'INT', isStill: '[ "$(head -n 1 "$2" 2>/dev/null)" = "$1" ]', lookAt: join(dir, 'postmaster.pid') });
      child.once('exit', guard.dismiss);
    }
    return child;
  } finally {
    closeSync(log);
  }
};

const stop = async (child: ChildProcess, gone: Promise<void>): Promise<void> => {
  child.kill('SIGINT');
  const limit = setTimeout(() => child.kill('SIGQUIT'), stopTimeoutMs);
  await gone;
  clearTimeout(limit);
};

const whyNotStarted = async (logFile: string, from: number): Promise<string> => {
  const said = (await readFile(logFile)).subarray(from).toString('utf8');
  if (/No space left on device|Disk quota exceeded/.test(said)) return `The disk that holds ${dirname(logFile)} is full: make room and start again.`;
  const reason = said.split('\n').findLast((line) => /FATAL|PANIC/.test(line)) ?? said.trim().split('\n').at(-1) ?? '';
  return `PostgreSQL does not start: ${reason.replace(/^.*?(FATAL|PANIC):\s*/, '') || 'it said nothing'} (see ${logFile}).`;
};

const findFreePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => (address !== null && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port was given'))));
    });
  });
