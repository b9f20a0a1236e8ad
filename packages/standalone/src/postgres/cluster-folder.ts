import { spawn } from 'node:child_process';
import { chown, mkdir, readdir, readFile, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { BadStart, codeOf, refuseForFolder } from '../bad-start.ts';
import type { Identity } from './identity.ts';
import { buildNamingLibrary, canNameUid } from './nameless-uid.ts';
import type { Runtime } from './runtime.ts';

/**
 * The folder of one PostgreSQL cluster.
 *
 *   absent ──initdb into a sibling, then rename──▶ whole
 *
 * So a folder that bears the name has been whole once; if it is not now, somebody has to decide, and we delete nothing.
 */
export interface ClusterFolder {
  dir: string;
  identity: Identity;
  runtime: Runtime;
  superuserPassword: string;
  /** false where losing the folder with the machine costs nothing. */
  durable: boolean;
}

export const prepareClusterFolder = async (folder: ClusterFolder): Promise<void> => {
  try {
    await removeLeftovers(folder.dir);
    if (await isWhole(folder)) return;
    await initialise(folder);
  } catch (error) {
    throw refuseForFolder(error, dirname(folder.dir));
  }
};

const isWhole = async ({ dir, runtime }: ClusterFolder): Promise<boolean> => {
  const names = await namesIn(dir);
  if (names === undefined) return false;
  if (names.length === 0) {
    await rmdir(dir);
    return false;
  }
  const version = names.includes('PG_VERSION') ? (await readFile(join(dir, 'PG_VERSION'), 'utf8')).trim() : undefined;
  const missing = version === undefined ? 'PG_VERSION' : (await namesIn(join(dir, 'global')))?.includes('pg_control') === true ? undefined : 'global/pg_control';
  if (missing !== undefined) throw new BadStart(`The database folder ${dir} is incomplete (${missing} is missing): restore it from a backup, or remove it to begin anew.`);
  if (Number(version) !== runtime.major) {
    throw new BadStart(`The database folder ${dir} was made by PostgreSQL ${version} and this is PostgreSQL ${runtime.major}: export it with the Waxos that made it and import it here, or set DATA_DIR to another folder.`);
  }
  return true;
};

const namesIn = async (dir: string): Promise<string[] | undefined> => {
  try {
    return await readdir(dir);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
};

const draftMark = '.initdb-';

const removeLeftovers = async (dir: string): Promise<void> => {
  const leftovers = (await namesIn(dirname(dir)) ?? []).filter((name) => name.startsWith(`${basename(dir)}${draftMark}`));
  for (const name of leftovers) await rm(join(dirname(dir), name), { recursive: true, force: true });
};

const initialise = async (folder: ClusterFolder): Promise<void> => {
  const { dir } = folder;
  const draft = `${dir}${draftMark}${process.pid}`;
  try {
    let { code, output } = await runInitdb(folder, draft, {});
    if (code !== 0 && /could not look up effective user ID/.test(output) && canNameUid()) {
      const library = `${draft}-name.so`;
      await writeFile(library, buildNamingLibrary(), { mode: 0o644 });
      ({ code, output } = await runInitdb(folder, draft, { LD_PRELOAD: library }));
    }
    if (code !== 0) throw whyInitdbFailed(output, folder);
    await rename(join(draft, 'cluster'), dir);
  } finally {
    await removeLeftovers(dir);
  }
};

/** Into a folder that is only named as the cluster when it is whole. */
const runInitdb = async ({ identity, runtime, superuserPassword, durable }: ClusterFolder, draft: string, environment: Record<string, string>): Promise<{ code: number | null; output: string }> => {
  const passwordFile = join(draft, 'password');
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { recursive: true, mode: 0o700 });
  await writeFile(passwordFile, superuserPassword, { mode: 0o600 });
  if (identity.isLent) for (const path of [draft, passwordFile]) await chown(path, identity.uid, identity.gid);
  const args = [
    '--pgdata', join(draft, 'cluster'), '--username', 'postgres', '--pwfile', passwordFile, '--auth', 'scram-sha-256', '--encoding', 'UTF8',
    // The builtin provider sorts and folds alike on every machine, whatever locales that has.
    '--locale', 'C', '--locale-provider', 'builtin', '--builtin-locale', 'C.UTF-8',
    '--no-instructions', ...(durable ? [] : ['--no-sync']),
  ];
  const ids = identity.isLent ? { uid: identity.uid, gid: identity.gid } : {};
  const child = spawn(join(runtime.programsDir, 'initdb'), args, { ...ids, cwd: '/', env: { LC_ALL: 'C', TZ: 'UTC', ...environment }, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, output }));
  });
};

const whyInitdbFailed = (output: string, { dir, identity }: ClusterFolder): Error => {
  if (/no space left|disk quota/i.test(output)) return new BadStart(`The disk that holds ${dirname(dir)} is full: make room and start again.`);
  if (/permission denied/i.test(output)) return new BadStart(`PostgreSQL may not write to ${dirname(dir)}: change its owner, or set DATA_DIR to a folder of your own.`);
  if (/could not look up effective user ID/.test(output)) return new BadStart(`PostgreSQL needs a name for uid ${identity.uid}, which has none in /etc/passwd: add it, or set DATABASE_URL to a server of your own.`);
  const reason = output.split('\n').findLast((line) => line.includes('error:')) ?? output.trim().split('\n').at(-1);
  return new BadStart(`PostgreSQL could not make its folder ${dir}: ${reason?.replace(/^initdb: error: /, '') ?? 'initdb said nothing'}.`);
};
