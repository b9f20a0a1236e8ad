import { rmdir, unlink } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { inFolder, type GuardedFolder } from './guarded-folder.ts';

/** So often a folder is emptied anew that somebody still writes in. */
const roundsMax = 5;

/** Removes a file, a link or a folder with all in it, and nothing that a link in it points to. Absent is as good. */
export const removeIn = async (folder: GuardedFolder, name: string): Promise<void> => {
  for (let round = 1; ; round += 1) {
    const inner = await folder.enter(name);
    if (inner === undefined) return gone(unlink(folder.at(name)));
    try {
      for (const entry of await inner.list()) await (entry.isDirectory() ? removeIn(inner, entry.name) : gone(unlink(inner.at(entry.name))));
    } finally {
      await inner.close();
    }
    try {
      return await gone(rmdir(folder.at(name)));
    } catch (error) {
      if (round === roundsMax || codeOf(error) !== 'ENOTEMPTY') throw error;
    }
  }
};

/** The same by its path; the folder that it lies in must be ours alone. */
export const removeTree = async (path: string): Promise<void> => {
  await inFolder(dirname(path), (parent) => removeIn(parent, basename(path)));
};

const gone = async (removing: Promise<void>): Promise<void> => {
  try {
    await removing;
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
  }
};

const codeOf = (error: unknown): string | undefined => (error instanceof Error && 'code' in error ? String(error.code) : undefined);
