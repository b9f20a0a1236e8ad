import { mkdir, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { BadStart, codeOf } from '../bad-start.ts';
import { sizeOf } from '../logs/size-of.ts';
import { prepareClusterFolder, type ClusterFolder } from './cluster-folder.ts';
import { locateCluster } from './cluster-location.ts';
import { prepareDatabase, type DatabaseUrls, type Passwords } from './database.ts';
import { runPostmaster } from './postmaster.ts';
import { findRuntime } from './runtime.ts';

export interface StartPostgresOptions {
  /** Its database lies in here, or where root keeps it for folders that no other uid can reach. The caller holds the claim on it. */
  dataDir: string;
  checkoutDir: string;
  logFile: string;
  passwords: Passwords;
  /** false for tests: faster, and lost with the machine. */
  durable: boolean;
  settings?: Record<string, string>;
  onNote?: (note: string) => void;
}

export interface RunningPostgres {
  urls: DatabaseUrls;
  port: number;
  pid: number;
  dir: string;
  stop: () => Promise<void>;
  ended: Promise<void>;
}

const throwaway = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };
const logBytesMax = 10_000_000;
const WRONG_PASSWORD = '28P01';

/** PostgreSQL from the npm package, with the three roles and the database `waxos`, ready for connections. */
export const startPostgres = async (options: StartPostgresOptions): Promise<RunningPostgres> => {
  const { dataDir, checkoutDir, logFile, passwords, durable } = options;
  const { dir, identity, copiesDir, note } = await locateCluster({ dataDir, checkoutDir });
  if (note !== undefined) options.onNote?.(note);
  const runtime = await findRuntime(identity, copiesDir);
  const folder: ClusterFolder = { dir, identity, runtime, superuserPassword: passwords.superuserPassword, durable };
  await prepareClusterFolder(folder);
  await mkdir(dirname(logFile), { recursive: true, mode: 0o700 });
  await rotate(logFile);
  const settings = { max_connections: '200', shared_buffers: '128MB', ...(durable ? {} : throwaway), ...options.settings };
  const postmaster = await runPostmaster({ folder, logFile, settings });
  try {
    const urls = await prepareDatabase(postmaster.port, passwords, 'waxos');
    return { urls, dir, port: postmaster.port, pid: postmaster.pid, stop: postmaster.stop, ended: postmaster.ended };
  } catch (error) {
    await postmaster.stop();
    // Such as a checkout that was removed and cloned again, while root kept its database elsewhere.
    if (codeOf(error) === WRONG_PASSWORD) throw new BadStart(`The database in ${dir} was made with another secrets.json than the one in ${dataDir}: put that file back, or remove ${dir} to begin with an empty database.`);
    throw error;
  }
};

const rotate = async (logFile: string): Promise<void> => {
  if ((await sizeOf(logFile)) > logBytesMax) await rename(logFile, `${logFile}.1`);
};
