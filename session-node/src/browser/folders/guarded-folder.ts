import { existsSync } from 'node:fs';
import { constants, lstat, open, readdir, type FileHandle } from 'node:fs/promises';
import type { Dirent, Stats } from 'node:fs';
import { join } from 'node:path';

/**
 * A folder that a browser's user may write in, held by its descriptor. The node may be root, and whoever broke out of a
 * renderer can put a link in place of a folder between any two looks at a path: so everything below is reached from a
 * folder that is open already, one name at a time, and no link is followed.
 */
export interface GuardedFolder {
  stat: Stats;
  /** Reaches a name in this very folder, whatever became of its path. */
  at: (name: string) => string;
  list: () => Promise<Dirent[]>;
  /** Undefined where there is no folder of the name: nothing, a file or a link. */
  enter: (name: string) => Promise<GuardedFolder | undefined>;
  /** Undefined where there is no plain file of the name, or one that was lent from somebody else by a hard link. */
  read: (name: string) => Promise<OpenedFile | undefined>;
  giveTo: (uid: number, gid: number) => Promise<void>;
  /** Its names are on the disk. */
  sync: () => Promise<void>;
  close: () => Promise<void>;
}

export interface OpenedFile {
  handle: FileHandle;
  stat: Stats;
}

const { O_RDONLY, O_DIRECTORY, O_NOFOLLOW, O_NONBLOCK } = constants;

/** Undefined where there is none; the path to it must be ours alone. */
const openFolder = async (path: string, flags = 0): Promise<GuardedFolder | undefined> => {
  const handle = await ifThere(open(path, O_RDONLY | O_DIRECTORY | flags));
  return handle === undefined ? undefined : holdFolder(handle, path);
};

const holdFolder = async (handle: FileHandle, path: string): Promise<GuardedFolder> => {
  // Where there is no /proc, as on a Mac, a browser runs as the node's own user and could reach all of it anyway.
  const root = existsSync('/proc/self/fd') ? `/proc/self/fd/${handle.fd}` : path;
  const at = (name: string): string => {
    if (name === '' || name === '.' || name === '..' || name.includes('/')) throw new Error('Not a name in a folder.');
    return join(root, name);
  };
  const stat = await handle.stat();
  return {
    stat,
    at,
    list: () => readdir(root, { withFileTypes: true }),
    enter: (name) => openFolder(at(name), O_NOFOLLOW),
    read: (name) => readPlain(at(name), stat.uid),
    giveTo: (uid, gid) => handle.chown(uid, gid),
    sync: () => handle.sync(),
    close: () => handle.close(),
  };
};

const readPlain = async (path: string, uid: number): Promise<OpenedFile | undefined> => {
  // A pipe would wait for its writer.
  const handle = await ifThere(open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK));
  if (handle === undefined) return undefined;
  const stat = await handle.stat();
  if (stat.isFile() && stat.uid === uid) return { handle, stat };
  await handle.close();
  return undefined;
};

/** Absent, a link, not a folder, or a socket: none of them is what was asked for. */
const notThat = ['ENOENT', 'ELOOP', 'ENOTDIR', 'ENXIO', 'EMLINK'];

const ifThere = async <T>(work: Promise<T>): Promise<T | undefined> => {
  try {
    return await work;
  } catch (error) {
    if (error instanceof Error && 'code' in error && notThat.includes(String(error.code))) return undefined;
    throw error;
  }
};

/** Follows names down from a folder; what it does there gets the last one, which may be the folder itself. */
export const within = async <T>(folder: GuardedFolder, names: readonly string[], work: (inner: GuardedFolder) => Promise<T>): Promise<T | undefined> => {
  const [name, ...rest] = names;
  if (name === undefined) return work(folder);
  const inner = await folder.enter(name);
  if (inner === undefined) return undefined;
  try {
    return await within(inner, rest, work);
  } finally {
    await inner.close();
  }
};

/** Opens a folder for as long as the work takes; undefined where there is none. */
export const inFolder = async <T>(path: string, work: (folder: GuardedFolder) => Promise<T>): Promise<T | undefined> => {
  const folder = await openFolder(path);
  if (folder === undefined) return undefined;
  try {
    return await work(folder);
  } finally {
    await folder.close();
  }
};

/** Bytes on the disk of everything below, holes and what links point to not counted. */
export const measureFolder = async (folder: GuardedFolder): Promise<number> => {
  const entries = await folder.list();
  const sizes = await Promise.all(entries.filter((entry) => entry.isFile()).map(async ({ name }) => ((await ifThere(lstat(folder.at(name))))?.blocks ?? 0) * 512));
  let sum = sizes.reduce((before, size) => before + size, 0);
  for (const { name } of entries.filter((entry) => entry.isDirectory())) sum += (await within(folder, [name], measureFolder)) ?? 0;
  return sum;
};
