import { chmod, lchown } from 'node:fs/promises';
import { inFolder, within, type GuardedFolder } from './guarded-folder.ts';

export interface Owner {
  uid: number;
  gid: number;
}

/**
 * Makes what the node wrote somebody's own; the outermost folder stands first, and until the end only the node reaches
 * what is in it. The innermost goes first: whoever is let into the outer ones could change what is inside.
 */
export const giveAway = async ([outermost, ...inside]: readonly string[], owner: Owner | undefined): Promise<void> => {
  if (outermost === undefined || owner === undefined) return;
  for (const path of inside.toReversed()) await lchown(path, owner.uid, owner.gid);
  await lchown(outermost, owner.uid, owner.gid);
  await chmod(outermost, 0o700);
};

/** A folder whose browsers had another user before: all in it becomes the new one's. Nothing that a link leads to does. */
export const handOver = async (path: string, owner: Owner | undefined): Promise<void> => {
  if (owner === undefined || process.getuid?.() !== 0) return;
  await inFolder(path, async (folder) => {
    if (folder.stat.uid !== owner.uid) await handOverIn(folder, owner);
  });
};

const handOverIn = async (folder: GuardedFolder, owner: Owner): Promise<void> => {
  for (const entry of await folder.list()) {
    if (entry.isDirectory()) await within(folder, [entry.name], (inner) => handOverIn(inner, owner));
    else if (entry.isFile()) await handOverFile(folder, entry.name, owner);
  }
  // The folder last: it tells whether the rest was done.
  await folder.giveTo(owner.uid, owner.gid);
};

/** One with a second name may be somebody else's file. */
const handOverFile = async (folder: GuardedFolder, name: string, owner: Owner): Promise<void> => {
  const file = await folder.read(name);
  if (file === undefined) return;
  try {
    if (file.stat.nlink === 1) await file.handle.chown(owner.uid, owner.gid);
  } finally {
    await file.handle.close();
  }
};
