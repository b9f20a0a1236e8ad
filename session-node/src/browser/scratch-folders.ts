import { lchown, mkdtemp, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { removeTree } from './folders/remove-tree.ts';
import { findProcess } from './read-processes.ts';

/**
 * Where a browser puts what it needs for a moment; Chromium leaves a folder behind whenever it is killed. Not in the
 * profile: the path of a socket in it may have 107 letters, and a profile may lie on a network file system.
 */
const prefix = 'waxos-browser-';

export const makeScratchFolder = async (owner?: { uid: number; gid: number }): Promise<string> => {
  const dir = await mkdtemp(join(tmpdir(), `${prefix}${process.pid}-`));
  if (owner !== undefined) await lchown(dir, owner.uid, owner.gid);
  return dir;
};

export const removeScratchFolder = (dir: string): Promise<void> => removeTree(dir);

/** Those of nodes that ended without a chance to. */
export const sweepScratchFolders = async (): Promise<void> => {
  const names = (await readdir(tmpdir())).filter((name) => name.startsWith(prefix));
  const left = names.filter((name) => findProcess(Number.parseInt(name.slice(prefix.length), 10)) === undefined);
  await Promise.all(left.map((name) => removeScratchFolder(join(tmpdir(), name))));
};
